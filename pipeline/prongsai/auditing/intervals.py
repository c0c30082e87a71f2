"""Exact intervals: what a printed number can stand for, and what sums of such numbers can be."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers between `low` and `high`, on 0-100; exact, so that no comparison needs an epsilon.

    What rounds to a number ends before the next one begins: intervals that only touch have no number in common.
    """

    low: Fraction
    high: Fraction

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def times(self, factor: Fraction | int) -> Interval:
        """Each of its numbers times `factor`, which may be negative."""
        ends = (self.low * factor, self.high * factor)
        return Interval(min(ends), max(ends))

    def meets(self, other: Interval) -> bool:
        """Whether a number lies in both."""
        return self.low < other.high and other.low < self.high

    def and_(self, other: Interval) -> Interval | None:
        """What lies in both, None where nothing does."""
        return Interval(max(self.low, other.low), min(self.high, other.high)) if self.meets(other) else None

    @property
    def middle(self) -> Fraction:
        return (self.low + self.high) / 2


ANY_SCORE = Interval(Fraction(0), Fraction(100))
"""What a score that is not printed can be."""


def round_to(value: Fraction, places: int = 2) -> Decimal:
    """A number as it would be printed: rounded half up (away from zero) to `places` decimals."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
