"""Stamps and signatures as offices put them on paper: coverage of ink and its colour."""

from __future__ import annotations

import math
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image as Images
    from PIL import ImageFont as Fonts

MARKS = ("round", "date", "signature")
INKS = {
    "round": ((178, 34, 52), (40, 60, 160), (120, 40, 120), (90, 90, 90), (150, 150, 150)),
    "date": ((178, 34, 52), (30, 50, 150), (60, 60, 60)),
    "signature": ((24, 48, 160), (20, 20, 20), (170, 30, 40)),
}
"""Inks that each comes in; grey ones are seals copied without colour."""
FINER = 2
"""Marks are drawn this many times larger and scaled down, for smooth edges."""
THAI_ZERO = ord("\N{THAI DIGIT ZERO}")
CONSONANTS = range(ord("\N{THAI CHARACTER KO KAI}"), ord("\N{THAI CHARACTER HO NOKHUK}"))


def draw_mark(name: str, dpi: int, rng: Random) -> tuple[NDArray[np.uint8], tuple[int, int, int]]:
    """A mark by its name in MARKS: coverage, uint8 (height, width), 255 where ink is thickest, and its RGB colour."""
    import numpy as np
    from PIL import Image

    color = rng.choice(INKS[name])
    image = {"round": _round, "date": _date, "signature": _signature}[name](dpi * FINER, rng)
    image = image.rotate(rng.uniform(-25, 25) if name == "round" else rng.uniform(-6, 6), Image.Resampling.BILINEAR, expand=True)
    image = image.resize((max(1, image.width // FINER), max(1, image.height // FINER)), Image.Resampling.BOX)
    coverage = np.asarray(image, dtype=np.uint8)
    if name == "signature":
        return coverage, color
    # A rubber stamp never inks evenly.
    cloud = np.random.default_rng(rng.getrandbits(32)).integers(90, 256, (9, 9), dtype=np.uint8)
    uneven = np.asarray(Image.fromarray(cloud).resize(image.size, Image.Resampling.BICUBIC), dtype=np.uint16)
    return (coverage * np.minimum(255, uneven + 40) // 255).astype(np.uint8), color


def _round(dpi: int, rng: Random) -> Images.Image:
    """Two rings with letters between them and a shape in the middle, 1.1 to 1.7 inches across."""
    from PIL import Image, ImageDraw

    size = int(rng.uniform(1.1, 1.7) * dpi)
    image = Image.new("L", (size, size))
    pen, middle = ImageDraw.Draw(image), size / 2
    for radius, width in ((0.49, 0.018), (0.33, 0.01)):
        reach = radius * size
        pen.ellipse((middle - reach, middle - reach, middle + reach, middle + reach), outline=255, width=max(2, int(width * dpi)))
    font = _font(int(size * 0.12), rng)
    count = rng.randint(14, 22)
    for number in range(count):
        angle = 2 * math.pi * number / count
        letter = Image.new("L", (size // 6, size // 6))
        ImageDraw.Draw(letter).text((size / 12, size / 12), chr(rng.choice(CONSONANTS)), 255, font, anchor="mm")
        turned = letter.rotate(-math.degrees(angle), Image.Resampling.BILINEAR)
        x, y = middle + 0.41 * size * math.sin(angle), middle - 0.41 * size * math.cos(angle)
        image.paste(255, (int(x - turned.width / 2), int(y - turned.height / 2)), turned)
    rays = rng.randint(5, 9)
    star = [
        (middle + reach * size * math.sin(math.pi * ray / rays), middle - reach * size * math.cos(math.pi * ray / rays))
        for ray, reach in ((ray, rng.uniform(0.2, 0.28) if ray % 2 else rng.uniform(0.08, 0.14)) for ray in range(2 * rays))
    ]
    pen.polygon(star, fill=255 if rng.random() < 0.4 else None, outline=255, width=max(2, dpi // 60))
    return image


def _date(dpi: int, rng: Random) -> Images.Image:
    """A box for the day and number of receipt, with figures in it that are no scores."""
    from PIL import Image, ImageDraw

    width, height = int(rng.uniform(1.5, 2.2) * dpi), int(rng.uniform(0.7, 1.0) * dpi)
    image = Image.new("L", (width, height))
    pen = ImageDraw.Draw(image)
    pen.rectangle((2, 2, width - 3, height - 3), outline=255, width=max(2, int(0.014 * dpi)))
    font = _font(height // 4, rng)
    is_thai = rng.random() < 0.7
    for line in range(3):
        word = "".join(chr(rng.choice(CONSONANTS)) for _ in range(rng.randint(3, 6)))
        number = rng.choice((f"{rng.randint(1, 31)}/{rng.randint(1, 12)}/{rng.randint(63, 69)}", str(rng.randint(1, 9999)), "......"))
        text = number.translate({ord("0") + one: THAI_ZERO + one for one in range(10)}) if is_thai else number
        pen.text((width * 0.06, height * (0.2 + 0.3 * line)), f"{word}  {text}", 255, font, anchor="lm")
    return image


def _signature(dpi: int, rng: Random) -> Images.Image:
    """A pen's line in loops, 1 to 2.2 inches wide."""
    from PIL import Image, ImageDraw

    width, height = int(rng.uniform(1.0, 2.2) * dpi), int(rng.uniform(0.5, 0.9) * dpi)
    image = Image.new("L", (width, height))
    turns, swing = rng.uniform(3, 7), rng.uniform(0.03, 0.12)
    first, second = rng.uniform(0, 6), rng.uniform(0.6, 2.4)
    points = []
    for step in range(200):
        along = step / 199
        angle = 2 * math.pi * turns * along + first
        x = width * (0.12 + 0.76 * along + swing * math.cos(angle))
        y = height * (0.5 + (0.36 - 0.2 * along) * math.sin(angle * second / 1.5) * math.cos(angle / 3))
        points.append((x, y))
    ImageDraw.Draw(image).line(points, fill=255, width=max(2, int(rng.uniform(0.012, 0.03) * dpi)), joint="curve")
    return image


def _font(size_px: int, rng: Random) -> Fonts.FreeTypeFont:
    from PIL import ImageFont

    from .fonts import find_families

    return ImageFont.truetype(str(rng.choice(find_families()).bold), max(8, size_px))
