"""The smallest mending: the fewest numbers that, printed otherwise, let every equation hold, by the least unusual slips.

Which numbers have to change says `smallest.py`. Which values they take: the equations leave each of these an interval
(`leeway.py`); what lies in it
and one slip away from the print (`slips.py`) is its likeliest value, and where nothing does, its total says what it should be.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import islice, product

from prongsai.auditing.equations import Check
from prongsai.auditing.exchanges import Change, exchanges
from prongsai.auditing.intervals import Interval, round_to
from prongsai.auditing.ledger import Ledger, Print, Slot, is_torn
from prongsai.auditing.leeway import Leeway
from prongsai.auditing.neighbours import is_same
from prongsai.auditing.slips import Origin, origins
from prongsai.auditing.smallest import kept_values, smallest_sets
from prongsai.knowledge import SlipCosts

_MOST_COMBINATIONS = 400
_MOST_LISTED = 8
_CENT = Fraction(1, 100)
_ROUND = 4
"""Quarters of a point."""
_MISFIT = Decimal(4)
"""So much a value nearer to the middle of what its equations leave may make up for a less usual slip."""


@dataclass(frozen=True, slots=True)
class Mending:
    """Changes that together let everything hold, and how unusual they are."""

    changes: tuple[Change, ...]
    cost: Decimal
    slips: int
    """How many slips make them; an exchange of two or three values is one."""


@dataclass(frozen=True, slots=True)
class Knot:
    """Slots that contradict each other, the checks that say so, and what would mend them."""

    slots: frozenset[Slot]
    failed: tuple[Check, ...]
    mendings: tuple[Mending, ...]
    """The cheapest first; one where the answer is clear, none where nothing that is known mends it."""


def knots(ledger: Ledger, checks: Sequence[Check], torn: Iterable[Slot], costs: SlipCosts) -> Iterator[Knot]:
    """What has to be mended together: slots joined by failed checks, or by an exchange that explains several of these, and slots that
    are printed with several values (`torn`)."""
    failed = [check for check in checks if not check.holds]
    involved = {slot for check in failed for slot in check.equation.slots if slot not in check.missing}
    joins = [set(check.equation.slots).difference(check.missing) for check in failed]
    if len(failed) > 1:
        joins += [{change.slot for change in exchange} for _, _, exchange in exchanges(ledger, frozenset(involved), checks)]
    groups: list[set[Slot]] = [{slot} for slot in torn]
    for slots in joins:
        joined = [group for group in groups if group & slots]
        groups = [group for group in groups if not group & slots]
        groups.append(slots.union(*joined))
    for group in map(frozenset, groups):
        yield Knot(group, tuple(check for check in failed if check.equation.subject in group), mend(ledger, group, checks, costs))


def mend(ledger: Ledger, doubtful: frozenset[Slot], checks: Sequence[Check], costs: SlipCosts) -> tuple[Mending, ...]:
    """The mendings that change fewest slots, the least unusual first and all that are hardly more so; none where nothing helps.

    `checks` are all of the agency's: those that touch `doubtful` hold in every mending.
    """
    touched = [check for check in checks if doubtful.intersection(check.equation.slots)]
    found = list(_mend(ledger, doubtful, touched, costs))
    for swapped, again, exchange in exchanges(ledger, doubtful, touched):
        for rest in _mend(swapped, doubtful, again, costs):
            slots = {change.slot for change in exchange}
            others = tuple(change for change in rest.changes if change.slot not in slots)
            if len(others) == len(rest.changes):
                cost = rest.cost + costs.costs["columns"]
                found.append(Mending((*exchange, *others), cost, rest.slips + 1))
    fewest = min((one.slips for one in found), default=0)
    found = sorted((one for one in found if one.slips == fewest), key=lambda one: (one.cost, [each.slot for each in one.changes]))
    clear = len(found) > 1 and found[1].cost > found[0].cost + costs.margin
    return tuple(one for one in found[: 1 if clear else _MOST_LISTED] if one.cost <= found[0].cost + costs.listed)


def _mend(ledger: Ledger, doubtful: frozenset[Slot], touched: Sequence[Check], costs: SlipCosts) -> Iterator[Mending]:
    leeway = Leeway(ledger, touched)
    torn = frozenset(slot for slot in doubtful if is_torn(ledger.prints[slot]))
    for slots in smallest_sets(ledger, doubtful, torn, touched):
        yield from _values(leeway, slots, torn, costs)


def _values(leeway: Leeway, changed: frozenset[Slot], torn: frozenset[Slot], costs: SlipCosts) -> Iterator[Mending]:
    """The least unusual values for a set of slots that have to change, and all that are hardly more so."""
    slots = sorted(changed | torn)
    left = leeway.leave(slots)
    if left is None:
        return
    options = [_options(leeway, slot, left[slot], costs, is_kept=slot not in changed) for slot in slots]
    for some in islice(product(*options), _MOST_COMBINATIONS):
        fixed = {change.slot: Fraction(change.value) for change, _ in some}
        if len(slots) == 1 or leeway.holds(fixed):
            cost = sum((cost for _, cost in some), Decimal(0)) + leeway.misfit(fixed)
            yield Mending(tuple(change for change, _ in some), cost, len(slots))


def _options(leeway: Leeway, slot: Slot, left: Interval, costs: SlipCosts, *, is_kept: bool) -> list[tuple[Change, Decimal]]:
    """What a slot may have been, cheapest first: one of its prints where it `is_kept`; else one slip away, or what its equations say."""
    prints = leeway.ledger.prints[slot]
    by_print = [origins(one, costs, leeway.ledger.places, leeway.ledger.beside) for one in prints]
    is_total = any(check.equation.subject == slot for check in leeway.checks)
    if is_kept:
        values = {value for value in kept_values(prints, is_torn=True) if left.low <= value <= left.high}
    else:
        values = {value for those in by_print for value in those if left.low <= value <= left.high}
        values.add(Fraction(round_to(leeway.centre(slot, left), leeway.ledger.places)))
    kinds = [
        (one, those, _copied(one, leeway.ledger) or ("total" if is_total else "other")) for one, those in zip(prints, by_print, strict=True)
    ]
    half = (left.high - left.low) / 2
    found = []
    for value in values:
        slips, cost = _slips(value, kinds, costs)
        is_guess = not is_kept and not is_total and half > _CENT and any(slip in ("copied", "copied-afar", "other") for _, slip in slips)
        change = Change(slot, round_to(value, leeway.ledger.places), slips, _range(left, leeway.ledger.places) if is_guess else "")
        found.append((change, cost))
    found.sort(key=lambda one: (one[1], one[0].value))
    return [one for one in found if one[0].slips and one[1] <= found[0][1] + costs.listed + _MISFIT]


def _slips(
    value: Fraction, kinds: Sequence[tuple[Print, Mapping[Fraction, Origin], str]], costs: SlipCosts
) -> tuple[tuple[tuple[Print, str], ...], Decimal]:
    """The least unusual slip of each print that is not `value`, and what they cost; each print comes with its origins and with the
    slip to assume where none of them is the value."""
    slips, cost = [], Decimal(0)
    for one, those, otherwise in kinds:
        origin = those.get(value)
        if origin is not None and not origin.slip:
            continue
        slip = min((origin.slip, otherwise) if origin is not None else (otherwise,), key=costs.costs.__getitem__)
        slips.append((one, slip))
        cost += costs.costs[slip] + costs.repeated * (len(one.mentions) - 1)
    return tuple(slips), cost


def _range(left: Interval, places: int) -> str:
    low, high = (round_to(end, places) for end in (left.low, left.high))
    return f"{low}-{high}"


def _copied(one: Print, ledger: Ledger) -> str:
    """`copied` where the number beside it is the same; `copied-afar` where another score of its year is, or where the one beside it may
    well be so by chance: marks of what is published are quarters, halves and full ones; empty where no such number is."""
    is_round = (one.value * _ROUND).denominator == 1
    is_beside = any(
        other.value == mention.value
        for mention in one.mentions
        for other in ledger.beside.get(mention.mention_id, ())
        if not is_same(mention, other)
    )
    is_elsewhere = any(
        other.value == one.value
        for slot, prints in ledger.prints.items()
        if slot != one.slot and (slot.year, slot.is_difference) == (one.slot.year, one.slot.is_difference)
        for other in prints
    )
    if is_beside:
        return "copied-afar" if is_round else "copied"
    return "copied-afar" if is_elsewhere and not is_round else ""
