"""Slips inside one number: what each may make of a print, and where it has no place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from random import Random

import pytest

from prongsai.synthesis.slips import digits

Edit = Callable[[str, Random], str | None]


def made(edit: Edit, text: str) -> set[str | None]:
    return {edit(text, Random(number)) for number in range(200)}


@pytest.mark.parametrize(
    ("edit", "text", "expected"),
    [
        (digits.swapped, "89.17", {"98.17", "89.71"}),
        (digits.swapped, "+1.67", {"+1.76"}),
        (digits.swapped, "90.00", {None}),
        (digits.lost, "๘๙.๑๗", {"๙.๑๗", "๘.๑๗", "๘๙.๗", "๘๙.๑"}),
        (digits.lost, "-0.30", {"-0.0"}),
        (digits.lost, "100", {"10"}),
        (digits.doubled, "89.17", {"889.17", "899.17", "89.117", "89.177"}),
        (digits.doubled, "0.00", {None}),
        (digits.point_lost, "๘๙.๑๗", {"๘๙๑๗"}),
        (digits.point_lost, "-0.30", {"-030"}),
        (digits.point_lost, "100", {None}),
    ],
)
def test_edits(edit: Edit, text: str, expected: set[str | None]) -> None:
    assert made(edit, text) == expected


@pytest.mark.parametrize(("text", "near", "far"), [("84.00", "34.00", "24.00"), ("๔๐.๐๐", "๕๐.๐๐", "๗๐.๐๐")])
def test_a_digit_is_most_often_taken_for_one_that_looks_like_it(text: str, near: str, far: str) -> None:
    counted = Counter(digits.other(text, Random(number)) for number in range(4000))
    assert counted[near] > 3 * counted[far] > 0
    assert None in counted or all(len(one or "") == len(text) for one in counted)
    assert not any(one and digits.value_of(one) < 10 for one in counted), "a leading zero"


def test_values_are_read_in_either_script() -> None:
    assert digits.value_of("-๑.๖๗") == Decimal("-1.67")
