"""What has to be mended together: numbers that contradict each other, and what would mend them (`mending.py`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from prongsai.auditing.choosing import Mending
from prongsai.auditing.equations import Check
from prongsai.auditing.exchanges import exchanges, totals_beside
from prongsai.auditing.ledger import Ledger, Slot
from prongsai.auditing.mending import Pricing, mend


@dataclass(frozen=True, slots=True)
class Knot:
    """Slots that contradict each other, the checks that say so, and what would mend them."""

    slots: frozenset[Slot]
    failed: tuple[Check, ...]
    mendings: tuple[Mending, ...]
    """The cheapest first; one where the answer is clear, none where nothing that is known mends it."""


def knots(ledger: Ledger, checks: Sequence[Check], torn: Iterable[Slot], pricing: Pricing) -> Iterator[Knot]:
    """What has to be mended together: slots joined by failed checks, or by an exchange that explains several of these, and slots that
    are printed with several values (`torn`)."""
    failed = [check for check in checks if not check.holds]
    involved = {slot for check in failed for slot in check.equation.slots if slot not in check.missing}
    joins = [set(check.equation.slots).difference(check.missing) for check in failed]
    if failed:
        doubtful = totals_beside(ledger, involved) | involved
        joins += [{change.slot for change in exchange} for _, _, exchange in exchanges(ledger, doubtful, checks)]
    groups: list[set[Slot]] = [{slot} for slot in torn]
    for slots in joins:
        joined = [group for group in groups if group & slots]
        groups = [group for group in groups if not group & slots]
        groups.append(slots.union(*joined))
    for group in map(frozenset, groups):
        yield Knot(group, tuple(check for check in failed if check.equation.subject in group), mend(ledger, group, checks, pricing))
