"""Connected components of a page's ink, and which of them are print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prongsai.reading.imaging.model import Numbers, Pixels
    from prongsai.reading.imaging.ruling import Ruling

TALLEST_GLYPH = 3.2
"""What is taller than this many glyphs is no text."""
LARGE = (6.0, 1.9)
"""So is what is wider and taller than these many: a signature, a picture."""
STRADDLES = 0.35
"""So is what crosses a rule and reaches this many glyphs beyond it on either side: a pen stroke, a stamp."""
SPECK_IN = 0.006
_HEIGHTS_IN = (0.03, 0.6)
_NEIGHBOURHOOD_IN = 0.5


@dataclass(frozen=True, slots=True)
class Blobs:
    """Connected components: boxes in pixels, (n,) each, and the glyph height around each."""

    x0: Numbers
    top: Numbers
    x1: Numbers
    bottom: Numbers
    usual: Numbers

    @property
    def height(self) -> Numbers:
        return self.bottom - self.top

    @property
    def width(self) -> Numbers:
        return self.x1 - self.x0


def find_blobs(ink: Pixels, dpi: float) -> tuple[Blobs, list[Numbers]]:
    """The connected components of the ink but for specks, and the outline of each."""
    import cv2
    import numpy as np

    outlines, kin = cv2.findContours(ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    speck = max(SPECK_IN * dpi, 1.0)
    kept: list[Numbers] = []
    boxes: list[tuple[int, int, int, int]] = []
    # With RETR_CCOMP the outlines of holes are those with a parent.
    for outline, parent in zip(outlines, kin[0, :, 3].tolist() if outlines else (), strict=True):
        if parent < 0:
            left, top, width, height = cv2.boundingRect(outline)
            if max(width, height) > speck:
                kept.append(outline)
                boxes.append((left, top, left + width, top + height))
    x0, top_edge, x1, bottom = np.array(boxes, np.int64).reshape(-1, 4).T
    return Blobs(x0, top_edge, x1, bottom, _usual(x0, top_edge, x1 - x0, bottom - top_edge, ink.shape, dpi)), kept


def _usual(x0: Numbers, top: Numbers, width: Numbers, height: Numbers, shape: tuple[int, ...], dpi: float) -> Numbers:
    """The height of the letters around each component: the mean of its neighbourhood, marks left out by two rounds."""
    import cv2
    import numpy as np

    least, most = _HEIGHTS_IN[0] * dpi, _HEIGHTS_IN[1] * dpi
    is_letter = (height >= least) & (height <= most) & (width <= 8 * height) & (height <= 6 * width)
    if not is_letter.any():
        return np.full(len(height), 0.12 * dpi)
    cell = _NEIGHBOURHOOD_IN * dpi
    rows, columns = ((top + height / 2) / cell).astype(int), ((x0 + width / 2) / cell).astype(int)
    grid = (int(shape[0] / cell) + 1, int(shape[1] / cell) + 1)
    whole = float(np.median(height[is_letter]))
    usual = np.full(len(height), whole)
    for _ in range(2):
        counted = is_letter & (height >= 0.6 * usual) & (height <= 2.0 * usual)
        weights, sums = np.zeros(grid, np.float32), np.zeros(grid, np.float32)
        np.add.at(weights, (rows[counted], columns[counted]), width[counted])
        np.add.at(sums, (rows[counted], columns[counted]), width[counted] * height[counted])
        around, total = cv2.blur(weights, (3, 3)), cv2.blur(sums, (3, 3))
        usual = np.where(around > 0, total / np.maximum(around, 1e-6), whole)[rows, columns]
    return usual


def tell_text(blobs: Blobs, rules: Ruling) -> Numbers:
    """Whether each component is of the size of print and inside one cell."""
    import numpy as np

    too_tall = blobs.height > TALLEST_GLYPH * blobs.usual
    too_large = (blobs.width > LARGE[0] * blobs.usual) & (blobs.height > LARGE[1] * blobs.usual)
    crosses = np.zeros(len(too_tall), bool)
    out = STRADDLES * blobs.usual
    for line in rules.down:
        beside = (blobs.bottom > line.start) & (blobs.top < line.end)
        crosses |= beside & (blobs.x0 + out < line.at) & (blobs.x1 - out > line.at)
    for line in rules.across:
        beside = (blobs.x1 > line.start) & (blobs.x0 < line.end)
        crosses |= beside & (blobs.top + out < line.at) & (blobs.bottom - out > line.at)
    text: Numbers = ~(too_tall | too_large | crosses)
    return text
