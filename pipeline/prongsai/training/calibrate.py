"""How sure the reader may be: claimed probabilities held against how often the readings were right."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from prongsai.training.tables import table

TEMPERATURES = (0.8, 1.0, 1.25, 1.6, 2.0)
"""Tried one by one; above 1 evens the network's scores out."""
_A_BIN = 250
"""Readings that make a point of the table, at least."""
_EDGES = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99, 1.0)


class Outcome(Protocol):
    """A reading that claimed to be right with a probability."""

    @property
    def probability(self) -> float: ...

    @property
    def is_right(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Bin:
    """Readings whose probability lies in a span: how many, their mean probability, and the share that is right."""

    low: float
    high: float
    count: int
    claimed: float
    right: float


def log_loss(outcomes: Sequence[Outcome]) -> float:
    """Mean negative log likelihood of the outcomes under the probabilities claimed."""
    total = 0.0
    for outcome in outcomes:
        sure = min(max(outcome.probability, 1e-4), 1 - 1e-4)
        total -= math.log(sure if outcome.is_right else 1 - sure)
    return total / max(1, len(outcomes))


def calibration_points(outcomes: Sequence[Outcome]) -> tuple[tuple[float, float], ...]:
    """(claimed, true) probabilities, both rising: pools of readings of like probability, merged where a surer pool is
    less often right (isotonic regression). A half is counted as wrong in each, so that no pool is sure beyond its size."""
    ranked = sorted(outcomes, key=lambda outcome: outcome.probability)
    pools: list[tuple[float, float, int]] = []
    for start in range(0, len(ranked), _A_BIN):
        pool = ranked[start : start + _A_BIN]
        pools.append((sum(one.probability for one in pool), float(sum(one.is_right for one in pool)), len(pool)))
        while len(pools) > 1 and pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]:
            (claimed, right, count), (claimed2, right2, count2) = pools[-2:]
            pools[-2:] = [(claimed + claimed2, right + right2, count + count2)]
    points: list[tuple[float, float]] = []
    for claimed, right, count in pools:
        x, y = round(claimed / count, 6), round(max(0.0, (right - 0.5) / count), 6)
        if not points or (x > points[-1][0] and y > points[-1][1]):
            points.append((x, y))
    return tuple(points)


def bins(outcomes: Sequence[Outcome]) -> list[Bin]:
    """The reliability table: readings by the probability they were given."""
    found = []
    for low, high in itertools.pairwise(_EDGES):
        inside = [one for one in outcomes if low <= one.probability < high or (high == 1.0 and one.probability == 1.0)]
        if inside:
            claimed = sum(one.probability for one in inside) / len(inside)
            found.append(Bin(low, high, len(inside), claimed, sum(one.is_right for one in inside) / len(inside)))
    return found


def reliability_rows(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The reliability table as lines of Markdown."""
    rows = ((f"{one.low:.2f}–{one.high:.2f}", one.count, f"{one.claimed:.4f}", f"{one.right:.4f}") for one in bins(outcomes))
    return table(("probability given", "lines", "mean", "right"), rows)


def wrong_though_sure(outcomes: Sequence[Outcome], least: float = 0.9) -> tuple[int, int]:
    """How many readings of at least this probability are wrong, and how many there are."""
    sure = [one for one in outcomes if one.probability >= least]
    return sum(not one.is_right for one in sure), len(sure)
