"""Grey stamps over print."""

from __future__ import annotations

import numpy as np
import pytest

from prongsai.reading.imaging.light import even_light, stretch
from prongsai.reading.imaging.ruling import find_ruling
from prongsai.reading.imaging.stamps import fade

from .sheets import Sheet, darkest, scanned, sheet, table_page


def faded(grey: np.ndarray, dpi: float) -> tuple[np.ndarray, np.ndarray | None]:
    light, dark = (((grey < level) * 255).astype(np.uint8) for level in (215, 180))
    return fade(grey, find_ruling(light, dark, dpi).ink, dpi)


def grey_of(page: Sheet) -> np.ndarray:
    return stretch(even_light(np.asarray(scanned(page.image, noise=3, blur=0.5).convert("L")), page.dpi))


@pytest.mark.parametrize("dpi", [200, 300])
def test_a_grey_ring_fades_and_print_under_it_stays(dpi: int) -> None:
    page = sheet(dpi)
    page.ring(2.0, 2.0, 0.6, (135, 135, 135), 0.035)
    page.ring(2.0, 2.0, 0.4, (135, 135, 135), 0.02)
    page.text(1.2, 1.9, "97.32 98.50 score", 16)
    before = grey_of(page)
    after, mask = faded(before, dpi)
    assert mask is not None
    assert mask[round(1.42 * dpi), round(2.0 * dpi)]
    assert darkest(before, (1.9, 1.38, 2.1, 1.46), dpi) < 170
    assert darkest(after, (1.9, 1.38, 2.1, 1.46), dpi) > 215
    print_box = np.s_[round(1.9 * dpi) : round(2.2 * dpi), round(1.2 * dpi) : round(2.9 * dpi)]
    dark_before, dark_after = (before[print_box] < 60).sum(), (after[print_box] < 60).sum()
    assert dark_after > 0.9 * dark_before


def test_a_page_without_stamps_is_left_alone() -> None:
    grey = grey_of(table_page())
    after, mask = faded(grey, 200)
    assert mask is None
    assert after is grey


def test_grey_rules_are_no_stamp() -> None:
    page = sheet(300)
    for number in range(5):
        page.line(1.0, 1.0 + 0.4 * number, 3.0, 1.003 + 0.4 * number, (120, 120, 120), 0.015)
        page.line(1.0 + 0.5 * number, 1.0, 1.003 + 0.5 * number, 2.6, (120, 120, 120), 0.015)
    grey = grey_of(page)
    assert faded(grey, 300)[1] is None


def test_a_ring_across_rules_fades_too() -> None:
    page = table_page()
    page.ring(5.5, 3.0, 0.5, (135, 135, 135), 0.035)
    before = grey_of(page)
    after, mask = faded(before, 200)
    assert mask is not None
    angles = np.radians(np.arange(360))
    around = (np.round(200 * (3.0 + 0.485 * np.sin(angles))).astype(int), np.round(200 * (5.5 + 0.485 * np.cos(angles))).astype(int))
    assert (before[around] < 170).mean() > 0.95
    assert (after[around] < 170).mean() < 0.25
