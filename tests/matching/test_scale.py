"""Scores printed of their weight (IIT of 30) are told from scores of 0-100, by arithmetic alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.language.numerals import Numeral, parse_numeral
from prongsai.matching.match import Matched
from prongsai.matching.model import Claim
from prongsai.matching.scale import can_be_misprint, can_be_score, is_scale_unsure, scales
from prongsai.records import MentionKind, Passage

WEIGHTS = {code: Decimal(weight) for code, weight in {"IIT": "0.30", "EIT": "0.30", "OIT": "0.40", "EIT1": "0.15", "EIT2": "0.15"}.items()}
CENT = Decimal("0.01")
SCORE = st.decimals(50, 100, places=2)
SCORES = st.fixed_dictionaries({"IIT": SCORE, "EIT": SCORE, "OIT": SCORE})


def _claims(values: dict[str, Decimal], row: int = 1, column: int | None = None) -> list[Claim]:
    """A line of a table: codes across in one row, or down one column."""
    claims = []
    for nth, (code, value) in enumerate(values.items()):
        numeral = Numeral(0, 5, str(value), value, decimals=2)
        place = (row, nth + 1) if column is None else (nth + 1, column)
        by = ("header",) if column is None else ("name",)
        claims.append(Claim(Passage(str(value)), numeral, MentionKind.SCORE, code, table=1, row=place[0], column=place[1], matched_by=by))
    return claims


def _round(value: Decimal) -> Decimal:
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def _weighted(scores: dict[str, Decimal]) -> dict[str, Decimal]:
    return {code: _round(value * WEIGHTS[code]) for code, value in scores.items()}


def _total(scores: dict[str, Decimal]) -> Decimal:
    return _round(sum((value * WEIGHTS[code] for code, value in scores.items()), Decimal(0)))


def _found(claims: Sequence[Claim]) -> dict[str, int]:
    return {claims[index].code: scale for index, scale in scales(claims, WEIGHTS).items()}


@given(SCORES)
def test_weighted_scores_with_their_total_are_recognised(scores: dict[str, Decimal]) -> None:
    assert _found(_claims(_weighted(scores) | {"ITA": _total(scores)})) == {"IIT": 30, "EIT": 30, "OIT": 40}


@given(SCORES)
def test_weighted_scores_without_a_total_are_recognised(scores: dict[str, Decimal]) -> None:
    assert _found(_claims(_weighted(scores))) == {"IIT": 30, "EIT": 30, "OIT": 40}


@given(SCORES, st.booleans())
def test_scores_of_a_hundred_are_left_alone(scores: dict[str, Decimal], has_total: bool) -> None:
    assert _found(_claims(scores | ({"ITA": _total(scores)} if has_total else {}))) == {}


@given(SCORES)
def test_of_both_beside_each_other_only_the_weighted_are_scaled(scores: dict[str, Decimal]) -> None:
    claims = _claims(scores, column=1) + _claims(_weighted(scores), column=2)

    assert scales(claims, WEIGHTS) == {at: int(100 * WEIGHTS[claims[at].code]) for at in (3, 4, 5)}


def test_two_parts_of_eit_have_their_own_weights() -> None:
    scores = {"IIT": Decimal(90), "EIT1": Decimal(80), "EIT2": Decimal(70), "OIT": Decimal(95)}

    assert _found(_claims(_weighted(scores) | {"ITA": _total(scores)})) == {"IIT": 30, "EIT1": 15, "EIT2": 15, "OIT": 40}


def test_small_scores_of_a_hundred_are_not_taken_for_weighted() -> None:
    low = {"IIT": Decimal("10.00"), "EIT": Decimal("12.00"), "OIT": Decimal("14.00")}

    assert _found(_claims(low)) == {}
    assert _found(_claims(low | {"ITA": _total(low)})) == {}
    assert _found(_claims(low | {"ITA": Decimal("36.00")})) == {"IIT": 30, "EIT": 30, "OIT": 40}


def test_a_score_above_its_weight_settles_it() -> None:
    assert _found(_claims({"IIT": Decimal("30.01"), "EIT": Decimal("30.00"), "OIT": Decimal("40.00")})) == {}


@given(SCORES, st.sampled_from(("IIT", "EIT", "OIT")), st.decimals(0, 40, places=2))
def test_one_misprint_leaves_the_scale(scores: dict[str, Decimal], code: str, wrong: Decimal) -> None:
    assert set(_found(_claims(_weighted(scores) | {"ITA": _total(scores), code: wrong}))) == {"IIT", "EIT", "OIT"}


def test_most_rows_of_a_table_speak_for_all() -> None:
    rows = [{"IIT": Decimal(27 + nth), "EIT": Decimal(28), "OIT": Decimal(38), "ITA": Decimal(93 + nth)} for nth in range(3)]
    rows[1]["ITA"] = Decimal("9.40")
    claims = [claim for nth, row in enumerate(rows) for claim in _claims(row, row=nth)]

    assert len(scales(claims, WEIGHTS)) == 9


def test_a_missing_instrument_leaves_it_open() -> None:
    assert _found(_claims({"IIT": Decimal("27.00"), "OIT": Decimal("36.00")})) == {}


def test_a_weighted_mention_keeps_its_print_and_says_its_scale(matched: Callable[..., Matched]) -> None:
    text = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2564\nหน่วยงาน\tIIT\tEIT\tOIT\tรวม\nเทศบาลตำบลหนองบัว\t25.69\t26.03\t37.56\t89.28\n"
    mentions = {mention.code: mention for mention in matched(text).mentions}

    assert [(code, mentions[code].printed_value, mentions[code].scale) for code in ("IIT", "OIT", "ITA")] == [
        ("IIT", "25.69", 30),
        ("OIT", "37.56", 40),
        ("ITA", "89.28", 100),
    ]
    assert mentions["IIT"].value == Decimal("85.6333")


def test_numbers_that_can_be_scores_and_misprints_of_them() -> None:
    def kinds(text: str) -> tuple[bool, bool]:
        numeral = parse_numeral(text)
        assert numeral is not None
        return can_be_score(numeral), can_be_misprint(numeral)

    assert {kinds(text)[0] for text in ("100", "-0.55", "99.1234")} == {True}
    assert {kinds(text) for text in ("889.17", "8917", "๑๐๐๐.๐๐", "10000", "100.60", "-130")} == {(False, True)}
    weighted = parse_numeral("2602")
    assert weighted is not None
    assert [can_be_misprint(weighted, is_among_scores=is_among) for is_among in (False, True)] == [False, True]
    assert {kinds(text) for text in ("2568", "8,917", "50000", "1250.00", "889.17333")} == {(False, False)}


def test_one_instrument_beside_its_share_is_weighted() -> None:
    claims = _claims({"IIT": Decimal("89.19")}, column=1) + _claims({"IIT": Decimal("26.76")}, column=2)

    assert scales(claims, WEIGHTS) == {1: 30}
    assert scales([claims[0], *_claims({"IIT": Decimal("27.76")}, column=2)], WEIGHTS) == {}


@pytest.mark.parametrize(
    ("code", "value", "unsure"), [("IIT", "26.76", True), ("IIT", "30.01", False), ("OIT", "26.76", False), ("EIT", "0", False)]
)
def test_a_lone_number_that_may_be_weighted_is_unsure(code: str, value: str, unsure: bool) -> None:
    (claim,) = _claims({code: Decimal(value)})

    assert is_scale_unsure(claim, 100, WEIGHTS) is unsure
    assert not is_scale_unsure(claim, 30, WEIGHTS)
    assert not is_scale_unsure(replace(claim, table=None), 100, WEIGHTS)
