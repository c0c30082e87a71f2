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


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of a table, on disk; whoever writes them reads them batch by batch."""

    schema: pa.Schema
    num_rows: int
    _path: Path

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The rows in their order, one batch in memory at a time."""
        # Not mapped: the pages of a mapped file count as memory of this process until the system needs them.
        with pa.OSFile(str(self._path)) as file, pa.ipc.open_file(file) as reader:
            for number in range(reader.num_record_batches):
                yield reader.get_batch(number)


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
        """Adds rows behind those added before. Batches are cut by row count alone, so that nobody's timing shows in a file."""
        for spec in self._schema:
            waiting = self._waiting[spec.name]
            waiting.extend(getattr(tables, spec.name))
            while len(waiting) >= CHUNK_ROWS:
                self._flush(spec, CHUNK_ROWS)

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
