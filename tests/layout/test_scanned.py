from collections.abc import Sequence
from typing import Any

import pytest

from prongsai.layout import lay_out
from prongsai.records import UNREAD, Page, Reader, Rule, Word

from .scanned import Wear, drawn_lines, without

XS, YS = (50.0, 90.0, 300.0, 370.0, 440.0, 530.0), tuple(100.0 + 24 * row for row in range(9))
HEAD = ["no", "question", "2567", "2568", "change"]
ROWS = [[f"i{n}", f"wording {n}", f"9{n}.25", f"8{n}.50", f"+{n}.75"] for n in range(1, 8)]


def drawn(paper: Any, rows: Sequence[Sequence[str]] = ROWS) -> Page:
    page: Page = paper.page(paper.filled(XS, YS, [HEAD, *rows]), paper.lattice(XS, YS), reader=Reader.OCR)
    return page


def undrawn(paper: Any, rows: Sequence[Sequence[str]] = ROWS) -> Page:
    page: Page = paper.page(paper.filled(XS, YS, [HEAD, *rows]), reader=Reader.OCR)
    return page


def texts(paper: Any, page: Page) -> list[list[str]]:
    (table,) = lay_out([page]).tables
    grid: list[list[str]] = paper.texts(table)
    return grid


WORN = {
    "words": Wear(words_pt=2, split=0.2),
    "shifted": Wear(rules_pt=1.5),
    "broken": Wear(broken=0.7),
    "doubled": Wear(doubled=0.7),
    "askew": Wear(tilt_degrees=0.2),
    "all": Wear(words_pt=1.5, rules_pt=1.5, broken=0.3, doubled=0.2, tilt_degrees=0.2),
}


@pytest.mark.parametrize("wear", WORN.values(), ids=WORN)
def test_the_numbers_of_a_worn_table_stay_in_their_cells(paper: Any, wear: Wear) -> None:
    right = [[row[0], *row[2:]] for row in ROWS]
    kept = 0
    for seed in range(12):
        rows = [[row[0], *row[2:]] for row in texts(paper, wear.on(drawn(paper), seed)) if row[0] in {row[0] for row in ROWS}]
        kept += rows == right
        by_code = {row[0]: row for row in right}
        assert all(cell in ("^", *by_code[row[0]]) for row in rows for cell in row), rows
    assert kept >= 11


@pytest.mark.parametrize("missing", range(len(XS) + len(YS)))
def test_one_rule_that_is_not_found_puts_no_number_into_another_row_or_column(paper: Any, missing: int) -> None:
    page = drawn(paper)
    rules = drawn_lines(page.rules)
    worn = Page(1, page.width_pt, page.height_pt, page.reader, "test", page.words, tuple(rules[:missing] + rules[missing + 1 :]))
    layout = lay_out([worn])
    by_row = {row[0]: row for row in ROWS}
    for row in (row for table in layout.tables for row in paper.texts(table)):
        if row[0] in by_row and len(row) == len(HEAD):
            assert row[2:] == by_row[row[0]][2:]
    found = [cell for table in layout.tables for row in paper.texts(table) for cell in row]
    assert sum(text in found for row in ROWS for text in row[2:]) >= 20


@pytest.mark.parametrize("make", [drawn, undrawn])
@pytest.mark.parametrize("hidden", [(0, 2), (3, 2), (3, 3), (6, 4)])
@pytest.mark.parametrize("becomes", ["", UNREAD])
def test_a_hidden_score_pulls_nothing_into_its_cell(paper: Any, make: Any, hidden: tuple[int, int], becomes: str) -> None:
    row, column = hidden
    page = without(make(paper), ROWS[row][column], becomes)
    wanted = [list(cells) for cells in [HEAD, *ROWS]]
    wanted[row + 1][column] = becomes
    assert texts(paper, page) == wanted


@pytest.mark.parametrize("make", [drawn, undrawn])
def test_a_row_whose_scores_are_all_hidden_stays_a_row(paper: Any, make: Any) -> None:
    page = make(paper)
    for text in ROWS[3][2:]:
        page = without(page, text)
    assert texts(paper, page) == [HEAD, *ROWS[:3], [*ROWS[3][:2], "", "", ""], *ROWS[4:]]


def test_a_break_is_closed_and_two_tables_end_to_end_stay_two(paper: Any) -> None:
    broken = [Rule(50, 100, 200, 100), Rule(207, 100.8, 530, 100.8)]
    assert len(texts(paper, paper.page(paper.filled(XS, YS, [HEAD, *ROWS]), [*paper.lattice(XS, YS)[1:], *broken]))) == 8
    left, right = (50.0, 150.0, 280.0), (287.0, 400.0, 530.0)
    ys = (100.0, 130.0, 160.0)
    words: list[Word] = [*paper.filled(left, ys, [["a", "1.25"], ["b", "2.25"]]), *paper.filled(right, ys, [["c", "3.25"], ["d", "4.25"]])]
    assert len(lay_out([paper.page(words, [*paper.lattice(left, ys), *paper.lattice(right, ys)])]).tables) == 2
