"""What laying out gives, and the drafts that it passes from one step to the next."""

from __future__ import annotations

from dataclasses import dataclass

from prongsai.records import Block, Box, Cell, Paragraph, Passage, Place, Table, Word


@dataclass(frozen=True, slots=True)
class Dropped:
    """A word inside a table's box that landed in no cell."""

    place: Place
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Join:
    """A table that goes on after a break, and what was taken out where the parts meet."""

    place: Place
    """Where the later part begins."""
    header_rows: int
    """Rows at the head of the later part that repeat the table's own header and were left out."""
    has_merged_row: bool = False
    """True where the later part began in the middle of a row, which was put back together."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A document as blocks in reading order."""

    blocks: tuple[Block, ...]
    dropped: tuple[Dropped, ...] = ()
    joins: tuple[Join, ...] = ()
    furniture: tuple[Paragraph, ...] = ()
    """Page numbers, running headers and footers, one line each; in no block."""

    @property
    def tables(self) -> tuple[Table, ...]:
        """The blocks that are tables."""
        return tuple(block for block in self.blocks if isinstance(block, Table))

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The blocks that are headings, list items or prose."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side on a page, left to right, and the box around them in points."""

    words: tuple[Word, ...]
    box: Box

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class TableDraft:
    """A table on one page, or joined so far over several; rows and columns count from 0."""

    cells: tuple[Cell, ...]
    n_rows: int
    edges: tuple[float, ...]
    """The x of each column boundary in points, one more than there are columns; for given text 0, 1, 2 …"""
    box: Box | None
    first_page: int
    last_page: int
    is_ruled: bool
    is_given: bool = False
    columns: tuple[tuple[float, float], ...] = ()
    """Left and right edge in points of what stands in each column, for a table that is not drawn."""
    numeric: tuple[int, ...] = ()
    """Which of them hold numbers."""

    @property
    def n_columns(self) -> int:
        return len(self.edges) - 1


@dataclass(frozen=True, slots=True)
class ParagraphDraft:
    """A paragraph on one page, with what decides whether it goes on overleaf."""

    passage: Passage
    place: Place
    is_full: bool = False
    """Whether its last line reaches the right margin."""
    is_flush: bool = False
    """Whether its first line starts at the left margin and starts no list item."""


Draft = TableDraft | ParagraphDraft


@dataclass(frozen=True, slots=True)
class PageDraft:
    """A page's blocks, top to bottom; `is_barrier` where the page could not be read and nothing joins over it."""

    number: int
    drafts: tuple[Draft, ...]
    is_barrier: bool = False
