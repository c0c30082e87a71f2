from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from prongsai.layout.grids import Grid, find_grids
from prongsai.records import Rule

XS, YS = (50.0, 150.0, 250.0, 350.0), (100.0, 130.0, 160.0, 190.0)


def spans(grid: Grid) -> list[tuple[int, int, int, int]]:
    return sorted((r.row, r.column, r.row_span, r.column_span) for r in grid.regions)


def only(rules: list[Rule]) -> Grid:
    grids = find_grids(rules)
    assert len(grids) == 1
    return grids[0]


def test_a_plain_table_has_a_cell_at_each_place(paper: Any) -> None:
    grid = only(paper.lattice(XS, YS))
    assert (grid.xs, grid.ys) == (XS, YS)
    assert spans(grid) == [(r, c, 1, 1) for r in range(3) for c in range(3)]
    assert grid.closed_share == 1


def test_a_heading_over_two_columns_and_a_label_beside_two_rows_are_merged(paper: Any) -> None:
    rules = [
        *(Rule(50, y, 350, y) for y in (100, 130, 190)),
        Rule(150, 160, 350, 160),
        *(Rule(x, 100, x, 190) for x in (50, 150, 350)),
        Rule(250, 130, 250, 190),
    ]
    assert spans(only(rules)) == [(0, 0, 1, 1), (0, 1, 1, 2), (1, 0, 2, 1), (1, 1, 1, 1), (1, 2, 1, 1), (2, 1, 1, 1), (2, 2, 1, 1)]


def test_sides_without_verticals_are_closed_where_the_rows_end(paper: Any) -> None:
    rules = [Rule(50, y, 350, y) for y in YS] + [Rule(x, 100, x, 190) for x in (150, 250)]
    grid = only(rules)
    assert grid.xs == XS
    assert len(grid.regions) == 9
    assert not grid.is_open_below


def test_a_table_cut_by_the_end_of_the_page_is_closed_and_says_so(paper: Any) -> None:
    rules = [Rule(50, y, 350, y) for y in YS] + [Rule(x, 100, x, 260) for x in XS]
    grid = only(rules)
    assert grid.ys == (*YS, 260)
    assert grid.is_open_below
    assert not grid.is_open_above


def test_an_underline_that_runs_into_a_border_makes_no_row(paper: Any) -> None:
    grid = only([*paper.lattice(XS, YS), Rule(51, 112, 120, 112)])
    assert grid.ys == YS


def test_a_rule_that_walls_off_nothing_makes_no_column(paper: Any) -> None:
    grid = only([*paper.lattice(XS, YS), Rule(200, 98, 200, 104)])
    assert grid.xs == XS


def test_a_row_taller_than_the_page_has_only_verticals() -> None:
    grid = only([Rule(x, 40, x, 800) for x in XS])
    assert spans(grid) == [(0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1)]


def test_boxes_tied_by_lines_leave_their_ground_open() -> None:
    def box(x: float, y: float) -> list[Rule]:
        return [Rule(x, y, x + 80, y), Rule(x, y + 30, x + 80, y + 30), Rule(x, y, x, y + 30), Rule(x + 80, y, x + 80, y + 30)]

    ties = [Rule(290, 130, 290, 160), Rule(90, 160, 490, 160), *(Rule(x, 160, x, 190) for x in (90, 290, 490))]
    grid = only([*box(250, 100), *box(50, 190), *box(250, 190), *box(450, 190), *ties])
    assert grid.closed_share < 0.7


def test_a_page_frame_is_one_cell(paper: Any) -> None:
    grid = only(paper.lattice((30, 565), (30, 812)))
    assert len(grid.regions) == 1


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 6), st.integers(0, 6), st.integers(1, 6)), min_size=2, max_size=30, unique=True))
def test_every_place_of_a_grid_belongs_to_exactly_one_rectangle(drawn: list[tuple[bool, int, int, int]]) -> None:
    rules = [
        Rule(20 * at, 20 * start, 20 * at, 20 * (start + length))
        if is_vertical
        else Rule(20 * start, 20 * at, 20 * (start + length), 20 * at)
        for is_vertical, at, start, length in drawn
    ]
    for grid in find_grids(rules):
        covered = [
            (row, column)
            for r in grid.regions
            for row in range(r.row, r.row + r.row_span)
            for column in range(r.column, r.column + r.column_span)
        ]
        assert sorted(covered) == [(row, column) for row in range(len(grid.ys) - 1) for column in range(len(grid.xs) - 1)]
        for number, region in enumerate(grid.regions):
            box = grid.box_of(region)
            assert grid.region_at(*box.middle) == number
        assert 0 <= grid.closed_share <= 1
