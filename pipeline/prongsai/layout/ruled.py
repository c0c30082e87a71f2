"""Tables that are drawn: words are put into the cells of the grids that rules make."""

from __future__ import annotations

from collections.abc import Sequence

from prongsai.layout.grids import Grid, find_grids
from prongsai.layout.lines import group_lines
from prongsai.layout.mending import mended
from prongsai.layout.model import Dropped, TableDraft
from prongsai.layout.passages import passage_of
from prongsai.records import Box, Cell, Page, Passage, Place, Word

LEAST_CLOSED_SHARE = 0.7
"""Boxes tied together by lines (charts of an organisation) leave most of their ground outside any box; tables do not."""
WIDEST_LONE_CELL = 0.9
"""A single cell with words that takes this part of the grid's width is a frame around them."""


def take_ruled_tables(page: Page) -> tuple[list[TableDraft], list[Word], list[Dropped]]:
    """The drawn tables of a page, top to bottom, the words outside them, and words that found no cell.

    A frame, a boxed note or a column of boxes (one column) is text, not a table. A table with words in one cell only
    may be the rest of the last page's; what joins nothing is text in the end. Where one grid lies in a cell of
    another, the words belong to the inner one. A word belongs to the cell that holds its centre, even if it crosses a
    border.
    """
    rest = [word for word in page.words if word.box is not None]
    if len(page.rules) < 3:
        return [], rest, []
    grids = sorted(find_grids(page.rules), key=lambda grid: grid.box.width * grid.box.height)
    tables: list[TableDraft] = []
    dropped: list[Dropped] = []
    for grid in grids:
        if len(grid.regions) < 2 or len(grid.xs) < 3 or grid.closed_share < LEAST_CLOSED_SHARE:
            continue
        grid = mended(grid, rest)
        held, outside, lost = _sort_words(grid, rest)
        if not _may_be_table(grid, held):
            continue
        rest = outside
        dropped += [Dropped(Place(page.number, word.box, word.line), word.text, "no cell holds its centre") for word in lost]
        tables.append(_draft(grid, held, page))
    tables.sort(key=lambda table: (table.box.top, table.box.x0) if table.box else (0.0, 0.0))
    return tables, rest, dropped


def _may_be_table(grid: Grid, held: list[list[Word]]) -> bool:
    """Whether words stand in two cells or more, or in one that is narrower than the grid.

    The latter may be all that is left of a row after a page break; a double frame around a page holds all words in its
    middle cell.
    """
    filled = [number for number, words in enumerate(held) if words]
    if len(filled) != 1:
        return len(filled) > 1
    return grid.box_of(grid.regions[filled[0]]).width < WIDEST_LONE_CELL * grid.box.width


def _sort_words(grid: Grid, words: Sequence[Word]) -> tuple[list[list[Word]], list[Word], list[Word]]:
    held: list[list[Word]] = [[] for _ in grid.regions]
    outside: list[Word] = []
    lost: list[Word] = []
    table = grid.box
    for word in words:
        box = word.box
        if box is None:
            continue
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        if not (table.x0 <= x <= table.x1 and table.top <= y <= table.bottom):
            outside.append(word)
            continue
        number = grid.region_at(min(x, table.x1 - 1e-6), min(y, table.bottom - 1e-6))
        if number is None:
            lost.append(word)
        else:
            held[number].append(word)
    return held, outside, lost


def _draft(grid: Grid, held: list[list[Word]], page: Page) -> TableDraft:
    cells = []
    empty = Passage("", (), page.reader, page.reader_version)
    first, last = _rows_with_paper(grid, held)
    for region, words in zip(grid.regions, held, strict=True):
        if not first <= region.row < last:
            continue
        passage = passage_of(group_lines(words), page) if words else empty
        place = Place(page.number, grid.box_of(region), words[0].line if words else None)
        cells.append(Cell(region.row - first, region.column, passage, place, region.row_span, region.column_span))
    box = Box(grid.xs[0], grid.ys[first], grid.xs[-1], grid.ys[last])
    return TableDraft(tuple(cells), last - first, grid.xs, box, page.number, page.number, is_ruled=True)


def _rows_with_paper(grid: Grid, held: list[list[Word]]) -> tuple[int, int]:
    """The rows to keep, as a half-open range: all but an open first or last one in which nothing stands.

    Browsers let the borders of a table that a page break cut run on to the edge of the sheet.
    """
    first, last = 0, len(grid.ys) - 1
    if grid.is_open_above and _is_blank_row(grid, held, first):
        first += 1
    if grid.is_open_below and last - first > 1 and _is_blank_row(grid, held, last - 1):
        last -= 1
    return first, last


def _is_blank_row(grid: Grid, held: list[list[Word]], row: int) -> bool:
    numbers = set(grid.owner[row])
    return all(grid.regions[number].row_span == 1 and not held[number] for number in numbers)
