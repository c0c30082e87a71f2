"""The reader with the model that came with it, on lines drawn from a font of this machine."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from prongsai.errors import ToolMissing
from prongsai.reading.numerals import LineImage, LineReading, NumeralReader, numeral_reader
from prongsai.reading.numerals.shapes import meaning_of
from prongsai.synthesis.fonts import find_families

Draw = Callable[[str], LineImage]

WORDS = ("การปฏิบัติหน้าที่", "ประสิทธิภาพการสื่อสาร", "ผู้มีส่วนได้ส่วนเสียภายใน", "การเปิดเผยข้อมูล", "ร้อยละ")
LINES = ("๙๗.๓๒", "o๑๓", "+๑.๐๕", "ตัวชี้วัดที่ ๓ การใช้อำนาจ", "IIT ๙๘.๖๐ ๙๗.๔๕", "2568", "การใช้งบประมาณ ๘๕.๑๗", "๑๐๐.๐๐")


@pytest.fixture(scope="module")
def reader() -> NumeralReader:
    return numeral_reader()


@pytest.fixture(scope="module")
def draw() -> Draw:
    """Draws a text at 16 points and 200 dpi, as a page scanned at that resolution has it."""
    try:
        family = find_families()[0]
    except ToolMissing as error:
        pytest.skip(str(error))
    font = ImageFont.truetype(str(family.regular), 44)

    def line(text: str) -> LineImage:
        left, top, right, bottom = font.getbbox(text)
        image = Image.new("L", (round(right - left) + 16, round(bottom - top) + 14), 255)
        ImageDraw.Draw(image).text((8 - left, 7 - top), text, font=font, fill=20)
        return LineImage(np.asarray(image))

    return line


def texts(reading: LineReading) -> list[str]:
    return [token.text for token in reading.tokens if not token.is_word]


def rounded(reading: LineReading) -> list[tuple[str, float, float, float, bool]]:
    return [(token.text, round(token.x0), round(token.x1), round(token.probability, 4), token.is_word) for token in reading.tokens]


def test_version_names_the_model(reader: NumeralReader) -> None:
    assert re.fullmatch(r"numerals \S+ sha256:[0-9a-f]{64}", reader.version)


def test_lines(reader: NumeralReader, draw: Draw) -> None:
    read = [[meaning_of(text) for text in texts(reading)] for reading in reader.read([draw(line) for line in LINES])]
    assert read == [["97.32"], ["013"], ["+1.05"], ["3"], ["iit", "98.60", "97.45"], ["2568"], ["85.17"], ["100.00"]]


def test_a_line_alone_reads_as_in_a_batch(reader: NumeralReader, draw: Draw) -> None:
    lines = [draw(line) for line in (*LINES, *WORDS)]
    alone = [rounded(reader.read([line])[0]) for line in lines]
    assert [rounded(reading) for reading in reader.read(lines)] == alone
    assert [rounded(reading) for reading in reader.read(lines[::-1])][::-1] == alone


def test_words_are_no_numerals(reader: NumeralReader, draw: Draw) -> None:
    for reading in reader.read([draw(word) for word in WORDS]):
        assert [token.text for token in reading.tokens if not token.is_word and token.probability > 0.9] == []


def test_a_line_wider_than_the_network_takes_at_once(reader: NumeralReader, draw: Draw) -> None:
    scores = [f"{80 + at}.{at:02}" for at in range(20)] * 3
    (reading,) = reader.read([draw("    ".join(scores))])
    assert texts(reading) == scores


def test_edges_hold_the_ink(reader: NumeralReader, draw: Draw) -> None:
    line = draw("๙๗.๓๒          ๘๕.๑๗")
    inked = np.flatnonzero((line.pixels < 128).any(axis=0))
    (reading,) = reader.read([line])
    first, second = reading.tokens
    between = inked[np.diff(inked).argmax()], inked[np.diff(inked).argmax() + 1]
    assert (first.x0, first.x1, second.x0, second.x1) == pytest.approx((inked[0], between[0] + 1, between[1], inked[-1] + 1), abs=3)


@pytest.mark.parametrize("pixels", [np.full((30, 90), 255, np.uint8), np.full((1, 90), 0, np.uint8), np.full((30, 2), 0, np.uint8)])
def test_nothing_stands_on_empty_paper(reader: NumeralReader, pixels: NDArray[np.uint8]) -> None:
    assert reader.read([LineImage(pixels)])[0].tokens == ()


def test_no_lines(reader: NumeralReader) -> None:
    assert reader.read([]) == []


def test_a_page_upside_down_shows(reader: NumeralReader, draw: Draw) -> None:
    lines = [draw(word) for word in WORDS]
    upright = [reading.flipped for reading in reader.read(lines)]
    turned = [reading.flipped for reading in reader.read([LineImage(np.ascontiguousarray(line.pixels[::-1, ::-1])) for line in lines])]
    assert sum(upright) / len(upright) < 0.3 < 0.6 < sum(turned) / len(turned)
