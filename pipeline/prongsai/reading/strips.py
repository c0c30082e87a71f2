"""The words of a page on clean sheets for Tesseract, and what it reads there put back to where it stands.

Rules, stamps, numerals and the ways of tables ruin Tesseract's own search for lines; on sheets with nothing but pieces
of lines of words, one under the other, it needs none.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prongsai.language.repair import DEPENDENT_VOWELS, LEADING_VOWELS, MARKS
from prongsai.reading.ocr import Letters

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
_BODY = 0.4
"""Rows with this share of the darkest row's ink are the letters' body; above and below stand vowels and tone marks."""
_SPACE = 0.45
"""White as wide as this share of the letters' height parts two words; spaces are some 0.7 of it, gaps between letters 0.15."""
_INK = 170


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line that holds words and no numeral: a box in pixels of the page."""

    x0: int
    top: int
    x1: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A word that was read in a piece; edges in pixels of the page."""

    text: str
    x0: float
    x1: float
    confidence: float


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

    first, last = _body(cut)
    low, high = _LETTER_PX
    tall = (last - first) * scale
    scale *= low / tall if 0 < tall < low else high / tall if tall > high else 1.0
    if abs(scale - 1) > 0.02:
        size = (max(round(cut.shape[1] * scale), 1), max(round(cut.shape[0] * scale), 1))
        cut = np.asarray(cv2.resize(cut, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC), np.uint8)
    else:
        scale = 1.0
    return _Cut(cut, round(first * scale), min(round(last * scale), cut.shape[0]), scale)


def _body(cut: Pixels) -> tuple[int, int]:
    """The first row of the letters' body and the row after its last."""
    import numpy as np

    ink = (255 - cut).sum(axis=1, dtype=np.int64)
    dark = np.flatnonzero(ink >= _BODY * ink.max(initial=1))
    return (int(dark[0]), int(dark[-1]) + 1) if len(dark) else (0, cut.shape[0])


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
    of_piece: dict[int, list[Letters]] = {}
    for sheet, found in zip(sheets, letters, strict=True):
        for one in found:
            line = sheet.lines[max(bisect_right(sheet.tops, (one.top + one.bottom) / 2) - 1, 0)]
            middle = (one.x0 + one.x1) / 2
            placed = min(line, key=lambda place: max(place.left - middle, middle - place.left - place.width))
            # Tesseract now and then takes the marks above a line for a line of its own, and reads letters there.
            if min(one.bottom, one.foot) < placed.middle:
                continue
            of_piece.setdefault(placed.index, []).append(_on_page(one, placed, pieces[placed.index]))
    return [_words(of_piece.get(index, []), grey, piece) for index, piece in enumerate(pieces)]


def _on_page(one: Letters, placed: _Placed, piece: Piece) -> Letters:
    x0, x1 = (piece.x0 + min(max(x - placed.left, 0.0), placed.width) / placed.scale for x in (one.x0, one.x1))
    return Letters(one.text, x0, piece.top, x1, piece.bottom, one.confidence)


def _words(letters: Sequence[Letters], grey: Pixels, piece: Piece) -> list[Reading]:
    """Letters as words, each as wide as its ink and as sure as its least sure letters."""
    if not letters:
        return []
    spans = _inked(grey[piece.top : piece.bottom, piece.x0 : piece.x1], piece.x0)
    of_span: dict[int, list[Letters]] = {}
    for one in sorted(letters, key=lambda letter: letter.x0):
        middle = (one.x0 + one.x1) / 2
        nearest = min(range(len(spans)), key=lambda at: max(spans[at][0] - middle, middle - spans[at][1]))
        of_span.setdefault(nearest, []).append(one)
    readings = (
        Reading("".join(one.text for one in found), float(spans[at][0]), float(spans[at][1]), min(one.confidence for one in found))
        for at, found in sorted(of_span.items())
    )
    return _rejoined(readings)


def _rejoined(readings: Iterable[Reading]) -> list[Reading]:
    """Words that wide print parted where no word can: before a vowel or mark that needs a consonant, after one that leads."""
    words: list[Reading] = []
    for one in readings:
        if words and (one.text[0] in MARKS + DEPENDENT_VOWELS or words[-1].text[-1] in LEADING_VOWELS):
            last = words[-1]
            words[-1] = Reading(last.text + one.text, last.x0, one.x1, min(last.confidence, one.confidence))
        else:
            words.append(one)
    return words


def _inked(cut: Pixels, left: int) -> list[tuple[int, int]]:
    """Left and right edge of each run of ink between spaces, from `left` on; the whole piece where it has no ink."""
    import numpy as np

    first, last = _body(cut)
    columns = np.flatnonzero((cut < _INK).any(axis=0))
    if not len(columns):
        return [(left, left + cut.shape[1])]
    ends = np.flatnonzero(np.diff(columns) > max(_SPACE * (last - first), 1.0))
    starts = columns[np.concatenate(([0], ends + 1))]
    stops = columns[np.concatenate((ends, [len(columns) - 1]))] + 1
    return [(left + start, left + stop) for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)]
