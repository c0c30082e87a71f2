"""A line image as the numeral reader sees it: one height, contrast stretched. Training and reading share this step."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from prongsai.reading.imaging.model import Pixels

HEIGHT = 40
"""Pixels of a normalised line from top to bottom."""
_DARK, _PAPER = 0.01, 0.90
"""Shares of the pixels that are darker than full ink and than paper."""
_LEAST_CONTRAST = 40.0
"""Greys between ink and paper below which contrast is stretched no further: what is left is paper and its grain."""


def normalise(pixels: Pixels) -> NDArray[np.float32]:
    """A grey line (rows by columns, dark on light) as HEIGHT rows of ink: 0 paper, 1 full ink; width in proportion."""
    import cv2
    import numpy as np

    rows, columns = pixels.shape
    width = max(1, round(columns * HEIGHT / rows))
    scaled = cv2.resize(pixels, (width, HEIGHT), interpolation=cv2.INTER_AREA if rows > HEIGHT else cv2.INTER_LINEAR)
    darker = np.cumsum(np.bincount(scaled.ravel(), minlength=256))
    dark, paper = (float(np.searchsorted(darker, share * scaled.size)) for share in (_DARK, _PAPER))
    ink = np.clip((paper - np.arange(256)) / max(paper - dark, _LEAST_CONTRAST), 0.0, 1.0).astype(np.float32)
    spread: NDArray[np.float32] = ink[scaled]
    return spread
