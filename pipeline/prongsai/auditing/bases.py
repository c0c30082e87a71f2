"""On which basis an instrument's questions are printed: the one on which the printed totals hold.

From FY2566 EIT has two parts, and agencies print its questions either as part 1 has them or as the mean of both; an indicator
of OIT is the mean of its sub-indicators, which the year's file may not know for sure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from prongsai.auditing.equations import Basis, Check, check, totals
from prongsai.auditing.ledger import Ledger, Reading, Slot
from prongsai.knowledge import Framework


@dataclass(frozen=True, slots=True)
class BasisFound:
    """The basis of an instrument's questions and what speaks for it."""

    basis: Basis
    refuted: tuple[Check, ...]
    """The equations of the usual basis that this one explains; empty where the usual one holds."""


def find_bases(ledger: Ledger, year: int, framework: Framework) -> Mapping[str, BasisFound]:
    """By instrument. The usual basis stays where it holds, or where no other one holds better."""
    found = {}
    for instrument in framework.instruments:
        others = (Basis.PART1, Basis.PART2) if instrument.parts else (Basis.FLAT,) if framework.subindicators else ()
        usual = Basis.BOTH if instrument.parts else Basis.SUBINDICATORS
        if instrument.code == "IIT" or not others or not _has_questions(ledger, year, framework, instrument.code):
            continue
        checks = {basis: _checks(ledger, year, framework, instrument.code, basis) for basis in (usual, *others)}
        found[instrument.code] = BasisFound(*_choose(checks, usual, has_parts=bool(instrument.parts)))
    return found


def _has_questions(ledger: Ledger, year: int, framework: Framework, instrument: str) -> bool:
    return any(Slot(year, one.code) in ledger.prints for one in framework.questions if one.instrument == instrument)


def _checks(ledger: Ledger, year: int, framework: Framework, instrument: str, basis: Basis) -> list[Check]:
    """The checks that the instrument's basis decides: those of its indicators and of its parts by questions."""
    question_codes = {one.code for one in framework.questions if one.instrument == instrument}
    found = []
    for equation in totals(ledger, year, framework, {instrument: basis}):
        if question_codes.intersection(slot.code for _, slot in equation.terms) and equation.subject.code.startswith(("ind", instrument)):
            held = check(equation, ledger)
            if held is not None and not held.missing:
                found.append(held)
    return found


def _choose(checks: Mapping[Basis, list[Check]], usual: Basis, *, has_parts: bool) -> tuple[Basis, tuple[Check, ...]]:
    failed = tuple(one for one in checks[usual] if not _holds(one))
    for basis, others in checks.items():
        if basis is usual or not failed:
            continue
        left = [one for one in others if not _holds(one)]
        # Totals that hold to the last digit on another basis do not do so by chance, unless more do on the usual one; there a total
        # whose end has to be cut off for it may hold by chance, and does not count. Where it has none to show, or a slip among
        # them, what speaks for it is that the usual one fails: one indicator that fails alone is a slip, a basis moves nearly all.
        is_proved = others and not left and len(others) >= sum(one.reading is Reading.ROUNDED for one in checks[usual])
        is_likelier = has_parts and len(failed) >= 2 and 2 * len(failed) >= len(checks[usual]) and len(left) < len(failed)
        if is_proved or (is_likelier and basis is Basis.PART1):
            return basis, failed
    return usual, ()


def _holds(check: Check) -> bool:
    """Whether it holds to the last digit: a basis is not told from numbers that have to be taken coarsely."""
    return check.holds and check.reading is not Reading.COARSE
