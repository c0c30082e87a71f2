"""Tables that are not drawn: columns are inferred where numbers stand under one another, line after line.

Prose must never become a table: Thai has few spaces and justified lines stretch them, so a wide gap alone says
nothing. What counts is a number of its own, away from the line's start, in line with others on three lines or more,
with nothing but white between it and the text before it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from prongsai.layout.broken import rows_of_broken
from prongsai.layout.chunks import (
    Chunk,
    Column,
    columns_of,
    columns_under,
    is_heading_of_years,
    numeric_columns,
    with_lone_columns,
    words_by_column,
)
from prongsai.layout.headings import Span, below_heading, header_rows, header_spans, names_below, spans_of
from prongsai.layout.lines import box_around, group_lines
from prongsai.layout.model import Line, TableDraft
from prongsai.layout.passages import passage_of
from prongsai.layout.regions import (
    ALIGN_PT,
    INSIDE_PT,
    LEAST_ANCHORS,
    MOST_LINES_BETWEEN,
    Sheet,
    body_around,
    has_heading_above,
    hits_of,
    is_heading,
    is_in_line,
    region_end,
    sheet_of,
    tracks_of,
)
from prongsai.layout.rows import Body, group_rows
from prongsai.layout.shapes import starts_with_code
from prongsai.records import Box, Cell, Page, Place

MOST_HEADER_LINES = 6


def take_ruleless_tables(lines: Sequence[Line], page: Page, overleaf: TableDraft | None = None) -> tuple[list[TableDraft], list[Line]]:
    """The undrawn tables among a page's lines, top to bottom, and the lines outside them in their order.

    `overleaf` is the undrawn table with which the page before ended, which may go on here.
    """
    if not lines or (len(lines) < LEAST_ANCHORS and overleaf is None):
        return [], list(lines)
    whole = rows_of_broken(lines)
    sheet = sheet_of(whole)
    tables: list[TableDraft] = []
    rest: list[Line] = []
    at = floor = 0
    if overleaf is not None and (rest_of := _rest_of(sheet, overleaf, page)) is not None:
        at, draft = rest_of
        floor = at
        tables.append(draft)
    while at < len(whole):
        found = _table_at(sheet, at, floor, page)
        if found is None:
            rest += whole[at]
            at += 1
            continue
        start, end, draft = found
        del rest[len(rest) - sum(map(len, whole[start:at])) :]
        tables.append(draft)
        at = floor = end
    return tables, rest


def _rest_of(sheet: Sheet, table: TableDraft, page: Page) -> tuple[int, TableDraft] | None:
    """The line after the rest of a table that began on the page before, and that rest in the same columns.

    It is the page's first lines, as long as they keep to the table's columns; one or more must hold a number.
    """
    columns, numeric = list(table.columns), [table.columns[index] for index in table.numeric]
    end = last = 0
    while end < len(sheet.lines) and (end == 0 or not sheet.is_apart(end)):
        chunks, numbers = sheet.chunked[end], sheet.numbers[end]
        if not chunks or is_heading(sheet, end, numeric, least=1) or not all(_fits(chunk, columns) for chunk in chunks):
            break
        if not all(any(is_in_line(number, track) for track in numeric) for number in numbers):
            break
        end += 1
        last = end if numbers else last
    if not last:
        return None
    columns = with_lone_columns(columns, sheet.chunked[:last])
    body = Body(sheet.lines, sheet.chunked, 0, last, end, numeric, sheet.height, is_headed=False)
    rows = group_rows(body, page.rules)
    if len(columns) != len(table.columns):
        return None
    return rows[-1][-1] + 1, _draft(sheet.lines, sheet.chunked, rows, columns, numeric, page)


def _fits(chunk: Chunk, columns: Sequence[Column]) -> bool:
    """Whether a chunk stands in one column, or reaches a little beyond it and into no other."""
    touched = columns_under(chunk, columns)
    return len(touched) == 1 and columns[touched[0]][0] - INSIDE_PT <= chunk.x0 and chunk.x1 <= columns[touched[0]][1] + INSIDE_PT


def _table_at(sheet: Sheet, at: int, floor: int, page: Page) -> tuple[int, int, TableDraft] | None:
    """The first line, the line after the last, and the table whose first line with numbers is `at`; None where none is."""
    end = region_end(sheet, at, floor)
    if end is None:
        return None
    chunked = sheet.chunked
    body = next((line for line in range(at, end) if not is_heading_of_years(sheet.numbers[line])), at)
    while body > at and not sheet.numbers[body - 1]:
        body -= 1
    tracks = tracks_of(sheet, body, end)
    low, high = body_around(sheet, body, end, floor, tracks)
    is_headed = body > at or (low > floor and has_heading_above(sheet, low, tracks))
    if is_headed and body == at:
        low = below_heading(sheet, low, at)
    is_short = max(hits_of(sheet, body, end, tracks)) < LEAST_ANCHORS
    first = low if is_headed and body == at else body
    columns = columns_of(chunked[low if is_short else first : high if is_short else end])
    numeric = numeric_columns(columns, chunked[first:end], 1 if is_short else LEAST_ANCHORS)
    if not numeric:
        return None
    top = at if body > at else first if is_headed else _lead_start(sheet, at, end, columns, numeric, floor)
    start = _header_start(sheet, top, columns, numeric, floor)
    end = _tail_end(sheet, body, end, columns, numeric)
    last = end
    while last < high and _keeps_to(chunked[last], columns, numeric):
        last += 1
    body = min(body, top) if body == at else body
    spans = header_spans(sheet, start, body, columns)
    columns = with_lone_columns(columns, [[chunk for chunk in chunks if id(chunk) not in spans] for chunks in chunked[start:top]])
    spans = header_spans(sheet, start, body, columns)
    rows = header_rows(sheet, start, body, columns, spans)
    rows += group_rows(Body(sheet.lines, chunked, body, end, last, numeric, sheet.height, is_headed), page.rules)
    return start, rows[-1][-1] + 1, _draft(sheet.lines, chunked, rows, columns, numeric, page, spans)


def _header_start(sheet: Sheet, first: int, columns: Sequence[Column], numeric: Sequence[Column], floor: int) -> int:
    """The first line of the header above line `first`: near lines whose chunks keep to the columns, not to the first alone."""
    start = first
    while start > max(floor, first - MOST_HEADER_LINES):
        is_near = sheet.lines[start].box.top - sheet.lines[start - 1].box.bottom <= 1.5 * sheet.height
        below = names_below(sheet, start, first)
        spans = spans_of(sheet.chunked[start - 1], below, columns)
        touched = [{spans[id(c)][0]} if id(c) in spans else set(columns_under(c, columns)) for c in sheet.chunked[start - 1]]
        fits = all(len(indices) <= 1 or 0 not in indices for indices in touched)
        is_rest = len(sheet.chunked[start - 1]) == 1 and any(character.isdigit() for character in sheet.lines[start - 1].text)
        keeps = fits and not is_rest and any(indices - {0} for indices in touched) and all(touched[:1])
        if not is_near or not (keeps or _heads_word_by_word(sheet, start - 1, columns, numeric)):
            break
        start -= 1
    return start


def _heads_word_by_word(sheet: Sheet, at: int, columns: Sequence[Column], numeric: Sequence[Column]) -> bool:
    """Whether a line with little white between its words heads columns: none runs over two, one is in line with numbers."""
    boxes = [word.box for word in sheet.lines[at].words if word.box is not None]
    over = any(len(columns_under(Chunk((), box.x0, box.x1, "", is_numeric=False), columns)) > 1 for box in boxes)
    return not over and has_heading_above(sheet, at + 1, numeric)


def _lead_start(sheet: Sheet, first: int, end: int, columns: Sequence[Column], numeric: Sequence[Column], floor: int) -> int:
    """The first line of the first row, whose number stands lower down: the line below the header, or the one with the
    row's code, or the page's first; else `first`."""
    close = _wrapping_step(sheet, first, end)
    at = first
    while at > max(floor, first - MOST_LINES_BETWEEN):
        if is_heading(sheet, at - 1, numeric):
            return at
        if sheet.is_apart(at) or not _keeps_to(sheet.chunked[at - 1], columns, numeric):
            break
        at -= 1
    if at == 0 < first:
        return 0
    at = first
    while at > max(floor, first - MOST_LINES_BETWEEN) and not starts_with_code(sheet.chunked[at][0].text):
        at -= 1
        if sheet.step(at + 1) > close or not _keeps_to(sheet.chunked[at], columns, numeric):
            return first
    return at if sheet.chunked[at] and starts_with_code(sheet.chunked[at][0].text) else first


def _wrapping_step(sheet: Sheet, first: int, end: int) -> float:
    """The widest step in points that a wording of the table takes from line to line; 0 where none wraps."""
    steps = [sheet.step(at) for at in range(first + 1, end) if not sheet.numbers[at]]
    return 1.15 * min(steps, default=0.0)


def _keeps_to(chunks: Sequence[Chunk], columns: Sequence[Column], numeric: Sequence[Column]) -> bool:
    """Whether a line stands within the columns of wording."""
    wording = [column for column in columns if column not in numeric]
    return bool(chunks) and all(any(c.x0 >= x0 - ALIGN_PT and c.x1 <= x1 + ALIGN_PT for x0, x1 in wording) for c in chunks)


def _tail_end(sheet: Sheet, first: int, end: int, columns: Sequence[Column], numeric: Sequence[Column]) -> int:
    """The line after the table with the rest of its last row: lines as close as those that wrap in the rows above.

    Where no row above wraps there is nothing to measure by, and what follows is taken for text.
    """
    close = _wrapping_step(sheet, first, end)
    while end < len(sheet.lines) and (sheet.step(end) <= close and _keeps_to(sheet.chunked[end], columns, numeric)):
        end += 1
    return end


def _indices(columns: Sequence[Column], numeric: Sequence[Column]) -> tuple[int, ...]:
    """Which columns hold numbers: those that the columns of numbers stand in."""
    return tuple(index for index, (x0, x1) in enumerate(columns) if any(x0 < high and x1 > low for low, high in numeric))


def _draft(
    lines: Sequence[Line],
    chunked: Sequence[Sequence[Chunk]],
    rows: Sequence[Sequence[int]],
    columns: Sequence[Column],
    numeric: Sequence[Column],
    page: Page,
    spans: Mapping[int, Span] | None = None,
) -> TableDraft:
    box = box_around([word for row in rows for line in row for word in lines[line].words])
    edges = (box.x0, *((left[1] + right[0]) / 2 for left, right in pairwise(columns)), box.x1)
    tops = [lines[row[0]].box.top for row in rows] + [box.bottom]
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        by_line = [words_by_column(lines[line], chunked[line], columns) for line in row]
        merged = dict(spans[id(chunk)] for line in row for chunk in chunked[line] if spans and id(chunk) in spans)
        covered = {index for low, high in merged.items() for index in range(low + 1, high + 1)}
        for column in range(len(columns)):
            if column in covered:
                continue
            last = merged.get(column, column)
            words = [word for held in by_line for index in range(column, last + 1) for word in held[index]]
            blank = Box(edges[column], tops[number], edges[last + 1], max(tops[number], tops[number + 1]))
            place = Place(page.number, box_around(words) if words else blank, words[0].line if words else None)
            cells.append(Cell(number, column, passage_of(group_lines(words), page), place, column_span=last - column + 1))
    return TableDraft(
        tuple(cells),
        len(rows),
        edges,
        box,
        page.number,
        page.number,
        is_ruled=False,
        columns=tuple(columns),
        numeric=_indices(columns, numeric),
    )
