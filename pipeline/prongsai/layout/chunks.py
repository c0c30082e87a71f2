"""Words between wide gaps, and the columns that they make where no rule is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from prongsai.layout.lines import box_around
from prongsai.layout.model import Line
from prongsai.layout.shapes import has_decimal, is_leader, is_number, is_value, is_year
from prongsai.records import UNREAD, Word

LEAST_GUTTER_PT = 2.5
LEAST_VALUES = 3
"""Numbers that must stand in a column for it to be one of numbers."""
LEAST_INDENT_PT = 40.0
LEAST_NUMERIC_SHARE = 0.6
LEAST_LINES_TO_SPARE = 6
LEAST_RUN = 3
"""So many numbers with decimals in a row are cells of a table."""
LONGEST_UNREAD = 8
"""A chunk up to this many characters with an unread numeral in it is one: OCR puts stray letters beside those."""
NARROWEST_GAP_PT, WIDEST_GAP_PT = 8.0, 14.0
GAP_SHARE = 0.6
"""A gap is wide from this part of the lines' height on, within the two bounds above."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words of a line between two wide gaps, with their left and right edge in points."""

    words: tuple[Word, ...]
    x0: float
    x1: float
    text: str
    is_numeric: bool


Column = tuple[float, float]
"""Left and right edge in points."""


def chunks_of(line: Line, height_pt: float, alone: frozenset[int] = frozenset(), starts: frozenset[int] = frozenset()) -> list[Chunk]:
    """A line cut at its wide gaps; `height_pt` is the usual height of the page's lines. A row of dots counts as white.

    However close their neighbours stand, words whose `id` is in `alone` are chunks by themselves, and those whose `id`
    is in `starts` begin one.
    """
    wide = max(NARROWEST_GAP_PT, min(WIDEST_GAP_PT, GAP_SHARE * height_pt))
    groups: list[list[Word]] = []
    edge = float("-inf")
    for word in line.words:
        if word.box is None:
            continue
        if is_leader(word.text):
            edge = float("-inf")
            continue
        if word.box.x0 - edge >= wide or id(word) in alone or id(word) in starts:
            groups.append([])
        groups[-1].append(word)
        edge = max(edge, word.box.x1) if id(word) not in alone else float("-inf")
    return [_chunk(part) for group in groups for part in _scores_apart(group)]


def _scores_apart(words: list[Word]) -> list[list[Word]]:
    """The words of a chunk, each number on its own where three or more with decimals follow one another: no sentence
    runs so, and narrow columns leave little white between them."""
    parts: list[list[Word]] = []
    run: list[Word] = []
    last: Word | None = None
    for word in (*words, last):
        if word is not None and is_number(word.text) and has_decimal(word.text):
            run.append(word)
            continue
        if len(run) >= LEAST_RUN:
            parts += [[number] for number in run]
            parts.append([])
        else:
            if not parts:
                parts.append([])
            parts[-1] += run
        run = []
        if word is not None:
            if not parts:
                parts.append([])
            parts[-1].append(word)
    return [part for part in parts if part]


def _chunk(words: list[Word]) -> Chunk:
    box = box_around(words)
    text = "".join(word.text for word in words)
    return Chunk(tuple(words), box.x0, box.x1, text, is_number(text) or (UNREAD in text and len(text) <= LONGEST_UNREAD))


def numbers_in(chunks: Sequence[Chunk], left_pt: float) -> list[Chunk]:
    """The chunks of a line that are numbers and do not begin it: what begins a line may number a list item.

    A score or difference well right of where the page's lines begin, at `left_pt`, is a number all the same: its row's
    wording has lines above and below it.
    """
    leading = [chunk for chunk in chunks[:1] if chunk.x0 > left_pt + LEAST_INDENT_PT and chunk.is_numeric and is_value(chunk.text)]
    return [*(chunk for chunk in leading if not is_year(chunk.text)), *(chunk for chunk in chunks[1:] if chunk.is_numeric)]


def is_heading_of_years(numbers: Sequence[Chunk]) -> bool:
    """Whether the only numbers of a line are years, as over columns of scores."""
    return all(is_year(number.text) for number in numbers)


def columns_of(chunked: Sequence[Sequence[Chunk]]) -> list[Column]:
    """The columns that chunks make, left to right, with white of at least a gutter between them.

    On six lines or more one in eight may cross the white: two numbers that OCR runs together, with rubbish between
    them, would else make one column of two. A chunk that stands in no column makes one of its own.
    """
    spared = max(1, len(chunked) // 8) if len(chunked) >= LEAST_LINES_TO_SPARE else 0
    steps = sorted([(chunk.x0, 1) for chunks in chunked for chunk in chunks] + [(chunk.x1, -1) for chunks in chunked for chunk in chunks])
    dense: list[Column] = []
    depth, start = 0, 0.0
    for x, step in steps:
        if depth <= spared < depth + step:
            start = x
        elif depth + step <= spared < depth:
            if dense and start - dense[-1][1] < LEAST_GUTTER_PT:
                start = dense.pop()[0]
            dense.append((start, x))
        depth += step
    return with_lone_columns(dense, chunked)


def with_lone_columns(columns: Sequence[Column], chunked: Sequence[Sequence[Chunk]]) -> list[Column]:
    """The columns as wide as the chunks that stand in one alone, and those of chunks that stand in none, left to right."""
    found: dict[int, Column] = dict(enumerate(columns))
    lone: list[Column] = []
    for chunk in (chunk for chunks in chunked for chunk in chunks):
        touched = columns_under(chunk, columns)
        if len(touched) == 1:
            x0, x1 = found[touched[0]]
            found[touched[0]] = (min(x0, chunk.x0), max(x1, chunk.x1))
        elif not touched:
            lone.append((chunk.x0, chunk.x1))
    merged: list[Column] = []
    for x0, x1 in sorted(lone):
        if merged and x0 < merged[-1][1] + LEAST_GUTTER_PT:
            merged[-1] = (merged[-1][0], max(merged[-1][1], x1))
        else:
            merged.append((x0, x1))
    return sorted([*found.values(), *merged])


def columns_under(chunk: Chunk, columns: Sequence[Column]) -> list[int]:
    """The indices of the columns over or in which a chunk stands."""
    return [index for index, (x0, x1) in enumerate(columns) if chunk.x0 < x1 and chunk.x1 > x0]


def words_by_column(line: Line, chunks: Sequence[Chunk], columns: Sequence[Column]) -> list[list[Word]]:
    """A line's words by column: whole chunks where they stand in one column, else each word in the nearest.

    A row of dots, which is in no chunk, stays with the word before it.
    """
    held: list[list[Word]] = [[] for _ in columns]
    at: dict[int, int] = {}
    for chunk in chunks:
        touched = columns_under(chunk, columns)
        for word in chunk.words:
            at[id(word)] = touched[0] if len(touched) == 1 else _nearest(word, columns)
    column = 0
    for word in line.words:
        column = at.get(id(word), column)
        held[column].append(word)
    return held


def _nearest(word: Word, columns: Sequence[Column]) -> int:
    middle = word.box.middle[0] if word.box is not None else 0.0
    return min(range(len(columns)), key=lambda index: max(columns[index][0] - middle, middle - columns[index][1]))


def numeric_columns(columns: Sequence[Column], chunked: Sequence[Sequence[Chunk]], least: int = LEAST_VALUES) -> list[Column]:
    """The columns after the first that hold numbers for the most part, and among those some that are values.

    Whole numbers of one or two digits alone number the sections of a law, line under line; that is no table.
    """
    found: list[Column] = []
    for index, column in enumerate(columns[1:], 1):
        inside = [c for chunks in chunked for c in chunks if columns_under(c, columns) == [index]]
        numbers = [chunk for chunk in inside if chunk.is_numeric]
        is_mostly_numeric = len(numbers) >= max(least, LEAST_NUMERIC_SHARE * len(inside))
        if is_mostly_numeric and sum(is_value(chunk.text) for chunk in numbers) >= len(numbers) / 2:
            found.append(column)
    return found
