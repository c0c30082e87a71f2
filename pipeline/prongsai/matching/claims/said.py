"""What the readers of claims pass to each other: a claim as it is said, where it stands, and what its text names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from prongsai.knowledge import Framework
from prongsai.language.folding import Folded, fold_with_index
from prongsai.matching.claims.cues import ClaimCues, claim_cues
from prongsai.matching.codes.tokens import codes_in_text, ranges_in_text
from prongsai.matching.cues import folded_at
from prongsai.matching.labels import find_labels
from prongsai.matching.model import Dated, instrument_of, scope_of
from prongsai.matching.vocabulary import Vocabulary
from prongsai.matching.years.years import UNREAD_HIT, find_years
from prongsai.records import ClaimKind, Passage, Relation, Scope

_WISH = 40
"""How far before a claim a word makes it a wish, in folded characters."""
_NUMERAL = re.compile(r"\d+(?:\.\d+)?")
_LAST_INDICATOR = 10
_NUMBERED = re.compile(r"\(?0?(?P<number>10|[1-9])\)?(?![\d.]*\d)")


class Section(NamedTuple):
    """The indicator and the instrument that a passage's section or row is of; empty where it is of none."""

    indicator: str = ""
    instrument: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A claim and the printed characters that make it; the fields are those of the record."""

    passage: Passage
    start: int
    end: int
    kind: ClaimKind
    year: int | None
    scope: Scope | None = None
    within: str = ""
    codes: tuple[str, ...] = ()
    relation: Relation | None = None
    bound: Decimal | None = None
    count: int | None = None
    value: Decimal | None = None
    since: int | None = None
    grade: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """A question, indicator or instrument that a text names: its folded characters and canonical code."""

    start: int
    end: int
    code: str
    is_numbered: bool = False

    @property
    def scope(self) -> Scope:
        return scope_of(self.code)


class Text:
    """A passage as the readers of claims see it."""

    def __init__(self, passage: Passage, dated: Dated, section: Callable[[], Section], vocabulary: Vocabulary) -> None:
        self.passage, self.dated, self.vocabulary = passage, dated, vocabulary
        self.cues: ClaimCues = claim_cues(vocabulary.knowledge)
        self.folded: Folded = fold_with_index(passage.text)
        self.text = self.folded.text
        self.framework: Framework = vocabulary.framework(dated.year)
        self._section = section

    @cached_property
    def section(self) -> Section:
        """What surrounds the passage; asked for only where something is claimed."""
        return self._section()

    @cached_property
    def names(self) -> list[Named]:
        """Everything named, left to right."""
        return sorted(self._named(), key=lambda named: (named.start, -named.end))

    def _named(self) -> Iterator[Named]:
        taken: list[tuple[int, int]] = []
        for label in find_labels(self.folded, self.vocabulary):
            start, end = folded_at(self.folded, label.start), folded_at(self.folded, label.end)
            taken.append((start, end))
            if not label.is_weak and label.code != "ITA":
                yield Named(start, end, label.code, label.number is not None)
        for word in self.vocabulary.indicator_word.finditer(self.text):
            match = _NUMBERED.match(self.text, word.end())
            # A number whose name was not told may be another indicator's: only one that has no name counts.
            if match is None or any(start <= match.start() < end for start, end in taken):
                continue
            if self.cues.goes_on.match(self.text, match.end()):
                yield Named(word.start(), match.end(), f"ind{int(match['number'])}", True)
        ranges = list(ranges_in_text(self.text, self.vocabulary.code_range))
        for start, end, token in codes_in_text(self.folded):
            code = f"{token.letter}{int(token.digits)}"
            if self.framework.question(code) is not None and not any(first <= start < last for first, last in ranges):
                yield Named(start, end, code)

    def behind(self, at: int) -> tuple[list[Named], re.Match[str] | None]:
        """The names that a word such as `is` or `namely` ties to what ends at a folded character, and the match of that word;
        no name where none follows it closely."""
        if not (self.cues.named.match(self.text, at) or self.cues.of_lead.match(self.text, at)):
            return [], None
        for named in self.names:
            # `the lowest of EIT is X`.
            if named.scope is Scope.INSTRUMENT and self.cues.of_lead.fullmatch(self.text, at, named.start):
                at = named.end + (self.text[named.end : named.end + 1] == ")")
        lead = self.cues.named.match(self.text, at)
        first = next((named for named in self.names if named.end > lead.end()), None) if lead is not None else None
        if (
            lead is None
            or first is None
            or (first.start > lead.end() and not self.cues.name_lead.fullmatch(self.text, lead.end(), first.start))
        ):
            return [], lead
        return self.listed(first), lead

    def listed(self, first: Named) -> list[Named]:
        """A name and those of its level that are listed right behind it."""
        found = [first]
        for named in self.names:
            if named.start >= found[-1].end and named.scope is first.scope and self._is_listed(found[-1], named):
                found.append(named)
        return found

    def listed_before(self, last: Named) -> list[Named]:
        """A name and those of its level that are listed right before it."""
        found = [last]
        for named in reversed(self.names):
            if named.end <= found[0].start and named.scope is last.scope and self._is_listed(named, found[0]):
                found.insert(0, named)
        return found

    def _is_listed(self, one: Named, other: Named) -> bool:
        between = self.text[one.end : other.start]
        return self.vocabulary.between_labels.match(between) is not None and not any(
            Decimal(printed) > _LAST_INDICATOR or "." in printed for printed in _NUMERAL.findall(between)
        )

    def is_wished(self, start: int) -> bool:
        """Whether words before a claim make it a wish or a rule, or the scores those of many agencies."""
        return is_wished(self.text, start, self.cues) or self.cues.many.search(self.text, 0, start) is not None

    def years(self, end: int, *, is_change: bool = False) -> tuple[int | None, int | None]:
        """The year that a claim which ends at a folded character is of, and of a change the year that it counts from: the
        last two that are named so far, else the year before."""
        reach = self.folded.span(0, end)[1]
        hits = [hit for hit in find_years(self.passage, self.vocabulary) if hit.year != UNREAD_HIT and hit.start < reach]
        own = [hit.year for hit in hits if not hit.is_comparison]
        year = (max(own) if is_change else own[-1]) if own else self.dated.year
        if not is_change or year is None:
            return year, None
        return year, max((hit.year for hit in hits if hit.year < year), default=year - 1)

    def members(self, scope: Scope, within: str) -> frozenset[str]:
        """The codes of a level, those of an instrument or indicator alone where one is named."""
        framework = self.framework
        if scope is Scope.QUESTION:
            codes: Sequence[str] = framework.codes()
            return frozenset(code for code in codes if within in ("", instrument_of(code), indicator_of(framework, code)))
        if scope is Scope.INDICATOR:
            return frozenset(one.code for one in framework.indicators if within in ("", one.instrument))
        return frozenset(("IIT", "EIT", "OIT", "EIT1", "EIT2")) if not within else frozenset()


def is_wished(folded: str, start: int, cues: ClaimCues) -> bool:
    """Whether the words before a folded character make what follows a wish, an aim or a rule, and no fact."""
    before = folded[max(0, start - _WISH) : start]
    facts = [match.end() for match in cues.fact.finditer(before)]
    return cues.wish.search(before, facts[-1] if facts else 0) is not None


def indicator_of(framework: Framework, code: str) -> str:
    """The indicator of a question, empty where the year has no such question."""
    question = framework.question(code)
    return "" if question is None else question.indicator


def number(printed: str | None) -> Decimal | None:
    """A folded numeral as a score or bound, None where it is none of 0 to 100."""
    value = None if printed is None else Decimal(printed)
    return value if value is not None and value <= 100 else None


def is_within(code: str, group: str, framework: Framework) -> bool:
    """Whether a question or indicator belongs to an instrument, one of its parts or an indicator."""
    return group[:3] == instrument_of(code) if not group.startswith("ind") else group == indicator_of(framework, code)
