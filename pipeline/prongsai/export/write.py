"""Writes a run's tables: everything beside its place first, then each file is moved there, so that no file is ever half."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from prongsai.errors import OutputError
from prongsai.export.schema import load_schema
from prongsai.records import Tables

if TYPE_CHECKING:
    import pyarrow as pa

FORMATS = ("csv", "parquet", "duckdb", "xlsx")
"""What can be asked for, in the order in which it is written; datapackage.json comes with csv, which it describes."""

DUCKDB_NAME = "prongsai.duckdb"
XLSX_NAME = "prongsai.xlsx"
_PLACES = {"csv": "csv", "parquet": "parquet", "duckdb": DUCKDB_NAME, "xlsx": XLSX_NAME}


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
    """Writes every table in the formats asked for, all where None; the folder is made where it is missing.

    Rows keep the order of `tables`; the same tables give the same bytes. A table without rows is written all the same, so
    that nothing of an earlier run stays among the formats written. Files of other formats are left as they are, with a note.
    Raises ValueError on an unknown format and OutputError where the folder cannot be written, with what to do.
    """
    with TableWriter(folder, formats) as writer:
        writer.add(tables)
        return writer.finish()


class TableWriter:
    """Takes the rows of a run as they come and writes its tables at the end; a context manager.

    Rows wait on disk, beside the tables, and never all in memory. See `write_tables` for what is written and raised.
    """

    def __init__(self, folder: Path, formats: Collection[str] | None = None) -> None:
        self._folder = folder
        self._formats = FORMATS if formats is None else formats
        if strange := sorted(set(self._formats).difference(FORMATS)):
            raise ValueError(f"unknown formats {', '.join(strange)}: choose from {', '.join(FORMATS)}")

    def __enter__(self) -> TableWriter:
        from prongsai.export.spool import Spool

        with _explained(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._work = Path(tempfile.mkdtemp(prefix=".writing-", dir=self._folder))
            self._spool = Spool(self._work)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with suppress(OSError):
            # Where the disk is full, closing complains again; what matters has been said.
            self._spool.abandon()
        shutil.rmtree(self._work, ignore_errors=True)

    def add(self, tables: Tables) -> None:
        """Adds rows behind those added before."""
        with _explained(self._folder):
            self._spool.add(tables)

    def finish(self) -> Written:
        """Writes all tables, each file beside its place and then into it."""
        with _explained(self._folder):
            files, notes = _write_all(*self._spool.close(), self._work, self._formats)
            for file in files:
                (self._folder / file).parent.mkdir(exist_ok=True)
                (self._work / file).replace(self._folder / file)
        return Written(self._folder, files, (*notes, *_left_behind(self._folder, files)))


def _write_all(
    arrow: Mapping[str, pa.Table], misfits: Sequence[str], folder: Path, formats: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
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
    return tuple(files), tuple(notes.lines)


def formats_in(folder: Path) -> tuple[str, ...]:
    """The formats in which tables lie in the folder, in the order in which they are written."""
    return tuple(name for name in FORMATS if (folder / _PLACES[name]).exists())


def _left_behind(folder: Path, files: tuple[str, ...]) -> Iterator[str]:
    """A note for each format that an earlier run wrote and this one did not."""
    written = {file.partition("/")[0] for file in files}
    for name in formats_in(folder):
        if _PLACES[name] not in written:
            yield f"{_PLACES[name]} is of an earlier run: this one was not asked to write it"


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """Turns what the disk complains of into an OutputError that says what to do."""
    try:
        yield
    except OSError as error:
        raise OutputError(_what(error), str(folder), _next_step(error)) from error


def _what(error: OSError) -> str:
    return f"cannot write the tables: {error.strerror or error}"


def _next_step(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "Free some space on that disk, or write fewer formats with --format"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return "Choose a folder that you may write to, and close its files in other programs"
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return "A file stands where a folder is needed: choose another folder"
    return "Choose another folder, or try again"
