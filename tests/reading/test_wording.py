"""The words of pieces: who is asked, and whose reading is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from prongsai.errors import PageFailed
from prongsai.reading import ocr, wording
from prongsai.reading.imaging import PreparedPage
from prongsai.reading.letters import Letter
from prongsai.reading.network import LineImage
from prongsai.reading.pieces import Piece

from .conftest import Glyphs

DPI = 200.0
PIECES = [Piece(100, 100, 200, 130), Piece(300, 100, 400, 130)]


@dataclass
class Readers:
    """Stands for the letter reader and for Tesseract."""

    texts: Sequence[str] = ("ก", "ข")
    sure: Sequence[float] = (0.99, 0.99)
    claims: str = "ค"
    """What Tesseract reads in the first piece it is given, and how sure it is."""
    claimed: float = 0.9
    calls: list[int] = field(default_factory=list)

    def read(self, lines: Sequence[LineImage]) -> list[list[Letter]]:
        pairs = zip(self.texts, self.sure, strict=True)
        letters = [[Letter(one, 20 + 9 * at, sure) for at, one in enumerate(text)] for text, sure in pairs]
        return letters[: len(lines)]

    def sureness(self, claimed: float) -> float:
        return claimed / 2

    def read_letters(self, images: Sequence[np.ndarray], *_: object) -> list[list[ocr.Letters]]:
        self.calls.append(len(images))
        return [[ocr.Letters(self.claims, 60, 60, 90, 80, self.claimed)], *([] for _ in images[1:])]


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> Readers:
    one = Readers()
    monkeypatch.setattr(wording, "letter_reader", lambda: one)
    monkeypatch.setattr(wording, "read_letters", one.read_letters)
    monkeypatch.setattr(wording, "require_tesseract", lambda: ocr.Tesseract("5", ("tha",)))
    return one


def read() -> list[list[tuple[str, float, str]]]:
    grey = np.full((400, 600), 255, np.uint8)
    for piece in PIECES:
        grey[piece.top + 5 : piece.bottom - 5, piece.x0 + 5 : piece.x1 - 5] = 0
    page = PreparedPage(grey, DPI, 0, 0.0, (), (), None)
    found = wording.read_words(page, PIECES, 10, Glyphs())
    return [[(one.text, round(one.confidence, 3), one.reader_version) for one in words] for words in found]


def test_what_is_sure_asks_nobody_else(readers: Readers) -> None:
    assert read() == [[("ก", 0.495, "")], [("ข", 0.495, "")]]
    assert readers.calls == []


def test_what_is_unsure_is_read_once_more_and_the_surer_reading_kept(readers: Readers) -> None:
    readers.texts, readers.sure = ("ก", "ขงจ"), (0.99, 0.3)
    assert read() == [[("ก", 0.495, "")], [("ค", 0.9, "tesseract 5 tha")]]
    assert readers.calls == [1]
    readers.claimed = 0.1
    assert read() == [[("ก", 0.495, "")], [("ขงจ", 0.15, "")]]


def test_a_page_in_a_strange_face_is_read_once_more_as_a_whole(readers: Readers) -> None:
    readers.texts, readers.sure, readers.claimed = ("กขง", "จฉช"), (0.96, 0.93), 0.99
    assert read() == [[("ค", 0.99, "tesseract 5 tha")], [("จฉช", 0.465, "")]]
    assert readers.calls == [1]


def test_a_letter_or_two_of_which_nobody_is_sure_are_a_speck(readers: Readers) -> None:
    readers.texts, readers.sure = ("ก", "ขง"), (0.99, 0.5)
    assert read()[1] == []
    assert readers.calls == []
    readers.sure = (0.99, 0.7)
    assert read()[1] == [("ขง", 0.35, "")]


def test_nothing_read_is_no_word(readers: Readers) -> None:
    readers.texts = ("", " ")
    assert read() == [[], []]


def test_vowel_before_a_bracket_is_dropped(readers: Readers) -> None:
    readers.texts = ("เ(เกณฑ์)", "ข")
    assert read()[0][0][0] == "(เกณฑ์)"


def test_failed_tesseract_is_a_failed_page(readers: Readers, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> list[list[ocr.Letters]]:
        raise PageFailed("Tesseract took longer than 1 s")

    readers.texts, readers.sure = ("ก", "ขงจ"), (0.2, 0.2)
    monkeypatch.setattr(wording, "read_letters", fail)
    with pytest.raises(PageFailed, match="longer than"):
        read()
