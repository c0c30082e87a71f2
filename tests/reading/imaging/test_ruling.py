"""Rules are told from print, and erased without harm to it."""

from __future__ import annotations

import numpy as np
import pytest

from prongsai.reading.imaging.ruling import Ruling, erase, find_ruling

from .sheets import Sheet, darkest, sheet


def masks(page: Sheet) -> tuple[np.ndarray, np.ndarray]:
    grey = np.asarray(page.image.convert("L"))
    return grey, ((grey < 150) * 255).astype(np.uint8)


def ruling_of(page: Sheet) -> Ruling:
    _, ink = masks(page)
    return find_ruling(ink, ink, page.dpi)


def test_print_of_any_size_holds_no_rules() -> None:
    page = sheet()
    top = 0.5
    for size in (5, 7, 10, 14, 20, 28, 40):
        page.text(0.6, top, "IIT EIT OIT 1111 HHH ==-- Transparency llll 777"[: 560 // size], size)
        top += size / 72 * 1.6
    found = ruling_of(page)
    assert found.across == ()
    assert found.down == ()


def test_an_underline_is_a_rule_and_a_dash_is_none() -> None:
    page = sheet()
    page.line(1.0, 2.0, 3.0, 2.0)
    page.line(1.0, 3.0, 1.2, 3.0)
    (line,) = ruling_of(page).across
    assert abs(line.at - 400) <= 1
    assert abs(line.start - 200) <= 2
    assert abs(line.end - 600) <= 2


def test_a_short_vertical_counts_between_rules_only() -> None:
    page = sheet()
    for y in (1.0, 1.25):
        page.line(1.0, y, 3.0, y)
    page.line(2.0, 1.0, 2.0, 1.25)
    page.line(2.0, 5.0, 2.0, 5.25)
    found = ruling_of(page)
    assert [round(line.at) for line in found.down] == [400]
    assert found.down[0].end < 300


def test_pieces_on_one_axis_with_ink_between_are_one_rule() -> None:
    page = sheet()
    for number in range(12):
        page.line(1.0 + 0.25 * number, 2.0, 1.21 + 0.25 * number, 2.0)
    page.line(5.0, 2.0, 6.0, 2.0)
    assert [(round(line.start, -1), round(line.end, -1)) for line in ruling_of(page).across] == [(200, 790), (1000, 1200)]


def test_strokes_that_cross_stay_and_the_rule_goes() -> None:
    page = sheet()
    page.line(1.0, 2.0, 4.0, 2.0)
    page.line(2.0, 1.9, 2.0, 2.1, width_in=0.02)
    page.text(3.0, 1.9, "jqgy 8 97", 20)
    grey, ink = masks(page)
    clean = erase(grey, ink, find_ruling(ink, ink, 200).ink, 200)
    assert darkest(clean, (1.1, 1.9, 1.9, 2.1), 200) > 200
    assert (clean[380:421, 400] < 100).all()
    lost = (grey[440:470, 600:800] < 100) & (clean[440:470, 600:800] > 200)
    assert not lost.any()


def test_points_are_those_of_the_page() -> None:
    page = sheet(150)
    page.line(1.0, 2.0, 3.0, 2.0)
    page.line(2.0, 2.0, 2.0, 4.0)
    across, down = ruling_of(page).as_rules(150)
    assert across.is_horizontal
    assert not down.is_horizontal
    assert abs(across.top - 144) < 1
    assert abs(down.x0 - 144) < 1
    assert abs(down.bottom - 288) < 2


def test_upside_down_twice_is_the_same() -> None:
    page = sheet()
    page.line(1.0, 2.0, 3.0, 2.0)
    page.line(2.0, 2.0, 2.0, 4.0)
    found = ruling_of(page)
    height, width = found.ink.shape
    again = found.upside_down(width, height).upside_down(width, height)
    for before, after in zip(found.as_rules(200), again.as_rules(200), strict=True):
        assert (after.x0, after.top, after.x1, after.bottom) == pytest.approx((before.x0, before.top, before.x1, before.bottom))
    assert np.array_equal(again.ink, found.ink)
