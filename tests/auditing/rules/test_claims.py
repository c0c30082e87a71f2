"""What a report says of several scores at once, held against them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from prongsai.auditing.rules.claims import claim
from prongsai.records import Claim, ClaimKind, Extract, Finding, Reader, Relation, Scope, Severity

Make = Callable[..., Extract]
Found = Callable[..., list[Finding]]
Says = Callable[..., Claim]

INDICATORS = [
    (2568, f"ind{number}", value)
    for number, value in enumerate(("100", "97.25", "99.88", "99.63", "100", "95.07", "94.98", "92.74", "88.78", "87.50"), 1)
]
QUESTIONS = [(2568, "i1", "90.00"), (2568, "i2", "91.00"), (2568, "i3", "92.00"), (2568, "i4", "89.00")]


def test_a_lowest_that_is_not_the_lowest(document: Make, found: Found, says: Says) -> None:
    (finding,) = found(claim, replace(document(*INDICATORS), claims=(says(ClaimKind.LOWEST, "ind8", value="92.74"),)))

    assert (finding.subject, finding.printed, finding.expected) == ("ind8", "lowest 92.74", "lowest ind10 87.50")
    assert finding.severity is Severity.WARNING  # it is the lowest of EIT
    assert finding.page == 2
    assert len(finding.mention_ids) == 2


@pytest.mark.parametrize(
    ("kind", "codes", "more", "refuted"),
    [
        (ClaimKind.LOWEST, ("ind10",), {}, None),
        (ClaimKind.LOWEST, ("ind9", "ind10"), {}, None),  # the lowest two
        (ClaimKind.LOWEST, ("ind8",), {"within": "EIT"}, None),
        (ClaimKind.LOWEST, ("ind6",), {"within": "EIT"}, "ind6"),
        (ClaimKind.HIGHEST, ("ind1", "ind5"), {}, None),
        (ClaimKind.HIGHEST, ("ind5",), {}, None),  # one of two that tie
        (ClaimKind.HIGHEST, ("ind9",), {}, "ind9"),
        (ClaimKind.HIGHEST, (), {"value": "99.88"}, "ind1"),
        (ClaimKind.HIGHEST, (), {"value": "100"}, None),
        (ClaimKind.NEXT_LOWEST, ("ind9",), {}, None),
        (ClaimKind.NEXT_LOWEST, ("ind8",), {}, "ind8"),
        (ClaimKind.NEXT_HIGHEST, ("ind3",), {}, None),
        (ClaimKind.NEXT_HIGHEST, ("ind4",), {}, "ind4"),
        (ClaimKind.ORDER, ("ind1", "ind5", "ind3", "ind4"), {}, None),
        (ClaimKind.ORDER, ("ind1", "ind4", "ind3"), {}, "ind4"),
        (ClaimKind.COUNT, (), {"relation": Relation.ABOVE, "bound": "90", "count": 8}, None),
        (ClaimKind.COUNT, (), {"relation": Relation.BELOW, "bound": "90", "count": 3}, "ITA"),
        (ClaimKind.COUNT, (), {"relation": Relation.ABOVE, "bound": "99", "count": 3, "within": "IIT"}, "IIT"),
        (ClaimKind.EACH, (), {"relation": Relation.ABOVE, "bound": "97", "within": "IIT"}, None),
        (ClaimKind.EACH, (), {"relation": Relation.ABOVE, "bound": "98", "within": "IIT"}, "ind2"),
        (ClaimKind.EACH, ("ind9", "ind8"), {"relation": Relation.BELOW, "bound": "90"}, "ind8"),
        (ClaimKind.EACH, ("ind10",), {"relation": Relation.ABOVE, "bound": "87.50"}, None),  # more than is said of as much
    ],
)
def test_claims(
    kind: ClaimKind, codes: tuple[str, ...], more: dict[str, Any], refuted: str | None, document: Make, found: Found, says: Says
) -> None:
    findings = found(claim, replace(document(*INDICATORS), claims=(says(kind, *codes, **more),)))

    assert [one.subject for one in findings] == ([] if refuted is None else [refuted])


def test_next_to_those_that_another_claim_names(document: Make, found: Found, says: Says) -> None:
    claims = (says(ClaimKind.LOWEST, "ind9", "ind10"), says(ClaimKind.NEXT_LOWEST, "ind8"))

    assert found(claim, replace(document(*INDICATORS), claims=claims)) == []


@pytest.mark.parametrize(
    ("kind", "codes", "more", "refuted"),
    [
        (ClaimKind.LOWEST, ("i1",), {}, True),  # i4 is lower, whatever i5 to i15 are
        (ClaimKind.LOWEST, ("i1",), {"within": "ind1"}, False),
        (ClaimKind.LOWEST, ("i4",), {}, False),
        (ClaimKind.HIGHEST, ("i3",), {}, False),
        (ClaimKind.LOWEST, ("i9",), {}, False),  # not printed
        (ClaimKind.COUNT, (), {"within": "IIT", "relation": Relation.BELOW, "bound": "95", "count": 4}, False),
        (ClaimKind.COUNT, (), {"within": "IIT", "relation": Relation.BELOW, "bound": "95", "count": 15}, False),
        (ClaimKind.COUNT, (), {"within": "IIT", "relation": Relation.BELOW, "bound": "95", "count": 3}, True),
        (ClaimKind.COUNT, (), {"within": "IIT", "relation": Relation.ABOVE, "bound": "95", "count": 12}, True),
        (ClaimKind.EACH, (), {"within": "ind1", "relation": Relation.AT_LEAST, "bound": "90"}, False),
        (ClaimKind.EACH, (), {"within": "IIT", "relation": Relation.AT_LEAST, "bound": "90"}, True),
    ],
)
def test_scores_that_are_not_printed_may_be_any(
    kind: ClaimKind, codes: tuple[str, ...], more: dict[str, Any], refuted: bool, document: Make, found: Found, says: Says
) -> None:
    said = says(kind, *codes, scope=Scope.QUESTION, **more)

    assert bool(found(claim, replace(document(*QUESTIONS), claims=(said,)))) is refuted


@pytest.mark.parametrize(
    ("codes", "values", "is_refuted"),
    [
        (("EIT",), {"IIT": "97.00", "EIT": "90.00", "EIT1": "85.00", "EIT2": "95.00", "OIT": "92.00"}, False),
        (("OIT",), {"IIT": "97.00", "EIT": "90.00", "EIT1": "85.00", "EIT2": "95.00", "OIT": "88.00"}, False),
        (("OIT",), {"IIT": "97.00", "EIT": "90.00", "EIT1": "85.00", "EIT2": "95.00", "OIT": "92.00"}, True),
        (("EIT1",), {"IIT": "84.00", "EIT": "90.00", "EIT1": "85.00", "EIT2": "95.00", "OIT": "92.00"}, True),
        (("IIT",), {"IIT": "97.00", "EIT": "98.00", "OIT": "92.00"}, True),
    ],
)
def test_instruments_with_and_without_their_parts(
    codes: tuple[str, ...], values: dict[str, str], is_refuted: bool, document: Make, found: Found, says: Says
) -> None:
    said = says(ClaimKind.LOWEST, *codes, scope=Scope.INSTRUMENT)
    extract = document(*((2568, code, value) for code, value in values.items()))

    assert bool(found(claim, replace(extract, claims=(said,)))) is is_refuted


def test_a_count_of_changes(document: Make, found: Found, says: Says) -> None:
    before = ("100", "96.00", "99.00", "100", "99.00", "96.00", "96.00", "93.00", "90.00", "87.50")
    earlier = [(2567, f"ind{number}", value) for number, value in enumerate(before, 1)]
    extract = document(*INDICATORS, *earlier)

    def refuted(relation: Relation, count: int) -> list[str]:
        said = says(ClaimKind.COUNT, relation=relation, count=count, since=2567)
        return [one.expected for one in found(claim, replace(extract, claims=(said,)))]

    assert refuted(Relation.ROSE, 3) == []
    assert refuted(Relation.FELL, 5) == []
    assert refuted(Relation.SAME, 2) == []
    assert refuted(Relation.FELL, 4) == ["5"]


def test_either_value_of_a_score_printed_twice_may_be_meant(document: Make, found: Found, says: Says) -> None:
    extract = document((2568, "ind1", "90.00"), (2568, "ind1", "80.00"), (2568, "ind2", "85.00"))

    for codes in (("ind1",), ("ind2",)):
        assert found(claim, replace(extract, claims=(says(ClaimKind.LOWEST, *codes),))) == []


def test_an_error_only_where_no_narrower_group_and_no_other_reading_saves_it(document: Make, found: Found, says: Says) -> None:
    said = says(ClaimKind.LOWEST, "ind6", value="95.07")

    (certain,) = found(claim, replace(document(*INDICATORS), claims=(said, said)))
    (read,) = found(claim, replace(document(*INDICATORS, reader=Reader.OCR), claims=(said,)))

    assert certain.severity is Severity.ERROR
    assert read.severity is Severity.WARNING


def test_a_question_that_is_the_lowest_of_its_indicator_is_a_note(document: Make, found: Found, says: Says) -> None:
    (finding,) = found(claim, replace(document(*QUESTIONS), claims=(says(ClaimKind.LOWEST, "i1", scope=Scope.QUESTION),)))

    assert finding.severity is Severity.NOTE
