"""Cells among codes that read as none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prongsai.matching.codes.damaged import CodeColumns, code_columns, code_readings
from prongsai.matching.codes.tokens import Token
from prongsai.matching.grid import CellFacts, read_cell
from prongsai.matching.vocabulary import Vocabulary
from prongsai.records import Candidate, Cell, Passage, Place, Run

Facts = Callable[..., CellFacts]


@pytest.fixture(scope="module")
def facts(words: Vocabulary) -> Facts:
    def read(text: str, column: int = 0, candidates: tuple[Candidate, ...] = ()) -> CellFacts:
        place = Place(1)
        passage = Passage(text, (Run(0, len(text), place, candidates=candidates),))
        return read_cell(Cell(0, column, passage, place), words)

    return read


def test_columns_of_codes_are_told_by_their_letters(facts: Facts) -> None:
    cells = [
        facts("i๑"),
        facts("i๒"),
        facts("๓", 1),
        facts("๔", 1),
        facts("e๑ ช่องทางการเผยแพร่", 2),
        facts("e๒ การสื่อสาร", 2),
        facts("o๑", 3),
    ]

    assert code_columns(cells) == CodeColumns(frozenset({0}), frozenset({2}))


@pytest.mark.parametrize(
    ("text", "column", "token"),
    [
        ("โ๔", 0, Token("โ", "4")),
        ("\N{REPLACEMENT CHARACTER}", 0, Token("\N{REPLACEMENT CHARACTER}", "")),
        ("i๑e", 0, Token("i", "1e")),
        ("1o๔", 0, Token("", "1o4")),
        ("i๑ ก", 1, Token("i", "1")),
        ("โ๔", 1, None),  # no codes stand there
        ("โ๔ ช่องทางการเผยแพร่ข้อมูล", 2, Token("โ", "4")),
        ("การ ช่องทางการเผยแพร่ข้อมูล", 2, None),
        ("๙๘.๕๐", 0, None),
        ("หมายเหตุท้ายตาราง", 0, None),
    ],
)
def test_a_cell_among_codes_may_be_a_damaged_one(text: str, column: int, token: Token | None, facts: Facts) -> None:
    taken = CodeColumns(frozenset({0}), frozenset({2})).taken_for_code(facts(text, column))

    assert taken.token == token


def test_readings_are_those_of_the_reader(facts: Facts) -> None:
    candidates = (Candidate("i๓", 0.6), Candidate("i๗", 0.4))

    assert code_readings(facts("i๓", 0, candidates)) == ((Token("i", "3"), 0.6), (Token("i", "7"), 0.4))
    assert code_readings(facts("i๓")) == ()
