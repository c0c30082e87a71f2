"""Page images with known geometry, drawn without any installed font."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

INK = (25, 25, 25)


@dataclass(frozen=True)
class Sheet:
    """An A4 page at `dpi` to draw on, lengths in inches from the top left."""

    image: Image.Image
    dpi: float

    @property
    def pen(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image)

    def px(self, *inches: float) -> list[int]:
        return [round(value * self.dpi) for value in inches]

    def text(self, x: float, top: float, text: str, size_pt: float = 14, colour: tuple[int, int, int] = INK) -> None:
        font = ImageFont.load_default(size_pt / 72 * self.dpi)
        self.pen.text((x * self.dpi, top * self.dpi), text, fill=colour, font=font)

    def line(self, x0: float, top: float, x1: float, bottom: float, colour: tuple[int, int, int] = INK, width_in: float = 0.01) -> None:
        self.pen.line(self.px(x0, top, x1, bottom), fill=colour, width=max(round(width_in * self.dpi), 1))

    def ring(self, x: float, y: float, radius: float, colour: tuple[int, int, int], width_in: float = 0.03) -> None:
        self.pen.ellipse(self.px(x - radius, y - radius, x + radius, y + radius), outline=colour, width=max(round(width_in * self.dpi), 1))


def sheet(dpi: float = 200, paper: tuple[int, int, int] = (240, 240, 240)) -> Sheet:
    return Sheet(Image.new("RGB", (round(8.27 * dpi), round(11.69 * dpi)), paper), dpi)


COLUMNS = (1.0, 1.7, 4.6, 5.5, 6.4, 7.3)
ROWS = tuple(1.2 + 0.36 * number for number in range(13))


def cell_text(row: int, column: int) -> str:
    """What stands in a cell of `draw_table`: a code, a text, three scores; the last row has empty cells and a dash."""
    if row == len(ROWS) - 2 and column >= 2:
        return ("", "-", "")[column - 2]
    return (f"i{row + 1}", "Performance of duties, clarity", f"{80 + row}.{37 + row}", f"{99 - row}.04", f"+{row}.81")[column]


def draw_table(page: Sheet, colour: tuple[int, int, int] = INK, *, has_rules: bool = True) -> None:
    """A ruled table of twelve rows and five columns, and a heading over it."""
    page.text(1.0, 0.6, "Assessment of integrity 2568 in the agencies of the state")
    if has_rules:
        for y in ROWS:
            page.line(COLUMNS[0], y, COLUMNS[-1], y, colour)
        for x in COLUMNS:
            page.line(x, ROWS[0], x, ROWS[-1], colour)
    for row in range(len(ROWS) - 1):
        for column in range(len(COLUMNS) - 1):
            page.text(COLUMNS[column] + 0.08, ROWS[row] + 0.07, cell_text(row, column))


def table_page(dpi: float = 200) -> Sheet:
    page = sheet(dpi)
    draw_table(page)
    return page


def scanned(
    image: Image.Image, *, skew: float = 0.0, noise: float = 0.0, quality: int = 0, blur: float = 0.0, seed: int = 1
) -> Image.Image:
    """The image as a scanner would give it; `skew` in degrees counter-clockwise."""
    if skew:
        image = image.rotate(skew, Image.Resampling.BICUBIC, fillcolor=(240, 240, 240))
    if blur:
        image = image.filter(ImageFilter.GaussianBlur(blur))
    if noise:
        cv2.setRNGSeed(seed)
        grain = cv2.randn(np.empty((image.height, image.width), np.int16), np.zeros(1), np.full(1, noise))
        pixels = cv2.add(np.asarray(image), cv2.merge([grain] * 3), dtype=cv2.CV_8U)
        image = Image.fromarray(pixels)
    if quality:
        stream = io.BytesIO()
        image.save(stream, "JPEG", quality=quality)
        image = Image.open(stream).convert("RGB")
    return image


def darkest(grey: np.ndarray, box: Sequence[float], dpi: float) -> int:
    """The darkest pixel of a box in inches."""
    x0, top, x1, bottom = (round(value * dpi) for value in box)
    return int(grey[top:bottom, x0:x1].min())
