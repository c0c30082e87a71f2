"""A training line drawn clean, in a font and size: ink on a canvas, later worn as print and scanning wear it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import TYPE_CHECKING

from prongsai.training.fonts import TrainingFont
from prongsai.training.lines import MARKS, TrainingLine, stood_on_its_head
from prongsai.training.recipes import Recipe

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.ImageFont import FreeTypeFont

EM_PX = 72
"""Size of the clean drawing, in pixels an em; worn lines are scaled down from it."""
_CLUSTER = re.compile(f".[{''.join(sorted(MARKS))}]*")
"""A letter with the marks that stand above and below it."""


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
    if spacing:
        x = float(em_px)
        for cluster in _CLUSTER.findall(line.text):
            draw.text((x, em_px), cluster, font=face, fill=255, language="th")
            x += face.getlength(cluster) + spacing * em_px
    else:
        draw.text((em_px, em_px), line.text, font=face, fill=255, language="th")
    ink = np.asarray(image)
    box = cv2.boundingRect(ink)
    if box[2] < 2 or box[3] < 2:
        return None
    x, y, w, h = box
    return CleanLine(ink[y : y + h, x : x + w].copy(), line.classes, font.family)


def make_clean(
    rng: Random, words: list[str], fonts: tuple[TrainingFont, ...], weights: list[float], recipe: Recipe, em_px: int = EM_PX
) -> CleanLine:
    """A drawn line of a recipe, some of them on their heads or scribbles; lines that cannot be drawn are drawn anew."""
    if rng.random() < recipe.scribbled:
        return _scribble(rng, em_px)
    while True:
        line = recipe.make_line(rng, words)
        if not line.classes or len(line.classes) > recipe.longest:
            continue
        drawn = draw_line(line, rng.choices(fonts, weights)[0], rng, em_px)
        if drawn is None:
            continue
        if rng.random() < recipe.flipped:
            turned = stood_on_its_head(line)
            return CleanLine(drawn.ink[::-1, ::-1].copy(), turned.classes, drawn.family)
        return drawn


def _scribble(rng: Random, em_px: int) -> CleanLine:
    """Strokes of a pen, arcs and specks, as signatures, seals and pictures leave them: ink without a letter."""
    import cv2
    import numpy as np

    height, width = round(em_px * rng.uniform(0.6, 1.6)), round(em_px * rng.uniform(0.8, 7))
    ink = np.zeros((height, width), np.uint8)
    for _ in range(rng.randint(1, 6)):
        thick = rng.randint(2, max(3, em_px // 9))
        at = (rng.randint(0, width), rng.randint(0, height))
        kind = rng.random()
        if kind < 0.4:
            path = [at]
            for _ in range(rng.randint(3, 14)):
                path.append((path[-1][0] + rng.randint(-em_px, em_px), rng.randint(-height // 4, height + height // 4)))
            cv2.polylines(ink, [np.array(path, np.int32)], False, 255, thick, cv2.LINE_AA)
        elif kind < 0.7:
            axes = (rng.randint(em_px // 2, 4 * em_px), rng.randint(em_px // 2, 3 * em_px))
            start = rng.randint(0, 360)
            cv2.ellipse(ink, at, axes, rng.randint(0, 180), start, start + rng.randint(40, 360), 255, thick, cv2.LINE_AA)
        elif kind < 0.85:
            cv2.line(ink, at, (rng.randint(0, width), rng.randint(0, height)), 255, thick, cv2.LINE_AA)
        else:
            corner = (at[0] + rng.randint(2, 2 * em_px), at[1] + rng.randint(2, height))
            cv2.rectangle(ink, at, corner, rng.randint(60, 255), cv2.FILLED)
    return CleanLine(ink, "", "")


@cache
def _face(path: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.RAQM)
