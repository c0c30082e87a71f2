from typing import Any

from prongsai.layout import lay_out
from prongsai.records import Paragraph, Place, Table


def test_lines_with_tabs_are_rows_and_others_paragraphs(paper: Any) -> None:
    layout = lay_out([paper.given("ผล การประเมิน\n\nตัวชี้วัด\tคะแนน\n๑. การใช้ อำนาจ\t๙๙.๔๘\n\nสรุป")])
    assert [type(block) for block in layout.blocks] == [Paragraph, Table, Paragraph]
    assert [block.text for block in layout.paragraphs] == ["ผล การประเมิน", "สรุป"]
    assert paper.texts(layout.tables[0]) == [["ตัวชี้วัด", "คะแนน"], ["๑. การใช้ อำนาจ", "๙๙.๔๘"]]


def test_cells_and_words_know_their_line(paper: Any) -> None:
    layout = lay_out([paper.given("a\n\nb\tc d\ne\tf")])
    cell = paper.cell(layout.tables[0], 0, 1)
    assert cell.place == Place(1, None, 3)
    assert [(cell.text[run.start : run.end], run.place.line) for run in cell.passage.runs] == [("c", 3), ("d", 3)]
    assert layout.paragraphs[0].place == Place(1, None, 1)


def test_rows_of_unequal_length_keep_their_columns(paper: Any) -> None:
    (table,) = lay_out([paper.given("a\tb\tc\n\td\ne\t")]).tables
    assert paper.texts(table) == [["a", "b", "c"], ["", "d", ""], ["e", "", ""]]


def test_a_table_after_a_blank_line_with_the_same_header_goes_on(paper: Any) -> None:
    layout = lay_out([paper.given("ข้อ\tคะแนน\t\n\t๒๕๖๗\t๒๕๖๘\ne๑\t๙๒.๓๕\t๙๒.๙๔\n\nข้อ\tคะแนน\t\n\t๒๕๖๗\t๒๕๖๘\ne๖\t๙๓.๔๓\t๙๓.๑๔")])
    (table,) = layout.tables
    assert [row[0] for row in paper.texts(table)] == ["ข้อ", "", "e๑", "e๖"]
    assert [(join.place.line, join.header_rows) for join in layout.joins] == [(5, 2)]


def test_a_header_repeated_without_a_blank_line_is_left_out_and_counted(paper: Any) -> None:
    layout = lay_out([paper.given("code\tscore\ni1\t98.45\ncode\tscore\ni2\t97.32")])
    assert paper.texts(layout.tables[0]) == [["code", "score"], ["i1", "98.45"], ["i2", "97.32"]]
    assert [join.header_rows for join in layout.joins] == [1]


def test_equal_rows_with_numbers_are_no_header(paper: Any) -> None:
    layout = lay_out([paper.given("o1\t100\no2\t100\n\no1\t100\no3\t100")])
    assert len(layout.tables) == 2
    assert not layout.joins


def test_tables_with_other_headers_or_text_between_stay_apart(paper: Any) -> None:
    assert len(lay_out([paper.given("a\tb\n1\t2\n\na\tc\n3\t4")]).tables) == 2
    assert len(lay_out([paper.given("a\tb\n1\t2\nbetween\n\na\tb\n3\t4")]).tables) == 2


def test_a_line_without_tabs_between_equal_rows_does_not_end_the_table(paper: Any) -> None:
    layout = lay_out([paper.given("a\tb\n1\t2\nrest of the cell\n3\t4")])
    assert [block.text for block in layout.paragraphs] == ["rest of the cell"]
    assert paper.texts(layout.tables[0]) == [["a", "b"], ["1", "2"], ["3", "4"]]
