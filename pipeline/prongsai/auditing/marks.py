"""What a score of disclosure can be: a mean of marks, each of which is full, none, a half or a quarter.

Such a mean takes few values (of eight questions 93.75 or 87.5, and never 93.72), so that a print beside them is a slip, and of the
numbers that a total leaves one is the likely one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import ceil, lcm
from typing import TYPE_CHECKING

from prongsai.knowledge import Framework

if TYPE_CHECKING:
    import numpy as np

INSTRUMENT = "OIT"
_QUARTERS = 4
_SHARES_OF_FULL = (0.5, 0.75, 0.9, 0.97)
"""How many questions of an agency have full marks, each share as likely as the others."""
_OF_OTHERS = (0.6, 0.1, 0.2, 0.1)
"""Of those that have not: none, a quarter, a half, three quarters."""


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """How likely each score is that a mean of marks can be."""

    below: np.ndarray
    """The probability of less than each whole number of parts of 100."""
    is_known: bool
    """Whether the year's file says how the questions are grouped; else the mean may be another one."""

    def within(self, low: Fraction, high: Fraction) -> float:
        """The probability of a score from `low` up to, and without, `high`, on 0-100."""
        parts = len(self.below) - 2
        first, last = (min(max(ceil(end * parts / 100), 0), parts + 1) for end in (low, high))
        return float(self.below[last] - self.below[first])


@lru_cache(maxsize=1024)
def marks(framework: Framework, code: str) -> Marks | None:
    """What OIT, one of its indicators or sub-indicators, or an o-question can be; None for other codes."""
    import numpy as np

    weights = dict(_weights(framework, code))
    if not weights:
        return None
    parts = lcm(*(weight.denominator for weight in weights.values())) * _QUARTERS
    total = np.zeros(parts + 1)
    for share in _SHARES_OF_FULL:
        chances = (*((1 - share) * one for one in _OF_OTHERS), share)
        found = np.zeros(parts + 1)
        found[0] = 1.0
        for weight in weights.values():
            step = int(weight * parts) // _QUARTERS
            added = chances[0] * found
            for quarters in range(1, _QUARTERS + 1):
                added[quarters * step :] += chances[quarters] * found[: parts + 1 - quarters * step]
            found = added
        total += found / len(_SHARES_OF_FULL)
    grouped = all(question.subindicator for question in framework.questions if question.code in weights)
    return Marks(np.concatenate(([0.0], np.cumsum(total))), is_known=grouped or len(weights) == 1)


def is_of_marks(framework: Framework, code: str) -> bool:
    """Whether a code's score is a mark, or a mean of marks."""
    return next(_weights(framework, code), None) is not None


def _weights(framework: Framework, code: str) -> Iterator[tuple[str, Fraction]]:
    """The questions of disclosure that a code is the mean of, each with its weight."""
    if code == INSTRUMENT:
        members = [one.code for one in framework.indicators_in(code)]
    elif (question := framework.question(code)) is not None:
        if question.instrument == INSTRUMENT:
            yield code, Fraction(1)
        return
    else:
        questions = [one for one in framework.questions_in(code) if one.instrument == INSTRUMENT]
        subs = [one.code for one in framework.subindicators_in(code)]
        is_grouped = subs and all(one.subindicator for one in questions)
        members = subs if is_grouped and questions else [one.code for one in questions]
    for member in members:
        for inner, weight in _weights(framework, member):
            yield inner, weight / len(members)
