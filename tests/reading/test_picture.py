"""Pictures of pages: what stands in a box when a page is read stands in the same box of its picture."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from prongsai.errors import InputRejected, PageFailed
from prongsai.reading import read_pages
from prongsai.reading.imaging import prepare
from prongsai.reading.picture import View, draw_page
from prongsai.records import Box, Kind, OcrMode, Options, Page, Source

from .conftest import Glyphs, PdfPage
from .imaging.sheets import scanned, table_page

Make = Callable[..., Source]
WIDTH = 800
DPI = 150
LINES = " ".join(f"BT /F1 16 Tf 1 0 0 1 {60 + 40 * at} {700 - 60 * at} Tm (9{at}.25 overall) Tj ET" for at in range(8))
SIDEWAYS = " ".join(f"BT /F1 16 Tf 0 1 -1 0 {100 + 60 * at} {100 + 20 * at} Tm (9{at}.25 overall) Tj ET" for at in range(8))


def drawn(source: Source, view: View, width_px: int = WIDTH) -> Image.Image:
    picture = Image.open(io.BytesIO(draw_page(source, view, width_px)))
    assert picture.format == "WEBP"
    return picture


def dark(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture.convert("L")) < 140


def dark_share(picture: Image.Image, boxes: Iterable[Box], width_pt: float, height_pt: float) -> tuple[float, float]:
    """The share of dark pixels in the boxes, and of all dark pixels the share that lies in them."""
    ink = dark(picture)
    inside = np.zeros_like(ink)
    for box in boxes:
        x, y = picture.width / width_pt, picture.height / height_pt
        inside[round(box.top * y) : round(box.bottom * y) + 1, round(box.x0 * x) : round(box.x1 * x) + 1] = True
    return float(ink[inside].mean()), float((ink & inside).sum() / max(ink.sum(), 1))


def read(source: Source) -> Page:
    (page,) = read_pages(source, Options(ocr=OcrMode.NEVER), Glyphs())
    return page


def view_of(page: Page) -> View:
    return View(page.number, page.turned_degrees, page.straightened_degrees)


@pytest.mark.parametrize(
    ("content", "extra", "turned"),
    [
        (LINES, "", 0),
        (LINES, "/CropBox[30 40 560 800]", 0),
        (SIDEWAYS, "/Rotate 90", 0),
        (SIDEWAYS, "", 90),
        (SIDEWAYS, "/Rotate 180", 270),
        (SIDEWAYS, "/Rotate 270/CropBox[20 10 590 830]", 180),
    ],
)
def test_words_of_a_text_layer_stand_in_their_boxes(pdf: Make, content: str, extra: str, turned: int) -> None:
    source = pdf(PdfPage(content, extra=extra))
    page = read(source)
    assert (page.turned_degrees, page.straightened_degrees, len(page.words)) == (turned, 0.0, 16)
    boxes = [word.box for word in page.words if word.box is not None]
    inside, share = dark_share(drawn(source, view_of(page)), boxes, page.width_pt, page.height_pt)
    assert inside > 0.1
    assert share > 0.97
    if turned:
        _, astray = dark_share(drawn(source, View(1)), boxes, page.width_pt, page.height_pt)
        assert astray < 0.5


@pytest.mark.parametrize("kind", ["png", "tiff", "pdf"])
@pytest.mark.parametrize(("turn", "skew"), [(0, 0.0), (0, 3.0), (90, -2.5)])
def test_print_of_a_scan_stands_where_it_was_read(source: Make, kind: str, turn: int, skew: float) -> None:
    """On the page prepared for reading, that is; the picture is drawn without looking for anything."""
    image = scanned(table_page(DPI).image, skew=skew).rotate(turn, expand=True)
    written = io.BytesIO()
    if kind == "pdf":
        image.save(written, "PDF", resolution=DPI)
    else:
        others = [Image.new("RGB", (100, 100), "white")] if kind == "tiff" else []
        # A page of several is found by its number.
        first, *rest = [*others, image]
        first.save(written, kind.upper(), dpi=(DPI, DPI), **({"save_all": True, "append_images": rest} if others else {}))
    made = source(written.getvalue(), Kind.PDF if kind == "pdf" else Kind.IMAGE)
    page = prepare(image, DPI)
    assert (page.turned_degrees, round(page.skew_degrees, 1)) == (turn, skew)
    view = View(2 if kind == "tiff" else 1, page.turned_degrees, page.skew_degrees)
    picture = drawn(made, view)
    assert picture.height / picture.width == pytest.approx(page.grey.shape[0] / page.grey.shape[1], abs=2 / WIDTH)
    text = dark(Image.fromarray(page.grey).resize(picture.size))
    assert text.mean() > 0.01
    assert dark(picture)[text].mean() > 0.7
    if turn or skew:
        astray = drawn(made, replace(view, turned_degrees=0, straightened_degrees=0.0)).resize(picture.size)
        assert dark(astray)[text].mean() < 0.3


def test_a_page_upside_down_is_set_upright(source: Make) -> None:
    image = table_page(DPI).image
    written = io.BytesIO()
    image.rotate(180).save(written, "PNG", dpi=(DPI, DPI))
    turned = np.asarray(drawn(source(written.getvalue(), Kind.IMAGE), View(1, 180)).convert("L"), int)
    written = io.BytesIO()
    image.save(written, "PNG", dpi=(DPI, DPI))
    upright = np.asarray(drawn(source(written.getvalue(), Kind.IMAGE), View(1)).convert("L"), int)
    assert np.abs(turned - upright).mean() < 2


def test_width_is_what_was_asked_for_unless_the_page_is_very_tall_or_its_image_coarse(pdf: Make, source: Make) -> None:
    assert drawn(pdf(LINES), View(1), 777).size == (777, round(777 * 842 / 595))
    assert drawn(pdf(PdfPage(LINES, box=(0, 0, 100, 2000))), View(1), 200).size == (40, 800)
    written = io.BytesIO()
    Image.new("L", (300, 400), 255).save(written, "PNG")
    assert drawn(source(written.getvalue(), Kind.IMAGE), View(1)).size == (300, 400)


def test_drawn_pages_keep_their_letters_sharp_and_photographs_their_shades(pdf: Make, source: Make) -> None:
    assert len(drawn(pdf(LINES), View(1)).getcolors(1 << 20) or ()) <= 16
    written = io.BytesIO()
    Image.radial_gradient("L").save(written, "PNG")
    assert len(drawn(source(written.getvalue(), Kind.IMAGE), View(1)).getcolors(1 << 20) or ()) > 100


@pytest.mark.parametrize(
    ("kind", "view", "options", "reason"),
    [
        (Kind.PDF, View(2), Options(), "has 1 pages"),
        (Kind.PDF, View(1), Options(max_page_side_pt=800), "too large to draw"),
        (Kind.IMAGE, View(2), Options(), "broken"),
        (Kind.IMAGE, View(1), Options(max_pixels=1000), "more than any page"),
        (Kind.TEXT, View(1), Options(), "text has no pictures"),
    ],
)
def test_what_cannot_be_drawn_says_why(pdf: Make, source: Make, kind: Kind, view: View, options: Options, reason: str) -> None:
    written = io.BytesIO()
    Image.new("L", (300, 400), 255).save(written, "PNG")
    made = pdf(LINES) if kind is Kind.PDF else source(written.getvalue(), kind)
    with pytest.raises(PageFailed, match=reason):
        draw_page(made, view, WIDTH, options)


def test_a_large_image_on_a_page_is_not_unpacked(source: Make) -> None:
    written = io.BytesIO()
    Image.new("L", (1200, 1600), 255).save(written, "PDF")
    with pytest.raises(PageFailed, match="1,920,000 pixels in its largest image"):
        draw_page(source(written.getvalue(), Kind.PDF), View(1), WIDTH, Options(max_pixels=1_900_000))


def test_a_broken_document_is_rejected(source: Make) -> None:
    with pytest.raises(InputRejected):
        draw_page(source(b"%PDF-1.7 and no more", Kind.PDF), View(1), WIDTH)
