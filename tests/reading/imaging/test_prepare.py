"""Whole pages: drawn tables come out as grids with one segment a cell, however they were scanned."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image

from prongsai.layout.grids import find_grids
from prongsai.reading.imaging import PreparedPage, prepare

from .sheets import COLUMNS, ROWS, cell_text, draw_table, scanned, sheet, table_page

N_ROWS, N_COLUMNS = len(ROWS) - 1, len(COLUMNS) - 1


def assert_table(page: PreparedPage) -> None:
    """The table of `table_page`: its grid, and in each cell that holds text one segment, in the others none."""
    (grid,) = find_grids(page.rules)
    assert (len(grid.ys) - 1, len(grid.xs) - 1, len(grid.regions)) == (N_ROWS, N_COLUMNS, N_ROWS * N_COLUMNS)
    unit = 72 / page.dpi
    held: dict[int, int] = {}
    for segment in page.segments:
        x, y = (segment.x0 + segment.x1) / 2 * unit, (segment.top + segment.bottom) / 2 * unit
        region = grid.region_at(x, y)
        if region is not None:
            held[region] = held.get(region, 0) + 1
            box = grid.box_of(grid.regions[region])
            assert box.x0 - 2 <= segment.x0 * unit < segment.x1 * unit <= box.x1 + 2
            assert box.top - 2 <= segment.top * unit < segment.bottom * unit <= box.bottom + 2
    expected = {index: 1 for index, region in enumerate(grid.regions) if cell_text(region.row, region.column)}
    assert held == expected


@pytest.mark.parametrize("dpi", [100, 150, 200, 300, 600])
def test_resolutions(dpi: int) -> None:
    page = prepare(scanned(table_page(dpi).image, noise=4 if dpi <= 300 else 0, blur=0.4 * dpi / 200), dpi)
    assert_table(page)
    assert 180 <= page.dpi <= 320
    assert abs(page.grey.shape[1] / page.dpi - 8.27) < 0.02


@pytest.mark.parametrize("skew", [-14.0, -4.0, -1.5, -0.4, 0.15, 1.5, 4.5, 9.0])
def test_skew(skew: float) -> None:
    page = prepare(scanned(table_page().image, skew=skew, noise=4, quality=50), 200)
    assert abs(page.skew_degrees - skew) < 0.08
    assert_table(page)


@pytest.mark.parametrize("turns", [0, 90, 180, 270])
def test_turned_pages_stand_upright(turns: int) -> None:
    """The callback is asked once, about crops of the page as it would be read."""
    image = scanned(table_page(150).image, skew=1.0, noise=3)
    upright = prepare(image, 150, lambda crops: False)
    asked: list[int] = []

    def looks_flipped(crops: Sequence[np.ndarray]) -> bool:
        asked.append(len(crops))
        assert all(crop.shape[1] > crop.shape[0] for crop in crops)
        return turns in (180, 270)

    page = prepare(image.rotate(turns, expand=True), 150, looks_flipped)
    assert asked == [12]
    assert page.turned_degrees == turns
    assert_table(page)
    assert page.grey.shape == upright.grey.shape
    assert np.abs(page.grey.astype(int) - upright.grey.astype(int)).mean() < 3


def test_broken_rules_are_whole() -> None:
    """Faint print: holes every few millimetres, some of a tenth of an inch."""
    page = table_page()
    random = np.random.default_rng(5)
    for y, x in itertools.product(ROWS, np.arange(1.05, 7.2, 0.25)):
        if all(abs(x - edge) > 0.12 for edge in COLUMNS):
            x += random.uniform(0, 0.05)
            page.pen.rectangle(page.px(x, y - 0.02, x + random.uniform(0.01, 0.07), y + 0.02), fill=(240, 240, 240))
    for x, y in itertools.product(COLUMNS, ROWS[:-1]):
        page.pen.rectangle(page.px(x - 0.02, y + 0.1, x + 0.02, y + 0.1 + random.uniform(0.01, 0.06)), fill=(240, 240, 240))
    assert_table(prepare(scanned(page.image, skew=0.7, noise=4), 200))


def test_uneven_light() -> None:
    image = scanned(table_page().image, noise=3)
    down, across = np.mgrid[: image.height, : image.width]
    shade = 0.45 + 0.55 * (across / image.width + down / image.height) / 2
    page = prepare(Image.fromarray((np.asarray(image) * shade[..., None]).astype(np.uint8)), 200)
    assert_table(page)
    assert np.median(page.grey) >= 245
    assert page.stains is None


@pytest.mark.parametrize("colour", [(170, 170, 170), (79, 129, 189), (192, 80, 77)])
def test_rules_in_grey_and_colour(colour: tuple[int, int, int]) -> None:
    page = sheet()
    draw_table(page, colour)
    assert_table(prepare(scanned(page.image, skew=-0.8, noise=3), 200))


def test_table_without_rules_keeps_its_columns_apart() -> None:
    page = sheet()
    draw_table(page, has_rules=False)
    found = prepare(scanned(page.image, skew=0.6, noise=3), 200)
    assert not found.rules
    by_row: dict[int, int] = {}
    for segment in found.segments:
        by_row[segment.row] = by_row.get(segment.row, 0) + 1
    assert list(by_row.values()) == [1] + [N_COLUMNS] * (N_ROWS - 1) + [3]


def test_segments_come_in_reading_order() -> None:
    found = prepare(scanned(table_page().image, skew=0.6, noise=3), 200).segments
    assert [(segment.row, segment.x0) for segment in found] == sorted((segment.row, segment.x0) for segment in found)
    assert [row for row, _ in itertools.groupby(segment.row for segment in found)] == list(range(1, N_ROWS + 2))


@pytest.mark.parametrize("size", [(1, 1), (3, 900), (200, 200)])
def test_empty_pages(size: tuple[int, int]) -> None:
    page = prepare(Image.new("RGB", size, "white"), 200, lambda crops: True)
    assert page.segments == ()
    assert page.rules == ()
    assert page.grey.shape == size[::-1]


def test_black_page() -> None:
    assert prepare(Image.new("L", (800, 1100), 0), 200).rules == ()
