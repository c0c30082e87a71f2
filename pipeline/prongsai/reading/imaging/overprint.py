"""Print that a rule runs through, as numbers do that stand on the grid of a chart: there the rule parts nothing."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prongsai.reading.imaging.blobs import Blobs
    from prongsai.reading.imaging.model import Numbers
    from prongsai.reading.imaging.ruling import Line, Ruling

LEAST_GLYPHS = 3
"""A rule across the page runs through so many glyphs side by side. Lengths are in heights of the glyphs around:"""
BEYOND = 0.15
"""they reach so far beyond it on either side,"""
HEIGHTS = (0.6, 1.7)
BESIDE, ASKEW = 0.6, 0.35
"""stand no further apart than the first, their feet and heads at heights that differ by no more than the second,"""
TOUCHING = 0.35
"""and two glyphs between which a rule runs down are no further apart than this; cells of a table leave more room."""
_WIDTH = 0.7


def find_overprint(blobs: Blobs, rules: Ruling) -> tuple[Numbers, list[tuple[int, int, int, int]]]:
    """Whether each component is a glyph on a rule, and the boxes in pixels (left, top, right, bottom) of the glyphs that
    stand on one rule side by side."""
    import numpy as np

    on_rule = np.zeros(len(blobs.x0), bool)
    boxes: list[tuple[int, int, int, int]] = []
    glyph = (blobs.height >= HEIGHTS[0] * blobs.usual) & (blobs.height <= HEIGHTS[1] * blobs.usual)
    reach = BEYOND * blobs.usual
    groups: list[Numbers] = []
    for line in rules.across:
        along = glyph & (blobs.x1 > line.start) & (blobs.x0 < line.end)
        found = np.nonzero(along & (blobs.top + reach < line.at) & (blobs.bottom - reach > line.at))[0]
        groups += _side_by_side(blobs, found)
    for line in rules.down:
        along = glyph & (blobs.bottom > line.start) & (blobs.top < line.end)
        found = np.nonzero(along & (blobs.x1 > line.at - blobs.usual) & (blobs.x0 < line.at + blobs.usual))[0]
        groups += _across(blobs, found, line)
    for group in groups:
        on_rule[group] = True
        boxes.append((int(blobs.x0[group].min()), int(blobs.top[group].min()), int(blobs.x1[group].max()), int(blobs.bottom[group].max())))
    return on_rule, boxes


def _side_by_side(blobs: Blobs, found: Numbers) -> list[Numbers]:
    """Glyphs on a rule across the page as groups of three or more that stand together."""
    import numpy as np

    if len(found) == 0:
        return []
    found = found[np.argsort(blobs.x0[found])]
    cuts = [at for at, (left, right) in enumerate(pairwise(found.tolist()), 1) if not _are_beside(blobs, left, right, BESIDE)]
    groups = np.split(found, cuts)
    # Glyphs that the rule still holds together are one component.
    return [group for group in groups if np.maximum(np.round(blobs.width[group] / (_WIDTH * blobs.usual[group])), 1).sum() >= LEAST_GLYPHS]


def _across(blobs: Blobs, found: Numbers, line: Line) -> list[Numbers]:
    """Glyphs on a rule down the page with one beside them, and pairs between which the rule runs and hardly fits."""
    import numpy as np

    groups = []
    for left, right in pairwise(found[np.argsort(blobs.x0[found])].tolist()):
        reach = BEYOND * blobs.usual[left]
        is_on = any(blobs.x0[one] + reach < line.at < blobs.x1[one] - reach for one in (left, right))
        is_between = blobs.x1[left] - reach < line.at < blobs.x0[right] + reach
        if (is_on and _are_beside(blobs, left, right, BESIDE)) or (is_between and _are_beside(blobs, left, right, TOUCHING)):
            groups.append(np.array([left, right]))
    return groups


def _are_beside(blobs: Blobs, left: int, right: int, apart: float) -> bool:
    usual = blobs.usual[left]
    is_level = abs(blobs.top[left] - blobs.top[right]) <= ASKEW * usual and abs(blobs.bottom[left] - blobs.bottom[right]) <= ASKEW * usual
    return bool(is_level and blobs.x0[right] - blobs.x1[left] <= apart * usual)
