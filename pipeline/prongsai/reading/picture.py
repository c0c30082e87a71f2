"""A page as a picture for people, in the space of the boxes: turned and straightened as it was when it was read."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prongsai.errors import PageFailed
from prongsai.records import Kind, Options, Source

if TYPE_CHECKING:
    from PIL import Image

_TALLEST = 4
"""Times the width: a page that is taller is drawn narrower."""
_LEVELS = 16
"""Of each colour, where a page is drawn and not scanned: enough for the edges of letters, and half the bytes of all 256."""
_MOST_COLOURS = 256
_QUALITY, _EFFORT = 60, 2
"""For what is like a photograph; measured on scans: as many bytes with more effort, in three times the time."""
_LOSSLESS_EFFORT = 20, 1
_DEFAULTS = Options()


@dataclass(frozen=True, slots=True)
class View:
    """A page, and how it was turned to be read: what its row of `pages` says."""

    page: int
    """1-based."""
    turned_degrees: int = 0
    straightened_degrees: float = 0.0


def draw_page(source: Source, page: View, width_px: int, options: Options = _DEFAULTS) -> bytes:
    """The page as WebP, `width_px` wide, or narrower where it is very tall or a coarse image; boxes, as shares of the width and
    height of its row of `pages`, lie where they belong.

    Raises InputRejected where the document cannot be opened, and PageFailed where it has no such page, or one that is broken or
    larger than `options` allow.
    """
    if source.kind is Kind.PDF:
        image, is_drawn = _draw_pdf_page(source, page, width_px, options)
    elif source.kind is Kind.IMAGE:
        image, is_drawn = _draw_frame(source, page, width_px, options), False
    else:
        raise PageFailed("text has no pictures of its pages")
    return _as_webp(image, is_drawn=is_drawn)


def _draw_pdf_page(source: Source, page: View, width_px: int, options: Options) -> tuple[Image.Image, bool]:
    """The page, and whether it is drawn and not scanned."""
    import PIL.Image
    import pypdfium2

    from prongsai.reading.drawing import read_drawing
    from prongsai.reading.glyphs import page_frame
    from prongsai.reading.imaging import turning
    from prongsai.reading.imaging.light import as_array
    from prongsai.reading.pdf import drawing_dpi, open_pdf

    with open_pdf(source) as document:
        if page.page > len(document):
            raise PageFailed(f"the document has {len(document)} pages")
        try:
            opened = document[page.page - 1]
            frame = page_frame(opened).turned(page.turned_degrees)
            drawing = read_drawing(opened, frame)
            drawing_dpi(frame, drawing, options)
            scale = _scale(frame.width_pt, frame.height_pt, width_px)
            image = opened.render(scale=scale, rotation=frame.turned_degrees, rev_byteorder=True).to_pil()
        except pypdfium2.PdfiumError as error:
            raise PageFailed(f"the page is broken ({error})", next_step="Print the document to a new PDF") from error
    if not page.straightened_degrees:
        return image, not drawing.image_dpi
    return PIL.Image.fromarray(turning.level(as_array(image), page.straightened_degrees, 1.0)), False


def _draw_frame(source: Source, page: View, width_px: int, options: Options) -> Image.Image:
    import PIL.Image

    from prongsai.reading.images import load_frame, open_image
    from prongsai.reading.imaging import turning
    from prongsai.reading.imaging.light import as_array

    with open_image(source) as image:
        loaded, _ = load_frame(image, page.page, options)
    pixels = turning.turn(as_array(loaded), page.turned_degrees)
    height, width = pixels.shape[:2]
    scale = min(_scale(width, height, width_px), 1.0)
    return PIL.Image.fromarray(turning.level(pixels, page.straightened_degrees, scale))


def _scale(width: float, height: float, width_px: int) -> float:
    """Pixels for each unit of a page's size."""
    # A hair less: pdfium rounds up.
    return (width_px - 0.001) / max(width, height / _TALLEST)


def _as_webp(image: Image.Image, *, is_drawn: bool) -> bytes:
    """Without loss where that is smaller: a page drawn of letters and rules, and not of photographs."""
    written = io.BytesIO()
    if is_drawn:
        few = image.point([round(round(shade * (_LEVELS - 1) / 255) * 255 / (_LEVELS - 1)) for shade in range(256)] * len(image.getbands()))
        if few.getcolors(_MOST_COLOURS) is not None:
            quality, effort = _LOSSLESS_EFFORT
            few.save(written, "WEBP", lossless=True, quality=quality, method=effort)
            return written.getvalue()
    image.save(written, "WEBP", quality=_QUALITY, method=_EFFORT)
    return written.getvalue()
