"""Numbers in running text: scores, differences, and numbers that are neither."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prongsai.matching.cues import is_list_number
from prongsai.matching.match import Matched
from prongsai.matching.prose import find_claims, last_named
from prongsai.matching.vocabulary import Vocabulary
from prongsai.records import UNREAD, Mention, MentionKind, Passage

Say = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def say(words: Vocabulary, passage: Callable[[str], Passage]) -> Say:
    """What a text says: `year code value`, a difference with a plus or minus word before it."""

    def read(text: str) -> list[str]:
        lines = []
        for found in find_claims(passage(text), words):
            claim = found.claim
            code = claim.code or (found.token.glyphs if found.token else "")
            year = f"{claim.year} " if claim.year else ""
            kind = "" if claim.kind is MentionKind.SCORE else "difference "
            lines.append(f"{year}{kind}{code} {claim.numeral.value}")
        return lines

    return read


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ตัวชี้วัดการใช้อำนาจ ได้คะแนน ๙๕.๒๐ คะแนน", ["ind3 95.20"]),
        ("การใช้อำนาจ ได้คะแนนเท่ากับร้อยละ ๙๕.๒๐", ["ind3 95.20"]),
        ("การใช้อำนาจ อยู่ที่ 95.20 คะแนน", ["ind3 95.20"]),
        ("การใช้อำนาจ 95.20", ["ind3 95.20"]),
        ("คะแนนภาพรวม 95.20 คะแนน", ["ITA 95.20"]),
        ("IIT ได้คะแนนเฉลี่ยรวม 95.20 คะแนน", ["IIT 95.20"]),  # overall, of what stands close before it
        ("IIT EIT และ OIT ได้คะแนนรวม 93.50 คะแนน", ["ITA 93.50"]),
        ("OIT = 100", ["OIT 100"]),
        ("การใช้อำนาจ ได้คะแนน 195.20 คะแนน", ["ind3 195.20"]),  # a score misprinted, which the audit tells of
        ("การใช้อำนาจ ได้คะแนนเท่ากับร้อยละ 9520", ["ind3 9520"]),
        ("การใช้อำนาจ ได้คะแนนเท่ากับร้อยละ 9520 ส่วนการใช้งบประมาณ ได้คะแนนร้อยละ 90.10", ["ind3 9520", "ind2 90.10"]),  # as for
        ("การใช้อำนาจ คิดเป็นร้อยละ 9520 การใช้งบประมาณ คิดเป็นร้อยละ 90.10", ["ind3 9520", "ind2 90.10"]),
        ("การใช้อำนาจ ได้คะแนนเท่ากับร้อยละ 110", ["ind3 110"]),
        ("ได้รับคะแนนภาพรวม 1.71 คะแนน (ระดับ ผ่านดี)", ["ITA 1.71"]),  # no rating of five has such a grade
        ("ข้อ i๑ ได้ ๙๕.๒๐ คะแนน", ["i1 95.20"]),
        ("ตัวชี้วัดที่ 1 (i1-i3) ได้คะแนน 95.20", []),  # a number alone names nothing here, and a range of codes has no score
        ("คะแนน 100 คือ การใช้อำนาจ และการใช้งบประมาณ", ["ind3 100", "ind2 100"]),
        ("สูงสุด 97.50 คะแนน คือ การใช้อำนาจ ต่ำสุด 70.25 คะแนน ได้แก่ การใช้งบประมาณ", ["ind3 97.50", "ind2 70.25"]),
        ("การใช้อำนาจ และการใช้งบประมาณ ได้คะแนน 95.20 คะแนน", ["ind3 95.20", "ind2 95.20"]),
        ("IIT EIT และ OIT ได้คะแนน 88.12, 90.45 และ 100 ตามลำดับ", ["IIT 88.12", "EIT 90.45", "OIT 100"]),
        ("IIT และ EIT ได้คะแนน 88.12 90.45 และ 100 ตามลำดับ", []),  # who has which is open
    ],
)
def test_scores(text: str, said: list[str], say: Say) -> None:
    assert say(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("การใช้อำนาจ ลดลง ๑.๒๐ คะแนน", ["difference ind3 1.20"]),
        ("การใช้อำนาจ ได้คะแนน 90.00 คะแนน เพิ่มขึ้นจากปีก่อน 1.20 คะแนน", ["ind3 90.00", "difference ind3 1.20"]),
        ("IIT และ OIT เพิ่มขึ้น 1.20 และ 3.40 คะแนน ตามลำดับ", ["difference IIT 1.20", "difference OIT 3.40"]),
        (
            "การใช้อำนาจ เพิ่มขึ้นจาก 80.10 คะแนน ในปี 2567 เป็น 88.20 คะแนน ในปี 2568",
            ["2567 ind3 80.10", "2568 ind3 88.20"],
        ),
        ("การใช้อำนาจ เพิ่มขึ้นจาก 80.10 คะแนน เป็น 88.20 คะแนน", ["ind3 88.20"]),  # the former score has no year
    ],
)
def test_differences_and_what_was_before(text: str, said: list[str], say: Say) -> None:
    assert say(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ปี 2566 การใช้อำนาจ ได้คะแนน 80.00 และปี 2567 ได้คะแนน 90.00", ["2566 ind3 80.00", "2567 ind3 90.00"]),
        ("คะแนน ITA ปี 2566 = 85.50, ปี 2567 = 90.25 และปี 2568 = 95.10", ["2566 ITA 85.50", "2567 ITA 90.25", "2568 ITA 95.10"]),
        ("การใช้อำนาจ ได้คะแนน 80.00 คะแนน ในปีงบประมาณ พ.ศ. 2566", ["2566 ind3 80.00"]),
    ],
)
def test_years_of_numbers(text: str, said: list[str], say: Say) -> None:
    assert say(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("การใช้อำนาจ ในปี 2566 และปี 2567 ได้คะแนน 80.00 และ 90.00 คะแนน ตามลำดับ", ["2566 ind3 80.00", "2567 ind3 90.00"]),
        (
            "คะแนน ITA ปีงบประมาณ พ.ศ. 2565, 2566 และ 2567 เท่ากับ 80.10, 85.20 และ 90.30 คะแนน ตามลำดับ",
            ["2565 ITA 80.10", "2566 ITA 85.20", "2567 ITA 90.30"],
        ),
        ("ในปี 2566 และ 2567 IIT ได้คะแนน 80.00 และ 90.00 คะแนน ตามลำดับ", ["2566 IIT 80.00", "2567 IIT 90.00"]),
        ("ในปี 2567 IIT และ OIT ได้คะแนน 80.00 และ 90.00 คะแนน ตามลำดับ", ["2567 IIT 80.00", "2567 OIT 90.00"]),
    ],
)
def test_numbers_of_several_years_respectively(text: str, said: list[str], say: Say) -> None:
    assert say(text) == said


@pytest.mark.parametrize(
    "text",
    [
        "IIT และ EIT ในปี 2566 และปี 2567 ได้คะแนน 80.00 และ 90.00 คะแนน ตามลำดับ",  # two names and two years
        "การใช้อำนาจ ในปี 2566 และปี 2567 ได้คะแนน 80.00 90.00 และ 95.00 คะแนน ตามลำดับ",  # two years, three numbers
        "ในปี 2566 และปี 2566 IIT และ EIT และ OIT ได้คะแนน 80.00 และ 90.00 คะแนน ตามลำดับ",
    ],
)
def test_numbers_of_several_years_respectively_are_not_guessed(text: str, say: Say) -> None:
    assert say(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "ค่าเป้าหมาย ITA 85 คะแนน",
        "เป้าหมายคะแนน ITA ร้อยละ 85.00",
        "คะแนน ITA ไม่ต่ำกว่าร้อยละ 85.00",
        "IIT ได้คะแนนมากกว่า 85.00 คะแนน",
        "IIT มีคะแนนไม่น้อยกว่า 85.00 คะแนน",
        "IIT ไม่น้อยกว่าร้อยละ 85.00",
        "IIT น้ำหนัก 30 คะแนน",
        "OIT 40 คะแนน",
        "IIT จำนวน 15 ข้อ",
        "ตัวชี้วัดการใช้อำนาจ มีคะแนนเต็ม 100 คะแนน",
        "ตัวชี้วัดที่ได้คะแนน 85.00 คะแนนขึ้นไป",
        "ผลการประเมิน ITA ในระดับ 95.00-100.00",
        "(1) การใช้อำนาจ 2) การใช้งบประมาณ",
        "การใช้อำนาจ ลำดับที่ 15",
        "มีหน่วยงานเข้าร่วมประเมิน ITA 8,323 หน่วยงาน",
        "คะแนน 95.20 คะแนน",  # of nothing
        "ความพึงพอใจในภาพรวม ค่าเฉลี่ย 4.52 คะแนน",  # a rating of five
        "ข้อมูล ณ วันที่ 15 สิงหาคม 2568",
        "การใช้อำนาจ ได้คะแนน 1,952.00 คะแนน",
        "การใช้อำนาจ 95.20 93.10 90.00",  # a table that was not seen as one
        "",
    ],
)
def test_numbers_that_are_no_scores(text: str, say: Say) -> None:
    assert say(text) == []


def test_list_numbers(words: Vocabulary) -> None:
    from prongsai.language.numerals import find_numerals

    text = "1) ก 2. ข 3.5 ค (4) ง 61. จ 5 ฉ"
    listed = [numeral.printed for numeral in find_numerals(text) if is_list_number(text, numeral.start, numeral.end, numeral)]

    assert listed == ["1", "2", "4"]


def test_the_last_name_of_a_line_goes_on_to_the_next(words: Vocabulary, passage: Callable[[str], Passage]) -> None:
    before = last_named(passage("ตัวชี้วัดที่ 3 การใช้อำนาจ"), words)
    assert before is not None

    claims = [found.claim for found in find_claims(passage("มีผลคะแนนเท่ากับ 95.20 คะแนน"), words, before)]

    assert [(claim.code, claim.numeral.printed) for claim in claims] == [("ind3", "95.20")]
    assert last_named(passage("การใช้อำนาจ 95.20"), words) is None  # it has its number
    assert last_named(passage("ไม่มีชื่อ"), words) is None


HEAD = "ผลการประเมิน ITA ปีงบประมาณ พ.ศ. 2568\n"


def _kinds(mentions: tuple[Mention, ...]) -> list[tuple[str, str, str]]:
    return [(mention.kind.value, mention.code, mention.printed_value) for mention in mentions]


def test_a_national_average_is_a_reference(matched: Callable[..., Matched]) -> None:
    spoken = matched(HEAD + "คะแนน ITA ระดับประเทศ มีคะแนนเฉลี่ยเท่ากับ 90.00 คะแนน\nหน่วยงานได้คะแนน ITA 95.20 คะแนน\n")
    known = matched(HEAD + "คะแนน ITA เท่ากับ 93.82 คะแนน\n")  # the country's of FY2568, whoever is said to have it

    assert _kinds(spoken.mentions) == [("reference", "ITA", "90.00"), ("score", "ITA", "95.20")]
    assert _kinds(known.mentions) == [("reference", "ITA", "93.82")]


def test_the_agency_named_after_the_country_has_its_own_score(matched: Callable[..., Matched]) -> None:
    text = HEAD + "คะแนน ITA ระดับประเทศ มีคะแนนเฉลี่ยเท่ากับ 90.00 คะแนน ส่วนเทศบาลตำบลหนองบัว ได้คะแนน ITA 95.20 คะแนน\n"

    assert _kinds(matched(text).mentions) == [("reference", "ITA", "90.00"), ("score", "ITA", "95.20")]


def test_an_unread_numeral_is_a_mention_without_a_value(matched: Callable[..., Matched]) -> None:
    text = HEAD + f"การใช้อำนาจ ได้คะแนน {UNREAD} คะแนน\nตัวชี้วัด\tคะแนน\nการใช้งบประมาณ\t{UNREAD}\nการเปิดเผยข้อมูล\t90.00\n"
    mentions = matched(text).mentions

    assert [(mention.code, mention.value, mention.printed_value) for mention in mentions[:2]] == [("ind3", None, ""), ("ind2", None, "")]
    assert str(mentions[2].value) == "90.00"
