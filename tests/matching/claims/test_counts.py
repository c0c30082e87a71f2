"""How many scores a sentence says rose, fell or lie on one side of a bound, and of which group it speaks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prongsai.matching.claims.counts import find_counts
from prongsai.matching.claims.said import Text

Sentence = Callable[..., Text]


def _read(text: Text) -> list[tuple[object, ...]]:
    """Scope, group, relation, and of each claim the bound or None, the count or the codes."""
    return [
        (
            said.scope.value if said.scope else None,
            said.within,
            said.relation.value if said.relation else None,
            None if said.bound is None else int(said.bound),
            said.count if said.kind.value == "count" else said.codes,
        )
        for said in find_counts(text)
    ]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("ผู้มีส่วนได้ส่วนเสียภายใน (IIT) ได้คะแนนลดลงถึง ๙ ข้อคำถาม", [("question", "IIT", "fell", None, 9)]),
        ("แบบวัด EIT ได้คะแนนเพิ่มขึ้นถึง ๘ ข้อ และได้คะแนนลดลง ๑ ข้อ", [("question", "EIT", "rose", None, 8), ("question", "EIT", "fell", None, 1)]),
        ("ได้คะแนนรวมตามตัวชี้วัดเพิ่มขึ้น ๗ ตัวชี้วัด", [("indicator", "", "rose", None, 7)]),
        ("มี 7 ตัวชี้วัดที่มีคะแนนเพิ่มขึ้น และคงที่ 1 ตัวชี้วัด", [("indicator", "", "rose", None, 7), ("indicator", "", "same", None, 1)]),
        ("คะแนนเพิ่มขึ้นจากปีที่ผ่านมา 6 ตัวชี้วัด", [("indicator", "", "rose", None, 6)]),
        ("(ตัวชี้วัดที่ได้คะแนนมากกว่าร้อยละ ๙๐) จำนวน ๘ ตัวชี้วัด", [("indicator", "", "above", 90, 8)]),
        ("EIT ได้คะแนนไม่ถึงค่าเป้าหมายที่ ๙๕ คะแนน ถึง ๘ ข้อคำถาม", [("question", "EIT", "below", 95, 8)]),
        ("ได้คะแนนตั้งแต่ ๘๕ คะแนนขึ้นไป มี 5 ตัวชี้วัด", [("indicator", "", "at-least", 85, 5)]),
        ("มี 2 ตัวชี้วัดที่ได้คะแนนต่ำกว่า 85 คะแนน", [("indicator", "", "below", 85, 2)]),
        ("ตัวชี้วัดที่ 3 การใช้อำนาจ ได้คะแนนทุกข้อสูงกว่า 90 คะแนน", [("question", "ind3", "above", 90, ())]),
        ("แบบวัด OIT ได้คะแนนเต็ม ๑๐๐ คะแนนทุกข้อคำถาม", [("question", "OIT", "at-least", 100, ())]),
        ("แบบวัด IIT ทุกตัวชี้วัดได้คะแนนมากกว่าร้อยละ 85", [("indicator", "IIT", "above", 85, ())]),
        ("มีคะแนนทุกตัวชี้วัดไม่น้อยกว่า 85 คะแนน", [("indicator", "", "at-least", 85, ())]),
        ("เครื่องมือที่มีผลการประเมินไม่ถึง ๙๕ คะแนน คือ EIT ส่วนที่ ๑", [("instrument", "", "below", 95, ("EIT1",))]),
        ("อบจ. ในข้อ e๑ และ e๒ ต่ำกว่า ๙๕ คะแนน", [("question", "", "below", 95, ("e1", "e2"))]),
    ],
)
def test_reads_counts_and_what_holds_for_each(sentence: Sentence, printed: str, expected: list[tuple[object, ...]]) -> None:
    assert _read(sentence(printed)) == expected


def test_questions_are_those_of_the_section_where_the_sentence_names_none(sentence: Sentence) -> None:
    printed = "ได้รับคะแนนทุกข้อมากกว่า ๙๕ คะแนน"
    assert _read(sentence(printed, "ind2", "IIT")) == [("question", "ind2", "above", 95, ())]
    assert _read(sentence(printed, "", "EIT1")) == [("question", "EIT", "above", 95, ())]
    assert _read(sentence(printed)) == []


def test_indicators_of_one_instrument_only_where_no_other_is_named(sentence: Sentence) -> None:
    assert _read(sentence("แบบวัด IIT ได้คะแนนลดลง 3 ตัวชี้วัด")) == [("indicator", "IIT", "fell", None, 3)]
    assert _read(sentence("แบบวัด IIT และแบบวัด EIT ได้คะแนนลดลง 3 ตัวชี้วัด")) == [("indicator", "", "fell", None, 3)]
    assert _read(sentence("แบบวัด OIT เป็นต้น จากข้อมูลข้างต้น ได้คะแนนลดลง 3 ตัวชี้วัด")) == [("indicator", "", "fell", None, 3)]


@pytest.mark.parametrize(
    ("printed", "years"),
    [
        ("ในปีงบประมาณ พ.ศ. ๒๕๖๘ มีตัวชี้วัดที่ได้คะแนนลดลงจากปีงบประมาณ พ.ศ. ๒๕๖๗ จำนวน ๓ ตัวชี้วัด", (2568, 2567)),
        ("ประจำปีงบประมาณ พ.ศ. ๒๕๖๘ เปรียบเทียบกับผลการประเมิน ITA ปีงบประมาณ พ.ศ. ๒๕๖๖ คะแนนเพิ่มขึ้น ๗ ตัวชี้วัด", (2568, 2566)),
        ("ได้คะแนนเพิ่มขึ้น ๗ ตัวชี้วัด", (2568, 2567)),
    ],
)
def test_a_change_counts_from_the_year_said_else_from_the_one_before(sentence: Sentence, printed: str, years: tuple[int, int]) -> None:
    (said,) = find_counts(sentence(printed))
    assert (said.year, said.since) == years


@pytest.mark.parametrize(
    "printed",
    [
        "มีคะแนนเพิ่มขึ้น 3.20 คะแนน ในตัวชี้วัดที่ 3",
        "ข้อ E๖ ที่ได้คะแนนลดลง ๐.๒๙ คะแนน",
        "คะแนนลดลงจาก 5 ตัวชี้วัด",
        "ควรมีคะแนนเพิ่มขึ้น 3 ตัวชี้วัด",
        "ต้องมีคะแนนทุกเครื่องมือไม่น้อยกว่า 85 คะแนน",
        "บรรลุค่าเป้าหมาย คือมีผลการประเมินในภาพรวมทุกตัวชี้วัด ๘๕ คะแนนขึ้นไป",
        "ไม่ผ่านเกณฑ์คะแนนร้อยละ 85 ขึ้นไป มีจำนวน 2 ตัวชี้วัด",
        "แบบวัด OIT ได้คะแนนลดลง 3 ตัวชี้วัด",
        "เรื่องร้องเรียนเพิ่มขึ้น 3 ข้อ",
        "มีหน่วยงานที่มีคะแนนต่ำกว่า 85 คะแนน จำนวน 4 หน่วยงาน",
    ],
)
def test_what_is_wished_or_impossible_or_no_count_is_no_claim(sentence: Sentence, printed: str) -> None:
    assert _read(sentence(printed)) == []
