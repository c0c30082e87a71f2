"""One Excel file, a sheet per table and a sheet `about` that says what each holds and what did not fit.

Rows go straight to disk (constant_memory), since a million mentions are 33 million cells. It is the slow format: 100,000
mentions took 35 to 50 s, where the other three together took 6 s for 200,000.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import xlsxwriter
from xlsxwriter.exceptions import XlsxFileError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from prongsai.export.arrow import Notes, to_floats
from prongsai.export.guard import RISKY
from prongsai.export.schema import Column, ColumnType, TableSpec
from prongsai.export.spool import Rows

MAX_ROWS = 1_048_576
"""Rows of an Excel sheet, its header included."""
MAX_CHARACTERS = 32_767
"""Characters of an Excel cell."""

_CUT_MARK = "\N{HORIZONTAL ELLIPSIS}"
_CREATED = dt.datetime(2000, 1, 1)
"""A fixed date: the time of the run would make equal tables unequal files."""
_WIDTH_SAMPLE = 100
_WIDTHS = (6, 48)


def write_xlsx(tables: Mapping[str, Rows], schema: Sequence[TableSpec], path: Path, notes: Notes) -> None:
    """Writes all tables that fit a sheet; cells that were cut and tables left out are noted.

    Raises OSError where the disk does.
    """
    try:
        _write_book(tables, schema, path, notes)
    except XlsxFileError as error:
        # xlsxwriter hands on what the disk says inside an error of its own.
        cause = error.args[0] if error.args else error
        raise (cause if isinstance(cause, OSError) else OSError(str(error))) from error


def _write_book(tables: Mapping[str, Rows], schema: Sequence[TableSpec], path: Path, notes: Notes) -> None:
    about: list[tuple[TableSpec, int, str]] = []
    options = {
        "constant_memory": True,
        "tmpdir": str(path.parent),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": _CREATED})
        book.use_zip64()
        bold = book.add_format({"bold": True})
        formats = {
            ColumnType.STRING: book.add_format({"quote_prefix": True}),
            ColumnType.DECIMAL: book.add_format({"num_format": "0.00##"}),
            ColumnType.FLOAT: book.add_format({"num_format": "0.00##"}),
        }
        for spec in schema:
            rows = tables[spec.name]
            if rows.num_rows >= MAX_ROWS:
                note = f"left out: {rows.num_rows} rows are more than an Excel sheet holds; use the CSV, Parquet or DuckDB file"
            else:
                cut = _write_sheet(book.add_worksheet(spec.name), spec, rows, bold, formats)
                note = f"{cut} cells longer than {MAX_CHARACTERS} characters were cut; the other files hold them whole" if cut else ""
            if note:
                notes.add(f"{path.name}, {spec.name}: {note}")
            about.append((spec, rows.num_rows, note))
        _write_about(book.add_worksheet("about"), about, bold)


def _write_sheet(sheet: Worksheet, spec: TableSpec, rows: Rows, bold: Format, formats: Mapping[ColumnType, Format]) -> int:
    """Fills the sheet and returns how many cells were cut."""
    first = next(rows.batches(), None)
    for index, column in enumerate(spec.columns):
        sheet.set_column(index, index, _width(column, first))
        sheet.write_string(0, index, column.name, bold)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, rows.num_rows, len(spec.columns) - 1)
    prefix = formats[ColumnType.STRING]
    cut = 0
    row_number = 0
    for batch in rows.batches():
        for row in zip(*(_cells(array, column) for array, column in zip(batch.columns, spec.columns, strict=True)), strict=True):
            row_number += 1
            for index, cell in enumerate(row):
                if cell is None:
                    continue
                if isinstance(cell, str):
                    if len(cell) > MAX_CHARACTERS:
                        cell, cut = cell[: MAX_CHARACTERS - 1] + _CUT_MARK, cut + 1
                    sheet.write_string(row_number, index, cell, prefix if cell.startswith(RISKY) else None)
                elif isinstance(cell, bool):
                    sheet.write_boolean(row_number, index, cell)
                else:
                    sheet.write_number(row_number, index, cell, formats.get(spec.columns[index].type))
    return cut


def _cells(array: pa.Array, column: Column) -> list[Any]:
    return (to_floats(array) if column.type is ColumnType.DECIMAL else array).to_pylist()  # type: ignore[no-any-return]


def _width(column: Column, first: pa.RecordBatch | None) -> int:
    """Characters that show the header with its filter button and most of the first rows."""
    sample = [] if first is None else _cells(first.column(column.name).slice(0, _WIDTH_SAMPLE), column)
    longest = max([len(str(cell)) for cell in sample if cell is not None], default=0)
    low, high = _WIDTHS
    return min(max(longest + 1, len(column.name) + 3, low), high)


def _write_about(sheet: Worksheet, about: Sequence[tuple[TableSpec, int, str]], bold: Format) -> None:
    for index, (name, width) in enumerate({"table": 16, "rows": 10, "description": 80, "description_th": 80, "note": 48}.items()):
        sheet.set_column(index, index, width)
        sheet.write_string(0, index, name, bold)
    for row, (spec, rows, note) in enumerate(about, 1):
        sheet.write_string(row, 0, spec.name)
        sheet.write_number(row, 1, rows)
        sheet.write_string(row, 2, spec.description.en)
        sheet.write_string(row, 3, spec.description.th)
        sheet.write_string(row, 4, note)
    sheet.freeze_panes(1, 0)
