"""What flows through a run: one frozen, slotted record per thing, each field with its unit.

Lengths are PDF points (1/72 inch) with the origin at the top left of the page; years are fiscal years of the
Buddhist era; values are `Decimal`, because a printed number is the digits that stand there and nothing nearer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

UNREAD = "\N{REPLACEMENT CHARACTER}"
"""Stands in a word's text for a numeral that was seen and could not be read; never a digit in disguise."""


class Kind(StrEnum):
    """What an input is, told by its bytes and not by its name."""

    PDF = "pdf"
    IMAGE = "image"
    TEXT = "text"
    UNKNOWN = "unknown"


class Reader(StrEnum):
    """Who turned a page into words."""

    TEXT = "text"
    OCR = "ocr"
    GIVEN = "given"


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
class Source:
    """An input that was looked at: its bytes' hash, its kind, and where it lies."""

    path: str
    """As the user named it, with forward slashes."""
    sha256: str
    kind: Kind
    size_bytes: int
    aliases: tuple[str, ...] = ()
    """Other paths with the same bytes: one document all the same."""

    @property
    def doc_id(self) -> str:
        """The first 16 hex digits of the SHA-256."""
        return self.sha256[:16]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points from the top left."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """The centre, as (x, y)."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def contains(self, x: float, y: float, slack_pt: float = 0.0) -> bool:
        """Whether the point (x, y) lies inside, or no further than `slack_pt` outside."""
        return self.x0 - slack_pt <= x <= self.x1 + slack_pt and self.top - slack_pt <= y <= self.bottom + slack_pt

    def join(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom))


@dataclass(frozen=True, slots=True)
class Repair:
    """A named change to a page's text, and how often it was made there."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without a space, and where it stands.

    In text that somebody else's OCR produced there are no boxes; `box` is None and `line` is what places it.
    """

    text: str
    box: Box | None
    line: int
    """1-based line of the page in reading order; words of one line share it."""
    confidence: float | None = None
    """0–1 as the reader states it, None where the reader states nothing."""
    read_as: str | None = None
    """For an unread numeral, what the reader claimed; evidence only, never a value."""

    @property
    def is_unread(self) -> bool:
        return UNREAD in self.text


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight ruled line on a page: horizontal where `top` and `bottom` agree, else vertical."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_horizontal(self) -> bool:
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Page:
    """A page turned into words and rules, with what was thought of its text layer."""

    number: int
    """1-based."""
    width_pt: float
    height_pt: float
    reader: Reader
    reader_version: str
    words: tuple[Word, ...] = ()
    """In reading order; spaces are not words."""
    rules: tuple[Rule, ...] = ()
    cells_given: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """Given text only: (line, cells) for each line that holds tabs, cells as they stand between them."""
    judgement: str = ""
    """Why the text layer was kept or not, in a few words: `good`, `repaired`, `no text`, `lost sara am` …"""
    repairs: tuple[Repair, ...] = ()
    failure: str = ""
    """Why the page could not be read; empty where it was."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a page, and a box or a line on it."""

    page: int
    box: Box | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Part of a passage that came from one word: characters `start` to `end` and their place."""

    start: int
    end: int
    place: Place
    confidence: float | None = None
    read_as: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Text in reading order that remembers where each character stood."""

    text: str
    runs: tuple[Run, ...] = ()
    reader: Reader = Reader.TEXT
    reader_version: str = ""

    def locate(self, start: int, end: int) -> Place | None:
        """The place of characters `start` to `end`: the box around their words on the first page they touch."""
        page: int | None = None
        box: Box | None = None
        line: int | None = None
        for run in self.runs:
            if run.end <= start or run.start >= end:
                continue
            if page is None:
                page, box, line = run.place.page, run.place.box, run.place.line
            elif run.place.page == page and run.place.box is not None:
                box = run.place.box if box is None else box.join(run.place.box)
        return None if page is None else Place(page, box, line)

    def confidence(self, start: int, end: int) -> float | None:
        """The lowest confidence of the words under characters `start` to `end`; None where none is known."""
        known = [run.confidence for run in self.runs if run.start < end and run.end > start and run.confidence is not None]
        return min(known) if known else None

    def read_as(self, start: int, end: int) -> str | None:
        """What the reader claimed for the unread numerals under characters `start` to `end`."""
        claims = [run.read_as for run in self.runs if run.start < end and run.end > start and run.read_as]
        return " ".join(claims) if claims else None


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; a merged one spans several rows or columns and stands at its first."""

    row: int
    column: int
    passage: Passage
    place: Place
    row_span: int = 1
    column_span: int = 1

    @property
    def text(self) -> str:
        return self.passage.text


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells, joined over page breaks; rows and columns count from 0."""

    number: int
    """1-based within the document."""
    cells: tuple[Cell, ...]
    n_rows: int
    n_columns: int
    is_ruled: bool = True
    """False where the grid was inferred from the alignment of words, so that columns are less certain."""

    @property
    def page(self) -> int:
        return min(cell.place.page for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A heading, a list item or a paragraph of prose, its lines joined."""

    passage: Passage
    place: Place

    @property
    def text(self) -> str:
        return self.passage.text


Block = Table | Paragraph


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
    """Which evidence chose the year: `column`, `row`, `cell`, `sentence`, `caption`, `section`, `document`, `option`."""
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
    matched_by: tuple[str, ...] = ()
    """The evidence that carried the decision: `code`, `order`, `wording`, `name`, `number`, `section`, `header`, `value`."""


@dataclass(frozen=True, slots=True)
class Score:
    """One agency, one year, one code. One row of the table `scores`."""

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


@dataclass(frozen=True, slots=True)
class Extract:
    """Everything that one document gave."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    codes: tuple[CodeReading, ...] = ()
    grades: tuple[GradeMention, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything that a run gave, one tuple a table, in the order in which it is written."""

    documents: tuple[Document, ...] = ()
    mentions: tuple[Mention, ...] = ()
    scores: tuple[Score, ...] = ()
    codes: tuple[CodeReading, ...] = ()
    grades: tuple[GradeMention, ...] = ()
    findings: tuple[Finding, ...] = ()


class OcrMode(StrEnum):
    """When pages are read by OCR: where the text layer fails, on every page, or not at all."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may say about how documents are read; the same for every document of a run."""

    ocr: OcrMode = OcrMode.AUTO
    fiscal_year: int | None = None
    """The year of the result where the documents themselves leave it open."""
    pages: tuple[tuple[int, int], ...] = ()
    """1-based, inclusive ranges; empty means every page."""
    max_pages: int = 2000
    """A document with more pages is read up to here and is `partial`."""
    max_page_side_pt: float = 14400.0
    """A page with a longer side is not rendered: 200 inches is the limit of PDF 1.7, section C.2."""
    ocr_timeout_s: float = 120.0

    def wants(self, page: int) -> bool:
        """Whether the page with this 1-based number is to be read."""
        return not self.pages or any(first <= page <= last for first, last in self.pages)
