"""Parquet in parts, for runs over more documents than one looks at: what has been read can be queried while the run goes on.

    parts/run.json
    parts/mentions/fiscal_year=2568/part-00000.parquet

A table is divided by its year column, under that column's own name (`fiscal_year`, for documents `report_year`); the year then
stands in the path alone, as Hive has it, and rows without one are in year 0: the readers that take a folder tell its type from
the paths, and Hive's own name for a missing value makes pandas fail. `pages`, which has no year, has no such folders.

A part holds the rows of `DOCUMENTS_IN_A_PART` consecutive documents, so that it depends on the inputs and on nobody's timing;
parts of `scores`, which come from all documents together, are cut by rows. A part is written elsewhere and moved when it is
whole; then `run.json`, which lists the parts that belong together, is replaced. Where a finished run lies in `parts`, it stays
until this one is done, which meanwhile grows in `parts-next`: so no reader of either folder ever sees two runs at once.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from prongsai.errors import OutputError
from prongsai.export.arrow import notes_on, schema_of, to_batch
from prongsai.export.listing import FOLDER, MANIFEST, NEXT, NO_YEAR, ROW_NUMBER, Listing, find_listing, year_column
from prongsai.export.parquet_file import OPTIONS, ROW_GROUP_ROWS
from prongsai.export.schema import TableSpec, load_schema
from prongsai.records import Tables

DOCUMENTS_IN_A_PART = 500

_BATCH_ROWS = 4096
"""So many records wait at most; as rows of Arrow they take a tenth of the memory."""
_BATCHES_OF_SCORES = 12
"""Batches in a part of `scores`: about as many rows as a part's documents give."""
_EARLIER = "parts-earlier"
"""The run before, for the moment in which the two change places."""
_ROW_NUMBER = pa.field(ROW_NUMBER, pa.int64(), nullable=False)


class PartsWriter:
    """Takes the rows of a run document by document, each document's rows together with it.

    Whoever made it calls `finish` or `abandon`. Raises OutputError where its folders hold what no run wrote, and OSError.
    """

    def __init__(self, folder: Path, work: Path, grown: Callable[[Listing], None] = lambda listing: None) -> None:
        """`work` is a folder on the same disk, for what is not whole yet. `grown` is told whenever there is more, and at the end before
        anything is moved.
        """
        self._folder, self._work, self._grown = folder, work, grown
        self._home = folder / (NEXT if _holds_a_finished_run(folder) else FOLDER)
        self._misfits: Counter[str] = Counter()
        self._tables = {spec.name: _Pending(spec, self._misfits) for spec in load_schema()}
        self._scores = self._tables.pop("scores")
        self._files: dict[str, list[str]] = {spec.name: [] for spec in load_schema()}
        self._taken = self._listed = self._parts = self._score_parts = 0
        self._is_done = False
        _clear(self._home)
        self._home.mkdir()
        self._list()

    def add(self, tables: Tables) -> None:
        """Adds rows behind those added before; a part that is full then stands in its place."""
        for some in _cut(tables, DOCUMENTS_IN_A_PART - self._taken % DOCUMENTS_IN_A_PART):
            self._taken += len(some.documents)
            for name, pending in self._tables.items():
                pending.take(getattr(some, name))
            if some.documents and self._taken % DOCUMENTS_IN_A_PART == 0:
                self._write_part()
        for start in range(0, len(tables.scores), _BATCH_ROWS):
            self._scores.take(tables.scores[start : start + _BATCH_ROWS])
            if self._scores.batches == _BATCHES_OF_SCORES:
                self._write_scores()

    def finish(self) -> tuple[list[str], list[str]]:
        """Writes what is left and puts the run into its place.

        Returns the files, relative to the output folder, their list last, and notes on cells that were left empty.
        """
        self._write_part()
        self._write_scores()
        self._list(is_finished=True)
        if self._home.name == NEXT:
            place, earlier = self._folder / FOLDER, self._folder / _EARLIER
            _clear(earlier)
            place.rename(earlier)
            self._home.rename(place)
        self._is_done = True
        for name in (NEXT, _EARLIER):
            # Now that this run stands: also what a run left that was killed while folders changed places.
            _clear(self._folder / name)
        files = [file for names in self._files.values() for file in names]
        return [f"{FOLDER}/{file}" for file in (*files, MANIFEST)], notes_on(self._misfits)

    def abandon(self) -> None:
        """Ends a run that was not finished: the one before it stays, else what is whole of this one, listed as not finished."""
        if not self._is_done and (self._home.name == NEXT or not self._listed):
            shutil.rmtree(self._home, ignore_errors=True)

    def _write_part(self) -> None:
        for pending in self._tables.values():
            self._write(pending, self._parts)
        self._parts += 1
        self._listed = self._taken
        self._list()

    def _write_scores(self) -> None:
        self._write(self._scores, self._score_parts)
        self._score_parts += 1
        self._list()

    def _write(self, pending: _Pending, number: int) -> None:
        """The rows that wait, a file for each year."""
        table = pending.give()
        for folder, rows in _by_year(table, pending.spec) if len(table) else ():
            file = f"{folder}/part-{number:05}.parquet"
            others = [name for name in rows.column_names if name != ROW_NUMBER]
            options = OPTIONS | {"use_dictionary": others, "column_encoding": {ROW_NUMBER: "DELTA_BINARY_PACKED"}}
            pq.write_table(rows, self._work / "part", row_group_size=ROW_GROUP_ROWS, **options)
            (self._home / folder).mkdir(parents=True, exist_ok=True)
            (self._work / "part").replace(self._home / file)
            self._files[pending.spec.name].append(file)

    def _list(self, *, is_finished: bool = False) -> None:
        files = {name: tuple(names) for name, names in self._files.items()}
        listing = Listing(self._home, is_finished, self._listed, files)
        (self._work / MANIFEST).write_text(listing.render(), encoding="utf-8", newline="\n")
        (self._work / MANIFEST).replace(self._home / MANIFEST)
        self._grown(listing)


class _Pending:
    """The rows of a table that wait for their part to be full."""

    def __init__(self, spec: TableSpec, misfits: Counter[str]) -> None:
        self.spec = spec
        self._misfits = misfits
        self._given = 0
        self._records: list[Any] = []
        self._batches: list[pa.RecordBatch] = []

    @property
    def batches(self) -> int:
        """How many full batches wait."""
        return len(self._batches)

    def take(self, records: Sequence[Any]) -> None:
        """Adds rows; batches are cut by row count alone."""
        self._records += records
        while len(self._records) >= _BATCH_ROWS:
            self._pack(_BATCH_ROWS)

    def give(self) -> pa.Table:
        """All rows that wait, numbered behind those given before."""
        if self._records:
            self._pack(len(self._records))
        table = pa.Table.from_batches(self._batches, schema_of(self.spec))
        numbers = pa.array(range(self._given, self._given + len(table)), pa.int64())
        self._given += len(table)
        self._batches = []
        return table.append_column(_ROW_NUMBER, numbers)

    def _pack(self, count: int) -> None:
        self._batches.append(to_batch(self.spec, self._records[:count], self._misfits))
        del self._records[:count]


def _cut(tables: Tables, room: int) -> Iterator[Tables]:
    """The tables by part: first no more documents than there is room for, then as many as a part holds.

    Rows go with their document, the first that has their `doc_id`; rows of none go with the first.
    """
    documents = tables.documents
    if len(documents) <= room:
        yield tables
        return
    cuts = [documents[:room], *(documents[at : at + DOCUMENTS_IN_A_PART] for at in range(room, len(documents), DOCUMENTS_IN_A_PART))]
    part_of: dict[str, int] = {}
    for number, cut in enumerate(cuts):
        for document in cut:
            part_of.setdefault(document.doc_id, number)
    rows: list[dict[str, list[Any]]] = [{} for _ in cuts]
    names = [each.name for each in fields(Tables) if each.name not in ("documents", "scores")]
    for name in names:
        for row in getattr(tables, name):
            rows[part_of.get(row.doc_id, 0)].setdefault(name, []).append(row)
    for cut, own in zip(cuts, rows, strict=True):
        yield Tables(documents=cut, **{name: tuple(own.get(name, ())) for name in names})


def _by_year(table: pa.Table, spec: TableSpec) -> Iterator[tuple[str, pa.Table]]:
    """The folder and the rows of each year, without the column that the folder tells."""
    name = year_column(spec)
    if not name:
        yield spec.name, table
        return
    years = pc.fill_null(table.column(name), NO_YEAR)
    for year in sorted(pc.unique(years).to_pylist()):
        yield f"{spec.name}/{name}={year}", table.filter(pc.equal(years, year)).drop_columns([name]).combine_chunks()


def _holds_a_finished_run(folder: Path) -> bool:
    try:
        listing = find_listing(folder)
    except OutputError:
        # Broken: the run that comes writes it anew.
        return False
    return listing is not None and listing.is_finished


def _clear(home: Path) -> None:
    """Removes what a run left; raises OutputError where it was no run."""
    if home.is_dir() and not (home / MANIFEST).is_file() and any(home.iterdir()):
        raise OutputError("holds files that no run wrote", str(home), "Move them away, or choose another folder")
    if home.is_dir():
        shutil.rmtree(home)
