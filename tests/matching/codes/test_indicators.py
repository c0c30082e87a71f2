"""Indicators whose number is not their name's: the name decides, unless the score says otherwise."""

from __future__ import annotations

from collections.abc import Callable

from prongsai.matching.match import Matched

HEAD = "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. ๒๕๖๘\n"
TABLE = "ตัวชี้วัด\tคะแนน\nการใช้งบประมาณ\t๙๒.๑๑\nการใช้ทรัพย์สินของราชการ\t๘๔.๔๔\n"


def _of(found: Matched) -> list[tuple[str, str]]:
    return [(mention.code, str(mention.value)) for mention in found.mentions]


def test_the_name_decides(matched: Callable[..., Matched]) -> None:
    found = matched(HEAD + TABLE + "\nตัวชี้วัดที่ ๔ การใช้งบประมาณ ได้คะแนน ๙๒.๑๑ คะแนน\n")

    assert _of(found)[-1] == ("ind2", "92.11")
    assert [(row.code, row.reason, row.matched_by) for row in found.codes] == [("ind2", "number-against-name", ("name",))]


def test_the_number_decides_where_its_score_stands_elsewhere(matched: Callable[..., Matched]) -> None:
    found = matched(HEAD + TABLE + "\nตัวชี้วัดที่ ๔ การใช้งบประมาณ ได้คะแนน ๘๔.๔๔ คะแนน\n")

    assert _of(found)[-1] == ("ind4", "84.44")
    assert found.mentions[-1].matched_by == ("number", "value")
    assert [(row.code, row.reason) for row in found.codes] == [("ind4", "name-against-number")]


def test_a_score_known_of_neither_leaves_the_name(matched: Callable[..., Matched]) -> None:
    found = matched(HEAD + TABLE + "\nตัวชี้วัดที่ ๔ การใช้งบประมาณ ได้คะแนน ๗๗.๗๗ คะแนน\n")

    assert _of(found)[-1] == ("ind2", "77.77")
