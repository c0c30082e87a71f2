"""Wear: what printing, copying, stamping and scanning do to a clean line, in small seeded steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prongsai.training.prints import EM_PX, CleanLine

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Wear:
    """How hard a line is worn. `dpi` and `points` fix the size of the print; None draws them."""

    dpi: int | None = None
    points: float | None = None
    strength: float = 1.0
    """0 clean; 1 as hard as training; scans of the kind at hand are about 0.5."""
    is_covered: bool = True
    """Whether stamps and strokes of a pen may lie over the print, and the edge of the crop cut into it."""


def wear_line(line: CleanLine, rng: np.random.Generator, wear: Wear) -> Grey:
    """The line as a crop of a scanned page (grey, rows by columns, paper light), with some paper around it."""
    import cv2
    import numpy as np

    strength = wear.strength
    dpi = wear.dpi or int(rng.choice((110, 130, 150, 150, 175, 200, 200, 200, 240, 300, 300)))
    points = wear.points or float(rng.uniform(9.5, 18.0))
    em = points * dpi / 72
    page = _placed(line.ink, em, dpi, rng, wear)
    if rng.random() < 0.10 * strength:
        page = _beset(page, rng)
    page = _thickened(page, em, rng, strength)
    ink_level = 1.0 - 0.45 * strength * rng.random() ** 2
    page *= ink_level
    if rng.random() < 0.10 * strength:
        page = _fading(page, rng)
    if rng.random() < 0.16 * strength:
        page = _ruled(page, dpi, rng)
    if wear.is_covered and rng.random() < 0.16 * strength:
        page = _stamped(page, dpi, rng)
    if rng.random() < 0.12 * strength:
        page = page + np.float32(rng.uniform(0.03, 0.3) * rng.random())
    if rng.random() < 0.25 * strength:
        slope = np.linspace(0, rng.uniform(-0.15, 0.15), page.shape[1], dtype=np.float32)
        page = page + slope[None, :]
    if rng.random() < 0.7:
        sigma = float(rng.uniform(0.15, 0.55 + 0.55 * strength)) * dpi / 200
        page = np.asarray(cv2.GaussianBlur(page, (0, 0), max(sigma, 0.15)), np.float32)
    page = page + rng.standard_normal(page.shape, dtype=np.float32) * np.float32(rng.random() * 0.07 * strength)
    grey = np.clip(255 * (1 - page), 0, 255).astype(np.uint8)
    kind = rng.random()
    if kind < 0.5 * min(1.0, 2 * strength):
        grey = _pressed(grey, int(rng.integers(25, 85)))
    elif kind < 0.5 + 0.08 * strength:
        grey = np.asarray(cv2.threshold(grey, int(rng.integers(110, 190)), 255, cv2.THRESH_BINARY)[1], np.uint8)
    if rng.random() < 0.3:
        # Coarse scans are enlarged for reading, fine ones reduced.
        scale = float(rng.uniform(0.75, 1.5))
        size = (max(4, round(grey.shape[1] * scale)), max(4, round(grey.shape[0] * scale)))
        grey = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA), np.uint8)
    return grey


def _placed(ink: Grey, em: float, dpi: int, rng: np.random.Generator, wear: Wear) -> Floats:
    """The line scaled, a little askew, on paper: margins as a cutter of lines leaves them, at times cut into the print."""
    import cv2
    import numpy as np

    scale = em / EM_PX
    squeeze = float(rng.uniform(0.88, 1.12)) if rng.random() < 0.4 else 1.0
    width, height = max(3, round(ink.shape[1] * scale * squeeze)), max(3, round(ink.shape[0] * scale))
    small = cv2.resize(ink, (width, height), interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    pad = dpi * rng.uniform(0.012, 0.085, 4)
    if wear.is_covered and rng.random() < 0.12 * wear.strength:
        pad[int(rng.integers(4))] *= -0.35
    top, bottom, left, right = (round(float(one)) for one in pad)
    slope = float(rng.normal(0, 0.006 * wear.strength)) if rng.random() < 0.6 else 0.0
    shear = float(rng.uniform(-0.12, 0.12)) if rng.random() < 0.08 else 0.0
    size = (max(4, width + left + right), max(4, height + top + bottom))
    middle = width / 2
    matrix = np.array(
        [[1, -shear, left + shear * height / 2 + rng.random() - 0.5], [slope, 1, top - slope * middle + rng.random() - 0.5]], np.float32
    )
    return np.asarray(cv2.warpAffine(small, matrix, size, flags=cv2.INTER_LINEAR), np.float32)


def _beset(page: Floats, rng: np.random.Generator) -> Floats:
    """Marks of the lines above and below that reach into the crop: feet of letters at the top, vowels and tones at the bottom."""
    import numpy as np

    height, width = page.shape
    rows = max(1, round(height * rng.uniform(0.04, 0.14)))
    inked = np.flatnonzero(page.max(axis=1) > 0.3)
    if not len(inked) or 3 * rows > height:
        return page
    at_top = rng.random() < 0.5
    first = inked[-1] + 1 - rows if at_top else inked[0]
    marks = np.roll(page[first : first + rows], int(rng.integers(width)), axis=1)
    page = page.copy()
    edge = slice(0, rows) if at_top else slice(height - rows, height)
    page[edge][: len(marks)] = np.maximum(page[edge][: len(marks)], marks)
    return page


def _thickened(page: Floats, em: float, rng: np.random.Generator, strength: float) -> Floats:
    """Heavy or thin print: by at most a fifth of a stroke's width."""
    import cv2
    import numpy as np

    if rng.random() > 0.35 * strength:
        return page
    amount = rng.random() * min(1.0, em / 45)
    kernel = np.ones((2, 2) if em < 45 else (3, 3), np.uint8)
    other = cv2.dilate(page, kernel) if rng.random() < 0.6 else cv2.erode(page, kernel)
    return (page * (1 - amount) + other * amount).astype(np.float32)


def _fading(page: Floats, rng: np.random.Generator) -> Floats:
    """Print that fades along the line, or is broken by small white specks as poor toner leaves them."""
    import cv2
    import numpy as np

    if rng.random() < 0.5:
        return page * np.linspace(1, rng.uniform(0.35, 0.9), page.shape[1], dtype=np.float32)[None, :]
    specks = cv2.GaussianBlur(rng.random(page.shape, dtype=np.float32), (0, 0), 1.0)
    kept: Floats = page * (specks > np.quantile(specks, rng.uniform(0.02, 0.12)))
    return kept


def _ruled(page: Floats, dpi: int, rng: np.random.Generator) -> Floats:
    """What is left of a table's rules at the edges of the crop, or an underline."""
    import numpy as np

    height, width = page.shape
    thick = max(1, round(dpi * rng.uniform(0.004, 0.014)))
    dark = float(rng.uniform(0.3, 1.0))
    page = page.copy()
    side = rng.integers(5)
    if side < 2:
        at = (
            int(rng.integers(0, max(1, round(width * 0.03)))) if side else width - thick - int(rng.integers(0, max(1, round(width * 0.03))))
        )
        start, end = sorted(rng.integers(0, height + 1, 2)) if rng.random() < 0.5 else (0, height)
        page[start:end, max(0, at) : at + thick] = np.maximum(page[start:end, max(0, at) : at + thick], dark)
    else:
        at = int(rng.integers(0, max(1, round(height * 0.10))))
        at = height - thick - at if side < 4 else at
        start, end = sorted(rng.integers(0, width + 1, 2)) if rng.random() < 0.6 else (0, width)
        page[max(0, at) : at + thick, start:end] = np.maximum(page[max(0, at) : at + thick, start:end], dark)
    return page


def _stamped(page: Floats, dpi: int, rng: np.random.Generator) -> Floats:
    """Part of a round or square stamp, or a stroke of a pen, over the line; as dark as print or lighter."""
    import cv2
    import numpy as np

    height, width = page.shape
    layer = np.zeros((height, width), np.uint8)
    dark = float(rng.uniform(38, 190))
    thick = max(1, round(dpi * rng.uniform(0.005, 0.02)))
    x, y = int(rng.uniform(0, width)), int(rng.uniform(-height, 2 * height))
    kind = rng.random()
    if kind < 0.5:
        radius = round(dpi * rng.uniform(0.25, 0.8))
        cv2.circle(layer, (x, y), radius, dark, thick, cv2.LINE_AA)
        if rng.random() < 0.5:
            cv2.circle(layer, (x, y), round(radius * 0.7), dark, thick, cv2.LINE_AA)
    elif kind < 0.75:
        points = np.stack([np.cumsum(rng.normal(dpi * 0.03, dpi * 0.05, 8)) + x, rng.uniform(-0.2, 1.2, 8) * height], 1)
        cv2.polylines(layer, [points.astype(np.int32)], False, dark, thick, cv2.LINE_AA)
    elif kind < 0.9:
        text = "".join(chr(int(one)) for one in rng.integers(65, 91, int(rng.integers(2, 7))))
        size = float(rng.uniform(0.25, 0.6)) * dpi / 100
        cv2.putText(
            layer,
            text,
            (x - width // 4, int(rng.uniform(0, height * 1.2))),
            cv2.FONT_HERSHEY_SIMPLEX,
            size,
            dark,
            max(1, thick // 2),
            cv2.LINE_AA,
        )
    else:
        cv2.line(
            layer,
            (x, int(rng.uniform(0, height))),
            (x + int(rng.uniform(-1, 1) * width), int(rng.uniform(0, height))),
            dark,
            thick,
            cv2.LINE_AA,
        )
    over = layer.astype(np.float32) / 255
    return np.asarray(np.maximum(page, over) if rng.random() < 0.5 else page + over, np.float32)


def _pressed(grey: Grey, quality: int) -> Grey:
    import cv2
    import numpy as np

    pressed = cv2.imencode(".jpg", grey, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(pressed, cv2.IMREAD_GRAYSCALE), np.uint8)
