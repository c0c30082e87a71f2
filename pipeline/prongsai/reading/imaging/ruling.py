"""Ruled lines of a level page: found, told from print, and erased."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from prongsai.records import Rule

if TYPE_CHECKING:
    import numpy as np

    from prongsai.reading.imaging.model import Pixels

LEAST_ACROSS_IN = 0.3
"""Shorter horizontals are strokes of glyphs."""
LONE_ACROSS_IN = 0.8
"""A horizontal that meets no vertical must be this long: headings have strokes of a third of an inch."""
LEAST_DOWN_IN = 0.17
"""No row of a table is lower; stems of glyphs are as tall, so that short verticals need the company of rules."""
LEAST_PIECE_IN = 0.14
"""Shorter pieces count where several on one axis make a line of `LONE_ACROSS_IN`: a rule broken by faint print."""
LEAST_PIECES, LEAST_INKED = 4, 0.6
LONE_DOWN_IN = 0.6
"""A vertical that ends at no rule must be this long: no glyph is."""
THICKEST_IN, THICKEST_BAR_IN = 0.05, 0.12
"""Bars of more than the first are rules where they are twenty times as long as thick."""
GAP_IN = 0.015
"""Gaps in a stroke up to this are closed before rules are sought; noise makes them. Letters stand as near to each other."""
FAINTEST_IN, LEAST_SOLID = 0.015, 0.95
"""A rule thicker than the first is surely ink along this share of its middle; a line of blurred letters is not."""
MOST_RAGGED = ((2.0, 0.45), (0.0, 0.25))
"""Share of a rule's length at which it may be thicker or thinner than usual, by the length in inches from which it holds:
noise and JPEG make a third of a thin rule so, and no line of letters is as straight for as long."""
MOST_BESIDE = ((2.0, 0.5), (0.8, 0.3), (0.0, 0.1))
"""Share of a rule's side that print may touch, by the length in inches from which it holds: the bar of a T has a stem."""
JOIN_IN = 0.1
"""Pieces on one axis this near to each other are one rule."""
BRIDGE_IN = 1.0
"""So are pieces up to this far apart where some ink is left between them."""
LEAST_LEFT = 0.6
"""Share of such a gap that must hold ink."""
MOST_DARK = 0.3
"""A light line is dark along no more than this part of its way: where print stands on it."""
AXIS_IN = 0.02
"""Pieces this far off each other's axis are still on it: warped paper, and what is left of the slant."""
CROSSED_IN = 0.04
"""Print is taken to cross rules up to this thick, their blurred edges included."""
MEET_IN = 0.03
"""A rule that ends this near to another meets it. Text stands further off."""


@dataclass(frozen=True, slots=True)
class Line:
    """A rule in pixels: `at` across it (its middle), `start` and `end` along it; `pieces` number its ink."""

    at: float
    start: int
    end: int
    pieces: tuple[int, ...]
    inked: int
    """How much of its length the pieces make up."""

    @property
    def length(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Ruling:
    """The rules of a page, and where their ink is."""

    across: tuple[Line, ...]
    down: tuple[Line, ...]
    ink: Pixels
    """Mask of the rules' own pixels, and of print where it crosses them."""

    def as_rules(self, dpi: float) -> tuple[Rule, ...]:
        """In points."""
        unit = 72 / dpi
        found = [Rule(line.start * unit, line.at * unit, line.end * unit, line.at * unit) for line in self.across]
        found += [Rule(line.at * unit, line.start * unit, line.at * unit, line.end * unit) for line in self.down]
        return tuple(found)

    def upside_down(self, width: int, height: int) -> Ruling:
        """The same rules on the page turned by 180 degrees."""
        import cv2

        across = tuple(Line(height - line.at, width - line.end, width - line.start, (), line.inked) for line in reversed(self.across))
        down = tuple(Line(width - line.at, height - line.end, height - line.start, (), line.inked) for line in reversed(self.down))
        return Ruling(across, down, cv2.rotate(self.ink, cv2.ROTATE_180))

    def walls(self) -> Pixels:
        """A mask of the rules drawn through, gaps and all: what no line of text reaches across."""
        import cv2
        import numpy as np

        drawn = np.zeros_like(self.ink)
        for line in self.across:
            cv2.line(drawn, (line.start, round(line.at)), (line.end, round(line.at)), 255, 1)
        for line in self.down:
            cv2.line(drawn, (round(line.at), line.start), (round(line.at), line.end), 255, 1)
        return cv2.bitwise_or(drawn, self.ink)


def find_ruling(ink: Pixels, dark: Pixels, dpi: float) -> Ruling:
    """The rules among a page's ink (a mask, level to within about 0.3 degrees); `dark` is a mask of what is surely ink."""
    import cv2

    turned = cv2.transpose(ink)
    across, across_outlines = _lines(ink, dark, dpi, LEAST_ACROSS_IN)
    down, down_outlines = _lines(turned, cv2.transpose(dark), dpi, LEAST_DOWN_IN)
    across, down = _in_company(across, [line for line in down if not _bends(line, across, turned, dpi)], dpi)
    across, down = [_drawn_out(line, down, ink, dpi) for line in across], [_drawn_out(line, across, turned, dpi) for line in down]
    lying, standing = _ink_of(across, across_outlines, ink, dark, dpi), _ink_of(down, down_outlines, turned, cv2.transpose(dark), dpi)
    return Ruling(tuple(across), tuple(down), cv2.bitwise_or(lying, cv2.transpose(standing)))


def erase(grey: Pixels, ink: Pixels, lines: Pixels, dpi: float) -> Pixels:
    """The page without its lines (a mask); strokes of print that cross a line stay whole."""
    import cv2
    import numpy as np

    if not cv2.hasNonZero(lines):
        return grey
    around = cv2.dilate(lines, np.ones((3, 3), np.uint8))
    # Print that touches a rule; where it goes on beyond the rule it crosses.
    touching = cv2.bitwise_and(cv2.subtract(ink, around), cv2.dilate(around, np.ones((3, 3), np.uint8)))
    reach = max(round(CROSSED_IN * dpi), 4)
    kept = np.zeros_like(ink)
    for kernel, first, last in (
        (np.ones((reach, 3), np.uint8), (1, 0), (1, reach - 1)),
        (np.ones((3, reach), np.uint8), (0, 1), (reach - 1, 1)),
    ):
        # One pixel to either side, as strokes may cross aslant.
        before, after = cv2.dilate(touching, kernel, anchor=first), cv2.dilate(touching, kernel, anchor=last)
        kept = cv2.bitwise_or(kept, cv2.bitwise_and(before, after))
    gone = cv2.bitwise_and(around, cv2.bitwise_not(kept))
    return cv2.bitwise_or(grey, gone)


def _lines(ink: Pixels, dark: Pixels, dpi: float, least_in: float) -> tuple[list[Line], Sequence[Pixels]]:
    """Thin straight strokes along the rows of a mask; and the outlines of their pieces."""
    import cv2
    import numpy as np

    least, least_piece = max(round(least_in * dpi), 8), max(round(LEAST_PIECE_IN * dpi), 8)
    gap = max(round(GAP_IN * dpi), 2)
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    # One row of tolerance either way: a rule that climbs by a pixel is one run all the same.
    thick = cv2.dilate(closed, np.ones((3, 1), np.uint8))
    runs = cv2.bitwise_and(cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, least_piece), np.uint8)), closed)
    outlines, _ = cv2.findContours(runs, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    pieces: list[Line] = []
    for number, outline in enumerate(outlines):
        left, top, width, height = cv2.boundingRect(outline)
        if width < 0.8 * least_piece or width < 2 * height:
            continue
        own = runs[top : top + height, left : left + width] > 0
        thickness = np.count_nonzero(own) / width
        thickest = THICKEST_BAR_IN if width >= 20 * thickness else THICKEST_IN
        is_thin = thickness <= thickest * dpi and height <= 3 * thickness + 0.01 * width + 3
        if width >= 6 * thickness and is_thin and _is_stroke(ink, dark, own, left, top, dpi):
            pieces.append(Line(top + float(np.nonzero(own)[0].mean()), left, left + width, (number,), width))
    firm = {piece.pieces[0] for piece in pieces if piece.length >= 0.8 * least}
    lines = [line for line in _joined(pieces, thick, dpi) if line.inked >= LEAST_INKED * line.length]
    broken = [line for line in lines if len(line.pieces) >= LEAST_PIECES and line.length >= LONE_ACROSS_IN * dpi]
    return [line for line in lines if line in broken or not firm.isdisjoint(line.pieces)], outlines


def _is_stroke(ink: Pixels, dark: Pixels, own: np.ndarray, left: int, top: int, dpi: float) -> bool:
    """Whether a stroke is evenly thick and has paper along both sides: letters that run together have neither."""
    import numpy as np

    near, far = max(round(0.006 * dpi), 1) + 1, max(round(0.02 * dpi), 3) + 1
    has = own.any(axis=0)
    total = np.count_nonzero(has)
    first, last = np.argmax(own, axis=0) + top, own.shape[0] - np.argmax(own[::-1], axis=0) + top
    thick = (last - first)[has]
    usual = float(np.median(thick))
    if np.count_nonzero(np.abs(thick - usual) > max(1.5, 0.35 * usual)) > _allowed(MOST_RAGGED, own.shape[1] / dpi) * total:
        return False
    columns = np.arange(left, left + own.shape[1])
    if usual > FAINTEST_IN * dpi and np.count_nonzero((dark[(first + last) // 2, columns] > 0) & has) < LEAST_SOLID * total:
        return False
    above = np.zeros(own.shape[1], bool)
    below = np.zeros(own.shape[1], bool)
    for step in range(near, far):
        above |= ink[np.maximum(first - step, 0), columns] > 0
        below |= ink[np.minimum(last + step - 1, ink.shape[0] - 1), columns] > 0
    # Rules of the other direction may cross its ends.
    end = min(round(0.03 * dpi), own.shape[1] // 4)
    middle = slice(end, own.shape[1] - end)
    inked = sorted((float(above[middle].mean()), float(below[middle].mean())))
    return inked[0] < 0.2 and inked[1] < _allowed(MOST_BESIDE, own.shape[1] / dpi)


def _allowed(shares: Sequence[tuple[float, float]], length_in: float) -> float:
    """The share that goes with the greatest of the lengths, in inches, that a stroke reaches."""
    return next(share for least, share in shares if length_in >= least)


def _joined(pieces: Sequence[Line], thick: Pixels, dpi: float) -> list[Line]:
    """Pieces on one axis as one line where nearly nothing, or some ink, lies between them."""
    lines: list[Line] = []
    for piece in sorted(pieces, key=lambda line: (line.start, line.at)):
        best = None
        for index, line in enumerate(lines):
            if abs(line.at - piece.at) > AXIS_IN * dpi or piece.start - line.end > BRIDGE_IN * dpi:
                continue
            if piece.start - line.end <= JOIN_IN * dpi or _ink_between(line, piece, thick) >= LEAST_LEFT:
                best = index
        if best is None:
            lines.append(piece)
            continue
        line = lines[best]
        at = (line.at * line.length + piece.at * piece.length) / (line.length + piece.length)
        lines[best] = Line(at, line.start, max(line.end, piece.end), (*line.pieces, *piece.pieces), line.inked + piece.inked)
    return lines


def _ink_between(line: Line, piece: Line, thick: Pixels) -> float:
    return _inked(thick, (line.at + piece.at) / 2, line.end, piece.start)


def _inked(ink: Pixels, at: float, start: int, end: int) -> float:
    """The share of the way from `start` to `end` along a row that has ink, a pixel to either side allowed."""
    row = min(max(round(at), 1), ink.shape[0] - 2)
    between = ink[row - 1 : row + 2, max(start, 0) : end]
    return float(between.any(axis=0).mean()) if between.size else 1.0


def _drawn_out(line: Line, others: Iterable[Line], ink: Pixels, dpi: float) -> Line:
    """A line led on to the next one across where some ink is left on the way: its last piece was too short to be found."""
    start, end, reach = line.start, line.end, LEAST_DOWN_IN * dpi
    for other in others:
        if other.start - MEET_IN * dpi <= line.at <= other.end + MEET_IN * dpi:
            at = round(other.at)
            if 0 < line.start - at <= reach and _inked(ink, line.at, at, line.start) >= LEAST_LEFT:
                start = min(start, at)
            if 0 < at - line.end <= reach and _inked(ink, line.at, line.end, at) >= LEAST_LEFT:
                end = max(end, at)
    return replace(line, start=start, end=end)


def _in_company(across: list[Line], down: list[Line], dpi: float) -> tuple[list[Line], list[Line]]:
    """Lines that are long enough to stand alone, and short ones that end at others or lie on a longer one's axis."""
    meet = MEET_IN * dpi
    firm = [line for line in across if line.length >= LONE_ACROSS_IN * dpi]
    long_down = [line for line in down if line.length >= LONE_DOWN_IN * dpi]
    axes = [line.at for line in long_down]
    kept_down = long_down + [
        line
        for line in down
        if line.length < LONE_DOWN_IN * dpi
        and (_ends_met(line, across, meet) == 2 or (_ends_met(line, firm, meet) and _is_near(line.at, axes, meet)))
    ]
    kept_across = firm + [line for line in across if line.length < LONE_ACROSS_IN * dpi and _ends_met(line, kept_down, meet)]
    return sorted(kept_across, key=lambda line: line.at), sorted(kept_down, key=lambda line: line.at)


def _bends(line: Line, across: Iterable[Line], turned: Pixels, dpi: float) -> bool:
    """Whether a line down the page goes on at both ends and meets no rule there: one side of the ring of a chart."""
    if _ends_met(line, across, MEET_IN * dpi):
        return False
    reach = max(round(MEET_IN * dpi), 4)
    beside = slice(max(round(line.at) - reach, 0), round(line.at) + reach + 1)
    beyond = turned[beside, max(line.start - reach, 0) : max(line.start - 1, 0)], turned[beside, line.end + 1 : line.end + reach]
    return all(part.size > 0 and bool(part.any(axis=0).all()) for part in beyond)


def _ends_met(line: Line, others: Iterable[Line], meet: float) -> int:
    """At how many of its two ends a line meets lines of the other direction."""
    met = [False, False]
    for other in others:
        if other.start - meet <= line.at <= other.end + meet:
            met[0] |= abs(other.at - line.start) <= meet
            met[1] |= abs(other.at - line.end) <= meet
    return sum(met)


def _is_near(at: float, others: Iterable[float], reach: float) -> bool:
    return any(abs(at - other) <= reach for other in others)


def _ink_of(lines: Iterable[Line], outlines: Sequence[Pixels], ink: Pixels, dark: Pixels, dpi: float) -> Pixels:
    """A mask of the lines' ink; of light lines without what is dark on them, which is print."""
    import cv2
    import numpy as np

    drawn = np.zeros_like(ink)
    thickness = max(round(AXIS_IN * dpi), 3) + 2
    for line in lines:
        own = [outlines[piece] for piece in line.pieces]
        cv2.drawContours(drawn, own, -1, 255, cv2.FILLED)
        # What is left of a broken rule between its pieces and beyond them.
        reached = line.start
        for left, _, width, _ in sorted(tuple(cv2.boundingRect(outline)) for outline in own):
            if left > reached:
                cv2.line(drawn, (reached, round(line.at)), (left, round(line.at)), 255, thickness)
            reached = max(reached, left + width)
        if line.end > reached:
            cv2.line(drawn, (reached, round(line.at)), (line.end, round(line.at)), 255, thickness)
        if _inked(dark, line.at, line.start, line.end) < MOST_DARK:
            band = np.s_[max(round(line.at) - thickness, 0) : round(line.at) + thickness + 1, line.start : line.end]
            drawn[band] = cv2.subtract(drawn[band], dark[band])
    return cv2.bitwise_and(drawn, cv2.dilate(ink, np.ones((3, 3), np.uint8)))
