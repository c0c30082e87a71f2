"""Sets a table on a canvas: row heights from wrapped cells, spans, rules, and spans cut by a page break."""

from __future__ import annotations

from dataclasses import dataclass

from .canvas import Canvas
from .document import Cell, Table, plain
from .shaping import wrap

PADDING_PT = 3.5
LEADING = 1.42


@dataclass(frozen=True, slots=True)
class Laid:
    """A measured table: column edges and row heights in points, each cell's lines by its place."""

    table: Table
    edges_pt: tuple[float, ...]
    heights_pt: tuple[float, ...]
    lines: dict[tuple[int, int], list[str]]
    size_pt: float

    def needed_pt(self, row: int) -> float:
        """The room that a row must find on its page: a merged cell that starts there sets its whole text before a break."""
        merged = [
            len(self.lines[row, column]) * self.size_pt * LEADING + 2 * PADDING_PT
            for column, cell in enumerate(self.table.rows[row])
            if cell is not None and cell.row_span > 1
        ]
        return max(self.heights_pt[row], *merged) if merged else self.heights_pt[row]


def measure(table: Table, canvas: Canvas, size_pt: float, left_pt: float, right_pt: float) -> Laid:
    """The table between two margins: each row as high as its highest cell, merged cells stretching their last row."""
    total = sum(table.widths)
    edges = [left_pt]
    for width in table.widths:
        edges.append(edges[-1] + width / total * (right_pt - left_pt))
    heights = [size_pt * LEADING + 2 * PADDING_PT] * len(table.rows)
    lines: dict[tuple[int, int], list[str]] = {}
    for is_merged in (False, True):
        for row, cells in enumerate(table.rows):
            for column, cell in enumerate(cells):
                if cell is None or (cell.row_span > 1) is not is_merged:
                    continue
                width = edges[column + cell.column_span] - edges[column] - 2 * PADDING_PT
                set_lines = lines[row, column] = wrap(canvas.face(cell.is_bold), plain(cell.content), size_pt, width)
                needed = len(set_lines) * size_pt * LEADING + 2 * PADDING_PT
                last = row + cell.row_span - 1
                heights[last] += max(0.0, needed - sum(heights[row : last + 1]))
    return Laid(table, tuple(edges), tuple(heights), lines, size_pt)


class RowsOnPage:
    """The part of a table that stands on one page, drawn when it is finished."""

    def __init__(self, laid: Laid, canvas: Canvas, rules: str, size_pt: float) -> None:
        self._laid, self._canvas, self._rules, self._size = laid, canvas, rules, size_pt
        self._rows: list[int] = []
        self._header: list[int] = []
        self._heights: dict[int, float] = {}
        self._top = 0.0
        self.bottom_pt = 0.0

    @property
    def has_body(self) -> bool:
        """Whether a row that is no header stands on the page."""
        return len(self._rows) > len(self._header)

    def start(self, header: list[int], top_pt: float) -> None:
        """Begins on a page with the header rows."""
        self._header, self._rows, self._top, self.bottom_pt = header, [], top_pt, top_pt
        self._heights.clear()
        for row in header:
            self.add(row)

    def add(self, row: int) -> None:
        """Adds a row below."""
        self._rows.append(row)
        self._heights[row] = self._laid.heights_pt[row]
        self.bottom_pt += self._heights[row]

    def finish(self) -> None:
        """Draws what stands on the page: each cell's text, then its rules; a span is cut at the page's end."""
        self._stretch()
        tops: dict[int, float] = {}
        y = self._top
        for row in self._rows:
            tops[row] = y
            y += self._heights[row]
        for row in self._rows:
            for column, cell in enumerate(self._laid.table.rows[row]):
                if cell is not None:
                    bottom = self._bottom_of(row, cell, tops)
                    self._text(row, column, cell, tops[row], bottom)
                    self._box(column, cell, tops[row], bottom)
                elif row == self._first_body_row():
                    self._carried_over(row, column, tops)

    def _first_body_row(self) -> int:
        return self._rows[len(self._header)] if self.has_body else -1

    def _bottom_of(self, row: int, cell: Cell, tops: dict[int, float]) -> float:
        spanned = [one for one in range(row, row + cell.row_span) if one in tops]
        return tops[spanned[-1]] + self._heights[spanned[-1]]

    def _stretch(self) -> None:
        """Makes the page's last row high enough for the whole text of the merged cells that the page's end cuts."""
        last = self._rows[-1]
        for row in self._rows:
            for column, cell in enumerate(self._laid.table.rows[row]):
                if cell is not None and row + cell.row_span - 1 > last:
                    needed = len(self._laid.lines[row, column]) * self._size * LEADING + 2 * PADDING_PT
                    missing = needed - sum(self._heights[one] for one in self._rows if one >= row)
                    self._heights[last] += max(0.0, missing)
        self.bottom_pt = self._top + sum(self._heights[row] for row in self._rows)

    def _carried_over(self, row: int, column: int, tops: dict[int, float]) -> None:
        """The rest of a cell whose text stands on the page before: a box without text."""
        for above in range(row - 1, len(self._header) - 1, -1):
            cell = self._laid.table.rows[above][column]
            if cell is not None:
                if above + cell.row_span > row:
                    self._box(column, cell, tops[row], self._bottom_of(row, Cell(row_span=above + cell.row_span - row), tops))
                return

    def _text(self, row: int, column: int, cell: Cell, top: float, bottom: float) -> None:
        lines, leading = self._laid.lines[row, column], self._size * LEADING
        left, right = self._laid.edges_pt[column] + PADDING_PT, self._laid.edges_pt[column + cell.column_span] - PADDING_PT
        y = top + PADDING_PT
        if cell.align == "center":
            y = max(y, (top + bottom - len(lines) * leading) / 2)
        face = self._canvas.face(cell.is_bold)
        for line in lines:
            width = face.width(line) * self._size
            x = (left + right - width) / 2 if cell.align == "center" else left
            self._canvas.text(x, y + self._size * 1.05, line, self._size, cell.is_bold)
            y += leading

    def _box(self, column: int, cell: Cell, top: float, bottom: float) -> None:
        left, right = self._laid.edges_pt[column], self._laid.edges_pt[column + cell.column_span]
        if self._rules in ("all", "rows"):
            self._canvas.line(left, top, right, top)
            self._canvas.line(left, bottom, right, bottom)
        if self._rules == "all":
            self._canvas.line(left, top, left, bottom)
            self._canvas.line(right, top, right, bottom)
