"""An abstract report: paragraphs, headings and tables whose numbers know what they say.

The truth of a made report is read off its printed pieces and never kept beside them, so a slip that changes a
piece changes the truth with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum


class FigureKind(StrEnum):
    """What a printed figure says."""

    SCORE = "score"
    DIFFERENCE = "difference"
    GRADE = "grade"


@dataclass(frozen=True, slots=True)
class Figure:
    """A printed number or grade that the truth counts."""

    text: str
    """As printed, digits and all."""
    kind: FigureKind
    code: str
    year: int
    value: Decimal | None = None
    """On 0–100 as printed, whatever the scale; None for a grade."""
    scale: int = 100
    agency: str = ""
    """Only where a report is about many agencies."""
    basis: str = ""
    """For e-questions from FY2566: `part1` or `both`."""


@dataclass(frozen=True, slots=True)
class Label:
    """A printed code, name or number of a question, an indicator or an instrument."""

    text: str
    code: str
    year: int
    is_code: bool = False
    """Whether the text is a question's code, which `codes` holds against its canonical form."""


@dataclass(frozen=True, slots=True)
class AgencyName:
    """The reporting agency's name, as printed."""

    text: str


Piece = str | Figure | Label | AgencyName
Content = tuple[Piece, ...]


class Style(StrEnum):
    """How a paragraph is set."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    ITEM = "item"
    RIGHT = "right"
    NOTE = "note"
    BREAK = "break"
    """No text: the next block starts a page."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text in one style."""

    content: Content
    style: Style = Style.BODY


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell, standing at the first row and column that it spans."""

    content: Content = ()
    row_span: int = 1
    column_span: int = 1
    align: str = "left"
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; None marks a place that a span covers. Every row is as long as `widths`."""

    rows: tuple[tuple[Cell | None, ...], ...]
    widths: tuple[float, ...]
    """Shares of the text width, in any unit."""
    header_rows: int = 1


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class KnownFinding:
    """A contradiction that the report is known to hold. One row of the truth's findings.csv."""

    kind: str
    fiscal_year: int
    subject: str
    printed: str
    expected: str
    note: str = ""
    agency: str = ""
    """Only where a report is about many agencies; findings.csv leaves it out."""


@dataclass(frozen=True, slots=True)
class Report:
    """A made report before it is rendered."""

    stem: str
    layout: str
    agency: str
    fiscal_year: int
    blocks: tuple[Block, ...]
    findings: tuple[KnownFinding, ...] = ()
    slips: tuple[str, ...] = ()
    """Names of the slips that were planted."""


def header_cell(text: str, row_span: int = 1, column_span: int = 1) -> Cell:
    """A bold, centred cell."""
    return Cell((text,), row_span, column_span, "center", is_bold=True)


def centred(piece: Piece) -> Cell:
    """A centred cell with one piece, or an empty one for empty text."""
    return Cell((piece,) if piece != "" else (), align="center")


def plain(content: Content) -> str:
    """The text of a content as it is printed."""
    return "".join(piece if isinstance(piece, str) else piece.text for piece in content)


def contents(report: Report) -> Iterator[Content]:
    """Every content of a report in reading order, table cells row by row."""
    for block in report.blocks:
        if isinstance(block, Paragraph):
            yield block.content
        else:
            for row in block.rows:
                for cell in row:
                    if cell is not None:
                        yield cell.content


def figures(report: Report) -> Iterator[Figure]:
    """Every figure of a report in reading order."""
    for content in contents(report):
        for piece in content:
            if isinstance(piece, Figure):
                yield piece


def labels(report: Report) -> Iterator[Label]:
    """Every label of a report in reading order."""
    for content in contents(report):
        for piece in content:
            if isinstance(piece, Label):
                yield piece


def map_contents(report: Report, change: Callable[[Content], Content]) -> Report:
    """The report with each content passed through `change`, in reading order."""

    def mapped(block: Block) -> Block:
        if isinstance(block, Paragraph):
            return replace(block, content=change(block.content))
        rows = tuple(tuple(None if cell is None else replace(cell, content=change(cell.content)) for cell in row) for row in block.rows)
        return replace(block, rows=rows)

    return replace(report, blocks=tuple(mapped(block) for block in report.blocks))


def replace_piece(report: Report, old: Piece, new: Piece) -> Report:
    """The report with the one piece that *is* `old` (by identity: equal pieces stand elsewhere too) exchanged for `new`."""
    return map_contents(report, lambda content: tuple(new if piece is old else piece for piece in content))
