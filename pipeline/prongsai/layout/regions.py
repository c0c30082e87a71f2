"""Where on a page numbers stand under one another, with white or a header to say that they are cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

from prongsai.layout.broken import as_one
from prongsai.layout.chunks import Chunk, Column, chunks_of, numbers_in
from prongsai.layout.model import Line
from prongsai.layout.rivers import between_rivers
from prongsai.layout.shapes import has_decimal, is_number, starts_with_code
from prongsai.layout.stacks import behind_codes, stacked_scores

LEAST_ANCHORS = 3
"""Lines whose numbers must stand under one another, unless a header or text on both sides says that they are cells."""
LEAST_TWO_SIDED = 4
"""Lines with text on both sides of a number's column that make a column of one number."""
ALIGN_PT = 4.0
"""Left edges, middles or right edges this near to each other are in line."""
CLEAR_PT = 3.0
"""White kept on either side of a column of numbers."""
INSIDE_PT = 12.0
"""Text that stands in a column of numbers alone may be this much wider than they are."""
MOST_LINES_BETWEEN = 40
"""Lines without a number between two with one: wordings that wrap."""
SHORTEST_HEADING = 3
"""Text over a column of numbers has more characters than dashes and grades."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Lines of a page, top to bottom, cut into chunks, with the numbers that may be cells."""

    lines: tuple[Line, ...]
    chunked: tuple[tuple[Chunk, ...], ...]
    numbers: tuple[tuple[Chunk, ...], ...]
    height: float
    """The usual height of a line in points."""

    def step(self, at: int) -> float:
        """From the foot of the line above to the foot of this one, in points."""
        return self.lines[at].box.bottom - self.lines[at - 1].box.bottom

    def is_apart(self, at: int) -> bool:
        """Whether more white stands above a line than a table has between its rows."""
        return self.lines[at].box.top - self.lines[at - 1].box.bottom > _apart_pt(self.height)


def _apart_pt(height: float) -> float:
    return max(3 * height, 36.0)


def sheet_of(rows: Sequence[Sequence[Line]]) -> Sheet:
    """The sheet of a page's lines, those that broken numbers hold together as one."""
    lines = [as_one(row) for row in rows]
    height = median_low([line.box.height for row in rows for line in row])
    alone = stacked_scores(lines) | between_rivers(lines, _apart_pt(height))
    starts = behind_codes(lines)
    chunked = tuple(tuple(chunks_of(line, height, alone, starts)) for line in lines)
    left = min(line.box.x0 for line in lines)
    return Sheet(tuple(lines), chunked, tuple(tuple(numbers_in(chunks, left)) for chunks in chunked), height)


def region_end(sheet: Sheet, start: int, floor: int) -> int | None:
    """The line after the last one of a table whose first line with numbers is `start`; None where no table begins."""
    tracks = [(chunk.x0, chunk.x1) for chunk in sheet.numbers[start]]
    if not tracks:
        return None
    hits = [1] * len(tracks)
    last, between = start, 0
    for at in range(start + 1, len(sheet.lines)):
        chunks, numbers = sheet.chunked[at], sheet.numbers[at]
        if sheet.is_apart(at) or is_heading(sheet, at, tracks):
            break
        in_line = [(number, index) for number in numbers for index, track in enumerate(tracks) if is_in_line(number, track)]
        if in_line and all(_is_clear(chunk, tracks) for chunk in chunks if not chunk.is_numeric):
            for number, index in in_line:
                hits[index] += 1
                tracks[index] = (min(tracks[index][0], number.x0), max(tracks[index][1], number.x1))
            last, between = at, 0
        elif between < MOST_LINES_BETWEEN and not numbers and all(_is_clear(chunk, tracks) for chunk in chunks):
            between += 1
        else:
            break
    if max(hits) >= LEAST_ANCHORS:
        return last + 1
    has_value = any(has_decimal(number.text) for at in range(start, last + 1) for number in sheet.numbers[at])
    return last + 1 if has_value and _is_column(sheet, start, last, tracks, floor) else None


def _is_column(sheet: Sheet, first: int, last: int, tracks: Sequence[Column], floor: int) -> bool:
    """Whether one or two lines with numbers are cells: a header stands above, or text runs down both sides of them."""
    two_sided = 0
    for at in range(first, last + 1):
        two_sided += _has_both_sides(sheet.chunked[at], tracks)
    for lines in (range(first - 1, floor - 1, -1), range(last + 1, len(sheet.lines))):
        for at in lines:
            if at < first and has_heading_above(sheet, at + 1, tracks):
                return True
            if sheet.is_apart(at + 1 if at < first else at) or not _goes_with(sheet, at, tracks):
                break
            two_sided += _has_both_sides(sheet.chunked[at], tracks)
    return two_sided >= LEAST_TWO_SIDED


def _has_both_sides(chunks: Sequence[Chunk], tracks: Sequence[Column]) -> bool:
    left, right = min(track[0] for track in tracks), max(track[1] for track in tracks)
    return any(chunk.x1 < left for chunk in chunks) and any(chunk.x0 > right for chunk in chunks)


def is_heading(sheet: Sheet, at: int, tracks: Sequence[Column], least: int = 2) -> bool:
    """Whether a line heads columns: text over one of the numbers, beside other text, and no number or code."""
    chunks = sheet.chunked[at]
    if len(chunks) < least or sheet.numbers[at] or starts_with_code(chunks[0].text):
        return False
    return any(_is_inside(chunk, track) and len(chunk.text) >= SHORTEST_HEADING for chunk in chunks for track in tracks)


def has_heading_above(sheet: Sheet, at: int, tracks: Sequence[Column]) -> bool:
    """Whether the line above heads a column of numbers, its other words however near to that one."""
    if sheet.numbers[at - 1] or sheet.is_apart(at):
        return False
    words = [
        Chunk((word,), word.box.x0, word.box.x1, word.text, is_numeric=False)
        for word in sheet.lines[at - 1].words
        if word.box is not None and len(word.text) >= SHORTEST_HEADING and not is_number(word.text)
    ]
    return any(_is_inside(word, track) and is_in_line(word, track) for word in words for track in tracks)


def body_around(sheet: Sheet, first: int, end: int, floor: int, tracks: Sequence[Column]) -> tuple[int, int]:
    """Lines `first` to `end` and those around them that keep clear of their numbers, up to a heading or to white."""
    low, high = first, end
    while low > floor and not sheet.is_apart(low) and _goes_with(sheet, low - 1, tracks):
        low -= 1
    while high < len(sheet.lines) and not sheet.is_apart(high) and _goes_with(sheet, high, tracks):
        high += 1
    return low, high


def _goes_with(sheet: Sheet, at: int, tracks: Sequence[Column]) -> bool:
    return all(_is_clear(chunk, tracks) for chunk in sheet.chunked[at]) and not is_heading(sheet, at, tracks, least=1)


def tracks_of(sheet: Sheet, first: int, end: int) -> list[Column]:
    """The left and right edge of each column of numbers, those that are in line taken together."""
    tracks: list[Column] = []
    for number in (number for at in range(first, end) for number in sheet.numbers[at]):
        index = next((index for index, track in enumerate(tracks) if is_in_line(number, track)), None)
        if index is None:
            tracks.append((number.x0, number.x1))
        else:
            tracks[index] = (min(tracks[index][0], number.x0), max(tracks[index][1], number.x1))
    return tracks


def hits_of(sheet: Sheet, first: int, end: int, tracks: Sequence[Column]) -> list[int]:
    numbers = [number for at in range(first, end) for number in sheet.numbers[at]]
    return [sum(is_in_line(number, track) for number in numbers) for track in tracks] or [0]


def is_in_line(chunk: Chunk, track: Column) -> bool:
    return (
        abs(chunk.x0 - track[0]) <= ALIGN_PT
        or abs(chunk.x1 - track[1]) <= ALIGN_PT
        or abs(chunk.x0 + chunk.x1 - track[0] - track[1]) <= 2 * ALIGN_PT
    )


def _is_inside(chunk: Chunk, track: Column) -> bool:
    return chunk.x0 >= track[0] - INSIDE_PT and chunk.x1 <= track[1] + INSIDE_PT


def _is_clear(chunk: Chunk, tracks: Sequence[Column]) -> bool:
    """Whether a chunk of text keeps out of the columns of numbers, or stands in one of them alone."""
    return all(chunk.x1 < x0 - CLEAR_PT or chunk.x0 > x1 + CLEAR_PT or _is_inside(chunk, (x0, x1)) for x0, x1 in tracks)
