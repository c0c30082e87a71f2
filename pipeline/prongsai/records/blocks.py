"""What a page is laid out as: tables and paragraphs that remember where each character stood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from prongsai.records.box import Box
from prongsai.records.pages import Candidate, Reader


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
    candidates: tuple[Candidate, ...] = ()
    reader_version: str = ""


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
        known = [run.confidence for run in self._under(start, end) if run.confidence is not None]
        return min(known) if known else None

    def read_as(self, start: int, end: int) -> str | None:
        """What the reader claimed for the unread numerals under characters `start` to `end`."""
        claims = [run.read_as for run in self._under(start, end) if run.read_as]
        return " ".join(claims) if claims else None

    def reader_of(self, start: int, end: int) -> Reader:
        """What kind of reader read characters `start` to `end`: OCR where a word there names its own reader, as words of
        a picture do on a page with a text layer."""
        return Reader.OCR if any(run.reader_version for run in self._under(start, end)) else self.reader

    def version(self, start: int, end: int) -> str:
        """Who read characters `start` to `end`: the reader of the first word there that has one of its own, else the page's."""
        return next((run.reader_version for run in self._under(start, end) if run.reader_version), self.reader_version)

    def candidates(self, start: int, end: int) -> tuple[Candidate, ...]:
        """The likely readings of characters `start` to `end`, likeliest first; none where several words share them, whose
        readings do not combine.

        Of a word that goes on beyond them, as a bracket or a percent sign, only readings alike there count.
        """
        runs = list(self._under(start, end))
        if len(runs) != 1:
            return ()
        (run,) = runs
        before, after = self.text[run.start : start], self.text[end : run.end]
        kept: dict[str, float] = {}
        for candidate in run.candidates:
            text = candidate.text
            if text.startswith(before) and text.endswith(after) and len(text) > len(before) + len(after):
                inner = text[len(before) : len(text) - len(after)]
                kept[inner] = kept.get(inner, 0.0) + candidate.probability
        return tuple(Candidate(text, probability) for text, probability in kept.items())

    def _under(self, start: int, end: int) -> Iterator[Run]:
        return (run for run in self.runs if run.start < end and run.end > start)


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
