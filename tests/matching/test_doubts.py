"""Numbers whose name is not sure are told, not given: in tables without rules, and where a rule was lost."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from prongsai.knowledge import Knowledge
from prongsai.matching.codes.columns import Decoder
from prongsai.matching.model import Context
from prongsai.matching.tables import TableReading, read_table
from prongsai.matching.vocabulary import Vocabulary
from prongsai.records import Cell, Passage, Place, Table

INDICATORS = [["ตัวชี้วัด", "", "คะแนน"], ["IIT", "การปฏิบัติหน้าที่", "90.00"], ["IIT", "การใช้งบประมาณ", "91.00"]]


@pytest.fixture
def read(words: Vocabulary, knowledge: Knowledge) -> object:
    def reading(rows: Sequence[Sequence[str]], *, is_ruled: bool = False) -> TableReading:
        cells = tuple(Cell(r, c, Passage(text), Place(1)) for r, row in enumerate(rows) for c, text in enumerate(row))
        table = Table(1, cells, len(rows), max(map(len, rows)), is_ruled)
        return read_table(table, Context(), words, Decoder(knowledge.frameworks[2568], knowledge))

    return reading


def _said(reading: TableReading) -> list[str]:
    return [f"{claim.code} {claim.numeral.value}" for claim in reading.claims]


def _told(reading: TableReading) -> list[str]:
    return [facts.cell.text for facts in reading.unmatched]


@pytest.mark.parametrize("name", ["", "ราชการ", "การใช้อำนาจ การใช้ทรัพย์สินของราชการ"])
def test_a_score_whose_own_name_is_not_read_is_not_its_instruments(read: object, name: str) -> None:
    assert callable(read)
    reading = read([*INDICATORS, ["IIT", name, "97.42"]])
    assert _said(reading) == ["ind1 90.00", "ind2 91.00"]
    assert _told(reading) == ["97.42"]


def test_a_number_left_of_a_name_is_not_of_it(read: object) -> None:
    assert callable(read)
    reading = read([["เครื่องมือ", "ตัวชี้วัด", "คะแนน"], ["98.78", "การใช้อำนาจ", "99.27"], ["", "การใช้งบประมาณ", "99.86"]])
    assert _said(reading) == ["ind3 99.27", "ind2 99.86"]
    assert _told(reading) == ["98.78"]


@pytest.mark.parametrize("is_ruled", [True, False])
def test_a_name_beside_a_questions_code_claims_no_indicator(read: object, is_ruled: bool) -> None:
    assert callable(read)
    rows = [["ตัวชี้วัด", "ข้อ", "คะแนน"], ["การเปิดเผยข้อมูล", "คำถาม o 1", "100.00"], ["การปฏิบัติหน้าที่ i 2", "", "97.21"]]
    assert [code for code in _said(read(rows, is_ruled=is_ruled)) if code.startswith("ind")] == []


def test_a_zero_in_a_column_of_its_own_is_no_score(read: object) -> None:
    assert callable(read)
    rows = [["ข้อ", "2567", "2568", "", "ผลต่าง"], ["i8", "97.63", "99.44", "", "+1.81"], ["i9", "100", "100", "0", ""]]
    assert sorted(_said(read(rows))) == sorted(["i8 97.63", "i8 99.44", "i8 1.81", "i9 100", "i9 100"])


def test_a_year_that_wrapped_from_a_wording_is_not_the_rows(read: object) -> None:
    assert callable(read)
    rows = [
        ["ข้อ", "คำถาม", "คะแนน"],
        ["o24", "ประจำปี พ.ศ.2567", "100"],
        ["o25", "แผนปฏิบัติการป้องกันการทุจริต", "100"],
        ["o26", "รายงานผลการดำเนินการป้องกันการทุจริต", "100"],
    ]
    assert [claim.year for claim in read(rows).claims] == [None, None, None]
