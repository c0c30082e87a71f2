"""What the framework says of printed scores: totals, their parts, what is missing, and on which basis they hold."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prongsai.auditing import audit_extract
from prongsai.auditing.bases import find_bases
from prongsai.auditing.case import cases
from prongsai.auditing.equations import Basis, check, differences, totals
from prongsai.auditing.ledger import Reading, Slot, ledgers
from prongsai.knowledge import Knowledge
from prongsai.records import Extract
from prongsai.synthesis.truth import draw_result

Make = Callable[..., Extract]

INSTRUMENTS_2567 = ((2567, "IIT", "97.27"), (2567, "EIT", "88.96"), (2567, "OIT", "89.17"))


def test_overall_is_the_weighted_sum_of_instruments(document: Make, knowledge: Knowledge) -> None:
    (ledger,) = ledgers(document(*INSTRUMENTS_2567, (2567, "ITA", "91.54")))
    framework = knowledge.frameworks[2567]
    (equation,) = totals(ledger, 2567, framework, {})
    assert {slot.code: weight for weight, slot in equation.terms} == {
        "IIT": Fraction(3, 10),
        "EIT": Fraction(3, 10),
        "OIT": Fraction(2, 5),
    }
    held = check(equation, ledger)
    assert held is not None
    assert held.reading is Reading.ROUNDED


def test_unprinted_part_is_replaced_by_its_own_parts(document: Make, knowledge: Knowledge) -> None:
    lines = ((2568, "ITA", "97.86"), (2568, "IIT", "96.78"), (2568, "EIT1", "93.26"), (2568, "EIT2", "98.89"), (2568, "OIT", "100"))
    (case,) = cases(document(*lines), knowledge)
    (held,) = case.checks
    assert held.holds
    assert not held.missing
    assert {slot.code for _, slot in held.equation.terms} == {"IIT", "EIT1", "EIT2", "OIT"}


@pytest.mark.parametrize(("part", "holds"), [("98.89", True), ("98.29", False)])
def test_two_ways_to_make_up_what_is_not_printed_are_held_against_each_other(
    part: str, holds: bool, document: Make, knowledge: Knowledge
) -> None:
    lines = ((2568, "ind6", "97.48"), (2568, "ind7", "95.39"), (2568, "ind8", "95.35"), (2568, "EIT1", "93.26"), (2568, "EIT2", part))
    (case,) = cases(document(*lines), knowledge)
    (held,) = case.checks
    assert (held.equation.subject.code, held.holds) == ("EIT1", holds)
    found = [finding.message for finding in audit_extract(document(*lines), knowledge).findings]
    assert bool(found) is not holds
    assert all("2 x the mean of ind6 97.48, ind7 95.39, ind8 95.35 less EIT2 98.29" in message for message in found)


def test_missing_parts_are_named_and_bound_the_total(document: Make, knowledge: Knowledge) -> None:
    (case,) = cases(document((2568, "ind1", "97.32"), (2568, "i1", "95.20"), (2568, "i2", "97.32")), knowledge)
    (held,) = case.checks
    assert held.holds
    assert [slot.code for slot in held.missing] == ["i3"]
    assert round(float(held.expected.low), 2) == 64.17
    assert round(float(held.expected.high), 2) == 97.51
    (case,) = cases(document((2568, "ind1", "27.32"), (2568, "i1", "95.20"), (2568, "i2", "97.32")), knowledge)
    assert not case.checks[0].holds, "even a third question of 0 would not bring the mean so low"


@pytest.mark.parametrize(("total", "reading"), [("89.17", Reading.ROUNDED), ("89.2", Reading.COARSE), ("89.71", None), ("89.18", None)])
def test_a_total_holds_within_its_rounding_alone(document: Make, knowledge: Knowledge, total: str, reading: Reading | None) -> None:
    (case,) = cases(document((2567, "ind9", "86.67"), (2567, "ind10", "91.67"), (2567, "OIT", total)), knowledge)
    assert case.checks[0].reading is reading


def test_full_marks_without_decimals_are_exact(document: Make, knowledge: Knowledge) -> None:
    (case,) = cases(document((2568, "OIT", "100"), (2567, "OIT", "89.71"), (2568, "ΔOIT", "+10.59")), knowledge)
    (held,) = (one for one in case.checks if one.equation.subject.is_difference)
    assert not held.holds


@pytest.mark.parametrize(("total", "holds"), [("98.00", True), ("98.01", False)])
def test_full_marks_are_rounded_from_no_more(document: Make, knowledge: Knowledge, total: str, holds: bool) -> None:
    indicators = [(2567, f"ind{number}", "100.00") for number in range(1, 5)]
    (case,) = cases(document(*indicators, (2567, "ind5", "90.02"), (2567, "IIT", total)), knowledge)
    assert case.checks[0].holds is holds  # the mean is 98.004 at most
    assert [bool(knot.mendings) for knot in case.knots] == ([] if holds else [True])


def test_a_result_of_full_marks_is_mended_to_full_marks(document: Make, knowledge: Knowledge) -> None:
    (case,) = cases(document((2567, "IIT", "100.00"), (2567, "EIT", "100.00"), (2567, "OIT", "100.00"), (2567, "ITA", "10.00")), knowledge)
    (knot,) = case.knots
    assert [str(change.value) for change in knot.mendings[0].changes] == ["100.00"]


@pytest.mark.parametrize(
    ("elsewhere", "rises", "holds"),
    [("-0.20", 3, False), ("0.20", 3, True), ("-0.20", 2, True), ("-0.20 +0.30", 3, True)],
)
def test_one_bare_fall_among_rises_has_lost_its_sign(document: Make, elsewhere: str, rises: int, holds: bool) -> None:
    """In a document that prints falls with their sign and rises without, and in no other."""
    lines: list[tuple[object, ...]] = [(2568, f"Δi{20 + at}", printed, {"table": 1}) for at, printed in enumerate(elsewhere.split())]
    for number in range(1, rises + 1):
        lines += [(2567, f"i{number}", "90.00"), (2568, f"i{number}", "91.00"), (2568, f"Δi{number}", "1.00", {"table": 2})]
    (ledger,) = ledgers(document(*lines, (2567, "e6", "93.43"), (2568, "e6", "93.14"), (2568, "Δe6", "0.29", {"table": 2})))
    (held,) = (found for one in differences(ledger) if one.subject.code == "e6" and (found := check(one, ledger)) is not None)
    assert held.holds is holds


def test_difference_without_a_sign_is_a_magnitude(document: Make) -> None:
    (ledger,) = ledgers(document((2567, "e6", "93.43"), (2568, "e6", "93.14"), (2568, "Δe6", "0.29")))
    (equation,) = differences(ledger)
    held = check(equation, ledger)
    assert held is not None
    assert held.holds
    (ledger,) = ledgers(document((2567, "e6", "93.43"), (2568, "e6", "93.14"), (2568, "Δe6", "+0.29")))
    held = check(equation, ledger)
    assert held is not None
    assert not held.holds, "with a sign it must be the right one"


def test_weighted_prints_are_exact(document: Make, knowledge: Knowledge) -> None:
    weighted = ({"scale": 30}, {"scale": 30}, {"scale": 40})
    lines = [
        (2568, code, text, scale)
        for (code, text), scale in zip((("IIT", "29.03"), ("EIT", "28.82"), ("OIT", "40.00")), weighted, strict=True)
    ]
    (case,) = cases(document((2568, "ITA", "97.86"), *lines), knowledge)
    assert case.checks[0].holds
    (case,) = cases(document((2568, "ITA", "97.96"), *lines), knowledge)
    assert not case.checks[0].holds


PART_1 = (
    *(
        (2568, f"e{number}", value)
        for number, value in enumerate(("92.94", "93.43", "99.02", "92.16", "92.06", "93.14", "91.18", "92.84", "92.55"), 1)
    ),
    *((2568, f"ind{number}", value) for number, value in ((6, "97.48"), (7, "95.39"), (8, "95.35"))),
)


@pytest.mark.parametrize("part", [(), ((2568, "EIT1", "93.26"),)])
def test_questions_of_part_1_are_told_from_a_slip(document: Make, knowledge: Knowledge, part: tuple[tuple[int, str, str], ...]) -> None:
    (ledger,) = ledgers(document(*PART_1, *part))
    found = find_bases(ledger, 2568, knowledge.frameworks[2568])["EIT"]
    assert found.basis is Basis.PART1
    assert [one.equation.subject.code for one in found.refuted] == ["ind6", "ind7", "ind8"]


def test_one_indicator_that_fails_alone_is_a_slip_and_no_basis(document: Make, knowledge: Knowledge) -> None:
    lines = [line for line in PART_1 if not line[1].startswith("ind")]
    means = ((2568, "ind6", "95.13"), (2568, "ind7", "92.45"), (2568, "ind8", "91.29"))
    (ledger,) = ledgers(document(*lines, *means))
    found = find_bases(ledger, 2568, knowledge.frameworks[2568])["EIT"]
    assert found.basis is Basis.BOTH
    assert not found.refuted


def test_a_basis_that_holds_once_is_chance_where_the_usual_one_holds_twice(document: Make, knowledge: Knowledge) -> None:
    lines = [line for line in PART_1 if not line[1].startswith("ind")]
    means = ((2568, "ind6", "94.13"), (2568, "ind7", "92.45"), (2568, "ind8", "92.19"), (2568, "EIT1", "93.26"))
    (ledger,) = ledgers(document(*lines, *means))
    found = find_bases(ledger, 2568, knowledge.frameworks[2568])["EIT"]
    assert found.basis is Basis.BOTH


def test_what_the_usual_basis_holds_by_cutting_ends_off_does_not_outvote_another(document: Make, knowledge: Knowledge) -> None:
    values = ("92.94", "93.43", "99.02", "92.16", "92.06", "93.17", "91.18", "92.84", "92.59")
    questions = [(2568, f"e{number}", value) for number, value in enumerate(values, 1)]
    means = ((2568, "ind6", "94.13"), (2568, "ind7", "92.45"), (2568, "ind8", "92.19"), (2568, "EIT1", "93.27"))
    (ledger,) = ledgers(document(*questions, *means))
    found = find_bases(ledger, 2568, knowledge.frameworks[2568])["EIT"]
    assert found.basis is Basis.PART1


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), year=st.sampled_from((2563, 2565, 2566, 2568)), share=st.sampled_from((0.3, 0.7, 1.0)))
def test_no_equation_fails_on_a_result_that_is_true(document: Make, knowledge: Knowledge, seed: int, year: int, share: float) -> None:
    rng = Random(seed)
    result = draw_result(knowledge.frameworks[year], rng, 90)
    lines = [(year, code, str(value)) for code, value in result.scores.items() if rng.random() < share]
    for case in cases(document(*lines), knowledge):
        assert [one.equation.subject for one in case.checks if not one.holds] == []
        assert not case.knots


def test_a_slot_is_its_year_code_and_kind() -> None:
    assert str(Slot(2568, "i6", is_difference=True)) == "Δi6 2568"
