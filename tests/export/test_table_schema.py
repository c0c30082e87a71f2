"""The schema holds what the design promises, what the records carry, and a text for each column."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from prongsai.errors import KnowledgeError
from prongsai.export import TableSpec, load_schema
from prongsai.knowledge import patterns_folder
from prongsai.records import Tables

CONTRACT = {
    "documents": "doc_id path sha256 kind pages agency agency_type district province report_year status reason",
    "mentions": (
        "doc_id path page table row column x0 top x1 bottom agency fiscal_year scope code kind value scale printed_value "
        "printed_code question reader confidence candidates matched_by"
    ),
    "scores": ("doc_id agency fiscal_year scope instrument indicator code value mentions agreement suggested_value suggested_because"),
    "codes": "doc_id path page printed code reason confidence context",
    "grades": "doc_id path page fiscal_year printed grade",
    "findings": "doc_id path page fiscal_year check severity subject printed expected fault message message_th suggestion",
    "claims": "doc_id path page agency fiscal_year kind scope within codes relation bound count value since grade printed",
    "pages": "doc_id path page width_pt height_pt reader reader_version turned_degrees straightened_degrees is_skimmed",
}
DERIVED = {
    "box": {"x0", "top", "x1", "bottom"},
    "pages_by_reader": {"pages_text", "pages_ocr", "pages_given"},
    "fiscal_year": {"fiscal_year", "fiscal_year_ce"},
    "report_year": {"report_year", "report_year_ce"},
}


def spec(name: str) -> TableSpec:
    return next(table for table in load_schema() if table.name == name)


def test_a_table_for_each_field_of_tables() -> None:
    assert [table.name for table in load_schema()] == [field.name for field in fields(Tables)] == list(CONTRACT)


@pytest.mark.parametrize("name", CONTRACT)
def test_the_columns_of_the_contract_come_first(name: str) -> None:
    wanted = CONTRACT[name].split()
    assert [column.name for column in spec(name).columns][: len(wanted)] == wanted


@pytest.mark.parametrize("name", CONTRACT)
def test_every_field_of_the_record_is_in_a_column_and_no_column_is_made_up(name: str) -> None:
    carried: set[str] = set()
    for field in fields(spec(name).record):
        carried |= DERIVED.get(field.name, {field.name})
    assert {column.name for column in spec(name).columns} == carried


@pytest.mark.parametrize("name", CONTRACT)
def test_keys_name_columns_that_are_there(name: str) -> None:
    table = spec(name)
    by_name = {column.name: column for column in table.columns}
    assert all(by_name[key].required for key in table.primary_key)
    assert all(key in by_name and there in {column.name for column in spec(other).columns} for key, other, there in table.foreign_keys)


def test_both_languages_are_there_and_differ() -> None:
    for table in load_schema():
        for column in table.columns:
            assert column.text.en.isascii(), (table.name, column.name)
            assert not column.text.th.isascii(), (table.name, column.name)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("\ntable = {", "\ntabel = {", "tabel"),
        ("[common]\n", '[common]\nspare = { en = "x", th = "x" }\n', "spare"),
        ("[tables.codes.columns]\nprinted = ", "[tables.codes.columns]\n# ", "printed"),
        ('title_en = "Grades"', 'title_en = ""', "title_en"),
        ("[tables.grades]\n", "[tables.grade]\n", "grade"),
        ("[package]\n", "[package]\ncolour = 1\n", "colour"),
        ("[common]\n", "[common\n", "cannot be read"),
        ('page = { en = "The page it stands on, counted from 1.", ', "page = { ", "lacks entries: en"),
    ],
)
def test_a_broken_file_of_texts_is_refused(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    text = (patterns_folder() / "tables.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "tables.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=complaint):
        load_schema(tmp_path)


def test_a_missing_file_of_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="cannot be read"):
        load_schema(tmp_path)
