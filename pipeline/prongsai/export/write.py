"""Writes a run's tables: everything beside its place first, then each file is moved there, so that no file is ever half."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from prongsai.errors import explained
from prongsai.export.schema import load_schema
from prongsai.records import Tables

if TYPE_CHECKING:
    from prongsai.export.listing import Listing
    from prongsai.export.parts import PartsWriter
    from prongsai.export.spool import Rows, Spool

FORMATS = ("csv", "parquet", "duckdb", "xlsx")
"""What is written where nothing is asked for, in this order; datapackage.json comes with csv, which it describes."""
PARTS = "parts"
"""What is written besides only where it is asked for."""

DUCKDB_NAME = "prongsai.duckdb"
XLSX_NAME = "prongsai.xlsx"
_PLACES = {"csv": "csv", "parquet": "parquet", "duckdb": DUCKDB_NAME, "xlsx": XLSX_NAME, PARTS: PARTS}


@dataclass(frozen=True, slots=True)
class Written:
    """What `write_tables` left in the folder."""

    folder: Path
    files: tuple[str, ...]
    """Relative to `folder`, with forward slashes, in a fixed order."""
    notes: tuple[str, ...] = ()
    """What could not be written as it was, in sentences; to be shown, since nothing is left out silently."""

    @property
    def paths(self) -> tuple[Path, ...]:
        return tuple(self.folder / file for file in self.files)


def write_tables(tables: Tables, folder: Path, formats: Collection[str] | None = None) -> Written:
    """Writes every table in the formats asked for, those of FORMATS where None; the folder is made where it is missing.

    Rows keep the order of `tables`; the same tables give the same bytes. A table without rows is written all the same, so
    that nothing of an earlier run stays among the formats written. Files of other formats are left as they are, with a note.
    Raises ValueError on an unknown format and OutputError where the folder cannot be written, with what to do.
    """
    with TableWriter(folder, formats) as writer:
        writer.add(tables)
        return writer.finish()


class TableWriter:
    """Takes the rows of a run as they come, document by document, and writes its tables at the end; a context manager.

    Rows wait on disk, beside the tables, and never all in memory; parts stand as soon as they are full. See `write_tables`
    for what is written and raised.
    """

    def __init__(
        self,
        folder: Path,
        formats: Collection[str] | None = None,
        work_in: Path | None = None,
        grown: Callable[[Listing], None] = lambda listing: None,
    ) -> None:
        """`work_in` is a folder on the same disk for what is not whole yet; where it is None, a hidden one inside `folder`. `grown` is
        for parts: see `PartsWriter`.
        """
        self._folder, self._work_in, self._grown = folder, work_in or folder, grown
        self._formats = FORMATS if formats is None else formats
        if strange := sorted(set(self._formats).difference(_PLACES)):
            raise ValueError(f"unknown formats {', '.join(strange)}: choose from {', '.join(_PLACES)}")
        self._writers = ExitStack()

    def __enter__(self) -> TableWriter:
        with self._writers, explained("write the tables", str(self._folder)):
            self._folder.mkdir(parents=True, exist_ok=True)
            work = tempfile.mkdtemp(prefix=".writing-", dir=self._work_in)
            self._writers.callback(shutil.rmtree, work, ignore_errors=True)
            self._work = Path(work)
            self._spool = self._make_spool() if set(self._formats) - {PARTS} else None
            self._parts = self._make_parts() if PARTS in self._formats else None
            self._writers = self._writers.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._writers.close()

    def add(self, tables: Tables) -> None:
        """Adds rows behind those added before; in parts a document's rows come with it."""
        with explained("write the tables", str(self._folder)):
            if self._spool is not None:
                self._spool.add(tables)
            if self._parts is not None:
                self._parts.add(tables)

    def finish(self) -> Written:
        """Writes all tables, each file beside its place and then into it."""
        files: tuple[str, ...] = ()
        notes: list[str] = []
        with explained("write the tables", str(self._folder)):
            if self._spool is not None:
                files, notes = _write_all(*self._spool.close(), self._work, self._formats)
            for file in files:
                (self._folder / file).parent.mkdir(exist_ok=True)
                (self._work / file).replace(self._folder / file)
            if self._parts is not None:
                parts, misfits = self._parts.finish()
                notes = notes or misfits
                files = (*files, *parts)
        return Written(self._folder, files, (*notes, *_left_behind(self._folder, files)))

    def _make_spool(self) -> Spool:
        from prongsai.export.spool import Spool

        spool = Spool(self._work)
        self._writers.callback(_quietly, spool.abandon)
        return spool

    def _make_parts(self) -> PartsWriter:
        from prongsai.export.parts import PartsWriter

        parts = PartsWriter(self._folder, self._work, self._grown)
        self._writers.callback(_quietly, parts.abandon)
        return parts


def _quietly(abandon: Callable[[], None]) -> None:
    """Where the disk is full, closing complains again; what matters has been said."""
    with suppress(OSError):
        abandon()


def _write_all(
    arrow: Mapping[str, Rows], misfits: Sequence[str], folder: Path, formats: Collection[str]
) -> tuple[tuple[str, ...], list[str]]:
    """Writes to the folder and returns the files, datapackage.json last, and the notes."""
    from prongsai.export.arrow import Notes

    schema = load_schema()
    notes = Notes(list(misfits))
    files = []
    if "csv" in formats:
        from prongsai.export.csv_file import write_csv

        (folder / "csv").mkdir()
        for spec in schema:
            files.append(f"csv/{spec.name}.csv")
            write_csv(arrow[spec.name], spec, folder / files[-1])
    if "parquet" in formats:
        from prongsai.export.parquet_file import write_parquet

        (folder / "parquet").mkdir()
        for spec in schema:
            files.append(f"parquet/{spec.name}.parquet")
            write_parquet(arrow[spec.name], folder / files[-1])
    if "duckdb" in formats:
        from prongsai.export.duckdb_file import write_duckdb

        files.append(DUCKDB_NAME)
        write_duckdb(arrow, schema, folder / DUCKDB_NAME)
    if "xlsx" in formats:
        from prongsai.export.xlsx_file import write_xlsx

        files.append(XLSX_NAME)
        write_xlsx(arrow, schema, folder / XLSX_NAME, notes)
    if "csv" in formats:
        from prongsai.export.datapackage import FILE_NAME, describe

        files.append(FILE_NAME)
        rows = {name: table.num_rows for name, table in arrow.items()}
        (folder / FILE_NAME).write_text(describe(schema, rows, folder), encoding="utf-8", newline="\n")
    return tuple(files), notes.lines


def formats_in(folder: Path) -> tuple[str, ...]:
    """The formats in which tables lie in the folder, in the order in which they are written."""
    return tuple(name for name, place in _PLACES.items() if (folder / place).exists())


def _left_behind(folder: Path, files: tuple[str, ...]) -> Iterator[str]:
    """A note for each format that an earlier run wrote and this one did not."""
    written = {file.partition("/")[0] for file in files}
    for name in formats_in(folder):
        if _PLACES[name] not in written:
            yield f"{_PLACES[name]} is of an earlier run: this one was not asked to write it"
