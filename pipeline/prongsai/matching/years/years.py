"""Fiscal years in text: four digits of the Buddhist era, two digits, or the Christian era where that is said."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prongsai.language.folding import Folded, fold_with_index
from prongsai.language.numerals import find_numerals
from prongsai.matching.model import YearHit
from prongsai.matching.vocabulary import Vocabulary
from prongsai.records import UNREAD, Passage

_YEAR = re.compile(
    r"(?<!\d)(?<!\d[./])(?:(?P<be>25[5-9]\d)|(?P<ce>20[0-4]\d)|(?P<short>[5-9]\d))(?!\d|%|\.\d|,\d{3}(?!\d))|(?P<unread>" + UNREAD + ")"
)
_THOUSANDS = re.compile(r"(?<!\d)\d{1,3},$")
FIRST, LAST = 2555, 2585
"""Years in which a report can stand: ITA began as a trial in FY2556; a later bound than any report keeps telephone
numbers out."""
UNREAD_HIT = 0
"""The year of a hit that could not be read."""
_ERAS = 543
_LONGEST, _CAPTION = 4000, 120
"""Characters of a paragraph that are looked at for the document's year, and folded ones of a line that is a caption."""
_NEARLY = 0.75
"""Share of the first year's votes from which on a second year makes it unsure which of the two is meant."""
LEAD = 40
"""How far before a number a word is looked for, in folded characters."""


def find_years(text: str | Folded | Passage, vocabulary: Vocabulary, *, with_unread: bool = False) -> Iterator[YearHit]:
    """Each fiscal year in a text, in order; dates (a month before the year) and ranges of years are none.

    Two digits and years of the Christian era count only behind a word for fiscal year, which also stands for the years
    listed behind the first: `FY 2566, 2567 and 2568`. Hits in a passage say how surely they were read. `with_unread`: also
    numerals that stand behind a word for fiscal year and could not be read, as the year `UNREAD_HIT`.
    """
    printed = text.text if isinstance(text, Passage) else text
    folded = fold_with_index(printed) if isinstance(printed, str) else printed
    last: tuple[int, bool, bool, bool] | None = None
    for match in _YEAR.finditer(folded.text):
        before = folded.text[max(0, match.start() - LEAD) : match.start()]
        if match.group("unread"):
            if with_unread and vocabulary.fiscal_before.search(before) and not vocabulary.month_before.search(before):
                is_compared = vocabulary.comparison_before.search(before) is not None
                yield YearHit(*folded.span(match.start(), match.end()), UNREAD_HIT, is_compared, is_named=True, confidence=0.0)
            continue
        is_short = match.group("be") is None
        is_named = vocabulary.fiscal_before.search(before) is not None
        is_compared = vocabulary.comparison_before.search(before) is not None
        if last is not None and not is_named and vocabulary.between_years.fullmatch(folded.text[last[0] : match.start()]):
            is_counted = vocabulary.unit_after.match(folded.text[match.end() :]) is not None
            if last[1] == is_short and not (is_short and is_counted):
                is_named, is_compared = last[2], is_compared or last[3]
        if is_short and not is_named:
            continue
        is_named = is_named or vocabulary.assessment_before.search(before) is not None
        year = _buddhist(match)
        if not FIRST <= year <= LAST or vocabulary.month_before.search(before) or _THOUSANDS.search(before):
            continue
        if vocabulary.years_go_on.match(folded.text[match.end() :][:LEAD]) or vocabulary.years_began.search(before):
            continue
        last = (match.end(), is_short, is_named, is_compared)
        start, end = folded.span(match.start(), match.end())
        confidence = text.confidence(start, end) if isinstance(text, Passage) else None
        yield YearHit(start, end, year, is_compared, is_named, confidence)


def _buddhist(match: re.Match[str]) -> int:
    if match.group("be"):
        return int(match.group("be"))
    return int(match.group("ce")) + _ERAS if match.group("ce") else 2500 + int(match.group("short"))


def bare_year(folded: str) -> int | None:
    """The fiscal year that a cell's digits are under a header that says so (`67`, `2024`, `2567`), or None."""
    match = _YEAR.fullmatch(folded.strip("().'*"))
    year = None if match is None or match.group("unread") else _buddhist(match)
    return year if year is not None and FIRST <= year <= LAST else None


@dataclass(frozen=True, slots=True)
class DocumentYears:
    """The years of a document as a whole."""

    result: int | None
    """Of its result."""
    own: int | None
    """That it gives itself: a report on FY2568 is often titled for FY2569."""
    confidence: float | None
    """How sure the result's year is, 0-1; None where nothing doubts it."""
    named: frozenset[int]
    """All fiscal years that it names, but for those that a plan leads to or another year is compared with."""


def document_years(texts: Sequence[str | Passage], vocabulary: Vocabulary) -> DocumentYears:
    """The fiscal year of a document's result, and the year it gives itself.

    A year said together with a result counts three times one that is only said, a year that a plan leads to does not
    count, and none counts more than it is sure to be read right. Where two years have nearly as many votes, the confidence
    is the first one's share of them.
    """
    votes: defaultdict[int, float] = defaultdict(float)
    doubts: defaultdict[int, float] = defaultdict(lambda: 1.0)
    own: int | None = None
    for position, text in enumerate(texts):
        printed = text.text if isinstance(text, Passage) else text
        folded = fold_with_index(printed[:_LONGEST])
        hits = [hit for hit in find_years(text, vocabulary) if not hit.is_comparison and hit.end <= _LONGEST]
        if not hits:
            continue
        said_of_result = vocabulary.result.search(folded.text) is not None
        said_of_plan = vocabulary.plan.search(folded.text) is not None
        for hit in hits:
            if not hit.is_named:
                continue
            if own is None and position < 30:
                own = hit.year
            weight = 3 if said_of_result and not said_of_plan else 1
            if said_of_plan and not said_of_result:
                weight = 0
            if position < 12 and weight:
                weight += 2
            if weight:
                sure = 1.0 if hit.confidence is None else hit.confidence
                votes[hit.year] += weight * sure
                doubts[hit.year] *= 1 - sure
    if not votes:
        return DocumentYears(None, own, None, frozenset())
    best = max(votes.values())
    year = min(year for year, count in votes.items() if count == best)
    second = max((count for other, count in votes.items() if other != year), default=0.0)
    share = best / (best + second) if second > _NEARLY * best else 1.0
    sure = (1 - doubts[year]) * share
    return DocumentYears(year, own, round(sure, 4) if sure < 1 else None, frozenset(votes))


def result_year(folded: Folded, years: Sequence[YearHit], vocabulary: Vocabulary) -> YearHit | None:
    """The year that a text says its result is of: the first with a word for result nearer before it than any word for
    plan; a plan's year (`measures of FY2569 from the result of FY2568`) is passed over."""
    for hit in years:
        if hit.is_comparison or not hit.is_named:
            continue
        before = folded.text[: _folded_index(folded, hit.start)]
        results = [match.end() for match in vocabulary.result.finditer(before)]
        plans = [match.end() for match in vocabulary.plan.finditer(before)]
        if results and (not plans or plans[-1] < results[-1]):
            return hit
    return None


def caption_year(passage: Passage, vocabulary: Vocabulary) -> YearHit | None:
    """The year that a heading or caption says the scores below it are of: that of its result, or the only one in a line
    that speaks of scores and of no plan; unread where that is what is printed."""
    folded = fold_with_index(passage.text)
    years = [hit for hit in find_years(passage, vocabulary, with_unread=True) if hit.is_named and not hit.is_comparison]
    said = result_year(folded, years, vocabulary)
    if said is not None or len({hit.year for hit in years}) != 1 or len(folded.text) > _CAPTION:
        return said
    speaks = vocabulary.header_score.search(folded.text) is not None and vocabulary.plan.search(folded.text) is None
    has_scores = any(numeral.decimals for numeral in find_numerals(passage.text))
    return years[0] if speaks and not has_scores else None


def _folded_index(folded: Folded, at: int) -> int:
    return next((index for index, printed in enumerate(folded.index) if printed >= at), len(folded.index))
