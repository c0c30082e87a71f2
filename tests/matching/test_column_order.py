"""Columns whose headers could not be read: named by those beside them, and only where the numbers agree."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from prongsai.matching.match import Matched

TITLE = "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2567 รายหน่วยงาน\n"
NAMES = ("เทศบาลตำบลหนองบัว", "เทศบาลเมืองท่าใหม่", "เทศบาลตำบลแม่สอด", "เทศบาลเมืองบ้านหมอ")
ROWS = (
    ("80.00", "90.00", "70.00", "90.00", "84.00"),
    ("90.00", "80.00", "80.00", "95.00", "89.00"),
    ("91.23", "85.10", "88.47", "93.75", "90.90"),
    ("70.00", "75.00", "65.00", "100.00", "82.00"),
)
WEIGHTED = (("27.00", "25.50", "39.20", "91.70"), ("28.10", "26.40", "40.00", "94.50"), ("22.85", "22.65", "30.54", "76.04"))


def _text(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = ["\t".join(("หน่วยงาน", *head)), *("\t".join((name, *row)) for name, row in zip(NAMES, rows, strict=False))]
    return TITLE + "\n".join(lines) + "\n"


def _first(found: Matched) -> list[str]:
    return [
        f"{mention.code} {mention.value.normalize():f}"
        for mention in found.mentions
        if mention.agency == NAMES[0] and mention.value is not None
    ]


@pytest.mark.parametrize("hidden", [(0,), (1,), (3,), (0, 1), (1, 4), (4,)])
def test_instruments_are_named_by_their_order_and_sum(hidden: Sequence[int], matched: Callable[..., Matched]) -> None:
    head = ["IIT", "EIT ส่วนที่ 1", "EIT ส่วนที่ 2", "OIT", "คะแนนรวม"]
    found = matched(_text(["?" if at in hidden else text for at, text in enumerate(head)], ROWS))

    assert _first(found) == ["IIT 80", "EIT1 90", "EIT2 70", "OIT 90", "ITA 84"]
    unsure = {mention.code for mention in found.mentions if mention.confidence == 0.85}
    assert unsure == {("IIT", "EIT1", "EIT2", "OIT", "ITA")[at] for at in hidden}
    assert [finding.check for finding in found.findings] == ["column-decided"] * len(hidden)


def test_weighted_instruments_are_named_by_their_plain_sum(matched: Callable[..., Matched]) -> None:
    found = matched(_text(["IIT", "EIT", "(40 คะแนน)", "?"], WEIGHTED))

    assert _first(found) == ["IIT 90", "EIT 85", "OIT 98", "ITA 91.7"]


def test_columns_that_do_not_add_up_get_no_name(matched: Callable[..., Matched]) -> None:
    wrong = [(*row[:4], "60.00") for row in ROWS]
    found = matched(_text(["IIT", "?", "EIT ส่วนที่ 2", "OIT", "คะแนนรวม"], wrong))

    assert _first(found) == ["IIT 80", "EIT2 70", "OIT 90", "ITA 60"]
    assert "column-decided" not in {finding.check for finding in found.findings}


def test_a_column_between_two_indicators_is_the_one_between(matched: Callable[..., Matched]) -> None:
    head = ["1. การปฏิบัติหน้าที่", "2. การใช้งบประมาณ", "?", "4. การใช้ทรัพย์สินของราชการ"]
    found = matched(_text(head, [row[:4] for row in ROWS]))

    assert _first(found) == ["ind1 80", "ind2 90", "ind3 70", "ind4 90"]


def test_columns_that_are_all_named_stay_as_they_are(matched: Callable[..., Matched]) -> None:
    found = matched(_text(["IIT", "EIT ส่วนที่ 1", "EIT ส่วนที่ 2", "OIT", "คะแนนรวม"], ROWS))

    assert {mention.confidence for mention in found.mentions} == {None}
    assert found.findings == ()
