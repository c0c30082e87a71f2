from dataclasses import replace
from typing import Any

import pytest

from prongsai.layout import lay_out
from prongsai.records import Rule

HEAD = ["code", "question", "score"]


def test_a_table_over_a_page_break_is_one_and_its_second_header_is_counted(paper: Any) -> None:
    pages = [
        paper.table_page([HEAD, ["i1", "duty", "98.45"]], 1, top=700),
        paper.table_page([HEAD, ["i2", "budget", "97.32"]], 2),
        paper.table_page([HEAD, ["i3", "power", "99.48"]], 3),
    ]
    layout = lay_out(pages)
    (table,) = layout.tables
    assert paper.texts(table) == [HEAD, ["i1", "duty", "98.45"], ["i2", "budget", "97.32"], ["i3", "power", "99.48"]]
    assert [(join.place.page, join.header_rows) for join in layout.joins] == [(2, 1), (3, 1)]
    assert [cell.place.page for cell in table.cells if cell.column == 0] == [1, 1, 2, 3]


def test_a_table_goes_on_without_a_header_where_its_columns_do(paper: Any) -> None:
    layout = lay_out([paper.table_page([HEAD, ["i1", "duty", "98.45"]], 1), paper.table_page([["i2", "budget", "97.32"]], 2)])
    assert paper.texts(layout.tables[0])[1:] == [["i1", "duty", "98.45"], ["i2", "budget", "97.32"]]


def test_a_part_whose_rules_are_lost_goes_on_where_its_header_is_the_same(paper: Any) -> None:
    rows = [["i1", "duty", "98.45"], ["i2", "budget", "97.32"], ["i3", "power", "99.48"]]
    first = paper.table_page([HEAD, *rows], 1)
    bare = replace(paper.table_page([HEAD, *rows], 2, pitch=20), rules=())
    other = replace(paper.table_page([["code", "wording", "points"], *rows], 2, pitch=20), rules=())
    (table,) = lay_out([first, bare]).tables
    assert paper.texts(table) == [HEAD, *rows, *rows]
    assert len(lay_out([first, other]).tables) == 2


def test_text_between_a_missing_page_and_other_columns_keep_tables_apart(paper: Any) -> None:
    first = paper.table_page([HEAD, ["i1", "duty", "98.45"]], 1)
    second = paper.table_page([["i2", "budget", "97.32"]], 2, top=200)
    titled = paper.page([*paper.words("another table", 60, 120), *second.words], second.rules, 2)
    third = paper.table_page([["i2", "budget", "97.32"]], 3)
    other = paper.table_page([["i2", "97.32"]], 2)
    assert len(lay_out([first, titled]).tables) == 2
    assert len(lay_out([first, third]).tables) == 2
    assert len(lay_out([first, other]).tables) == 2


def test_a_page_number_between_does_not_keep_a_table_apart(paper: Any) -> None:
    first = paper.table_page([HEAD, ["i1", "duty", "98.45"]], 1)
    numbered = paper.page([*first.words, *paper.words("- 1 -", 290, 800)], first.rules)
    layout = lay_out([numbered, paper.table_page([HEAD, ["i2", "budget", "97.32"]], 2)])
    assert len(layout.tables) == 1
    assert [line.text for line in layout.furniture] == ["- 1 -"]


def test_a_row_cut_by_the_break_is_put_together(paper: Any) -> None:
    pages = [
        paper.table_page([HEAD, ["i1", "first half", "98.45"]], 1),
        paper.table_page([HEAD, ["", "second half", ""], ["i2", "x", "97.32"]], 2),
    ]
    layout = lay_out(pages)
    assert paper.texts(layout.tables[0]) == [HEAD, ["i1", "first half second half", "98.45"], ["i2", "x", "97.32"]]
    assert layout.joins[0].has_merged_row
    runs = paper.cell(layout.tables[0], 1, 1).passage.runs
    assert [run.place.page for run in runs] == [1, 1, 2, 2]


def test_a_cut_number_may_fill_an_empty_cell(paper: Any) -> None:
    pages = [paper.table_page([HEAD, ["i1", "first half", ""]], 1), paper.table_page([["", "second half", "98.45"]], 2)]
    assert paper.texts(lay_out(pages).tables[0])[1:] == [["i1", "first half second half", "98.45"]]


@pytest.mark.parametrize(
    "row",
    [
        ["", "second half", "97.32"],
        ["", "i2 next question", ""],
        ["", "2. next item", ""],
        ["i2", "second half", ""],
        ["", "\ufffd", ""],
    ],
)
def test_a_row_with_a_number_or_an_item_of_its_own_is_merged_into_nothing(paper: Any, row: list[str]) -> None:
    pages = [paper.table_page([HEAD, ["i1", "first half", "98.45"]], 1), paper.table_page([row], 2)]
    assert paper.texts(lay_out(pages).tables[0]) == [HEAD, ["i1", "first half", "98.45"], row]


def test_the_rest_of_a_label_is_known_by_the_running_numbers_of_all_others(paper: Any) -> None:
    upper = [HEAD, ["i1", "a", "98.45"], ["i2 first", "b", "97.32"]]
    numbered = paper.table_page([["half", "more", ""], ["i3", "c", "99.48"]], 2)
    joined = paper.texts(lay_out([paper.table_page(upper, 1), numbered]).tables[0])
    assert joined[2:] == [["i2 first half", "b more", "97.32"], ["i3", "c", "99.48"]]
    named = paper.table_page([["half", "more", ""], ["power", "c", "99.48"]], 2)
    assert len(paper.texts(lay_out([paper.table_page(upper, 1), named]).tables[0])) == 5


def test_rows_with_numbers_are_never_taken_for_a_header(paper: Any) -> None:
    rows = [HEAD, ["o1", "site", "100"]]
    (table,) = lay_out([paper.table_page(rows, 1), paper.table_page([*rows, ["o2", "news", "100"]], 2)]).tables
    assert [row[0] for row in paper.texts(table)] == ["code", "o1", "o1", "o2"]


def test_a_blank_merged_cell_at_the_head_of_a_page_is_the_rest_of_the_one_above(paper: Any) -> None:
    xs, ys = (50, 150, 300, 530), (60, 100, 140, 180)
    rules = [
        Rule(50, 60, 530, 60),
        Rule(50, 180, 530, 180),
        *(Rule(150, y, 530, y) for y in (100, 140)),
        *(Rule(x, 60, x, 180) for x in xs),
    ]
    first = paper.page(paper.filled(xs, ys, [["IIT", "i1", "98.45"], ["", "i2", "97.32"], ["", "i3", "99.48"]]), rules, 1)
    second = paper.page(paper.filled(xs, ys, [["", "i4", "90.00"], ["", "i5", "91.00"], ["", "i6", "92.00"]]), rules, 2)
    grid = paper.texts(lay_out([first, second]).tables[0])
    assert [row[0] for row in grid] == ["IIT", "^", "^", "^", "^", "^"]
    assert [row[2] for row in grid] == ["98.45", "97.32", "99.48", "90.00", "91.00", "92.00"]


def test_a_part_with_merged_cells_only_finds_its_columns(paper: Any) -> None:
    xs = (50, 210, 370, 530)
    first = paper.page(paper.filled(xs, (60, 100, 140), [HEAD, ["i1", "duty", "98.45"]]), paper.lattice(xs, (60, 100, 140)), 1)
    second = paper.page(paper.filled((50, 370), (60,), [["mean", "98.45"]]), paper.lattice((50, 370, 530), (60, 100)), 2)
    assert paper.texts(lay_out([first, second]).tables[0])[2] == ["mean", "^", "98.45"]


def test_words_in_one_cell_that_join_nothing_are_text(paper: Any) -> None:
    layout = lay_out([paper.table_page([["", "words of a drawing", ""]], 1)])
    assert [block.text for block in layout.paragraphs] == ["words of a drawing"]
    assert not layout.tables


def test_a_paragraph_goes_on_overleaf(paper: Any) -> None:
    full = " ".join(["word"] * 16)
    first = paper.page([*paper.words(full, 60, 700), *paper.words(full, 60, 720)], number=1)
    second = paper.page([*paper.words(full, 60, 60), *paper.words("the end", 60, 80), *paper.words("2. item", 60, 120)], number=2)
    texts = [block.text for block in lay_out([first, second]).paragraphs]
    assert texts == [f"{full} {full} {full} the end", "2. item"]
