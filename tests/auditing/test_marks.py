"""Scores of disclosure: means of marks, of which few numbers are one."""

from __future__ import annotations

from fractions import Fraction

import pytest

from prongsai.auditing.marks import marks
from prongsai.knowledge import Knowledge


def _chance(knowledge: Knowledge, year: int, code: str, text: str) -> float:
    found = marks(knowledge.frameworks[year], code)
    assert found is not None
    return found.within(Fraction(text) - Fraction(1, 200), Fraction(text) + Fraction(1, 200))


@pytest.mark.parametrize(
    ("code", "possible", "impossible"),
    [("ind10", "93.75", "93.72"), ("ind10", "87.50", "97.97"), ("o1", "50", "73"), ("ind9.1", "100", "97.3"), ("OIT", "100", "3.01")],
)
def test_a_mean_of_marks_is_one_of_few_numbers(knowledge: Knowledge, code: str, possible: str, impossible: str) -> None:
    assert _chance(knowledge, 2568, code, possible) > 1000 * _chance(knowledge, 2568, code, impossible)


@pytest.mark.parametrize(("year", "code", "text"), [(2565, "ind10", "37.50"), (2563, "ind10", "87.50"), (2566, "ind10", "51.25")])
def test_published_scores_are_such_means(knowledge: Knowledge, year: int, code: str, text: str) -> None:
    assert _chance(knowledge, year, code, text) > 0.0005


@pytest.mark.parametrize("code", ["OIT", "ind9", "ind10", "ind9.1", "o1"])
def test_all_means_together_are_certain(knowledge: Knowledge, code: str) -> None:
    found = marks(knowledge.frameworks[2568], code)
    assert found is not None
    assert found.within(Fraction(0), Fraction(101)) == pytest.approx(1)


def test_opinions_are_no_means_of_marks(knowledge: Knowledge) -> None:
    assert [marks(knowledge.frameworks[2568], code) for code in ("ITA", "IIT", "ind1", "e1")] == [None] * 4


def test_only_a_year_that_groups_its_questions_is_known(knowledge: Knowledge) -> None:
    told = [marks(knowledge.frameworks[year], "ind9") for year in (2567, 2568)]
    assert [one is not None and one.is_known for one in told] == [False, True]
