"""Lines become the rows of a table that is not drawn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from prongsai.layout.chunks import Chunk, Column
from prongsai.layout.lines import box_around
from prongsai.layout.model import Line
from prongsai.layout.shapes import starts_with_code
from prongsai.records import Rule

RULE_SHARE = 0.6
"""A rule between rows is at least this part of the table's width."""
UNEVEN = 1.25
"""White tells rows apart where the widest step from line to line is this many times the narrowest."""


def group_rows(
    lines: Sequence[Line],
    chunked: Sequence[Sequence[Chunk]],
    first: int,
    end: int,
    numeric: Sequence[Column],
    rules: Sequence[Rule],
) -> list[list[int]]:
    """Lines `first` to `end` as rows: by rules between them, by codes at their head, by white, else number to number.

    No row holds two lines with something in the columns of numbers, so that no two numbers ever share a cell.
    """
    anchors = {at for at in range(first, end) if any(chunk.x0 < x1 and chunk.x1 > x0 for chunk in chunked[at] for x0, x1 in numeric)}
    if len(anchors) == end - first:
        return [[at] for at in range(first, end)]
    for starts in (
        _starts_by_rules(lines, first, end, rules),
        [at for at in range(first, end) if chunked[at] and starts_with_code(chunked[at][0].text)],
        _starts_by_white(lines, first, end),
    ):
        rows = _split(first, end, starts)
        if len(rows) > 1 and all(len(anchors.intersection(row)) == 1 for row in rows):
            return rows
    return _split(first, end, sorted(anchors))


def _middle(line: Line) -> float:
    return (line.box.top + line.box.bottom) / 2


def _starts_by_rules(lines: Sequence[Line], first: int, end: int, rules: Sequence[Rule]) -> list[int]:
    width = box_around([word for line in lines[first:end] for word in line.words]).width
    drawn = [(rule.top + rule.bottom) / 2 for rule in rules if rule.is_horizontal and rule.x1 - rule.x0 >= RULE_SHARE * width]
    return [at for at in range(first + 1, end) if any(_middle(lines[at - 1]) < y < _middle(lines[at]) for y in drawn)]


def _starts_by_white(lines: Sequence[Line], first: int, end: int) -> list[int]:
    steps = {at: _middle(lines[at]) - _middle(lines[at - 1]) for at in range(first + 1, end)}
    least, most = min(steps.values()), max(steps.values())
    return [at for at, step in steps.items() if step > (least + most) / 2] if most >= UNEVEN * least else []


def _split(first: int, end: int, starts: Sequence[int]) -> list[list[int]]:
    """Lines `first` to `end` cut before each start; what stands above the first start goes with it."""
    bounds = [first, *[start for start in starts if start > first], end]
    return [list(range(low, high)) for low, high in pairwise(bounds)]
