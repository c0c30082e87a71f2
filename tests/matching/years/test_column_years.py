"""Years of columns whose header cannot be read: taken from the last table of the same form, and from no other."""

from __future__ import annotations

from dataclasses import replace

from prongsai.matching.headers import ColumnFacts
from prongsai.matching.model import UNREAD_YEAR
from prongsai.matching.vocabulary import Vocabulary
from prongsai.matching.years.column_years import with_unread_years, with_years_before
from prongsai.records import UNREAD

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


def test_an_unread_year_beside_others_is_open(words: Vocabulary) -> None:
    beside = [ColumnFacts(text="indicator"), ColumnFacts(text=UNREAD), ColumnFacts(text="2568", year=2568, is_score=True)]
    found = with_unread_years(beside, words)
    assert [(column.year, column.year_from) for column in found] == [(None, "column"), (None, UNREAD_YEAR), (2568, "column")]


def test_the_only_score_column_may_have_the_years_of_the_document(words: Vocabulary) -> None:
    alone = [ColumnFacts(text="indicator"), ColumnFacts(text=UNREAD)]
    assert with_unread_years(alone, words) == alone


def test_an_unread_number_in_a_header_is_a_year_only_at_its_end(words: Vocabulary) -> None:
    other = [ColumnFacts(text=f"{UNREAD} items"), ColumnFacts(text="2568", year=2568)]
    assert with_unread_years(other, words) == other
