"""Reads numerals, codes and Latin names off line images with one small network."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from prongsai.reading.network import HEIGHT, Card, Glyph, LineImage, LineNetwork, SeenLine, load_model, softmax
from prongsai.reading.network.lines import INK
from prongsai.reading.numerals.alphabet import ALPHABET
from prongsai.reading.numerals.edges import find_edges
from prongsai.reading.numerals.readings import LineReading
from prongsai.reading.numerals.shapes import Grammar, grammar_of
from prongsai.reading.numerals.tokens import read_tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FOLDER = Path(__file__).parent / "model"


class NumeralReader:
    """Reads lines; made once a process by `numeral_reader`. Not to be shared by threads."""

    def __init__(self, card: Card, model: bytes, grammar: Grammar) -> None:
        self._card = card
        self._grammar = grammar
        self._network = LineNetwork(card, model)

    @property
    def version(self) -> str:
        """Name, version and hash of the model, for the column `reader_version`."""
        return self._card.label

    def read(self, lines: Sequence[LineImage]) -> list[LineReading]:
        """What stands in each line, in the order of the lines."""
        return [self._decode(seen) for seen in self._network.see(lines)]

    def _decode(self, seen: SeenLine) -> LineReading:
        if not len(seen.logits):
            return LineReading((), 0.0)
        probabilities = softmax(seen.logits, self._card.temperature)
        gap = _paper_between(seen.ink.max(axis=0) > INK, self._card.stride)
        read, flipped = read_tokens(probabilities, self._grammar, gap, self._card.calibrate)
        return LineReading(find_edges(read, seen.ink, self._card.stride, seen.scale), flipped)


@cache
def numeral_reader(folder: Path = FOLDER) -> NumeralReader:
    """The reader with the model that came with the program, loaded once a process.

    Raises ToolMissing where the model is missing or is not the one that its card describes.
    """
    card, model = load_model(folder, "numerals", ALPHABET)
    return NumeralReader(card, model, grammar_of())


def _paper_between(inked: NDArray[np.bool_], stride: int) -> Callable[[Glyph, Glyph], float]:
    """How wide the widest paper between two glyphs is, in line heights."""

    def gap(left: Glyph, right: Glyph) -> float:
        widest = run = 0
        for column in inked[round(left.middle * stride) : round(right.middle * stride)].tolist():
            run = 0 if column else run + 1
            widest = max(widest, run)
        return widest / HEIGHT

    return gap
