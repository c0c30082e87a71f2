"""From colour and uneven light to dark ink on white paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from PIL import Image

    from prongsai.reading.imaging.model import Pixels

BACKGROUND_DPI = 25.0
"""The paper's brightness is estimated on a copy of this resolution: strokes of print are gone, shadows are not."""
BACKGROUND_IN = 0.45
"""Anything dark that is narrower than this is print and not shadow."""
DARKEST_PAPER = 40
"""Paper is taken to be at least this bright, so that black borders are not blown up to noise."""


def as_array(image: Image.Image) -> Pixels:
    """The image as uint8, (h, w) where it is grey and (h, w, 3) where it has colours; what is transparent shows paper."""
    import numpy as np
    import PIL.Image

    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layered = image.convert("RGBA")
        paper = PIL.Image.new("RGBA", layered.size, "white")
        paper.alpha_composite(layered)
        image = paper.convert("RGB")
    elif image.mode.startswith("I;16"):
        return (np.asarray(image) >> 8).astype(np.uint8)
    if image.mode in ("1", "L", "I", "F"):
        return np.asarray(image.convert("L"))
    return np.asarray(image if image.mode == "RGB" else image.convert("RGB"))


def even_light(grey: Pixels, dpi: float) -> Pixels:
    """The page as if lit evenly: each pixel as a share of the paper's brightness around it, paper then 255."""
    import cv2
    import numpy as np

    height, width = grey.shape
    scale = min(BACKGROUND_DPI / dpi, 1.0)
    small = cv2.resize(grey, (max(round(width * scale), 1), max(round(height * scale), 1)), interpolation=cv2.INTER_AREA)
    size = max(round(BACKGROUND_IN * BACKGROUND_DPI), 3) | 1
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8), borderType=cv2.BORDER_REPLICATE)
    paper = cv2.GaussianBlur(paper, (0, 0), 2.0, borderType=cv2.BORDER_REPLICATE)
    paper = np.maximum(paper, DARKEST_PAPER)
    return cv2.divide(grey, cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR), scale=250.0)


def stretch(grey: Pixels) -> Pixels:
    """Contrast drawn out so that paper, its grain included, is white and ink is nearly black: faint print is restored."""
    import cv2
    import numpy as np

    counts = cv2.calcHist([grey[::2, ::2]], [0], None, [256], [0, 256]).ravel()
    paper = int(np.argmax(counts[128:])) + 128
    grain = _grain(counts, paper)
    least = paper - max(8 * grain, 24)
    dark = np.cumsum(counts[: max(int(least), 1)])
    if dark[-1] < 50:
        return grey
    ink = min(float(np.searchsorted(dark, 0.15 * dark[-1])), 0.75 * paper)
    white = max(paper - 1.5 * grain, ink + 40)
    levels = np.clip((np.arange(256) - ink) / (white - ink), 0.0, 1.0) * 255
    return cv2.LUT(grey, levels.astype(np.uint8))


def _grain(counts: np.ndarray, paper: int) -> float:
    """The spread of the paper's own brightness, in grey levels: one standard deviation, by the brighter and darker flank."""
    import numpy as np

    below = np.cumsum(counts[paper::-1])
    half = np.searchsorted(below, 0.68 * min(below[-1], below[min(40, paper)]))
    return float(max(half, 1))
