"""Stamps in grey: told from print by their even, lighter grey, and faded."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prongsai.reading.imaging.model import Pixels

GREYS = (55, 205)
"""A stamp is lighter than print and darker than paper: pixels of its strokes, their edges left out, are in between."""
SIZE_IN = (0.4, 2.6)
MOST_STRAIGHT = 0.4
"""Share of a stamp's strokes that may lie on its six fullest rows and columns; of what is left of grey rules nearly all do."""
EVENNESS = 30.0
JOIN_IN = 0.08
"""Rules and print part a stamp's strokes by less than this."""
MOST_FILLED = 0.3
"""Share of its box that a stamp's strokes cover; areas cover more."""


def fade(grey: Pixels, rules: Pixels, dpi: float) -> tuple[Pixels, Pixels | None]:
    """The page with grey stamps faded and print on them kept, and a mask of where they were, None where none was.

    `rules` is a mask of the page's rules, which are often as grey.
    """
    import cv2
    import numpy as np

    small = np.ones((3, 3), np.uint8)
    between = cv2.inRange(grey, *GREYS)
    cores = cv2.subtract(cv2.erode(between, small), cv2.dilate(rules, np.ones((5, 5), np.uint8)))
    reach = max(round(JOIN_IN * dpi), 5) | 1
    joined = cv2.dilate(cores, np.ones((reach, reach), np.uint8))
    outlines, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    faded, mask = grey, None
    for outline in outlines:
        left, top, width, height = cv2.boundingRect(outline)
        if not (SIZE_IN[0] * dpi <= min(width, height) and max(width, height) <= SIZE_IN[1] * dpi):
            continue
        window = np.s_[top : top + height, left : left + width]
        hull = np.zeros((height, width), np.uint8)
        cv2.drawContours(hull, [cv2.convexHull(outline)], -1, 255, cv2.FILLED, offset=(-left, -top))
        own = cv2.bitwise_and(cores[window], hull)
        if not 50 <= cv2.countNonZero(own) <= MOST_FILLED * width * height:
            continue
        if _straightness(own) > MOST_STRAIGHT:
            continue
        low, middle, high = np.percentile(grey[window][own > 0], (25, 50, 75))
        if high - low > EVENNESS:
            continue
        spread = max(2.5 * (high - low), 25.0)
        alike = cv2.bitwise_and(cv2.inRange(grey[window], middle - spread, middle + spread), hull)
        stamp = cv2.dilate(cv2.erode(alike, small), np.ones((7, 7), np.uint8))
        # Its grey becomes paper; what print made darker than that stays darker.
        levels = np.clip(np.arange(256) / max(middle - 0.7 * spread, 1.0), 0.0, 1.0) * 255
        if mask is None:
            faded, mask = grey.copy(), np.zeros_like(grey)
        cv2.copyTo(cv2.LUT(grey[window], levels.astype(np.uint8)), stamp, faded[window])
        mask[window] = cv2.bitwise_or(mask[window], stamp)
    return faded, mask


def _straightness(cores: Pixels) -> float:
    """The share of a mask's pixels that lie on the fullest rows and columns."""
    import numpy as np

    fullest = [np.sort(np.count_nonzero(cores, axis=axis))[-6:].sum() for axis in (0, 1)]
    return float(sum(fullest) / max(np.count_nonzero(cores), 1))
