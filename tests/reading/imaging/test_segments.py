"""Pieces of lines: all print is in exactly one, and none holds two lines or two columns."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from prongsai.reading.imaging.blobs import Blobs, find_blobs, tell_text
from prongsai.reading.imaging.model import Segment
from prongsai.reading.imaging.ruling import Ruling
from prongsai.reading.imaging.segments import find_segments

from .sheets import Sheet, sheet

DPI = 100


def cut(page: Sheet, walls: np.ndarray | None = None, stains: np.ndarray | None = None) -> tuple[tuple[Segment, ...], np.ndarray, Blobs]:
    ink = ((np.asarray(page.image.convert("L")) < 150) * 255).astype(np.uint8)
    blobs, _ = find_blobs(ink, page.dpi)
    nothing = np.zeros_like(ink)
    text = tell_text(blobs, Ruling((), (), nothing))
    found, owner = find_segments(blobs, text, nothing if walls is None else walls, stains, page.dpi)
    return found, owner, blobs


def glyphs(page: Sheet, x: float, top: float, heights: Sequence[float], pitch: float = 0.11) -> None:
    """Bars that stand for letters, on a line whose letters are 0.1 in tall; `heights` rise from the line's foot."""
    for number, height in enumerate(heights):
        left = x + pitch * number
        page.pen.rectangle(page.px(left, top + 0.1 - height, left + 0.07, top + 0.1), fill=(20, 20, 20))


LINE = st.lists(st.floats(0.085, 0.15), min_size=3, max_size=9)


@settings(deadline=None, max_examples=25, derandomize=True, phases=[Phase.generate])
@given(st.lists(st.tuples(LINE, LINE), min_size=1, max_size=8), st.floats(0.22, 0.3))
def test_every_glyph_is_in_one_piece(rows: list[tuple[list[float], list[float]]], pitch: float) -> None:
    """Two columns half an inch apart, lines at any pitch down to 2.2 letters."""
    page = sheet(DPI)
    for number, (left, right) in enumerate(rows):
        glyphs(page, 1.0, 1.0 + pitch * number, left)
        glyphs(page, 2.5, 1.0 + pitch * number, right)
    found, owner, blobs = cut(page)
    assert len(found) == 2 * len(rows)
    assert [segment.row for segment in found] == [row for row in range(1, len(rows) + 1) for _ in range(2)]
    assert (owner >= 0).all()
    for index in range(len(owner)):
        middle = ((blobs.x0[index] + blobs.x1[index]) / 2, (blobs.top[index] + blobs.bottom[index]) / 2)
        holding = [at for at, box in enumerate(found) if box.x0 <= middle[0] < box.x1 and box.top <= middle[1] < box.bottom]
        assert holding == [owner[index]]
        own = found[owner[index]]
        assert own.x0 <= blobs.x0[index] < blobs.x1[index] <= own.x1
        assert own.top <= blobs.top[index] < blobs.bottom[index] <= own.bottom


def test_marks_go_with_the_letter_they_touch() -> None:
    """Marks above a line and below the one before it, stacked in twos, between lines that stand close."""
    page = sheet(200)
    for row in range(3):
        top = 1.0 + 0.26 * row
        glyphs(page, 1.0, top, [0.1] * 8)
        for number in (1, 4):
            left = 1.0 + 0.11 * number
            page.pen.rectangle(page.px(left, top - 0.045, left + 0.06, top - 0.015), fill=(20, 20, 20))
            page.pen.rectangle(page.px(left + 0.02, top - 0.085, left + 0.05, top - 0.055), fill=(20, 20, 20))
        page.pen.rectangle(page.px(1.66, top + 0.115, 1.71, top + 0.145), fill=(20, 20, 20))
    found, owner, _ = cut(page)
    assert len(found) == 3
    assert (np.bincount(owner) == 8 + 4 + 1).all()
    for segment, row in zip(found, range(3), strict=True):
        assert abs(segment.top / 200 - (0.915 + 0.26 * row)) <= 0.035
        assert abs(segment.bottom / 200 - (1.145 + 0.26 * row)) <= 0.035


def test_a_dash_a_point_and_a_sign_belong_to_their_number() -> None:
    page = sheet(200)
    page.text(1.0, 1.0, "-0.45", 14)
    page.text(1.0, 1.4, "85.00 - 94.99", 14)
    page.text(3.0, 1.4, "-", 14)
    found, _, _ = cut(page)
    assert [(segment.row, segment.x0 > 500) for segment in found] == [(1, False), (2, False), (2, True)]
    assert found[0].x0 <= 202
    assert found[1].x1 - found[1].x0 > 180


def test_specks_are_no_pieces() -> None:
    page = sheet(200)
    random = np.random.default_rng(1)
    for x, y in random.uniform(0.3, 7.5, (200, 2)):
        page.pen.rectangle([*page.px(x, y), *(value + 1 for value in page.px(x, y))], fill=(20, 20, 20))
    page.text(4.0, 9.0, "97.32", 14)
    assert len(cut(page)[0]) == 1


def test_nothing_reaches_across_a_wall() -> None:
    page = sheet(200)
    page.text(1.0, 1.0, "97.32", 14)
    page.text(1.62, 1.0, "98.50", 14)
    assert len(cut(page)[0]) == 1
    walls = np.zeros((page.image.height, page.image.width), np.uint8)
    walls[:, 318] = 255
    left, right = cut(page, walls)[0]
    assert left.x1 <= 318 < right.x0


def test_a_piece_reaches_into_the_stain_beside_it() -> None:
    """A digit that a stamp swallowed must not go unnoticed."""
    page = sheet(200)
    page.text(1.0, 1.0, "97.3", 14)
    (plain,) = cut(page)[0]
    stains = np.zeros((page.image.height, page.image.width), np.uint8)
    stains[180:260, plain.x1 + 2 : plain.x1 + 60] = 255
    (touched,) = cut(page, stains=stains)[0]
    assert touched.x1 > plain.x1 + 10
    assert stains[touched.top : touched.bottom, touched.x0 : touched.x1].any()
    assert touched.x0 == plain.x0
