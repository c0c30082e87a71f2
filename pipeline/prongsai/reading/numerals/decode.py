"""What a line's class probabilities say once doubts are cleared that a glyph alone leaves: the likely texts of a part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prongsai.language.numerals import THAI_DIGITS
from prongsai.reading.network.paths import BLANK, best_path
from prongsai.reading.numerals.alphabet import ALPHABET, FLIPPED

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_WIDTH = 12
"""Texts kept from frame to frame."""
_SURE = 0.999
"""A frame whose likeliest class is above this leaves no room for another text."""
_NEGLIGIBLE = 1e-4
_ROUND = tuple(ALPHABET.index(character) for character in (THAI_DIGITS[0], "0", "o", "O"))
"""Classes that are a ring in most fonts."""
_SOME = 0.3
"""Frames where rings have less than this together are no part of one."""
_ON_ITS_HEAD = 0.5


def clear(probabilities: NDArray[np.float32]) -> tuple[NDArray[np.float32], float]:
    """Probabilities (frames by classes) with two kinds of doubt cleared that a glyph alone leaves, and the share of glyphs
    on their heads, 0–1.

    A ring looks the same upside down, but a line stands on its head as a whole or not at all; and a ring read as half a
    Thai zero, half an Arabic one is a zero for certain: each ring gives all it has to its likeliest class.
    """
    import numpy as np

    glyphs = [glyph for glyph in best_path(probabilities, ALPHABET) if glyph.character.strip()]
    flipped = sum(1 for glyph in glyphs if glyph.character == FLIPPED) / len(glyphs) if glyphs else 0.0
    cleared = probabilities.copy()
    if flipped <= _ON_ITS_HEAD:
        cleared[:, ALPHABET.index(FLIPPED)] = 0
        cleared /= cleared.sum(axis=1, keepdims=True)
    rings = cleared[:, _ROUND]
    edges = np.flatnonzero(np.diff(rings.sum(axis=1) > _SOME, prepend=False, append=False)).tolist()
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        likeliest = int(rings[start:end].sum(axis=0).argmax())
        cleared[start:end, _ROUND] = 0
        cleared[start:end, _ROUND[likeliest]] = rings[start:end].sum(axis=1)
    return cleared, flipped


def likely_texts(probabilities: NDArray[np.float32]) -> dict[str, float]:
    """Texts that frames by classes may hold and how likely each is, summed over all ways to print it; their sum is at most 1."""
    tops = probabilities.max(axis=1)
    if (tops > _SURE).all():
        return {"".join(glyph.character for glyph in best_path(probabilities, ALPHABET)): float(tops.prod())}
    beam: dict[str, tuple[float, float]] = {"": (1.0, 0.0)}
    for blank, options in _frames(probabilities):
        beam = _step(beam, blank, options)
    return {text: ended + held for text, (ended, held) in beam.items()}


def _frames(probabilities: NDArray[np.float32]) -> list[tuple[float, dict[str, float]]]:
    """Each frame as the probability of a blank and those of the classes that matter; frames sure to be blank are one."""
    import numpy as np

    is_blank = probabilities[:, BLANK] > _SURE
    counts = probabilities > _NEGLIGIBLE
    counts[is_blank] = False
    counts[:, BLANK] = False
    kept = (~is_blank | ~np.concatenate(([False], is_blank[:-1]))).nonzero()[0].tolist()
    options: dict[int, dict[str, float]] = {frame: {} for frame in kept}
    rows, classes = counts.nonzero()
    for frame, at, value in zip(rows.tolist(), classes.tolist(), probabilities[rows, classes].tolist(), strict=True):
        options[frame][ALPHABET[at]] = value
    return list(zip(probabilities[kept, BLANK].tolist(), options.values(), strict=True))


def _step(beam: dict[str, tuple[float, float]], blank: float, options: dict[str, float]) -> dict[str, tuple[float, float]]:
    """The beam after one more frame. For each text: how likely it is with a blank at its end, and with its last glyph."""
    ended: dict[str, float] = {}
    held: dict[str, float] = {}
    for text, (with_blank, with_glyph) in beam.items():
        whole = with_blank + with_glyph
        last = text[-1:]
        ended[text] = ended.get(text, 0.0) + whole * blank
        for character, probability in options.items():
            longer = text + character
            if character == last:
                held[text] = held.get(text, 0.0) + with_glyph * probability
                held[longer] = held.get(longer, 0.0) + with_blank * probability
            else:
                held[longer] = held.get(longer, 0.0) + whole * probability
    texts = {*ended, *held}
    grown = {text: (ended.get(text, 0.0), held.get(text, 0.0)) for text in texts}
    if len(grown) <= _WIDTH:
        return grown
    # Equal sums must fall out the same way in every run, and the order of a set of texts does not.
    kept = sorted(grown, key=lambda text: (-sum(grown[text]), text))[:_WIDTH]
    return {text: grown[text] for text in kept}
