"""The words of a page on clean sheets for Tesseract, and what it reads there put back to where it stands.

Rules, stamps, numerals and the ways of tables ruin Tesseract's own search for lines; on sheets with nothing but pieces
of lines of words, one under the other, it needs none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prongsai.reading.ocr import Letters
from prongsai.reading.pieces import Piece, Reading, Spot, body_of, words_on

if TYPE_CHECKING:
    from prongsai.reading.imaging.model import Pixels

SHEET_DPI = 200.0
"""Resolution of the sheet. Letters of a report are some 20 pixels high at it; Tesseract brings lines to 36 pixels."""
_LETTER_PX = (11.0, 34.0)
"""Letters lower or taller than this on the sheet are brought within."""
_WIDTH_PX = 1600
_LINES = 8
"""Lines a sheet. Tesseract's walk over what it found grows with the square of a sheet's words: a full page of prose took
8.5 s on one sheet, 6.4 s on sheets of 20 lines, 5.2 s of 10, 4.7 s of 6, in one call each. On shorter
sheets Tesseract misjudges the height of letters: 0.5 % of them were wrong on sheets of 4 lines, 0.2 % on sheets of 8."""
_GAP_PX, _PAD_PX = 80, 48
"""White between pieces that share a line, and around every line. With gaps of 40 pixels 3.2 % of the letters were wrong on
15 pages, of 80 2.8 %; with every piece on a line of its own 3.4 %. With 14 or 24 pixels between the lines of a scan at
200 dpi Tesseract lost one tone mark in eight, with 48 none."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """A piece at the sheet's resolution, the first row of its letters' bodies, that of its base line, and its scale."""

    pixels: Pixels
    body: int
    base: int
    scale: float


@dataclass(frozen=True, slots=True)
class _Placed:
    """Piece number `index` on the sheet: its left edge, its width, how it was scaled, and the middle row of its letters' bodies."""

    index: int
    left: int
    width: int
    scale: float
    middle: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A few lines of pieces as an image, and where each piece stands on it."""

    pixels: Pixels
    tops: tuple[int, ...]
    """Upper edge of each line."""
    lines: tuple[tuple[_Placed, ...], ...]


def compose(grey: Pixels, dpi: float, pieces: Sequence[Piece]) -> list[Sheet]:
    """Sheets with the pieces of a page (grey, `dpi` pixels an inch) in their order, letters at an even height.

    Pieces share a line while there is room, on one base line, with wide gaps.
    """
    cuts = [_scaled(grey[piece.top : piece.bottom, piece.x0 : piece.x1], SHEET_DPI / dpi) for piece in pieces]
    lines = _packed([cut.pixels.shape[1] for cut in cuts])
    return [_sheet(lines[start : start + _LINES], cuts) for start in range(0, len(lines), _LINES)]


def _sheet(lines: Sequence[Sequence[tuple[int, int]]], cuts: Sequence[_Cut]) -> Sheet:
    import numpy as np

    tops, bases, height, width = [], [], _PAD_PX, 1
    for line in lines:
        tops.append(height)
        bases.append(height + max(cuts[index].base for index, _ in line))
        height = bases[-1] + max(cuts[index].pixels.shape[0] - cuts[index].base for index, _ in line) + _PAD_PX
        width = max(width, *(left + cuts[index].pixels.shape[1] + _PAD_PX for index, left in line))
    sheet = np.full((height, width), 255, np.uint8)
    for line, base in zip(lines, bases, strict=True):
        for index, left in line:
            cut = cuts[index]
            top = base - cut.base
            sheet[top : top + cut.pixels.shape[0], left : left + cut.pixels.shape[1]] = cut.pixels
    placed = []
    for line, base in zip(lines, bases, strict=True):
        chosen = [(index, left, cuts[index]) for index, left in line]
        placed.append(
            tuple(_Placed(index, left, cut.pixels.shape[1], cut.scale, base - (cut.base - cut.body) / 2) for index, left, cut in chosen)
        )
    return Sheet(sheet, tuple(tops), tuple(placed))


def _scaled(cut: Pixels, scale: float) -> _Cut:
    import cv2
    import numpy as np

    first, last = body_of(cut)
    low, high = _LETTER_PX
    tall = (last - first) * scale
    scale *= low / tall if 0 < tall < low else high / tall if tall > high else 1.0
    if abs(scale - 1) > 0.02:
        size = (max(round(cut.shape[1] * scale), 1), max(round(cut.shape[0] * scale), 1))
        cut = np.asarray(cv2.resize(cut, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC), np.uint8)
    else:
        scale = 1.0
    return _Cut(cut, round(first * scale), min(round(last * scale), cut.shape[0]), scale)


def _packed(widths: Sequence[int]) -> list[list[tuple[int, int]]]:
    """Lines of (index, left edge): as many pieces a line as there is room for."""
    lines: list[list[tuple[int, int]]] = []
    left = _PAD_PX
    for index, width in enumerate(widths):
        if not lines or left + width > _WIDTH_PX:
            lines.append([])
            left = _PAD_PX
        lines[-1].append((index, left))
        left += width + _GAP_PX
    return lines


def put_back(sheets: Sequence[Sheet], letters: Sequence[Sequence[Letters]], grey: Pixels, pieces: Sequence[Piece]) -> list[list[Reading]]:
    """For each piece the words that were read in it, left to right; `letters` is what was read on each sheet.

    Where words begin and end is told by the page's ink: Tesseract gives Thai syllable by syllable, in boxes that are
    not exact.
    """
    of_piece: dict[int, list[Spot]] = {}
    for sheet, found in zip(sheets, letters, strict=True):
        for one in found:
            line = sheet.lines[max(bisect_right(sheet.tops, (one.top + one.bottom) / 2) - 1, 0)]
            middle = (one.x0 + one.x1) / 2
            placed = min(line, key=lambda place: max(place.left - middle, middle - place.left - place.width))
            # Tesseract now and then takes the marks above a line for a line of its own, and reads letters there.
            if min(one.bottom, one.foot) < placed.middle:
                continue
            of_piece.setdefault(placed.index, []).append(_on_page(one, placed, pieces[placed.index]))
    return [words_on(of_piece.get(index, []), grey, piece) for index, piece in enumerate(pieces)]


def _on_page(one: Letters, placed: _Placed, piece: Piece) -> Spot:
    x0, x1 = (min(max(x - placed.left, 0.0), placed.width) / placed.scale for x in (one.x0, one.x1))
    return Spot(one.text, piece.x0 + (x0 + x1) / 2, one.confidence)
