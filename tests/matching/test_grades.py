"""Grades that an agency states of itself: old letters, new words, and words that only look like them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prongsai.matching.grades import find_grades
from prongsai.matching.match import Matched
from prongsai.matching.vocabulary import Vocabulary
from prongsai.records import Passage


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("ผลการประเมินอยู่ในระดับ A", ["A"]),
        ("ได้คะแนน ๙๖.๐๔ คะแนน ระดับ AA", ["AA"]),
        ("อยู่ในระดับผ่านดี", ["ผ่านดี"]),
        ("ผลการประเมิน ผ่านดีเยี่ยม", ["ผ่านดีเยี่ยม"]),
        ("96.04 (ผ่าน) อยู่ในระดับ AA", ["ผ่าน", "AA"]),  # the new word and the old letter
        ("ระดับผลการประเมิน : ต้องปรับปรุงโดยด่วน", ["ต้องปรับปรุงโดยด่วน"]),
        ("ระดับ ผ่านดี", ["ผ่านดี"]),
        ("หน่วยงานผ่านเกณฑ์การประเมิน", []),
        ("ได้คะแนน 90.10 ผ่านเกณฑ์", []),
        ("เป้าหมายระดับ A ขึ้นไป", []),
        ("ต้องปรับปรุง", []),  # said of nothing
        ("ระดับ API และระดับ DATA", []),
        ("96.04 A", []),
        ("ผลการประเมินผ่านระบบ ITAS", []),
    ],
)
def test_grades_in_text(text: str, grades: list[str], words: Vocabulary, passage: Callable[[str], Passage]) -> None:
    hits = list(find_grades(passage(text), words))

    assert [hit.grade for hit in hits] == grades
    assert all(text[hit.start : hit.end] == hit.printed for hit in hits)


def test_a_cell_of_a_row_of_scores_is_a_grade_by_itself(words: Vocabulary, passage: Callable[[str], Passage]) -> None:
    assert [hit.grade for hit in find_grades(passage(" A "), words, is_row_of_scores=True)] == ["A"]
    assert list(find_grades(passage(" A "), words)) == []


def test_grades_of_many_agencies_and_years(matched: Callable[..., Matched]) -> None:
    text = (
        "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2565\nหน่วยงาน\tIIT\tEIT\tOIT\tคะแนนรวม\tระดับ\n"
        "เทศบาลตำบลหนองบัว\t95.00\t95.00\t95.00\t95.00\tAA\nเทศบาลเมืองท่าใหม่\t80.00\t80.00\t80.00\t80.00\tB\n"
    )
    grades = matched(text).grades

    assert [(grade.agency, grade.fiscal_year, grade.grade) for grade in grades] == [
        ("เทศบาลตำบลหนองบัว", 2565, "AA"),
        ("เทศบาลเมืองท่าใหม่", 2565, "B"),
    ]


def test_a_table_of_bounds_states_no_grade(matched: Callable[..., Matched]) -> None:
    text = "เกณฑ์การประเมิน ITA ปี 2568\nระดับ\tช่วงคะแนน\nระดับ AA\t95.00 - 100\nระดับ A\t85.00 - 94.99\n"

    assert matched(text).grades == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("ผลการประเมิน ITA ได้คะแนน ๙๗.๘๖ คะแนน อยู่ในระดับผ่านดี", ["ITA"]),
        ("ในภาพรวมได้คะแนน ๙๓.๓๔ คะแนน ระดับ A โดยแบบวัด IIT ได้คะแนน ๙๙.๓๕ คะแนน อยู่ในระดับ AA", ["ITA", "IIT"]),
        ("แบบตรวจการเปิดเผยข้อมูลสาธารณะ (OIT) ได้คะแนนเท่ากับร้อยละ ๘๘.๑๔ อยู่ในระดับ A", ["OIT"]),
        ("ตัวชี้วัดที่ 2 การใช้งบประมาณ อยู่ในระดับ AA", ["ind2"]),
        ("ระดับผลการประเมิน ผ่านดี", ["ITA"]),
        ("IIT EIT และ OIT อยู่ในระดับ A", [""]),  # of all three, perhaps
        ("เพื่อให้ผลการประเมินอยู่ในระดับผ่านดีเยี่ยม", [""]),
        ("เป้าหมาย 95.00 คะแนน ระดับผ่านดีเยี่ยม", [""]),
        ("ITA เท่ากับ 79.84 คะแนน ต่ำกว่าค่าเป้าหมายคือ 85 คะแนน อยู่ในระดับ ผ่าน", ["ITA"]),
        ("เทศบาลตำบลบ้านมุง มีคะแนนรวม ๘๖.๔๙ คะแนน ผลการประเมินอยู่ในระดับผ่านดี", ["ITA"]),  # its name begins like a wish
    ],
)
def test_what_a_grade_is_of(text: str, codes: list[str], matched: Callable[..., Matched]) -> None:
    assert [grade.code for grade in matched(text, 2568).grades] == codes


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("หน่วยงาน\tIIT\tEIT\tOIT\tคะแนนรวม\tระดับ\nเทศบาลตำบลหนองบัว\t95.00\t95.00\t95.00\t95.00\tผ่านดีเยี่ยม\n", "ITA"),
        ("เครื่องมือ\tคะแนน\tระดับ\nIIT\t95.00\tผ่านดีเยี่ยม\nOIT\t95.00\tผ่านดีเยี่ยม\n", "IIT"),
        ("หน่วยงาน\tIIT\tEIT\tOIT\tระดับ\nเทศบาลตำบลหนองบัว\t95.00\t95.00\t95.00\tผ่านดีเยี่ยม\n", ""),
        ("ปีงบประมาณ พ.ศ.\tIIT\tEIT\tOIT\tคะแนนภาพรวม\n2568\t97.27\t88.96\t89.17\t91.54 (ผ่านดี)\n", "ITA"),
    ],
)
def test_what_a_grade_in_a_row_is_of(rows: str, code: str, matched: Callable[..., Matched]) -> None:
    grades = matched(f"ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2568\n\n{rows}").grades

    assert grades
    assert grades[0].code == code
