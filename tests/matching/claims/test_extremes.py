"""Which scores a sentence calls the highest, the lowest and the next, among which others, and when it calls none so."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from prongsai.matching.claims.extremes import find_extremes
from prongsai.matching.claims.said import Text
from prongsai.records import Scope

Sentence = Callable[..., Text]


def _read(text: Text) -> list[tuple[str, str, str, str | None]]:
    """Kind, codes, group and value of each claim."""
    return [
        (said.kind.value, " ".join(said.codes), said.within, None if said.value is None else str(said.value))
        for said in find_extremes(text)
    ]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("ตัวชี้วัดที่ได้คะแนนต่ำสุด คือ ตัวชี้วัดที่ ๑๐ การป้องกันการทุจริต ได้เท่ากับร้อยละ ๘๗.๕๐", ("lowest", "ind10", "", "87.50")),
        ("จุดแข็งที่ได้คะแนนสูงสุดเท่ากับร้อยละ ๑๐๐ คือ ตัวชี้วัดที่ ๑ และตัวชี้วัดที่ ๕", ("highest", "ind1 ind5", "", "100")),
        ("ตัวชี้วัดที่ได้คะแนนที่น้อยที่สุดในปี พ.ศ. 2566 คือตัวชี้วัดการใช้อำนาจ ได้คะแนนเท่ากับ 51.25", ("lowest", "ind3", "", "51.25")),
        ("การปฏิบัติหน้าที่ ได้คะแนนเท่ากับ 97.25 ซึ่งเป็นคะแนนที่สูงที่สุด", ("highest", "ind1", "", "97.25")),
        ("การเปิดเผยข้อมูล ได้คะแนนร้อยละ ๙๖.๐๐ ซึ่งสูงที่สุด", ("highest", "ind9", "", "96.00")),
        ("ตัวชี้วัดที่ 8 มีค่าคะแนนน้อยที่สุดในกลุ่ม เครื่องมือ", ("lowest", "ind8", "EIT", None)),
        ("ตัวชี้วัดที่ 4 การใช้ทรัพย์สินของราชการ ที่เป็นตัวชี้วัดที่ได้คะแนนเฉลี่ยน้อยที่สุดเพียง 81.11 คะแนน", ("lowest", "ind4", "", "81.11")),
        ("แบบวัด (IIT) มีการดำเนินการตามตัวชี้วัดที่ ๓ การใช้อำนาจ โดยมีคะแนนสูงสุด", ("highest", "ind3", "IIT", None)),
        ("คะแนนต่ำสุดของแบบวัด EIT คือ ตัวชี้วัดที่ 8 การปรับปรุงการทำงาน 83.20 คะแนน", ("lowest", "ind8", "EIT", "83.20")),
        ("IIT มีคะแนนสูงสุด (97.25 คะแนน)", ("highest", "IIT", "", "97.25")),
        ("ข้อที่มีคะแนนต่ำที่สุด คือ e4 (82.15 คะแนน)", ("lowest", "e4", "EIT", "82.15")),
        ("ข้อที่ได้คะแนนต่ำสุด คือ ข้อ i12 ท่านรู้แนวปฏิบัติมากน้อยเพียงใด ได้คะแนน 78.20", ("lowest", "i12", "IIT", "78.20")),
    ],
)
def test_reads_what_has_it_before_or_behind(sentence: Sentence, printed: str, expected: tuple[str, str, str, str | None]) -> None:
    assert _read(sentence(printed)) == [expected]


def test_a_name_in_a_wording_is_not_what_has_the_lowest_score(sentence: Sentence) -> None:
    printed = "ประเด็น i๖ หน่วยงานมีการใช้งบประมาณหรือการจัดซื้อจัดจ้างที่เอื้อประโยชน์ ได้คะแนนต่ำสุด"
    assert _read(sentence(printed, "ind2", "IIT")) == [("lowest", "i6", "ind2", None)]
    # Outside its indicator's section the question is the lowest of its instrument.
    assert _read(sentence(printed, "ind3", "IIT")) == [("lowest", "i6", "IIT", None)]


def test_what_is_next_is_next_to_the_extreme_before_it(sentence: Sentence) -> None:
    highest = "IIT มีคะแนนสูงสุด (97.25 คะแนน) รองลงมาคือ OIT (95.00) และ EIT (90.11) ตามลำดับ"
    assert _read(sentence(highest)) == [("highest", "IIT", "", "97.25"), ("next-highest", "OIT", "", "95.00")]
    lowest = "ตัวชี้วัดที่คะแนนต่ำสุดคือ ตัวชี้วัดที่ 4 รองลงมาคือ ตัวชี้วัดที่ 2 รองลงมาคือ ตัวชี้วัดที่ 8"
    assert _read(sentence(lowest)) == [("lowest", "ind4", "", None), ("next-lowest", "ind2", "", None)]


def test_next_to_nothing_said_is_only_next_to_a_full_score(sentence: Sentence) -> None:
    assert _read(sentence("ตัวชี้วัดที่ 1 ได้คะแนนร้อยละ ๑๐๐ รองลงมาคือ ตัวชี้วัดการใช้อำนาจ ได้คะแนน ๙๙.๘๘")) == [("next-highest", "ind3", "", "99.88")]
    assert _read(sentence("ไม่ถึงเกณฑ์ 4 ตัวชี้วัด คือ ตัวชี้วัดที่ 3 ได้คะแนน 84.19 รองลงมาคือตัวชี้วัดที่ 2 ได้คะแนน 82.31")) == []


def test_a_score_alone_is_one_of_the_table_above(sentence: Sentence) -> None:
    text = sentence("คะแนนสูงสุด: 100.00 คะแนน คะแนนต่ำสุด: 74.10 คะแนน")
    found = list(find_extremes(text, Scope.INDICATOR))
    assert [(said.kind.value, said.codes, said.scope, said.value) for said in found] == [
        ("highest", (), Scope.INDICATOR, Decimal("100.00")),
        ("lowest", (), Scope.INDICATOR, Decimal("74.10")),
    ]
    assert list(find_extremes(text)) == []


@pytest.mark.parametrize(
    "printed",
    [
        "ควรพัฒนาตัวชี้วัดที่ 8 เพื่อให้ได้คะแนนสูงสุด",
        "เป้าหมาย ตัวชี้วัดที่ 8 ได้คะแนนสูงสุด",
        "i๑๓ ผู้บริหารสูงสุดของหน่วยงานของท่าน ให้ความสำคัญกับการแก้ไขปัญหาการทุจริต",
        "หน่วยงานในสังกัดมีตัวชี้วัดที่ได้คะแนนสูงสุด คือ ตัวชี้วัดที่ 9",
        "เกิดประโยชน์สูงสุดต่อประชาชน ตัวชี้วัดที่ 2 การใช้งบประมาณ ได้คะแนน 97.00",
        "IIT มีคะแนนสูงสุด 81.64 คะแนน และคะแนนต่ำสุด 74.10 คะแนน",
        "ตัวชี้วัดที่ 9 และตัวชี้วัดที่ 10 ของแบบวัด OIT มีคะแนนสูงสุด",
        "ตัวชี้วัดที่ 11 มีคะแนนสูงสุด",
        "ข้อ i๒๐ มีคะแนนต่ำสุด",
    ],
)
def test_what_is_wished_or_said_of_others_or_unsure_is_no_claim(sentence: Sentence, printed: str) -> None:
    assert _read(sentence(printed)) == []
