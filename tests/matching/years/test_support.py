"""The year of a document that says it unsurely: what tables compare and titles print, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from prongsai.matching.model import Dated
from prongsai.matching.vocabulary import Vocabulary
from prongsai.matching.years.support import dated_result
from prongsai.matching.years.years import DocumentYears
from prongsai.records import Block, Cell, Paragraph, Passage, Place, Table

SAYS_NOTHING = DocumentYears(None, None, None, frozenset())
UNSURE = DocumentYears(2568, 2568, 0.5, frozenset({2567, 2568}))


def text(printed: str) -> Paragraph:
    return Paragraph(Passage(printed), Place(1))


def table(*years: str, number: int = 1) -> Table:
    rows = [["ตัวชี้วัด", *years], ["การใช้อำนาจ", "90.00", "91.00"]]
    cells = [Cell(row, column, Passage(cell), Place(1)) for row, texts in enumerate(rows) for column, cell in enumerate(texts)]
    return Table(number, tuple(cells), 2, 3)


def test_a_sure_year_is_kept(words: Vocabulary) -> None:
    sure = DocumentYears(2568, 2568, 0.9, frozenset({2568}))
    assert dated_result(sure, [table("2566", "2567"), table("2566", "2567")], words) == Dated(2568, "document", 0.9)


def test_tables_that_compare_two_years_decide_for_the_newer(words: Vocabulary) -> None:
    assert dated_result(UNSURE, [table("2566", "2567"), table("๒๕๖๖", "๒๕๖๗")], words) == Dated(2567, "tables", 0.8)
    assert dated_result(UNSURE, [table("2567", "2568"), table("2567", "2568")], words) == Dated(2568, "document", 0.5)


@pytest.mark.parametrize(
    "blocks", [[table("2566", "2567")], [table("2565", "2567"), table("2565", "2567")], [table("2567", ""), table("2567", "")]]
)
def test_less_than_that_decides_nothing(blocks: Sequence[Block], words: Vocabulary) -> None:
    assert dated_result(UNSURE, blocks, words) == Dated(2568, "document", 0.5)


def test_the_only_year_in_titles_is_taken_where_nothing_else_says_one(words: Vocabulary) -> None:
    assert dated_result(SAYS_NOTHING, [text("ผลการประเมินของหน่วยงาน"), text("ปรงบม 2566")], words) == Dated(2566, "title", 0.6)
    assert dated_result(SAYS_NOTHING, [text("ปรงบม 2566"), text("ปรงบม 2567")], words) is None
    assert dated_result(SAYS_NOTHING, [text("ยาว " * 80 + "2566")], words) is None
