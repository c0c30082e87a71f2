"""A training line drawn clean, in a font and size: ink on a canvas, later worn as print and scanning wear it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random
from typing import TYPE_CHECKING

from prongsai.training.fonts import TrainingFont
from prongsai.training.lines import TrainingLine, make_line, stood_on_its_head

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.ImageFont import FreeTypeFont

EM_PX = 72
"""Size of the clean drawing, in pixels an em; worn lines are scaled down from it."""
FLIPPED_SHARE = 0.04


@dataclass(frozen=True, slots=True)
class CleanLine:
    """Ink (uint8, 255 full) cropped to its box, its classes, the font's family and pixels an em."""

    ink: NDArray[np.uint8]
    classes: str
    family: str


def draw_line(line: TrainingLine, font: TrainingFont, rng: Random, em_px: int = EM_PX) -> CleanLine | None:
    """The line in ink, cropped to it; None where the font lacks a glyph of it."""
    import cv2
    import numpy as np
    from PIL import Image, ImageDraw

    if not font.glyphs.issuperset(line.text.replace(" ", "")):
        return None
    face = _face(str(font.path), em_px)
    spacing = rng.choice((0.0, 0.0, 0.0, 0.0, 0.03, 0.06, -0.015))
    width = int(face.getlength(line.text) + abs(spacing) * em_px * len(line.text)) + 2 * em_px
    image = Image.new("L", (width, 3 * em_px), 0)
    draw = ImageDraw.Draw(image)
    if spacing and len(line.text) == len(line.classes):
        x = float(em_px)
        for character in line.text:
            draw.text((x, em_px), character, font=face, fill=255)
            x += face.getlength(character) + spacing * em_px
    else:
        draw.text((em_px, em_px), line.text, font=face, fill=255, language="th")
    ink = np.asarray(image)
    box = cv2.boundingRect(ink)
    if box[2] < 2 or box[3] < 2:
        return None
    x, y, w, h = box
    return CleanLine(ink[y : y + h, x : x + w].copy(), line.classes, font.family)


def make_clean(rng: Random, words: list[str], fonts: tuple[TrainingFont, ...], weights: list[float], em_px: int = EM_PX) -> CleanLine:
    """A drawn line, 4 % of them on their heads; lines too wide for training are cut short by drawing another."""
    while True:
        line = make_line(rng, words)
        if not line.classes or len(line.classes) > 26:
            continue
        drawn = draw_line(line, rng.choices(fonts, weights)[0], rng, em_px)
        if drawn is None:
            continue
        if rng.random() < FLIPPED_SHARE:
            turned = stood_on_its_head(line)
            return CleanLine(drawn.ink[::-1, ::-1].copy(), turned.classes, drawn.family)
        return drawn


@cache
def _face(path: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.RAQM)
