"""The door to Tesseract: skew, lines, and its complaints in our words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from prongsai.errors import PageFailed, ToolMissing
from prongsai.intake import gather
from prongsai.reading import ocr, read_pages
from prongsai.reading.probe import installed
from prongsai.records import Options, Reader, Source

from .conftest import Glyphs, PdfPage


@pytest.fixture
def no_tesseract(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", "no-such-program")
    ocr.find_tesseract.cache_clear()
    yield
    ocr.find_tesseract.cache_clear()


def page_of_bars() -> Image.Image:
    image = Image.new("L", (1240, 1754), 255)
    pen = ImageDraw.Draw(image)
    for top in range(200, 1500, 60):
        pen.rectangle((150, top, 1090, top + 22), fill=0)
    return image


@pytest.mark.parametrize("degrees", [-2.0, -0.6, 0.0, 1.2])
def test_skew_is_found_and_undone(degrees: float) -> None:
    askew = page_of_bars().rotate(degrees, fillcolor=255)
    assert ocr.find_skew(askew) == pytest.approx(degrees, abs=0.21)
    assert abs(ocr.find_skew(ocr.straighten(askew, ocr.find_skew(askew)))) <= 0.2


def test_blank_page_has_no_skew() -> None:
    assert ocr.find_skew(Image.new("L", (600, 800), 255)) == 0.0


@pytest.mark.usefixtures("no_tesseract")
def test_without_tesseract_a_page_fails_and_says_how_to_get_it(pdf: Callable[..., Source]) -> None:
    (page,) = read_pages(pdf(PdfPage("10 10 20 20 re f " * 300)), Options(), Glyphs())
    assert "Tesseract is not installed" in page.failure
    assert "apt-get install" in page.failure
    assert page.words == ()


@pytest.mark.usefixtures("no_tesseract")
def test_probe_without_tesseract_gives_advice() -> None:
    found = installed()
    assert found.tesseract is None
    assert not found.has_thai
    assert any("apt-get install" in line for line in found.advice)
    assert found.pdfium.startswith("pdfium ")


def test_a_model_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "find_tesseract", lambda: ocr.Tesseract("5.3.0", ("eng", "osd")))
    with pytest.raises(ToolMissing, match="no model for Thai"):
        ocr.require_tesseract()


def test_model_is_thai_with_latin_letters_where_there_are_any() -> None:
    assert ocr.Tesseract("5", ("eng", "tha")).model == "tha+eng"
    assert ocr.Tesseract("5", ("tha",)).model == "tha"


@pytest.mark.usefixtures("tesseract")
def test_time_limit_is_a_failed_page() -> None:
    with pytest.raises(PageFailed, match="longer than"):
        ocr.read_image(page_of_bars(), 150, 150, 0.01, Glyphs())


@pytest.mark.usefixtures("tesseract")
def test_scanned_page_gives_words_and_no_thai_digit(shared: Path) -> None:
    (source,) = gather([str(shared / "pdf" / "khao-yoi-2568.scan200.pdf")]).sources
    (page,) = read_pages(source, Options(pages=((8, 8),)), Glyphs())
    assert page.reader is Reader.OCR
    assert page.reader_version.startswith("tesseract ")
    text = "".join(word.text for word in page.words)
    assert "คะแนน" in text
    assert not any(character.isdigit() for character in text)
    assert sum(word.is_unread for word in page.words) >= 5
    assert all(word.read_as for word in page.words if word.is_unread)
    assert all(word.confidence is not None and 0 <= word.confidence <= 1 for word in page.words)
    assert all(word.box is not None and 0 <= word.box.x0 < word.box.x1 <= page.width_pt + 1 for word in page.words)
    assert [word.line for word in page.words] == sorted(word.line for word in page.words)
