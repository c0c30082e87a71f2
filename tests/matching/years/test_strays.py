"""Years that stand alone are doubted where there are several."""

from __future__ import annotations

from prongsai.matching.years.strays import stray_doubts


def test_one_year_alone_is_hardly_doubted_and_several_are() -> None:
    report = [2568] * 6 + [2567]

    assert stray_doubts([*report, 2562], [None] * 8, ())[-1] < 0.2
    assert stray_doubts([*report, 2562, 2563, 2565], [None] * 10, ())[-3:] > [0.6] * 3
    assert stray_doubts([*report, 2562, 2563, 2565], [None] * 10, ())[:7] == [0.0] * 7


def test_years_side_by_side_in_a_table_and_years_that_are_sure_are_not_alone() -> None:
    assert stray_doubts([2568, 2568, 2563, 2564, 2565], [None, None, 1, 1, 1], ()) == [0.0] * 5
    assert stray_doubts([2568, 2568, 2563, 2562, 2561], [None] * 5, (2561, 2562, 2563)) == [0.0] * 5


def test_no_years_no_doubts() -> None:
    assert stray_doubts([], [], ()) == []
