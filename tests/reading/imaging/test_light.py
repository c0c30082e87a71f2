"""Paper comes out white and ink black, whatever the lamp and the toner were."""

from __future__ import annotations

import numpy as np
import pytest

from prongsai.reading.imaging.light import even_light, stretch

from .sheets import darkest, scanned, table_page


def page(strength: float = 1.0) -> np.ndarray:
    """A grey page, its ink as much darker than paper as `strength` says."""
    grey = np.asarray(scanned(table_page().image, noise=3).convert("L")).astype(np.float32)
    return (240 - (240 - grey) * strength).clip(0, 255).astype(np.uint8)


def test_a_shadow_goes() -> None:
    grey = page()
    shade = np.linspace(0.35, 1.0, grey.shape[1])[None, :]
    clean = stretch(even_light((grey * shade).astype(np.uint8), 200))
    for left in (0.2, 4.0, 7.6):
        assert np.median(clean[:, round(left * 200) : round(left * 200) + 60]) >= 245
    assert darkest(clean, (1.0, 1.2, 1.7, 1.6), 200) < 60
    assert darkest(clean, (6.4, 1.2, 7.3, 1.6), 200) < 60


@pytest.mark.parametrize("strength", [0.25, 0.5, 1.0])
def test_faint_print_is_restored(strength: float) -> None:
    clean = stretch(even_light(page(strength), 200))
    assert darkest(clean, (4.6, 1.2, 5.5, 1.6), 200) < 60
    assert np.median(clean) >= 245


def test_an_empty_page_stays_empty() -> None:
    """Grain is not blown up to print."""
    grain = np.random.default_rng(2).normal(230, 3, (1000, 800)).astype(np.uint8)
    assert stretch(even_light(grain, 200)).min() > 180
