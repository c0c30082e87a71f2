"""Where the tokens of a line begin and end: at the paper around their glyphs, since the network only says about where
these stand."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from prongsai.reading.network.normalise import HEIGHT
from prongsai.reading.numerals.parts import Part
from prongsai.reading.numerals.readings import Token

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_INK = 0.25
_FAR = HEIGHT * 0.6
"""Columns of paper beyond which ink at a line's end is no part of the token."""


def find_edges(read: Sequence[tuple[Part, Token]], ink: NDArray[np.float32], stride: int, scale: float) -> tuple[Token, ...]:
    """The tokens with their left and right edge in pixels of the line image.

    `ink` is the normalised line, `scale` image pixels to one of its columns, `stride` its columns to one frame.
    """
    darkness = ink.max(axis=0)
    width = len(darkness)
    middles = [
        (min(int(part.glyphs[0].middle * stride), width - 1), min(int(part.glyphs[-1].middle * stride), width - 1)) for part, _ in read
    ]
    borders = [(0, 0)]
    for (_, left), (right, _) in itertools.pairwise(middles):
        borders.append(_widest_paper(darkness, left + 1, max(right, left + 2)))
    borders.append((width, width))
    found = []
    for at, ((_, token), (first, last)) in enumerate(zip(read, middles, strict=True)):
        x0 = _outermost(darkness[borders[at][1] : first + 1][::-1])
        x1 = _outermost(darkness[last : borders[at + 1][0]])
        found.append(replace(token, x0=max(0, first + 1 - x0) * scale, x1=min(width, last + x1) * scale))
    return tuple(found)


def _widest_paper(darkness: NDArray[np.float32], left: int, right: int) -> tuple[int, int]:
    """Where between two columns the widest paper begins and ends; the lightest column where all of them hold ink."""
    best = (0, 0)
    start = left
    for at in range(left, right + 1):
        if at == right or darkness[at] > _INK:
            best = max(best, (at - start, start))
            start = at + 1
    if best[0] == 0:
        lightest = left + int(darkness[left:right].argmin())
        return lightest, lightest
    return best[1], best[1] + best[0]


def _outermost(darkness: NDArray[np.float32]) -> int:
    """How many columns, counted from a glyph outwards, hold its token's ink: up to paper that is too wide for a token."""
    reach, paper = 1, 0
    for at, dark in enumerate(darkness.tolist(), 1):
        paper = 0 if dark > _INK else paper + 1
        if paper > _FAR:
            break
        if dark > _INK:
            reach = at
    return reach
