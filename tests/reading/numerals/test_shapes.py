"""What numerals look like, and which of them mean the same."""

from __future__ import annotations

import pytest

from prongsai.language.numerals import to_thai
from prongsai.reading.numerals import Shape
from prongsai.reading.numerals.shapes import grammar_of, in_one_script, is_mixed, meaning_of, with_zeros

SHAPES = {
    Shape.SCORE: ("97.32", "100.00", "0.00", "5.10", "(97.32)", "98.50."),
    Shape.DIFFERENCE: ("+10.59", "-1.13"),
    Shape.CODE: ("i1", "I15", "o28", "O3", "08", "e9"),
    Shape.YEAR: ("2568", "2025", "(2567)"),
    Shape.NUMBER: ("0", "7", "40", "600,000", "1,250.50", "9.1", "95"),
    Shape.LISTED: ("1.", "12)", "(3)", "9.1.2", "10/1"),
    Shape.RANGE: ("i1-i3", "85.00-94.99", "2567-2568", "1-5", "95-100"),
    Shape.PERCENTAGE: ("30%", "97.32%"),
    Shape.DATE: ("30/9/2568", "130/2568", "09:30"),
    Shape.NAME: ("IIT", "EIT", "OIT", "ITA", "(IIT)", "EIT1"),
    Shape.GRADE: ("A", "AA"),
    Shape.MARK: ("-", "+"),
    Shape.ODD: ("9732", "036413647", "97.320", "02.08"),
    Shape.BROKEN: ("9i7", "97..32", ".97", "i", "TO", "97.32.11i"),
    Shape.WORD: ("9#", "#", ""),
}


@pytest.mark.parametrize(("shape", "text"), [(shape, text) for shape, texts in SHAPES.items() for text in texts])
def test_shape_in_both_scripts(shape: Shape, text: str) -> None:
    assert (grammar_of().shape(text), grammar_of().shape(to_thai(text))) == (shape, shape)


def test_what_nobody_prints_is_never_sure() -> None:
    grammar = grammar_of()
    assert grammar.most("๙๗.๓๒") == 1
    assert grammar.most("๙๗๓๒") < 0.9
    assert grammar.most("๙๗..๓๒") < 0.9
    assert grammar.most("๙๘.5๐") < 0.9


def test_what_is_seldom_printed_weighs_less() -> None:
    weigh = grammar_of().weight
    assert weigh("๑๐๐.๐๐") == weigh("๘๘.๗๑") == weigh("๙.๑") == weigh("i๗") == weigh("๑.") == 1
    assert max(weigh(text) for text in ("๗๐๐.๐๐", "๘๘.๗", "+๑๘.๓", "i๗.๒", "๐.", "๙๗๓๒")) < 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("o๑๓", "๐๑๓"),
        ("O13", "o๑๓"),
        ("I๑", "i๑"),
        ("๙๐.๕๐", "90.50"),
        ("(๙๐.๕๐)", "๙๐.๕๐"),
        ("๙0.๕๐", "๙๐.๕๐"),
        ("๙๐,๕๐", "๙๐.๕๐"),
        ("EIT", "eit"),
    ],
)
def test_spellings_of_one_meaning(one: str, other: str) -> None:
    assert meaning_of(one) == meaning_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("i๑", "๑๑"), ("e๑", "o๑"), ("-๑.๑๓", "๑.๑๓"), ("๙๗.๓๒", "๙๗๓๒"), ("๑-๓", "๑๓"), ("๙๐,๕๐๐", "๙๐.๕๐๐"), ("OIT", "IIT")],
)
def test_different_meanings(one: str, other: str) -> None:
    assert meaning_of(one) != meaning_of(other)


def test_rings_inside_a_number_are_zeros() -> None:
    assert with_zeros("๑๐๐.O๐") == "๑๐๐.๐๐"
    assert with_zeros("1oO.00") == "100.00"
    assert [with_zeros(text) for text in ("o๑๓", "(O๑)", "OIT", "EIT1")] == ["o๑๓", "(O๑)", "OIT", "EIT1"]


def test_zeros_take_the_script_of_the_other_digits() -> None:
    assert in_one_script("๙0.๕๐") == "๙๐.๕๐"
    assert in_one_script("1๐0.0๐") == "100.00"
    assert in_one_script("๐1") == "๐1"
    assert not is_mixed("๙0.๕0")
    assert is_mixed("๙๘.5๐")
