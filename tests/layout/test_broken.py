"""Numbers that narrow columns break over two lines, and what becomes of the lines that they run through."""

from collections.abc import Sequence
from typing import Any

import pytest

from prongsai.layout import lay_out
from prongsai.layout.broken import as_one, rows_of_broken
from prongsai.layout.lines import lines_of
from prongsai.records import Word

XS = (60.0, 90.0, 300.0, 360.0, 420.0)
HEAD = ["no", "agency", "IIT", "EIT", "OIT"]


def table(paper: Any, rows: Sequence[Sequence[str]]) -> list[Word]:
    """Rows 44 pt apart whose lines of text, 15 pt apart, stand in the middle; a header of one line above them."""
    words = [word for x, text in zip(XS, HEAD, strict=True) for word in paper.words(text, x, 76)]
    for row, cells in enumerate(rows):
        for x, text in zip(XS, cells, strict=True):
            lines = text.split("\n")
            for number, line in enumerate(lines):
                words += paper.words(line, x, 100 + 44 * row + 15 * number - 7.5 * (len(lines) - 1))
    return words


def test_a_number_broken_over_two_lines_is_one_in_one_row(paper: Any) -> None:
    rows = [
        ["1", "first", "80.6\n0", "82.4\n8", "87.1\n3"],
        ["2", "second", "98.4\n5", "97.8\n4", "100"],
        ["3", "third that\nwraps", "84.5\n2", "82.4\n1", "88.8\n8"],
        ["4", "fourth", "94.1\n9", "94.5\n9", "93.7\n5"],
    ]
    (found,) = lay_out([paper.page(table(paper, rows))]).tables

    assert paper.texts(found) == [HEAD, *([text.replace("\n", " ") for text in row] for row in rows)]


@pytest.mark.parametrize(
    "below",
    [
        ["", "", "0", "", "77.1"],  # beside the rest stands a whole number
        ["", "", "05", "", ""],  # two digits are one too many
        ["", "", "", "", "0"],  # nothing is begun above it
    ],
)
def test_what_is_no_rest_stays_a_line_of_its_own(paper: Any, below: list[str]) -> None:
    rows = [["1", "first", "80.6", "", ""], below, ["2", "second", "81.6", "", ""], below]
    words = [
        w for row, cells in enumerate(rows) for x, text in zip(XS, cells, strict=True) if text for w in paper.words(text, x, 100 + 15 * row)
    ]

    assert all(len(row) == 1 for row in rows_of_broken(lines_of(words)))


def test_one_number_over_a_digit_is_not_taken_for_broken(paper: Any) -> None:
    lines = lines_of([*paper.words("80.6", 300, 100), *paper.words("5", 306, 115)])

    assert rows_of_broken(lines) == [(line,) for line in lines]


def test_lines_as_one_have_their_words_from_left_to_right(paper: Any) -> None:
    lines = lines_of([*paper.words("80.6", 300, 100), *paper.words("a", 60, 107), *paper.words("5 b", 306, 115)])

    assert as_one(lines).text == "a 80.6 5 b"
