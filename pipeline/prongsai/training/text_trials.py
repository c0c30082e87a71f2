"""Lines of words whose truth is known, worn as scans are and read by the letter reader: what came of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from rapidfuzz.distance import Levenshtein

from prongsai.reading.letters import LetterReader
from prongsai.reading.network import LineImage
from prongsai.training.fonts import TrainingFont
from prongsai.training.prints import draw_line
from prongsai.training.texts import make_text
from prongsai.training.trials import LEAST_POINTS, MOST_POINTS
from prongsai.training.wear import Wear, wear_line

_LONGEST = 60
_BATCH = 64


@dataclass(frozen=True, slots=True)
class TextOutcome:
    """A line: what was printed, and what the reader made of it."""

    family: str
    dpi: int | None
    truth: str
    read: str
    probability: float
    """What its least sure letter claims."""

    @property
    def is_right(self) -> bool:
        return self.truth.replace(" ", "") == self.read.replace(" ", "")

    @property
    def errors(self) -> int:
        """Letters to put in, take out or change to come from what was read to what was printed; spaces are not counted."""
        return Levenshtein.distance(self.truth.replace(" ", ""), self.read.replace(" ", ""))

    @property
    def letters(self) -> int:
        """Letters printed, without spaces."""
        return len(self.truth.replace(" ", ""))


def try_texts(
    reader: LetterReader, fonts: Sequence[TrainingFont], words: list[str], count: int, dpi: int | None, seed: int, strength: float = 0.5
) -> list[TextOutcome]:
    """Draws, wears and reads `count` lines in the fonts; words alone, no scribbles."""
    import numpy as np

    rng, noise = Random(seed), np.random.default_rng(seed)
    drawn: list[tuple[str, str, LineImage]] = []
    while len(drawn) < count:
        line = make_text(rng, words)
        if not line.classes or len(line.classes) > _LONGEST:
            continue
        clean = draw_line(line, rng.choice(fonts), rng)
        if clean is None:
            continue
        worn = wear_line(clean, noise, Wear(dpi, rng.uniform(LEAST_POINTS, MOST_POINTS), strength, is_covered=False))
        drawn.append((clean.family, line.classes, LineImage(worn)))
    outcomes = []
    for start in range(0, count, _BATCH):
        some = drawn[start : start + _BATCH]
        for (family, truth, _), letters in zip(some, reader.read([image for _, _, image in some]), strict=True):
            least = min((letter.probability for letter in letters), default=0.0)
            outcomes.append(TextOutcome(family, dpi, truth, "".join(letter.text for letter in letters), least))
    return outcomes
