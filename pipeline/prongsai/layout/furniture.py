"""Page numbers and running headers and footers: lines that belong to the paper and not to the text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from prongsai.layout.chunks import chunks_of
from prongsai.layout.model import Line
from prongsai.layout.shapes import is_page_number, squeeze

BAND_SHARE = 0.1
"""The part of the page's height, at its top and at its bottom, in which furniture may stand."""
LEAST_PAGES = 3
SAME_HEIGHT_PT = 4.0
OUTERMOST_LINES = 2
"""Furniture is among this many first or last lines of its page."""


def find_furniture(pages: Sequence[tuple[float, Sequence[Line], Sequence[tuple[float, float]]]]) -> list[set[int]]:
    """For each page the indices of its lines that are furniture.

    A page comes as its height in points, its lines outside drawn tables from top to bottom, and the tops and bottoms
    of those tables. A lone whole number is furniture where it is the first or the last thing on a page; other
    text only where three pages or more have the same at the same height, but for a page number at its start or end.
    """
    found: list[set[int]] = []
    seen: dict[str, list[tuple[float, int, int]]] = defaultdict(list)
    for page, (height, lines, tables) in enumerate(pages):
        numbers: set[int] = set()
        for index, depth in _outer_lines(height, lines, tables).items():
            line = lines[index]
            if depth == 0 and is_page_number(line.text):
                numbers.add(index)
            elif (key := _key(line)) and not _heads_columns(lines, index):
                seen[key].append((line.box.top, page, index))
        found.append(numbers)
    for places in seen.values():
        for top, page, index in places:
            alike = {other for other_top, other, _ in places if abs(other_top - top) <= SAME_HEIGHT_PT}
            if len(alike) >= LEAST_PAGES:
                found[page].add(index)
    return found


def _outer_lines(height: float, lines: Sequence[Line], tables: Sequence[tuple[float, float]]) -> Mapping[int, int]:
    """The outermost lines in the bands, by index, with how many lines lie further out; none lies beyond a table."""
    highest = min((top for top, _ in tables), default=height)
    lowest = max((bottom for _, bottom in tables), default=0.0)
    outer: dict[int, int] = {}
    for depth, index in enumerate(range(min(OUTERMOST_LINES, len(lines)))):
        box = lines[index].box
        if box.bottom <= highest + 2 and (box.top + box.bottom) / 2 <= BAND_SHARE * height:
            outer[index] = depth
    for depth in range(min(OUTERMOST_LINES, len(lines))):
        index = len(lines) - 1 - depth
        box = lines[index].box
        if box.top >= lowest - 2 and (box.top + box.bottom) / 2 >= (1 - BAND_SHARE) * height:
            outer[index] = min(depth, outer.get(index, depth))
    return outer


def _heads_columns(lines: Sequence[Line], index: int) -> bool:
    """Whether a line of several parts stands right above the next one: then it heads columns, page after page."""
    line = lines[index]
    is_followed = index + 1 < len(lines) and lines[index + 1].box.top - line.box.bottom < line.box.height
    return is_followed and len(chunks_of(line, line.box.height)) > 1


def _key(line: Line) -> str:
    words = [word.text for word in line.words]
    if len(words) > 1 and is_page_number(words[-1]):
        words.pop()
    elif len(words) > 1 and is_page_number(words[0]):
        words.pop(0)
    key = squeeze("".join(words))
    return key if any(character.isalpha() for character in key) else ""
