from collections.abc import Sequence
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from prongsai.layout import Layout, lay_out
from prongsai.records import UNREAD, Reader, Rule, Word


def columns(paper: Any, rows: Sequence[Sequence[str]], xs: Sequence[float], top: float = 100, step: float = 20) -> list[Word]:
    return [
        word
        for number, row in enumerate(rows)
        for x, text in zip(xs, row, strict=True)
        for word in paper.words(text, x, top + step * number)
    ]


def only_table(paper: Any, layout: Layout) -> list[list[str]]:
    assert len(layout.tables) == 1
    assert not layout.tables[0].is_ruled
    grid: list[list[str]] = paper.texts(layout.tables[0])
    return grid


def test_scores_under_one_another_are_a_table_with_its_header(paper: Any) -> None:
    rows = [
        ["ตัวชี้วัด", "๒๕๖๗", "๒๕๖๘"],
        ["การปฏิบัติหน้าที่", "๙๘.๔๕", "๙๗.๓๒"],
        ["การใช้งบประมาณ", "๙๗.๓๒", "๙๗.๙๕"],
        ["การใช้อำนาจ", "๙๘.๓๒", "๙๙.๔๘"],
    ]
    layout = lay_out([paper.page(columns(paper, rows, (60, 300, 400)), reader=Reader.OCR)])
    assert only_table(paper, layout) == rows


def test_a_head_without_numbers_and_a_column_without_entries_belong_to_it(paper: Any) -> None:
    rows = [
        ["no", "question", "score", "remark"],
        ["i1", "wording", "98.45", ""],
        ["i2", "wording", "97.32", ""],
        ["i3", "wording", "99.48", ""],
    ]
    assert only_table(paper, lay_out([paper.page(columns(paper, rows, (60, 120, 300, 400)))])) == rows


def test_unread_numerals_make_a_column_too(paper: Any) -> None:
    rows = [["a", UNREAD], ["b", UNREAD], ["c", "99.48"]]
    assert only_table(paper, lay_out([paper.page(columns(paper, rows, (60, 300)))])) == rows


def test_a_wording_that_wraps_stays_with_its_number(paper: Any) -> None:
    words = []
    for row, top in enumerate((100, 145, 190)):
        words += [*paper.words(f"i{row + 1}", 60, top), *paper.words("first line", 100, top), *paper.words(f"9{row}.25", 300, top)]
        words += paper.words("second line", 100, top + 15)
    assert only_table(paper, lay_out([paper.page(words)])) == [[f"i{row + 1}", "first line second line", f"9{row}.25"] for row in range(3)]


def test_a_number_in_the_middle_of_its_row_finds_the_code_above_it(paper: Any) -> None:
    words = []
    for row, top in enumerate((100, 148, 196)):
        words += [*paper.words(f"i{row + 1} first", 60, top), *paper.words("second", 60, top + 16), *paper.words("third", 60, top + 32)]
        words += paper.words(f"9{row}.25", 300, top + 16)
    assert [row[0] for row in only_table(paper, lay_out([paper.page(words)]))] == [f"i{row + 1} first second third" for row in range(3)]


def test_rules_between_rows_tell_rows_apart(paper: Any) -> None:
    words = []
    for row, top in enumerate((100, 132, 164)):
        words += [*paper.words("first", 60, top), *paper.words("second", 60, top + 16), *paper.words(f"9{row}.25", 300, top + 16)]
    rules = [Rule(60, y, 330, y) for y in (98, 130, 162, 194)]
    table = only_table(paper, lay_out([paper.page(words, rules)]))
    # The line above the first number stays outside: nothing says that it belongs to the table.
    assert [row[0] for row in table[1:]] == ["first second", "first second"]


def test_a_row_of_dots_counts_as_white(paper: Any) -> None:
    words = [
        word for n, label in enumerate(("one", "two", "six")) for word in paper.words(f"{label} .......... 10{n}.00", 60, 100 + 20 * n)
    ]
    table = only_table(paper, lay_out([paper.page(words)]))
    assert [row[-1] for row in table] == ["100.00", "101.00", "102.00"]


def test_numbered_items_and_sections_of_a_law_are_prose(paper: Any) -> None:
    items = [["1.", "first item of a list"], ["2.", "second item of a list"], ["3.", "third item of a list"]]
    sections = [["มาตรา", "๑", "พระราชบัญญัตินี้"], ["มาตรา", "๒", "ให้ใช้บังคับ"], ["มาตรา", "๓", "ในพระราชบัญญัตินี้"]]
    assert not lay_out([paper.page(columns(paper, items, (60, 100)))]).tables
    assert not lay_out([paper.page(columns(paper, sections, (60, 120, 160)))]).tables


def test_rubbish_between_two_numbers_does_not_make_one_column_of_two(paper: Any) -> None:
    rows = [[f"label {n}", f"9{n}.25", f"8{n}.50"] for n in range(7)]
    words = [*columns(paper, rows, (60, 300, 380)), *paper.words("~ ;. , --- ~", 331, 140, gap=1)]
    table = only_table(paper, lay_out([paper.page(words)]))
    assert [row[2].split()[-1] for row in table] == [row[2] for row in rows]
    assert [row[1].split()[0] for row in table] == [row[1] for row in rows]


def test_a_single_entry_in_a_place_of_its_own_is_a_column(paper: Any) -> None:
    rows = [[f"label {n}", f"9{n}.25", "note" if n == 3 else ""] for n in range(7)]
    assert only_table(paper, lay_out([paper.page(columns(paper, rows, (60, 300, 400)))])) == rows


def test_two_lines_in_line_are_not_enough(paper: Any) -> None:
    rows = [["a", "98.45"], ["b", "97.32"]]
    assert not lay_out([paper.page(columns(paper, rows, (60, 300)))]).tables


@given(
    st.lists(
        st.lists(st.sampled_from(["คะแนน", "ร้อยละ", "๙๙.๘๘", "การปฏิบัติหน้าที่", "๒๕๖๘", "และ"]), min_size=5, max_size=9),
        min_size=3,
        max_size=12,
    )
)
def test_justified_prose_with_numbers_is_never_a_table(paper: Any, lines: list[list[str]]) -> None:
    """Words spread over lines of 470 pt, as a word processor justifies them, gaps below those between columns.

    Three scores in a row are no prose: such lines are cells that stand close.
    """
    assume(not any(line[at : at + 3] == ["๙๙.๘๘"] * 3 for line in lines for at in range(len(line))))
    words: list[Word] = []
    for number, tokens in enumerate(lines):
        gap = min((470 - 6 * sum(map(len, tokens))) / (len(tokens) - 1), 7.9)
        words += paper.words(" ".join(tokens), 60, 100 + 18 * number, gap=gap)
    assert not lay_out([paper.page(words)]).tables


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 4), st.integers(0, 2)), min_size=3, max_size=12))
def test_no_two_numbers_share_a_cell(paper: Any, rows: list[tuple[bool, int, int]]) -> None:
    words: list[Word] = []
    top = 100.0
    for has_code, n_lines, number_at in rows:
        for line in range(n_lines):
            words += paper.words("i1 text" if has_code and line == 0 else "text", 60, top)
            if line == min(number_at, n_lines - 1):
                words += paper.words("98.45", 300, top)
            top += 16
        top += 3
    for table in lay_out([paper.page(words)]).tables:
        assert all(cell.text.count("98.45") <= 1 for cell in table.cells)


def test_numbers_in_the_middle_of_rows_that_wrap_stay_with_their_rows(paper: Any) -> None:
    words = [*paper.words("question", 60, 70), *paper.words("score", 300, 70), *paper.words("analysis", 400, 70)]
    wanted = [["question", "score", "analysis"]]
    top = 100
    for row, n_lines in enumerate((3, 5, 1, 4)):
        for line in range(n_lines):
            words += paper.words("abcd"[row] + "vwxyz"[line], 60, top + 14 * line)
        words += paper.words(f"9{row}.25", 300, top + 7 * (n_lines - 1))
        words += paper.words(f"a{row}", 400, top + 7 * (n_lines - 1))
        wanted.append([" ".join("abcd"[row] + "vwxyz"[line] for line in range(n_lines)), f"9{row}.25", f"a{row}"])
        top += 14 * n_lines + 6
    assert only_table(paper, lay_out([paper.page(words)])) == wanted


def test_one_score_between_two_wordings_under_a_header_is_a_table(paper: Any) -> None:
    words = [*paper.words("question", 60, 70), *paper.words("score", 300, 70), *paper.words("analysis", 400, 70)]
    words += paper.words("97.25", 300, 114)
    for line in range(3):
        words += [*paper.words(f"text {line}", 60, 100 + 14 * line), *paper.words(f"more {line}", 400, 100 + 14 * line)]
    table = only_table(paper, lay_out([paper.page(words)]))
    assert table == [["question", "score", "analysis"], ["text 0 text 1 text 2", "97.25", "more 0 more 1 more 2"]]


def test_a_table_that_goes_on_overleaf_keeps_its_columns_without_a_header(paper: Any) -> None:
    xs = (60, 120, 300, 400)
    head, rows = ["no", "question", "2567", "2568"], [[f"i{n}", f"wording {n}", f"9{n}.25", f"8{n}.50"] for n in range(1, 7)]
    first = paper.page(columns(paper, [head, *rows[:5]], xs, top=600), number=1)
    rest = paper.page(
        [*columns(paper, rows[5:], xs, top=60), *paper.words("text that follows it and fills the line to its end", 60, 160)], number=2
    )
    assert only_table(paper, lay_out([first, rest])) == [head, *rows]
