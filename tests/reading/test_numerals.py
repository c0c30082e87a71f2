"""Numerals off scans: nothing that stock models cannot read may pass as read."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from prongsai.reading.numerals import withhold_poor, withhold_unconfirmed, withhold_unsure
from prongsai.records import UNREAD, Box, Word


def word(text: str, confidence: float = 0.97) -> Word:
    return Word(text, Box(0, 0, 10 * len(text), 10), 1, confidence)


def arabic_table(n: int = 20) -> list[Word]:
    return [word(f"{80 + at}.25") for at in range(n)]


def test_thai_numeral_is_unread_whatever_its_confidence() -> None:
    (found,) = withhold_unsure([word("๕๐.๕๕", 0.99)], 300)
    assert (found.text, found.read_as, found.is_unread) == (UNREAD, "๕๐.๕๕", True)


def test_letters_beside_a_numeral_stay_readable() -> None:
    found = withhold_unsure([word("ตัวชี้วัดที่๓")], 300)
    assert [part.text for part in found] == ["ตัวชี้วัดที่", UNREAD]
    assert found[1].read_as == "๓"
    assert found[0].box is not None
    assert found[1].box is not None
    assert found[0].box.x1 == found[1].box.x0


def test_arabic_digits_on_a_page_of_thai_numerals_are_unread() -> None:
    found = withhold_unsure([word("๕๕.๕๐"), word("6"), word("IIT")], 300)
    assert [part.text for part in found] == [UNREAD, UNREAD, "IIT"]


def test_arabic_page_is_read() -> None:
    assert [part.text for part in withhold_unsure(arabic_table(), 300)] == [part.text for part in arabic_table()]


def test_thai_numeral_on_an_arabic_page_is_unread() -> None:
    *_, last = withhold_unsure([*arabic_table(), word("๕๕.๐๑")], 300)
    assert last.is_unread


def test_unsure_cut_and_coarse_numerals_are_unread() -> None:
    table = arabic_table()
    assert withhold_unsure([*table, word("76.80", 0.69)], 300)[-1].is_unread
    assert withhold_unsure([*table, word("00.00", 0.97)], 300)[-1].is_unread
    assert withhold_unsure([*table, word("2.34", 0.91)], 150)[-1].is_unread
    assert not withhold_unsure([*table, word("92.34", 0.91)], 200)[-1].is_unread


def test_a_numeral_that_is_read_otherwise_the_second_time_is_unread() -> None:
    first = [word("91.64"), word("IIT")]
    assert [part.text for part in withhold_unconfirmed(first, [word("91.64")])] == ["91.64", "IIT"]
    assert [part.text for part in withhold_unconfirmed(first, [word("91.61")])] == [UNREAD, "IIT"]
    assert [part.text for part in withhold_unconfirmed(first, [])] == [UNREAD, "IIT"]
    elsewhere = Word("91.64", Box(400, 400, 450, 410), 9, 0.97)
    assert withhold_unconfirmed(first, [elsewhere])[0].is_unread


def test_a_score_that_lost_its_point_is_unread_and_a_year_is_not() -> None:
    found = withhold_unsure([*arabic_table(), word("9134"), word("2565"), word("2024"), word("12")], 300)
    assert [part.text for part in found[-4:]] == [UNREAD, "2565", "2024", "12"]


def test_a_page_of_which_little_passes_gives_no_numeral() -> None:
    unread = [Word(UNREAD, Box(0, 0, 9, 9), 1, 0.5, "9?")] * 10
    assert all(part.is_unread for part in withhold_poor([*arabic_table(10), *unread]))
    assert not any(part.is_unread for part in withhold_poor(arabic_table(10)))


@given(st.lists(st.text(alphabet="๐๑๒๓๔๕๖๗๘๙กขiIoO.,-+()", min_size=1, max_size=12), max_size=20))
def test_no_thai_digit_ever_passes(tokens: list[str]) -> None:
    found = withhold_unsure([word(token) for token in tokens], 300)
    assert not any(re.search("[๐-๙]", part.text) for part in found)
    assert "".join(part.read_as or part.text for part in found) == "".join(tokens)
