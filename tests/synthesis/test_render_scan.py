"""Made scans: any container shows the same page, pages lie turned, light looks stay as they were."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from prongsai.errors import ToolMissing, UsageError
from prongsai.synthesis import make_corpus
from prongsai.synthesis.fonts import families_in, find_families
from prongsai.synthesis.image_pdf import CONTAINERS, STRIPS, write_image_pdf
from prongsai.synthesis.render_scan import ScanLook, draw_hard_look, draw_scan_look, scan_pages, write_scan_pdf
from prongsai.synthesis.wear import Wear

np = pytest.importorskip("numpy")
pytest.importorskip("cv2")
CLEAN = ScanLook(dpi=60, skew_deg=0.0, blur_px=0.0, noise=0.0, quality=90, is_color=True)


def page() -> Any:
    """A coloured page with black print."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (400, 560), (255, 250, 235))
    pen = ImageDraw.Draw(image)
    pen.rectangle((40, 300, 360, 360), fill=(200, 220, 250))
    for row in range(12):
        pen.rectangle((60, 60 + row * 30, 200, 66 + row * 30), fill=(0, 0, 0))
    return image


def rendered(pdf: bytes) -> Any:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) == 1
        return np.asarray(document[0].render(scale=1).to_pil().convert("L"), dtype=int)


@pytest.mark.parametrize("container", CONTAINERS)
def test_every_container_shows_the_page(container: str) -> None:
    pdf = write_image_pdf([page()], 72, 90, container)
    assert pdf == write_image_pdf([page()], 72, 90, container)
    shown, wanted = rendered(pdf), np.asarray(page().convert("L"), dtype=int)
    assert shown.shape == wanted.shape
    assert ((shown < 128) != (wanted < 128)).mean() < 0.01
    assert abs(shown - wanted).mean() < 6


def test_strips_are_many_images_and_masks_are_soft() -> None:
    assert write_image_pdf([page()], 72, 90, "strips").count(b"/Subtype /Image") == STRIPS
    assert b"/SMask" in write_image_pdf([page()], 72, 90, "mask")
    assert b"/ImageMask true" in write_image_pdf([page()], 72, 90, "stencil")


def test_pages_in_one_bit_keep_their_dots() -> None:
    bits = page().convert("1")
    assert (rendered(write_image_pdf([bits], 72, 90, "page")) == np.asarray(bits.convert("L"), dtype=int)).all()


@pytest.fixture(scope="module")
def sheet() -> bytes:
    """A PDF with a word in one corner."""
    stream = io.BytesIO()
    page().save(stream, "PDF", resolution=72)
    return stream.getvalue()


def test_turned_pages_lie_turned(sheet: bytes) -> None:
    upright = scan_pages(sheet, CLEAN, Random(1))[0].size
    sizes = {scan_pages(sheet, replace(CLEAN, turned_share=1.0), Random(seed))[0].size for seed in range(8)}
    assert sizes == {upright, upright[::-1]}


def test_a_fax_is_a_page_in_one_bit(sheet: bytes) -> None:
    look = replace(CLEAN, is_color=False, wear=Wear(is_fax=True))
    (scanned,) = pages = scan_pages(sheet, look, Random(1))
    assert scanned.mode == "1"
    assert b"/BitsPerComponent 1 " in write_scan_pdf(pages, look)


def test_hard_looks_are_the_same_for_the_same_seed(sheet: bytes) -> None:
    look = draw_hard_look(Random(5), 60)
    plain = replace(look, wear=replace(look.wear, marks=()))
    assert look == draw_hard_look(Random(5), 60)
    one, two = (write_scan_pdf(scan_pages(sheet, plain, Random(6)), plain) for _ in range(2))
    assert one == two


def test_hard_looks_reach_far_and_light_ones_do_not() -> None:
    hard = [draw_hard_look(Random(seed)) for seed in range(80)]
    assert {one.container for one in hard} == set(CONTAINERS)
    assert max(abs(one.skew_deg) for one in hard) > 2
    assert {120, 600} <= {one.dpi for one in hard}
    light = [draw_scan_look(Random(seed), "scan", True) for seed in range(80)]
    assert max(abs(one.skew_deg) for one in light) <= 1.5
    assert {one.container for one in light} == {"page"}


def test_unknown_wear_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="wear"):
        make_corpus(1, 1, tmp_path, ("txt",), wear="terrible")


@pytest.mark.usefixtures("_pdf_tools")
def test_a_folder_of_fonts_is_used_whole(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(ToolMissing, match="no Thai TrueType font"):
        families_in(tmp_path / "empty")
    family = find_families()[0]
    for file in {family.regular, family.bold}:
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (found,) = families_in(tmp_path)
    assert (found.regular.name, found.bold.name) == (family.regular.name, family.bold.name)
