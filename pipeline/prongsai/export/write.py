"""Writes a run's tables: everything beside its place first, then each file is moved there, so that no file is ever half."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from prongsai.errors import OutputError
from prongsai.export.schema import load_schema
from prongsai.records import Tables

FORMATS = ("csv", "parquet", "duckdb", "xlsx")
"""What can be asked for, in the order in which it is written; datapackage.json comes with csv, which it describes."""

DUCKDB_NAME = "prongsai.duckdb"
XLSX_NAME = "prongsai.xlsx"


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


def check_folder(folder: Path) -> None:
    """Makes the folder where it is missing and tries to write to it, so that a long run does not fail at its end.

    Raises OutputError where that fails, with what to do.
    """
    with _explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass


def write_tables(tables: Tables, folder: Path, formats: Collection[str] | None = None) -> Written:
    """Writes every table in the formats asked for, all where None; the folder is made where it is missing.

    Rows keep the order of `tables`; the same tables give the same bytes. A table without rows is written all the same, so
    that nothing of an earlier run stays among the formats written. Files of other formats are left as they are, with a note.
    Raises ValueError on an unknown format and OutputError where the folder cannot be written, with what to do.
    """
    formats = FORMATS if formats is None else formats
    if unknown := sorted(set(formats) - set(FORMATS)):
        raise ValueError(f"unknown formats: {', '.join(unknown)}")
    with _explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".writing-", dir=folder))
        try:
            files, notes = _write_all(tables, work, formats)
            for file in files:
                (folder / file).parent.mkdir(exist_ok=True)
                (work / file).replace(folder / file)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return Written(folder, files, (*notes, *_left_behind(folder, files)))


def _write_all(tables: Tables, folder: Path, formats: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Writes to the folder and returns the files, datapackage.json last, and the notes."""
    from prongsai.export.arrow import Notes, to_arrow

    schema = load_schema()
    notes = Notes()
    arrow = to_arrow(tables, schema, notes)
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


def _left_behind(folder: Path, files: tuple[str, ...]) -> Iterator[str]:
    """A note for each format that an earlier run wrote and this one did not."""
    written = {file.partition("/")[0] for file in files}
    for name in ("csv", "parquet", DUCKDB_NAME, XLSX_NAME):
        if name not in written and (folder / name).exists():
            yield f"{name} is of an earlier run: this one was not asked to write it"


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
