"""Reading a run back into pandas."""

from __future__ import annotations

import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pandas
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from prongsai.errors import OutputError
from prongsai.export import load_schema, read_tables, split_list, write_tables
from prongsai.records import Tables


def test_csv_and_parquet_give_equal_frames(folder: Path) -> None:
    parquet, csv = read_tables(folder, "parquet"), read_tables(folder, "csv")
    assert list(parquet) == list(csv) == [spec.name for spec in load_schema()]
    for name in parquet:
        assert_frame_equal(parquet[name], csv[name])


def test_types_are_those_that_pandas_can_count_with(folder: Path) -> None:
    mentions = read_tables(folder)["mentions"]
    assert {str(mentions[name].dtype) for name in ("page", "table", "fiscal_year", "scale", "line")} == {"Int64"}
    assert {str(mentions[name].dtype) for name in ("value", "x0", "confidence")} == {"float64"}
    assert all(isinstance(mentions[name].dtype, pandas.StringDtype) for name in ("doc_id", "question", "candidates"))
    assert mentions["value"][0] == 97.32
    assert mentions["fiscal_year"].isna().sum() == 1


def test_texts_come_back_as_they_were_printed(folder: Path, tables: Tables) -> None:
    for source in ("parquet", "csv"):
        mentions = read_tables(folder, source)["mentions"]
        assert list(mentions["printed_value"]) == [mention.printed_value for mention in tables.mentions]
        assert [split_list(cell) for cell in mentions["candidates"].fillna("")] == [mention.candidates for mention in tables.mentions]
        assert mentions["agency"].isna()[6]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(
        alphabet=st.characters(exclude_categories=["Cs"], exclude_characters=[chr(code) for code in range(32) if chr(code) not in "\t\n\r"])
    )
    | st.text(alphabet="=+-@'\"\t\r\n,|๑1. "),
    value=st.decimals(-100, 100, places=4),
)
def test_any_text_and_any_score_come_back(tables: Tables, tmp_path: Path, text: str, value: Decimal) -> None:
    mention = replace(tables.mentions[0], question=text, value=value, candidates=(text,))
    write_tables(replace(tables, mentions=(mention,)), tmp_path, ["csv", "parquet"])
    for source in ("parquet", "csv"):
        row = read_tables(tmp_path, source)["mentions"].fillna({"question": "", "candidates": ""}).iloc[0]
        assert row["question"] == text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
        assert row["value"] == float(value)


def test_csv_is_read_where_there_is_no_parquet(tables: Tables, tmp_path: Path) -> None:
    write_tables(tables, tmp_path, ["csv"])
    assert len(read_tables(tmp_path)["mentions"]) == len(tables.mentions)


def test_parquet_is_read_where_there_is_no_csv(tables: Tables, tmp_path: Path) -> None:
    write_tables(tables, tmp_path, ["parquet"])
    assert len(read_tables(tmp_path)["mentions"]) == len(tables.mentions)


@pytest.mark.parametrize("later", [["csv"], ["parquet"]])
def test_two_runs_in_one_folder_are_not_taken_for_one(tables: Tables, tmp_path: Path, later: list[str]) -> None:
    write_tables(tables, tmp_path)
    write_tables(replace(tables, mentions=tables.mentions[:1]), tmp_path, later)
    with pytest.raises(OutputError, match="different runs"):
        read_tables(tmp_path)
    assert len(read_tables(tmp_path, later[0])["mentions"]) == 1


def test_a_folder_without_a_run(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="holds no tables"):
        read_tables(tmp_path)


def test_a_run_with_a_table_missing(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "csv", tmp_path / "csv")
    (tmp_path / "csv" / "grades.csv").unlink()
    with pytest.raises(OutputError, match="grades"):
        read_tables(tmp_path)
