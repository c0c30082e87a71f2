"""Letters put together to words by the ink of a piece."""

from __future__ import annotations

from prongsai.reading import pieces
from prongsai.reading.pieces import Reading


def test_words_are_parted_only_where_words_can_be() -> None:
    parted = [
        Reading("ค", 0, 10, 0.9),
        Reading("ือ", 14, 30, 0.8),
        Reading("เ", 50, 55, 0.7),
        Reading("มือง", 60, 90, 0.9),
        Reading("x", 99, 101, 1),
    ]
    assert pieces._rejoined(parted) == [Reading("คือ", 0, 30, 0.8), Reading("เมือง", 50, 90, 0.7), Reading("x", 99, 101, 1)]
