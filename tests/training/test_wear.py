"""Clean lines, and what wear leaves of them."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from prongsai.reading.network.normalise import HEIGHT, normalise
from prongsai.training.fonts import TrainingFont
from prongsai.training.lines import TrainingLine
from prongsai.training.prints import EM_PX, CleanLine, draw_line
from prongsai.training.wear import Wear, wear_line


def test_a_clean_line_is_cropped_to_its_ink(clean: CleanLine) -> None:
    assert clean.ink.dtype == np.uint8
    assert all(edge.any() for edge in (clean.ink[0], clean.ink[-1], clean.ink[:, 0], clean.ink[:, -1]))
    assert EM_PX * 0.3 < clean.ink.shape[0] < EM_PX * 1.2


def test_a_font_without_the_glyphs_draws_nothing(fonts: tuple[TrainingFont, ...]) -> None:
    assert draw_line(TrainingLine("\N{SNOWMAN}", "#"), fonts[0], Random(1)) is None


@pytest.mark.parametrize("dpi", [120, 200, 300])
def test_print_comes_out_at_its_size(clean: CleanLine, noise: np.random.Generator, dpi: int) -> None:
    worn = [wear_line(clean, noise, Wear(dpi, 14, 0.0)) for _ in range(20)]
    printed = clean.ink.shape[0] * 14 * dpi / 72 / EM_PX
    assert printed < np.median([one.shape[0] for one in worn]) < printed + 0.25 * dpi


def test_paper_stays_light_and_print_stays_dark(clean: CleanLine, noise: np.random.Generator) -> None:
    for _ in range(50):
        worn = wear_line(clean, noise, Wear(200, 14, 0.5, is_covered=False))
        assert worn.dtype == np.uint8
        assert np.percentile(worn, 95) - np.percentile(worn, 2) > 60


def test_every_wear_is_another_and_each_has_the_readers_height(clean: CleanLine, noise: np.random.Generator) -> None:
    worn = [normalise(wear_line(clean, noise, Wear())) for _ in range(200)]
    assert {one.shape[0] for one in worn} == {HEIGHT}
    assert len({one.tobytes() for one in worn}) == len(worn)


def test_the_same_seed_wears_alike(clean: CleanLine) -> None:
    first, second = (wear_line(clean, np.random.default_rng(3), Wear()) for _ in range(2))
    assert np.array_equal(first, second)
