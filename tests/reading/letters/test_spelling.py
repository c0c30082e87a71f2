"""Unsure letters decided by the words that they make."""

from __future__ import annotations

from prongsai.reading.letters import Letter
from prongsai.reading.letters.spelling import spelt


def read(text: str, **doubts: tuple[str, float, float]) -> list[Letter]:
    """Letters that are sure but for those named by their place, `at3=("rival", own probability, the rival's)`."""
    letters = [Letter(one, at, 0.999) for at, one in enumerate(text)]
    for place, (rival, own, other) in doubts.items():
        at = int(place.removeprefix("at"))
        letters[at] = Letter(text[at], at, own, rival, other)
    return letters


def text_of(letters: list[Letter]) -> str:
    return "".join(one.text for one in letters)


def test_a_runner_up_that_makes_a_word_takes_the_place() -> None:
    found = spelt(read("ปฏิบัดิหน้าที่", at5=("ต", 0.6, 0.38)))
    assert text_of(found) == "ปฏิบัติหน้าที่"
    assert (found[5].rival, found[5].probability) == ("ด", 0.6)


def test_of_two_words_the_more_usual_one_is_taken() -> None:
    assert text_of(spelt(read("ตัวซี้วัด", at3=("ช", 0.6, 0.38)))) == "ตัวชี้วัด"


def test_a_word_that_is_sure_stays_and_so_does_one_without_a_likely_rival() -> None:
    assert text_of(spelt(read("ตัวซี้วัด"))) == "ตัวซี้วัด"
    assert text_of(spelt(read("ตัวซี้วัด", at3=("ช", 0.9, 0.001)))) == "ตัวซี้วัด"


def test_a_right_word_is_not_made_a_more_usual_one_against_the_odds_of_its_letters() -> None:
    assert text_of(spelt(read("ซื้อ", at0=("ช", 0.93, 0.04)))) == "ซื้อ"
