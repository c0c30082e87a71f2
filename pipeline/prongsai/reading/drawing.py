"""What is drawn on a page besides text: ruled lines, images, and whether its text can be seen at all."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise, repeat
from typing import TYPE_CHECKING, Any

from prongsai.reading.frame import Frame
from prongsai.records import Rule

if TYPE_CHECKING:
    import pypdfium2

_THIN_PT = 2.5
"""A filled box no thicker than this is a ruled line; Word draws table borders as boxes of 0.5 pt."""
_SHORTEST_PT = 4.0
"""Shorter strokes are parts of letters and dots."""
_MOST_OBJECTS = 60_000
_MOST_PATHS = 20_000
_MOST_SEGMENTS = 400
"""A path with more segments is a drawing, not a table's lines."""
_DEEPEST = 8
"""Forms within forms; deeper nesting is an attack or a mistake."""
_SAMPLED_TEXTS = 60
_SCANNED = 0.2
"""Images that cover less of a page than this together are no scan of it."""

Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the objects of a page say, lengths in points of the page shown."""

    rules: tuple[Rule, ...]
    image_cover: float
    """Share of the page under images, 0-1; images that overlap count twice, up to 1."""
    n_paths: int
    n_texts: int
    hidden_text_share: float
    """Share of sampled text objects that are invisible (render mode 3), as programs for OCR lay them."""
    is_text_under_image: bool
    """Whether an opaque image of half the page or more was painted after the first text."""
    largest_image_px: int = 0
    """Pixels of the largest image, as the file states them; nothing is decoded to learn this."""
    note: str = ""
    image_dpi: float = 0.0
    """Pixels an inch of the finest images that cover a fifth of the page together; 0 where images cover less."""


@dataclass(slots=True)
class _Tally:
    rules: set[tuple[float, float, float, float]]
    cover: float = 0.0
    paths: int = 0
    objects: int = 0
    texts: int = 0
    sampled: int = 0
    hidden: int = 0
    covered_texts: bool = False
    pixels: int = 0
    images: list[tuple[float, float]] = field(default_factory=list)
    """Each image's pixels an inch and its share of the page."""
    note: str = ""


def read_drawing(page: pypdfium2.PdfPage, frame: Frame) -> Drawing:
    """Walks the page's objects once, forms included, and stops with a note where there are absurdly many."""
    tally = _Tally(rules=set())
    _walk(page.raw, frame, _IDENTITY, 0, tally)
    rules = tuple(Rule(*edge) for edge in sorted(tally.rules, key=lambda edge: (edge[1], edge[0], edge[3], edge[2])))
    hidden = tally.hidden / tally.sampled if tally.sampled else 0.0
    return Drawing(
        rules,
        min(tally.cover, 1.0),
        tally.paths,
        tally.texts,
        hidden,
        tally.covered_texts,
        tally.pixels,
        tally.note,
        _image_dpi(tally.images),
    )


def _image_dpi(images: list[tuple[float, float]]) -> float:
    """A page may be one image, a hundred strips, or a fine mask over a coarse ground; small fine seals do not count."""
    covered = 0.0
    for dpi, cover in sorted(images, reverse=True):
        covered += cover
        if covered >= _SCANNED:
            return dpi
    return 0.0


def _walk(holder: Any, frame: Frame, matrix: Matrix, depth: int, tally: _Tally) -> None:
    import pypdfium2.raw as raw

    items = _objects(holder, depth > 0, _MOST_OBJECTS - tally.objects, tally)
    tally.objects += len(items)
    for address, kind in items:
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            tally.texts += 1
            if tally.sampled < _SAMPLED_TEXTS:
                tally.sampled += 1
                tally.hidden += raw.FPDFTextObj_GetTextRenderMode(_pointer(address)) == raw.FPDF_TEXTRENDERMODE_INVISIBLE
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            tally.paths += 1
            if tally.paths > _MOST_PATHS:
                tally.note = tally.note or f"more than {_MOST_PATHS} paths: ruled lines beyond them not read"
                continue
            _read_path(_pointer(address), frame, matrix, tally)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            item = _pointer(address)
            cover = _cover(item, frame, matrix)
            tally.cover += cover
            pixels = _pixels(item)
            tally.pixels = max(tally.pixels, pixels)
            inches = cover * frame.width_pt * frame.height_pt / 72**2
            if inches > 0:
                tally.images.append((math.sqrt(pixels / inches), cover))
            # A seal or watermark with a mask lets the text through.
            tally.covered_texts |= cover >= 0.5 and tally.texts > 0 and not raw.FPDFPageObj_HasTransparency(item)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            item = _pointer(address)
            _walk(item, frame, _times(_matrix(item), matrix), depth + 1, tally)


def _objects(holder: Any, is_form: bool, most: int, tally: _Tally) -> list[tuple[int, int]]:
    """Addresses and kinds of a holder's objects. A browser's PDF has 2,000 a page, so the calls take plain addresses."""
    import pypdfium2.raw as raw

    count = raw.FPDFFormObj_CountObjects(holder) if is_form else raw.FPDFPage_CountObjects(holder)
    if count > most:
        tally.note = f"more than {_MOST_OBJECTS} objects: ruled lines beyond them not read"
        count = max(most, 0)
    of_page, of_form, kind_of = _fast_calls()
    address = ctypes.cast(holder, ctypes.c_void_p).value
    found = [item or 0 for item in map(of_form if is_form else of_page, repeat(address), range(count))]
    return [(item, kind) for item, kind in zip(found, map(kind_of, found), strict=True) if item]


@lru_cache(maxsize=1)
def _fast_calls() -> tuple[Callable[..., int], Callable[..., int], Callable[..., int]]:
    """FPDFPage_GetObject, FPDFFormObj_GetObject and FPDFPageObj_GetType taking and giving plain addresses."""
    import pypdfium2.raw as raw

    def address_of(function: Any) -> int:
        return ctypes.cast(function, ctypes.c_void_p).value or 0

    getter = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
    kind = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p)
    return (
        getter(address_of(raw.FPDFPage_GetObject)),
        getter(address_of(raw.FPDFFormObj_GetObject)),
        kind(address_of(raw.FPDFPageObj_GetType)),
    )


def _pointer(address: int) -> Any:
    import pypdfium2.raw as raw

    return ctypes.cast(address, raw.FPDF_PAGEOBJECT)


def _matrix(item: Any) -> Matrix:
    import pypdfium2.raw as raw

    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, ctypes.byref(found)):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies `first` and then `then`."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _cover(item: Any, frame: Frame, matrix: Matrix) -> float:
    """Share of the page under one image, from the box around it."""
    import pypdfium2.raw as raw

    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(item, *[ctypes.byref(side) for side in sides]):
        return 0.0
    left, bottom, right, top = (side.value for side in sides)
    x0, y0, x1, y1 = frame.span(*_apply(matrix, left, bottom), *_apply(matrix, right, top))
    width = min(x1, frame.width_pt) - max(x0, 0.0)
    height = min(y1, frame.height_pt) - max(y0, 0.0)
    area = frame.width_pt * frame.height_pt
    return max(width, 0.0) * max(height, 0.0) / area if area else 0.0


def _pixels(item: Any) -> int:
    import pypdfium2.raw as raw

    width, height = ctypes.c_uint(), ctypes.c_uint()
    found = raw.FPDFImageObj_GetImagePixelSize(item, ctypes.byref(width), ctypes.byref(height))
    return width.value * height.value if found else 0


def _read_path(item: Any, frame: Frame, outer: Matrix, tally: _Tally) -> None:
    """The straight lines of one path: stroked segments, thin filled boxes, edges of stroked boxes."""
    import pypdfium2.raw as raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke))
    n_segments = raw.FPDFPath_CountSegments(item)
    if not (fill.value or stroke.value) or n_segments > _MOST_SEGMENTS:
        return
    matrix = _times(_matrix(item), outer)
    for points in _subpaths(item, n_segments, raw):
        shown = [frame.place(*_apply(matrix, x, y)) for x, y in points]
        xs, ys = [x for x, _ in shown], [y for _, y in shown]
        x0, x1, top, bottom = min(xs), max(xs), min(ys), max(ys)
        if min(x1 - x0, bottom - top) <= _THIN_PT:
            _add(x0, top, x1, bottom, tally)
        elif stroke.value:
            for (ax, ay), (bx, by) in pairwise(shown):
                if abs(ax - bx) <= _THIN_PT or abs(ay - by) <= _THIN_PT:
                    _add(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), tally)


def _subpaths(item: Any, n_segments: int, raw: Any) -> list[list[tuple[float, float]]]:
    """The path's subpaths as points in its own space; one with a curve is left out."""
    paths: list[list[tuple[float, float]]] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(n_segments):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if curved and paths:
                paths.pop()
            curved = False
            paths.append([])
        elif kind == raw.FPDF_SEGMENT_BEZIERTO:
            curved = True
        if not paths:
            paths.append([])
        paths[-1].append((x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            paths[-1].append(paths[-1][0])
    if curved and paths:
        paths.pop()
    return [path for path in paths if len(path) > 1]


def _add(x0: float, top: float, x1: float, bottom: float, tally: _Tally) -> None:
    """A line is kept as its middle, rounded to hundredths of a point so that double strokes fall together."""
    if max(x1 - x0, bottom - top) < _SHORTEST_PT:
        return
    if x1 - x0 >= bottom - top:
        top = bottom = (top + bottom) / 2
    else:
        x0 = x1 = (x0 + x1) / 2
    tally.rules.add((round(x0, 2), round(top, 2), round(x1, 2), round(bottom, 2)))
