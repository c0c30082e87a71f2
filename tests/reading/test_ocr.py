"""The door to Tesseract: what it reads, and its complaints in our words."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytesseract
import pytest

from prongsai.errors import Hindered, PageFailed, ToolMissing
from prongsai.intake import gather
from prongsai.reading import ocr, read_pages
from prongsai.reading.letters import letter_reader
from prongsai.reading.numerals import numeral_reader
from prongsai.reading.probe import installed
from prongsai.records import Options, Reader, Source

from .conftest import Glyphs, PdfPage

WHITE = np.full((60, 200), 255, np.uint8)


@pytest.fixture
def no_tesseract(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", "no-such-program")
    ocr.find_tesseract.cache_clear()
    yield
    ocr.find_tesseract.cache_clear()


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


@pytest.mark.usefixtures("no_tesseract")
def test_program_that_went_away_is_a_failed_page() -> None:
    with pytest.raises(PageFailed, match="could not be run"):
        ocr.read_letters([WHITE], 200, 10)


def test_a_model_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "find_tesseract", lambda: ocr.Tesseract("5.3.0", ("eng", "osd")))
    with pytest.raises(ToolMissing, match="no model for Thai"):
        ocr.require_tesseract()


def test_letters_come_by_image_and_rows_without_letters_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {
        "level": [1, 4, 5, 5],
        "page_num": [1, 2, 2, 2],
        "left": [0, 10, 10, 50],
        "top": [0, 15, 20, 20],
        "width": [9, 45, 30, 5],
        "height": [9, 35, 40, 5],
        "conf": [-1, -1, 96.5, -1],
        "text": ["", "", "กา", " "],
    }
    monkeypatch.setattr(pytesseract, "image_to_data", lambda *_, **__: table)
    assert ocr.read_letters([WHITE, WHITE], 200, 10) == [[], [ocr.Letters("กา", 10, 20, 40, 60, 0.965, 50)]]


@pytest.mark.parametrize(
    "table",
    [
        {},
        {"level": [5], "page_num": [9], "left": [0], "top": [0], "width": [1], "height": [1], "conf": [1], "text": ["x"]},
        {"level": [5], "page_num": [0], "left": [0], "top": [0], "width": [1], "height": [1], "conf": [1], "text": ["x"]},
        {"level": ["?"], "page_num": [1], "left": [0], "top": [0], "width": [1], "height": [1], "conf": [1], "text": ["x"]},
        {"level": [5, 5], "page_num": [1], "left": [0], "top": [0], "width": [1], "height": [1], "conf": [1], "text": ["x"]},
    ],
)
def test_rubbish_is_refused(table: dict[str, list[object]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pytesseract, "image_to_data", lambda *_, **__: table)
    with pytest.raises(Hindered, match="makes no sense"):
        ocr.read_letters([WHITE], 200, 10)


@pytest.mark.skipif(os.name != "posix", reason="the programs are scripts")
@pytest.mark.parametrize("does", ["sleep 60", "exit 3", "echo rubbish", "kill -9 $$", "printf '\\377\\376'"])
def test_a_program_that_does_not_tell_its_version_counts_as_missing(does: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "tesseract"
    program.write_text(f"#!/bin/sh\n{does}\n")
    program.chmod(0o755)
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(program))
    monkeypatch.setattr(ocr, "_PROBE_S", 0.5)
    ocr.find_tesseract.cache_clear()
    assert ocr.find_tesseract() is None
    ocr.find_tesseract.cache_clear()


@pytest.mark.skipif(os.name != "posix", reason="the program is a script")
def test_a_program_that_is_killed_once_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "tesseract"
    program.write_text(f"#!/bin/sh\n[ -e {tmp_path}/asked ] || {{ touch {tmp_path}/asked; kill -9 $$; }}\necho tesseract 5.3.0; echo tha\n")
    program.chmod(0o755)
    monkeypatch.setattr(pytesseract.pytesseract, "tesseract_cmd", str(program))
    ocr.find_tesseract.cache_clear()
    found = ocr.find_tesseract()
    ocr.find_tesseract.cache_clear()
    assert found is not None
    assert (found.version, found.languages) == ("5.3.0", ("tha",))


def test_complaint_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise pytesseract.TesseractError(1, "first line\nError opening data file")

    monkeypatch.setattr(pytesseract, "image_to_data", fail)
    with pytest.raises(PageFailed, match="opening data file"):
        ocr.read_letters([WHITE], 200, 10)


def test_time_limit_is_a_failed_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*_: object, **__: object) -> None:
        raise RuntimeError("Tesseract process timeout")

    monkeypatch.setattr(pytesseract, "image_to_data", hang)
    with pytest.raises(PageFailed, match="longer than 7 s"):
        ocr.read_letters([WHITE], 200, 7)


@pytest.mark.usefixtures("tesseract")
def test_white_images_hold_nothing() -> None:
    assert ocr.read_letters([WHITE, WHITE, WHITE], 200, 30) == [[], [], []]


@pytest.mark.usefixtures("tesseract")
def test_scanned_page_gives_words_and_the_numerals_of_our_reader(shared: Path) -> None:
    try:
        version = numeral_reader().version
    except ToolMissing as error:
        pytest.skip(str(error))
    (source,) = gather([str(shared / "pdf" / "khao-yoi-2568.scan200.pdf")]).sources
    (page,) = read_pages(source, Options(pages=((8, 8),)), Glyphs())
    assert page.reader is Reader.OCR
    assert page.reader_version == letter_reader().version
    assert "คะแนน" in "".join(word.text for word in page.words)
    numerals = [word for word in page.words if word.reader_version == version]
    # The score above it lies under a signature, the one below it under a stamp.
    assert {"๙๘.๕๐", "๙๗.๖๑", "๙๗.๔๒"} <= {word.text for word in numerals}
    assert not any(character.isdigit() for word in page.words if word.reader_version != version for character in word.text)
    assert all(word.confidence is not None and 0 <= word.confidence <= 1 for word in page.words)
    assert all(word.box is not None and 0 <= word.box.x0 < word.box.x1 <= page.width_pt + 1 for word in page.words)
    assert [word.line for word in page.words] == sorted(word.line for word in page.words)
