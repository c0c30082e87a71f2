"""Which numbers have to change: a whole-number programme, solved exactly by OR-tools' CP-SAT.

Each doubtful slot keeps a value that is printed for it or takes any other; every equation stays within the rounding of its prints;
as few slots as possible change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from prongsai.auditing.equations import Check
from prongsai.auditing.ledger import FULL_MARKS, Ledger, Print, Slot

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar

_UNIT = 12_000
"""Whole parts of a point: 0.005 on the scales of 100, 40, 30 and 15 is 60, 150, 200 and 400 of them."""
_MOST_SETS = 48
_MOST_WORK = 2.0
"""Deterministic time of one search, so that the outcome never depends on how fast the machine is."""


def smallest_sets(ledger: Ledger, doubtful: frozenset[Slot], torn: frozenset[Slot], touched: Sequence[Check]) -> Iterator[frozenset[Slot]]:
    """Every smallest set of slots that, given a value that is not printed for them, lets all touched equations hold.

    A slot of several prints (`torn`) takes one of them without being changed.
    """
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    changed: dict[Slot, IntVar] = {}
    values: dict[Slot, Any] = {}
    for slot in sorted(doubtful):
        changed[slot] = model.new_bool_var("")
        values[slot] = _value(model, changed[slot], slot, kept_values(ledger.prints[slot], is_torn=slot in torn))
    for check in touched:
        _constrain(model, check, ledger, values)
    total = sum(changed.values())
    model.minimize(total)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.max_deterministic_time = _MOST_WORK
    for number in range(_MOST_SETS):
        if solver.solve(model) != cp_model.OPTIMAL:
            return
        slots = frozenset(slot for slot in changed if solver.value(changed[slot]))
        yield slots
        if not slots:
            return
        if not number:
            model.add(total == len(slots))
        model.add_bool_or([~changed[slot] for slot in slots])


def _value(model: CpModel, changed: IntVar, slot: Slot, kept: Iterable[Fraction]) -> IntVar:
    """A slot's value: one of those that are printed, or anything where it is changed."""
    from ortools.sat.python import cp_model

    value = model.new_int_var(-100 * _UNIT if slot.is_difference else 0, 100 * _UNIT, "")
    domain = cp_model.Domain.from_values([_whole(one) for one in kept])
    model.add_linear_expression_in_domain(value, domain).only_enforce_if(~changed)
    return value


def kept_values(prints: Sequence[Print], *, is_torn: bool) -> set[Fraction]:
    """The values that a slot has as it is printed; without a sign both ways."""
    those = [one for one in prints if one.can_stand] if is_torn else prints[:1]
    return {value for one in those for value in ((one.value,) if one.has_sign else (one.value, -one.value))}


def _constrain(model: CpModel, check: Check, ledger: Ledger, values: Mapping[Slot, Any]) -> None:
    """The equation within the rounding of its prints; one that held by another reading of them keeps what it needed."""
    total: Any = 0
    tolerance, now = 0, Fraction(0)
    for (weight, slot), one in zip(check.equation.coefficients, (check.subject, *check.terms), strict=True):
        if one is None:
            total += weight * model.new_int_var(0, 100 * _UNIT, "")
            tolerance += abs(weight)
            continue
        value, half = values.get(slot, _whole(one.value)), _whole(one.half_unit(ledger.places))
        now += weight * one.value
        if any(each.value == FULL_MARKS for each in ledger.prints[slot]) and not slot.is_difference:
            # It may stand for less than full marks, and for no more.
            meant = model.new_int_var(0, FULL_MARKS * _UNIT, "")
            model.add_linear_constraint(meant - value, -half, half)
            value, half = meant, 0
        total += weight * value
        tolerance += abs(weight) * half
    if check.holds and not check.missing:
        tolerance = max(tolerance, _whole(abs(now)) + 2)
    # The ends themselves round to the next number.
    most = max(tolerance - 1, 0)
    model.add_linear_constraint(total, -most, most)


def _whole(value: Fraction) -> int:
    return round(value * _UNIT)
