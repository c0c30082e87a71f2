"""Tables and paragraphs that a page break cut are put together again.

Losing a number is worse than leaving one row in two: whatever holds a number of its own is merged into nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from prongsai.layout.model import Draft, Join, PageDraft, TableDraft
from prongsai.layout.passages import glue, join_passages
from prongsai.layout.shapes import has_decimal, is_list_start, is_number, is_year, squeeze, starts_with_code
from prongsai.records import Cell, Place

SAME_EDGE_PT = 5.0
"""Column boundaries that agree this closely from page to page are the same, whatever the pages' margins."""
MOST_SHIFT_PT = 72.0
"""Left and right pages may have margins that differ by this much."""
MOST_HEADER_ROWS = 4
LEAST_NUMBERED_ROWS = 2

_CODE = re.compile(r"[(\[]?[A-Za-z]?\s?\d")


def join_pages(pages: Iterable[PageDraft]) -> tuple[list[Draft], list[Join]]:
    """All blocks of a document in reading order, those that go on overleaf as one, and what was joined where."""
    blocks: list[Draft] = []
    joins: list[Join] = []
    last_page = 0
    for page in pages:
        if page.is_barrier:
            last_page = 0
            continue
        for position, draft in enumerate(page.drafts):
            is_next_page = position == 0 and last_page == page.number - 1
            joined = _joined(blocks[-1], draft, is_next_page=is_next_page) if last_page else None
            if joined is None:
                blocks.append(draft)
            else:
                blocks[-1] = joined[0]
                joins += joined[1:]
            last_page = page.number
    return blocks, joins


def _joined(upper: Draft, lower: Draft, *, is_next_page: bool) -> tuple[Draft, Join] | tuple[Draft] | None:
    if isinstance(upper, TableDraft) and isinstance(lower, TableDraft):
        joined = _join_tables(upper, lower)
        return joined if joined is not None and (is_next_page or joined[1].header_rows) else None
    if isinstance(upper, TableDraft) or isinstance(lower, TableDraft) or not (is_next_page and upper.is_full and lower.is_flush):
        return None
    passage = join_passages(upper.passage, lower.passage, glue(upper.passage.text, lower.passage.text))
    return (replace(upper, passage=passage, is_full=lower.is_full),)


def _join_tables(upper: TableDraft, lower: TableDraft) -> tuple[Draft, Join] | None:
    if upper.is_given != lower.is_given:
        return None
    fitted = _fit(upper, lower)
    if fitted is None:
        return None
    upper, lower, is_same_grid = fitted
    n_header = _repeated_header_rows(upper, lower)
    if not n_header and not is_same_grid:
        return None
    body = _without_rows(lower, n_header)
    begins = lower.cells[0].place
    place = Place(begins.page, lower.box, begins.line)
    above = upper.cells
    has_merged = False
    if body and not upper.is_given:
        merged = _merge_cut_row(upper, body)
        has_merged = merged is not None
        above, body = merged or _carry_merged_cells(upper, body)
    shift = upper.n_rows - has_merged
    n_rows = upper.n_rows + lower.n_rows - n_header - has_merged
    moved = tuple(replace(cell, row=cell.row + shift) for cell in body)
    joined = replace(upper, cells=above + moved, n_rows=n_rows, last_page=lower.last_page)
    return joined, Join(place, n_header, has_merged)


def _fit(upper: TableDraft, lower: TableDraft) -> tuple[TableDraft, TableDraft, bool] | None:
    """Both tables on the same columns, and whether the rules say so (True) or only their number does (False).

    A part of which every row is merged across draws fewer column boundaries than the whole; it fits if its outer
    boundaries and at least one inner one are the other's.
    """
    if upper.is_given or upper.is_ruled != lower.is_ruled:
        # Where an image lost the rules of one part, the same header must say that the columns are the same.
        return (upper, lower, False) if upper.n_columns == lower.n_columns else None
    if not upper.is_ruled:
        return (upper, lower, _has_same_numbers(upper, lower)) if upper.n_columns == lower.n_columns else None
    few, many = sorted((upper, lower), key=lambda table: table.n_columns)
    columns = _boundaries_in(few.edges, many.edges)
    if columns is None:
        return (upper, lower, False) if few.n_columns == many.n_columns else None
    if few.n_columns < many.n_columns:
        cells = tuple(
            replace(cell, column=columns[cell.column], column_span=columns[cell.column + cell.column_span] - columns[cell.column])
            for cell in few.cells
        )
        refitted = replace(few, cells=cells, edges=many.edges)
        upper, lower = (refitted, lower) if few is upper else (upper, refitted)
    return upper, lower, True


def _has_same_numbers(upper: TableDraft, lower: TableDraft) -> bool:
    """Whether the columns of numbers of two undrawn tables are the same and stand in the same places."""
    return (
        bool(upper.numeric)
        and upper.numeric == lower.numeric
        and all(
            min(abs(one[0] - other[0]), abs(one[1] - other[1]), abs(sum(one) - sum(other)) / 2) <= SAME_EDGE_PT
            for one, other in ((upper.columns[index], lower.columns[index]) for index in upper.numeric)
        )
    )


def _boundaries_in(few: Sequence[float], many: Sequence[float]) -> list[int] | None:
    """For each boundary of `few` the index of the same one in `many`, None where one is missing or an end differs."""
    shift = (many[0] + many[-1] - few[0] - few[-1]) / 2
    if abs(shift) > MOST_SHIFT_PT:
        return None
    found: list[int] = []
    for edge in few:
        nearest = min(range(len(many)), key=lambda index: abs(many[index] - edge - shift))
        if abs(many[nearest] - edge - shift) > SAME_EDGE_PT:
            return None
        found.append(nearest)
    is_whole = found[0] == 0 and found[-1] == len(many) - 1
    return found if is_whole and len(set(found)) == len(found) > 2 else None


def _row_texts(table: TableDraft, rows: int) -> list[dict[int, str]]:
    """The text of each filled cell in the first `rows` rows, by column, without white space."""
    texts: list[dict[int, str]] = [{} for _ in range(rows)]
    for cell in table.cells:
        if cell.row < rows and (text := squeeze(cell.text)):
            texts[cell.row][cell.column] = text
    return texts


def _repeated_header_rows(upper: TableDraft, lower: TableDraft) -> int:
    """How many rows at the head of `lower` say what the first rows of `upper` say.

    A row with a number of its own is no header row, unless that number is a year: two tables may share a header and,
    by chance, their first row.
    """
    limit = min(MOST_HEADER_ROWS, upper.n_rows, lower.n_rows)
    count = 0
    for mine, theirs in zip(_row_texts(upper, limit), _row_texts(lower, limit), strict=True):
        if mine != theirs or any((is_number(text) and not is_year(text)) or has_decimal(text) for text in mine.values()):
            break
        count += 1
    filled = _row_texts(upper, count)
    if sum(len(row) for row in filled) < 2:
        return 0
    while count and any(cell.row < count < cell.row + cell.row_span for cell in lower.cells):
        count -= 1
    return count


def _without_rows(table: TableDraft, count: int) -> tuple[Cell, ...]:
    return tuple(replace(cell, row=cell.row - count) for cell in table.cells if cell.row >= count)


def _merge_cut_row(upper: TableDraft, body: tuple[Cell, ...]) -> tuple[tuple[Cell, ...], tuple[Cell, ...]] | None:
    """The cells of `upper` with the first row of `body` added to its last row, and the rest of `body`; None if unsafe.

    The row is the rest of the one above when its first cell is the only one that begins without a running number, or is
    empty and no other cell starts a new item; and when no number would come to stand beside another in one cell.
    """
    first = [cell for cell in body if cell.row == 0]
    label = next((cell for cell in first if cell.column == 0 and squeeze(cell.text)), None)
    is_rest_of_label = label is not None and _is_rest_of_label(label, upper, body)
    if label is not None and not is_rest_of_label:
        return None
    holders = _holders(upper)
    added: dict[tuple[int, int], Cell] = {}
    for cell in first:
        holder = holders.get(cell.column)
        if holder is None or (holder.column, holder.column_span) != (cell.column, cell.column_span):
            return None
        added[holder.row, holder.column] = cell
        if not squeeze(cell.text):
            continue
        is_new_item = is_list_start(cell.text) or _CODE.match(cell.text) is not None
        if (
            (is_new_item and not is_rest_of_label and squeeze(holder.text))
            or _is_own_number(holder.text)
            or (squeeze(holder.text) and _is_own_number(cell.text))
        ):
            return None
    if not any(squeeze(cell.text) and squeeze(holders[cell.column].text) for cell in first):
        return None
    above = tuple(
        _extended(cell, more, more.row_span - 1) if (more := added.get((cell.row, cell.column))) else cell for cell in upper.cells
    )
    return above, tuple(cell for cell in body if cell.row > 0)


def _carry_merged_cells(upper: TableDraft, body: tuple[Cell, ...]) -> tuple[tuple[Cell, ...], tuple[Cell, ...]]:
    """The cells of both with the blank merged ones at the head of `body` taken for the rest of the ones above.

    A cell that is merged down a page break is printed again, empty, at the top of the next page.
    """
    holders = _holders(upper)
    rests: dict[tuple[int, int], Cell] = {}
    for cell in body:
        holder = holders.get(cell.column)
        is_blank_head = cell.row == 0 and cell.row_span > 1 and not squeeze(cell.text)
        if is_blank_head and holder is not None and (holder.column, holder.column_span) == (cell.column, cell.column_span):
            rests[holder.row, holder.column] = cell
    above = tuple(_extended(cell, more, more.row_span) if (more := rests.get((cell.row, cell.column))) else cell for cell in upper.cells)
    taken = {id(cell) for cell in rests.values()}
    return above, tuple(cell for cell in body if id(cell) not in taken)


def _holders(table: TableDraft) -> dict[int, Cell]:
    """The cell that covers the last row, for each column."""
    last = table.n_rows - 1
    return {
        column: cell
        for cell in table.cells
        if cell.row <= last < cell.row + cell.row_span
        for column in range(cell.column, cell.column + cell.column_span)
    }


def _extended(cell: Cell, more: Cell, rows: int) -> Cell:
    return replace(cell, passage=join_passages(cell.passage, more.passage, " "), row_span=cell.row_span + rows)


def _is_rest_of_label(cell: Cell, upper: TableDraft, body: tuple[Cell, ...]) -> bool:
    """Whether a row's first cell lacks the running number with which the table's other rows, two or more, all begin.

    No cell of its row may hold a number of its own then: office programs rule off both halves of a cut row, so that
    nothing but the text tells it from a row that simply has no number.
    """
    if any(_is_own_number(other.text) for other in body if other.row == 0) or starts_with_code(cell.text):
        return False
    labels = [c.text for c in upper.cells if c.column == 0 and c.row > 0] + [c.text for c in body if c.column == 0 and c.row > 0]
    filled = [text for text in labels if squeeze(text)]
    return len(filled) >= LEAST_NUMBERED_ROWS and all(starts_with_code(text) for text in filled)


def _is_own_number(text: str) -> bool:
    return bool(squeeze(text)) and (is_number(text) or has_decimal(text))
