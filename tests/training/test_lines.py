"""What stands on training lines, and the classes that go with it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from random import Random

import pytest

from prongsai.language.numerals import THAI_DIGITS
from prongsai.reading.numerals.alphabet import ALPHABET, FLIPPED, OTHER, SPACE
from prongsai.reading.numerals.readings import Shape
from prongsai.reading.numerals.shapes import grammar_of
from prongsai.training.lines import TrainingLine, make_line, make_one, stood_on_its_head

from .conftest import WORDS


def lines(count: int, seed: int = 3) -> list[TrainingLine]:
    rng = Random(seed)
    return [make_line(rng, WORDS) for _ in range(count)]


def test_every_class_is_one_the_reader_knows_and_all_are_met() -> None:
    seen = Counter("".join(line.classes for line in lines(4000)))
    assert set(seen) <= set(ALPHABET)
    assert set(ALPHABET) - set(seen) <= {"", FLIPPED}


def test_each_glyph_with_a_place_of_its_own_has_one_class() -> None:
    for line in lines(1000):
        placed = [character for character in line.text if unicodedata.category(character) != "Mn"]
        assert len(placed) == len(line.classes), line


def test_digits_are_themselves_and_thai_letters_are_other() -> None:
    for line in lines(1000):
        placed = [character for character in line.text if unicodedata.category(character) != "Mn"]
        for character, one in zip(placed, line.classes, strict=True):
            if character in THAI_DIGITS + "0123456789":
                assert one == character
            elif unicodedata.category(character) == "Lo":
                assert one == OTHER
            elif character == " ":
                assert one == SPACE


def test_dashes_of_all_lengths_are_one_class() -> None:
    drawn = [line for line in lines(4000) if "\N{EN DASH}" in line.text or "\N{MINUS SIGN}" in line.text]
    assert drawn
    assert all("-" in line.classes and "\N{EN DASH}" not in line.classes for line in drawn)


def test_most_lines_are_in_thai_digits() -> None:
    thai = arabic = 0
    for line in lines(3000):
        thai += any(character in THAI_DIGITS for character in line.classes)
        arabic += any(character in "0123456789" for character in line.classes)
    assert 0.70 < thai / (thai + arabic) < 0.86


@pytest.mark.parametrize("kind", ["score", "difference", "code", "year"])
def test_a_kind_asked_for_mostly_has_its_shape(kind: str) -> None:
    rng, grammar = Random(5), grammar_of()
    shapes = Counter(grammar.shape(make_one(kind, rng, WORDS).classes.replace(" ", "")) for _ in range(300))
    assert shapes.most_common(1)[0][0] == Shape(kind)


def test_words_hold_no_digit() -> None:
    rng = Random(6)
    assert all(set(make_one("words", rng, WORDS).classes) <= {OTHER, SPACE} for _ in range(300))


def test_upside_down_every_glyph_is_seen_to_be() -> None:
    assert stood_on_its_head(TrainingLine("o1 5", "o1 5")).classes == f"{FLIPPED} {FLIPPED}{FLIPPED}"


def test_the_same_seed_makes_the_same_lines() -> None:
    assert lines(50, seed=9) == lines(50, seed=9)
    assert lines(50, seed=9) != lines(50, seed=10)
