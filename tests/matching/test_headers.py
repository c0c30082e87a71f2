"""Years of columns whose header cannot be read: taken from the last table of the same form, and from no other."""

from __future__ import annotations

from dataclasses import replace

from prongsai.matching.headers import ColumnFacts, with_years_before

BEFORE = [
    ColumnFacts(text="code", is_ignored=True),
    ColumnFacts(text="question"),
    ColumnFacts(text="score", year=2567, is_score=True),
    ColumnFacts(text="score", year=2568, is_score=True),
    ColumnFacts(text="difference", is_difference=True),
]
HIDDEN = [replace(column, year=None) for column in BEFORE]


def years(columns: list[ColumnFacts]) -> list[int | None]:
    return [column.year for column in columns]


def test_hidden_years_are_those_of_the_table_before() -> None:
    found = with_years_before(HIDDEN, [BEFORE])
    assert years(found) == [None, None, 2567, 2568, None]
    assert [column.year_from for column in found if column.year] == ["like-table", "like-table"]


def test_a_year_that_can_be_read_must_agree() -> None:
    other = [*HIDDEN[:2], replace(HIDDEN[2], year=2565), *HIDDEN[3:]]
    assert with_years_before(other, [BEFORE]) == other
    half = [*HIDDEN[:3], replace(HIDDEN[3], year=2568), HIDDEN[4]]
    assert years(with_years_before(half, [BEFORE])) == [None, None, 2567, 2568, None]


def test_another_form_says_nothing() -> None:
    assert with_years_before(HIDDEN[1:], [BEFORE]) == HIDDEN[1:]
    moved = [*HIDDEN[:3], HIDDEN[4], HIDDEN[3]]
    assert with_years_before(moved, [BEFORE]) == moved
    named = [*HIDDEN[:2], replace(HIDDEN[2], code="IIT"), *HIDDEN[3:]]
    assert with_years_before(named, [BEFORE]) == named


def test_a_table_without_differences_lends_no_years() -> None:
    plain = [replace(column, is_difference=False) for column in BEFORE]
    hidden = [replace(column, year=None) for column in plain]
    assert with_years_before(hidden, [plain]) == hidden
