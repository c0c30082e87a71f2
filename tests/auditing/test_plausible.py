"""Scores among their peers: what is far from them surprises."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import pytest

from prongsai.auditing.ledger import Slot, ledgers
from prongsai.auditing.plausible import Plausible
from prongsai.knowledge import Knowledge
from prongsai.records import Extract

Make = Callable[..., Extract]
HALF = Fraction(1, 200)


def _plausible(document: Make, knowledge: Knowledge, *lines: tuple[object, ...]) -> Plausible:
    (ledger,) = ledgers(document(*lines))
    return Plausible(ledger, knowledge.frameworks)


def test_the_farther_from_its_peers_the_more_a_score_surprises(document: Make, knowledge: Knowledge) -> None:
    lines = [(2568, f"i{number}", f"{90 + number / 2:.2f}") for number in range(1, 9)]
    plausible = _plausible(document, knowledge, *lines)
    told = [plausible.surprise(Slot(2568, "i9"), Fraction(value), HALF) for value in (92, 95, 99, 80, 19)]
    assert all(near < far for near, far in pairwise(told))


def test_an_outlier_does_not_make_others_usual(document: Make, knowledge: Knowledge) -> None:
    values = ("91.00", "92.00", "93.00", "94.00", "12.00")
    plausible = _plausible(document, knowledge, *((2568, f"ind{number}", text) for number, text in enumerate(values, 1)))
    near, far = (plausible.surprise(Slot(2568, "ind6"), Fraction(value), HALF) for value in (93, 13))
    assert far > near + 3


def test_a_score_is_no_peer_of_itself(document: Make, knowledge: Knowledge) -> None:
    plausible = _plausible(document, knowledge, (2568, "ind3", "93.92"))
    told = {plausible.surprise(Slot(2568, "ind3"), Fraction(value), HALF) for value in ("93.92", "86.57", "10")}
    assert len(told) == 1


def test_what_is_no_mean_of_marks_surprises(document: Make, knowledge: Knowledge) -> None:
    plausible = _plausible(document, knowledge, (2568, "ind10", "93.72"))
    right, wrong = (plausible.surprise(Slot(2568, "ind10"), Fraction(value), HALF) for value in ("93.75", "93.72"))
    assert wrong > right + 4


def test_differences_surprise_nobody(document: Make, knowledge: Knowledge) -> None:
    plausible = _plausible(document, knowledge, (2568, "i1", "93.72"))
    assert plausible.surprise(Slot(2568, "i1", is_difference=True), Fraction(50), HALF) == pytest.approx(0)
