from itertools import pairwise
from typing import Any

from prongsai.layout import lay_out
from prongsai.records import Rule

XS, YS = (50.0, 250.0, 400.0, 530.0), (100.0, 130.0, 160.0, 190.0, 220.0)
ROWS = [["topic", "2567", "2568"], ["1. duty", "98.45", "97.32"], ["2. budget", "97.32", "97.95"], ["3. power", "98.32", "99.48"]]


def rows(paper: Any, rules: list[Rule], cells: list[list[str]] | None = None) -> list[list[str]]:
    (table,) = lay_out([paper.page(paper.filled(XS, YS, cells or ROWS), rules)]).tables
    grid: list[list[str]] = paper.texts(table)
    return grid


def lattice(paper: Any, *missing: Rule) -> list[Rule]:
    """The cells' borders one by one, without those that are missing."""
    pieces = [Rule(x0, y, x1, y) for y in YS for x0, x1 in pairwise(XS)]
    pieces += [Rule(x, top, x, bottom) for x in XS for top, bottom in pairwise(YS)]
    assert all(rule in pieces for rule in missing)
    return [piece for piece in pieces if piece not in missing]


def test_a_wall_missing_between_two_numbers_is_put_back(paper: Any) -> None:
    assert rows(paper, lattice(paper, Rule(400, 160, 400, 190))) == ROWS
    assert rows(paper, lattice(paper, Rule(250, 160, 400, 160))) == ROWS


def test_a_wall_missing_between_a_label_and_its_number_is_put_back(paper: Any) -> None:
    assert rows(paper, lattice(paper, Rule(250, 160, 250, 190))) == ROWS


def test_a_wall_missing_beside_a_hidden_number_leaves_the_next_in_its_own_column(paper: Any) -> None:
    hidden = [ROWS[0], ROWS[1], ["2. budget", "", "97.95"], ROWS[3]]
    assert rows(paper, lattice(paper, Rule(400, 160, 400, 190)), hidden) == hidden


def test_a_rule_between_rows_that_is_lost_is_found_by_the_numbers(paper: Any) -> None:
    lost = [Rule(x0, 160, x1, 160) for x0, x1 in pairwise(XS)]
    assert rows(paper, lattice(paper, *lost)) == ROWS


def test_a_header_that_ran_into_the_first_row_is_parted_from_it(paper: Any) -> None:
    lost = [Rule(x0, 130, x1, 130) for x0, x1 in pairwise(XS)]
    assert rows(paper, lattice(paper, *lost)) == ROWS


def test_a_rule_between_columns_that_is_lost_is_found_by_the_white(paper: Any) -> None:
    lost = [Rule(250, top, 250, bottom) for top, bottom in pairwise(YS)]
    assert rows(paper, lattice(paper, *lost))[1:] == ROWS[1:]


def test_merged_cells_stay_merged(paper: Any) -> None:
    missing = [Rule(250, 100, 250, 130), Rule(400, 100, 400, 130), Rule(50, 160, 250, 160)]
    cells = [["scores of both years", "", ""], ["part", "98.45", "97.32"], ["", "97.32", "97.95"], ROWS[3]]
    assert rows(paper, lattice(paper, *missing), cells) == [
        ["scores of both years", "^", "^"],
        ["part", "98.45", "97.32"],
        ["^", "97.32", "97.95"],
        ROWS[3],
    ]


def test_rows_that_ran_together_are_parted_though_a_number_of_one_is_hidden(paper: Any) -> None:
    lost = [Rule(x0, y, x1, y) for x0, x1 in pairwise(XS) for y in (160, 190)]
    hidden = [ROWS[0], ["duty", "98.45", "97.32"], ["budget", "97.32", "97.95"], ["power", "98.32", ""]]
    assert rows(paper, lattice(paper, *lost), hidden) == hidden


def test_labels_of_rows_whose_rules_are_lost_in_their_column_are_parted(paper: Any) -> None:
    xs, ys = (50.0, 250.0, 400.0), tuple(100.0 + 30 * row for row in range(9))
    cells = [["topic", "score"], *([f"{'abcdefg'[row]} label", f"9{row}.25"] for row in range(7))]
    pieces = [Rule(x0, y, x1, y) for y in ys for x0, x1 in pairwise(xs)] + [Rule(x, a, x, b) for x in xs for a, b in pairwise(ys)]
    lost = [Rule(50, y, 250, y) for y in (190, 220)]
    (table,) = lay_out([paper.page(paper.filled(xs, ys, cells), [rule for rule in pieces if rule not in lost])]).tables
    assert paper.texts(table) == cells


def test_a_label_over_the_rows_of_its_part_stays_merged(paper: Any) -> None:
    xs, ys = (50.0, 250.0, 400.0), tuple(100.0 + 30 * row for row in range(8))
    cells = [
        ["instrument", "score"],
        ["", "91.25"],
        ["survey", "92.25"],
        ["of staff", "93.25"],
        ["", "94.25"],
        ["second", "95.25"],
        ["third", "96.25"],
    ]
    pieces = [Rule(x0, y, x1, y) for y in ys for x0, x1 in pairwise(xs)] + [Rule(x, a, x, b) for x in xs for a, b in pairwise(ys)]
    lost = [Rule(50, y, 250, y) for y in (160, 190, 220)]
    (table,) = lay_out([paper.page(paper.filled(xs, ys, cells), [rule for rule in pieces if rule not in lost])]).tables
    assert [row[0] for row in paper.texts(table)][1:5] == ["survey of staff", "^", "^", "^"]


def test_numbers_of_two_rows_are_parted_where_only_one_column_kept_the_rule(paper: Any) -> None:
    lost = [Rule(250, 160, 400, 160), Rule(50, 160, 250, 160)]
    cells = [["topic", "2567", "2568"], ["1", "98.45", "97.32"], ["", "97.32", "97.95"], ROWS[3]]
    assert [row[1:] for row in rows(paper, lattice(paper, *lost), cells)] == [row[1:] for row in cells]


def test_noise_in_the_white_of_one_row_hides_no_lost_rule(paper: Any) -> None:
    xs, ys = (50.0, 250.0, 530.0), tuple(100.0 + 30 * row for row in range(8))
    cells = [["topic", "2567", "2568"], *([f"label {row}", f"9{row}.25", f"8{row}.50"] for row in range(6))]
    words = [*paper.filled((50.0, 250.0, 400.0), ys, cells), *paper.words("x-x-x-x-x", 330, 163)]
    (table,) = lay_out([paper.page(words, paper.lattice(xs, ys))]).tables
    assert [row[1:] for row in paper.texts(table)][3:] == [row[1:] for row in cells[3:]]
