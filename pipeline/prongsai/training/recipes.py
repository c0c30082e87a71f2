"""What the two readers differ in: their classes, what stands on their training lines, and the size of their networks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from prongsai.reading.letters.alphabet import ALPHABET as LETTERS
from prongsai.reading.numerals.alphabet import ALPHABET as NUMERALS
from prongsai.training.lines import TrainingLine, make_line
from prongsai.training.texts import make_text
from prongsai.training.vocabulary import reading_vocabulary, thai_vocabulary


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one reader is made. `channels` are those of the network's five convolutions, `dilations` those along the line."""

    name: str
    alphabet: tuple[str, ...]
    channels: tuple[int, int, int, int, int]
    dilations: tuple[int, ...]
    make_words: Callable[[], list[str]]
    """The words that `make_line` draws from."""
    make_line: Callable[[Random, list[str]], TrainingLine]
    report: str
    """Where the accuracy report is written, from the repository's root."""
    n_lines: int
    """Lines drawn for a run of training; each is worn in another way whenever it comes up."""
    n_samples: int
    """Lines shown to the network in one."""
    longest: int
    """Classes on a training line, at most."""
    widest: int
    """Pixels of a normalised training line; wider ones are left out."""
    flipped: float = 0.0
    """Share of lines that stand on their heads."""
    scribbled: float = 0.0
    """Share of lines that hold strokes and specks and no letter."""


NUMERAL_READER = Recipe(
    name="numerals",
    alphabet=NUMERALS,
    channels=(16, 24, 40, 56, 96),
    dilations=(1, 2, 3, 1),
    make_words=thai_vocabulary,
    make_line=make_line,
    report="docs/numeral-reader.md",
    n_lines=50_000,
    n_samples=480_000,
    longest=26,
    widest=320,
    flipped=0.04,
)
LETTER_READER = Recipe(
    name="letters",
    alphabet=LETTERS,
    channels=(16, 32, 48, 72, 160),
    dilations=(1, 2, 3, 1, 2, 3),
    make_words=reading_vocabulary,
    make_line=make_text,
    report="docs/letter-reader.md",
    n_lines=80_000,
    n_samples=360_000,
    longest=44,
    widest=448,
    scribbled=0.03,
)
RECIPES = {recipe.name: recipe for recipe in (NUMERAL_READER, LETTER_READER)}
