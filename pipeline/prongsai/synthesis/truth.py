"""Scores that obey the framework: question → indicator → instrument → overall, all of it from exact fractions.

Each level is computed from the exact level below and rounded half up to two decimals only where it is printed, as the
commission's system does. Rounding at every step would be simpler, but then EIT as the mean of its two parts and EIT as
the mean of indicators 6 to 8 can lie 0.02 apart, and no report of a real agency does that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prongsai.knowledge import Framework

CENT = Decimal("0.01")
FULL = Decimal(100)
INSTRUMENTS = ("IIT", "EIT", "OIT")


def round_half_up(value: Fraction) -> Decimal:
    """A fraction on 0–100 as the two decimals that are printed."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(CENT, ROUND_HALF_UP)


def mean(values: Sequence[Fraction]) -> Fraction:
    """The plain mean."""
    return sum(values, Fraction(0)) / len(values)


@dataclass(frozen=True, slots=True)
class Result:
    """One agency's result of one fiscal year, as it would be printed, on 0–100 with two decimals."""

    fiscal_year: int
    scores: Mapping[str, Decimal]
    """By canonical code. Where EIT has parts, `e…` here are the means of both."""
    part1: Mapping[str, Decimal] = field(default_factory=dict)
    """`e…` of EIT part 1 alone; empty where EIT has no parts."""
    grade: str = ""
    exact: Mapping[str, Fraction] = field(default_factory=dict)
    """The scores before they are rounded; weighted scores are rounded once, from these."""

    @property
    def has_parts(self) -> bool:
        return bool(self.part1)

    def weighted(self, code: str, weight: Fraction) -> Decimal:
        """A score on the scale of its weight (of 40, 30 …), two decimals."""
        return round_half_up(self.exact[code] * weight)


def draw_result(framework: Framework, rng: Random, level: float) -> Result:
    """A result whose questions lie around `level` (0–100), with the spread that published reports show.

    Raises ValueError where the framework has an instrument without questions.
    """
    parts = tuple(part.code for instrument in framework.instruments if instrument.code == "EIT" for part in instrument.parts)
    exact: dict[str, Fraction] = {}
    by_part: dict[str, dict[str, Fraction]] = {part: {} for part in parts}
    for question in framework.questions:
        if question.instrument == "OIT":
            exact[question.code] = Fraction(_draw_disclosure(rng, level))
        elif question.instrument == "EIT" and parts:
            draws = [_draw_opinion(rng, level) for _ in parts]
            for part, draw in zip(parts, draws, strict=True):
                by_part[part][question.code] = draw
            exact[question.code] = mean(draws)
        else:
            exact[question.code] = _draw_opinion(rng, level)
    _add_indicators(framework, exact)
    for instrument in INSTRUMENTS:
        exact[instrument] = mean([exact[one.code] for one in framework.indicators if one.instrument == instrument])
    for part in parts:
        indicators = [one for one in framework.indicators if one.instrument == "EIT"]
        exact[part] = mean([mean([by_part[part][q.code] for q in framework.questions_in(one.code)]) for one in indicators])
    exact["ITA"] = sum((exact[one.code] * Fraction(one.weight) for one in framework.instruments), Fraction(0))
    scores = {code: round_half_up(value) for code, value in exact.items()}
    part1 = {code: round_half_up(value) for code, value in by_part[parts[0]].items()} if parts else {}
    return Result(framework.fiscal_year, scores, part1, grade_of(framework, scores), exact)


def grade_of(framework: Framework, scores: Mapping[str, Decimal]) -> str:
    """The name of the best grade whose floors the scores reach; empty where the framework has none."""
    tested = [code for code in ("IIT", "EIT1", "EIT2", "OIT") if code in scores]
    if "EIT1" not in scores:
        tested.append("EIT")
    for grade in sorted(framework.grades, key=lambda one: (one.floor, one.instrument_floor or Decimal(0)), reverse=True):
        if scores["ITA"] < grade.floor:
            continue
        if grade.instrument_floor is not None and any(scores[code] < grade.instrument_floor for code in tested):
            continue
        return grade.name
    return ""


def _add_indicators(framework: Framework, exact: dict[str, Fraction]) -> None:
    for indicator in framework.indicators:
        groups = [sub for sub in framework.subindicators if sub.indicator == indicator.code]
        questions = framework.questions_in(indicator.code)
        if not questions:
            raise ValueError(f"FY{framework.fiscal_year}: {indicator.code} has no questions")
        means = []
        for group in groups:
            members = [exact[question.code] for question in questions if question.subindicator == group.code]
            if members:
                exact[group.code] = mean(members)
                means.append(exact[group.code])
        # Where the year's file does not place every question in a sub-indicator, the mean of all is the best guess.
        is_whole = means and all(question.subindicator for question in questions)
        exact[indicator.code] = mean(means) if is_whole else mean([exact[question.code] for question in questions])


def _draw_opinion(rng: Random, level: float) -> Fraction:
    drawn = min(100.0, rng.gauss(level, 3.2))
    if rng.random() < 0.03:
        drawn -= rng.uniform(15, 40)
    return Fraction(round(max(0.0, drawn) * 100), 100)


def _draw_disclosure(rng: Random, level: float) -> int:
    if rng.random() * 100 < level + 2:
        return 100
    return 50 if rng.random() < 0.15 else 0
