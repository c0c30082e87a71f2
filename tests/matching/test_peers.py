"""What the other numbers of a column and a row make of one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from prongsai.matching.grid import CellFacts, Grid
from prongsai.matching.peers import Peers
from prongsai.matching.vocabulary import Vocabulary
from prongsai.records import Cell, Passage, Place, Table


def _first(column: Sequence[str], beside: str, words: Vocabulary) -> tuple[Peers, CellFacts]:
    """The peers of a column of cells with another to its right, and the column's first cell."""
    rows = [(text, beside) for text in column]
    cells = tuple(Cell(row, at, Passage(text), Place(1)) for row, texts in enumerate(rows) for at, text in enumerate(texts))
    grid = Grid(Table(1, cells, len(rows), 2), words)
    facts = grid.at(0, 0)
    assert facts is not None
    return Peers(grid, range(len(rows))), facts


@pytest.mark.parametrize(
    ("column", "are_scores"),
    [
        (("8917", "90.00", "100", "-1.20"), True),
        (("8917", "90.00", "85"), False),
        (("8917", "90.00", "1250.00"), False),
        (("8917", "ก"), False),
    ],
)
def test_a_number_stands_among_scores_where_all_others_of_its_column_are(
    column: Sequence[str], are_scores: bool, words: Vocabulary
) -> None:
    peers, facts = _first(column, "", words)
    assert peers.are_scores(facts) is are_scores


@pytest.mark.parametrize(
    ("column", "beside", "is_taken"),
    [
        (("2575", "25.96", "26.94"), "26.10", True),
        (("2575", "25.96", "26.94"), "2566", False),  # a header in the middle of a table
        (("2575", "25.96", "26.94"), "", False),  # a section's year
        (("2575", "2576", "2577"), "26.10", False),
    ],
)
def test_a_year_among_scores_is_one_whose_point_was_lost(column: Sequence[str], beside: str, is_taken: bool, words: Vocabulary) -> None:
    peers, facts = _first(column, beside, words)
    assert facts.is_year
    taken = peers.taken_for_score(facts)
    assert (taken.numeral is not None, taken.is_year) == (is_taken, not is_taken)


@pytest.mark.parametrize(
    ("column", "beside", "is_taken"),
    [
        (("๐๔๔", "-1.20", "0.55"), "", True),
        (("-076", "1.20", "0.55"), "", True),
        (("๐๔๔", "-1.20", "0.55"), "95.10", False),  # a code that slipped in, with its score behind it
        (("04", "-1.20", "0.55"), "", False),
        (("๐๑๒", "๐๑๓", "๐๑๔"), "", False),  # codes
    ],
)
def test_a_code_among_differences_is_one_whose_point_was_lost(
    column: Sequence[str], beside: str, is_taken: bool, words: Vocabulary
) -> None:
    peers, facts = _first(column, beside, words)
    assert facts.token is not None
    assert (peers.taken_for_difference(facts).token is None) is is_taken
