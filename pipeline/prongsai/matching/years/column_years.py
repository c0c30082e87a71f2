"""Years of columns whose header cannot be read: those of a table of the same form, or openly none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from prongsai.language.folding import fold
from prongsai.matching.headers import ColumnFacts
from prongsai.matching.model import UNREAD_YEAR
from prongsai.matching.vocabulary import Vocabulary
from prongsai.records import UNREAD


def with_unread_years(columns: list[ColumnFacts], vocabulary: Vocabulary) -> list[ColumnFacts]:
    """The columns, those marked whose year is printed and unread beside columns of other years: no year from elsewhere is theirs."""
    unread = {at for at, column in enumerate(columns) if column.year is None and _has_unread_year(column, vocabulary)}
    years = {column.year for column in columns if column.year is not None}
    if len(unread) + len(years) < 2:
        return columns
    return [replace(column, year_from=UNREAD_YEAR, is_score=True) if at in unread else column for at, column in enumerate(columns)]


def _has_unread_year(column: ColumnFacts, vocabulary: Vocabulary) -> bool:
    """Whether a header ends with a numeral that was seen and not read, alone or behind a word for fiscal year."""
    before, unread, behind = fold(column.text).partition(UNREAD)
    if not unread or behind.strip("().% ") or column.is_difference or column.is_ignored:
        return False
    return not before.strip("(. ") or vocabulary.fiscal_before.search(before) is not None


def with_years_before(columns: list[ColumnFacts], earlier: Sequence[Sequence[ColumnFacts]]) -> list[ColumnFacts]:
    """The columns with the years that a table of the same form had, where a header's own years cannot be read.

    Of the same form is the last table with as many columns whose differences stand in the same columns and whose years
    are no others: reports print one such table for each instrument, and stamps fall on headers.
    """
    for before in reversed(earlier):
        if _has_same_form(columns, before):
            return [
                replace(now, year=then.year, year_from="like-table", year_confidence=then.year_confidence, is_score=True)
                if now.year is None and then.year is not None
                else now
                for now, then in zip(columns, before, strict=True)
            ]
    return columns


def _has_same_form(columns: Sequence[ColumnFacts], before: Sequence[ColumnFacts]) -> bool:
    if len(columns) != len(before) or not any(column.is_difference for column in before):
        return False
    return all(
        now.is_difference == then.is_difference
        and now.is_agency == then.is_agency
        and (now.year in (None, then.year))
        and (then.year is None or now.year is not None or not _is_named_otherwise(now, then))
        for now, then in zip(columns, before, strict=True)
    )


def _is_named_otherwise(now: ColumnFacts, then: ColumnFacts) -> bool:
    return now.is_ignored or bool(now.agency) or (bool(now.code) and not now.is_weak and now.code != then.code)
