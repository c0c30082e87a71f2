"""Image files: frames, sizes, transparency, bombs."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from prongsai.errors import InputRejected, PageFailed
from prongsai.reading import count_pages, read_pages
from prongsai.reading.images import load_frame, open_image, resolution
from prongsai.records import Kind, OcrMode, Options, Source

from .conftest import Glyphs

Make = Callable[[bytes, Kind], Source]


def png(image: Image.Image, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, "PNG", **options)
    return stream.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG whose header states a size that its data do not have."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def test_every_frame_of_a_tiff_is_a_page(source: Make) -> None:
    stream = io.BytesIO()
    first, *others = [Image.new("L", (1654, 2339), 255) for _ in range(3)]
    first.save(stream, "TIFF", save_all=True, append_images=others, dpi=(200, 200))
    tiff = source(stream.getvalue(), Kind.IMAGE)
    assert count_pages(tiff) == 3
    pages = list(read_pages(tiff, Options(ocr=OcrMode.NEVER, pages=((2, 3),)), Glyphs()))
    assert [page.number for page in pages] == [2, 3]
    assert pages[0].width_pt == pytest.approx(595.4, abs=0.5)
    assert "OCR is off" in pages[0].failure


@pytest.mark.parametrize("size", [(20000, 20000), (12000, 9000)])
def test_image_larger_than_any_page_is_never_decoded(source: Make, size: tuple[int, int]) -> None:
    bomb = source(png_that_claims(*size), Kind.IMAGE)
    try:
        reason = next(read_pages(bomb, Options(), Glyphs())).failure
    except InputRejected as error:
        reason = str(error)
    assert "too large" in reason or "more than any page" in reason


def test_broken_image_is_a_failed_page_or_rejected(source: Make) -> None:
    (page,) = read_pages(source(png_that_claims(500, 700), Kind.IMAGE), Options(), Glyphs())
    assert "broken" in page.failure
    with pytest.raises(InputRejected, match="cannot be opened"):
        list(read_pages(source(b"\x89PNG\r\n\x1a\n", Kind.IMAGE), Options(), Glyphs()))


def test_transparent_parts_are_paper(source: Make) -> None:
    clear = source(png(Image.new("RGBA", (40, 56), (0, 0, 0, 0))), Kind.IMAGE)
    with open_image(clear) as image:
        paper, _ = load_frame(image, 1, Options())
    assert paper.mode == "RGB"
    assert paper.getextrema() == ((255, 255),) * 3


@pytest.mark.parametrize(("mode", "loaded"), [("1", "L"), ("L", "L"), ("P", "RGB"), ("RGB", "RGB"), ("CMYK", "RGB")])
def test_colour_is_kept_for_what_has_any(source: Make, mode: str, loaded: str) -> None:
    stream = io.BytesIO()
    Image.new(mode, (40, 56)).save(stream, "TIFF")
    with open_image(source(stream.getvalue(), Kind.IMAGE)) as image:
        assert load_frame(image, 1, Options())[0].mode == loaded


@pytest.mark.parametrize(
    ("size", "stated", "expected"),
    [((1654, 2339), 200, 200), ((1654, 2339), 72, 200), ((1654, 2339), None, 200), ((2339, 1654), None, 200), ((1000, 300), None, 200)],
)
def test_resolution_is_stated_or_makes_an_a4_sheet(size: tuple[int, int], stated: int | None, expected: float) -> None:
    image = Image.new("L", size)
    if stated:
        image.info["dpi"] = (stated, stated)
    assert resolution(image) == pytest.approx(expected, rel=0.01)


@pytest.mark.parametrize(("dpi", "size", "loaded_dpi"), [(150, (300, 400), 150), (400, (300, 400), 400), (600, (150, 200), 300)])
def test_fine_scans_are_made_coarser_and_others_are_not(source: Make, dpi: int, size: tuple[int, int], loaded_dpi: float) -> None:
    scan = source(png(Image.new("RGB", (300, 400), "red"), dpi=(dpi, dpi)), Kind.IMAGE)
    with open_image(scan) as image:
        loaded, found = load_frame(image, 1, Options())
    assert (loaded.size, loaded.mode) == (size, "RGB")
    assert found == pytest.approx(loaded_dpi, rel=0.01)


def test_frame_that_is_not_there_fails(source: Make) -> None:
    one = source(png(Image.new("L", (40, 56))), Kind.IMAGE)
    with open_image(one) as image, pytest.raises(PageFailed):
        load_frame(image, 2, Options())
