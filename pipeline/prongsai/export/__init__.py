"""The tables of a run as CSV, Parquet, DuckDB and Excel files, described by a Frictionless datapackage.json, and read back.

Nothing heavy is imported here: each format's library is loaded by the call that needs it.
"""

from prongsai.export.lists import join_list, split_list
from prongsai.export.read import read_tables
from prongsai.export.records import read_about, read_parts, read_records
from prongsai.export.schema import Column, TableSpec, load_schema
from prongsai.export.write import FORMATS, TableWriter, Written, formats_in, write_tables

__all__ = [
    "FORMATS",
    "Column",
    "TableSpec",
    "TableWriter",
    "Written",
    "formats_in",
    "join_list",
    "load_schema",
    "read_about",
    "read_parts",
    "read_records",
    "read_tables",
    "split_list",
    "write_tables",
]
