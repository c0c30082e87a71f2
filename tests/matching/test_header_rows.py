"""Which rows of a table are its header, though cells of it cannot be read."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from prongsai.matching.grid import Grid
from prongsai.matching.header_rows import header_parts
from prongsai.matching.vocabulary import Vocabulary
from prongsai.records import Cell, Passage, Place, Table

BODY = [["a place", "90.00", "80.00", "70.00"], ["another", "91.00", "81.00", "100"], ["third", "92.00", "82.00", "72.00"]]


def heads(rows: Sequence[Sequence[str]], words: Vocabulary, *, is_ruled: bool = True) -> tuple[int, ...]:
    cells = [Cell(at, column, Passage(text), Place(1)) for at, row in enumerate(rows) for column, text in enumerate(row)]
    return header_parts(Grid(Table(1, tuple(cells), len(rows), len(rows[0]), is_ruled), words), words)[0].heads


@pytest.mark.parametrize("row", [["x", "first place", "second place", "third place"], ["x", "", "IIT", "(40)"], ["", "1", "2", "3"]])
def test_a_row_over_columns_of_scores_is_their_header(row: list[str], words: Vocabulary) -> None:
    assert heads([row, *BODY], words) == (0,)


@pytest.mark.parametrize(
    "row",
    [["a place", "89.00", "79.00", "69.00"], ["a place", "100", "text", "text"], ["a place", "", "", "text"], ["a place", "", "", "69.00"]],
)
def test_a_row_with_a_score_is_none(row: list[str], words: Vocabulary) -> None:
    assert heads([row, *BODY], words) == ()


def test_names_of_indicators_across_head_an_undrawn_table(words: Vocabulary) -> None:
    across = ["1. การปฏิบัติหน้าที่", "2. การใช้งบประมาณ", "3. การใช้อำนาจ"]
    assert heads([across, ["90.00", "80.00", "70.00"]], words, is_ruled=False) == (0,)
