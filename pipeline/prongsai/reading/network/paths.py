"""Class probabilities of a line's frames, and the best path through them.

Both follow connectionist temporal classification: a glyph may hold for several frames, and two equal glyphs are two only
where a blank stands between them.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLANK = 0
"""The class that is no glyph."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph on the best path: frames `start` to `end` (half open), and its probability at its best frame."""

    character: str
    start: int
    end: int
    probability: float

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


def softmax(logits: NDArray[np.float32], temperature: float) -> NDArray[np.float32]:
    """Class probabilities along the last axis; a temperature above 1 evens them out."""
    import numpy as np

    scaled = logits / np.float32(temperature)
    scaled = np.exp(scaled - scaled.max(axis=-1, keepdims=True))
    whole: NDArray[np.float32] = scaled / scaled.sum(axis=-1, keepdims=True)
    return whole


def best_path(probabilities: NDArray[np.float32], alphabet: Sequence[str]) -> list[Glyph]:
    """The glyphs of frames by classes, taking each frame's likeliest class; blanks are left out."""
    import numpy as np

    if len(probabilities) == 0:
        return []
    classes = probabilities.argmax(axis=1)
    edges = np.flatnonzero(np.diff(classes, prepend=-1, append=-1))
    return [
        Glyph(alphabet[classes[start]], int(start), int(end), float(probabilities[start:end, classes[start]].max()))
        for start, end in itertools.pairwise(edges)
        if classes[start] != BLANK
    ]
