"""What stands on lines of words, and the classes that go with it."""

from __future__ import annotations

from random import Random

from prongsai.reading.letters.alphabet import ALPHABET
from prongsai.training.texts import make_text
from prongsai.training.vocabulary import reading_vocabulary

from .conftest import WORDS


def test_every_class_is_one_the_reader_knows_and_all_kinds_are_met() -> None:
    rng = Random(3)
    seen = set("".join(make_text(rng, WORDS).classes for _ in range(6000)))
    assert seen <= set(ALPHABET)
    rare = set(ALPHABET) - seen - {""}
    assert not {one for one in rare if one.isalnum()}, rare


def test_the_classes_are_the_text_with_single_spaces() -> None:
    rng = Random(4)
    for _ in range(500):
        line = make_text(rng, WORDS)
        assert "  " not in line.classes
        assert not line.classes or len(line.classes.replace(" ", "")) >= len(line.text.replace(" ", "")) - 1


def test_words_in_use_are_drawn_more_often() -> None:
    words = reading_vocabulary()
    at = "\N{THAI CHARACTER THO THAHAN}\N{THAI CHARACTER SARA II}\N{THAI CHARACTER MAI EK}"
    assert words.count(at) > 20 * min(map(words.count, words[:50]))
