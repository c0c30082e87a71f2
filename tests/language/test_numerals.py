"""Printed numerals: Thai and Arabic digits, signs, decimals, and what is no number."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.language.numerals import find_numerals, parse_numeral, to_arabic, to_thai
from prongsai.records import UNREAD

SCORE = st.decimals(0, 100, places=2)
ANY_TEXT = st.text(st.sampled_from("กาขi๐๑๒๓๔๕๖๗๘๙0123456789.,-+ "), max_size=40)


@given(st.text(st.sampled_from("0123456789.,ก -")))
def test_arabic_digits_round_trip_through_thai(text: str) -> None:
    assert to_arabic(to_thai(text)) == text


@given(st.text(st.sampled_from("๐๑๒๓๔๕๖๗๘๙.,ก -")))
def test_thai_digits_round_trip_through_arabic(text: str) -> None:
    assert to_thai(to_arabic(text)) == text


@given(SCORE, st.booleans())
def test_a_printed_score_is_read_back(value: Decimal, is_thai: bool) -> None:
    printed = to_thai(str(value)) if is_thai else str(value)
    numeral = parse_numeral(printed)

    assert numeral is not None
    assert (numeral.value, numeral.decimals, numeral.printed) == (value, 2, printed)
    assert not numeral.is_integer


@given(st.integers(0, 10**9), st.booleans())
def test_thousands_may_be_parted(value: int, is_parted: bool) -> None:
    numeral = parse_numeral(f"{value:,}" if is_parted else str(value))

    assert numeral is not None
    assert numeral.value == value
    assert numeral.is_integer


@pytest.mark.parametrize(
    ("printed", "value", "decimals", "sign"),
    [
        ("๙๗.๘๖", "97.86", 2, ""),
        ("๑๐๐", "100", 0, ""),
        ("93,45", "93.45", 2, ""),  # a decimal comma
        ("1,234.50", "1234.50", 2, ""),
        ("93 .45", "93.45", 2, ""),
        ("93. 45", "93.45", 2, ""),
        ("93·45", "93.45", 2, ""),
        ("93.7\n0", "93.70", 2, ""),  # broken where a narrow column breaks
        (" 88.50 ", "88.50", 2, ""),
        ("+1.20", "1.20", 2, "+"),
        ("-1.20", "-1.20", 2, "-"),
        ("– ๑.๒๐", "-1.20", 2, "–"),
        ("−0.05", "-0.05", 2, "−"),
    ],
)
def test_a_whole_text_is_a_number(printed: str, value: str, decimals: int, sign: str) -> None:
    numeral = parse_numeral(printed)

    assert numeral is not None
    assert (str(numeral.value), numeral.decimals, numeral.sign) == (value, decimals, sign)
    assert printed[numeral.start : numeral.end] == printed.strip()


@pytest.mark.parametrize("printed", ["", "-", "คะแนน", "95.20 คะแนน", "i1", "95.2.1", "1 2", "95.20%", "95-100", "N/A"])
def test_more_or_less_than_a_number_is_none(printed: str) -> None:
    assert parse_numeral(printed) is None


@given(ANY_TEXT)
def test_numerals_in_text_stand_where_they_say_and_none_is_lost(text: str) -> None:
    found = list(find_numerals(text))

    assert all(text[numeral.start : numeral.end] == numeral.printed for numeral in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    outside = "".join(character for at, character in enumerate(text) if not any(n.start <= at < n.end for n in found))
    assert not any(character.isdigit() for character in outside)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("ได้ ๙๕.๒๐ คะแนน จาก 100", ["95.20", "100"]),
        ("95.00-100.00", ["95.00", "100.00"]),  # a range is no minus
        ("ลดลง -1.20 คะแนน", ["-1.20"]),
        ("i1-3", ["1", "3"]),
        ("ข้อ-5", ["5"]),  # the dash touches a word
        ("5-", ["5"]),
    ],
)
def test_signs_in_running_text(text: str, values: list[str]) -> None:
    assert [str(numeral.value) for numeral in find_numerals(text)] == values


@pytest.mark.parametrize("printed", [UNREAD, UNREAD * 4, f"-{UNREAD}"])
def test_an_unread_numeral_has_no_value(printed: str) -> None:
    whole = parse_numeral(printed.lstrip("-"))

    assert whole is not None
    assert whole.value is None
    assert not whole.is_integer
    assert [numeral.value for numeral in find_numerals(f"คะแนน {printed} คะแนน")] == [None]
