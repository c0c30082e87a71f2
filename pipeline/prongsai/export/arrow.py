"""Records become Arrow tables, column by column: the one form that every writer starts from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from prongsai.errors import OutputError
from prongsai.export.schema import Column, ColumnType, TableSpec

CHUNK_ROWS = 16_384
"""Rows per Arrow batch that is written: its text stays far below the 2 GiB of 32-bit offsets."""

DECIMAL = pa.decimal128(9, 4)
_TYPES = {
    ColumnType.STRING: pa.string(),
    ColumnType.INTEGER: pa.int32(),
    ColumnType.DECIMAL: DECIMAL,
    ColumnType.FLOAT: pa.float64(),
    ColumnType.BOOLEAN: pa.bool_(),
}
_QUANTUM = Decimal("0.0001")
_DECIMAL_LIMIT = Decimal("99999.99995")
_FLOAT_LIMIT = 1e9
"""Points or more: no page is that large, and CSV prints floats through a decimal of 18 digits."""

# Control characters become their pictures, U+2400 and up: XML forbids them, so that Excel files would differ from the rest.
_PICTURES = {code: 0x2400 + code for code in range(0x20) if chr(code) not in "\t\n\r"} | {0xFFFE: 0xFFFD, 0xFFFF: 0xFFFD}
_CONTROL_RE2 = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"


@dataclass(slots=True)
class Notes:
    """What could not be written as it was, as sentences; nothing is left out without one."""

    lines: list[str] = field(default_factory=list)

    def add(self, line: str) -> None:
        self.lines.append(line)


def notes_on(misfits: Mapping[str, int]) -> list[str]:
    """A sentence for each column that `to_batch` left cells of empty."""
    return [f"{name}: {count} numbers too large for the column were left empty" for name, count in misfits.items() if count]


def to_floats(array: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Exact numbers as the nearest floats; through text, because Arrow's own cast makes 97.32000000000001 of 97.32."""
    return array.cast(pa.string()).cast(pa.float64())


def schema_of(spec: TableSpec) -> pa.Schema:
    """The Arrow schema of a declared table, its texts in both languages in the metadata."""
    return pa.schema([_field(column) for column in spec.columns], metadata=_metadata(spec.description.en, spec.description.th))


def to_batch(spec: TableSpec, records: Sequence[Any], misfits: Counter[str]) -> pa.RecordBatch:
    """Records as one batch of a declared table, in the order given.

    Numbers that do not fit their column become empty cells and are counted in `misfits` by column. Raises OutputError
    where a cell that must be there is empty or is not of its list: a defect of the program, and the message says where.
    """
    arrays = []
    for column in spec.columns:
        array, misfit = _ARRAYS[column.type](map(column.read, records), column)
        _check(array, column, spec.name)
        misfits[f"{spec.name}.{column.name}"] += misfit
        arrays.append(array)
    return pa.record_batch(arrays, schema=schema_of(spec))


def _field(column: Column) -> pa.Field:
    return pa.field(column.name, _TYPES[column.type], nullable=not column.required, metadata=_metadata(column.text.en, column.text.th))


def _metadata(english: str, thai: str) -> dict[str, str]:
    return {"description": english, "description_th": thai}


def _strings(values: Iterable[Any], _: Column) -> tuple[pa.Array, int]:
    cells = [value or None for value in values]
    try:
        array = pa.array(cells, pa.string())
    except UnicodeEncodeError:
        # File names that are not UTF-8 reach us with lone surrogates, which no output format can hold.
        array = pa.array([cell and cell.encode("utf-8", "backslashreplace").decode("utf-8") for cell in cells], pa.string())
    # Most texts stand in many rows: each is looked at once.
    if pc.any(pc.match_substring_regex(array.unique(), _CONTROL_RE2)).as_py():
        array = pa.array([cell and cell.translate(_PICTURES) for cell in array.to_pylist()], pa.string())
    return array, 0


def _as_they_are(values: Iterable[Any], column: Column) -> tuple[pa.Array, int]:
    return pa.array(list(values), _TYPES[column.type]), 0


def _decimals(values: Iterable[Any], _: Column) -> tuple[pa.Array, int]:
    misfits = 0
    cells: list[Decimal | None] = []
    for value in values:
        if value is None:
            cells.append(None)
        elif value.is_finite() and abs(value) < _DECIMAL_LIMIT:
            cells.append(value.quantize(_QUANTUM, ROUND_HALF_UP))
        else:
            misfits += 1
            cells.append(None)
    return pa.array(cells, DECIMAL), misfits


def _floats(values: Iterable[Any], column: Column) -> tuple[pa.Array, int]:
    array = pa.array(list(values), pa.float64(), from_pandas=True)
    fits = pc.less(pc.abs(array), _FLOAT_LIMIT)
    misfits = pc.sum(pc.invert(fits)).as_py() or 0
    # Adding 0.0 makes -0.0 plain 0.0, which the formats print differently.
    return pc.add(pc.round(pc.if_else(fits, array, None), column.places), 0.0), misfits


_ARRAYS: dict[ColumnType, Callable[[Iterable[Any], Column], tuple[pa.Array, int]]] = {
    ColumnType.STRING: _strings,
    ColumnType.INTEGER: _as_they_are,
    ColumnType.DECIMAL: _decimals,
    ColumnType.FLOAT: _floats,
    ColumnType.BOOLEAN: _as_they_are,
}


def _check(array: pa.Array, column: Column, table: str) -> None:
    where = f"{table}.{column.name}"
    if column.required and array.null_count:
        raise OutputError(f"{array.null_count} rows have no {column.name}", where, "This is a defect of the program: please report it")
    if column.enum:
        known = pc.is_in(array, pa.array(column.enum, pa.string()))
        strange = pc.filter(array, pc.and_(pc.invert(known), pc.is_valid(array)))
        if len(strange):
            raise OutputError(
                f"{strange[0].as_py()!r} is none of {', '.join(column.enum)}", where, "This is a defect of the program: please report it"
            )
