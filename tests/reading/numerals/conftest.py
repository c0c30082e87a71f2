"""Class probabilities made by hand, so that decoding is tested without a network."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from prongsai.reading.numerals.alphabet import ALPHABET

Frames = NDArray[np.float32]


def frames_of(text: str, sure: float = 0.9995, doubts: Mapping[int, Mapping[str, float]] | None = None) -> Frames:
    """Probabilities (frames by classes) that hold a text: each glyph two frames and two of blank, with `sure` of it.

    `doubts` gives other glyphs at a position of the text, and the probability that each takes from the printed one
    (the empty text stands for a blank).
    """
    rows = [_row({"": sure}, sure)]
    for at, character in enumerate(text):
        rivals = (doubts or {}).get(at, {})
        row = _row({character: sure - sum(rivals.values()), **rivals}, sure)
        rows += [row, row] if not rivals else [row]
        rows += [_row({"": sure}, sure)] * 2
    return np.array(rows, np.float32)


def _row(shares: Mapping[str, float], sure: float) -> list[float]:
    row = np.full(len(ALPHABET), (1 - sure) / len(ALPHABET))
    for character, share in shares.items():
        row[ALPHABET.index(character)] += share
    return list(row / row.sum())
