"""The letter reader on lines drawn here, and what it makes of marks that rule each other out."""

from __future__ import annotations

import pytest

from prongsai.errors import ToolMissing
from prongsai.reading.letters import Letter, LetterReader, letter_reader, reader
from prongsai.reading.letters.alphabet import ALPHABET


@pytest.fixture(scope="module")
def letters() -> LetterReader:
    try:
        return letter_reader()
    except ToolMissing as missing:
        pytest.skip(str(missing))


def test_every_class_is_there_once() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET)
    assert all(len(one) == 1 for one in ALPHABET[1:])


@pytest.mark.parametrize(
    ("claimed", "kept"),
    [
        ([("ช", 1), ("ึ", 0.4), ("ี", 0.6), ("้", 1)], "ชี้"),
        ([("น", 1), ("่", 0.7), ("้", 0.3), ("า", 1)], "น่า"),
        ([("ท", 1), ("ี", 1), ("่", 1)], "ที่"),
        ([("ธ", 1), ("ุ", 1), ("์", 1)], "ธุ์"),
        ([("่", 1)], "่"),
    ],
)
def test_one_vowel_mark_and_one_tone_mark_stand_on_a_letter(claimed: list[tuple[str, float]], kept: str) -> None:
    found = reader._one_mark_each([Letter(text, at, sure) for at, (text, sure) in enumerate(claimed)])
    assert "".join(one.text for one in found) == kept


def test_nothing_to_read_gives_nothing(letters: LetterReader) -> None:
    assert letters.read([]) == []


def test_surer_claims_are_right_more_often(letters: LetterReader) -> None:
    assert 0 <= letters.sureness(0.3) < letters.sureness(0.9) < letters.sureness(0.999) <= 1
