"""How likely a question is to be printed in some words."""

from __future__ import annotations

import pytest

from prongsai.matching.codes.wordings import Wordings

CODES = ["i1", "i2", "i3"]
FIRST = "เจาหนาทปฏบตงานหรอใหบรการแกทานเปนไปตามขนตอนและระยะเวลา"
SECOND = "หนวยงานมชองทางการเผยแพรขอมลขาวสารทสามารถเขาถงไดงาย"


@pytest.fixture(scope="module")
def wordings() -> Wordings:
    return Wordings(CODES, {"i1": [FIRST], "i2": ["ขาวประชาสมพนธ", SECOND]})


@pytest.mark.parametrize(
    ("wording", "best"),
    [
        (FIRST, 0),
        (SECOND, 1),
        (FIRST[:20] + "กก" + FIRST[23:], 0),
        (SECOND[:25], 1),  # cut off
        (FIRST + "และคำอธบายทยาวกวานนอกมากมาย", 0),  # goes on
    ],
)
def test_a_wording_tells_its_question(wording: str, best: int, wordings: Wordings) -> None:
    found = wordings.odds([wording])[0]
    assert found is not None
    odds, none = found

    assert odds.argmax() == best
    assert odds[best] > 10 * max(odds[1 - best], odds[2], none)


def test_other_words_tell_nothing(wordings: Wordings) -> None:
    found = wordings.odds(["บคลากรกนขาวเทยงแลวกลบบานพรอมกนทกวน"])[0]
    assert found is not None
    odds, none = found

    assert odds.max() < 60 * odds.min()
    assert none > 0.3


def test_no_words_and_no_list(wordings: Wordings) -> None:
    assert wordings.odds(["", FIRST])[0] is None
    assert Wordings(CODES, {}).odds([FIRST]) == [None]


def test_what_was_seen_before_changes_no_odds(wordings: Wordings) -> None:
    wordings.odds([FIRST])
    after = wordings.odds([FIRST, SECOND])[1]
    alone = Wordings(CODES, {"i1": [FIRST], "i2": ["ขาวประชาสมพนธ", SECOND]}).odds([FIRST, SECOND])[1]

    assert after is not None
    assert alone is not None
    assert (after[0] == alone[0]).all()


def test_a_column_in_words_of_its_own_says_nothing_against_codes_with_known_wordings() -> None:
    wordings = Wordings(CODES, {"i1": [FIRST], "i2": [SECOND]})
    own = [f"รายการขอมลทเปดเผยของสานกปลด{each}" for each in "กขคงจฉชซญดตถ"]
    one, column = wordings.odds(own[:1])[0], wordings.odds(own)[0]

    assert one is not None
    assert column is not None
    assert one[0][2] > 20 * one[0][0]  # i3, whose wording is not known
    assert column[0][2] < 3 * column[0][0]
