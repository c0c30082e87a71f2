"""datapackage.json: the CSV files described by the Frictionless standard (Data Package v1, Table Schema v1)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from prongsai.export.schema import Column, ColumnType, TableSpec
from prongsai.export.texts import load_texts
from prongsai.storage import sha256_of

FILE_NAME = "datapackage.json"

_TYPES = {
    ColumnType.STRING: "string",
    ColumnType.INTEGER: "integer",
    ColumnType.DECIMAL: "number",
    ColumnType.FLOAT: "number",
    ColumnType.BOOLEAN: "boolean",
}


def describe(schema: Sequence[TableSpec], rows: Mapping[str, int], folder: Path) -> str:
    """The text of datapackage.json for the files that lie in `folder`; nothing in it depends on the time of the run.

    A resource is the CSV file. Where the same run wrote Parquet, the property `parquet` (ours, not the standard's) names
    that file and its hash, by which a reader can tell that both are of one run. Raises OSError where a file is not there.
    """
    package = load_texts().package
    data = {
        "profile": "tabular-data-package",
        "name": "prongsai",
        "title": package["title"].en,
        "title_th": package["title"].th,
        "description": package["description"].en,
        "description_th": package["description"].th,
        "resources": [_resource(spec, rows[spec.name], folder) for spec in schema],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def file_hash(path: Path) -> str:
    """The file's SHA-256 as the standard writes it."""
    return f"sha256:{sha256_of(path)}"


def _resource(spec: TableSpec, rows: int, folder: Path) -> dict[str, Any]:
    path = f"csv/{spec.name}.csv"
    resource: dict[str, Any] = {
        "profile": "tabular-data-resource",
        "name": spec.name,
        "title": spec.title.en,
        "title_th": spec.title.th,
        "description": spec.description.en,
        "description_th": spec.description.th,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        # The standard's name for it: readers in R refuse `utf-8-sig`, and those tried skip the byte order mark.
        "encoding": "utf-8",
        "bytes": (folder / path).stat().st_size,
        "hash": file_hash(folder / path),
        "rows": rows,
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": _schema(spec),
    }
    parquet = f"parquet/{spec.name}.parquet"
    if (folder / parquet).exists():
        resource["parquet"] = {"path": parquet, "hash": file_hash(folder / parquet)}
    return resource


def _schema(spec: TableSpec) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in spec.columns], "missingValues": [""]}
    if spec.primary_key:
        schema["primaryKey"] = list(spec.primary_key)
    if spec.foreign_keys:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": table, "fields": [there]}} for column, table, there in spec.foreign_keys
        ]
    return schema


def _field(column: Column) -> dict[str, Any]:
    constraints = {
        "required": column.required or None,
        "enum": list(column.enum) or None,
        "minimum": column.minimum,
        "maximum": column.maximum,
    }
    field = {
        "name": column.name,
        "type": _TYPES[column.type],
        "description": column.text.en,
        "description_th": column.text.th,
        "constraints": {name: value for name, value in constraints.items() if value is not None},
    }
    return field if field["constraints"] else {name: value for name, value in field.items() if name != "constraints"}
