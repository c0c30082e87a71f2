"""A page image in, a page ready to be read out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from prongsai.reading.imaging import blobs, colour, dashes, light, plots, ruling, segments, stamps, turning
from prongsai.reading.imaging.model import PreparedPage, Segment
from prongsai.reading.imaging.overprint import find_overprint

if TYPE_CHECKING:
    from PIL import Image

    from prongsai.reading.imaging.model import Numbers, Pixels

LEAST_DPI, MOST_DPI = 180.0, 320.0
"""Pages between these are worked on as they are."""
ENLARGED_DPI, REDUCED_DPI = 200.0, 300.0
COARSE_DPI = 250.0
INK, RULE_INK = 180, 215
"""What is darker than this on an evenly lit page is ink; rules are often printed in a lighter grey than letters."""
_MOST_CROPS = 12


def prepare(image: Image.Image, dpi: float, looks_flipped: Callable[[Sequence[Pixels]], bool] | None = None) -> PreparedPage:
    """The page upright, level and clean, its rules and its pieces of text.

    `dpi` is the image's own resolution. `looks_flipped` is shown some pieces of text and says whether they stand on
    their heads; without it the page is taken to stand upright.
    """
    import cv2

    # Pages are dealt out to processes; threads inside each would only get in one another's way.
    cv2.setNumThreads(1)
    pixels, dpi = _reduced(light.as_array(image), dpi)
    grey, pens = colour.to_grey(pixels, dpi)
    grey = light.stretch(light.even_light(grey, dpi))
    small = turning.small_ink(grey, dpi)
    turned = 90 if turning.runs_up_the_page(small) else 0
    skew = turning.find_skew(turning.turn(small, turned))
    scale = ENLARGED_DPI / dpi if dpi < LEAST_DPI else 1.0
    dpi *= scale

    def placed(picture: Pixels, paper: int) -> Pixels:
        return turning.level(turning.turn(picture, turned), skew, scale, paper=paper, is_coarse=dpi < COARSE_DPI)

    grey = placed(grey, 255)
    # Rules first: where a stamp lies on a rule as grey as itself, both would fade.
    rules = ruling.find_ruling(_ink(grey, RULE_INK), _ink(grey), dpi)
    grey, faded = stamps.fade(grey, rules.ink, dpi)
    stains = _joined(faded, None if pens is None else _mask(placed(pens, 0)))
    grey = ruling.erase(grey, _ink(grey), rules.ink, dpi)
    grey, rules, found, stained = _pieces(grey, rules, stains, dpi)
    if looks_flipped is not None and found and looks_flipped(crops_of(grey, found)):
        turned += 180
        rules = rules.upside_down(grey.shape[1], grey.shape[0])
        grey, stains = turning.turn(grey, 180), None if stains is None else turning.turn(stains, 180)
        grey, rules, found, stained = _pieces(grey, rules, stains, dpi)
    return PreparedPage(grey, dpi, turned, skew, rules.as_rules(dpi), found, None if stained is None else stained > 0)


def crops_of(grey: Pixels, found: Sequence[Segment]) -> list[Pixels]:
    """The widest pieces of text, for a look at which way up they stand."""
    widest = sorted(found, key=lambda piece: piece.x0 - piece.x1)[:_MOST_CROPS]
    return [grey[piece.top : piece.bottom, piece.x0 : piece.x1] for piece in widest]


def _reduced(pixels: Pixels, dpi: float) -> tuple[Pixels, float]:
    import cv2

    if dpi <= MOST_DPI:
        return pixels, dpi
    scale = REDUCED_DPI / dpi
    size = (max(round(pixels.shape[1] * scale), 1), max(round(pixels.shape[0] * scale), 1))
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), REDUCED_DPI


def _ink(grey: Pixels, darker_than: int = INK) -> Pixels:
    import cv2

    return cv2.threshold(grey, darker_than, 255, cv2.THRESH_BINARY_INV)[1]


def _mask(picture: Pixels) -> Pixels:
    import cv2

    return cv2.threshold(picture, 127, 255, cv2.THRESH_BINARY)[1]


def _joined(one: Pixels | None, other: Pixels | None) -> Pixels | None:
    import cv2

    if one is None or other is None:
        return other if one is None else one
    return cv2.bitwise_or(one, other)


def _pieces(
    grey: Pixels, rules: ruling.Ruling, stains: Pixels | None, dpi: float
) -> tuple[Pixels, ruling.Ruling, tuple[Segment, ...], Pixels | None]:
    """The page without broken rules, its rules, its pieces of text as they are without the lines of charts, and the mask of
    stains with what is no text added."""
    import cv2
    import numpy as np

    around = np.ones((5, 5), np.uint8)
    ink, whole, strange_ink = _ink(grey), grey, None
    found, outlines = blobs.find_blobs(ink, dpi)
    text, strange, overprint = _told(found, outlines, rules)
    dashed = dashes.find_dashed(found, rules, dpi)
    lines = plots.find_lines(ink, strange, dpi) if strange else None
    if dashed is not None or lines is not None:
        if dashed is not None:
            rules, dots = dashed
            whole = grey = cv2.bitwise_or(grey, dots)
        if lines is not None:
            # Only for telling the pieces: numbers were read better with the line than with what erasing left of both.
            grey, stains = ruling.erase(grey, ink, lines, dpi), _joined(stains, cv2.dilate(lines, around))
        ink = _ink(grey)
        found, outlines = blobs.find_blobs(ink, dpi)
        text, strange, overprint = _told(found, outlines, rules)
    if strange:
        mask = np.zeros_like(grey)
        cv2.drawContours(mask, strange, -1, 255, cv2.FILLED)
        strange_ink = cv2.bitwise_and(mask, ink)
        stains = _joined(stains, cv2.dilate(strange_ink, around))
    walls = rules.walls()
    for left, top, right, bottom in overprint:
        walls[top:bottom, left:right] = 0
    return whole, rules, segments.find_segments(found, text, walls, stains, dpi, strange_ink)[0], stains


def _told(
    found: blobs.Blobs, outlines: Sequence[Numbers], rules: ruling.Ruling
) -> tuple[Numbers, list[Numbers], list[tuple[int, int, int, int]]]:
    """Which components are text, the outlines of the others, and the boxes of text on rules."""
    import numpy as np

    on_rule, overprint = find_overprint(found, rules)
    text = blobs.tell_text(found, rules) | on_rule
    return text, [outlines[index] for index in np.nonzero(~text)[0].tolist()], overprint
