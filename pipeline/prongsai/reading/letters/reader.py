"""Reads the letters of line images with one small network."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from prongsai.language.repair import TONE_MARKS, VOWEL_MARKS
from prongsai.reading.letters.alphabet import ALPHABET
from prongsai.reading.letters.readings import Letter
from prongsai.reading.letters.spelling import UNSURE, spelt
from prongsai.reading.network import Card, Glyph, LineImage, LineNetwork, best_path, load_model, softmax
from prongsai.reading.network.paths import BLANK

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOLDER = Path(__file__).parent / "model"


class LetterReader:
    """Reads lines; made once a process by `letter_reader`. Not to be shared by threads."""

    def __init__(self, card: Card, model: bytes) -> None:
        self._card = card
        self._network = LineNetwork(card, model)

    @property
    def version(self) -> str:
        """Name, version and hash of the model, for the column `reader_version`."""
        return self._card.label

    def sureness(self, claimed: float) -> float:
        """How often a word is right whose least sure letter claims this probability."""
        return self._card.calibrate(claimed)

    def read(self, lines: Sequence[LineImage]) -> list[list[Letter]]:
        """The letters of each line from left to right, marks after the letter that bears them."""
        found = []
        for seen in self._network.see(lines):
            pixels = self._card.stride * seen.scale
            probabilities = softmax(seen.logits, self._card.temperature)
            letters = [self._letter(glyph, probabilities, pixels) for glyph in best_path(probabilities, self._card.alphabet)]
            found.append(spelt(_one_mark_each(letters)))
        return found

    def _letter(self, glyph: Glyph, probabilities: NDArray[np.float32], pixels: float) -> Letter:
        """A glyph of the best path with its runner-up, the likeliest other letter at any of its frames."""
        if glyph.probability >= UNSURE:
            return Letter(glyph.character, glyph.middle * pixels, glyph.probability)
        others = probabilities[glyph.start : glyph.end].max(axis=0)
        others[[BLANK, self._card.alphabet.index(glyph.character)]] = 0
        rival = int(others.argmax())
        return Letter(glyph.character, glyph.middle * pixels, glyph.probability, self._card.alphabet[rival], float(others[rival]))


def _one_mark_each(letters: Sequence[Letter]) -> list[Letter]:
    """The letters with the surer one only of two vowel marks or two tone marks in a row: Thai puts one of each on a letter."""
    kept: list[Letter] = []
    for one in letters:
        if kept and any(kept[-1].text in kind and one.text in kind for kind in (VOWEL_MARKS, TONE_MARKS)):
            kept[-1] = max(kept[-1], one, key=lambda letter: letter.probability)
        else:
            kept.append(one)
    return kept


@cache
def letter_reader(folder: Path = FOLDER) -> LetterReader:
    """The reader with the model that came with the program, loaded once a process.

    Raises ToolMissing where the model is missing or is not the one that its card describes.
    """
    card, model = load_model(folder, "letters", ALPHABET)
    return LetterReader(card, model)
