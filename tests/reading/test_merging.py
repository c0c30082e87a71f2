"""Numerals and words of a line put together: nothing moves, nothing passes that is not sure."""

from __future__ import annotations

import numpy as np
import pytest

from prongsai.reading.imaging import Segment
from prongsai.reading.merging import LEAST, LEAST_FOR_YEAR, LEAST_UNDER_STAIN, Cut, cut_line, stained_share, words_of
from prongsai.reading.numerals import Candidate, LineReading, Shape, Token
from prongsai.reading.pieces import Reading
from prongsai.records import UNREAD, Word

SEGMENT = Segment(100, 200, 700, 240, 3)
DPI = 200.0
UNIT = 72 / DPI


def numeral(text: str, x0: float, x1: float, probability: float = 0.99, shape: Shape = Shape.SCORE) -> Token:
    candidates = (Candidate(text, probability), Candidate("๙๐.๐๐", round(1 - probability, 4)))
    return Token(text, x0, x1, probability, candidates, is_word=False, shape=shape)


def words(x0: float, x1: float, probability: float = 0.99) -> Token:
    return Token("", x0, x1, probability, (), is_word=True)


def cut(*tokens: Token) -> Cut:
    return cut_line(SEGMENT, LineReading(tokens, 0.0), DPI)


def merged(line: Cut, *readings: list[Reading], stains: np.ndarray | None = None) -> tuple[Word, ...]:
    return words_of([line], readings, UNIT, "numerals 1", stained_share(stains))


def test_pieces_are_the_words_with_a_margin_that_stops_at_numerals() -> None:
    line = cut(words(10, 200), numeral("๙๗.๓๒", 202, 260), words(300, 400))
    assert [(piece.x0, piece.x1) for piece in line.pieces] == [(104, 302), (394, 506)]
    assert all((piece.top, piece.bottom) == (200, 240) for piece in line.pieces)
    assert [token.text for token in line.tokens] == ["๙๗.๓๒"]


def test_words_and_numerals_stand_in_their_order_each_with_its_reader() -> None:
    line = cut(words(10, 200), numeral("๙๗.๓๒", 210, 260), words(300, 400))
    found = merged(line, [Reading("คะแนน", 110, 200, 0.9), Reading("รวม", 220, 290, 0.8)], [Reading("ผ่าน", 405, 495, 0.7)])
    assert [(word.text, word.line, word.reader_version) for word in found] == [
        ("คะแนน", 3, ""),
        ("รวม", 3, ""),
        ("๙๗.๓๒", 3, "numerals 1"),
        ("ผ่าน", 3, ""),
    ]
    box = found[2].box
    assert box is not None
    assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx((310 * UNIT, 200 * UNIT, 360 * UNIT, 240 * UNIT))
    assert [candidate.text for candidate in found[2].candidates] == ["๙๗.๓๒", "๙๐.๐๐"]


def test_unsure_numeral_is_unread_in_its_place() -> None:
    (found,) = merged(cut(numeral("๙๗.๓๒", 210, 260, LEAST - 0.01)))
    assert (found.text, found.read_as, found.confidence) == (UNREAD, "๙๗.๓๒", round(LEAST - 0.01, 4))
    assert found.candidates[0].text == "๙๗.๓๒"


@pytest.mark.parametrize(("probability", "is_read"), [(LEAST_UNDER_STAIN - 0.05, False), (LEAST_UNDER_STAIN, True)])
def test_a_stain_asks_for_more(probability: float, is_read: bool) -> None:
    stains = np.zeros((400, 800), np.bool_)
    stains[210:230, 320:340] = True
    line = cut(numeral("๙๗.๓๒", 210, 260, probability), numeral("๘๕.๐๐", 400, 450, probability))
    under, beside = merged(line, stains=stains)
    assert under.is_unread is not is_read
    assert not beside.is_unread


@pytest.mark.parametrize(
    ("stain", "sure", "texts"),
    [((0, 0), 0.55, ["กก"]), ((0, 0), 0.45, [UNREAD]), ((0, 40), 0.55, []), ((0, 300), 0.9, ["กก"])],
)
def test_unsure_ink_may_be_a_numeral_and_that_of_a_stain_is_nothing(stain: tuple[int, int], sure: float, texts: list[str]) -> None:
    stains = np.zeros((400, 800), np.bool_)
    stains[200:240, 100 + stain[0] : 100 + stain[1]] = True
    found = merged(cut(words(10, 200, sure)), [Reading("กก", 110, 200, 0.4)], stains=stains)
    assert [word.text for word in found] == texts


def test_name_that_is_not_sure_is_left_to_tesseract_and_a_sure_one_is_text() -> None:
    unsure = cut(numeral("IIT", 10, 60, 0.3, Shape.NAME), words(70, 200))
    assert (len(unsure.pieces), unsure.tokens) == (1, ())
    (name,) = merged(cut(numeral("IIT", 10, 60, 0.9, Shape.NAME)))
    assert name.text == "IIT"


def test_letters_under_a_stain_are_those_of_the_stamp() -> None:
    stains = np.ones((400, 800), np.bool_)
    line = cut(numeral("F", 10, 30, 0.9, Shape.GRADE), numeral("๙๗.๓๒", 210, 260, 0.99))
    assert [word.text for word in merged(line, stains=stains)] == ["๙๗.๓๒"]


def test_digits_of_tesseract_never_pass() -> None:
    sure, unsure = cut(words(10, 200, 0.99)), cut(words(10, 200, 0.6))
    claimed = [Reading("๕๐.๕๕", 110, 180, 0.95), Reading("ข้อ๑", 200, 240, 0.9)]
    assert [word.text for word in merged(sure, claimed)] == ["ข้อ"]
    assert [(word.text, word.read_as) for word in merged(unsure, claimed)] == [(UNREAD, "๕๐.๕๕"), ("ข้อ", None)]


def test_words_that_were_not_read_leave_the_numerals() -> None:
    assert [word.text for word in merged(cut(words(10, 200), numeral("๓", 210, 230, shape=Shape.NUMBER)))] == ["๓"]


def test_rows_of_one_level_are_sorted_from_left_to_right() -> None:
    right, left = Segment(400, 200, 500, 240, 1), Segment(100, 202, 200, 238, 1)
    lines = [cut_line(segment, LineReading((numeral("๑", 5, 20, shape=Shape.NUMBER),), 0.0), DPI) for segment in (right, left)]
    found = words_of(lines, [], UNIT, "v", stained_share(None))
    assert [word.box.x0 for word in found if word.box] == pytest.approx([105 * UNIT, 405 * UNIT])


@pytest.mark.parametrize(("probability", "is_read"), [(LEAST_FOR_YEAR - 0.05, False), (LEAST_FOR_YEAR, True)])
def test_a_year_asks_for_more(probability: float, is_read: bool) -> None:
    (found,) = merged(cut(numeral("๒๕๖๖", 210, 260, probability, Shape.YEAR)))
    assert found.is_unread is not is_read


def test_long_unsure_ink_is_words_all_the_same() -> None:
    line = cut(words(10, 400, 0.3))
    assert [word.text for word in merged(line, [Reading("ควรปรับปรุงคุณภาพ", 110, 400, 0.9)])] == ["ควรปรับปรุงคุณภาพ"]
    assert [word.text for word in merged(line, [Reading("ควร", 110, 400, 0.9)])] == [UNREAD]
