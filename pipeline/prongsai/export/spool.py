"""Rows on their way into files: kept on disk as Arrow batches, so that a run's memory does not grow with its documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from prongsai.export.arrow import CHUNK_ROWS, notes_on, schema_of, to_batch
from prongsai.export.schema import TableSpec, load_schema
from prongsai.records import Tables

PIECES = 16
"""Of a batch: so many times fewer records wait in memory, which take ten times as much there as in Arrow. Tables that grow by a
row a document would otherwise let memory grow over the first 16,384 documents."""


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of a table, on disk; whoever writes them reads them batch by batch."""

    schema: pa.Schema
    num_rows: int
    _path: Path

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The rows in their order, `CHUNK_ROWS` a batch, one batch in memory at a time."""
        # Not mapped: the pages of a mapped file count as memory of this process until the system needs them.
        with pa.OSFile(str(self._path)) as file, pa.ipc.open_file(file) as reader:
            for start in range(0, reader.num_record_batches, PIECES):
                pieces = (reader.get_batch(number) for number in range(start, min(start + PIECES, reader.num_record_batches)))
                yield from pa.Table.from_batches(pieces).combine_chunks().to_batches()


class Spool:
    """One file of Arrow batches for each declared table, in a folder that its owner makes and removes."""

    def __init__(self, folder: Path) -> None:
        self._schema = load_schema()
        self._paths = {spec.name: folder / f"{spec.name}.arrow" for spec in self._schema}
        self._writers = {spec.name: pa.ipc.new_file(self._paths[spec.name], schema_of(spec)) for spec in self._schema}
        self._waiting: dict[str, list[Any]] = {spec.name: [] for spec in self._schema}
        self._counts: Counter[str] = Counter()
        self._misfits: Counter[str] = Counter()

    def add(self, tables: Tables) -> None:
        """Adds rows behind those added before. Pieces are cut by row count alone, so that nobody's timing shows in a file."""
        rows = CHUNK_ROWS // PIECES
        for spec in self._schema:
            waiting = self._waiting[spec.name]
            waiting.extend(getattr(tables, spec.name))
            while len(waiting) >= rows:
                self._flush(spec, rows)

    def close(self) -> tuple[dict[str, Rows], list[str]]:
        """All rows by table, and notes on cells that were left empty."""
        for spec in self._schema:
            if self._waiting[spec.name]:
                self._flush(spec, len(self._waiting[spec.name]))
            self._writers[spec.name].close()
        rows = {spec.name: Rows(schema_of(spec), self._counts[spec.name], self._paths[spec.name]) for spec in self._schema}
        return rows, notes_on(self._misfits)

    def abandon(self) -> None:
        """Closes the files, so that their folder can be removed."""
        for writer in self._writers.values():
            writer.close()

    def _flush(self, spec: TableSpec, count: int) -> None:
        waiting = self._waiting[spec.name]
        self._writers[spec.name].write_batch(to_batch(spec, waiting[:count], self._misfits))
        self._counts[spec.name] += count
        del waiting[:count]
