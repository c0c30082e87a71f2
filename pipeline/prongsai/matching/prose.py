"""Scores in running text: a number, the words that make it a score, and what is named before or after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from prongsai.language.folding import Folded, fold_with_index
from prongsai.language.numerals import DIGITS, Numeral, find_numerals
from prongsai.matching.agencies.names import find_agencies
from prongsai.matching.codes.tokens import Token, codes_in_text, heading_code, ranges_in_text
from prongsai.matching.cues import Cue, Strength, folded_at, read_cue, says_previous, words_behind, year_of
from prongsai.matching.labels import find_labels, numbered_labels
from prongsai.matching.model import UNREAD_YEAR, Claim, Label, YearHit
from prongsai.matching.scale import can_be_misprint, can_be_score, lacks_point
from prongsai.matching.series import names_before, names_listed, respective_numbers, years_before
from prongsai.matching.vocabulary import Vocabulary
from prongsai.matching.years.years import UNREAD_HIT, find_years
from prongsai.records import UNREAD, MentionKind, Passage

_NEAR = 38
"""An overall word this near behind a narrower name speaks of that name: `(1) indicator ..., overall, has 100`."""
_TIE = 30
"""A word such as `at` or `percent` ties a number to a name no further before it, in folded characters."""
_SENTENCE = 60
"""How far before a weak cue an overall word still speaks of its number, in folded characters."""
_STALE = 60
"""A strong name so far before a weak one that the sentence has moved on to the weak one, in folded characters."""
_HEAD = 6
"""A code that begins within so many folded characters heads its text; names behind it are part of its wording."""
_NATIONAL_REACH = 500
"""How far a word for the whole country reaches in its paragraph, in folded characters."""
_RATING = Decimal(5)
"""An overall score up to this is the mean of a rating in five steps, from a satisfaction survey in the same report."""
_GRADED = 48
"""So far behind its number a grade of the assessment stands, which no such rating gets, in folded characters."""
_NEXT_NUMBER = re.compile(r"[+-]?\d")
"""A number right behind another, without a word between, is the next cell of a table that was not seen as one."""
_WEIGHTS = frozenset({Decimal(15), Decimal(30), Decimal(40)})


@dataclass(frozen=True, slots=True)
class _Code:
    """A printed question code in running text, over folded characters."""

    start: int
    end: int
    token: Token


@dataclass(frozen=True, slots=True)
class _Subject:
    """Something that a number can be of: what is named, and the folded characters that name it."""

    start: int
    end: int
    named: Label | _Code

    @property
    def level(self) -> str:
        """What kind of thing it is; only things of one kind share a number."""
        return "code" if isinstance(self.named, _Code) else self.named.code[:3]

    @property
    def is_overall(self) -> bool:
        return isinstance(self.named, Label) and self.named.code == "ITA"

    @property
    def is_weak(self) -> bool:
        return isinstance(self.named, Label) and self.named.is_weak


@dataclass(frozen=True, slots=True)
class _Told:
    """A fiscal year over folded characters."""

    start: int
    end: int
    hit: YearHit

    @property
    def level(self) -> str:
        return "year"


@dataclass(frozen=True, slots=True)
class ProseClaim:
    """A number in running text with what it is tied to; codes of questions are still as printed."""

    claim: Claim
    token: Token | None = None


def find_claims(passage: Passage, vocabulary: Vocabulary, said_before: Label | None = None) -> Iterator[ProseClaim]:
    """Every score and difference that running text states, left to right; several names may share one number.

    `said_before` is the last thing that the line before names, where this text goes on with its sentence.
    """
    text = passage.text
    if not any(character in text for character in DIGITS) and UNREAD not in text:
        return
    folded = fold_with_index(text)
    years = list(find_years(passage, vocabulary, with_unread=True))
    subjects = _subjects(folded, vocabulary)
    taken = [(year.start, year.end) for year in years]
    taken += [folded.span(subject.start, subject.end) for subject in subjects if isinstance(subject.named, _Code)]
    nationals = list(_nationals(text, folded, vocabulary))
    numerals = [each for each in find_numerals(text) if not any(start <= each.start < end for start, end in taken)]
    spans = [(folded_at(folded, numeral.start), folded_at(folded, numeral.end)) for numeral in numerals]
    listed = _respective(folded.text, spans, subjects, vocabulary)
    by_year = _respective_years(folded, spans, subjects, years, listed, vocabulary)
    last_end, last_kind, last_year, lead_from = 0, None, None, 0
    last_group: list[_Subject] = []
    said_behind: list[_Subject] = []
    former: YearHit | None = None
    run_cue: Cue | None = None
    for at, (numeral, (start, end)) in enumerate(zip(numerals, spans, strict=True)):
        reach, lead_from = max(last_end, lead_from), words_behind(folded.text, start, end, numeral, vocabulary)
        if not (can_be_score(numeral) or can_be_misprint(numeral)):
            continue
        cue = read_cue(folded.text, start, end, numeral, reach, vocabulary)
        if at in listed:
            # The words before the first number of a run speak for all of them.
            cue = run_cue = run_cue if at - 1 in listed else cue
        if cue is None:
            continue
        year = by_year[at] if at in by_year else year_of(numeral, text, years, vocabulary, former)
        former = year if cue.is_former else None
        since = last_end if year is None else max(last_end, folded_at(folded, year.end))
        is_previous = at not in by_year and cue.kind is MentionKind.SCORE and says_previous(folded.text[since:start], vocabulary)
        before = [subject for subject in subjects if subject.end <= start]
        own = [subject for subject in before if subject.end >= last_end]
        if not own and (cue.kind != last_kind or (year is not None and year.year != last_year)):
            own = before
        is_next_year = cue.kind is last_kind is MentionKind.SCORE and vocabulary.next_year.match(folded.text[last_end:start]) is not None
        is_told = at in listed or is_next_year
        group = listed[at] if at in listed else last_group if is_next_year else _nearest_group(own, folded, vocabulary)
        if not is_told and (one := _overall_of_one(own, folded, vocabulary)) is not None:
            group = [one]
        if not is_told and cue.is_overall and not any(start - subject.end <= _NEAR and not subject.is_overall for subject in own[-2:]):
            group = [_Subject(start, start, Label(numeral.start, numeral.start, "ITA", ("header",)))]
        elif not is_told and cue.kind is MentionKind.SCORE and all(each.is_overall or each in said_behind for each in group):
            said_behind = _labels_after(folded, end, subjects, vocabulary)
            group = said_behind or group
        if not group and cue.strength is Strength.STRONG and said_before is not None and not before and last_kind is None:
            group = [_Subject(start, start, replace(said_before, start=numeral.start, end=numeral.start))]
        if not group or not (is_told or _is_tied(cue, group, folded, start, end, numeral, vocabulary)):
            continue
        is_national = cue.kind is MentionKind.SCORE and any(first <= start < last for first, last in nationals)
        for subject in _once_each(group):
            claim = Claim(
                passage=passage,
                numeral=numeral,
                kind=cue.kind,
                code="" if isinstance(subject.named, _Code) else subject.named.code,
                printed_code=text[slice(*folded.span(subject.start, subject.end))] if subject.end > subject.start else "",
                year=None if year is None or year.year == UNREAD_HIT else year.year,
                year_from="" if year is None else UNREAD_YEAR if year.year == UNREAD_HIT else "sentence",
                year_confidence=None if year is None or year.year == UNREAD_HIT else year.confidence,
                years_back=int(is_previous),
                matched_by=("code",) if isinstance(subject.named, _Code) else subject.named.by,
                is_reference=is_national,
                is_shared=subject is not group[-1],
            )
            yield ProseClaim(claim, subject.named.token if isinstance(subject.named, _Code) else None)
        last_end, last_kind, last_year, last_group = end, cue.kind, None if year is None else year.year, group


def _respective(
    text: str, spans: Sequence[tuple[int, int]], subjects: Sequence[_Subject], vocabulary: Vocabulary
) -> dict[int, list[_Subject]]:
    """For each number of a run that `respectively` ends, by its index, the one name that it belongs to; none where names and
    numbers are not equally many."""
    found: dict[int, list[_Subject]] = {}
    for run in respective_numbers(text, spans, vocabulary):
        names = names_before(text, spans[run.start][0], subjects, len(run), vocabulary)
        for nth, at in enumerate(run):
            found[at] = [names[nth]] if names else []
    return found


def _respective_years(
    folded: Folded,
    spans: Sequence[tuple[int, int]],
    subjects: Sequence[_Subject],
    years: Sequence[YearHit],
    listed: dict[int, list[_Subject]],
    vocabulary: Vocabulary,
) -> dict[int, YearHit]:
    """For each number of a run that `respectively` ends, by its index, the one year that it belongs to, where as many
    different years as numbers are listed before them and one name stands beside the years: `power in FY2566 and FY2567 has
    80.00 and 90.00 points respectively`. `listed` gets that name for them, and no name where as many names are listed too."""
    found: dict[int, YearHit] = {}
    told = [_Told(folded_at(folded, hit.start), folded_at(folded, hit.end), hit) for hit in years]
    for run in respective_numbers(folded.text, spans, vocabulary):
        dates = years_before(folded.text, spans[run.start][0], told, len(run), vocabulary)
        if not dates:
            continue
        if any(listed.get(at) for at in run):
            # As many names as years: the numbers may be of either.
            listed |= {at: [] for at in run}
            continue
        behind = [subject for subject in subjects if subject.start >= dates[-1].end]
        names = names_listed(folded.text, spans[run.start][0], behind, vocabulary) or names_listed(
            folded.text, dates[0].start, subjects, vocabulary
        )
        if len(names) == 1:
            for at, date in zip(run, dates, strict=True):
                listed[at], found[at] = names, date.hit
    return found


def _nationals(text: str, folded: Folded, vocabulary: Vocabulary) -> Iterator[tuple[int, int]]:
    """Folded stretches that speak of the country or a group: from a word for it to the next agency, or as far as it reaches."""
    spots = [match.start() for match in vocabulary.national.finditer(folded.text)]
    agencies = [folded_at(folded, reading.start) for reading in find_agencies(text, vocabulary.knowledge)] if spots else []
    for spot in spots:
        yield spot, min([spot + _NATIONAL_REACH, *(agency for agency in agencies if agency > spot)])


def _once_each(group: Sequence[_Subject]) -> Iterator[_Subject]:
    """The things that share a number, a thing that is named twice (in full and by its letters) once, as last named."""
    last = {subject.named.code: subject for subject in group if isinstance(subject.named, Label)}
    for subject in group:
        if isinstance(subject.named, _Code) or last[subject.named.code] is subject:
            yield subject


def last_named(passage: Passage, vocabulary: Vocabulary) -> Label | None:
    """What a line names last, if no number follows that it could belong to."""
    folded = fold_with_index(passage.text)
    labels = list(find_labels(folded, vocabulary))
    strong = [label for label in labels if not label.is_weak] or labels
    if not strong or any(numeral.decimals and numeral.start > strong[-1].end for numeral in find_numerals(passage.text)):
        return None
    return strong[-1]


def _subjects(folded: Folded, vocabulary: Vocabulary) -> list[_Subject]:
    """Everything named in a text, left to right. Names in the wording of a question whose code heads the text are not
    named: `i6 ... use of the budget ...` is i6."""
    ranges = list(ranges_in_text(folded.text, vocabulary.code_range))
    codes = [
        _Code(start, end, token) for start, end, token in codes_in_text(folded) if not any(first <= start < last for first, last in ranges)
    ]
    if heading := heading_code(folded.text, vocabulary.code_after):
        codes.insert(0, _Code(*heading))
    is_headed = bool(codes) and codes[0].start <= _HEAD
    found = [_Subject(code.start, code.end, code) for code in codes]
    for label in find_labels(folded, vocabulary):
        if is_headed and label.number is None and not label.is_weak and label.code.startswith("ind"):
            continue
        found.append(_Subject(folded_at(folded, label.start), folded_at(folded, label.end), label))
    numbered = numbered_labels(folded, vocabulary)
    found.extend(_Subject(folded_at(folded, label.start), folded_at(folded, label.end), label) for label in numbered)
    return sorted(found, key=lambda subject: (subject.end, subject.start))


def _nearest_group(subjects: Sequence[_Subject], folded: Folded, vocabulary: Vocabulary) -> list[_Subject]:
    """The last thing named, with those before it that share its number; weak names give way to others near them."""
    if not subjects:
        return []
    strong = [subject for subject in subjects if not subject.is_weak]
    if strong and (subjects[-1] is strong[-1] or subjects[-1].end - strong[-1].end <= _STALE):
        pool: Sequence[_Subject] = strong
    else:
        pool = subjects
    group = [pool[-1]]
    for subject in reversed(pool[:-1]):
        first = group[0]
        if first.is_overall or subject.level != first.level:
            break
        if not vocabulary.between_labels.match(folded.text[subject.end : first.start]):
            break
        group.insert(0, subject)
    return group


def _overall_of_one(subjects: Sequence[_Subject], folded: Folded, vocabulary: Vocabulary) -> _Subject | None:
    """The one narrower name that a word for the overall score speaks of: `IIT has a total of 95.20`; of `IIT, EIT and OIT` it
    is the overall score."""
    if not subjects or not subjects[-1].is_overall or subjects[-1].is_weak:
        return None
    narrower = [subject for subject in subjects if not subject.is_overall]
    if len(narrower) != 1 or narrower[0].end >= subjects[-1].start:
        return None
    between = folded.text[narrower[0].end : subjects[-1].start]
    return narrower[0] if vocabulary.weak_cue.fullmatch(between.lstrip(")")) else None


def _labels_after(folded: Folded, end: int, subjects: Sequence[_Subject], vocabulary: Vocabulary) -> list[_Subject]:
    """Names that follow their number: `100 is (indicator 1 and indicator 5)`."""
    at = end + len(folded.text[end:]) - len(folded.text[end:].lstrip(")"))
    match = vocabulary.label_follows.match(folded.text[at:])
    if match is None:
        return []
    at += match.end()
    found = []
    for subject in subjects:
        if subject.start < at or isinstance(subject.named, _Code):
            continue
        if not vocabulary.between_labels.match(folded.text[at : subject.start]):
            break
        at = subject.end
        if not subject.is_weak:
            found.append(subject)
    return found


def _is_tied(cue: Cue, group: Sequence[_Subject], folded: Folded, start: int, end: int, numeral: Numeral, vocabulary: Vocabulary) -> bool:
    """Whether a number is surely of what is named: by a word for score, by a weaker one near enough, or by standing
    right behind the name with the look of a score."""
    last = group[-1]
    is_low = cue.kind is MentionKind.SCORE and last.is_overall and numeral.value is not None and 0 < numeral.value <= _RATING
    if is_low and not _is_graded(folded.text[end : end + _GRADED], vocabulary):
        return False
    if cue.strength is Strength.STRONG:
        return True
    if cue.strength is Strength.WEAK:
        return not last.is_weak and (not last.is_overall or start - last.end <= _SENTENCE)
    words = folded.text[last.end : start]
    between = words.strip("():=-,.")
    if _NEXT_NUMBER.match(folded.text[end:]):
        return False
    if last.is_overall or (between and not (len(between) <= _TIE and vocabulary.weak_cue.search(between))):
        return False
    if numeral.value is None or numeral.decimals or (between and lacks_point(numeral)):
        return True
    if last.level in ("IIT", "EIT", "OIT") and numeral.value in _WEIGHTS:
        return False
    return numeral.value >= 20 and ("=" in words or vocabulary.unit_after.match(folded.text[end:]) is not None)


def _is_graded(behind: str, vocabulary: Vocabulary) -> bool:
    """Whether the folded words behind a number say a grade of the assessment: `(at the level ...)`."""
    hits = vocabulary.grades.find(behind)
    return any(
        vocabulary.grade_before.search(behind[: hit.start]) or vocabulary.grade_word.match(behind[hit.start : hit.end]) for hit in hits
    )
