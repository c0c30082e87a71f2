"""Dotted and dashed rules make the same grids as whole ones; leaders and columns of letters make none."""

from __future__ import annotations

import numpy as np
import pytest

from prongsai.layout.grids import find_grids
from prongsai.reading.imaging import prepare

from .sheets import COLUMNS, ROWS, Sheet, cell_text, scanned, sheet


def draw_broken(page: Sheet, x0: float, top: float, x1: float, bottom: float, on: float, off: float) -> None:
    place, length = 0.0, max(x1 - x0, bottom - top)
    while place < length:
        end = min(place + on, length)
        if top == bottom:
            page.line(x0 + place, top, x0 + end, top, width_in=0.02)
        else:
            page.line(x0, top + place, x0, top + end, width_in=0.02)
        place += on + off


@pytest.mark.parametrize(("on", "off"), [(0.02, 0.03), (0.08, 0.03), (0.1, 0.05)])
@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_a_table_of_broken_rules(dpi: int, on: float, off: float) -> None:
    page = sheet(dpi)
    page.text(1.0, 0.6, "Assessment of integrity ......... 2568 in the agencies ........ of the state")
    for y in ROWS:
        draw_broken(page, COLUMNS[0], y, COLUMNS[-1], y, on, off)
    for x in COLUMNS:
        page.line(x, ROWS[0], x, ROWS[-1])
    for row in range(len(ROWS) - 1):
        for column in range(len(COLUMNS) - 1):
            page.text(COLUMNS[column] + 0.08, ROWS[row] + 0.07, cell_text(row, column))
    (grid,) = find_grids(prepare(scanned(page.image, skew=0.8, noise=3, quality=60), dpi).rules)
    assert (len(grid.ys) - 1, len(grid.xs) - 1) == (len(ROWS) - 1, len(COLUMNS) - 1)


def test_leaders_and_stacked_letters_are_print() -> None:
    page = sheet()
    for row in range(12):
        page.text(1.0, 1.0 + 0.25 * row, "Il clarity of duties ........................ 97.32", 12)
        page.text(6.5, 1.0 + 0.25 * row, "-", 12)
    prepared = prepare(page.image, 200)
    assert not prepared.rules
    dots = np.asarray(page.image.convert("L"))[200:800] < 100
    assert np.count_nonzero(dots & (prepared.grey[200:800] > 200)) < 0.02 * np.count_nonzero(dots)


def test_the_foot_of_a_bar_chart_is_a_rule() -> None:
    page = sheet()
    for number in range(8):
        page.line(1.0 + 0.6 * number, 3.0, 1.2 + 0.6 * number, 3.0)
    (rule,) = prepare(page.image, 200).rules
    assert (rule.x0, rule.x1, rule.top) == pytest.approx((72, 5.4 * 72, 216), abs=2)
