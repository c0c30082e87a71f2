"""Values that stand in each other's place: two columns of a table's row swapped, two rows of a column, three columns turned round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations

from prongsai.auditing.equations import Check, check
from prongsai.auditing.intervals import round_to
from prongsai.auditing.ledger import Ledger, Print, Slot, is_torn

_MOST = 3
"""Exchanges that are followed up, those that let most equations hold."""
_PAIR = 2
_TOTALS = ("ITA", "IIT", "EIT", "EIT1", "EIT2", "OIT")
"""Three of these are seen turned round in print."""


@dataclass(frozen=True, slots=True)
class Change:
    """A slot whose print, or some of whose prints, would have to be another number."""

    slot: Slot
    value: Decimal
    """As it would be printed, on 0-100."""
    slips: tuple[tuple[Print, str], ...]
    """The prints that differ from `value`, each with its slip: a key of `costs` in slips.toml."""
    range: str = ""
    """Where the equations leave several numbers and nothing tells them apart: `95.21-95.26`; `value` is the middle one."""

    @property
    def text(self) -> str:
        return self.range or str(self.value)


Exchange = tuple[Ledger, list[Check], tuple[Change, ...]]
"""The ledger and the checks after an exchange, and what it changes."""


def exchanges(ledger: Ledger, doubtful: frozenset[Slot], checks: Sequence[Check]) -> Iterator[Exchange]:
    """The exchanges that explain most: each lets two failed checks or more hold, or, of values side by side, all that failed."""
    failed = sum(not one.holds for one in checks)
    found = []
    for turn in _turns(ledger, doubtful) if failed else ():
        moved = {to: (replace(ledger.prints[source][0], slot=to),) for source, to in turn.items()}
        swapped = replace(ledger, prints={**ledger.prints, **moved})
        again = [_again(one, turn, swapped) for one in checks]
        left = sum(not one.holds for one in again)
        if left <= failed - 2 or (left == 0 and len(turn) == _PAIR and _are_next(ledger, turn)):
            found.append((left, len(turn), swapped, again, turn))
    found.sort(key=lambda one: (one[0], one[1], sorted(one[4].items())))
    for _, _, swapped, again, turn in found[:_MOST]:
        yield swapped, again, tuple(_change(ledger, source, to) for source, to in sorted(turn.items(), key=lambda pair: pair[1]))


def totals_beside(ledger: Ledger, slots: Iterable[Slot]) -> frozenset[Slot]:
    """The totals that stand in one row of a table with one of some slots: what is exchanged with a total need be in no other equation."""
    rows = {_row(ledger, slot) for slot in slots if slot.code in _TOTALS}
    totals = (slot for slot in ledger.prints if slot.code in _TOTALS and not slot.is_difference)
    return frozenset(slot for slot in totals if ledger.prints[slot][0].mentions[0].table is not None and _row(ledger, slot) in rows)


def _row(ledger: Ledger, slot: Slot) -> tuple[int | None, int | None]:
    mention = ledger.prints[slot][0].mentions[0]
    return mention.table, mention.row


def _again(one: Check, turn: Mapping[Slot, Slot], swapped: Ledger) -> Check:
    held = check(one.equation, swapped) if any(slot in turn for slot in one.equation.slots) else one
    return held or one


def _change(ledger: Ledger, source: Slot, to: Slot) -> Change:
    return Change(to, round_to(ledger.prints[source][0].value, ledger.places), ((ledger.prints[to][0], "columns"),))


def _turns(ledger: Ledger, doubtful: frozenset[Slot]) -> Iterator[Mapping[Slot, Slot]]:
    """Where each value may belong: pairs beside each other or one above the other, and three of one row turned round."""
    rows: dict[tuple[object, ...], list[Slot]] = {}
    for slot in sorted(doubtful):
        mention = ledger.prints[slot][0].mentions[0]
        if not slot.is_difference and mention.table is not None and not is_torn(ledger.prints[slot]):
            rows.setdefault((mention.table, "row", mention.row), []).append(slot)
            rows.setdefault((mention.table, "column", mention.column), []).append(slot)
    for (_, kind, _), slots in rows.items():
        for one, two in combinations(slots, _PAIR):
            pair = {one: two, two: one}
            if ledger.prints[one][0].value != ledger.prints[two][0].value and (kind == "row" or _are_next(ledger, pair)):
                yield pair
        for one, two, three in combinations([slot for slot in slots if slot.code in _TOTALS], 3) if kind == "row" else ():
            yield {one: two, two: three, three: one}
            yield {one: three, three: two, two: one}


def _are_next(ledger: Ledger, pair: Mapping[Slot, Slot]) -> bool:
    """Whether two slots stand in neighbouring cells of a row or a column."""
    one, two = (ledger.prints[slot][0].mentions[0] for slot in pair)
    apart = (abs((one.row or 0) - (two.row or 0)), abs((one.column or 0) - (two.column or 0)))
    return apart in ((0, 1), (1, 0))
