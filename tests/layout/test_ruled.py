from typing import Any

from prongsai.layout import lay_out
from prongsai.records import Box, Paragraph, Rule, Table, Word

XS, YS = (50, 250, 400, 530), (100, 130, 160)
ROWS = [["topic", "2567", "2568"], ["duty", "98.45", "97.32"]]


def test_words_land_in_the_cells_they_stand_in(paper: Any) -> None:
    (table,) = lay_out([paper.page(paper.filled(XS, YS, ROWS), paper.lattice(XS, YS))]).blocks
    assert isinstance(table, Table)
    assert table.is_ruled
    assert paper.texts(table) == ROWS


def test_a_cell_knows_its_place_and_its_words_know_theirs(paper: Any) -> None:
    (table,) = lay_out([paper.page(paper.filled(XS, YS, ROWS), paper.lattice(XS, YS), number=7)]).tables
    cell = paper.cell(table, 1, 1)
    assert cell.place.page == 7
    assert cell.place.box == Box(250, 130, 400, 160)
    assert cell.passage.locate(0, 5).box == Box(253, 133, 283, 145)


def test_lines_of_a_cell_are_read_one_after_the_other_whatever_the_next_cell_does(paper: Any) -> None:
    ys = (100, 180)
    words = [*paper.words("a b", 53, 110), *paper.words("c d", 53, 130), *paper.words("96.50", 260, 120)]
    (table,) = lay_out([paper.page(words, paper.lattice((50, 250, 530), ys))]).tables
    assert paper.texts(table) == [["a b c d", "96.50"]]


def test_a_word_across_a_border_goes_to_the_cell_of_its_centre(paper: Any) -> None:
    words = [*paper.filled(XS, YS, ROWS), Word("across", Box(240, 145, 300, 157), 1)]
    (table,) = lay_out([paper.page(words, paper.lattice(XS, YS))]).tables
    assert paper.texts(table)[1] == ["duty", "98.45 across", "97.32"]


def test_frames_notes_and_underlines_are_no_tables(paper: Any) -> None:
    words = [*paper.words("some words of prose", 60, 100), *paper.words("and a note", 60, 300)]
    frame, note = paper.lattice((30, 565), (30, 812)), paper.lattice((50, 200), (290, 330))
    layout = lay_out([paper.page(words, [*frame, *note, Rule(60, 114, 200, 114)])])
    assert not layout.tables
    assert [block.text for block in layout.paragraphs] == ["some words of prose", "and a note"]


def test_a_table_inside_a_page_frame_is_read(paper: Any) -> None:
    rules = [*paper.lattice((20, 575), (20, 822)), *paper.lattice(XS, YS)]
    layout = lay_out([paper.page([*paper.words("title", 60, 60), *paper.filled(XS, YS, ROWS)], rules)])
    assert [type(block) for block in layout.blocks] == [Paragraph, Table]
    assert paper.texts(layout.tables[0]) == ROWS


def test_a_table_in_a_cell_of_another_keeps_its_words(paper: Any) -> None:
    outer, inner = paper.lattice((50, 200, 530), (100, 400)), paper.lattice((220, 350, 500), (200, 230, 260))
    words = [
        *paper.words("left", 60, 110),
        *paper.words("right", 210, 110),
        *paper.filled((220, 350), (200, 230), [["a", "1"], ["b", "2"]]),
    ]
    tables = lay_out([paper.page(words, [*outer, *inner])]).tables
    assert [paper.texts(table) for table in tables] == [[["left", "right"]], [["a", "1"], ["b", "2"]]]


def test_two_tables_and_the_text_between_come_in_order(paper: Any) -> None:
    lower = (300, 330, 360)
    words = [*paper.filled(XS, lower, ROWS), *paper.words("between", 60, 220), *paper.filled(XS, YS, ROWS)]
    layout = lay_out([paper.page(words, [*paper.lattice(XS, lower), *paper.lattice(XS, YS)])])
    assert [type(block) for block in layout.blocks] == [Table, Paragraph, Table]
    assert [table.number for table in layout.tables] == [1, 2]


def test_an_open_blank_strip_above_a_table_is_no_row(paper: Any) -> None:
    rules = [Rule(50, y, 530, y) for y in YS] + [Rule(x, 0, x, 160) for x in XS]
    (table,) = lay_out([paper.page(paper.filled(XS, YS, ROWS), rules)]).tables
    assert paper.texts(table) == ROWS


def test_a_drawing_with_words_in_one_cell_is_no_table(paper: Any) -> None:
    layout = lay_out([paper.page(paper.words("axis", 60, 105), paper.lattice(XS, YS))])
    assert [block.text for block in layout.paragraphs] == ["axis"]
