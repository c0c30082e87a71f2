"""Which of several mendings is the answer: costs become probabilities, and what is likely enough is said alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import exp

from prongsai.auditing.exchanges import Change
from prongsai.knowledge import SlipCosts

_MOST_LISTED = 20
_NEAR = Decimal("0.4")
"""Points; numbers of one slot that lie no further apart are one answer, a range."""
_SURE_OF_RANGE = 0.8
"""A range says less than a number; said alone, it has to be the more probable."""
_UNLIKELY = 0.02
"""A number so much less likely than its neighbours is left out of their range."""


@dataclass(frozen=True, slots=True)
class Mending:
    """Changes that together let everything hold, and how unlikely they are."""

    changes: tuple[Change, ...]
    cost: float
    """Minus the logarithm of the likelihood, but for a constant."""
    slips: int
    """How many slips make them; an exchange of two or three values is one."""
    share: float = 0.0
    """How probable it is among all mendings with as few slips, or how probable its range is; told by `choose`."""


@dataclass(slots=True)
class _Answer:
    """Mendings that say nearly the same, with what each is worth among all."""

    mendings: list[tuple[Mending, float]]

    @property
    def share(self) -> float:
        return sum(share for _, share in self.mendings)

    def told(self) -> Mending:
        """The likeliest mending, with the range of the others where there are such."""
        best, most = max(self.mendings, key=lambda one: one[1])
        likely = [one.changes[0].value for one, share in self.mendings if share >= _UNLIKELY * most]
        if len(likely) == 1:
            return replace(best, share=self.share)
        (change,) = best.changes
        return replace(best, changes=(replace(change, range=f"{min(likely)}-{max(likely)}"),), share=self.share)


def choose(found: Sequence[Mending], costs: SlipCosts) -> tuple[Mending, ...]:
    """Of the mendings with fewest slips the one that is right in all likelihood, else a range of numbers that is; else those that are
    not much less likely than the likeliest."""
    fewest = min((one.slips for one in found), default=0)
    ranked = _each_once(sorted((one for one in found if one.slips == fewest), key=_rank))
    weights = [exp(ranked[0].cost - one.cost) for one in ranked]
    total = sum(weights)
    shares = [weight / total for weight in weights]
    if shares and shares[0] >= costs.sure:
        return (replace(ranked[0], share=shares[0]),)
    answers: list[_Answer] = []
    for one, share in zip(ranked, shares, strict=True):
        near = next((answer for answer in answers if _are_near(answer.mendings[0][0], one)), None)
        if near is None:
            answers.append(_Answer([(one, share)]))
        else:
            near.mendings.append((one, share))
    answers.sort(key=lambda answer: -answer.share)
    if answers and answers[0].share >= _SURE_OF_RANGE:
        return (answers[0].told(),)
    least = answers[0].share * exp(-float(costs.listed)) if answers else 0.0
    return tuple(answer.told() for answer in answers[:_MOST_LISTED] if answer.share >= least)


def _rank(one: Mending) -> tuple[object, ...]:
    return round(one.cost, 3), [(change.slot, change.value) for change in one.changes]


def _each_once(ranked: Sequence[Mending]) -> list[Mending]:
    """The first, that is the likeliest, of mendings that come to the same numbers."""
    first: dict[tuple[object, ...], Mending] = {}
    for one in ranked:
        first.setdefault(tuple((change.slot, change.value) for change in one.changes), one)
    return list(first.values())


def _are_near(one: Mending, other: Mending) -> bool:
    if len(one.changes) != 1 or len(other.changes) != 1:
        return False
    (here,), (there,) = one.changes, other.changes
    is_of_same = here.slot == there.slot and [wrong for wrong, _ in here.slips] == [wrong for wrong, _ in there.slips]
    return is_of_same and abs(here.value - there.value) <= _NEAR
