"""Lines of charts at any slope, told from pen strokes and stamps, and erased where print is not part of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prongsai.reading.imaging.model import Numbers, Pixels

STRAIGHT_IN, BEND_IN = 0.25, 0.005
"""An edge is straight where it bends by no more than the second over the first: no letter's is, and few of a pen's strokes."""
LEAST_STRAIGHT = 0.35
"""So large a part of the outline of a chart's lines is straight; the rest is print that touches them."""
MOST_FILLED = 0.3
"""Lines cover no more than this part of the box around them; areas do."""


def find_lines(ink: Pixels, outlines: Sequence[Numbers], dpi: float) -> Pixels | None:
    """A mask of the straight lines among the components of a mask of ink that are given by their outlines; None where
    there are none. Where print touches a line, some of the print is in the mask."""
    import cv2
    import numpy as np

    found: Pixels | None = None
    for outline in outlines:
        left, top, width, height = cv2.boundingRect(outline)
        if max(width, height) < STRAIGHT_IN * dpi:
            continue
        window = np.s_[top : top + height, left : left + width]
        labels = cv2.connectedComponents(ink[window], connectivity=8)[1]
        x, y = outline[0, 0]
        own = (labels == labels[y - top, x - left]).astype(np.uint8)
        area = int(np.count_nonzero(own))
        edges, _ = cv2.findContours(own, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
        around = sum(cv2.arcLength(edge, True) for edge in edges)
        straight = [span for edge in edges for span in _straight_spans(edge, dpi)]
        if area > MOST_FILLED * width * height or sum(length for _, _, length in straight) < LEAST_STRAIGHT * around:
            continue
        lines = np.zeros_like(own)
        thickness = 2 * round(2 * area / max(around, 1.0)) + 1
        for start, end, _ in straight:
            cv2.line(lines, start, end, 255, thickness)
        if found is None:
            found = np.zeros_like(ink)
        found[window] = cv2.bitwise_or(found[window], lines * own)
    return found


def _straight_spans(edge: Numbers, dpi: float) -> list[tuple[tuple[int, int], tuple[int, int], float]]:
    """Start, end and length of each straight part of a closed edge."""
    import cv2

    corners = [(int(x), int(y)) for x, y in cv2.approxPolyDP(edge, max(BEND_IN * dpi, 1.0), True)[:, 0]]
    spans = [(a, b, float(((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5)) for a, b in pairwise([*corners, corners[0]])]
    return [span for span in spans if span[2] >= STRAIGHT_IN * dpi]
