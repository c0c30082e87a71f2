"""Numbers on the grid of a chart stay whole, and cells of a table apart."""

from __future__ import annotations

import pytest

from prongsai.reading.imaging import PreparedPage, prepare

from .sheets import Sheet, sheet

GREY, INK = (200, 200, 200), (25, 25, 25)


def pieces_at(prepared: PreparedPage, x: float, y: float) -> list[tuple[float, float, float, float]]:
    """In inches, those whose box holds a point."""
    unit = 1 / prepared.dpi
    boxes = [(one.x0 * unit, one.top * unit, one.x1 * unit, one.bottom * unit) for one in prepared.segments]
    return [box for box in boxes if box[0] < x < box[2] and box[1] < y < box[3]]


@pytest.mark.parametrize("colour", [GREY, INK])
@pytest.mark.parametrize("is_across", [True, False])
def test_a_number_on_a_grid_line_is_one_piece(colour: tuple[int, int, int], is_across: bool) -> None:
    page = sheet()
    for at in (2.0, 3.0, 4.0):
        page.line(*((1.0, at, 6.0, at) if is_across else (at, 1.0, at, 6.0)), colour)
    x, top = (3.3, 2.93) if is_across else (2.87, 3.3)
    page.text(x, top, "88.53", 14)
    (box,) = pieces_at(prepare(page.image, 200), x + 0.1, top + 0.13)
    assert box[0] <= x + 0.06
    assert box[2] >= x + 0.42
    assert box[1] <= top + 0.05
    assert box[3] >= top + 0.17


def test_cells_stay_apart() -> None:
    page: Sheet = sheet()
    for at in (2.0, 2.25, 2.5):
        page.line(1.0, at, 4.0, at, GREY)
    for at in (1.0, 2.0, 3.0, 4.0):
        page.line(at, 2.0, at, 2.5, GREY)
    for column in (1, 2, 3):
        for top in (2.03, 2.28):
            page.text(column + 0.55, top, "97.32", 14)
    prepared = prepare(page.image, 200)
    assert len(prepared.segments) == 6
