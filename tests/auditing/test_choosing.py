"""From costs to an answer: alone where it is likely enough, a range of near numbers, or a list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest

from prongsai.auditing.choosing import Mending, choose
from prongsai.auditing.exchanges import Change
from prongsai.auditing.ledger import Print, Slot, ledgers
from prongsai.knowledge import Knowledge
from prongsai.records import Extract

Make = Callable[..., Extract]


@pytest.fixture
def prints(document: Make) -> dict[str, Print]:
    """A print of each of three scores, by code, and the second one of `ind3`."""
    (ledger,) = ledgers(document((2568, "ind1", "95.10"), (2568, "ind2", "93.10"), (2568, "ind3", "91.20"), (2568, "ind3", "91.02")))
    first, second = ledger.prints[Slot(2568, "ind3")]
    return {**{slot.code: those[0] for slot, those in ledger.prints.items()}, "ind3": first, "again": second}


def _mending(one: Print, value: str, cost: float, slips: int = 1) -> Mending:
    return Mending((Change(one.slot, Decimal(value), ((one, "digit"),)),), cost, slips)


def _told(found: Sequence[Mending], knowledge: Knowledge) -> list[str]:
    return [f"{change.slot.code} {change.text}" for one in choose(found, knowledge.slips) for change in one.changes]


def test_a_likely_one_is_alone(prints: dict[str, Print], knowledge: Knowledge) -> None:
    found = [_mending(prints["ind2"], "93.70", 6.0), _mending(prints["ind1"], "95.70", 3.0)]
    assert _told(found, knowledge) == ["ind1 95.70"]


def test_equally_likely_ones_are_listed_and_unlikely_ones_are_not(prints: dict[str, Print], knowledge: Knowledge) -> None:
    found = [_mending(prints["ind1"], "95.70", 3.0), _mending(prints["ind2"], "93.70", 3.1), _mending(prints["ind3"], "91.80", 9.0)]
    assert _told(found, knowledge) == ["ind1 95.70", "ind2 93.70"]


def test_near_numbers_of_one_score_are_one_answer(prints: dict[str, Print], knowledge: Knowledge) -> None:
    found = [_mending(prints["ind1"], f"95.{cents}", 3.0 + cost) for cents, cost in ((70, 0.0), (71, 0.2), (69, 0.2), (72, 7.0))]
    assert _told([*found, _mending(prints["ind2"], "93.70", 6.0)], knowledge) == ["ind1 95.69-95.71"]


def test_far_numbers_of_one_score_are_two_answers(prints: dict[str, Print], knowledge: Knowledge) -> None:
    found = [_mending(prints["ind1"], "95.70", 3.0), _mending(prints["ind1"], "35.10", 3.0)]
    assert sorted(_told(found, knowledge)) == ["ind1 35.10", "ind1 95.70"]


def test_two_prints_of_one_score_are_no_range(prints: dict[str, Print], knowledge: Knowledge) -> None:
    found = [_mending(prints["ind3"], "91.02", 3.0), _mending(prints["again"], "91.20", 3.0)]
    assert sorted(_told(found, knowledge)) == ["ind3 91.02", "ind3 91.20"]


def test_what_needs_fewer_slips_comes_before_what_costs_less(prints: dict[str, Print], knowledge: Knowledge) -> None:
    found = [_mending(prints["ind1"], "95.70", 1.0, slips=2), _mending(prints["ind2"], "93.70", 9.0)]
    assert _told(found, knowledge) == ["ind2 93.70"]


def test_the_same_numbers_by_two_ways_are_one_answer(prints: dict[str, Print], knowledge: Knowledge) -> None:
    found = [_mending(prints["ind1"], "95.70", 3.0), _mending(prints["ind1"], "95.70", 3.0)]
    assert _told(found, knowledge) == ["ind1 95.70"]


def test_nothing_comes_of_nothing(knowledge: Knowledge) -> None:
    assert choose([], knowledge.slips) == ()
