"""Lines of charts are told from print and pen strokes."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from PIL import Image

from prongsai.reading.imaging.blobs import find_blobs
from prongsai.reading.imaging.plots import find_lines
from prongsai.reading.imaging.prepare import prepare

from .sheets import Sheet, sheet


def lines_of(page: Sheet) -> np.ndarray | None:
    ink = ((np.asarray(page.image.convert("L")) < 150) * 255).astype(np.uint8)
    _, outlines = find_blobs(ink, page.dpi)
    return find_lines(ink, outlines, page.dpi)


def draw_ring(page: Sheet, x: float, y: float, radius: float, n_corners: int = 10) -> None:
    angles = [2 * math.pi * number / n_corners for number in range(n_corners + 1)]
    corners = [(x + radius * math.sin(angle), y - radius * math.cos(angle)) for angle in angles]
    for (x0, y0), (x1, y1) in pairwise(corners):
        page.line(x0, y0, x1, y1, width_in=0.015)


def test_the_ring_of_a_radar_is_lines() -> None:
    page = sheet()
    draw_ring(page, 4.0, 4.0, 1.5)
    found = lines_of(page)
    assert found is not None
    ink = np.asarray(page.image.convert("L")) < 150
    assert np.count_nonzero(ink & (found > 0)) > 0.9 * np.count_nonzero(ink)


def test_print_and_pen_strokes_are_no_lines() -> None:
    page = sheet()
    page.text(1.0, 1.0, "WWW 97.32 Transparency")
    for number in range(60):
        (x0, y0), (x1, y1) = ((3 + 0.03 * step + 0.15 * math.sin(step / 2), 4 + 0.25 * math.cos(step / 2)) for step in (number, number + 1))
        page.line(x0, y0, x1, y1, width_in=0.02)
    assert lines_of(page) is None


def test_a_number_on_a_ring_is_a_piece_of_its_own() -> None:
    page = sheet()
    draw_ring(page, 4.0, 4.0, 1.5)
    # At the middle of the side on the right, which runs down the page.
    page.text(5.25, 3.95, "85.05", 12)
    held = [piece for piece in prepare(page.image, 200).segments if piece.x0 < 5.4 * 200 < piece.x1]
    assert len(held) == 1
    assert held[0].x0 <= 5.25 * 200 + 4
    assert held[0].x1 >= 5.6 * 200
    assert not prepare(page.image, 200).rules


def test_an_empty_page_has_no_lines() -> None:
    assert find_lines(np.zeros((100, 100), np.uint8), [], 200) is None
    assert not prepare(Image.new("L", (400, 400), 255), 200).segments
