"""Tables: rows and columns joined, what is left unmatched, and tables in which nothing is a score."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest

from prongsai.knowledge import Knowledge
from prongsai.matching.codes.columns import Decoder
from prongsai.matching.match import Matched
from prongsai.matching.model import Context
from prongsai.matching.tables import TableReading, read_table
from prongsai.matching.vocabulary import Vocabulary
from prongsai.records import UNREAD, Cell, MentionKind, Passage, Place, Run, Table

HEAD = "ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2567\n"
Spans = dict[tuple[int, int], tuple[int, int]]
Read = Callable[..., TableReading]


@pytest.fixture(scope="module")
def read(words: Vocabulary, knowledge: Knowledge) -> Read:
    """Reads rows of texts as one ruled table; None where a merged cell (row span, column span by its place) covers."""

    def reading(
        rows: Sequence[Sequence[str | None]],
        spans: Spans | None = None,
        context: Context | None = None,
        cells: Sequence[Cell] | None = None,
    ) -> TableReading:
        drawn = []
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                if text is not None:
                    row_span, column_span = (spans or {}).get((row, column), (1, 1))
                    drawn.append(Cell(row, column, Passage(text), Place(1), row_span, column_span))
        table = Table(1, tuple(cells or drawn), len(rows), max(map(len, rows)))
        return read_table(table, context or Context(), words, Decoder(knowledge.frameworks[2567], knowledge))

    return reading


def _said(reading: TableReading) -> list[str]:
    return [f"{claim.year or ''} {claim.code} {claim.numeral.value}".strip() for claim in reading.claims]


def test_a_label_merged_over_its_questions_names_their_section(read: Read) -> None:
    rows = [
        ["ตัวชี้วัด", "ข้อ", "คะแนน"],
        ["ตัวชี้วัดที่ 6 คุณภาพการดำเนินงาน", "1", "90.00"],
        [None, "2", "91.00"],
        [None, "3", "92.00"],
    ]

    assert _said(read(rows, {(1, 0): (3, 1)})) == ["e1 90.00", "e2 91.00", "e3 92.00"]


def test_a_year_merged_over_columns_speaks_for_all_of_them(read: Read) -> None:
    rows = [
        ["ตัวชี้วัด", "ปีงบประมาณ พ.ศ. 2566", None, "ปีงบประมาณ พ.ศ. 2567", None],
        [None, "คะแนน", "ผลต่าง", "คะแนน", "ผลต่าง"],
        ["การใช้อำนาจ", "80.00", "+1.00", "82.00", "+2.00"],
    ]
    reading = read(rows, {(0, 0): (2, 1), (0, 1): (1, 2), (0, 3): (1, 2)})

    assert _said(reading) == ["2566 ind3 80.00", "2566 ind3 1.00", "2567 ind3 82.00", "2567 ind3 2.00"]
    assert [claim.kind for claim in reading.claims] == [MentionKind.SCORE, MentionKind.DIFFERENCE] * 2


def test_a_year_in_a_row_of_its_own_heads_the_rows_below(read: Read) -> None:
    rows: list[list[str | None]] = [
        ["ตัวชี้วัด", "คะแนน"],
        ["ปีงบประมาณ พ.ศ. 2566", None],
        ["การใช้อำนาจ", "80.00"],
        ["ปีงบประมาณ พ.ศ. 2567", None],
        ["การใช้อำนาจ", "82.00"],
    ]
    reading = read(rows, {(1, 0): (1, 2), (3, 0): (1, 2)})

    assert _said(reading) == ["2566 ind3 80.00", "2567 ind3 82.00"]
    assert {claim.year_from for claim in reading.claims} == {"section"}


@pytest.mark.parametrize(
    "rows",
    [
        [["ระดับ", "ช่วงคะแนน", "IIT"], ["ผ่านดีเยี่ยม", "95.00", "95.00"]],
        [["ระดับ", "คะแนน", "เงื่อนไข"], ["ผ่านดี", "85.00", "คะแนน IIT 85.00"]],
        [["เกณฑ์คะแนน", "IIT", "EIT"], ["A", "85.00", "85.00"]],
    ],
)
def test_a_table_of_criteria_gives_nothing(rows: list[list[str]], read: Read) -> None:
    reading = read(rows)

    assert reading == TableReading(unmatched=reading.unmatched, is_criteria=True)


@pytest.mark.parametrize("key", ["น้ำหนัก", "คะแนนเต็ม", "ค่าเป้าหมาย", "ผ่านดีเยี่ยม"])
def test_a_row_of_weights_or_goals_gives_nothing(key: str, read: Read) -> None:
    rows = [["รายการ", "IIT", "EIT", "OIT"], [key, "30.00", "30.00", "40.00"], ["ปี 2567", "90.00", "91.00", "92.00"]]

    assert _said(read(rows)) == ["2567 IIT 90.00", "2567 EIT 91.00", "2567 OIT 92.00"]


@pytest.mark.parametrize("head", ["น้ำหนัก", "คะแนนเต็ม", "จำนวนข้อ", "เป้าหมาย", "งบประมาณ (บาท)", "S.D.", "คะแนนต่ำสุด"])
def test_a_column_that_is_no_score_is_passed_over(head: str, read: Read) -> None:
    assert _said(read([["ตัวชี้วัด", head, "คะแนน"], ["การใช้อำนาจ", "85.00", "90.00"]])) == ["ind3 90.00"]


@pytest.mark.parametrize(
    ("printed", "kind"), [("+1.20", "difference"), ("-1.20", "difference"), ("1.20", "score"), ("(+1.20)", "difference")]
)
def test_a_sign_makes_a_difference(printed: str, kind: str, read: Read) -> None:
    reading = read([["ตัวชี้วัด", "คะแนน"], ["การใช้อำนาจ", printed]])

    assert [claim.kind.value for claim in reading.claims] == [kind]


def test_a_header_makes_a_difference_of_a_number_without_sign(read: Read) -> None:
    reading = read([["ตัวชี้วัด", "ปี 2566", "ปี 2567", "ผลต่าง"], ["การใช้อำนาจ", "90.00", "91.20", "1.20"]])

    assert [claim.kind.value for claim in reading.claims] == ["score", "score", "difference"]


def test_a_row_of_differences_has_the_overall_one_under_a_header_of_few_words(read: Read) -> None:
    rows = [["ปี", "IIT", "EIT", "OIT", "รวม"], ["2566", "90.00", "91.00", "92.00", "91.10"], ["2567", "91.00", "92.00", "93.00", "92.10"]]
    reading = read([*rows, ["ผลต่าง", "+1.00", "+1.00", "+1.00", "-1.00"]])

    assert [f"{claim.kind.value} {claim.code} {claim.numeral.value}" for claim in reading.claims[-2:]] == [
        "difference OIT 1.00",
        "difference ITA -1.00",
    ]


@pytest.mark.parametrize("printed", ["2602", "2575", "889.17"])
def test_a_misprint_among_scores_is_read_as_printed(printed: str, read: Read) -> None:
    rows = [["หน่วยงาน", "IIT", "EIT"], ["เทศบาลตำบลหนองบัว", printed, "26.10"], ["เทศบาลตำบลนาพูน", "25.96", "26.34"]]
    others = [["เทศบาลเมืองทุ่งน้าว", "26.94", "27.85"], ["เทศบาลตำบลบ้านโคก", "30.00", "25.05"]]

    assert f"IIT {printed}" in _said(read([*rows, *others]))


@pytest.mark.parametrize(
    ("printed", "said"), [("10 คะแนน", ["ind9 10", "ind10 100"]), ("1000 คะแนน", ["ind9 1000", "ind10 100"]), ("10", ["ind10 100"])]
)
def test_a_whole_number_with_its_unit_among_scores_is_one(printed: str, said: list[str], read: Read) -> None:
    rows = [["การเปิดเผยข้อมูล", printed, "ตัวชี้วัดที่ 10"], ["การป้องกันการทุจริต", "100 คะแนน", ""]]

    assert _said(read(rows)) == said


def test_a_code_before_a_wording_of_one_short_word_is_a_code(read: Read) -> None:
    rows = [["ข้อ", "คะแนน"], ["o1 โครงสร้าง", "100"], ["o2 ข้อมูลผู้บริหาร", "0"], ["o3 อำนาจหน้าที่", "100"], ["o6 Q&A", "50.00"]]

    assert _said(read(rows))[-1] == "o6 50.00"


@pytest.mark.parametrize(("column", "printed"), [(1, "10"), (2, "170"), (3, "+179"), (3, "079"), (3, "-๐๗๙")])
def test_digits_that_lost_their_point_are_no_code(column: int, printed: str, read: Read) -> None:
    rows = [["ตัวชี้วัด", "2566", "2567", "ผลต่าง"], ["การใช้อำนาจ", "90.00", "91.79", "+1.79"], ["การเปิดเผยข้อมูล", "95.00", "90.00", "-5.00"]]
    rows[1][column] = printed

    assert [claim.numeral.printed for claim in read(rows).claims] == [*rows[1][1:], *rows[2][1:]]


@pytest.mark.parametrize("printed", ["195.20", "-", "N/A", "95.123456", "12", "5"])
def test_what_can_be_no_score_is_none(printed: str, read: Read) -> None:
    reading = read([["ตัวชี้วัด", ""], ["การใช้อำนาจ", printed]])

    assert _said(reading) == []


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("๙๕.๒๐", "95.20"),
        ("95.20 คะแนน", "95.20"),
        ("ร้อยละ 95.20", "95.20"),
        ("95.20%", "95.20"),
        ("95,20", "95.20"),
        ("95.20 (A)", "95.20"),
        ("0", "0"),
    ],
)
def test_a_cell_may_say_its_unit_or_grade(printed: str, value: str, read: Read) -> None:
    assert _said(read([["ตัวชี้วัด", "คะแนน"], ["การใช้อำนาจ", printed]])) == [f"ind3 {value}"]


def test_an_unread_cell_is_a_claim_without_a_value(read: Read) -> None:
    reading = read([["ตัวชี้วัด", "คะแนน"], ["การใช้อำนาจ", UNREAD]])

    assert [(claim.code, claim.numeral.value) for claim in reading.claims] == [("ind3", None)]


def test_what_nothing_names_is_a_finding(matched: Callable[..., Matched]) -> None:
    found = matched(HEAD + "ตัวชี้วัด\tคะแนน\nการใช้อำนาจ\t90.00\nโครงการอบรม\t91.00\n")

    assert [(mention.code, mention.printed_value) for mention in found.mentions] == [("ind3", "90.00")]
    assert [(finding.check, finding.printed, finding.page) for finding in found.findings] == [("unmatched-number", "91.00", 1)]


def test_a_mention_says_where_it_stands_and_by_what_it_was_matched(matched: Callable[..., Matched]) -> None:
    found = matched(HEAD + "\nตัวชี้วัด\tคะแนน\nตัวชี้วัดที่ 3 การใช้อำนาจ\t๙๐.๐๐\n").mentions[0]

    assert (found.page, found.table, found.row, found.column, found.line) == (1, 1, 1, 1, 4)
    assert (found.printed_value, found.printed_code) == ("๙๐.๐๐", "ตัวชี้วัดที่ 3 การใช้อำนาจ")
    assert (found.scope, found.instrument, found.indicator) == ("indicator", "IIT", "ind3")
    assert found.matched_by == ("name", "number")
    assert found.mention_id == f"{'0' * 16}:1"


def test_a_question_keeps_its_wording(matched: Callable[..., Matched]) -> None:
    found = matched(HEAD + "ข้อ\tประเด็น\tคะแนน\ni1\tการปฏิบัติงานตามขั้นตอน\t90.00\ni2 การเลือกปฏิบัติ\t\t91.00\n").mentions

    assert [(mention.code, mention.question) for mention in found] == [("i1", "การปฏิบัติงานตามขั้นตอน"), ("i2", "การเลือกปฏิบัติ")]


def test_a_table_of_another_subject_gives_nothing(matched: Callable[..., Matched]) -> None:
    text = HEAD + "ที่\tกิจกรรม\tร้อยละความสำเร็จ\n1\tอบรมเจ้าหน้าที่\t80.00\n2\tประชุมชี้แจง\t75.50\n"

    assert matched(text).mentions == ()


def test_numbers_of_a_table_that_gives_no_score_are_one_finding(matched: Callable[..., Matched]) -> None:
    rows = "1\tอบรมเจ้าหน้าที่\t๘๐.๐๐\n2\tประชุมชี้แจง\t75.50\n3\tทั้งหมด\t120.00\n4\tเหลือ\t3.5\n"
    found = matched(HEAD + "ที่\tกิจกรรม\tร้อยละความสำเร็จ\n" + rows)

    assert [(finding.check, finding.page, finding.printed) for finding in found.findings] == [("unscored-table", 1, "๘๐.๐๐ … 75.50")]
    assert "in 2 of its cells" in found.findings[0].message


def test_a_table_without_numbers_like_scores_is_no_finding(matched: Callable[..., Matched]) -> None:
    assert matched(HEAD + "ที่\tกิจกรรม\tงบประมาณ\n1\tอบรมเจ้าหน้าที่\t80,000.00\n2\tประชุมชี้แจง\t12\n").findings == ()


@pytest.mark.parametrize(("caption", "count"), [("ผลการประเมิน ITA ปี 2567", 2), ("ผลการเบิกจ่าย ปี 2567", 0), ("คะแนน IIT ปี 2567", 0)])
def test_an_agencys_one_score_is_the_overall_only_under_a_caption_that_says_so(
    caption: str, count: int, matched: Callable[..., Matched]
) -> None:
    text = f"{caption}\nที่\tหน่วยงาน\tคะแนน\n1\tเทศบาลตำบลหนองบัว\t90.00\n2\tเทศบาลเมืองท่าใหม่\t91.00\n"

    assert [mention.code for mention in matched(text).mentions] == ["ITA"] * count


@pytest.mark.parametrize("caption", ["ผลการประเมิน ITA ปี 2567", "ผลการเบิกจ่าย ปี 2567"])
def test_two_columns_that_could_be_the_overall_are_none(caption: str, matched: Callable[..., Matched]) -> None:
    text = f"{caption}\nหน่วยงาน\tคะแนน\tร้อยละ\nเทศบาลตำบลหนองบัว\t50.00\t90.00\nเทศบาลเมืองท่าใหม่\t51.00\t91.00\n"

    assert matched(text).mentions == ()


def test_a_year_under_a_header_is_its_columns(read: Read) -> None:
    reading = read([["ตัวชี้วัด", "คะแนน"], ["", "ปี 2566"], ["การใช้อำนาจ", "80.00"]])

    assert [(claim.year, claim.year_from) for claim in reading.claims] == [(2566, "column")]


@pytest.mark.parametrize(
    ("printed", "others", "value"),
    [
        ("97.8", ["91.20", "92.25"], None),  # zeros at the end are kept: a digit is lost
        ("97.8", ["91.2", "92.25"], "97.8"),
        ("100", ["91.20", "92.25"], "100"),
        ("90", ["91.20", "92.25", "93.25", "94.25", "95.25"], None),
        ("90", ["91.20", "92", "93", "94.25", "95.25"], "90"),
    ],
)
def test_a_number_off_an_image_that_lost_digits_is_unread(printed: str, others: Sequence[str], value: str | None, read: Read) -> None:
    names = ["การปฏิบัติหน้าที่", "การใช้งบประมาณ", "การใช้อำนาจ", "การใช้ทรัพย์สินของราชการ", "การแก้ไขปัญหาการทุจริต", "คุณภาพการดำเนินงาน"]
    rows = [["ตัวชี้วัด", "คะแนน"], *([name, text] for name, text in zip(names, [printed, *others], strict=False))]
    cells = [
        Cell(row, column, Passage(text, (Run(0, len(text), Place(1), 0.99),)), Place(1))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    found = read(rows, cells=cells).claims[0]

    assert found.numeral.value == (None if value is None else Decimal(value))
    assert found.numeral.printed == printed
    assert read(rows).claims[0].numeral.value == Decimal(printed)


def test_scores_under_a_header_that_should_name_an_agency_are_nobodys(matched: Callable[..., Matched]) -> None:
    found = matched(HEAD + "ตัวชี้วัด\tเทศบาลตำบลหนองบัว\tเทศบาลเมืองท่าใหม่\txxxxxxxx\nการใช้อำนาจ\t90.00\t91.00\t92.00\n")

    assert [(mention.agency, mention.printed_value) for mention in found.mentions] == [
        ("เทศบาลตำบลหนองบัว", "90.00"),
        ("เทศบาลเมืองท่าใหม่", "91.00"),
    ]
