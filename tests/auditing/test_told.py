"""What a report says of its scores, as evidence on which of them is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from prongsai.auditing.case import cases
from prongsai.auditing.ledger import Slot, ledgers
from prongsai.auditing.told import Told
from prongsai.knowledge import Knowledge
from prongsai.records import Claim, ClaimKind, Extract, GradeMention

Make = Callable[..., Extract]
Says = Callable[..., Claim]
RANKED = ("ind1", "ind2", "ind3", "ind4", "ind5")
IIT = [(2568, "IIT", "93.00"), *((2568, code, f"{number}.00") for code, number in zip(RANKED, (95, 97, 93, 92, 91), strict=True))]
"""The second one was 94.00, or else the first one 92.00 or the third one 90.00."""


def _surprise(told: Told, code: str, value: str) -> float:
    return told.surprise({Slot(2568, code): Fraction(value)})


def test_what_restores_an_order_is_likelier_and_what_refutes_one_less(document: Make, says: Says, knowledge: Knowledge) -> None:
    (ledger,) = ledgers(document(*IIT))
    told = Told(ledger, knowledge.frameworks, (says(ClaimKind.ORDER, *RANKED),), ())
    assert _surprise(told, "ind2", "94.00") < 0
    assert _surprise(told, "ind3", "90.00") == 0  # refuted before and after
    in_order = Told(ledger, knowledge.frameworks, (says(ClaimKind.ORDER, *RANKED[2:]),), ())
    assert _surprise(in_order, "ind3", "92.50") == 0
    assert _surprise(in_order, "ind3", "91.50") > 0


def test_what_its_grade_does_not_allow_surprises(document: Make, grade: Callable[..., GradeMention], knowledge: Knowledge) -> None:
    (ledger,) = ledgers(document((2565, "ITA", "84.10")))
    told = Told(ledger, knowledge.frameworks, (), (grade(2565, "A"),))
    values = {text: told.surprise({Slot(2565, "ITA"): Fraction(text)}) for text in ("85.10", "84.90")}
    assert values["85.10"] < 0 == values["84.90"]


def test_an_order_tells_which_number_is_wrong(document: Make, says: Says, knowledge: Knowledge) -> None:
    extract = document(*IIT)
    (case,) = cases(extract, knowledge)
    assert len(case.knots[0].mendings) > 1
    (case,) = cases(replace(extract, claims=(says(ClaimKind.ORDER, *RANKED),)), knowledge)
    (mending,) = case.knots[0].mendings
    assert [(change.slot.code, change.text) for change in mending.changes] == [("ind2", "94.00")]
