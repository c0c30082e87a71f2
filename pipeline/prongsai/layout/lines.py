"""Words become lines by where they stand; the reader's own line numbers are not asked.

A reader numbers lines across a whole page, and in a table the lines of neighbouring cells rarely stand at one height.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median_low

from prongsai.layout.model import Line
from prongsai.records import Box, Word

_LEAST_SHARE_OF_HEIGHT = 0.8


def group_lines(words: Sequence[Word]) -> list[list[Word]]:
    """Words with boxes as lines, top to bottom, each left to right; words without a box are left out.

    A word belongs to a line when their middles are nearer than half the height of the smaller of the two; a dash or a
    full stop counts as nearly as tall as the usual word, since tight boxes make it a speck.
    """
    if len(words) == 1 and words[0].box is not None:
        return [[words[0]]]
    placed = sorted(
        (((box.top + box.bottom) / 2, box.bottom - box.top, word) for word in words if (box := word.box) is not None),
        key=lambda item: item[0],
    )
    if not placed:
        return []
    least = median_low([height for _, height, _ in placed]) * _LEAST_SHARE_OF_HEIGHT
    lines: list[list[Word]] = []
    current: list[Word] = []
    total = tallest = 0.0
    for middle, height, word in placed:
        if current and middle - total / len(current) <= max(min(tallest, height), least) / 2:
            current.append(word)
            total += middle
            tallest = max(tallest, height)
        else:
            current = [word]
            lines.append(current)
            total, tallest = middle, height
    for line in lines:
        if len(line) > 1:
            line.sort(key=_left)
    return lines


def lines_of(words: Sequence[Word]) -> list[Line]:
    """The same lines with the box around each."""
    return [Line(tuple(line), box_around(line)) for line in group_lines(words)]


def box_around(words: Sequence[Word]) -> Box:
    """The smallest box around words that have boxes, of which there must be one."""
    boxes = [word.box for word in words if word.box is not None]
    return Box(min(b.x0 for b in boxes), min(b.top for b in boxes), max(b.x1 for b in boxes), max(b.bottom for b in boxes))


def _left(word: Word) -> float:
    return word.box.x0 if word.box is not None else 0.0
