"""Where tokens begin and end on the picture."""

from __future__ import annotations

import numpy as np

from prongsai.reading.network.normalise import HEIGHT
from prongsai.reading.network.paths import Glyph
from prongsai.reading.numerals import Token
from prongsai.reading.numerals.edges import find_edges
from prongsai.reading.numerals.parts import Part

STRIDE = 2


def edges(inked: list[tuple[int, int]], seen: list[list[int]], scale: float = 1.0) -> list[tuple[float, float]]:
    """The edges of tokens whose glyphs the network saw at these columns, on a line with ink in these spans of columns."""
    ink = np.zeros((HEIGHT, 300), np.float32)
    for start, end in inked:
        ink[10:30, start:end] = 1
    read = []
    for columns in seen:
        glyphs = tuple(Glyph("1", column // STRIDE, column // STRIDE + 1, 1.0) for column in columns)
        read.append((Part(glyphs, is_word=False), Token("1" * len(columns), 0, 0, 1.0, (), is_word=False)))
    return [(token.x0, token.x1) for token in find_edges(read, ink, STRIDE, scale)]


def test_a_token_ends_with_its_ink() -> None:
    assert edges([(20, 34), (38, 52)], [[26, 44]]) == [(20, 52)]


def test_the_widest_paper_parts_two_tokens() -> None:
    assert edges([(20, 34), (37, 50), (62, 70), (74, 90)], [[26, 44], [64, 80]]) == [(20, 50), (62, 90)]


def test_touching_tokens_part_where_there_is_least_ink() -> None:
    ((_, end), (start, _)) = edges([(20, 90)], [[30], [80]])
    assert 30 <= end == start <= 80


def test_ink_far_away_is_no_part_of_a_token() -> None:
    assert edges([(2, 5), (60, 74), (280, 290)], [[66]]) == [(60, 74)]


def test_edges_are_pixels_of_the_picture() -> None:
    assert edges([(20, 34)], [[26]], scale=1.5) == [(30, 51)]
