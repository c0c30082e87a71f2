"""What matching passes between its own modules; nothing here leaves the stage."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from prongsai.language.numerals import Numeral
from prongsai.records import MentionKind, Passage, Scope

if TYPE_CHECKING:
    from prongsai.matching.headers import ColumnFacts

UNREAD_YEAR = "unread"
"""Stands for the evidence of a year that is printed and could not be read, so that no other year of the document steps in."""
INDICATORS_OF = {"IIT": range(1, 6), "EIT": range(6, 9), "OIT": range(9, 11)}
"""Which indicators make up an instrument, FY2562 to FY2569: the ten have kept their numbers since they exist."""


def scope_of(code: str) -> Scope:
    """The level of the framework at which a canonical code stands."""
    if code == "ITA":
        return Scope.OVERALL
    if code.startswith("ind"):
        return Scope.SUBINDICATOR if "." in code else Scope.INDICATOR
    if code[:1] in "ieo":
        return Scope.QUESTION
    return Scope.INSTRUMENT


def specificity(code: str) -> int:
    """How narrow a code is, so that the narrower of two labels of one number decides."""
    if code == "ITA":
        return 0
    if code in INDICATORS_OF:
        return 1
    order = {Scope.INSTRUMENT: 2, Scope.INDICATOR: 3, Scope.SUBINDICATOR: 4, Scope.QUESTION: 5}
    return order[scope_of(code)]


def instrument_of(code: str) -> str:
    """The instrument that a code belongs to, empty for the overall score and for no code."""
    if not code or code == "ITA":
        return ""
    if code.startswith("ind"):
        number = int(code[3:].partition(".")[0])
        return next((name for name, numbers in INDICATORS_OF.items() if number in numbers), "")
    if code[:1] in "ieo":
        return {"i": "IIT", "e": "EIT", "o": "OIT"}[code[0]]
    return code[:3]


@dataclass(frozen=True, slots=True)
class Label:
    """Something named in a text: its canonical code, where (characters of the text), and by what it was told."""

    start: int
    end: int
    code: str
    by: tuple[str, ...]
    """`name`, `number`, `code`."""
    is_weak: bool = False
    """Means the overall score only if nothing nearer names another."""
    number: int | None = None
    """The indicator number printed with the name, right or wrong."""


@dataclass(frozen=True, slots=True)
class YearHit:
    """A fiscal year in a text, and whether it is only what another year is compared with."""

    start: int
    end: int
    year: int
    is_comparison: bool = False
    is_named: bool = False
    """Printed with a word for fiscal year, not as a bare number."""
    confidence: float | None = None
    """How surely its digits were read, 0-1; None where nothing doubts them."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A fiscal year that surroundings say of what stands in them, and why."""

    year: int | None
    by: str
    """`caption`, `section`, `column`, `document`, `option`; `unread` where a year is printed and could not be read."""
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A number and what is said of it, before the document has decided agency, year and scale."""

    passage: Passage
    numeral: Numeral
    kind: MentionKind
    code: str
    printed_code: str = ""
    question: str = ""
    agency: str = ""
    agency_printed: str = ""
    is_total: bool = False
    """The row sums or averages several agencies."""
    year: int | None = None
    year_from: str = ""
    year_confidence: float | None = None
    """How surely the year was read, 0-1; None where nothing doubts it."""
    years_back: int = 0
    """How many years before the one of its surroundings, where it names none: `the year before, 80.10 points`."""
    matched_by: tuple[str, ...] = ()
    code_confidence: float = 1.0
    table: int | None = None
    row: int | None = None
    column: int | None = None
    is_shared: bool = False
    """The number stands behind another name, which this one is listed with: `1 ..., 3 ... and 5 ... have 85.11`."""
    is_reference: bool = False
    """Quoted of the country or of a group: not the agency's own."""
    place_code: str = ""
    """The gazetteer's code of the place that `agency` is named for; empty where it is not sure of one."""


@dataclass(frozen=True, slots=True)
class CodePrint:
    """A printed code and what it was read as: a row of `codes` if it is not printed as it should be."""

    passage: Passage
    start: int
    end: int
    printed: str
    code: str
    reason: str
    confidence: float
    context: str
    matched_by: tuple[str, ...] = ()
    """Which evidence decided."""
    year: int | None = None


@dataclass(slots=True)
class Context:
    """What the blocks read so far say of the next one; the only thing in matching that changes."""

    dated: Dated | None = None
    """The year of the section, where one says so."""
    indicator: str = ""
    instrument: str = ""
    captions: list[Passage] = field(default_factory=list)
    """Short paragraphs since the last table, newest last."""
    years_across: list[list[ColumnFacts]] = field(default_factory=list)
    """The columns of tables that print years side by side, newest last."""
