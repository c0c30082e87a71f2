"""A database over the Parquet files of a run: DuckDB in memory, with a view for each table and no row of it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb

from prongsai.errors import OutputError
from prongsai.export.duckdb_file import TYPES, literal
from prongsai.export.listing import NO_YEAR, find_listing, year_column
from prongsai.export.schema import Column, TableSpec, load_schema


def connect(folder: Path, source: str = "") -> duckdb.DuckDBPyConnection:
    """See `prongsai.connect`; `source` is `parquet` or `parts`, where it is empty, parts if there are some."""
    listing = find_listing(folder) if source != "parquet" else None
    if listing is not None:
        files = {name: [str(listing.home / file) for file in those] for name, those in listing.files.items()}
    else:
        files = {spec.name: [str(folder / "parquet" / f"{spec.name}.parquet")] for spec in load_schema()}
        if missing := [those[0] for those in files.values() if not Path(those[0]).is_file()]:
            raise OutputError(f"has no {missing[0]}", str(folder), "Run prongsai again with --format parts or parquet")
    connection = open_database()
    try:
        for spec in load_schema():
            connection.execute(_view(spec, files.get(spec.name, []), year_column(spec) if listing is not None else ""))
    except duckdb.Error as error:
        connection.close()
        raise OutputError(f"cannot be read: {error}", str(folder), "Run prongsai again to write the tables anew") from error
    return connection


def open_database() -> duckdb.DuckDBPyConnection:
    """An empty database in memory that answers as it should, and asks nobody."""
    config: dict[str, str | bool | int | float | list[str]] = {
        # Nothing is fetched: reading tables must not need a network, nor touch one.
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        # It mixes columns up where `row_number() = 1` stands over a view (duckdb issues 24710 and 24711, seen with 2.0.0).
        "disabled_optimizers": "top_n_window_elimination",
        # What does not fit into memory must not go to the folder where somebody happens to stand.
        "temp_directory": str(Path(tempfile.gettempdir(), f"prongsai-duckdb-{os.getpid()}")),
    }
    return duckdb.connect(":memory:", config=config)


def _view(spec: TableSpec, files: Sequence[str], year: str) -> str:
    """A view with the columns of the schema in their order; `year` is the column that stands in the paths."""
    if files:
        names = ", ".join(literal(file) for file in files)
        paths = f", hive_partitioning = true, hive_types = {{{literal(year)}: INTEGER}}" if year else ", hive_partitioning = false"
        rows = f"read_parquet([{names}]{paths})"
        cells = ", ".join(_cell(column, year) for column in spec.columns)
        return f'CREATE VIEW "{spec.name}" AS SELECT {cells} FROM {rows}'
    cells = ", ".join(f'NULL::{TYPES[column.type]} AS "{column.name}"' for column in spec.columns)
    return f'CREATE VIEW "{spec.name}" AS SELECT {cells} WHERE false'


def _cell(column: Column, year: str) -> str:
    return f'nullif("{year}", {NO_YEAR}) AS "{year}"' if column.name == year else f'"{column.name}"'
