"""From colour to grey: stamps, pens and shading fade; print stays or is brought back, whatever its colour and ground."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prongsai.reading.imaging.model import Pixels

VIVID = 60
"""Channels this far apart make a colour; paper, black ink and what JPEG leaves around it have less."""
DARK, BRIGHT = 0.75, 0.66
"""Shares of the paper's brightness, as the eye sees it: areas below the first may hold light print, and print in a colour
is below the second."""
FRINGE_IN, LEAST_TINT_IN = 0.025, 0.03
"""How far colours run at edges; and what tints at least fill, other than the blurred eyes of coloured digits."""
FILL_IN = 0.065
"""What is wider and higher than this is an area; the strokes of bold headings are thinner."""
LEAST_FILL_IN, LEAST_GROUND_IN = 0.12, 0.22
"""An area is at least the first in both directions and the second in one; the hearts of heavy digits are smaller."""
LEAST_FULL = 0.22
"""Share of its box that a glyph covers; the lines of charts cover less."""
IN_FILL_IN = 0.15
"""Gaps that lines of print leave in an area's ground."""
STAMP_IN = (0.45, 2.6)
"""A coloured stroke that reaches this far both ways is a stamp's or a signature's, and so is what lies inside it."""
GLYPH_IN = (0.03, 0.4)
"""Height of print that is brought back where it is in colour."""
RULE_IN = 0.3
SAME_HUE_DEGREES = 40
LIGHT_PRINT = (0.01, 0.5)
"""Share of a dark area that light print takes up; more is a frame around paper."""


def to_grey(pixels: Pixels, dpi: float) -> tuple[Pixels, Pixels | None]:
    """Grey by the brightest channel, coloured print and light print on dark brought to dark on light; and where stamps were.

    `pixels` is (h, w) or (h, w, 3). The second is None where the page has no coloured stamp or pen.
    """
    import cv2
    import numpy as np

    if pixels.ndim == 2:
        return on_paper(pixels, pixels, pixels, dpi), None
    red, green, blue = cv2.split(pixels)
    brightest, darkest = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    seen = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    grey = on_paper(brightest, darkest, seen, dpi)
    vivid = cv2.threshold(cv2.subtract(brightest, darkest), VIVID, 255, cv2.THRESH_BINARY)[1]
    if not cv2.hasNonZero(vivid):
        return grey, None
    # Yellow and cyan are vivid, but are grounds of print; along black print on them they grow dark.
    bright = cv2.threshold(seen, BRIGHT * _paper(brightest), 255, cv2.THRESH_BINARY)[1]
    least, bridge = max(round(LEAST_TINT_IN * dpi), 3), max(round(IN_FILL_IN * dpi), 3)
    tinted = cv2.morphologyEx(cv2.bitwise_and(vivid, bright), cv2.MORPH_OPEN, np.ones((least, least), np.uint8))
    tinted = cv2.morphologyEx(tinted, cv2.MORPH_CLOSE, np.ones((bridge, bridge), np.uint8))
    reach = 2 * max(round(FRINGE_IN * dpi), 2) + 1
    vivid = cv2.subtract(cv2.subtract(vivid, bright), cv2.dilate(tinted, np.ones((reach, reach), np.uint8)))
    print_in_colour, stamps = _told_apart(pixels, vivid, dpi)
    cv2.copyTo(darkest, print_in_colour, grey)
    return grey, stamps if cv2.hasNonZero(stamps) else None


def _told_apart(pixels: Pixels, vivid: Pixels, dpi: float) -> tuple[Pixels, Pixels]:
    """Masks of what is printed in colour (glyphs and rules), and of what a stamp or a pen left."""
    import cv2
    import numpy as np

    fringe = 2 * max(round(FRINGE_IN * dpi), 2) + 1
    strokes = cv2.subtract(vivid, cv2.dilate(_grounds(vivid, dpi, IN_FILL_IN), np.ones((fringe, fringe), np.uint8)))
    outlines, _ = cv2.findContours(strokes, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    print_in_colour, stamps = np.zeros_like(vivid), np.zeros_like(vivid)
    glyphs: list[Pixels] = []
    stamped: list[tuple[Pixels, float]] = []
    for outline in outlines:
        _, _, width, height = cv2.boundingRect(outline)
        is_full = max(width, height) < 0.25 * dpi or cv2.contourArea(outline) > LEAST_FULL * width * height
        if GLYPH_IN[0] * dpi <= height <= GLYPH_IN[1] * dpi and width <= 2.5 * dpi and is_full:
            glyphs.append(outline)
        elif STAMP_IN[0] * dpi <= max(width, height) <= STAMP_IN[1] * dpi and min(width, height) >= STAMP_IN[0] / 2 * dpi:
            stamped.append((cv2.convexHull(outline), _hue(pixels, outline)))
            cv2.drawContours(stamps, [outline], -1, 255, cv2.FILLED)
    for outline in glyphs:
        x, y = outline[0, 0]
        inside = [hue for hull, hue in stamped if cv2.pointPolygonTest(hull, (float(x), float(y)), False) >= 0]
        if inside and any(_apart(_hue(pixels, outline), other) < SAME_HUE_DEGREES for other in inside):
            cv2.drawContours(stamps, [outline], -1, 255, cv2.FILLED)
        else:
            cv2.drawContours(print_in_colour, [outline], -1, 255, cv2.FILLED)
    length = max(round(RULE_IN * dpi), 8)
    for shape in ((1, length), (length, 1)):
        print_in_colour = cv2.bitwise_or(print_in_colour, cv2.morphologyEx(strokes, cv2.MORPH_OPEN, np.ones(shape, np.uint8)))
    around = cv2.bitwise_and(cv2.dilate(print_in_colour, np.ones((5, 5), np.uint8)), cv2.bitwise_not(stamps))
    return around, cv2.bitwise_and(stamps, strokes)


def _hue(pixels: Pixels, outline: Pixels) -> float:
    """Mean hue along an outline, in degrees."""
    import cv2
    import numpy as np

    points = outline[:, 0]
    colours = pixels[points[:, 1], points[:, 0]].reshape(1, -1, 3)
    hues = np.radians(cv2.cvtColor(colours, cv2.COLOR_RGB2HSV)[0, :, 0].astype(np.float64) * 2)
    return float(np.degrees(np.arctan2(np.sin(hues).mean(), np.cos(hues).mean())))


def _apart(one: float, other: float) -> float:
    return abs((one - other + 180) % 360 - 180)


def on_paper(brightest: Pixels, darkest: Pixels, seen: Pixels, dpi: float) -> Pixels:
    """Grey in which light print on dark areas is dark on light, and the ground of print on tinted areas is paper."""
    import cv2
    import numpy as np

    paper = _paper(brightest)
    dark = cv2.threshold(seen, DARK * paper, 255, cv2.THRESH_BINARY_INV)[1]
    fills = _grounds(dark, dpi, FILL_IN)
    if not cv2.hasNonZero(fills):
        return brightest
    grey = brightest.copy()
    reach = 2 * max(round(FRINGE_IN * dpi), 2) + 1
    rim = np.ones((reach, reach), np.uint8)
    for left, top, inside in _areas(fills, dpi):
        height, width = inside.shape
        window = np.s_[top : top + height, left : left + width]
        core = cv2.bitwise_and(dark[window], inside)
        ground_low, ground_high = (float(cv2.mean(channel[window], core)[0]) for channel in (darkest, brightest))
        inner = cv2.erode(inside, rim, borderType=cv2.BORDER_CONSTANT, borderValue=0)
        count = max(cv2.countNonZero(inner), 1)
        light = cv2.bitwise_and(cv2.threshold(darkest[window], (ground_low + paper) / 2, 255, cv2.THRESH_BINARY)[1], inner)
        black = cv2.bitwise_and(cv2.threshold(brightest[window], 0.6 * ground_high, 255, cv2.THRESH_BINARY_INV)[1], inner)
        share, share_black = cv2.countNonZero(light) / count, cv2.countNonZero(black) / count
        if LIGHT_PRINT[0] <= share <= LIGHT_PRINT[1] and share > 2 * share_black:
            levels = (1 - (np.arange(256) - ground_low) / max(paper - ground_low, 1.0)) * paper
            source = darkest[window]
        elif share_black < LIGHT_PRINT[1] and ground_high > 0.35 * paper:
            levels = np.arange(256) / ground_high * paper
            source = brightest[window]
        else:
            continue
        even = cv2.LUT(source, np.clip(levels, 0, 255).astype(np.uint8))
        ground = float(cv2.mean(seen[window], core)[0])
        if levels[0] > levels[-1]:
            even, inside = _edged(even, inside, seen[window], ground, dpi)
        else:
            even, inside = _rimmed(even, inside, inner, seen[window], ground / paper, rim)
        cv2.copyTo(even, inside, grey[window])
    return grey


def _edged(even: Pixels, inside: Pixels, seen: Pixels, ground: float, dpi: float) -> tuple[Pixels, Pixels]:
    """A reversed area with its rim, where its ground runs into the paper around it, made paper; and the area with the rim."""
    import cv2
    import numpy as np

    reach = max(round(0.03 * dpi), 3)
    kernel = np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
    inner = cv2.erode(inside, np.ones((5, 5), np.uint8), borderType=cv2.BORDER_CONSTANT, borderValue=0)
    # What is darker than the ground there is a rule along the area's edge.
    rule = cv2.threshold(seen, 0.6 * ground - 10, 255, cv2.THRESH_BINARY_INV)[1]
    even = cv2.bitwise_or(even, cv2.bitwise_not(inner))
    even = cv2.bitwise_and(even, cv2.bitwise_not(cv2.bitwise_and(rule, cv2.bitwise_not(inner))))
    return even, cv2.dilate(inside, kernel)


def _rimmed(even: Pixels, inside: Pixels, inner: Pixels, seen: Pixels, ground: float, rim: Pixels) -> tuple[Pixels, Pixels]:
    """A tinted area with its rim made paper, and the area with the rim. Where a colour ends it turns to a darker grey in
    JPEG, but to none that the eye sees as darker than the ground: `ground` is its brightness, 1 that of paper."""
    import cv2

    edge = cv2.bitwise_and(cv2.convertScaleAbs(seen, alpha=1 / max(ground, 0.1)), cv2.bitwise_not(inner))
    return cv2.max(even, edge), cv2.dilate(inside, rim)


def _grounds(mask: Pixels, dpi: float, bridged_in: float) -> Pixels:
    """The areas of a mask without its strokes, gaps up to `bridged_in` between them closed."""
    import cv2
    import numpy as np

    size, bridge = max(round(FILL_IN * dpi), 3), max(round(bridged_in * dpi), 3)
    opened = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((size, size), np.uint8))
    if not cv2.hasNonZero(opened):
        return opened
    outlines, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    small = [outline for outline in outlines if max(cv2.boundingRect(outline)[2:]) < LEAST_GROUND_IN * dpi]
    cv2.drawContours(opened, small, -1, 0, cv2.FILLED)
    return cv2.morphologyEx(opened, cv2.MORPH_CLOSE, np.ones((bridge, bridge), np.uint8))


def _paper(grey: Pixels) -> float:
    """The brightness that most of the page has."""
    import cv2
    import numpy as np

    counts = cv2.calcHist([grey[::3, ::3]], [0], None, [256], [0, 256]).ravel()
    return float(np.argmax(counts[96:]) + 96)


def _areas(mask: Pixels, dpi: float) -> Iterator[tuple[int, int, Pixels]]:
    """Each area of a mask with some room around: left, top, and its own mask with the holes filled."""
    import cv2
    import numpy as np

    room = max(round(0.04 * dpi), 4)
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for outline in outlines:
        left, top, width, height = cv2.boundingRect(outline)
        if min(width, height) >= LEAST_FILL_IN * dpi:
            x0, y0 = max(left - room, 0), max(top - room, 0)
            inside = np.zeros((min(top + height + room, mask.shape[0]) - y0, min(left + width + room, mask.shape[1]) - x0), np.uint8)
            cv2.drawContours(inside, [outline], -1, 255, cv2.FILLED, offset=(-x0, -y0))
            yield x0, y0, inside
