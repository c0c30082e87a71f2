"""The header of a table that is not drawn: its lines as rows, and names that stand over several columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from prongsai.layout.chunks import Chunk, Column, columns_under
from prongsai.layout.regions import Sheet
from prongsai.layout.shapes import has_decimal

CENTRED_SHARE = 0.15
"""A name over several columns stands no further from their middle than this part of the way from the first to the last."""
OFF_ONE = 0.3
"""It stands further than this part of that way from the middle of any one of them."""
MOST_SPAN = 4
NEARER = 0.9
ALIKE = 4
"""Parts of one thing have so many first characters in common."""
WRAPPING = 1.8
"""From line to line of one name is no further than so many heights of a line."""

Span = tuple[int, int]
"""The first and the last column that a name stands over."""


def spans_of(chunks: Sequence[Chunk], below: Sequence[Chunk], columns: Sequence[Column]) -> dict[int, Span]:
    """The chunks of a header line, by `id`, that stand over two columns or more: in their middle, with the columns' own
    names in the line below."""
    named = {index for chunk in below for index in columns_under(chunk, columns)}
    found: dict[int, Span] = {}
    for chunk in chunks:
        others = {index for other in chunks if other is not chunk for index in columns_under(other, columns)}
        spans = [
            (high - low, abs(_middle(chunk) - (_centre(columns[low]) + _centre(columns[high])) / 2), (low, high))
            for low in range(1, len(columns))
            for high in range(low + 1, min(low + MOST_SPAN, len(columns)))
            if {low, high} <= named and others.isdisjoint(range(low, high + 1)) and _is_centred(chunk, columns[low : high + 1])
        ]
        if spans and not chunk.is_numeric and not _heads_each(chunk, columns):
            found[id(chunk)] = min(spans)[2]
    return found


def _is_centred(chunk: Chunk, columns: Sequence[Column]) -> bool:
    centres = [_centre(column) for column in columns]
    way = centres[-1] - centres[0]
    return abs(_middle(chunk) - (centres[0] + centres[-1]) / 2) <= CENTRED_SHARE * way and all(
        abs(_middle(chunk) - centre) > OFF_ONE * way / (len(columns) - 1) for centre in centres
    )


def _heads_each(chunk: Chunk, columns: Sequence[Column]) -> bool:
    """Whether the words of a chunk stand over columns one by one: names with little white between them."""
    middles = [word.box.middle[0] for word in chunk.words if word.box is not None]
    return len({index for index, (x0, x1) in enumerate(columns) for middle in middles if x0 <= middle <= x1}) > 1


def _middle(chunk: Chunk) -> float:
    return (chunk.x0 + chunk.x1) / 2


def _centre(column: Column) -> float:
    return (column[0] + column[1]) / 2


def header_spans(sheet: Sheet, start: int, body: int, columns: Sequence[Column]) -> dict[int, Span]:
    """All chunks of a header, by `id`, that stand over several columns."""
    found: dict[int, Span] = {}
    for at in range(start, body):
        found |= spans_of(sheet.chunked[at], names_below(sheet, at + 1, body), columns)
    return found


def names_below(sheet: Sheet, first: int, body: int) -> list[Chunk]:
    """What names columns below a line of a header: the lines from `first` to the body's, and that one too if it only numbers
    them, which looks like a row of the body."""
    last = body + (body < len(sheet.lines) and not any(has_decimal(chunk.text) for chunk in sheet.chunked[body]))
    return [chunk for at in range(first, last) for chunk in sheet.chunked[at]]


def below_heading(sheet: Sheet, first: int, last: int) -> int:
    """The line below a header that ends above line `first`, or goes on there: names that wrap stand under their beginnings
    and nearer to them than to the line below."""
    while 0 < first < last and not sheet.numbers[first] and sheet.step(first) < NEARER * sheet.step(first + 1):
        above = sheet.chunked[first - 1]
        if not all(any(chunk.x0 < other.x1 and chunk.x1 > other.x0 for other in above) for chunk in sheet.chunked[first]):
            break
        first += 1
    return first


def header_rows(sheet: Sheet, start: int, body: int, columns: Sequence[Column], spans: Mapping[int, Span]) -> list[list[int]]:
    """The lines of a header as rows: a line in which names of the line above go on is one row with it."""
    rows: list[list[int]] = []
    for at in range(start, body):
        if rows and _goes_on(sheet, rows[-1], at, columns, spans):
            rows[-1].append(at)
        else:
            rows.append([at])
    return rows


def _goes_on(sheet: Sheet, row: Sequence[int], at: int, columns: Sequence[Column], spans: Mapping[int, Span]) -> bool:
    chunks, above = sheet.chunked[at], [chunk for line in row for chunk in sheet.chunked[line]]
    if any(id(chunk) in spans for chunk in (*chunks, *above)) or any(chunk.is_numeric for chunk in (*chunks, *above)):
        return False
    if sheet.step(at) > WRAPPING * sheet.height:
        return False
    places = [columns_under(chunk, columns) for chunk in chunks]
    taken = {index for chunk in above for index in columns_under(chunk, columns)}
    if any(len(place) != 1 for place in places) or not any(place[0] in taken for place in places):
        return False
    return not _are_parts({place[0]: chunk.text for place, chunk in zip(places, chunks, strict=True)}, taken)


def _are_parts(texts: Mapping[int, str], taken: set[int]) -> bool:
    """Whether names of a line stand side by side, alike, and only the first of them under a name: the parts of that one."""
    return any(
        index - 1 in taken and index not in taken and texts[index - 1][:ALIKE] == text[:ALIKE]
        for index, text in texts.items()
        if index - 1 in texts
    )
