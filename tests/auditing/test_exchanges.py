"""Values in each other's place: which exchanges are seen."""

from __future__ import annotations

from collections.abc import Callable

from prongsai.auditing import audit_extract
from prongsai.auditing.case import cases
from prongsai.auditing.exchanges import totals_beside
from prongsai.auditing.ledger import Slot, ledgers
from prongsai.knowledge import Knowledge
from prongsai.records import Extract

Make = Callable[..., Extract]
QUESTIONS = ("92.94", "93.43", "99.02", "92.16", "92.06", "93.14", "91.18", "92.84", "92.55")
"""Of EIT part 1, whose mean is 93.26."""


def _lines(part1: str, part2: str) -> list[tuple[object, ...]]:
    totals = (("IIT", "90.00"), ("EIT1", part1), ("EIT2", part2), ("OIT", "95.00"))
    row = [(2568, code, text, {"table": 1, "row": 2, "column": at}) for at, (code, text) in enumerate(totals)]
    indicators = ((2568, f"ind{at}", text) for at, text in ((6, "97.48"), (7, "95.39"), (8, "95.35")))
    return [*row, *indicators, *((2568, f"e{at}", text) for at, text in enumerate(QUESTIONS, 1))]


def test_totals_beside_others_are_those_of_their_row(document: Make) -> None:
    lines = _lines("93.26", "90.10")
    (ledger,) = ledgers(document(*lines, (2567, "EIT2", "80.00", {"table": 1, "row": 1, "column": 2}), (2568, "ITA", "92.00")))
    assert totals_beside(ledger, [Slot(2568, "EIT1"), Slot(2568, "e1")]) == {Slot(2568, code) for code in ("IIT", "EIT1", "EIT2", "OIT")}
    assert totals_beside(ledger, [Slot(2568, "e1"), Slot(2568, "ITA")]) == frozenset()


def test_a_total_may_change_places_with_one_that_no_equation_holds(document: Make, knowledge: Knowledge) -> None:
    indicators = [(2568, "ind9", "94.00"), (2568, "ind10", "96.00")]
    right, wrong = (
        [(2568, code, text, {"table": 1, "row": 2, "column": at}) for at, (code, text) in enumerate(zip(("IIT", "OIT"), row, strict=True))]
        for row in (("90.00", "95.00"), ("95.00", "90.00"))
    )
    (case,) = cases(document(*right, *indicators), knowledge)
    assert not case.knots
    (case,) = cases(document(*wrong, *indicators), knowledge)
    (knot,) = case.knots
    mended = [{(change.slot.code, str(change.value)) for change in mending.changes} for mending in knot.mendings]
    assert {("IIT", "90.00"), ("OIT", "95.00")} in mended


def test_the_half_of_an_exchange_that_no_equation_tells_of_is_told_with_the_other(document: Make, knowledge: Knowledge) -> None:
    row = {"table": 1, "row": 2}
    lines = [(2568, "ITA", "93.82", row | {"column": 0}), *_lines("98.88", "93.26")]
    found = audit_extract(document(*lines), knowledge).findings
    assert [one.suggestion for one in found if one.check == "total"] == ["EIT1 2568 = 93.26 + EIT2 2568 = 98.88"]
