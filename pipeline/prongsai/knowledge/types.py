"""What `patterns/` says, as frozen records: frameworks by fiscal year, other books, kinds of agency, glyphs, phrases.

Years are fiscal years of the Buddhist era, scores and weights are `Decimal`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Certainty(StrEnum):
    """How well an entry is known; no finding of severity `error` rests on an `unverified` one."""

    VERIFIED = "verified"
    LIKELY = "likely"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Question:
    """One question or item of one year. `status` covers its existence, its indicator and its wording.

    How sure the sub-indicator is stands with the sub-indicator.
    """

    code: str
    letter: str
    number: int
    instrument: str
    indicator: str
    subindicator: str
    """Empty where an instrument has none, or where it is not known which."""
    wording: str
    """Empty where the year's wording is not known; then `aliases` may hold that of a neighbouring year."""
    aliases: tuple[str, ...]
    status: Certainty
    source: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One of the ten indicators. `aliases` and `name_en` hold what stands in print in any year."""

    code: str
    number: int
    instrument: str
    name: str
    aliases: tuple[str, ...]
    name_en: tuple[str, ...]
    status: Certainty
    source: str


@dataclass(frozen=True, slots=True)
class Subindicator:
    """Part of an OIT indicator. `status` covers its name and which questions belong to it."""

    code: str
    indicator: str
    name: str
    aliases: tuple[str, ...]
    status: Certainty
    source: str


@dataclass(frozen=True, slots=True)
class Part:
    """One of the two halves of EIT; `weight` is its share of the overall score."""

    code: str
    weight: Decimal
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """IIT, EIT or OIT; `weight` is its share of the overall score, the weights of `parts` add up to it."""

    code: str
    weight: Decimal
    names: tuple[str, ...]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and its band of the overall score, both ends included, two decimals.

    `instrument_floor` is what IIT, EIT 1, EIT 2 and OIT must each reach besides; None where nothing is asked.
    A framework lists its grades from the best down: the first whose conditions hold is the grade.
    """

    name: str
    floor: Decimal
    ceiling: Decimal
    instrument_floor: Decimal | None
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Framework:
    """One year's rules. `status` covers weights, indicators and grades; each question has its own."""

    fiscal_year: int
    instruments: tuple[Instrument, ...]
    indicators: tuple[Indicator, ...]
    subindicators: tuple[Subindicator, ...]
    questions: tuple[Question, ...]
    grades: tuple[Grade, ...]
    status: Certainty
    source: str
    _by_code: dict[str, Question | Indicator | Subindicator] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        entries: tuple[Question | Indicator | Subindicator, ...] = (*self.questions, *self.indicators, *self.subindicators)
        object.__setattr__(self, "_by_code", {entry.code: entry for entry in entries})

    def __hash__(self) -> int:
        # The generated hash would walk some hundred records at every lookup in a cache.
        return hash(self.fiscal_year)

    def question(self, code: str) -> Question | None:
        """The question with this canonical code (`i1`), None where the year has none."""
        found = self._by_code.get(code)
        return found if isinstance(found, Question) else None

    def indicator(self, code: str) -> Indicator | None:
        """The indicator with this canonical code (`ind1`), None where the year has none."""
        found = self._by_code.get(code)
        return found if isinstance(found, Indicator) else None

    def subindicator(self, code: str) -> Subindicator | None:
        """The sub-indicator with this canonical code (`ind9.1`), None where the year has none."""
        found = self._by_code.get(code)
        return found if isinstance(found, Subindicator) else None

    def instrument(self, code: str) -> Instrument | None:
        """The instrument with this canonical code (`IIT`), None where the year has none."""
        return next((entry for entry in self.instruments if entry.code == code), None)

    def codes(self, letter: str = "") -> tuple[str, ...]:
        """The closed list of the year's question codes in order, all of them or those of one letter."""
        return tuple(entry.code for entry in self.questions if not letter or entry.letter == letter)

    def all_codes(self) -> tuple[str, ...]:
        """Every canonical code of the year: overall, instruments and their parts, indicators, sub-indicators, questions."""
        instruments = [code for entry in self.instruments for code in (entry.code, *(part.code for part in entry.parts))]
        indicators = [entry.code for entry in self.indicators]
        subindicators = [entry.code for entry in self.subindicators]
        return ("ITA", *instruments, *indicators, *subindicators, *self.codes())

    def questions_in(self, code: str) -> tuple[Question, ...]:
        """The questions of an indicator or of a sub-indicator, in order."""
        return tuple(entry for entry in self.questions if code in (entry.indicator, entry.subindicator))

    def indicators_in(self, instrument: str) -> tuple[Indicator, ...]:
        """The indicators of an instrument, in order."""
        return tuple(entry for entry in self.indicators if entry.instrument == instrument)

    def subindicators_in(self, indicator: str) -> tuple[Subindicator, ...]:
        """The sub-indicators of an indicator, in order."""
        return tuple(entry for entry in self.subindicators if entry.indicator == indicator)


@dataclass(frozen=True, slots=True)
class Book:
    """Another book of rules that looks like ITA.

    A document is taken to follow it where `at_least` different `names`, `cues` and item numbers (matches of the
    regular expressions in `codes`) stand in it, and no table of the ten indicators does.
    """

    name: str
    names: tuple[str, ...]
    cues: tuple[str, ...]
    codes: tuple[str, ...]
    at_least: int
    note: str
    status: Certainty
    source: str


@dataclass(frozen=True, slots=True)
class AgencyKind:
    """A kind of agency, told by how its name begins; the first kind of the list that fits is the kind."""

    code: str
    name_th: str
    abbreviations: tuple[str, ...]
    prefixes: tuple[str, ...]
    """Other beginnings of names of this kind."""
    level: str
    name_en: str


@dataclass(frozen=True, slots=True)
class AgencyName:
    """The official name of a national agency, with its ending in brackets where the law gives it one."""

    name: str
    kind: str
    """Code of an `AgencyKind`."""
    ministry: str
    """The official name of the one above it; empty where there is none."""
    status: Certainty
    source: str


@dataclass(frozen=True, slots=True)
class Beginning:
    """Ways in which names of a kind begin in print, and how that beginning is written in full."""

    kind: str
    full: str
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShortName:
    """What an official name is shortened to in print."""

    name: str
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AgencyCues:
    """The words by which an agency's name is found in print and by which its end is told."""

    beginnings: tuple[Beginning, ...]
    kinds: Mapping[str, tuple[str, ...]]
    """Groups of codes of `AgencyKind`, by what is true of them."""
    words: Mapping[str, tuple[str, ...]]
    short_names: tuple[ShortName, ...]
    short_provinces: tuple[ShortName, ...]


@dataclass(frozen=True, slots=True)
class NationalAverage:
    """A mean over all agencies that agencies quote beside their own score."""

    fiscal_year: int
    code: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Message:
    """A finding's message in both languages, with the same `{placeholders}` in each."""

    en: str
    th: str


@dataclass(frozen=True, slots=True, eq=False)
class SlipCosts:
    """How unusual each way is in which a printed number comes to differ from the one that was meant."""

    costs: Mapping[str, Decimal]
    """By slip, in points of which one more is rarer by about a factor of e."""
    alike: frozenset[tuple[str, str]]
    """A printed glyph, a Thai or an Arabic digit, and an Arabic digit for which it is taken, from confusions.csv."""
    sure: float
    """A mending is the answer where it is so probable among all."""
    listed: Decimal
    """Answers that cost so much more than the best are named beside it."""
    repeated: Decimal
    """What each further print of the same wrong value costs."""
    mutual: Decimal
    """What two numbers in each other's place cost less where the equations of both fail and hold with the other."""
    short: Decimal
    """What a lost digit costs less in a number that alone has fewer decimals than the others."""


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """Everything in `patterns/`. Compared by identity; `version` tells two apart."""

    frameworks: Mapping[int, Framework]
    """By fiscal year, oldest first."""
    phrases: Mapping[str, tuple[str, ...]]
    books: tuple[Book, ...]
    agency_kinds: tuple[AgencyKind, ...]
    agency_names: tuple[AgencyName, ...]
    agency_cues: AgencyCues
    glyphs: Mapping[str, str]
    """Private-use character to Unicode."""
    code_confusions: Mapping[str, tuple[tuple[str, Decimal], ...]]
    """Printed glyph to what it may stand for in a code (`i`, `e`, `o`, `0`–`9`) and at what cost, cheapest first.

    The cost is 0 for the glyph itself and rises towards 1: 0.2 more where something is rarer by a factor of e among what
    is printed wrong for a glyph. The empty string is a letter that is not there.
    """
    code_misprints: Mapping[str, tuple[tuple[str, int], ...]]
    """What a glyph of a code was printed as, and how often, where that was counted; most often first."""
    letter_groups: Mapping[str, tuple[str, ...]]
    """Thai letters that are taken for each other, one text a group, by why: `shape` or `sound`; no letter twice under one."""
    slips: SlipCosts
    messages: Mapping[str, Message]
    national_averages: tuple[NationalAverage, ...]
    version: str
    """First 12 hex digits of a SHA-256 over all pattern files."""

    def framework(self, fiscal_year: int | None) -> Framework | None:
        """The framework of a fiscal year, None where there is none or the year is not known."""
        return None if fiscal_year is None else self.frameworks.get(fiscal_year)
