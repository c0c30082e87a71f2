"""Which way lines run, and how far they are off level."""

from __future__ import annotations

import numpy as np
import pytest

from prongsai.reading.imaging.turning import find_skew, level, runs_up_the_page, small_ink, turn

from .sheets import Sheet, draw_table, sheet, table_page


def numbers_only() -> Sheet:
    """Four far columns of scores, many rows: the columns are more striking than the rows."""
    page = sheet()
    for row in range(24):
        for column in range(4):
            page.text(1.0 + 1.8 * column, 1.0 + 0.24 * row, f"{70 + row}.{10 + row * column % 90}", 13)
    return page


def short_lines() -> Sheet:
    page = sheet()
    for row in range(7):
        page.text(1.0, 1.0 + 0.3 * row, "Total 2568")
    return page


@pytest.mark.parametrize("draw", [table_page, numbers_only, short_lines])
@pytest.mark.parametrize("skew", [0.0, 3.0])
def test_lines_up_the_page_are_seen(draw: type, skew: float) -> None:
    grey = level(np.asarray(draw().image.convert("L")), skew, 1.0, paper=240)
    assert not runs_up_the_page(small_ink(grey, 200))
    assert runs_up_the_page(small_ink(turn(grey, 90), 200))
    assert runs_up_the_page(small_ink(turn(grey, 270), 200))


@pytest.mark.parametrize("has_rules", [True, False])
@pytest.mark.parametrize("skew", [-5.0, -0.9, 0.0, 0.3, 2.0])
def test_skew_is_found(skew: float, has_rules: bool) -> None:
    page = sheet(150)
    draw_table(page, has_rules=has_rules)
    grey = level(np.asarray(page.image.convert("L")), -skew, 1.0, paper=240)
    assert abs(find_skew(small_ink(grey, 150)) - skew) <= 0.06


def test_an_empty_page_is_level() -> None:
    blank = np.full((300, 200), 255, np.uint8)
    assert find_skew(small_ink(blank, 100)) == 0.0
    assert not runs_up_the_page(small_ink(blank, 100))
