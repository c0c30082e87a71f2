"""White that runs down a page between columns, however narrow: what parts cells where no rule and no wide gap does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from prongsai.layout.model import Line
from prongsai.layout.shapes import is_score
from prongsai.records import Word

LEAST_WHITE_PT = 2.5
LEAST_LINES = 5
"""Lines with words on both sides of such white. By chance it runs through one line of prose in twenty."""
SAME_EDGE_PT = 2.0
LEAST_ALIGNED = 0.7
"""The part of those lines whose words right of the white begin at one place, as cells do."""
LEAST_RAGGED_PT = 8.0
"""The words left of it end as unevenly as this: lines that say the same words one after another do not."""


def between_rivers(lines: Sequence[Line], apart_pt: float) -> frozenset[int]:
    """The `id`s of scores, two or more under one another, that stand between such white or between it and their line's end.

    `apart_pt` is the white between two lines over which nothing runs on.
    """
    found: list[Word] = []
    for at, line in enumerate(lines):
        for index, word in enumerate(line.words):
            if word.box is None or not is_score(word.text):
                continue
            sides = [(line.words[index - 1], word, True)] if index else []
            sides += [(word, line.words[index + 1], False)] if index + 1 < len(line.words) else []
            if sides and all(_is_river(lines, at, one, other, apart_pt, is_left=is_left) for one, other, is_left in sides):
                found.append(word)
    return frozenset(id(word) for word in found if any(other is not word and _is_under(word, other) for other in found))


def _is_under(one: Word, other: Word) -> bool:
    if one.box is None or other.box is None:
        return False
    edges = (one.box.x0 - other.box.x0, one.box.x1 - other.box.x1, one.box.middle[0] - other.box.middle[0])
    return min(map(abs, edges)) <= SAME_EDGE_PT


def _is_river(lines: Sequence[Line], at: int, left: Word, right: Word, apart_pt: float, *, is_left: bool) -> bool:
    """Whether the white between two words of a line runs on above and below it; a score stands right of it if `is_left`."""
    if left.box is None or right.box is None:
        return False
    white = (left.box.x1, right.box.x0)
    ends: list[float] = []
    starts: list[float] = []
    for ahead in (range(at, len(lines)), range(at - 1, -1, -1)):
        last = at
        for other in ahead:
            if other != last and _white_between(lines, last, other) > apart_pt:
                break
            narrowed = _narrowed(white, lines[other].words, is_left=is_left)
            if narrowed[1] - narrowed[0] < LEAST_WHITE_PT:
                break
            white, last = narrowed, other
            before = max((word.box.x1 for word in lines[other].words if word.box and word.box.x1 <= white[0]), default=None)
            behind = min((word.box.x0 for word in lines[other].words if word.box and word.box.x0 >= white[1]), default=None)
            if before is not None and behind is not None:
                ends.append(before)
                starts.append(behind)
    if len(starts) < LEAST_LINES or max(ends) - min(ends) < LEAST_RAGGED_PT:
        return False
    return _most_alike(starts) >= LEAST_ALIGNED * len(starts)


def _white_between(lines: Sequence[Line], one: int, other: int) -> float:
    above, below = sorted((one, other))
    return lines[below].box.top - lines[above].box.bottom


def _narrowed(white: tuple[float, float], words: Iterable[Word], *, is_left: bool) -> tuple[float, float]:
    """What a line leaves of a stretch of white: of one with a word in its middle the part beside the score, which is the
    right one if `is_left`."""
    low, high = white
    for word in words:
        if word.box is None or word.box.x1 <= low or word.box.x0 >= high:
            continue
        reaches_left, reaches_right = word.box.x0 <= low, word.box.x1 >= high
        is_cut_left = is_left if reaches_left == reaches_right else reaches_left
        low, high = (word.box.x1, high) if is_cut_left else (low, word.box.x0)
    return low, high


def _most_alike(places: Sequence[float]) -> int:
    return max(sum(abs(place - other) <= SAME_EDGE_PT for other in places) for place in places)
