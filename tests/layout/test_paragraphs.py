from typing import Any

from prongsai.layout import lay_out

FULL = " ".join(["word"] * 16)


def texts(paper: Any, *lines: tuple[str, float]) -> list[str]:
    words = [word for number, (text, x) in enumerate(lines) for word in paper.words(text, x, 100 + 20 * number)]
    return [block.text for block in lay_out([paper.page(words)]).paragraphs]


def test_full_lines_run_on_and_a_short_one_ends_the_paragraph(paper: Any) -> None:
    assert texts(paper, (FULL[:-10], 100), (FULL, 60), ("the end", 60), ("a heading", 60)) == [f"{FULL[:-10]} {FULL} the end", "a heading"]


def test_an_indented_line_begins_a_paragraph(paper: Any) -> None:
    assert len(texts(paper, (FULL, 60), (FULL[:-10], 100), (FULL, 60))) == 2


def test_list_items_begin_anew_and_hang(paper: Any) -> None:
    item = FULL.replace("word", "1.", 1)
    assert texts(paper, (item, 60), (FULL[:-5], 76), ("2. next", 60)) == [f"{item} {FULL[:-5]}", "2. next"]


def test_thai_lines_join_without_a_space(paper: Any) -> None:
    line = "การประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐประจำปีงบ"
    assert texts(paper, (line, 60), ("ประมาณ", 60)) == [line + "ประมาณ"]


def test_numbered_labels_that_repeat_are_items(paper: Any) -> None:
    lines = [(f"ind {n} " + " ".join(["word"] * 15), 60.0) for n in (1, 2, 3)]
    assert len(texts(paper, *lines)) == 3


def test_lines_far_apart_are_apart(paper: Any) -> None:
    words = [*paper.words(FULL, 60, 100), *paper.words(FULL, 60, 120), *paper.words(FULL, 60, 190)]
    assert len(lay_out([paper.page(words)]).blocks) == 2


def test_nothing_runs_over_a_table(paper: Any) -> None:
    xs, ys = (50, 250, 530), (117, 145)
    words = [*paper.words(FULL, 60, 100), *paper.filled(xs, ys, [["a", "b"]]), *paper.words(FULL, 60, 148), *paper.words("x", 60, 168)]
    assert len(lay_out([paper.page(words, paper.lattice(xs, ys))]).blocks) == 3
