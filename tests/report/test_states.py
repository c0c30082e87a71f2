"""What colour a number has on the page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from prongsai.report.states import contradicted_by, state_of


def _mention(nth: int, code: str, value: str | None, **others: Any) -> dict[str, Any]:
    number = None if value is None else Decimal(value)
    row = {"mention_id": f"d:{nth}", "code": code, "value": number, "confidence": None, "matched_by": "code", "page": 1}
    return row | others


def _finding(printed: str, subject: str = "OIT", severity: str = "error") -> dict[str, Any]:
    return {"severity": severity, "subject": subject, "printed": printed, "mention_ids": "d:1 | d:2 | d:3"}


MENTIONS = [_mention(1, "OIT", "89.7100"), _mention(2, "OIT", "89.1700"), _mention(3, "ind9", "89.7100")]


def test_of_all_that_a_finding_rests_on_only_the_number_it_names_is_contradicted() -> None:
    assert contradicted_by([_finding("89.71")], MENTIONS) == {"d:1"}


def test_a_note_contradicts_nothing() -> None:
    assert contradicted_by([_finding("89.71", severity="note")], MENTIONS) == frozenset()


def test_a_difference_is_found_with_its_sign() -> None:
    assert contradicted_by([_finding("+0.49", "ind9")], [_mention(1, "ind9", "0.4900")]) == {"d:1"}
    assert contradicted_by([_finding("-0.49", "ind9")], [_mention(1, "ind9", "-0.4900")]) == {"d:1"}


def test_the_gravest_state_that_holds_is_the_state() -> None:
    doubted = _mention(1, "OIT", "89.71", confidence=0.4, matched_by="code | person")
    assert state_of(doubted, {"d:1"}, ()) == "contradicted"
    assert state_of(doubted, (), ()) == "unsure"
    assert state_of(doubted | {"confidence": 1.0}, (), ()) == "repaired"
    assert state_of(doubted | {"confidence": 1.0, "matched_by": "code"}, (), ()) == "read"


def test_what_could_not_be_read_is_unsure() -> None:
    assert state_of(_mention(1, "OIT", None), (), ()) == "unsure"


def test_a_number_beside_a_misprinted_code_is_repaired() -> None:
    assert state_of(MENTIONS[0], (), {(1, "OIT")}) == "repaired"
    assert state_of(MENTIONS[0], (), {(2, "OIT")}) == "read"
