"""Reads back the tables that a run wrote: as they are, or as pandas frames."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from prongsai.errors import OutputError
from prongsai.export.listing import FOLDER, MANIFEST, Listing, finished_listing
from prongsai.export.schema import ColumnType, TableSpec, load_schema

if TYPE_CHECKING:
    import pandas
    import pyarrow

_BLOCK_BYTES = 16 * 2**20
"""How much of a CSV file is parsed at a time; a row must fit into it."""
_OTHER_VERSION = "It may be of another version, or changed by hand: run prongsai again to write it"


def read_tables(folder: Path, source: str = "") -> dict[str, pandas.DataFrame]:
    """One frame per table, by name, from `source` (`parquet`, `csv` or `parts`); where it is empty, the first of them that is there.

    Text is pandas' `string` with missing values, whole numbers are `Int64`, what is true or false is `boolean`, scores and
    measurements `float64`: the exact scores are in the Parquet and DuckDB files. Lists stay text; `split_list` takes them apart. All
    sources give equal frames.
    Raises OutputError where the folder holds no tables, only some of them, Parquet and CSV of different runs, or parts of a run
    that is not done.
    """
    return {spec.name: _to_pandas(table) for spec, table in read_arrow(folder, source)}


def read_arrow(folder: Path, source: str = "") -> Iterator[tuple[TableSpec, pyarrow.Table]]:
    """Each declared table as it was written, numbers exact, its columns in the order of the schema; see `read_tables`."""
    schema = load_schema()
    kind = _kind(folder, source, schema)
    if isinstance(kind, Listing):
        return ((spec, kind.read(spec)) for spec in schema)
    return ((spec, _read(_file(folder, kind, spec), spec)) for spec in schema)


def read_arrow_parts(folder: Path, source: str = "") -> Iterator[list[tuple[TableSpec, pyarrow.Table]]] | None:
    """As `read_arrow`, documents' rows part by part and then the scores, where `read_arrow` would read parts; else None."""
    schema = load_schema()
    kind = _kind(folder, source, schema)
    if not isinstance(kind, Listing):
        return None
    return chain(
        ([(spec, kind.read(spec, part)) for spec in schema if spec.name != "scores"] for part in kind.part_names()),
        ([(spec, kind.read(spec))] for spec in schema if spec.name == "scores"),
    )


def newest(folder: Path) -> str:
    """Which of a folder's tables were written last: `parquet`, `csv` or `parts`. Raises as `read_tables` does."""
    schema = load_schema()
    kind = _kind(folder, "", schema)
    if isinstance(kind, Listing):
        return FOLDER
    parts = folder / FOLDER / MANIFEST
    if not parts.is_file() or parts.stat().st_mtime < _file(folder, kind, schema[0]).stat().st_mtime:
        return kind
    finished_listing(folder)
    return FOLDER


def _kind(folder: Path, source: str, schema: Sequence[TableSpec]) -> str | Listing:
    has = {kind: _is_complete(folder, kind, schema) for kind in ("parquet", "csv") if source in ("", kind)}
    if all(has.get(kind) for kind in ("parquet", "csv")):
        _check_one_run(folder, schema)
    for kind in ("parquet", "csv"):
        if has.get(kind):
            return kind
    listing = finished_listing(folder) if source in ("", FOLDER) else None
    if listing is None:
        raise OutputError(
            "holds no tables of a run",
            str(folder),
            "Name the folder that was given to prongsai with --out; its formats csv, parquet and parts can be read back",
        )
    return listing


def _file(folder: Path, kind: str, spec: TableSpec) -> Path:
    return folder / kind / f"{spec.name}.{kind}"


def _is_complete(folder: Path, kind: str, schema: Sequence[TableSpec]) -> bool:
    missing = [spec.name for spec in schema if not _file(folder, kind, spec).is_file()]
    if missing and len(missing) < len(schema):
        raise OutputError(f"lacks the tables {', '.join(missing)}", str(folder / kind), "Run prongsai again to write all of them")
    return not missing


def _check_one_run(folder: Path, schema: Sequence[TableSpec]) -> None:
    """datapackage.json comes with the CSV files and names the Parquet files of its own run by their hashes."""
    from prongsai.export.datapackage import FILE_NAME, file_hash

    try:
        package = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        hashes = {resource["name"]: resource.get("parquet", {}).get("hash") for resource in package["resources"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise OutputError(f"{FILE_NAME} cannot be read: {error}", str(folder), "Name one with source='parquet' or 'csv'") from error
    if any(hashes.get(spec.name) != file_hash(_file(folder, "parquet", spec)) for spec in schema):
        raise OutputError(
            "parquet/ and csv/ are of different runs", str(folder), "Name one with source='parquet' or 'csv', or run again with both"
        )


def _read(path: Path, spec: TableSpec) -> pyarrow.Table:
    import pyarrow.parquet

    from prongsai.export.arrow import schema_of

    names = [column.name for column in spec.columns]
    is_csv = path.suffix == ".csv"
    try:
        table = _read_csv(path, schema_of(spec)) if is_csv else pyarrow.parquet.read_table(path)
        if missing := [name for name in names if name not in table.column_names]:
            raise OutputError(f"lacks the columns {', '.join(missing)}", str(path), _OTHER_VERSION)
        table = table.select(names).cast(schema_of(spec))
    except (OSError, ValueError) as error:
        raise OutputError(f"cannot be read: {error}", str(path), _OTHER_VERSION) from error
    return _without_guards(table, spec) if is_csv else table


def _read_csv(path: Path, schema: pyarrow.Schema) -> pyarrow.Table:
    import pyarrow.csv

    # By Arrow, not by pandas: pandas 3 no longer lets one ask for floats that come back as they were written.
    return pyarrow.csv.read_csv(
        path,
        read_options=pyarrow.csv.ReadOptions(block_size=_BLOCK_BYTES),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(column_types=schema, null_values=[""], strings_can_be_null=True),
    )


def _without_guards(table: pyarrow.Table, spec: TableSpec) -> pyarrow.Table:
    import pyarrow.compute

    from prongsai.export.guard import GUARD

    for index, column in enumerate(spec.columns):
        if column.type is ColumnType.STRING:
            bare = pyarrow.compute.replace_substring_regex(table.column(index), f"^{GUARD}", "")
            table = table.set_column(index, table.schema.field(index), bare)
    return table


def _to_pandas(table: pyarrow.Table) -> pandas.DataFrame:
    import pandas
    import pyarrow

    from prongsai.export.arrow import DECIMAL, to_floats

    for index, field in enumerate(table.schema):
        if field.type == DECIMAL:
            table = table.set_column(index, field.name, to_floats(table.column(index)))
    types = {pyarrow.int32(): pandas.Int64Dtype(), pyarrow.string(): pandas.StringDtype(), pyarrow.bool_(): pandas.BooleanDtype()}
    frame: pandas.DataFrame = table.to_pandas(types_mapper=types.get)
    return frame
