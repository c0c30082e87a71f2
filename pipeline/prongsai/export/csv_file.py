"""CSV: UTF-8 with a byte order mark, so that Excel shows Thai; commas, CR LF (RFC 4180), quotes where needed.

Whole columns are formatted and joined by Arrow, and no row passes through Python: 200,000 mentions take about a second.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from prongsai.export.guard import GUARD, PLAIN_NUMBER_RE2, RISKY_RE2
from prongsai.export.schema import Column, ColumnType, TableSpec
from prongsai.export.spool import Rows

ENCODING = "utf-8-sig"
LINE_END = "\r\n"

_NEEDS_QUOTES = r'[",\r\n]'
_SPARE_ZEROS = r"(\.[0-9]{2}[0-9]*?)0+$"


def write_csv(rows: Rows, spec: TableSpec, path: Path) -> None:
    """Writes one table; raises OSError where the disk does."""
    with path.open("wb") as stream:
        stream.write(",".join(column.name for column in spec.columns).encode(ENCODING))
        stream.write(LINE_END.encode())
        for batch in rows.batches():
            cells = [_cells(array, column) for array, column in zip(batch.columns, spec.columns, strict=True)]
            lines = pc.binary_join_element_wise(*cells, ",", null_handling="replace", null_replacement="")
            ended = pc.binary_join_element_wise(lines, "", LINE_END)
            # The text of all rows lies end to end in the array's last buffer: that is the file.
            stream.write(memoryview(ended.buffers()[2])[: pc.sum(pc.binary_length(ended)).as_py()])


def _cells(array: pa.Array, column: Column) -> pa.Array:
    if column.type is ColumnType.STRING:
        # Most texts stand in many rows: looking at each once took 1.1 s instead of 2.4 s for 200,000 mentions.
        coded = array.dictionary_encode()
        return pc.take(_quoted(_guarded(coded.dictionary)), coded.indices)
    if column.type in (ColumnType.INTEGER, ColumnType.BOOLEAN):
        return array.cast(pa.string())
    exact = array.cast(pa.decimal128(18, column.places)) if column.type is ColumnType.FLOAT else array
    return pc.replace_substring_regex(exact.cast(pa.string()), _SPARE_ZEROS, r"\1")


def _guarded(array: pa.Array) -> pa.Array:
    risky = pc.and_not(pc.match_substring_regex(array, RISKY_RE2), pc.match_substring_regex(array, PLAIN_NUMBER_RE2))
    return pc.if_else(risky, pc.binary_join_element_wise(GUARD, array, ""), array)


def _quoted(array: pa.Array) -> pa.Array:
    quoted = pc.binary_join_element_wise('"', pc.replace_substring(array, '"', '""'), '"', "")
    return pc.if_else(pc.match_substring_regex(array, _NEEDS_QUOTES), quoted, array)
