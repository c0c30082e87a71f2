"""The text layer of a page, character by character, through pdfium's raw calls.

pdfplumber gives the same boxes thirty times slower and sorts by x, which puts Thai marks out of order. The spaces and
line ends that pdfium makes up itself are dropped here: it takes the room after a sara am for a space. `words` splits
again from geometry.
"""

from __future__ import annotations

import ctypes
import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from prongsai.language.repair import SARA_AM
from prongsai.reading.frame import Frame

if TYPE_CHECKING:
    import pypdfium2

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

_HYPHENS = (0xFFFE, 0x02)
"""What pdfium gives for a hyphen at the end of a line."""
_LEAST_EM_PT = 0.5
SPACE, NO_BREAK_SPACE = 0x20, 0xA0


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The characters of a page in text-flow order: equally long arrays, lengths in points of the page shown."""

    codes: npt.NDArray[np.uint32]
    """Unicode code points."""
    x0: Floats
    top: Floats
    x1: Floats
    bottom: Floats
    """The box of the advance and the font's height; for marks and clusters that of the ink."""
    ox: Floats
    base: Floats
    """Where the pen stood: left end of the advance, and the baseline."""
    em: Floats
    """Font size as printed."""
    turn: npt.NDArray[np.int16]
    """Degrees (0, 90, 180, 270) by which the writing is turned anticlockwise from the page shown."""
    ink_top: Floats
    ink_bottom: Floats
    """What is really drawn; only for spaces and sara am, whose ink says what they are, else NaN."""
    cluster: npt.NDArray[np.int32]
    """A number shared by characters that share one glyph, so that each box is a slice of the glyph's; else 0."""

    def __len__(self) -> int:
        return len(self.codes)

    def take(self, chosen: npt.NDArray[Any]) -> Glyphs:
        """The glyphs at these positions, or under this mask, in this order."""
        return Glyphs(*(getattr(self, field.name)[chosen] for field in fields(self)))

    def with_codes(self, codes: npt.NDArray[np.uint32]) -> Glyphs:
        """The same places with other characters."""
        return replace(self, codes=codes)

    def text(self) -> str:
        """All characters as one string, one string position a glyph."""
        return self.codes.astype("<u4").tobytes().decode("utf-32-le", errors="replace")


def page_frame(page: pypdfium2.PdfPage) -> Frame:
    """The crop box (where there is none, the media box) of a page, and its /Rotate."""
    left, bottom, right, top = page.get_bbox()
    rotation = page.get_rotation() % 360
    return Frame(left, bottom, right, top, rotation, rotation)


def read_glyphs(page: pypdfium2.PdfPage, frame: Frame, most: int) -> tuple[Glyphs, bool]:
    """The characters of a page in text-flow order, the first `most` of them, and whether there were more.

    Two foreign calls a character write straight into arrays: 40 pages/s became 60 on reports of 2,000 characters a page.
    """
    textpage = page.get_textpage()
    try:
        total = textpage.count_chars()
        count = min(total, most)
        handle = ctypes.cast(textpage.raw, ctypes.c_void_p).value or 0
        codes = _codes(textpage.raw, count)
        boxes = np.zeros((count, 4), dtype=np.float32)
        origins = np.zeros((count, 2), dtype=np.float64)
        loose_box, origin = _fast_calls()
        at, step = boxes.ctypes.data, 4 * boxes.itemsize
        deque(map(loose_box, repeat(handle), range(count), range(at, at + step * count, step)), maxlen=0)
        at, step = origins.ctypes.data, 2 * origins.itemsize
        xs, ys = range(at, at + step * count, step), range(at + 8, at + 8 + step * count, step)
        deque(map(origin, repeat(handle), range(count), xs, ys), maxlen=0)
        left, top, right, bottom = (boxes[:, side].astype(np.float64) for side in range(4))
        real = ~((codes == 0x0D) | (codes == 0x0A) | (np.isin(codes, (SPACE, NO_BREAK_SPACE)) & (left == right) & (top == bottom)))
        # A broken font or matrix gives places that are no numbers.
        real &= np.isfinite(boxes).all(axis=1) & np.isfinite(origins).all(axis=1)
        kept = np.flatnonzero(real)
        codes = np.where(np.isin(codes, _HYPHENS), ord("-"), codes).astype(np.uint32)[kept]
        x0, shown_top, x1, shown_bottom = _spans(frame, left[kept], bottom[kept], right[kept], top[kept])
        ox, base = _places(frame, origins[kept, 0], origins[kept, 1])
        em, turn = _sizes_and_turns(textpage.raw, kept, origins[kept], frame)
        # Fonts that state no size of their own (1 with a scale elsewhere) are measured by their boxes instead.
        em = np.maximum(np.maximum(em, _LEAST_EM_PT), 0.55 * np.where(turn % 180 == 0, shown_bottom - shown_top, x1 - x0))
        ink_top, ink_bottom = _ink(textpage.raw, kept, codes, frame)
        same_pen = (ox[1:] == ox[:-1]) & (base[1:] == base[:-1])
        tiles = (np.abs(x0[1:] - x1[:-1]) < 0.02) & (np.abs(shown_top[1:] - shown_top[:-1]) < 0.02) & (x1[1:] > x0[1:])
        joined = same_pen & tiles & (codes[1:] != SPACE) & (codes[:-1] != SPACE)
        cluster = _number_runs(joined, len(kept))
        return Glyphs(codes, x0, shown_top, x1, shown_bottom, ox, base, em, turn, ink_top, ink_bottom, cluster), total > count
    finally:
        textpage.close()


def _number_runs(joined: Flags, count: int) -> npt.NDArray[np.int32]:
    """Runs of glyphs of which each is joined to the next, numbered from 1; 0 for glyphs on their own."""
    follows, leads = np.zeros(count, dtype=np.bool_), np.zeros(count, dtype=np.bool_)
    follows[1:], leads[:-1] = joined, joined
    numbers = np.cumsum(leads & ~follows)
    return np.where(follows | leads, numbers, 0).astype(np.int32)


@lru_cache(maxsize=1)
def _fast_calls() -> tuple[Callable[..., int], Callable[..., int]]:
    """FPDFText_GetLooseCharBox and FPDFText_GetCharOrigin taking plain addresses: 1.2 instead of 2 microseconds a call."""
    import pypdfium2.raw as raw

    def plain(function: Any, arguments: int) -> Callable[..., int]:
        kind = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * arguments)
        return kind(ctypes.cast(function, ctypes.c_void_p).value or 0)

    return plain(raw.FPDFText_GetLooseCharBox, 1), plain(raw.FPDFText_GetCharOrigin, 2)


def _codes(handle: Any, count: int) -> npt.NDArray[np.uint32]:
    """The page's code points, one a character index: one call for all where pdfium leaves none out, else one each."""
    import pypdfium2.raw as raw

    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(handle, 0, count, buffer) - 1 if count else 0
    units = np.frombuffer(bytes(buffer), dtype=np.uint16)[:count]
    if written == count and not ((units >= 0xD800) & (units < 0xE000)).any():
        return units.astype(np.uint32)
    codes = np.fromiter((raw.FPDFText_GetUnicode(handle, index) for index in range(count)), dtype=np.uint32, count=count)
    codes[(codes >= 0x110000) | ((codes >= 0xD800) & (codes < 0xE000))] = 0xFFFD
    return codes


def _places(frame: Frame, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """`Frame.place` over arrays: its arithmetic is the same for numbers and arrays."""
    shown: Any = frame.place(x, y)  # type: ignore[arg-type]
    return shown[0], shown[1]


def _spans(frame: Frame, left: Floats, bottom: Floats, right: Floats, top: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    ax, ay = _places(frame, left, bottom)
    bx, by = _places(frame, right, top)
    return np.minimum(ax, bx), np.minimum(ay, by), np.maximum(ax, bx), np.maximum(ay, by)


def _sizes_and_turns(handle: Any, kept: npt.NDArray[np.intp], origins: Floats, frame: Frame) -> tuple[Floats, npt.NDArray[np.int16]]:
    """Font size and turn of each glyph, asked where the pen leaves its baseline: within a line they rarely change."""
    import pypdfium2.raw as raw

    em = np.zeros(len(kept), dtype=np.float64)
    turn = np.zeros(len(kept), dtype=np.int16)
    if not len(kept):
        return em, turn
    starts = np.concatenate(([0], np.flatnonzero(origins[1:, 1] != origins[:-1, 1]) + 1))
    matrix = raw.FS_MATRIX()
    matrix_at = ctypes.byref(matrix)
    size, angle = 0.0, 0
    for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(kept)], strict=True):
        index = int(kept[start])
        if raw.FPDFText_GetMatrix(handle, index, matrix_at):
            size = raw.FPDFText_GetFontSize(handle, index) * math.hypot(matrix.c, matrix.d) or size
            angle = round((math.degrees(math.atan2(matrix.b, matrix.a)) - frame.turn) / 90) * 90 % 360
        em[start:end], turn[start:end] = size, angle
    return em, turn


def _ink(handle: Any, kept: npt.NDArray[np.intp], codes: npt.NDArray[np.uint32], frame: Frame) -> tuple[Floats, Floats]:
    """Upper and lower edge of the ink of spaces and sara am, NaN for the others."""
    import pypdfium2.raw as raw

    ink_top = np.full(len(kept), np.nan)
    ink_bottom = np.full(len(kept), np.nan)
    sides = [ctypes.c_double() for _ in range(4)]
    addresses = [ctypes.byref(side) for side in sides]
    for position in np.flatnonzero(np.isin(codes, (SPACE, NO_BREAK_SPACE, ord(SARA_AM)))).tolist():
        if raw.FPDFText_GetCharBox(handle, int(kept[position]), *addresses):
            left, right, bottom, top = (side.value for side in sides)
            _, ink_top[position], _, ink_bottom[position] = frame.span(left, bottom, right, top)
    return ink_top, ink_bottom
