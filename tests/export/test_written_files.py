"""What lies in the folder after a run: the same values in every format, typed, safe and described."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas
import pyarrow.parquet as pq
import pytest

from prongsai.export import Written, load_schema, write_tables
from prongsai.export import xlsx_file as xlsx
from prongsai.export.schema import ColumnType, TableSpec
from prongsai.records import Tables

SCHEMA = load_schema()
each_table = pytest.mark.parametrize("spec", SCHEMA, ids=lambda spec: spec.name)
Rows = list[tuple[Any, ...]]


def parquet_rows(folder: Path, spec: TableSpec) -> Rows:
    table = pq.read_table(folder / "parquet" / f"{spec.name}.parquet")
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


def csv_rows(folder: Path, spec: TableSpec) -> list[list[str]]:
    with (folder / "csv" / f"{spec.name}.csv").open(encoding="utf-8-sig", newline="") as stream:
        header, *rows = csv.reader(stream, strict=True)
    assert header == [column.name for column in spec.columns]
    return rows


def sheet_rows(folder: Path, name: str) -> Rows:
    book = openpyxl.load_workbook(folder / "prongsai.xlsx")
    return list(book[name].iter_rows(min_row=2, values_only=True))


def parsed(cell: str, kind: ColumnType) -> object:
    if cell == "":
        return None
    if kind is ColumnType.STRING:
        return cell.removeprefix("'")
    if kind is ColumnType.BOOLEAN:
        return {"true": True, "false": False}[cell]
    return {ColumnType.INTEGER: int, ColumnType.DECIMAL: Decimal, ColumnType.FLOAT: float}[kind](cell)


@each_table
def test_csv_holds_what_parquet_holds(folder: Path, spec: TableSpec) -> None:
    rows = [tuple(parsed(cell, column.type) for cell, column in zip(row, spec.columns, strict=True)) for row in csv_rows(folder, spec)]
    assert rows == parquet_rows(folder, spec)


@each_table
def test_duckdb_holds_what_parquet_holds(folder: Path, spec: TableSpec) -> None:
    with duckdb.connect(str(folder / "prongsai.duckdb"), read_only=True) as connection:
        assert connection.execute(f"SELECT * FROM {spec.name}").fetchall() == parquet_rows(folder, spec)


@each_table
def test_excel_holds_what_parquet_holds(folder: Path, spec: TableSpec) -> None:
    def shown(cell: Any) -> Any:
        if isinstance(cell, str):
            return cell if len(cell) <= xlsx.MAX_CHARACTERS else cell[: xlsx.MAX_CHARACTERS - 1] + "…"
        return float(cell) if isinstance(cell, Decimal) else cell

    def read(cell: Any) -> Any:
        # openpyxl gives back the escapes of a carriage return that Excel itself undoes.
        return cell.replace("_x000D_", "\r") if isinstance(cell, str) else cell

    rows = [tuple(map(read, row)) for row in sheet_rows(folder, spec.name)]
    assert rows == [tuple(map(shown, row)) for row in parquet_rows(folder, spec)]


def test_files_are_where_they_are_expected(written: Written) -> None:
    names = [spec.name for spec in SCHEMA]
    assert written.files == (
        *(f"csv/{name}.csv" for name in names),
        *(f"parquet/{name}.parquet" for name in names),
        "prongsai.duckdb",
        "prongsai.xlsx",
        "datapackage.json",
    )
    there = {path.relative_to(written.folder).as_posix() for path in written.folder.rglob("*") if path.is_file()}
    assert there == set(written.files)
    assert all(path.is_file() for path in written.paths)


def test_printed_texts_are_faithful(folder: Path, tables: Tables) -> None:
    frame = pandas.read_parquet(folder / "parquet" / "mentions.parquet")
    assert list(frame["printed_value"]) == [mention.printed_value for mention in tables.mentions]
    assert frame["agency"][0] == tables.mentions[0].agency
    assert frame["question"][0] == tables.mentions[0].question


def test_scores_are_exact_and_sum_exactly(folder: Path) -> None:
    with duckdb.connect(str(folder / "prongsai.duckdb"), read_only=True) as connection:
        total = connection.execute("SELECT sum(value) FROM mentions WHERE kind = 'difference'").fetchone()
        thirty = connection.execute("SELECT value FROM mentions WHERE scale = 30").fetchone()
    assert total == (Decimal("-1.6200"),)
    assert thirty == (Decimal("41.6667"),)


def test_csv_prints_two_to_four_decimals(folder: Path) -> None:
    with (folder / "csv" / "mentions.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["value"] for row in rows] == ["97.32", "-1.13", "-0.49", "41.6667", "", "97.32", "97.32", "100.00", ""]
    assert [rows[0][side] for side in ("x0", "top", "x1", "bottom")] == ["72.00", "100.13", "130.00", "112.50"]
    assert rows[0]["confidence"] == "0.9876"


def test_csv_starts_with_a_mark_and_ends_lines_as_excel_does(folder: Path) -> None:
    data = (folder / "csv" / "grades.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfdoc_id,")
    assert data.endswith(b"\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == 2


def test_no_text_cell_of_a_csv_file_starts_like_a_formula(folder: Path) -> None:
    cells = {
        cell
        for spec in SCHEMA
        for row in csv_rows(folder, spec)
        for cell, column in zip(row, spec.columns, strict=True)
        if column.type is ColumnType.STRING and cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    }
    assert cells == {"-0.49", "+0.63"}, "a sign and a plain number is all that may stay"
    guarded = {cell for row in csv_rows(folder, SCHEMA[1]) for cell in row if cell.startswith("'")}
    assert guarded == {"'-๑.๑๓", "'=1+1", "'@SUM(A1)", "''quoted'", "'\tTAB", "'+๐.๖๓"}


def test_no_excel_cell_is_a_formula_or_a_link_and_risky_ones_are_marked(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / "prongsai.xlsx")["mentions"]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row if isinstance(cell.value, str)]
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)
    marked = {cell.value for cell in cells if cell.style_id and sheet.parent._cell_styles[cell.style_id].quotePrefix}
    assert marked == {"-๑.๑๓", "=1+1", "-0.49", "@SUM(A1)", "'quoted'", "\tTAB", "+๐.๖๓"}


def test_excel_is_made_for_reading(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "prongsai.xlsx")
    assert book.sheetnames == [*(spec.name for spec in SCHEMA), "about"]
    sheet = book["mentions"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{openpyxl.utils.get_column_letter(len(SCHEMA[1].columns))}10"
    assert all(cell.font.b for cell in sheet[1])
    assert sheet.column_dimensions["A"].width > 15


def test_what_did_not_fit_is_said(written: Written) -> None:
    assert written.notes == (
        "mentions.top: 1 numbers too large for the column were left empty",
        "mentions.value: 1 numbers too large for the column were left empty",
        "prongsai.xlsx, mentions: 1 cells longer than 32767 characters were cut; the other files hold them whole",
    )
    assert "1 cells" in sheet_rows(written.folder, "about")[1][4]


def test_a_table_too_long_for_excel_is_left_out_and_said(tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_ROWS", len(tables.mentions))
    notes = write_tables(tables, tmp_path, ["xlsx"]).notes
    assert any("mentions: left out: 9 rows" in note for note in notes)
    assert "mentions" not in openpyxl.load_workbook(tmp_path / "prongsai.xlsx").sheetnames
    assert "left out" in sheet_rows(tmp_path, "about")[1][4]


def test_parquet_and_duckdb_are_typed_and_described(folder: Path) -> None:
    field = pq.read_schema(folder / "parquet" / "mentions.parquet").field("value")
    assert str(field.type) == "decimal128(9, 4)"
    assert field.metadata[b"description_th"].decode().startswith("ค่าตัวเลข")
    with duckdb.connect(str(folder / "prongsai.duckdb"), read_only=True) as connection:
        rows = connection.execute("SELECT column_name, data_type, is_nullable, comment FROM duckdb_columns() WHERE table_name='mentions'")
        columns = {name: (kind, nullable, comment) for name, kind, nullable, comment in rows.fetchall()}
    assert columns["value"][:2] == ("DECIMAL(9,4)", True)
    assert columns["page"][:2] == ("INTEGER", False)
    assert all("\n" in comment for _, _, comment in columns.values())


def test_odd_texts_are_kept_visible(folder: Path) -> None:
    mentions = pandas.read_parquet(folder / "parquet" / "mentions.parquet")
    assert mentions["question"][7] == "a␀b␟c\rd"
    assert mentions["question"][6] == "NA"
    assert pandas.read_parquet(folder / "parquet" / "documents.parquet")["path"][1] == r"gone\udcff.pdf"


def test_frictionless_finds_nothing_wrong(folder: Path) -> None:
    import frictionless

    report = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["title", "fieldName", "rowNumber", "note"])
    assert len(report.tasks) == len(SCHEMA)


def test_frictionless_sees_a_changed_file(tables: Tables, tmp_path: Path) -> None:
    import frictionless

    write_tables(tables, tmp_path, ["csv"])
    path = tmp_path / "csv" / "grades.csv"
    path.write_bytes(path.read_bytes().replace(b"2568", b"2567"))
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def test_datapackage_names_what_is_there_and_no_time(folder: Path, tables: Tables) -> None:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert [(one["name"], one["rows"]) for one in package["resources"]] == [(s.name, len(getattr(tables, s.name))) for s in SCHEMA]
    for one in package["resources"]:
        assert one["bytes"] == (folder / one["path"]).stat().st_size
        assert (folder / one["parquet"]["path"]).is_file()
        assert all(field["description"] and field["description_th"] for field in one["schema"]["fields"])
    assert "created" not in package


def test_an_empty_run_is_six_empty_tables(tmp_path: Path) -> None:
    import frictionless

    write_tables(Tables(), tmp_path)
    for spec in SCHEMA:
        assert parquet_rows(tmp_path, spec) == []
        assert csv_rows(tmp_path, spec) == []
        assert sheet_rows(tmp_path, spec.name) == []
    assert frictionless.validate(str(tmp_path / "datapackage.json")).valid
