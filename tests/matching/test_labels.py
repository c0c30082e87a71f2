"""Names of instruments, indicators and the overall score, damaged or not, with the numbers beside them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prongsai.knowledge import Knowledge
from prongsai.language.folding import fold_with_index
from prongsai.matching.labels import find_labels, numbered_labels, read_label
from prongsai.matching.match import Matched
from prongsai.matching.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("text", "code", "by"),
    [
        ("การปฏิบัติหน้าที่", "ind1", ("name",)),
        ("ตัวชี้วัดที่ ๒ การใช้งบประมาณ", "ind2", ("name", "number")),
        ("3. การใช้อำนาจ", "ind3", ("name", "number")),
        ("คะแนนตัวชี้วัดด้านการใช้อำนาจ", "ind3", ("name",)),
        ("ตัวชี้วัดที่ ๑๐", "ind10", ("number",)),
        ("ตัวชี้วัดที่ 1 การปฎิบัตหน้าที่", "ind1", ("name", "number", "fuzzy")),  # two letters wrong
        ("ตัวชี้วัดที่ 3 กาsใ อำนๅ", "ind3", ("name", "number", "fuzzy")),  # half of it, and its own number
        ("การปรับปรุงระบบการท างาน", "ind8", ("name",)),
        ("9.1 ข้อมูลพื้นฐาน", "ind9.1", ("number",)),
        ("ตัวชี้วัดย่อยที่ ๑๐.๒", "ind10.2", ("number",)),
        ("IIT", "IIT", ("name",)),
        ("รวม IIT", "IIT", ("name",)),
        ("คะแนนเฉลี่ย EIT", "EIT", ("name",)),
        ("แบบวัดการรับรู้ของผู้มีส่วนได้ส่วนเสียภายใน (IIT)", "IIT", ("name",)),
        ("แบบวัด EIT ส่วนที่ 1", "EIT1", ("name",)),
        ("EIT (2)", "EIT2", ("name",)),
        ("IIT การปฏิบัติหน้าที่", "ind1", ("name",)),
        ("ภาพรวม IIT", "IIT", ("name",)),
        ("คะแนนรวม", "ITA", ("name",)),
    ],
)
def test_a_label_names_one_thing(text: str, code: str, by: tuple[str, ...], words: Vocabulary) -> None:
    label = read_label(text, words)

    assert label is not None
    assert (label.code, label.by) == (code, by)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "ส่วนที่ 1",  # of what?
        "ตัวชี้วัดที่ 11",
        "IIT และ EIT",
        "การใช้อำนาจ และการใช้งบประมาณ",
        "เจ้าหน้าที่มีการใช้อำนาจสั่งการให้ท่านทำธุระส่วนตัว",  # a question that holds a name
        "Benefit splitting",  # a Latin name inside words
        "การปฏิบัติหน้าที่ " * 12,
        "โครงการอบรม",
    ],
)
def test_other_texts_are_no_label(text: str, words: Vocabulary) -> None:
    assert read_label(text, words) is None


def test_every_known_name_is_read_as_its_own(words: Vocabulary, knowledge: Knowledge) -> None:
    for framework in knowledge.frameworks.values():
        for indicator in framework.indicators:
            for name in (indicator.name, *indicator.aliases):
                label = read_label(name, words)
                assert label is not None, (framework.fiscal_year, name)
                assert label.code == indicator.code, (framework.fiscal_year, name)


def test_the_name_decides_over_the_number_and_the_codes_table_says_so(matched: Callable[..., Matched]) -> None:
    found = matched("ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2568\nตัวชี้วัดที่ ๕ การป้องกันการทุจริต ได้คะแนน ๙๐.๐๐ คะแนน\n")

    assert [(mention.code, str(mention.value)) for mention in found.mentions] == [("ind10", "90.00")]
    assert [(row.printed, row.code, row.reason) for row in found.codes] == [("ตัวชี้วัดที่ ๕ การป้องกันการทุจริต", "ind10", "number-against-name")]


def test_labels_in_text_stand_where_they_are_printed(words: Vocabulary) -> None:
    text = "แบบ IIT มีตัวชี้วัดที่ ๒ การใช้ งบประมาณ และ EIT ส่วนที่ 2"
    labels = list(find_labels(fold_with_index(text), words))

    assert [(label.code, text[label.start : label.end]) for label in labels] == [
        ("IIT", "IIT"),
        ("ind2", "ตัวชี้วัดที่ ๒ การใช้ งบประมาณ"),
        ("EIT2", "EIT ส่วนที่ 2"),
    ]


def test_a_number_alone_names_an_indicator_that_is_scored_at_once(words: Vocabulary) -> None:
    def codes(text: str) -> list[str]:
        return [label.code for label in numbered_labels(fold_with_index(text), words)]

    assert codes("ตัวชี้วัดที่ 1 : 92.15 ตัวชี้วัดที่ ๑๐ = ๘๐") == ["ind1", "ind10"]
    assert codes("ตัวชี้วัดที่ 1 92.15 ตัวชี้วัดที่ 11: 80 ตัวชี้วัดที่ 9.1: 50 ข้อ 2: 90") == []
