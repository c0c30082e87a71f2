"""One DuckDB file with all tables, described by comments, with the same bytes for the same tables.

DuckDB does not promise equal files. Measured on 2.0.0: a file of storage version 1.4 or later carries a random identifier;
FSST-compressed text differs from run to run; bit-packed whole numbers hold whatever the memory held before where a value is
missing (a run over eight reports: 20 different files in 30), and so do the unused ends of text segments (duckdb issue 23382).
So the storage version is 1.3.0, which has neither the identifier nor FSST by itself but compresses text by DICT_FSST, bit
packing is off, one thread writes, and blocks come from DuckDB's own block allocator (DuckDB 1.5 and later), whose memory is
fresh from the system. Measured: without the allocator, or with one of 64 MB, smaller than the data, files differed from
run to run; with 1, 4 and 16 GB they were equal, up to a million rows and from process to process.

How much memory DuckDB may take decides when it writes its blocks, and so the bytes of a file larger than that: it is fixed, where
its default depends on the machine. Measured with 1.6 million mentions: 185 MB on top of the process, where it took 455 MB for
800,000; tables of up to 122,880 rows, a row group, have the bytes that they had without a limit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from prongsai.errors import OutputError
from prongsai.export.schema import ColumnType, TableSpec
from prongsai.export.spool import Rows
from prongsai.export.texts import Bilingual

STORAGE_VERSION = "v1.3.0"
"""Readable by DuckDB 1.3.0 (May 2025) and later."""

BLOCK_MEMORY = "8GB"
"""Room for blocks, reserved and not used up: memory is taken as blocks are filled."""

MEMORY_LIMIT = "128MB"
"""Of what DuckDB keeps in memory of the tables that it writes."""

TYPES = {
    ColumnType.STRING: "VARCHAR",
    ColumnType.INTEGER: "INTEGER",
    ColumnType.DECIMAL: "DECIMAL(9,4)",
    ColumnType.FLOAT: "DOUBLE",
    ColumnType.BOOLEAN: "BOOLEAN",
}


def write_duckdb(tables: Mapping[str, Rows], schema: Sequence[TableSpec], path: Path) -> None:
    """Writes all tables to a new file at `path`, whose folder also takes what DuckDB must spill.

    Raises OutputError where the file cannot be written.
    """
    # Extensions are never fetched: writing tables must not need a network, nor touch one.
    settings: dict[str, str | int] = {
        "threads": 1,
        "block_allocator_memory": BLOCK_MEMORY,
        "memory_limit": MEMORY_LIMIT,
        "disabled_compression_methods": "fsst,bitpacking",
        "temp_directory": str(path.parent),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    try:
        with duckdb.connect(":memory:") as connection:
            for name, value in settings.items():
                connection.execute(f"SET {name} = {literal(value)}")
            connection.execute(f"ATTACH {literal(str(path))} AS written (STORAGE_VERSION '{STORAGE_VERSION}')")
            connection.execute("USE written")
            for spec in schema:
                _write_table(connection, spec, tables[spec.name])
            connection.execute("CHECKPOINT written")
            connection.execute("USE memory")
            connection.execute("DETACH written")
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise OutputError(f"DuckDB cannot write: {error}", path.name, "Free some space, or leave DuckDB out with --format") from error


def _write_table(connection: duckdb.DuckDBPyConnection, spec: TableSpec, rows: Rows) -> None:
    columns = ", ".join(f'"{column.name}" {TYPES[column.type]}{" NOT NULL" if column.required else ""}' for column in spec.columns)
    connection.execute(f'CREATE TABLE "{spec.name}" ({columns})')
    connection.register("rows_of_table", pa.RecordBatchReader.from_batches(rows.schema, rows.batches()))
    connection.execute(f'INSERT INTO "{spec.name}" SELECT * FROM rows_of_table')
    connection.unregister("rows_of_table")
    connection.execute(f'COMMENT ON TABLE "{spec.name}" IS {_comment(spec.description)}')
    for column in spec.columns:
        connection.execute(f'COMMENT ON COLUMN "{spec.name}"."{column.name}" IS {_comment(column.text)}')


def _comment(text: Bilingual) -> str:
    return literal("\n".join((text.en, text.th)))


def literal(value: str | int) -> str:
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else str(value)
