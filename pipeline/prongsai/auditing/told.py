"""What a report says in words, ranks and grades of its scores, held against what a mending would make of these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from prongsai.auditing.grading import possible_grades
from prongsai.auditing.known import Known
from prongsai.auditing.ledger import Ledger, Print, Slot
from prongsai.auditing.refuting import Refuter
from prongsai.knowledge import Framework
from prongsai.records import Claim, GradeMention

_REFUTED = 3.0
"""How surprising a claim or a grade is that the scores refute: one in some twenty is mistaken, misread or meant of others."""


class Told:
    """The claims and grades of one agency."""

    def __init__(
        self, ledger: Ledger, frameworks: Mapping[int, Framework], claims: Sequence[Claim], grades: Sequence[GradeMention]
    ) -> None:
        self._ledger, self._claims = ledger, claims
        self._as_printed = Refuter(claims, Known(ledger.prints))
        by_year = [(one, frameworks.get(one.fiscal_year or 0)) for one in claims if one.scope is not None]
        self._held = [(one, framework) for one, framework in by_year if framework is not None]
        printed = [(one, frameworks.get(one.fiscal_year or 0)) for one in grades if one.code]
        self._grades = {(framework.fiscal_year, one.code, one.grade): framework for one, framework in printed if framework is not None}

    def surprise(self, values: Mapping[Slot, Fraction]) -> float:
        """How much more of what is told the scores refute with some `values` in the place of their prints than as they are printed, as
        minus the logarithm of a likelihood; less than nothing where it is less."""
        years = {slot.year for slot in values}
        claims = [(one, framework) for one, framework in self._held if years.intersection((one.fiscal_year, one.since))]
        grades = [(code, grade, framework) for (year, code, grade), framework in self._grades.items() if year in years]
        if not claims and not grades:
            return 0.0
        known = Known({**self._ledger.prints, **{slot: (self._mended(slot, value),) for slot, value in values.items()}})
        mended, refuted = Refuter(self._claims, known), 0
        for one, framework in claims:
            refuted += (mended.refute(one, framework) is not None) - (self._as_printed.refute(one, framework) is not None)
        for code, grade, framework in grades:
            refuted += _is_refuted(grade, framework, known, code) - _is_refuted(grade, framework, self._as_printed.known, code)
        return _REFUTED * refuted

    def _mended(self, slot: Slot, value: Fraction) -> Print:
        first = self._ledger.prints[slot][0]
        return replace(first, value=value, decimals=max(first.decimals, self._ledger.places))


def _is_refuted(grade: str, framework: Framework, known: Known, code: str) -> bool:
    possible = possible_grades(framework, known, code)
    return bool(possible) and grade not in possible
