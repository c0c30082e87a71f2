"""Pieces of lines that hold words, and the letters read in them put together to words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prongsai.language.repair import DEPENDENT_VOWELS, LEADING_VOWELS, MARKS

if TYPE_CHECKING:
    from prongsai.reading.imaging.model import Pixels

_BODY = 0.4
"""Rows with this share of the darkest row's ink are the letters' body; above and below stand vowels and tone marks."""
_SPACE = 0.45
"""White as wide as this share of the letters' height parts two words; spaces are some 0.7 of it, gaps between letters 0.15."""
_INK = 170


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line that holds words and no numeral: a box in pixels of the page."""

    x0: int
    top: int
    x1: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A word that was read in a piece; edges in pixels of the page."""

    text: str
    x0: float
    x1: float
    confidence: float
    reader_version: str = ""
    """Who read it, where that is another than who read the page's other words."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A letter, or a few that were read together, and the middle of them in pixels of the page."""

    text: str
    middle: float
    confidence: float


def words_on(letters: Sequence[Spot], grey: Pixels, piece: Piece) -> list[Reading]:
    """The letters that were read in a piece of a page as words, each as wide as its ink and as sure as its least sure letters.

    Where words begin and end is told by the page's ink.
    """
    if not letters:
        return []
    spans = _inked(grey[piece.top : piece.bottom, piece.x0 : piece.x1], piece.x0)
    of_span: dict[int, list[Spot]] = {}
    for one in sorted(letters, key=lambda letter: letter.middle):
        nearest = min(range(len(spans)), key=lambda at: max(spans[at][0] - one.middle, one.middle - spans[at][1]))
        of_span.setdefault(nearest, []).append(one)
    readings = (
        Reading("".join(one.text for one in found), float(spans[at][0]), float(spans[at][1]), min(one.confidence for one in found))
        for at, found in sorted(of_span.items())
    )
    return _rejoined(readings)


def _rejoined(readings: Iterable[Reading]) -> list[Reading]:
    """Words that wide print parted where no word can: before a vowel or mark that needs a consonant, after one that leads."""
    words: list[Reading] = []
    for one in readings:
        if words and (one.text[0] in MARKS + DEPENDENT_VOWELS or words[-1].text[-1] in LEADING_VOWELS):
            last = words[-1]
            words[-1] = Reading(last.text + one.text, last.x0, one.x1, min(last.confidence, one.confidence))
        else:
            words.append(one)
    return words


def _inked(cut: Pixels, left: int) -> list[tuple[int, int]]:
    """Left and right edge of each run of ink between spaces, from `left` on; the whole piece where it has no ink."""
    import numpy as np

    first, last = body_of(cut)
    columns = np.flatnonzero((cut < _INK).any(axis=0))
    if not len(columns):
        return [(left, left + cut.shape[1])]
    ends = np.flatnonzero(np.diff(columns) > max(_SPACE * (last - first), 1.0))
    starts = columns[np.concatenate(([0], ends + 1))]
    stops = columns[np.concatenate((ends, [len(columns) - 1]))] + 1
    return [(left + start, left + stop) for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)]


def body_of(cut: Pixels) -> tuple[int, int]:
    """The first row of the letters' body and the row after its last."""
    import numpy as np

    ink = (255 - cut).sum(axis=1, dtype=np.int64)
    dark = np.flatnonzero(ink >= _BODY * ink.max(initial=1))
    return (int(dark[0]), int(dark[-1]) + 1) if len(dark) else (0, cut.shape[0])
