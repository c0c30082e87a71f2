"""Tables that are not drawn: columns are inferred where numbers stand under one another, line after line.

Prose must never become a table: Thai has few spaces and justified lines stretch them, so a wide gap alone says
nothing. What counts is a number of its own, away from the line's start, in line with others on three lines or more,
with nothing but white between it and the text before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median_low

from prongsai.layout.chunks import (
    Chunk,
    Column,
    chunks_of,
    columns_of,
    columns_under,
    is_heading_of_years,
    numbers_in,
    numeric_columns,
    with_lone_columns,
    words_by_column,
)
from prongsai.layout.lines import box_around, group_lines
from prongsai.layout.model import Line, TableDraft
from prongsai.layout.passages import passage_of
from prongsai.layout.rows import group_rows
from prongsai.layout.shapes import starts_with_code
from prongsai.records import Box, Cell, Page, Place

LEAST_ANCHORS = 3
"""Lines whose numbers must stand under one another."""
ALIGN_PT = 4.0
"""Left edges, middles or right edges this near to each other are in line."""
CLEAR_PT = 3.0
"""White kept on either side of a column of numbers."""
INSIDE_PT = 12.0
"""Text that stands in a column of numbers alone may be this much wider than they are."""
MOST_LINES_BETWEEN = 5
"""Lines without a number between two with one: a wording that wraps."""
MOST_HEADER_LINES = 3


def take_ruleless_tables(lines: Sequence[Line], page: Page) -> tuple[list[TableDraft], list[Line]]:
    """The undrawn tables among a page's lines, top to bottom, and the lines outside them in their order."""
    if len(lines) < LEAST_ANCHORS:
        return [], list(lines)
    height = median_low([line.box.height for line in lines])
    chunked = [chunks_of(line, height) for line in lines]
    tables: list[TableDraft] = []
    rest: list[Line] = []
    at = floor = 0
    while at < len(lines):
        end = _region_end(lines, chunked, at, height)
        draft = None
        if end is not None:
            body = next((line for line in range(at, end) if not is_heading_of_years(chunked[line])), at)
            columns = columns_of(chunked[body:end])
            numeric = numeric_columns(columns, chunked[body:end])
            if numeric:
                top = at if body > at else _lead_start(lines, chunked, at, end, columns, numeric, floor)
                start = _header_start(lines, chunked, top, columns, height, floor)
                end = _tail_end(lines, chunked, body, end, columns, numeric)
                columns = with_lone_columns(columns, chunked[start:top])
                body = min(body, top) if body == at else body
                rows = [[line] for line in range(start, body)] + group_rows(lines, chunked, body, end, numeric, page.rules)
                draft = _draft(lines, chunked, rows, columns, page)
                del rest[len(rest) - (at - start) :]
                tables.append(draft)
                at = floor = end
        if draft is None:
            rest.append(lines[at])
            at += 1
    return tables, rest


def _is_in_line(chunk: Chunk, track: Column) -> bool:
    return (
        abs(chunk.x0 - track[0]) <= ALIGN_PT
        or abs(chunk.x1 - track[1]) <= ALIGN_PT
        or abs(chunk.x0 + chunk.x1 - track[0] - track[1]) <= 2 * ALIGN_PT
    )


def _region_end(lines: Sequence[Line], chunked: Sequence[Sequence[Chunk]], start: int, height: float) -> int | None:
    """The line after the last one of a table whose first line with numbers is `start`; None where no table begins."""
    tracks = [(chunk.x0, chunk.x1) for chunk in numbers_in(chunked[start])]
    if not tracks:
        return None
    hits = [1] * len(tracks)
    last, between = start, 0
    for at in range(start + 1, len(lines)):
        if lines[at].box.top - lines[at - 1].box.bottom > max(3 * height, 36.0):
            break
        numbers = numbers_in(chunked[at])
        in_line = [(number, index) for number in numbers for index, track in enumerate(tracks) if _is_in_line(number, track)]
        if in_line and all(_is_clear(chunk, tracks) for chunk in chunked[at] if not chunk.is_numeric):
            for number, index in in_line:
                hits[index] += 1
                tracks[index] = (min(tracks[index][0], number.x0), max(tracks[index][1], number.x1))
            last, between = at, 0
        elif between < MOST_LINES_BETWEEN and not numbers and all(_is_clear(chunk, tracks) for chunk in chunked[at]):
            between += 1
        else:
            break
    return last + 1 if max(hits) >= LEAST_ANCHORS else None


def _is_clear(chunk: Chunk, tracks: Sequence[Column]) -> bool:
    """Whether a chunk of text keeps out of the columns of numbers, or stands in one of them alone."""
    return all(
        chunk.x1 < x0 - CLEAR_PT or chunk.x0 > x1 + CLEAR_PT or (chunk.x0 >= x0 - INSIDE_PT and chunk.x1 <= x1 + INSIDE_PT)
        for x0, x1 in tracks
    )


def _header_start(
    lines: Sequence[Line], chunked: Sequence[Sequence[Chunk]], first: int, columns: Sequence[Column], height: float, floor: int
) -> int:
    """The first line of the header above line `first`: near lines whose chunks keep to the columns, not to the first alone."""
    start = first
    while start > max(floor, first - MOST_HEADER_LINES):
        is_near = lines[start].box.top - lines[start - 1].box.bottom <= 1.5 * height
        touched = [set(columns_under(chunk, columns)) for chunk in chunked[start - 1]]
        fits = all(len(indices) <= 1 or 0 not in indices for indices in touched)
        if not is_near or not fits or not any(indices - {0} for indices in touched) or not all(touched[:1]):
            break
        start -= 1
    return start


def _lead_start(
    lines: Sequence[Line],
    chunked: Sequence[Sequence[Chunk]],
    first: int,
    end: int,
    columns: Sequence[Column],
    numeric: Sequence[Column],
    floor: int,
) -> int:
    """The line with the first row's code, where its number stands in the middle of its height; else `first`."""
    close = _wrapping_step(lines, chunked, first, end)
    at = first
    while at > max(floor, first - MOST_LINES_BETWEEN) and not starts_with_code(chunked[at][0].text):
        at -= 1
        if lines[at + 1].box.bottom - lines[at].box.bottom > close or not _keeps_to(chunked[at], columns, numeric):
            return first
    return at if chunked[at] and starts_with_code(chunked[at][0].text) else first


def _wrapping_step(lines: Sequence[Line], chunked: Sequence[Sequence[Chunk]], first: int, end: int) -> float:
    """The widest step in points that a wording of the table takes from line to line; 0 where none wraps."""
    steps = [lines[at].box.bottom - lines[at - 1].box.bottom for at in range(first + 1, end) if not numbers_in(chunked[at])]
    return 1.15 * min(steps, default=0.0)


def _keeps_to(chunks: Sequence[Chunk], columns: Sequence[Column], numeric: Sequence[Column]) -> bool:
    """Whether a line stands within the columns of wording."""
    wording = [column for column in columns if column not in numeric]
    return bool(chunks) and all(any(c.x0 >= x0 - ALIGN_PT and c.x1 <= x1 + ALIGN_PT for x0, x1 in wording) for c in chunks)


def _tail_end(
    lines: Sequence[Line],
    chunked: Sequence[Sequence[Chunk]],
    first: int,
    end: int,
    columns: Sequence[Column],
    numeric: Sequence[Column],
) -> int:
    """The line after the table with the rest of its last row: lines as close as those that wrap in the rows above.

    Where no row above wraps there is nothing to measure by, and what follows is taken for text.
    """
    close = _wrapping_step(lines, chunked, first, end)
    while end < len(lines) and lines[end].box.bottom - lines[end - 1].box.bottom <= close and _keeps_to(chunked[end], columns, numeric):
        end += 1
    return end


def _draft(
    lines: Sequence[Line], chunked: Sequence[Sequence[Chunk]], rows: Sequence[Sequence[int]], columns: Sequence[Column], page: Page
) -> TableDraft:
    box = box_around([word for row in rows for line in row for word in lines[line].words])
    edges = (box.x0, *((left[1] + right[0]) / 2 for left, right in pairwise(columns)), box.x1)
    tops = [lines[row[0]].box.top for row in rows] + [box.bottom]
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        by_line = [words_by_column(lines[line], chunked[line], columns) for line in row]
        for column in range(len(columns)):
            words = [word for held in by_line for word in held[column]]
            blank = Box(edges[column], tops[number], edges[column + 1], max(tops[number], tops[number + 1]))
            place = Place(page.number, box_around(words) if words else blank, words[0].line if words else None)
            cells.append(Cell(number, column, passage_of(group_lines(words), page), place))
    return TableDraft(tuple(cells), len(rows), edges, box, page.number, page.number, is_ruled=False)
