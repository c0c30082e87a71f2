from prongsai.layout.rules import caps_of_bare_columns, networks, straighten
from prongsai.records import Rule


def test_pieces_of_a_border_become_one_segment() -> None:
    horizontals, verticals = straighten([Rule(10, 50, 60, 50), Rule(61, 50.4, 120, 50.4), Rule(10, 50, 10, 90)])
    assert [(round(h.at, 1), h.start, h.end) for h in horizontals] == [(50.2, 10, 120)]
    assert [(v.at, v.start, v.end) for v in verticals] == [(10, 50, 90)]


def test_a_double_border_is_one_and_rows_apart_stay_two() -> None:
    horizontals, _ = straighten([Rule(0, 100, 200, 100), Rule(0, 102, 200, 102), Rule(0, 115, 200, 115)])
    assert [h.at for h in horizontals] == [101, 115]


def test_dots_make_lines_in_either_direction_and_specks_make_none() -> None:
    across = [Rule(x, 40, x + 1, 41) for x in range(0, 60, 3)]
    down = [Rule(200, y, 201, y + 1) for y in range(0, 60, 3)]
    horizontals, verticals = straighten([*across, *down, Rule(300, 300, 301, 301)])
    assert [(h.start, h.end) for h in horizontals] == [(0, 58)]
    assert [(v.start, v.end) for v in verticals] == [(0, 58)]


def test_two_tables_on_a_page_are_two_networks() -> None:
    rules = [Rule(x, y, x, y + 50) for x in (0, 100) for y in (0, 200)] + [Rule(0, y, 100, y) for y in (0, 50, 200, 250)]
    assert len(networks(*straighten(rules))) == 2


def test_an_underline_is_in_no_network() -> None:
    assert networks(*straighten([Rule(50, 100, 300, 100)])) == []


def test_three_equal_verticals_are_a_row_cut_at_both_ends_and_two_are_not() -> None:
    _, three = straighten([Rule(x, 40, x, 700) for x in (50, 200, 500)])
    _, two = straighten([Rule(x, 40, x, 700) for x in (50, 500)])
    assert [(h.at, h.start, h.end) for h in caps_of_bare_columns([], three)] == [(40, 50, 500), (700, 50, 500)]
    assert caps_of_bare_columns([], two) == []


def test_dashes_make_a_line_whose_gaps_are_even() -> None:
    dashed = [Rule(x, 40, x + 6, 40) for x in range(0, 240, 11)]
    horizontals, _ = straighten(dashed)
    assert [(h.start, h.end) for h in horizontals] == [(0, 237)]
    apart = [*dashed[:10], *dashed[13:]]
    assert [(h.start, h.end) for h in straighten(apart)[0]] == [(0, 105), (143, 237)]
