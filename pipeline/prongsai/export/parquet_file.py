"""Parquet, with options fixed so that the same table gives the same bytes; descriptions are in the fields' metadata."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

ROW_GROUP_ROWS = 131_072


def write_parquet(table: pa.Table, path: Path) -> None:
    """Writes one table; raises OSError where the disk does. The file holds no time and no path."""
    pq.write_table(
        table,
        path,
        version="2.6",
        row_group_size=ROW_GROUP_ROWS,
        compression="zstd",
        compression_level=3,
        use_dictionary=True,
        write_statistics=True,
        data_page_version="1.0",
        store_schema=True,
    )
