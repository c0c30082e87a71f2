"""Means over several agencies: the scores that a printed mean should be the mean of, and what it leaves each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from prongsai.auditing.ledger import Ledger, Print
from prongsai.records import Mention

_LEAST_AGENCIES = 3
"""Of a column that its last row may be the mean of."""
_OFF = 3.0
"""How surprising a score is with which its column's mean does not hold: agencies may be left out of it, one time in some twenty."""


@dataclass(frozen=True, slots=True)
class Column:
    """A printed mean and the scores that it should be the mean of."""

    mean: Print
    scores: Sequence[tuple[Mention, Fraction]]
    """With their values on 0-100."""
    slack: Fraction
    """Less than this the sum of the scores is off where the mean holds."""

    @property
    def at(self) -> Mention:
        """Where the mean is printed."""
        return self.mean.mentions[0]

    @property
    def total(self) -> Fraction:
        """Of the scores."""
        return sum((value for _, value in self.scores), Fraction(0))

    @property
    def excess(self) -> Fraction:
        """By how much the scores add up to more than the mean says."""
        return self.total - self.mean.value * len(self.scores)

    def holds(self, moved: Fraction = Fraction(0)) -> bool:
        """Whether the mean is that of the column, `moved` added to one of its scores."""
        return abs(self.excess + moved) < self.slack


def columns(ledger: Ledger, mentions: Sequence[Mention]) -> Iterator[Column]:
    """The columns of a document's tables in which a print of the ledger, of several agencies together, stands with their scores."""
    for prints in ledger.prints.values():
        for one in prints:
            others = [each for each in mentions if _is_in_column(each, one.mentions[0])]
            scores = [(each, Fraction(each.value)) for each in others if each.value is not None]
            if len(others) == len(scores) >= _LEAST_AGENCIES:
                yield Column(one, scores, 2 * one.half_unit(ledger.places) * len(scores))


def _is_in_column(other: Mention, mention: Mention) -> bool:
    """Whether it is another agency's score of the same code above or below a mention."""
    same = ("table", "column", "code", "fiscal_year", "kind", "scale")
    is_same = all(getattr(other, name) == getattr(mention, name) for name in same)
    return mention.table is not None and is_same and other.row != mention.row and other.agency != mention.agency


class Means:
    """The scores of a document that stand in a column with its mean, and where each must lie for the mean to hold."""

    def __init__(self, averages: Iterable[Ledger], mentions: Sequence[Mention]) -> None:
        self._left: dict[str, tuple[Fraction, Fraction]] = {}
        for ledger in averages:
            for column in columns(ledger, mentions):
                # Of a mean printed with several values the first counts.
                if column.mean is ledger.prints[column.mean.slot][0]:
                    self._left |= {each.mention_id: (value - column.excess, column.slack) for each, value in column.scores}

    def surprise(self, one: Print, value: Fraction) -> float:
        """What speaks against `value` in the place of a print, as minus the logarithm of a likelihood."""
        left = [self._left[key] for key in one.ids if key in self._left]
        return _OFF if any(abs(value - middle) >= slack for middle, slack in left) else 0.0
