"""What speaks for one mending and against another, besides the equations."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from prongsai.auditing.case import cases
from prongsai.auditing.ledger import Slot, ledgers
from prongsai.auditing.slips import origins
from prongsai.auditing.verdicts import Verdict
from prongsai.knowledge import Knowledge
from prongsai.records import Extract

Make = Callable[..., Extract]
OPINIONS = (
    (2568, "ind1", "91.20"),
    (2568, "ind2", "92.35"),
    (2568, "ind3", "90.10"),
    (2568, "ind4", "93.05"),
    (2568, "ind5", "92.84"),
)


def _verdicts(document: Make, knowledge: Knowledge, *lines: tuple[object, ...]) -> list[Verdict]:
    return [verdict for case in cases(document(*lines), knowledge) for verdict in case.verdicts]


def _clear(document: Make, knowledge: Knowledge, *lines: tuple[object, ...]) -> dict[str, tuple[Decimal | None, str]]:
    found = _verdicts(document, knowledge, *lines)
    return {verdict.slot.code: (verdict.expected, verdict.slips[0]) for verdict in found if verdict.is_clear}


def test_a_score_far_from_its_peers_is_the_wrong_one(document: Make, knowledge: Knowledge) -> None:
    lines = [(year, code, "31.20" if code == "ind1" else text) for year, code, text in OPINIONS]
    assert _clear(document, knowledge, *lines, (2568, "IIT", "91.91")) == {"ind1": (Decimal("91.20"), "digit")}


def test_a_score_that_is_no_mean_of_marks_is_the_wrong_one(document: Make, knowledge: Knowledge) -> None:
    lines = ((2568, "OIT", "96.88"), (2568, "ind9", "100.00"), (2568, "ind10", "93.57"))
    assert _clear(document, knowledge, *lines) == {"ind10": (Decimal("93.75"), "swapped")}


def test_marks_tell_what_a_copy_stands_in_the_place_of(document: Make, knowledge: Knowledge) -> None:
    cells = [{"table": 0, "row": row, "column": 1} for row in range(3)]
    lines = ((2568, "OIT", "78.75", cells[0]), (2568, "ind9", "95.00", cells[1]), (2568, "ind10", "95.00", cells[2]))
    assert _clear(document, knowledge, *lines) == {"ind10": (Decimal("62.50"), "copied-afar")}


def test_a_lone_number_that_lacks_a_decimal_has_lost_a_digit(document: Make, knowledge: Knowledge) -> None:
    lines = [(year, code, "93.5" if code == "ind4" else text) for year, code, text in OPINIONS]
    assert _clear(document, knowledge, *lines, (2568, "IIT", "91.91")) == {"ind4": (Decimal("93.05"), "lost")}


def test_a_difference_is_what_the_printed_scores_say(document: Make, knowledge: Knowledge) -> None:
    cells = [{"table": 0, "row": row, "column": 2} for row in range(2)]
    lines = (
        (2567, "i1", "90.10"),
        (2568, "i1", "94.25"),
        (2568, "Δi1", "+2.17", cells[0]),
        (2567, "i2", "90.00"),
        (2568, "i2", "92.17"),
        (2568, "Δi2", "+2.17", cells[1]),
    )
    assert _clear(document, knowledge, *lines) == {"i1": (Decimal("4.15"), "copied")}


def _row(agency: str, row: int, *values: str) -> list[tuple[object, ...]]:
    codes = ("ITA", "IIT", "EIT", "OIT")
    where = {"table": 0, "row": row, "agency": agency}
    return [(2565, code, text, {**where, "column": at}) for at, (code, text) in enumerate(zip(codes, values, strict=True))]


TOWNS = (("89.63", "91.20", "93.10", "85.85"), ("82.07", "84.73", "82.61", "79.66"), ("92.05", "90.14", "95.02", "91.26"))


def test_scores_of_two_agencies_in_each_others_place_are_told_by_both(document: Make, knowledge: Knowledge) -> None:
    towns = [list(values) for values in TOWNS]
    towns[0][1], towns[1][1] = towns[1][1], towns[0][1]
    lines = [line for row, values in enumerate(towns) for line in _row(f"town {row}", row, *values)]
    found = _verdicts(document, knowledge, *lines)
    assert [(verdict.slot.code, verdict.expected, verdict.slips) for verdict in found] == [
        ("IIT", Decimal("91.20"), ("columns",)),
        ("IIT", Decimal("84.73"), ("columns",)),
    ]


def test_a_neighbour_whose_equations_hold_stays_where_it_is(document: Make, knowledge: Knowledge) -> None:
    towns = [list(values) for values in TOWNS]
    towns[0][1] = "61.20"
    lines = [line for row, values in enumerate(towns) for line in _row(f"town {row}", row, *values)]
    assert not any("columns" in verdict.slips for verdict in _verdicts(document, knowledge, *lines))


@pytest.mark.parametrize("is_printed", [True, False])
def test_the_mean_of_its_column_tells_which_score_is_wrong(document: Make, knowledge: Knowledge, is_printed: bool) -> None:
    towns = [list(values) for values in (*TOWNS, TOWNS[0])]
    towns[1][0] = "82.67"
    means = [f"{sum(Decimal(values[at]) for values in (*TOWNS, TOWNS[0])) / 4:.2f}" for at in range(4)]
    lines = [line for row, values in enumerate(towns) for line in _row(f"town {row}", row, *values)]
    (total,) = knowledge.phrases["label.total_row"][:1]
    found = _clear(document, knowledge, *lines, *(_row(total, 9, *means) if is_printed else ()))
    assert (found == {"ITA": (Decimal("82.07"), "digit")}) is is_printed


def test_a_number_with_a_digit_too_many_has_no_other_slip(document: Make, knowledge: Knowledge) -> None:
    lines = [(2568, f"i{number}", "91.20") for number in range(1, 9)]
    (ledger,) = ledgers(document(*lines, (2568, "i9", "83.448")))
    found = origins(ledger.prints[Slot(2568, "i9")][0], knowledge.slips, ledger.places, {})
    told = {f"{float(value):.3f}": origin.slip for value, origin in found.items() if 83 < value < 84}
    assert told == {"83.480": "doubled", "83.440": "added"}


def test_a_score_and_its_weighted_print_agree_where_it_is_printed_so(document: Make, knowledge: Knowledge) -> None:
    lines = ((2565, "IIT", "8724"), (2565, "IIT", "26.17", {"scale": 30}), (2565, "EIT", "90.10"))
    assert _clear(document, knowledge, *lines) == {"IIT": (Decimal("87.24"), "point")}


def test_a_difference_that_is_printed_without_a_sign_is_mended_without_one(document: Make, knowledge: Knowledge) -> None:
    lines = ((2567, "ITA", "91.58"), (2568, "ITA", "91.00"), (2568, "ΔITA", "058"))
    assert _clear(document, knowledge, *lines)["ITA"][0] == Decimal("0.58")


def test_a_difference_that_begins_with_zero_lost_its_point(document: Make, knowledge: Knowledge) -> None:
    lines = ((2567, "i1", "90.56"), (2568, "i1", "91.00"), (2568, "Δi1", "044", {"table": 1}))
    assert _clear(document, knowledge, *lines) == {"i1": (Decimal("0.44"), "point")}
