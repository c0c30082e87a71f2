"""What the mean at the foot of a column leaves each score of it: evidence on which of an agency's scores is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from prongsai.auditing.ledger import Ledger, Print
from prongsai.records import Mention

_LEAST_AGENCIES = 3
_OFF = 3.0
"""How surprising a score is with which its column's mean does not hold: agencies may be left out of it, one time in some twenty."""


class Means:
    """The scores of a document that stand in a column with its mean, and where each must lie for the mean to hold."""

    def __init__(self, averages: Iterable[Ledger], mentions: Sequence[Mention]) -> None:
        self._left: dict[str, tuple[Fraction, Fraction]] = {}
        for ledger in averages:
            for one in (prints[0] for prints in ledger.prints.values()):
                column = [each for each in mentions if _stands_over(each, one.mentions[0])]
                values = [Fraction(each.value) for each in column if each.value is not None]
                if len(column) == len(values) >= _LEAST_AGENCIES:
                    slack = 2 * one.half_unit(ledger.places) * len(values)
                    short = one.value * len(values) - sum(values)
                    self._left |= {each.mention_id: (value + short, slack) for each, value in zip(column, values, strict=True)}

    def surprise(self, one: Print, value: Fraction) -> float:
        """What speaks against `value` in the place of a print, as minus the logarithm of a likelihood."""
        left = [self._left[key] for key in one.ids if key in self._left]
        return _OFF if any(abs(value - middle) >= slack for middle, slack in left) else 0.0


def _stands_over(other: Mention, mention: Mention) -> bool:
    """Whether it is another agency's score of the same code above or below a mention."""
    same = ("table", "column", "code", "fiscal_year", "kind", "scale")
    is_same = all(getattr(other, name) == getattr(mention, name) for name in same)
    return mention.table is not None and is_same and other.row != mention.row and other.agency != mention.agency
