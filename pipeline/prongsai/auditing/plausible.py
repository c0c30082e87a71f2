"""How usual a score is among those that stand with it: what a reader goes by who sees 19.23 among nineties, or 93.72 as a mean of
eight marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import log, pi, sqrt
from statistics import median

from prongsai.auditing.ledger import FULL_MARKS, Ledger, Slot
from prongsai.auditing.marks import Marks, is_of_marks, marks
from prongsai.knowledge import Framework

_OVERALL = "ITA"
_FEW = 3
"""So many scores of one level say how far they lie from each other; with fewer, those of other levels are asked too."""
_LEAST_SPREAD = 1.0
"""Points; five published reports have medians of 0.6 to 5 from the median of a level."""
_SPREAD_OF_FEW = 4.0
_NORMAL = 1.4826
"""A standard deviation for each point of the median distance from the median."""
_ELSEWHERE = 0.05
"""How many scores lie anywhere: one question in some twenty is far from all others."""
_OTHERS = 0.03
"""How many scores of disclosure are no mean of marks as the year's file has it, and how many where it does not group the questions."""
_OTHERS_UNGROUPED = 0.5


class Plausible:
    """Scores of one agency in one document, and how surprising another one would be."""

    def __init__(self, ledger: Ledger, frameworks: Mapping[int, Framework]) -> None:
        self._ledger, self._frameworks = ledger, frameworks
        self._opinions: dict[int, dict[Slot, float]] = {}
        self._around: dict[Slot, tuple[float, float] | None] = {}

    def surprise(self, slot: Slot, value: Fraction, half: Fraction) -> float:
        """Minus the logarithm of how likely a score between `half` below and above `value` is; nothing for a difference."""
        if slot.is_difference:
            return 0.0
        width = float(2 * half) / FULL_MARKS
        known = self._marks(slot)
        if known is not None:
            others = _OTHERS if known.is_known else _OTHERS_UNGROUPED
            return -log((1 - others) * known.within(value - half, value + half) + others * width)
        around = self._middle(slot)
        if around is None:
            return -log(width)
        middle, spread = around
        # Student's distribution with three degrees of freedom: far scores are rare and not impossible. Full marks are all that is above.
        density = 2 / (pi * sqrt(3)) / spread * (1 + ((float(value) - middle) / spread) ** 2 / 3) ** -2
        near = density * (spread / 2 if value == FULL_MARKS else FULL_MARKS * width)
        return -log((1 - _ELSEWHERE) * near + _ELSEWHERE * width)

    def _marks(self, slot: Slot) -> Marks | None:
        framework = self._frameworks.get(slot.year)
        return marks(framework, slot.code) if framework is not None else None

    def _middle(self, slot: Slot) -> tuple[float, float] | None:
        """The middle of the other scores on the slot's level in its year, and how far they lie from it; None where none is printed."""
        if slot not in self._around:
            others = {other: value for other, value in self._of_year(slot.year).items() if other != slot}
            peers = [value for other, value in others.items() if _level(other.code) == _level(slot.code)]
            is_few = len(peers) < _FEW
            if is_few:
                peers = list(others.values())
            self._around[slot] = _spread(peers, _SPREAD_OF_FEW if is_few else _LEAST_SPREAD) if peers else None
        return self._around[slot]

    def _of_year(self, year: int) -> Mapping[Slot, float]:
        """The year's scores of opinion: of what is disclosed, and of all together, the scores lie elsewhere."""
        if year not in self._opinions:
            framework = self._frameworks.get(year)
            self._opinions[year] = {
                slot: float(prints[0].value)
                for slot, prints in self._ledger.prints.items()
                if slot.year == year and not slot.is_difference and slot.code != _OVERALL and prints[0].can_stand
                if framework is None or not is_of_marks(framework, slot.code)
            }
        return self._opinions[year]


def _spread(peers: Sequence[float], least: float) -> tuple[float, float]:
    middle = median(peers)
    return middle, max(_NORMAL * median(abs(one - middle) for one in peers), least)


def _level(code: str) -> str:
    """What scores of opinion are compared with: questions of one instrument, indicators, or instruments and their parts."""
    return "ind" if code.startswith("ind") else code[0] if code[0].islower() else "instrument"
