"""The smallest mending: the fewest numbers that, printed otherwise, let every equation hold, by the least unusual slips.

Which numbers have to change says `smallest.py`. Which values they take: the equations leave each of these an interval
(`leeway.py`); what lies in it and one slip away from the print (`slips.py`) is its likeliest value, and where nothing does, its total
says what it should be. What speaks for a mending is how usual its slips are, how usual its numbers are among their peers
(`plausible.py`), and how well the equations fit; which answer that comes to says `choosing.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import islice, product
from math import ceil, floor

from prongsai.auditing.choosing import Mending, choose
from prongsai.auditing.equations import Check
from prongsai.auditing.exchanges import Change, exchanges
from prongsai.auditing.intervals import Interval, round_to
from prongsai.auditing.ledger import Ledger, Print, Slot, is_torn
from prongsai.auditing.leeway import Leeway
from prongsai.auditing.means import Means
from prongsai.auditing.neighbours import is_copy
from prongsai.auditing.plausible import Plausible
from prongsai.auditing.slips import Origin, origins
from prongsai.auditing.smallest import kept_values, smallest_sets
from prongsai.auditing.swaps import Swaps
from prongsai.auditing.told import Told
from prongsai.knowledge import SlipCosts

_MOST_COMBINATIONS = 400
_MOST_VALUES = 80
"""Numbers beside each other of which one was overwritten by a copy: so many are weighed one by one."""
_ROUND = 4
"""Quarters of a point."""
_MISFIT = 4.0
"""So much a value nearer to the middle of what its equations leave may make up for a less usual slip."""
_PAIR, _RARER = 2, 2.0
"""Two numbers change places more often than three."""
_COPIED = ("copied", "copied-afar")
"""After these nothing of the number that was meant is left in print."""


@dataclass(frozen=True, slots=True)
class Pricing:
    """What mendings are weighed by: how usual slips are, how usual scores, and what changed places."""

    costs: SlipCosts
    plausible: Plausible
    swaps: Swaps
    means: Means
    told: Told


def mend(ledger: Ledger, doubtful: frozenset[Slot], checks: Sequence[Check], pricing: Pricing) -> tuple[Mending, ...]:
    """The mendings that change fewest slots: the one that is right in all likelihood, or else those that may be, the likeliest first;
    none where nothing helps.

    `checks` are all of the agency's: those that touch `doubtful` hold in every mending.
    """
    touched = [check for check in checks if doubtful.intersection(check.equation.slots)]
    found = list(_mend(ledger, doubtful, touched, pricing))
    for swapped, again, exchange in exchanges(ledger, doubtful, touched):
        slots = {change.slot for change in exchange}
        own = float(pricing.costs.costs["columns"]) + _surprise_of(exchange, ledger, touched, pricing)
        own += _RARER * (len(exchange) - _PAIR)
        for rest in _mend(swapped, doubtful, again, pricing):
            others = tuple(change for change in rest.changes if change.slot not in slots)
            if len(others) == len(rest.changes):
                found.append(Mending((*exchange, *others), rest.cost + own, rest.slips + 1))
    return choose(found, pricing.costs)


def _surprise_of(exchange: Sequence[Change], ledger: Ledger, touched: Sequence[Check], pricing: Pricing) -> float:
    leeway = Leeway(ledger, touched)
    values = {change.slot: Fraction(change.value) for change in exchange}
    return sum(_surprise(leeway, slot, value, pricing) for slot, value in values.items()) + pricing.told.surprise(values)


def _mend(ledger: Ledger, doubtful: frozenset[Slot], touched: Sequence[Check], pricing: Pricing) -> Iterator[Mending]:
    leeway = Leeway(ledger, touched)
    torn = frozenset(slot for slot in doubtful if is_torn(ledger.prints[slot]))
    for slots in smallest_sets(ledger, doubtful, torn, touched):
        yield from _values(leeway, slots, torn, pricing)


def _values(leeway: Leeway, changed: frozenset[Slot], torn: frozenset[Slot], pricing: Pricing) -> Iterator[Mending]:
    """The least unusual values for a set of slots that have to change, and all that are hardly more so."""
    slots = sorted(changed | torn)
    left = leeway.leave(slots)
    if left is None:
        return
    options = [_options(leeway, slot, left[slot], pricing, is_kept=slot not in changed, is_alone=len(slots) == 1) for slot in slots]
    for some in islice(product(*options), _MOST_COMBINATIONS):
        fixed = {change.slot: value for change, value, _ in some}
        if len(slots) == 1 or leeway.holds(fixed):
            cost = sum(cost for _, _, cost in some) + leeway.misfit(fixed) + pricing.told.surprise(fixed)
            yield Mending(tuple(change for change, _, _ in some), cost, len(slots))


_Option = tuple[Change, Fraction, float]
"""A change, its exact value, and what it costs."""


def _options(leeway: Leeway, slot: Slot, left: Interval, pricing: Pricing, *, is_kept: bool, is_alone: bool) -> list[_Option]:
    """What a slot may have been, cheapest first: one of its prints where it `is_kept`; else one slip away, or what its equations say."""
    prints, costs, places = leeway.ledger.prints[slot], pricing.costs, leeway.ledger.places
    by_print = [origins(one, costs, places, pricing.swaps.of(one, leeway.ledger.beside)) for one in prints]
    short = [one for one in prints if _is_short(one, leeway.ledger)]
    is_total = any(check.equation.subject == slot for check in leeway.checks)
    kinds = [
        (one, those, _copied(one, leeway.ledger) or ("total" if is_total else "other")) for one, those in zip(prints, by_print, strict=True)
    ]
    unit, beside = 2 * prints[0].half_unit(places), list[Fraction]()
    if is_kept:
        alike = (value for those in by_print for value in those if any(_is_printed_so(value, one, places) for one in prints))
        values = {value for value in (*kept_values(prints, is_torn=True), *alike) if left.low <= value <= left.high}
    else:
        values = {value for those in by_print for value in those if left.low <= value <= left.high}
        values.add(unit * round(leeway.centre(slot, left) / unit))
        if is_alone and any(kind in _COPIED for _, _, kind in kinds):
            beside = _all_between(left, unit)
            values.update(beside)
    found = []
    for value in values:
        slips, cost = _slips(value, kinds, costs, places)
        if any(one in short and slip == "lost" for one, slip in slips):
            cost -= float(costs.short)
        is_guess = not (is_kept or is_total or beside) and any(slip in (*_COPIED, "other") for _, slip in slips)
        meant = value if any(one.has_sign for one in prints) else abs(value)
        change = Change(slot, round_to(meant, places), slips, _range(left, places) if is_guess else "")
        found.append((change, value, cost + _surprise(leeway, slot, value, pricing)))
    found.sort(key=lambda one: (one[2], one[0].value))
    return [one for one in found if one[0].slips and one[2] <= found[0][2] + float(costs.listed) + _MISFIT]


def _all_between(left: Interval, unit: Fraction) -> list[Fraction]:
    """The numbers of an interval as they are printed, in steps of `unit`, where these are not too many."""
    first, last = ceil(left.low / unit), floor(left.high / unit)
    return [unit * number for number in range(first, last + 1)] if last - first < _MOST_VALUES else []


def _surprise(leeway: Leeway, slot: Slot, value: Fraction, pricing: Pricing) -> float:
    """How much more surprising a value would be than what is printed: to the mean of its column, and, where no total says what it is to
    be, among its peers."""
    one = leeway.ledger.prints[slot][0]
    more = pricing.means.surprise(one, value) - pricing.means.surprise(one, one.value)
    if any(check.equation.subject == slot and not check.missing for check in leeway.checks):
        return more
    half = one.half_unit(leeway.ledger.places)
    return more + pricing.plausible.surprise(slot, value, half) - pricing.plausible.surprise(slot, one.value, half)


def _slips(
    value: Fraction, kinds: Sequence[tuple[Print, Mapping[Fraction, Origin], str]], costs: SlipCosts, places: int
) -> tuple[tuple[tuple[Print, str], ...], float]:
    """The least unusual slip of each print that is not `value`, and what they cost; each print comes with its origins and with the
    slip to assume where none of them is the value."""
    slips, cost = [], Decimal(0)
    for one, those, otherwise in kinds:
        origin = those.get(value) or those.get(_as_printed(value, one, places))
        if (origin is not None and not origin.slip) or _is_printed_so(value, one, places):
            continue
        slip, own = otherwise, costs.costs[otherwise]
        if origin is not None and origin.cost < own:
            slip, own = origin.slip, origin.cost
        slips.append((one, slip))
        cost += own + costs.repeated * (len(one.mentions) - 1)
    return tuple(slips), float(cost)


def _as_printed(value: Fraction, one: Print, places: int) -> Fraction:
    """What a number comes to on the scale of a print: 92.18 of 100 is 27.65 of 30, as 92.17 is."""
    unit = 2 * one.half_unit(places)
    return unit * round(value / unit)


def _is_printed_so(value: Fraction, one: Print, places: int) -> bool:
    return one.can_stand and one.value == _as_printed(value, one, places)


def _is_short(one: Print, ledger: Ledger) -> bool:
    """Whether a number lacks a decimal that all others of the agency have: it is no habit to leave zeros out."""
    others = (each for prints in ledger.prints.values() for each in prints if each is not one)
    return 0 < one.decimals < ledger.places and not any(0 < each.decimals < ledger.places for each in others)


def _range(left: Interval, places: int) -> str:
    low, high = (round_to(end, places) for end in (left.low, left.high))
    return f"{low}-{high}" if low != high else ""


def _copied(one: Print, ledger: Ledger) -> str:
    """`copied` where the number beside it is the same; `copied-afar` where another score of its year is, or where the one beside it may
    well be so by chance: marks of what is published are quarters, halves and full ones; empty where no such number is."""
    is_round = (one.value * _ROUND).denominator == 1
    is_elsewhere = any(
        other.value == one.value
        for slot, prints in ledger.prints.items()
        if slot != one.slot and (slot.year, slot.is_difference) == (one.slot.year, one.slot.is_difference)
        for other in prints
    )
    if is_copy(one, ledger.beside):
        return "copied-afar" if is_round else "copied"
    return "copied-afar" if is_elsewhere and not is_round else ""
