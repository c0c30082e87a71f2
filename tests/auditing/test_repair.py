"""The smallest mending: which number is wrong and what it was, where that can be told, and how much of it where it cannot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from prongsai.auditing.case import Case, cases
from prongsai.auditing.ledger import Ledger, Slot, is_torn, ledgers
from prongsai.auditing.slips import origins
from prongsai.knowledge import Knowledge
from prongsai.records import Extract
from prongsai.synthesis.truth import draw_result

Make = Callable[..., Extract]
YEAR_2567 = (
    (2567, "ITA", "91.54"),
    (2567, "IIT", "97.27"),
    (2567, "EIT1", "86.14"),
    (2567, "EIT2", "91.78"),
    (2567, "OIT", "89.17"),
    (2567, "ind9", "86.67"),
    (2567, "ind10", "91.67"),
)


def _with(lines: tuple[tuple[int, str, str], ...], **others: str) -> list[tuple[int, str, str]]:
    return [(year, code, others.get(code, text)) for year, code, text in lines]


def _case(document: Make, knowledge: Knowledge, *lines: tuple[object, ...]) -> Case:
    (case,) = cases(document(*lines), knowledge)
    return case


def test_two_swapped_digits_of_a_total_are_the_one_answer(document: Make, knowledge: Knowledge) -> None:
    case = _case(document, knowledge, *_with(YEAR_2567, OIT="89.71"))
    (verdict,) = case.verdicts
    assert (verdict.kind, verdict.slot, verdict.expected, verdict.slips) == ("total", Slot(2567, "OIT"), Decimal("89.17"), ("swapped",))
    assert {check.equation.subject.code for check in verdict.because} == {"ITA", "OIT"}


def test_no_mending_is_sought_where_everything_holds(document: Make, knowledge: Knowledge) -> None:
    assert _case(document, knowledge, *YEAR_2567).knots == ()


def test_equal_answers_are_all_listed(document: Make, knowledge: Knowledge) -> None:
    case = _case(document, knowledge, (2567, "OIT", "88.17"), (2567, "ind9", "86.67"), (2567, "ind10", "91.67"))
    (verdict,) = case.verdicts
    assert not verdict.is_clear
    assert verdict.expected == Decimal("89.17")
    assert set(verdict.alternatives) == {"OIT 2567 = 89.17", "ind9 2567 = 84.67"}


def test_a_print_that_stands_elsewhere_settles_a_conflict(document: Make, knowledge: Knowledge) -> None:
    case = _case(document, knowledge, *YEAR_2567, (2567, "OIT", "89.71"))
    (verdict,) = case.verdicts
    assert (verdict.kind, verdict.expected, [one.shown for one in verdict.prints]) == ("conflict", Decimal("89.17"), ["89.71"])


def test_a_conflict_that_nothing_settles_stays_open(document: Make, knowledge: Knowledge) -> None:
    case = _case(document, knowledge, (2568, "ind3", "93.92"), (2568, "ind3", "86.57"))
    (verdict,) = case.verdicts
    assert verdict.kind == "conflict"
    assert not verdict.is_clear
    assert sorted(verdict.alternatives) == ["ind3 2568 = 86.57", "ind3 2568 = 93.92"]


@pytest.mark.parametrize(("one", "two", "torn"), [("86.5", "86.54", False), ("86.5", "86.61", True), ("100", "100.00", False)])
def test_prints_that_round_to_each_other_are_no_conflict(document: Make, one: str, two: str, torn: bool) -> None:
    (ledger,) = ledgers(document((2568, "ITA", one), (2568, "ITA", two)))
    assert is_torn(ledger.prints[Slot(2568, "ITA")]) is torn


def test_a_difference_follows_from_what_its_scores_are_mended_to(document: Make, knowledge: Knowledge) -> None:
    lines = [*_with(YEAR_2567, OIT="89.71"), (2568, "OIT", "100"), (2568, "ΔOIT", "+10.59")]
    found = {verdict.slot: verdict.expected for verdict in _case(document, knowledge, *lines).verdicts}
    assert found == {Slot(2567, "OIT"): Decimal("89.17"), Slot(2568, "OIT", is_difference=True): Decimal("10.83")}


def test_a_value_copied_from_the_row_below_is_told_from_other_numbers(document: Make, knowledge: Knowledge) -> None:
    rows = (
        (2567, "i6", "97.84"),
        (2568, "i6", "98.21"),
        (2568, "Δi6", "+1.67"),
        (2567, "i7", "97.32"),
        (2568, "i7", "98.99"),
        (2568, "Δi7", "+1.67"),
    )
    (verdict,) = _case(document, knowledge, *rows).verdicts
    assert (verdict.slot.code, verdict.expected, verdict.slips) == ("i6", Decimal("0.37"), ("copied",))


def _row(values: str) -> list[tuple[object, ...]]:
    codes = ("ITA", "IIT", "EIT", "OIT", "ind6", "ind7", "ind8", "ind9", "ind10")
    return [
        (2565, code, text, {"table": 0, "row": 3, "column": at}) for at, (code, text) in enumerate(zip(codes, values.split(), strict=True))
    ]


def test_two_columns_that_are_swapped_are_one_slip(document: Make, knowledge: Knowledge) -> None:
    case = _case(document, knowledge, *_row("74.42 92.13 53.46 84.66 89.55 82.87 81.56 69.42 37.50"))
    found = {verdict.slot.code: (verdict.expected, verdict.slips) for verdict in case.verdicts}
    assert found == {"EIT": (Decimal("84.66"), ("columns",)), "OIT": (Decimal("53.46"), ("columns",))}


def test_three_columns_that_are_turned_round_are_one_slip(document: Make, knowledge: Knowledge) -> None:
    case = _case(document, knowledge, *_row("74.42 84.66 53.46 92.13 89.55 82.87 81.56 69.42 37.50"))
    found = {verdict.slot.code: verdict.expected for verdict in case.verdicts}
    assert found == {"IIT": Decimal("92.13"), "EIT": Decimal("84.66"), "OIT": Decimal("53.46")}


def test_a_table_none_of_whose_slips_is_known_says_what_its_totals_should_be(document: Make, knowledge: Knowledge) -> None:
    lines = (
        (2566, "ITA", "79.84"),
        (2566, "IIT", "91.56"),
        (2566, "EIT", "85.41"),
        (2566, "OIT", "31.07"),
        (2566, "ind9", "82.50"),
        (2566, "ind10", "51.25"),
    )
    (verdict,) = _case(document, knowledge, *lines).verdicts
    assert (verdict.slot.code, verdict.expected, verdict.slips) == ("OIT", Decimal("66.88"), ("total",))


def _swapped(text: str, at: int) -> str:
    digits = text.replace(".", "")
    turned = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
    return f"{turned[:-2]}.{turned[-2:]}"


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), code=st.sampled_from(("IIT", "EIT", "OIT", "ITA")), at=st.integers(0, 2))
def test_swapped_digits_of_an_instrument_are_always_mended(document: Make, knowledge: Knowledge, seed: int, code: str, at: int) -> None:
    result = draw_result(knowledge.frameworks[2565], Random(seed), 90)
    printed = {key: str(value) for key, value in result.scores.items() if key in ("ITA", "IIT", "EIT", "OIT") or key.startswith("ind")}
    right = printed[code]
    assume(right != "100.00")
    printed[code] = _swapped(right, at)
    assume(abs(Decimal(printed[code]) - Decimal(right)) > Decimal("0.05") and Decimal(printed[code]) <= 100)
    case = _case(document, knowledge, *((2565, key, text) for key, text in printed.items()))
    found = {verdict.slot.code: verdict.expected for verdict in case.verdicts if verdict.is_clear}
    assert found == {code: Decimal(right)}


def _slipped(ledger: Ledger, slips: set[str], knowledge: Knowledge) -> dict[str, str]:
    found = origins(ledger.prints[Slot(2568, "OIT")][0], knowledge.slips, ledger.places, {})
    return {f"{float(value):.2f}": origin.slip for value, origin in found.items() if origin.slip in slips}


def test_every_number_one_slip_away_is_an_origin(document: Make, knowledge: Knowledge) -> None:
    (ledger,) = ledgers(document((2568, "OIT", "89.71")))
    assert _slipped(ledger, {"swapped"}, knowledge) == {"89.17": "swapped", "87.91": "swapped", "98.71": "swapped"}
    digits = _slipped(ledger, {"digit", "alike"}, knowledge)
    others = {
        text
        for at, digit in product((0, 1, 3, 4), "0123456789")
        if (text := "89.71"[:at] + digit + "89.71"[at + 1 :]) != "89.71" and text[0] != "0"
    }
    assert digits.keys() == {f"{Decimal(text):.2f}" for text in others}
    assert digits["89.77"] == "alike"
    assert digits["89.74"] == "digit"
    (ledger,) = ledgers(document((2568, "OIT", "89.7"), (2568, "ITA", "80.12")))
    assert _slipped(ledger, {"lost"}, knowledge).keys() >= {"89.17", "89.75"}
    (ledger,) = ledgers(document((2568, "OIT", "9812"), (2568, "ITA", "80.12")))
    assert _slipped(ledger, {"point"}, knowledge) == {"98.12": "point"}


def test_the_readers_other_reading_is_an_origin(document: Make, knowledge: Knowledge) -> None:
    (ledger,) = ledgers(document((2568, "OIT", "89.71", {"candidates": ("89.71", "36.54")})))
    assert _slipped(ledger, {"candidate"}, knowledge) == {"36.54": "candidate"}


def test_a_mending_is_the_same_whatever_the_order_of_mentions(document: Make, knowledge: Knowledge) -> None:
    lines = [*_with(YEAR_2567, OIT="89.71", ind9="88.67"), (2568, "OIT", "100"), (2568, "ΔOIT", "+10.59")]
    extract = document(*lines)
    (case,) = cases(extract, knowledge)
    shuffled = list(extract.mentions)
    Random(5).shuffle(shuffled)
    (other,) = cases(replace(extract, mentions=tuple(shuffled)), knowledge)

    def told(one: Case) -> set[tuple[Slot, Decimal | None, bool]]:
        return {(verdict.slot, verdict.expected, verdict.is_clear) for verdict in one.verdicts}

    assert told(case) == told(other)
    assert Fraction(1, 2) in {weight for one in case.checks for weight, _ in one.equation.terms}
