"""Lines brought to one height and contrast."""

from __future__ import annotations

import numpy as np
import pytest

from prongsai.reading.network.normalise import HEIGHT, normalise


def line(dark: int, paper: int, rows: int = 30, columns: int = 100) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    pixels = np.full((rows, columns), paper, np.uint8)
    pixels[rows // 3 : 2 * rows // 3, 10:20] = dark
    return pixels


@pytest.mark.parametrize(("rows", "columns"), [(30, 100), (80, 100), (40, 7), (200, 10)])
def test_height_is_one_and_width_in_proportion(rows: int, columns: int) -> None:
    ink = normalise(line(20, 250, rows, columns))
    assert ink.shape == (HEIGHT, round(columns * HEIGHT / rows))
    assert ink.dtype == np.float32


@pytest.mark.parametrize(("dark", "paper"), [(0, 255), (120, 200), (30, 90)])
def test_faint_print_and_dark_paper_come_out_alike(dark: int, paper: int) -> None:
    ink = normalise(line(dark, paper))
    assert ink[20, 20] == 1
    assert ink[20, 60:].max() == 0


def test_grain_of_empty_paper_stays_faint() -> None:
    grain = np.random.default_rng(1).integers(245, 256, (30, 100)).astype(np.uint8)
    assert normalise(grain).max() < 0.3
