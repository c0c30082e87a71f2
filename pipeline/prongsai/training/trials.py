"""Lines whose truth is known, worn as scans are and read by the reader: what came of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from prongsai.language.numerals import THAI_DIGITS
from prongsai.reading.network import LineImage
from prongsai.reading.numerals.reader import NumeralReader
from prongsai.reading.numerals.readings import LineReading, Shape
from prongsai.reading.numerals.shapes import grammar_of, has_digit, meaning_of
from prongsai.training.fonts import TrainingFont
from prongsai.training.lines import TrainingLine, make_one, stood_on_its_head
from prongsai.training.prints import CleanLine, draw_line
from prongsai.training.wear import Wear, wear_line

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

KINDS = ("score", "difference", "code", "year")
WORDS, FLIPPED = "words", "flipped"
LEAST_POINTS, MOST_POINTS = 11.0, 18.0
"""Sizes of print that reports are set in."""
_BATCH = 64
_LONGEST = 60
"""Glyphs on a line, at most."""
_ZEROS = ("0", THAI_DIGITS[0])
_TRIES = 300
"""Lines drawn before a font is taken to lack the glyphs of a kind: Noto's Thai fonts have no Latin letters."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a set of trials has in common. `strength` is that of `Wear`: 0.5 is a scan of the kind offices publish."""

    fonts: tuple[TrainingFont, ...]
    kind: str
    count: int
    dpi: int | None
    seed: int
    strength: float = 0.5
    is_covered: bool = False
    """Whether stamps, strokes and cut edges may hide a part of it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A trial: what was printed, and what the reader made of it."""

    kind: str
    family: str
    dpi: int | None
    truth: str
    """Empty for a line of words."""
    reading: LineReading

    @property
    def numerals(self) -> tuple[str, ...]:
        return tuple(token.text for token in self.reading.tokens if not token.is_word)

    @property
    def is_right(self) -> bool:
        """Whether the line came out as the one numeral it holds, in meaning; of words: as none."""
        if not self.truth:
            return not self.numerals
        return self._rank(1)

    @property
    def probability(self) -> float:
        """Of its surest numeral with a digit; 0 where there is none: a sign by itself is no value, right or wrong."""
        return max((token.probability for token in self.reading.tokens if has_digit(token.text)), default=0.0)

    @property
    def is_usual(self) -> bool:
        """Whether its numerals have the shape of print: only of those is it asked how sure they may be."""
        return all(token.is_word or token.shape not in (Shape.ODD, Shape.BROKEN) for token in self.reading.tokens)

    def is_among(self, count: int) -> bool:
        """Whether the truth is one of the first `count` candidates."""
        return self._rank(count)

    def _rank(self, count: int) -> bool:
        read = [token for token in self.reading.tokens if not token.is_word]
        if len(read) != 1:
            return False
        return meaning_of(self.truth) in {meaning_of(candidate.text) for candidate in read[0].candidates[:count]}


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """A worn line that waits to be read, and what stands on it."""

    kind: str
    family: str
    dpi: int | None
    truth: str
    pixels: NDArray[np.uint8]


def make_trials(setting: Setting, words: list[str]) -> list[Trial]:
    """Draws and wears the lines of a setting: as many as it asks for, none where its fonts lack the glyphs."""
    import numpy as np

    rng, noise = Random(setting.seed), np.random.default_rng(setting.seed)
    trials: list[Trial] = []
    while len(trials) < setting.count and (drawn := _draw(setting, rng, words)) is not None:
        clean, truth = drawn
        trials.append(Trial(setting.kind, clean.family, setting.dpi, truth, _worn(clean, setting, rng, noise)))
    return trials


def read_trials(reader: NumeralReader, trials: Sequence[Trial]) -> list[Outcome]:
    """What the reader makes of each trial."""
    outcomes = []
    for start in range(0, len(trials), _BATCH):
        some = trials[start : start + _BATCH]
        for trial, reading in zip(some, reader.read([LineImage(trial.pixels) for trial in some]), strict=True):
            outcomes.append(Outcome(trial.kind, trial.family, trial.dpi, trial.truth, reading))
    return outcomes


def try_out(reader: NumeralReader, setting: Setting, words: list[str]) -> list[Outcome]:
    """Draws, wears and reads the lines of a setting."""
    return read_trials(reader, make_trials(setting, words))


def _draw(setting: Setting, rng: Random, words: list[str]) -> tuple[CleanLine, str] | None:
    """A line of the setting's kind, and its text without spaces; None where the fonts lack its glyphs."""
    for _ in range(_TRIES):
        kind = rng.choice((*KINDS, WORDS)) if setting.kind == FLIPPED else setting.kind
        line = make_one(kind, rng, words)
        truth = "" if kind == WORDS or setting.kind == FLIPPED else line.classes.replace(" ", "")
        if not line.classes or len(line.classes) > _LONGEST or (truth and not _is_plain(line, kind)):
            continue
        clean = draw_line(line, rng.choice(setting.fonts), rng)
        if clean is not None:
            return (_turned(clean, line) if setting.kind == FLIPPED else clean), truth
    return None


def _is_plain(line: TrainingLine, kind: str) -> bool:
    """Whether a line is what its kind says and no more. A zero for the letter of a code with a space behind it is left out:
    nobody could tell it from a number by the line alone."""
    head, space, _ = line.classes.partition(" ")
    return grammar_of().shape(line.classes.replace(" ", "")) == Shape(kind) and not (space and head.strip("(") in _ZEROS)


def _turned(clean: CleanLine, line: TrainingLine) -> CleanLine:
    return CleanLine(clean.ink[::-1, ::-1].copy(), stood_on_its_head(line).classes, clean.family)


def _worn(clean: CleanLine, setting: Setting, rng: Random, noise: np.random.Generator) -> NDArray[np.uint8]:
    wear = Wear(setting.dpi, rng.uniform(LEAST_POINTS, MOST_POINTS), setting.strength, setting.is_covered)
    return wear_line(clean, noise, wear)
