"""Pages drawn by hand: words 6 pt a character and 12 pt high, rules where they are put."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pdfplumber.utils.clustering  # noqa: F401  # Imported late in the code; the first drawn example would pay for it.
import pytest

from prongsai.records import Box, Cell, Page, Reader, Rule, Table, Word


class Paper:
    """What tests draw with; every measure is in points from the top left."""

    @staticmethod
    def words(text: str, x: float, y: float, gap: float = 4.0) -> list[Word]:
        """The words of a text in one line that begins at (x, y)."""
        placed = []
        for token in text.split():
            width = 6.0 * len(token)
            placed.append(Word(token, Box(x, y, x + width, y + 12), round(y)))
            x += width + gap
        return placed

    @staticmethod
    def lattice(xs: Sequence[float], ys: Sequence[float]) -> list[Rule]:
        """Every rule of a plain table with these boundaries."""
        return [Rule(xs[0], y, xs[-1], y) for y in ys] + [Rule(x, ys[0], x, ys[-1]) for x in xs]

    @classmethod
    def filled(cls, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]]) -> list[Word]:
        """The words of a table's cells, each cell's first line at its top left; a newline starts another line."""
        return [
            word
            for y, row in zip(ys, rows, strict=False)
            for x, text in zip(xs, row, strict=False)
            for number, line in enumerate(text.split("\n"))
            for word in cls.words(line, x + 3, y + 3 + 15 * number)
        ]

    @staticmethod
    def page(words: Iterable[Word], rules: Iterable[Rule] = (), number: int = 1, reader: Reader = Reader.TEXT) -> Page:
        """An A4 page."""
        return Page(number, 595.0, 842.0, reader, "test", tuple(words), tuple(rules))

    @classmethod
    def table_page(cls, rows: Sequence[Sequence[str]], number: int, top: float = 60, pitch: float = 40) -> Page:
        """A page with one plain table and nothing else, its columns equally wide from x = 50 to 530."""
        n = max(map(len, rows))
        xs = [50 + 480 * column / n for column in range(n + 1)]
        ys = [top + pitch * row for row in range(len(rows) + 1)]
        return cls.page(cls.filled(xs, ys, rows), cls.lattice(xs, ys), number)

    @staticmethod
    def given(text: str, number: int = 1) -> Page:
        """A page of text with tabs between cells."""
        lines = list(enumerate(text.split("\n"), 1))
        words = tuple(Word(token, None, line) for line, content in lines for token in content.split())
        cells = tuple((line, tuple(content.split("\t"))) for line, content in lines if "\t" in content)
        return Page(number, 0.0, 0.0, Reader.GIVEN, "test", words, (), cells)

    @staticmethod
    def texts(table: Table) -> list[list[str]]:
        """A table as rows of texts; places that a merged cell covers beyond its first are `^`."""
        grid = [["?"] * table.n_columns for _ in range(table.n_rows)]
        for cell in table.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    assert grid[row][column] == "?", f"two cells at row {row}, column {column}"
                    grid[row][column] = cell.text if (row, column) == (cell.row, cell.column) else "^"
        return grid

    @staticmethod
    def cell(table: Table, row: int, column: int) -> Cell:
        """The cell whose first place is this."""
        return next(cell for cell in table.cells if (cell.row, cell.column) == (row, column))


@pytest.fixture(scope="session")
def paper() -> type[Paper]:
    return Paper
