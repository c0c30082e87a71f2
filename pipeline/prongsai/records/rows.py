"""What comes out: one record a row of a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from prongsai.records.box import Box
from prongsai.records.pages import Kind, Reader


class Status(StrEnum):
    """How far an input was read; `partial` and `rejected` always come with a reason."""

    COMPLETE = "complete"
    PARTIAL = "partial"
    REJECTED = "rejected"


class Scope(StrEnum):
    """The level of the framework at which a score stands."""

    OVERALL = "overall"
    INSTRUMENT = "instrument"
    INDICATOR = "indicator"
    SUBINDICATOR = "subindicator"
    QUESTION = "question"


class MentionKind(StrEnum):
    """What a printed number says."""

    SCORE = "score"
    DIFFERENCE = "difference"
    REFERENCE = "reference"
    """A score quoted of the country or of a group; not the agency's own, so it enters no `scores`."""


class Severity(StrEnum):
    """How much a finding matters; an `error` never rests on an unverified framework."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Fault(StrEnum):
    """Whose slip a finding is: the agency's print, our reading, or not known."""

    SOURCE = "source"
    EXTRACTION = "extraction"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Mention:
    """A number printed somewhere, and what it is thought to say. One row of the table `mentions`."""

    mention_id: str
    """doc_id, a colon, and a running number in reading order."""
    doc_id: str
    path: str
    page: int
    table: int | None
    row: int | None
    """0-based row and column in the table as it was laid out, None in prose."""
    column: int | None
    box: Box | None
    line: int | None
    agency: str
    agency_printed: str
    """The name as it stands beside the number, empty where the document's agency is meant."""
    fiscal_year: int | None
    year_from: str
    """Which evidence chose the year: `column`, `like-table`, `row`, `sentence`, `caption`, `section`, `document`, `option`,
    `person`; `unread` where a year is printed that could not be read, so that there is none."""
    scope: Scope | None
    instrument: str
    indicator: str
    code: str
    kind: MentionKind
    value: Decimal | None
    """On 0–100; None where the numeral is unread."""
    scale: int
    """100, or 40, 30, 15 where the print is weighted."""
    printed_value: str
    printed_code: str
    question: str
    """The wording printed beside the code, where there is one."""
    reader: Reader
    reader_version: str
    confidence: float | None
    candidates: tuple[str, ...] = ()
    """Other readings of the numeral, the likeliest first; all of them where it is unread."""
    candidate_probabilities: tuple[float, ...] = ()
    """One for each of `candidates`, 0–1; empty where the reader states none."""
    matched_by: tuple[str, ...] = ()
    """The evidence that carried the decision: `code`, `order`, `wording`, `name`, `number`, `section`, `header`, `value`, `person`."""
    place_code: str = ""
    """The gazetteer's code of the place that the agency is named for: with `agency` it is the same in every document."""
    year_confidence: float | None = None
    """How sure the year is, 0–1: its digits as they were read, and the choice among those that the document names; None where
    nothing doubts it. It bounds `confidence`."""
    checked_value: str = ""
    """The numeral as a person who looked reads it off the page; empty where nobody did."""

    @property
    def numeral(self) -> str:
        """What stands on the page as far as it is known: what a person read there, else what was read."""
        return self.checked_value or self.printed_value

    @property
    def doubts(self) -> tuple[str, ...]:
        """Readings that may be the right one as well; none where a person has looked."""
        return () if self.checked_value else self.candidates


@dataclass(frozen=True, slots=True)
class Score:
    """One agency, one year, one code, in however many documents. One row of the table `scores`."""

    doc_id: str
    agency: str
    fiscal_year: int | None
    scope: Scope
    instrument: str
    indicator: str
    code: str
    value: Decimal | None
    mentions: int
    agreement: str
    """`single`, `agreed` or `conflict`; in a conflict `value` is empty unless one value stands more often."""
    suggested_value: Decimal | None = None
    suggested_because: str = ""
    place_code: str = ""
    """As in its mentions."""
    doc_ids: tuple[str, ...] = ()
    """All documents that print it, sorted; `doc_id` is the first of them that prints `value`."""


@dataclass(frozen=True, slots=True)
class CodeReading:
    """A code that is not printed as it should be. One row of the table `codes`."""

    doc_id: str
    path: str
    page: int
    box: Box | None
    line: int | None
    fiscal_year: int | None
    printed: str
    code: str
    reason: str
    confidence: float
    context: str
    matched_by: tuple[str, ...] = ()
    """Which evidence decided, as in `Mention`."""


@dataclass(frozen=True, slots=True)
class GradeMention:
    """A grade that is printed. One row of the table `grades`."""

    doc_id: str
    path: str
    page: int
    box: Box | None
    line: int | None
    agency: str
    fiscal_year: int | None
    printed: str
    grade: str
    code: str = ""
    """What it is the grade of, such as `ITA`; empty where that is not sure, or where it is only wished for."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction, or something that was seen and not understood. One row of the table `findings`."""

    doc_id: str
    path: str
    page: int | None
    fiscal_year: int | None
    check: str
    severity: Severity
    subject: str
    printed: str
    expected: str
    fault: Fault
    message: str
    message_th: str
    suggestion: str = ""
    mention_ids: tuple[str, ...] = ()
    agency: str = ""
    """Whose scores it is about, where it is about scores; it tells agencies apart in a document about many."""


class ClaimKind(StrEnum):
    """What a sentence or a table says of several scores at once."""

    LOWEST = "lowest"
    HIGHEST = "highest"
    NEXT_HIGHEST = "next-highest"
    NEXT_LOWEST = "next-lowest"
    ORDER = "order"
    """The scores of `codes` in the order in which they stand, the highest first; a table that ranks them."""
    COUNT = "count"
    """How many scores rose, fell, stayed, or lie above or below a bound."""
    EACH = "each"
    """All scores of a group lie above or below a bound."""
    GRADE_FLOOR = "grade-floor"
    """The lower bound of a grade in a printed table of grades."""
    GRADE_CEILING = "grade-ceiling"


class Relation(StrEnum):
    """How the scores that a claim counts stand to its bound, or to the year before."""

    ROSE = "rose"
    FELL = "fell"
    SAME = "same"
    ABOVE = "above"
    AT_LEAST = "at-least"
    BELOW = "below"
    AT_MOST = "at-most"


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that is printed of several scores and that the scores can bear out or refute. One row of the table `claims`."""

    claim_id: str
    """doc_id, a colon, `c`, and a running number in reading order."""
    doc_id: str
    path: str
    page: int
    box: Box | None
    line: int | None
    agency: str
    fiscal_year: int | None
    kind: ClaimKind
    scope: Scope | None
    """What is compared or counted: questions, indicators or instruments; None for a grade's bounds."""
    within: str
    """The code of the instrument or indicator whose members are meant; empty for all of the scope."""
    codes: tuple[str, ...]
    """What the claim names, canonical: the lowest, the next highest, all of an order. A claim on each score is on these where it names
    some, else on all of `within`; empty for a grade's bounds and a count, and for an extreme whose score alone is printed."""
    relation: Relation | None
    bound: Decimal | None
    """On 0-100: what scores are held against, or a grade's floor or ceiling."""
    count: int | None
    value: Decimal | None
    """The score that is printed with an extreme, where there is one."""
    since: int | None
    """The fiscal year that a rise or a fall counts from."""
    grade: str
    """The canonical grade of a bound."""
    printed: str
    """The words that make the claim, as printed."""
    place_code: str = ""


@dataclass(frozen=True, slots=True)
class PageReading:
    """A page and how it was read. One row of the table `pages`."""

    doc_id: str
    path: str
    page: int
    width_pt: float | None
    """Of the page upright and level, the space of the boxes on it; None where it has none, or was not opened."""
    height_pt: float | None
    reader: Reader | None
    """None where it was not read."""
    reader_version: str
    turned_degrees: int
    """As in `Page`."""
    straightened_degrees: float
    is_skimmed: bool
    judgement: str
    repairs: tuple[str, ...]
    """Each the name of a repair, a colon, and how often it was made."""
    failure: str
    """Why it was not read; of the last row of a document it may hold for all the pages after it."""
    words: int
    unread: int
    """Numerals that were seen and not read, `words` among them."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure or project that the agency promises. One row of the table `measures`, which no stage makes yet."""

    doc_id: str
    page: int
    number: str
    measure: str
    indicators: tuple[str, ...]
    steps: str
    starts: str
    ends: str
    budget_baht: Decimal | None
    responsible: str


@dataclass(frozen=True, slots=True)
class Recommendation:
    """An assessor's advice on a code. One row of the table `recommendations`, which no stage makes yet."""

    doc_id: str
    page: int
    fiscal_year: int | None
    code: str
    text: str
    refers_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """An input and how it fared. One row of the table `documents`."""

    doc_id: str
    path: str
    sha256: str
    kind: Kind
    pages: int
    agency: str
    agency_type: str
    district: str
    province: str
    report_year: int | None
    book: str
    """Which book of rules the document follows: `ITA`, or the name of another that looks like it."""
    status: Status
    reason: str
    aliases: tuple[str, ...] = ()
    pages_by_reader: Mapping[str, int] = field(default_factory=dict)
    subdistrict: str = ""
    place_code: str = ""
    """The gazetteer's code of the place that the agency is named for; empty where it is not sure of one."""
    agency_printed: tuple[str, ...] = ()
    """Every name under which the agency is printed, the most frequent first."""
    agency_confidence: float | None = None
    """Share, 0-1; None where no agency was found."""
    agency_matched_by: tuple[str, ...] = ()
    agency_candidates: tuple[str, ...] = ()
    """What else the agency may be, where that is not sure."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The one value that would let all equations of a score hold; it goes into the score's row."""

    agency: str
    place_code: str
    fiscal_year: int
    code: str
    value: Decimal
    """On 0-100."""
    because: str
    """The audit's check that says so and what is printed instead: `total: 89.71`."""


@dataclass(frozen=True, slots=True)
class Extract:
    """Everything that one document gave."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    codes: tuple[CodeReading, ...] = ()
    grades: tuple[GradeMention, ...] = ()
    findings: tuple[Finding, ...] = ()
    claims: tuple[Claim, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    """What the audit would have instead of printed scores."""
    pages: tuple[PageReading, ...] = ()


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything that a run gave, one tuple a table, in the order in which it is written."""

    documents: tuple[Document, ...] = ()
    mentions: tuple[Mention, ...] = ()
    scores: tuple[Score, ...] = ()
    codes: tuple[CodeReading, ...] = ()
    grades: tuple[GradeMention, ...] = ()
    findings: tuple[Finding, ...] = ()
    claims: tuple[Claim, ...] = ()
    pages: tuple[PageReading, ...] = ()

    @classmethod
    def of(cls, extract: Extract) -> Tables:
        """The rows that one document gives to each table; scores come from all documents together."""
        rows = (extract.codes, extract.grades, extract.findings, extract.claims, extract.pages)
        return cls((extract.document,), extract.mentions, (), *rows)
