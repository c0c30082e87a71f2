"""The bounds of grades in tables and lists, whichever way round they stand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prongsai.matching.claims.bounds import find_grade_bounds
from prongsai.matching.match import Matched
from prongsai.matching.vocabulary import Vocabulary
from prongsai.records import Passage

Matching = Callable[..., Matched]


def _read(matched: Matched) -> list[str]:
    return [f"{claim.grade} {claim.kind.value} {claim.relation} {claim.bound}" for claim in matched.claims]


def test_a_table_of_grades_gives_floors_and_ceilings(matched: Matching) -> None:
    text = "ปีงบประมาณ พ.ศ. ๒๕๖๘\n\nคะแนน\tเงื่อนไข\tระดับ\n๙๕.๐๐ – ๑๐๐\tทุกเครื่องมือ ๙๕ คะแนนขึ้นไป\tผ่านดีเยี่ยม\n๘๕.๐๐ ขึ้นไป\tไม่มี\tผ่าน\n"
    assert _read(matched(text)) == [
        "ผ่านดีเยี่ยม grade-floor at-least 95.00",
        "ผ่านดีเยี่ยม grade-ceiling at-most 100",
        "ผ่าน grade-floor at-least 85.00",
    ]


def test_the_other_order_of_columns_and_a_bound_from_above(matched: Matching) -> None:
    text = "ปีงบประมาณ พ.ศ. 2565\n\nระดับ\tช่วงคะแนน\nA (ดีมาก)\tร้อยละ 85.00 ถึง 94.99\nF\tต่ำกว่า 50 คะแนน\n"
    assert _read(matched(text)) == ["A grade-floor at-least 85.00", "A grade-ceiling at-most 94.99", "F grade-ceiling below 50"]


def test_a_table_of_scores_with_grades_has_no_bounds(matched: Matching) -> None:
    text = "ผลการประเมินปีงบประมาณ พ.ศ. 2565\n\nตัวชี้วัด\tคะแนน\tระดับ\nการปฏิบัติหน้าที่\t92.10\tA\nการใช้งบประมาณ\t84.00\tB\n"
    assert _read(matched(text)) == []


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("ระดับ A คะแนน 85.00 - 94.99 ระดับ B คะแนน 75.00 - 84.99", ["A 85.00", "A 94.99", "B 75.00", "B 84.99"]),
        ("คะแนน 95 - 100 ระดับ AA, ต่ำกว่า 50 ระดับ F", ["AA 95", "AA 100", "F 50"]),
        ("ผ่านดีเยี่ยม (95 คะแนนขึ้นไป) ผ่านดี (85 คะแนนขึ้นไป)", ["ผ่านดีเยี่ยม 95", "ผ่านดี 85"]),
        # One of a kind is a score's own range, or an aim.
        ("เป้าหมาย 85 คะแนนขึ้นไป ระดับ A", []),
        ("ระดับดีเยี่ยม คือ ๙๕ - ๑๐๐ คะแนน และ ๘๕ - ๙๕ คะแนน ต้องปรับปรุงการปฏิบัติงาน", []),
    ],
)
def test_a_list_of_grades_in_running_text(words: Vocabulary, passage: Callable[[str], Passage], printed: str, expected: list[str]) -> None:
    assert [f"{said.grade} {said.bound}" for said in find_grade_bounds(passage(printed), 2565, words)] == expected
