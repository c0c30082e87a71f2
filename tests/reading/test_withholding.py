"""Digits that other people's OCR claims are evidence and never values."""

from __future__ import annotations

import pytest

from prongsai.reading.withholding import has_digit, withhold_numerals, without_digits
from prongsai.records import UNREAD, Box, Word


def word(text: str) -> Word:
    return Word(text, Box(10, 100, 10 + 6 * len(text), 112), 1, 0.95)


def test_a_numeral_is_unread_and_its_claim_is_kept() -> None:
    (found,) = withhold_numerals([word("๕๐.๕๕")])
    assert (found.text, found.read_as, found.is_unread) == (UNREAD, "๕๐.๕๕", True)


def test_letters_beside_digits_stay_readable() -> None:
    label, number = withhold_numerals([word("ตัวชี้วัดที่๓")])
    assert (label.text, number.text, number.read_as) == ("ตัวชี้วัดที่", UNREAD, "๓")
    assert label.box is not None
    assert number.box is not None
    assert label.box.x1 == pytest.approx(number.box.x0)
    assert number.box.width == pytest.approx(6)


def test_nothing_is_lost_and_no_digit_passes() -> None:
    tokens = ["IIT", "-1.13", "o๑๓", "(2568)", "97.32%", "ข้อ", "i1-i15"]
    found = withhold_numerals([word(token) for token in tokens])
    assert "".join(part.read_as or part.text for part in found) == "".join(tokens)
    assert not any(has_digit(part.text) for part in found)


@pytest.mark.parametrize(("text", "rest"), [("ข้อ๐", "ข้อ"), ("๕๐.๕", ""), ("(1)", ""), ("คะแนน", "คะแนน"), ("|", "|")])
def test_what_is_left_without_digits(text: str, rest: str) -> None:
    assert without_digits(text) == rest
