"""Fonts and lines that the tests of training share."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from prongsai.errors import ToolMissing
from prongsai.training.fonts import TrainingFont, training_fonts
from prongsai.training.lines import TrainingLine
from prongsai.training.prints import CleanLine, draw_line

WORDS = [
    "\N{THAI CHARACTER KO KAI}\N{THAI CHARACTER SARA AA}\N{THAI CHARACTER RO RUA}",
    "\N{THAI CHARACTER KO KAI}\N{THAI CHARACTER MAI EK}",
]


@pytest.fixture(scope="session")
def fonts() -> tuple[TrainingFont, ...]:
    try:
        return training_fonts()
    except ToolMissing as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def clean(fonts: tuple[TrainingFont, ...]) -> CleanLine:
    """A score, drawn clean."""
    font = next(font for font in fonts if font.glyphs >= set("97.32"))
    drawn = draw_line(TrainingLine("97.32", "97.32"), font, Random(1))
    assert drawn is not None
    return drawn


@pytest.fixture
def noise() -> np.random.Generator:
    return np.random.default_rng(7)
