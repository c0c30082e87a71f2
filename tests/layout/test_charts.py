import math
from collections.abc import Sequence
from typing import Any

import pytest

from prongsai.layout.charts import Charts, drop_scattered, take_charts
from prongsai.records import UNREAD, Box, Word

SCORES = ("87.25", "92.50", "79.81", "99.40", "84.66")


def word(text: str, x: float, y: float, size: float = 10.0) -> Word:
    """A word centred at (x, y), digits half as wide as they are high."""
    width = size * sum(0.25 if character in ".%" else 0.5 for character in text)
    return Word(text, Box(x - width / 2, y - size / 2, x + width / 2, y + size / 2), round(y))


def ticks(values: Sequence[int], x: float, foot: float, unit: float) -> list[Word]:
    return [word(str(value), x, foot - unit * (value - values[0])) for value in values]


def columns(scores: Sequence[str], y_of: Any = None, pitch: float = 60.0) -> list[Word]:
    """Upright bars with their feet at 300 and 2 points a score, the axis from 0."""
    words = []
    for at, score in enumerate(scores):
        x = 120 + at * pitch
        y = y_of(at, score) if y_of else 300 - 2 * float(score) - 8
        words += [word(score, x, y), word(f"name{at}", x, 312), word("more", x, 324)]
    return words


def rows(charts: Charts) -> list[list[str]]:
    assert len(charts.tables) == 1
    cells = sorted(charts.tables[0].cells, key=lambda cell: (cell.row, cell.column))
    n = charts.tables[0].n_columns
    return [[cell.text for cell in cells[at : at + n]] for at in range(0, len(cells), n)]


def named(scores: Sequence[str]) -> list[list[str]]:
    return [[f"name{at} more", score] for at, score in enumerate(scores)]


AXIS = ticks((0, 20, 40, 60, 80, 100), 80, 300, 2)


def test_columns_with_an_axis_are_a_table_of_names_and_scores(paper: Any) -> None:
    charts = take_charts(paper.page([*columns(SCORES), *AXIS]))
    assert rows(charts) == named(SCORES)
    assert [draft.passage.text for draft in charts.ticks] == ["0 20 40 60 80 100"]
    assert not charts.page.words
    assert not charts.tables[0].is_ruled


def test_columns_without_an_axis_are_told_by_their_heights(paper: Any) -> None:
    assert rows(take_charts(paper.page(columns(SCORES)))) == named(SCORES)
    flat = paper.page(columns(SCORES, lambda at, score: 280))
    assert take_charts(flat) == Charts(flat)


def test_numbers_inside_the_bars_need_an_axis(paper: Any) -> None:
    words = [*columns(SCORES, lambda at, score: 292), *AXIS]
    assert rows(take_charts(paper.page(words))) == named(SCORES)


def test_a_number_that_stands_higher_than_its_value_is_no_score(paper: Any) -> None:
    words = [*columns(SCORES, lambda at, score: 300 - 2 * (float(score) - (20 if at == 1 else 0)) - 8), *AXIS]
    charts = take_charts(paper.page(words))
    assert rows(charts) == [row for row in named(SCORES) if row[1] != "92.50"]
    assert [dropped.text for dropped in charts.dropped] == ["92.50"]


def test_an_axis_goes_on_beyond_a_tick_that_was_not_read(paper: Any) -> None:
    words = [*columns(SCORES), *(tick for tick in AXIS if tick.text != "20")]
    assert rows(take_charts(paper.page(words))) == named(SCORES)


def test_names_of_columns_are_read_line_by_line_though_they_stand_at_different_heights(paper: Any) -> None:
    """Boxes of words that were read off an image are as tall as their letters; strokes of the axis are read as dashes."""
    words = [*columns(SCORES), *AXIS, word("-", 95, 301)]
    shifted = [
        Word(one.text, Box(one.box.x0, one.box.top - 6, one.box.x1, one.box.bottom), one.line)
        if one.text in ("name1", "name3") and one.box is not None
        else one
        for one in words
    ]
    assert rows(take_charts(paper.page(shifted))) == named(SCORES)


def test_an_unread_number_keeps_its_place(paper: Any) -> None:
    words = [*columns(SCORES), *AXIS]
    unread = [Word(UNREAD, one.box, one.line) if one.text == "79.81" else one for one in words]
    assert rows(take_charts(paper.page(unread)))[2] == ["name2 more", UNREAD]


def test_a_missing_number_moves_no_other(paper: Any) -> None:
    words = [one for one in [*columns(SCORES), *AXIS] if one.text != "79.81"]
    assert rows(take_charts(paper.page(words))) == [row for row in named(SCORES) if row[1] != "79.81"]


@pytest.mark.parametrize("has_legend", [True, False])
def test_two_series_need_a_legend_that_names_them(paper: Any, has_legend: bool) -> None:
    later = ("90.11", "95.02", "70.43", "88.20", "93.57")
    words = [*AXIS]
    for at, pair in enumerate(zip(SCORES, later, strict=True)):
        words += [word(f"name{at}", 120 + 80 * at, 312)]
        words += [word(score, 120 + 80 * at + off, 292 - 2 * float(score)) for score, off in zip(pair, (-15, 15), strict=True)]
    if has_legend:
        words += [word("2567", 250, 345), word("2568", 300, 345)]
    charts = take_charts(paper.page(words))
    if has_legend:
        assert rows(charts) == [["", "2567", "2568"], *([f"name{at}", *pair] for at, pair in enumerate(zip(SCORES, later, strict=True)))]
    else:
        assert not charts.tables
        assert sorted(dropped.text for dropped in charts.dropped) == sorted((*SCORES, *later))


def test_numbers_at_the_ends_of_level_bars_belong_to_the_names_on_the_left(paper: Any) -> None:
    words = []
    for at, score in enumerate(SCORES):
        words += [word(f"name{at}", 100, 100 + 30 * at), word(score, 180 + 2 * float(score), 100 + 30 * at)]
    assert rows(take_charts(paper.page(words))) == [[f"name{at}", score] for at, score in enumerate(SCORES)]


def radar(scores: Sequence[str], *, at_corner: bool) -> list[Word]:
    words = [*ticks((0, 20, 40, 60, 80, 100), 290, 300, 1)]
    for at, score in enumerate(scores):
        angle = 2 * math.pi * at / len(scores) - math.pi / 2
        x, y = 300 + 140 * math.cos(angle), 300 + 125 * math.sin(angle)
        words.append(word(f"name{at}", x, y))
        reach = float(score)
        words.append(word(score, 312 + reach * math.cos(angle), 300 + reach * math.sin(angle)) if at_corner else word(score, x, y + 12))
    return words


@pytest.mark.parametrize("at_corner", [True, False])
def test_a_radar_is_read_clockwise_from_its_top(paper: Any, at_corner: bool) -> None:
    charts = take_charts(paper.page(radar(SCORES, at_corner=at_corner)))
    assert rows(charts) == [[f"name{at}", score] for at, score in enumerate(SCORES)]


def test_a_radar_without_an_axis_needs_each_number_by_its_name(paper: Any) -> None:
    without = [one for one in radar(SCORES, at_corner=False) if "." in one.text or "name" in one.text]
    assert rows(take_charts(paper.page(without))) == [[f"name{at}", score] for at, score in enumerate(SCORES)]


@pytest.mark.parametrize("has_axis", [True, False])
def test_print_inside_a_ring_and_a_number_that_is_missing_move_no_other(paper: Any, has_axis: bool) -> None:
    scores = (*SCORES, "95.11", "90.20", "81.37", "88.48", "93.01")
    without = [one for one in radar(scores, at_corner=False) if one.text != "79.81" and (has_axis or "." in one.text or "name" in one.text)]
    picture = Word(UNREAD, Box(310, 310, 330, 320), 1)
    charts = take_charts(paper.page([*without, picture]))
    found = rows(charts)
    assert len(found) >= 7
    assert all(row in [[f"name{at}", score] for at, score in enumerate(scores)] for row in found)


def test_numbers_around_a_ring_that_are_tied_to_nothing_are_dropped(paper: Any) -> None:
    without = [one for one in radar(SCORES, at_corner=True) if "." in one.text or "name" in one.text]
    page = paper.page(without)
    charts = take_charts(page)
    rest, dropped = drop_scattered(charts.page.words, page)
    assert not charts.tables
    assert {one.text for one in dropped} == set(SCORES)
    assert not {one.text for one in rest} & set(SCORES)


def test_gauges_side_by_side_belong_to_the_names_under_them(paper: Any) -> None:
    words = [
        one
        for at, score in enumerate(SCORES[:3])
        for one in (word(f"{score}%", 120 + 150 * at, 100), word("AB"[at % 2], 120 + 150 * at, 114))
    ]
    assert rows(take_charts(paper.page(words))) == [["A", "87.25%"], ["B", "92.50%"], ["A", "79.81%"]]


def test_tables_and_prose_are_left_alone(paper: Any) -> None:
    undrawn = [
        one
        for at, score in enumerate(SCORES)
        for one in (*paper.words(f"{at + 1} name", 60, 100 + 20 * at), *paper.words(score, 300, 100 + 20 * at))
    ]
    prose = [one for at, score in enumerate(SCORES) for one in paper.words(f"{'word ' * (at + 1)} {score} and so on", 60, 300 + 20 * at)]
    page = paper.page([*undrawn, *prose])
    assert take_charts(page) == Charts(page)
    assert drop_scattered(page.words, page) == (list(page.words), [])


def test_a_table_of_bounds_is_no_axis(paper: Any) -> None:
    bounds = [one for at, low in enumerate(range(95, 50, -10)) for one in paper.words(f"{low}.00 - {low + 9}.99", 200, 100 + 20 * at)]
    scores = [one for at, score in enumerate(SCORES) for one in paper.words(score, 300, 240 + 20 * at)]
    page = paper.page([*bounds, *scores])
    assert take_charts(page) == Charts(page)
