"""Pictures on pages that have a text layer: those that may be charts are drawn, read like scans, and put in their place.

Counts and not the clock cap the work, so that the same document gives the same words on any machine.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from prongsai.reading.frame import Frame
from prongsai.records import Box, Rule, Word

if TYPE_CHECKING:
    import pypdfium2
    from PIL import Image

LEAST_WIDTH_PT, LEAST_HEIGHT_PT = 108.0, 72.0
"""Smaller pictures are logos, seals and signatures."""
LEAST_DPI, MOST_DPI = 200.0, 300.0
MOST_ON_PAGE, MOST_IN_DOCUMENT = 4, 24
_LOOK_DPI = 100.0
_PLAIN_SHARE = 0.3
"""A chart's ground is of one shade: this share of its pixels at least. A photograph has no such shade."""
_SHADE = 8
"""Grey levels that count as one shade."""
_INK = 48
"""What differs from the ground by more grey levels is ink."""
_GLYPH_PT = (2.5, 12.0)
_LEAST_GLYPHS = 18
"""Marks as high as letters and narrower than words; three codes and three numbers have thirty."""
_DEEPEST = 8
_MOST_OBJECTS = 20_000


class Reading(Protocol):
    """What the reader of scans gives; lengths in points of the picture, line numbers from 1."""

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of the picture in reading order."""

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The ruled lines of the picture."""

    @property
    def version(self) -> str:
        """Who read the words that carry no version of their own."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What the figures of one page hold, placed on the page; lengths in points."""

    words: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()
    n_read: int = 0


@dataclass(slots=True)
class FigureReader:
    """Reads the figures of one document, page by page; holds how many it has read.

    `read` takes a picture and its pixels an inch.
    """

    read: Callable[[Image.Image, float], Reading]
    count: int = 0

    def look(self, page: pypdfium2.PdfPage, frame: Frame, words: Sequence[Word]) -> Figures:
        """What a page's figures hold, their lines numbered after those of `words`, the page's text layer.

        Raises what `read` raises.
        """
        found: list[Word] = []
        rules: list[Rule] = []
        n_read = 0
        line = max((word.line for word in words), default=0)
        for box, pixels in figures_of(page, frame, words)[:MOST_ON_PAGE]:
            if self.count >= MOST_IN_DOCUMENT or not looks_written(draw(page, frame, box, _LOOK_DPI), _LOOK_DPI):
                continue
            dpi = min(max(pixels / box.width * 72, LEAST_DPI), MOST_DPI)
            image = draw(page, frame, box, dpi)
            self.count += 1
            n_read += 1
            reading = self.read(image, dpi)
            placed = [_placed(word, box, line, reading.version) for word in reading.words]
            line = max((word.line for word in placed), default=line)
            found += placed
            rules += (Rule(box.x0 + one.x0, box.top + one.top, box.x0 + one.x1, box.top + one.bottom) for one in reading.rules)
        return Figures(tuple(found), tuple(rules), n_read)


def figures_of(page: pypdfium2.PdfPage, frame: Frame, words: Sequence[Word]) -> list[tuple[Box, int]]:
    """The boxes of a page's pictures that are large enough and under no word, the largest first, and the pixels across
    each. Pictures cut into strips are one."""
    merged: list[tuple[Box, int]] = []
    for box, pixels in sorted(_images(page, frame), key=lambda item: (item[0].x0, item[0].top)):
        last = merged[-1] if merged else None
        if last is not None and _continues(last[0], box):
            merged[-1] = (last[0].join(box), max(last[1], pixels))
        else:
            merged.append((box, pixels))
    large = [item for item in merged if item[0].width >= LEAST_WIDTH_PT and item[0].height >= LEAST_HEIGHT_PT]
    middles = [word.box.middle for word in words if word.box is not None]
    free = [item for item in large if not any(item[0].contains(*middle) for middle in middles)]
    return sorted(free, key=lambda item: (-item[0].width * item[0].height, item[0].top, item[0].x0))


def draw(page: pypdfium2.PdfPage, frame: Frame, box: Box, dpi: float) -> Image.Image:
    """A part of the page as it is shown, in colour."""
    from PIL import Image

    crop = (box.x0, max(frame.height_pt - box.bottom, 0.0), max(frame.width_pt - box.x1, 0.0), box.top)
    image = page.render(scale=dpi / 72, rotation=frame.turned_degrees, crop=crop).to_pil()
    assert isinstance(image, Image.Image)
    return image.convert("RGB")


def looks_written(image: Image.Image, dpi: float) -> bool:
    """Whether a picture has a plain ground and on it many marks of the size of letters, as charts do and photographs,
    maps and logos do not."""
    import cv2
    import numpy as np

    grey = np.asarray(image.convert("L"))
    shades = np.bincount(grey.ravel() // _SHADE, minlength=256 // _SHADE)
    pairs = shades[:-1] + shades[1:]
    if pairs.max() < _PLAIN_SHARE * grey.size:
        return False
    ground = (int(pairs.argmax()) + 1) * _SHADE
    ink = (np.abs(grey.astype(np.int16) - ground) > _INK).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    low, high = (size * dpi / 72 for size in _GLYPH_PT)
    heights, widths = stats[1:, cv2.CC_STAT_HEIGHT], stats[1:, cv2.CC_STAT_WIDTH]
    glyphs = (heights >= low) & (heights <= high) & (widths <= 6 * high)
    # A word whose letters touch counts by its length.
    return bool((np.maximum(widths[glyphs] / (0.7 * high), 1)).sum() >= _LEAST_GLYPHS)


def _placed(word: Word, on: Box, line: int, version: str) -> Word:
    box = word.box
    moved = None if box is None else Box(on.x0 + box.x0, on.top + box.top, on.x0 + box.x1, on.top + box.bottom)
    return replace(word, box=moved, line=line + word.line, reader_version=word.reader_version or version)


def _continues(upper: Box, lower: Box) -> bool:
    is_same_width = abs(upper.x0 - lower.x0) < 1.5 and abs(upper.x1 - lower.x1) < 1.5
    return is_same_width and -1.5 < lower.top - upper.bottom < 1.5


def _images(page: pypdfium2.PdfPage, frame: Frame) -> Iterator[tuple[Box, int]]:
    """Each picture's box, cut to the page shown, and its pixels across as its file states them."""
    import pypdfium2.raw as raw

    counted = 0
    waiting: list[tuple[Any, tuple[float, ...], int]] = [(page.raw, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0)]
    while waiting:
        holder, outer, depth = waiting.pop()
        count = raw.FPDFFormObj_CountObjects(holder) if depth else raw.FPDFPage_CountObjects(holder)
        for index in range(min(count, _MOST_OBJECTS - counted)):
            item = raw.FPDFFormObj_GetObject(holder, index) if depth else raw.FPDFPage_GetObject(holder, index)
            kind = raw.FPDFPageObj_GetType(item)
            if kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                waiting.append((item, _times(_matrix(item), outer), depth + 1))
            elif kind == raw.FPDF_PAGEOBJ_IMAGE and (box := _box(item, outer, frame)) is not None:
                width, height = ctypes.c_uint(), ctypes.c_uint()
                raw.FPDFImageObj_GetImagePixelSize(item, ctypes.byref(width), ctypes.byref(height))
                yield box, width.value
        counted += count


def _box(item: Any, outer: tuple[float, ...], frame: Frame) -> Box | None:
    import pypdfium2.raw as raw

    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(item, *[ctypes.byref(side) for side in sides]):
        return None
    a, b, c, d, e, f = outer
    left, bottom, right, top = (side.value for side in sides)
    corners = [(a * x + c * y + e, b * x + d * y + f) for x, y in ((left, bottom), (right, top))]
    x0, y0, x1, y1 = frame.span(*corners[0], *corners[1])
    x0, y0, x1, y1 = max(x0, 0.0), max(y0, 0.0), min(x1, frame.width_pt), min(y1, frame.height_pt)
    return Box(x0, y0, x1, y1) if x1 > x0 and y1 > y0 else None


def _matrix(item: Any) -> tuple[float, ...]:
    import pypdfium2.raw as raw

    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, ctypes.byref(found)):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(first: tuple[float, ...], then: tuple[float, ...]) -> tuple[float, ...]:
    """The matrix that applies `first` and then `then`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
