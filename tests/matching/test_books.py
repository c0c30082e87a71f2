"""Books of rules that look like ITA's: named, and their questions left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prongsai.knowledge import Knowledge
from prongsai.matching.books import other_book
from prongsai.matching.match import Matched
from prongsai.records import Scope

QUESTIONS = "ข้อ\tคะแนน\no1\t100.00\no2\t50.00\no3\t100.00\n"
REPORTS = {
    "MOIT": "MOPH ITA ปีงบประมาณ พ.ศ. 2567 กระทรวงสาธารณสุข\nหลักฐาน MOIT 1 และ MOIT ๒\n",
    "EB": "แบบสำรวจหลักฐานเชิงประจักษ์ (Evidence Based) ปี 2564\nEB 1 และ EB ๒\n",
    "VEC": "สำนักงานคณะกรรมการการอาชีวศึกษา (สอศ.) ปี 2568\nวิทยาลัยเทคนิคหนองบัว\n",
    "OBEC": "ITA Online ของสถานศึกษา ปี 2567\nสำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน (สพฐ.)\n",
    "LPA": "การประเมินประสิทธิภาพขององค์กรปกครองส่วนท้องถิ่น (LPA) ปี 2567\nด้านการบริหารจัดการ 90.00 ด้านธรรมาภิบาล 80.00\n",
    "satisfaction": "รายงานผลการสำรวจความพึงพอใจ ปี 2567\nระดับความพึงพอใจ ค่าเฉลี่ย 4.50 S.D. 0.50 ผู้ตอบแบบสอบถาม 100 คน\n",
}


@pytest.mark.parametrize("book", REPORTS)
def test_another_book_is_named_and_its_questions_are_not_matched(book: str, matched: Callable[..., Matched]) -> None:
    found = matched(REPORTS[book] + QUESTIONS)

    assert found.book == book
    assert [mention for mention in found.mentions if mention.scope is Scope.QUESTION] == []
    assert found.codes == ()
    assert [finding.subject for finding in found.findings if finding.check == "other-book"] == [book]


def test_the_same_questions_are_read_in_an_ita_report(matched: Callable[..., Matched]) -> None:
    found = matched("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2567\n" + QUESTIONS)

    assert found.book == "ITA"
    assert [mention.code for mention in found.mentions] == ["o1", "o2", "o3"]


def test_instruments_of_another_book_are_matched_where_all_are_printed(matched: Callable[..., Matched]) -> None:
    table = "เครื่องมือ\tคะแนน\nIIT\t90.00\nEIT\t80.00\nOIT\t70.00\n"
    found = matched(REPORTS["VEC"] + "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2568\n" + table + "\n" + QUESTIONS)

    assert found.book == "VEC"
    assert [mention.code for mention in found.mentions] == ["IIT", "EIT", "OIT"]


def test_ten_indicators_make_it_an_ita_report_whatever_it_names(matched: Callable[..., Matched]) -> None:
    names = ["การปฏิบัติหน้าที่", "การใช้งบประมาณ", "การใช้อำนาจ", "การใช้ทรัพย์สินของราชการ", "การแก้ไขปัญหาการทุจริต"]
    table = "ตัวชี้วัด\tคะแนน\n" + "".join(f"{name}\t9{at}.00\n" for at, name in enumerate(names))

    assert matched(REPORTS["MOIT"] + table).book == "ITA"


def test_one_name_in_passing_proves_nothing(knowledge: Knowledge) -> None:
    assert other_book(["ตามหนังสือกระทรวงสาธารณสุข เรื่อง MOIT", "กระทรวงสาธารณสุข"], knowledge) == ""
    assert other_book([], knowledge) == ""


def test_a_document_without_scores_follows_no_book(matched: Callable[..., Matched]) -> None:
    assert matched("แผนการจัดซื้อจัดจ้าง ประจำปีงบประมาณ พ.ศ. 2567\n").book == ""
