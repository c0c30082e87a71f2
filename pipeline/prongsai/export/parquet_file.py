"""Parquet, with options fixed so that the same table gives the same bytes; descriptions are in the fields' metadata."""

from __future__ import annotations

from itertools import islice
from math import ceil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from prongsai.export.arrow import CHUNK_ROWS
from prongsai.export.spool import Rows

ROW_GROUP_ROWS = 131_072
_BATCHES = ROW_GROUP_ROWS // CHUNK_ROWS
"""Batches of a row group: no more of a table is in memory at a time."""

OPTIONS: dict[str, Any] = {
    "version": "2.6",
    "compression": "zstd",
    "compression_level": 3,
    "use_dictionary": True,
    "write_statistics": True,
    "data_page_version": "1.0",
    "store_schema": True,
}


def write_parquet(rows: Rows, path: Path) -> None:
    """Writes one table; raises OSError where the disk does. The file holds no time and no path."""
    batches = rows.batches()
    with pq.ParquetWriter(path, rows.schema, **OPTIONS) as writer:
        for _ in range(max(1, ceil(rows.num_rows / ROW_GROUP_ROWS))):
            # Nothing may hold on to a group while the next one is read.
            writer.write_table(pa.Table.from_batches(islice(batches, _BATCHES), rows.schema), ROW_GROUP_ROWS)
