"""Made scores obey the framework: recomputed from the printed questions with intervals, and by their grades' floors."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prongsai.knowledge import Framework, Knowledge, load_knowledge
from prongsai.synthesis.corpus import usable_frameworks
from prongsai.synthesis.truth import Result, draw_result, grade_of, round_half_up

HALF = Fraction(1, 200)
YEARS = sorted(usable_frameworks(load_knowledge()))


def interval(values: list[Decimal]) -> tuple[Fraction, Fraction]:
    """Where the mean of printed values may lie."""
    middle = sum((Fraction(value) for value in values), Fraction(0)) / len(values)
    return middle - HALF, middle + HALF


def meets(printed: Decimal, low: Fraction, high: Fraction) -> bool:
    return low - HALF <= Fraction(printed) <= high + HALF


def holds(framework: Framework, result: Result) -> list[str]:
    """The equations of the framework that a result breaks."""
    scores, broken = result.scores, []
    for indicator in framework.indicators:
        subs = [sub.code for sub in framework.subindicators if sub.indicator == indicator.code and sub.code in scores]
        questions = [question.code for question in framework.questions_in(indicator.code)]
        members = subs or questions
        if indicator.instrument == "OIT" and subs and not all(q.subindicator for q in framework.questions_in(indicator.code)):
            members = questions
        if not meets(scores[indicator.code], *interval([scores[code] for code in members])):
            broken.append(indicator.code)
    for code in ("IIT", "EIT", "OIT"):
        members = [indicator.code for indicator in framework.indicators if indicator.instrument == code]
        if not meets(scores[code], *interval([scores[member] for member in members])):
            broken.append(code)
    if result.has_parts and not meets(scores["EIT"], *interval([scores["EIT1"], scores["EIT2"]])):
        broken.append("EIT of its parts")
    total = sum((Fraction(scores[one.code]) * Fraction(one.weight) for one in framework.instruments), Fraction(0))
    if not meets(scores["ITA"], total - HALF, total + HALF):
        broken.append("ITA")
    return broken


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(YEARS), st.integers(0, 10**6), st.floats(60, 99))
def test_every_level_follows_from_the_one_below(year: int, seed: int, level: float) -> None:
    framework = load_knowledge().frameworks[year]
    result = draw_result(framework, Random(seed), level)
    assert holds(framework, result) == []
    assert all(0 <= value <= 100 and value == value.quantize(Decimal("0.01")) for value in result.scores.values())


def test_weighted_scores_add_up_to_the_overall_one(knowledge: Knowledge) -> None:
    framework = knowledge.frameworks[2568]
    for seed in range(300):
        result = draw_result(framework, Random(seed), 88.0)
        total = sum((Fraction(result.weighted(one.code, Fraction(one.weight))) for one in framework.instruments), Fraction(0))
        assert meets(result.scores["ITA"], total - 3 * HALF, total + 3 * HALF), seed


@pytest.mark.parametrize("year", YEARS)
def test_a_wrong_total_would_be_seen(year: int, knowledge: Knowledge) -> None:
    framework = knowledge.frameworks[year]
    result = draw_result(framework, Random(5), 88.0)
    wrong = Result(year, {**result.scores, "OIT": result.scores["OIT"] - Decimal("0.54")}, result.part1, result.grade)
    assert {"OIT", "ITA"} <= set(holds(framework, wrong))


@pytest.mark.parametrize(
    ("year", "scores", "grade"),
    [
        (2568, {"ITA": "97.86", "IIT": "96.78", "EIT1": "93.26", "EIT2": "98.89", "OIT": "100.00"}, "ผ่านดี"),
        (2568, {"ITA": "94.64", "IIT": "95.00", "EIT1": "84.99", "EIT2": "95.00", "OIT": "98.00"}, "ผ่าน"),
        (2566, {"ITA": "79.84", "IIT": "91.56", "EIT1": "85.41", "EIT2": "85.41", "OIT": "66.88"}, "ต้องปรับปรุง"),
        (2565, {"ITA": "86.50", "IIT": "78.12", "EIT": "78.55", "OIT": "98.75"}, "A"),
        (2565, {"ITA": "95.00", "IIT": "95.00", "EIT": "95.00", "OIT": "95.00"}, "AA"),
    ],
)
def test_grades_are_those_of_the_floors(year: int, scores: dict[str, str], grade: str, knowledge: Knowledge) -> None:
    assert grade_of(knowledge.frameworks[year], {code: Decimal(value) for code, value in scores.items()}) == grade


def test_halves_are_rounded_up() -> None:
    assert round_half_up(Fraction(66875, 1000)) == Decimal("66.88")
    assert round_half_up(Fraction(92665, 1000)) == Decimal("92.67")
    assert round_half_up(Fraction(2, 3) * 100) == Decimal("66.67")
