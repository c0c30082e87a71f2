"""Numbers that stand in each other's place though they are of different agencies, or one of them is in no equation: what is exchanged
within one agency's equations is told by `exchanges.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from prongsai.auditing.equations import Check, check
from prongsai.auditing.ledger import Ledger, Print, Slot
from prongsai.auditing.neighbours import Beside, is_same

Web = tuple[Ledger, Sequence[Check]]
"""An agency's prints, and its equations held against them."""


class Swaps:
    """The webs of all agencies of a document."""

    def __init__(self, webs: Sequence[Web]) -> None:
        self._homes: dict[str, tuple[Print, Ledger]] = {}
        self._checks: dict[tuple[int, Slot], list[Check]] = {}
        for ledger, checks in webs:
            self._homes.update({key: (one, ledger) for prints in ledger.prints.values() for one in prints for key in one.ids})
            for one in checks:
                for slot in one.equation.slots:
                    self._checks.setdefault((id(ledger), slot), []).append(one)

    def of(self, one: Print, beside: Beside) -> Mapping[Fraction, bool]:
        """The numbers beside a print that it may have changed places with: True where the equations of the other number fail and would
        hold with the print, False where it is in no equation. One whose equations hold stays where it is."""
        found: dict[Fraction, bool] = {}
        for mention in one.mentions if one.can_stand else ():
            for neighbour in beside.get(mention.mention_id, ()):
                other, ledger = self._homes.get(neighbour.mention_id, (None, None))
                if other is None or ledger is None or other.scale != one.scale or is_same(mention, other.mentions[0]):
                    continue
                checks = self._checks.get((id(ledger), other.slot), [])
                if not checks:
                    found.setdefault(other.value, False)
                elif not all(each.holds for each in checks) and self._fits(one, other, ledger, checks):
                    found[other.value] = True
        return found

    @staticmethod
    def _fits(one: Print, other: Print, ledger: Ledger, checks: Sequence[Check]) -> bool:
        """Whether all equations of `other` hold with `one` in its place."""
        chosen = {other.slot: replace(one, slot=other.slot)}
        again = (check(each.equation, ledger, chosen) for each in checks)
        return all(each is not None and each.holds for each in again)
