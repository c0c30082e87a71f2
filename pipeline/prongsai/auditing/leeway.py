"""What equations leave numbers that may have been otherwise: intervals, and how well a choice of them fits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from prongsai.auditing.equations import Check
from prongsai.auditing.intervals import ANY_SCORE, Interval
from prongsai.auditing.ledger import FULL_MARKS, Ledger, Print, Slot

_NOTHING = Interval(Fraction(0), Fraction(0))
_ANY_DIFFERENCE = Interval(Fraction(-100), Fraction(100))

_Terms = tuple[tuple[int, Slot, Print | None], ...]
"""An equation's slots with their coefficients, which sum up to nothing, and what is printed for each."""


class Leeway:
    """Equations as constraints on some slots that may change, all others as printed."""

    def __init__(self, ledger: Ledger, checks: Sequence[Check]) -> None:
        self.ledger = ledger
        self.checks = checks
        self._terms: list[_Terms] = [
            tuple(
                (weight, slot, one) for (weight, slot), one in zip(check.equation.coefficients, (check.subject, *check.terms), strict=True)
            )
            for check in checks
        ]

    def leave(self, slots: Sequence[Slot]) -> dict[Slot, Interval] | None:
        """What the equations leave each of `slots` together; None where they leave one nothing."""
        left = {slot: _ANY_DIFFERENCE if slot.is_difference else ANY_SCORE for slot in slots}
        for _ in range(len(slots) + 1):
            for terms in self._terms:
                for weight, slot, _ in terms:
                    if slot in left:
                        ways = (self._rest(way, slot, left).times(Fraction(-1, weight)).and_(left[slot]) for way in _ways(terms, left))
                        here = [way for way in ways if way is not None]
                        if not here:
                            return None
                        left[slot] = Interval(min(one.low for one in here), max(one.high for one in here))
        return left

    def holds(self, fixed: Mapping[Slot, Fraction]) -> bool:
        """Whether all equations hold with some slots `fixed` to new numbers; those that held coarsely need no more than they did."""
        at = {slot: Interval(value, value) for slot, value in fixed.items()}
        for check, terms in zip(self.checks, self._terms, strict=True):
            spare = abs(sum((weight * one.value for weight, _, one in terms if one is not None), Fraction(0)))
            slack = Interval(-spare, spare) if check.holds and not check.missing else _NOTHING
            if not any((self._rest(way, None, at) + slack).meets(_NOTHING) for way in _ways(terms, at)):
                return False
        return True

    def misfit(self, fixed: Mapping[Slot, Fraction]) -> float:
        """How far from the middle the equations hold with some slots `fixed`: half the square of each one's distance in standard
        deviations, for rounding errors are even and their sums nearly normal."""
        cost = 0.0
        for check, terms in zip(self.checks, self._terms, strict=True):
            if check.missing or not any(slot in fixed for _, slot, _ in terms):
                continue
            rests = [
                sum((weight * fixed.get(slot, one.value) for weight, slot, one in way if one is not None), Fraction(0))
                for way in _ways(terms, fixed)
            ]
            # Differences are taken of scores as they are printed: of 45 in a report none is a hundredth off.
            rounded = (terms[0],) * 2 if check.equation.subject.is_difference else terms
            variance = sum((weight * self._half(one)) ** 2 / 3 for weight, _, one in rounded if one is not None)
            cost += float(min(rest**2 for rest in rests) / variance) / 2
        return cost

    def centre(self, slot: Slot, left: Interval) -> Fraction:
        """The number that the slot's own total or difference says, where the interval holds it; else the interval's middle."""
        for check in self.checks:
            if check.equation.subject == slot and not check.missing and left.low <= check.middle <= left.high:
                return check.middle
        return left.middle

    def _rest(self, terms: _Terms, but: Slot | None, at: Mapping[Slot, Interval]) -> Interval:
        """The sum of the terms without `but`, whose own rounding is counted in: it is a print as well."""
        total = _NOTHING
        for weight, slot, one in terms:
            if one is None:
                total += ANY_SCORE.times(weight)
                continue
            inside = Interval(-self._half(one), self._half(one))
            if slot != but:
                inside += at.get(slot, Interval(one.value, one.value))
                if one.is_at_most_full:
                    inside = Interval(inside.low, min(inside.high, Fraction(FULL_MARKS)))
            total += inside.times(weight)
        return total

    def _half(self, one: Print) -> Fraction:
        return one.half_unit(self.ledger.places)


def _ways(terms: _Terms, changed: Mapping[Slot, object]) -> Iterator[_Terms]:
    """The equation, and where its subject is printed without a sign and not changed, the equation with the other sign."""
    yield terms
    weight, slot, one = terms[0]
    if one is not None and not one.has_sign and slot not in changed:
        yield ((-weight, slot, one), *terms[1:])
