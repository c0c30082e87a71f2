from collections.abc import Sequence
from typing import Any

from prongsai.layout import lay_out
from prongsai.records import Word

XS = (60.0, 200.0, 280.0, 360.0, 440.0)
BODY = [
    ["2567", "81.59", "80.56", "84.33", "86.88"],
    ["2568", "83.44", "83.54", "83.51", "99.00"],
    ["2569", "85.44", "85.54", "85.51", "98.00"],
]


def put(paper: Any, rows: Sequence[tuple[float, Sequence[tuple[float, str]]]]) -> list[Word]:
    """Words whose middles are at the given x, line by line at the given y."""
    return [word for y, line in rows for x, text in line for word in paper.words(text, x - 3 * len(text), y)]


def centred(rows: Sequence[Sequence[str]], top: float, step: float = 20) -> list[tuple[float, list[tuple[float, str]]]]:
    return [(top + step * at, [(x, text) for x, text in zip(XS, row, strict=True) if text]) for at, row in enumerate(rows)]


def texts(paper: Any, words: list[Word]) -> list[list[str]]:
    (table,) = lay_out([paper.page(words)]).tables
    grid: list[list[str]] = paper.texts(table)
    return grid


def test_a_name_over_two_columns_is_merged_over_both(paper: Any) -> None:
    names = [(60.0, "year"), (200.0, "IIT"), (440.0, "OIT")]
    head = [(84.0, [(320.0, "EIT")]), (96.0, names), (108.0, [(280.0, "part 1"), (360.0, "part 2")])]
    found = texts(paper, put(paper, [*head, *centred(BODY, 128)]))
    assert found[0][2:4] == ["EIT", "^"]
    assert found[-3:] == BODY


def test_names_that_wrap_are_one_row_of_the_header(paper: Any) -> None:
    head = [["year of", "score", "score", "score", "score"], ["result", "of IIT", "of EIT1", "of EIT2", "of OIT"]]
    found = texts(paper, put(paper, [*centred(head, 100, 14), *centred(BODY, 140)]))
    assert found == [["year of result", "score of IIT", "score of EIT1", "score of EIT2", "score of OIT"], *BODY]


def test_parts_under_the_first_of_their_columns_stay_a_row_below(paper: Any) -> None:
    head = [["year", "IIT", "EIT", "", "OIT"], ["", "", "part 1", "part 2", ""]]
    found = texts(paper, put(paper, [*centred(head, 100, 14), *centred(BODY, 140)]))
    assert found[:2] == head


def test_the_last_digit_of_a_number_that_wraps_is_in_its_cell(paper: Any) -> None:
    head = [["agency", "IIT", "EIT1", "EIT2", "OIT"]]
    rows = [
        ["one", "81.59", "80.5", "84.33", "86.8"],
        ["two", "83.44", "83.54", "83.51", "99.0"],
        ["three", "85.44", "85.54", "85.51", "98.00"],
    ]
    lines = [(100.0, centred(head, 0)[0][1]), (120.0, centred(rows, 0)[0][1]), (133.0, [(280.0, "6"), (440.0, "8")])]
    lines += [(153.0, centred(rows[1:], 0)[0][1]), (166.0, [(440.0, "1")]), (186.0, centred(rows[2:], 0)[0][1])]
    found = texts(paper, put(paper, lines))
    assert found[1:] == [["one", "81.59", "80.5 6", "84.33", "86.8 8"], ["two", "83.44", "83.54", "83.51", "99.0 1"], rows[2]]


def test_a_name_that_wraps_is_no_row_without_scores(paper: Any) -> None:
    lines = centred([["1 agency", "81.59", "80.56", "84.33", "86.88"], ["2 agency", "83.44", "83.54", "83.51", "99.00"]], 100)
    lines += [(140.0, [(60.0, "of a town")]), *centred([["3 agency", *BODY[0][1:]], ["4 agency", *BODY[1][1:]]], 160)]
    found = texts(paper, put(paper, lines))
    assert [row[0] for row in found] == ["1 agency", "2 agency of a town", "3 agency", "4 agency"]
