"""What parts of tables lie in a folder: `run.json` lists those that belong together, and whoever reads parts goes by it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from prongsai.errors import OutputError
from prongsai.export.schema import TableSpec, load_schema

if TYPE_CHECKING:
    import pyarrow

FOLDER = "parts"
NEXT = "parts-next"
"""Where a run grows while the finished one before it stands."""
MANIFEST = "run.json"
ROW_NUMBER = "row_number"
"""A column that only parts have: where the row stands in its table, counted from 0."""
NO_YEAR = 0
"""Stands in paths for the year of rows that have none."""
_YEARS = ("fiscal_year", "report_year")
_AGAIN = "Run prongsai again to write the parts anew"


def year_column(spec: TableSpec) -> str:
    """The column by which a table is divided, empty where it has none."""
    return next((column.name for column in spec.columns if column.name in _YEARS), "")


@dataclass(frozen=True, slots=True)
class Listing:
    """The parts of one run."""

    home: Path
    """The folder that holds them."""
    is_finished: bool
    documents: int
    """How many documents they hold."""
    files: Mapping[str, tuple[str, ...]]
    """Per table its files, relative to `home`, with forward slashes, part by part."""

    def render(self) -> str:
        """The text of `run.json`; nothing in it depends on the time of the run."""
        data = {"is_finished": self.is_finished, "documents": self.documents, "files": self.files}
        return json.dumps(data, indent=1) + "\n"

    def parts_of(self, table: str) -> Mapping[str, tuple[str, ...]]:
        """A table's files by part, in the order of the parts."""
        parts: dict[str, tuple[str, ...]] = {}
        for file in self.files[table]:
            name = file.rpartition("/")[2]
            parts[name] = (*parts.get(name, ()), file)
        return parts

    def part_names(self) -> list[str]:
        """The names of the parts that hold documents, in their order."""
        return sorted({name for table in self.files if table != "scores" for name in self.parts_of(table)})

    def read(self, spec: TableSpec, part: str = "") -> pyarrow.Table:
        """A table, or one part of it, as it was written: its rows and columns in their order. Raises OutputError."""
        import pyarrow

        from prongsai.export.arrow import schema_of

        parts = self.parts_of(spec.name)
        chosen = parts.values() if not part else [parts.get(part, ())]
        tables = [self._read_part(spec, files) for files in chosen if files]
        return pyarrow.concat_tables(tables) if tables else schema_of(spec).empty_table()

    def _read_part(self, spec: TableSpec, files: tuple[str, ...]) -> pyarrow.Table:
        import pyarrow
        import pyarrow.parquet

        from prongsai.export.arrow import schema_of

        year, pieces = year_column(spec), []
        try:
            for file in files:
                table = pyarrow.parquet.read_table(self.home / file, partitioning=None)
                if year:
                    told = int(file.split("/")[1].removeprefix(f"{year}=")) or None
                    table = table.append_column(year, pyarrow.array([told], pyarrow.int32()).take(pyarrow.array([0] * len(table))))
                pieces.append(table)
            whole = pyarrow.concat_tables(pieces).sort_by(ROW_NUMBER)
            return whole.select([column.name for column in spec.columns]).cast(schema_of(spec))
        except (OSError, ValueError, KeyError) as error:
            raise OutputError(f"{', '.join(files)} cannot be read: {error}", str(self.home), _AGAIN) from error


def find_listing(folder: Path) -> Listing | None:
    """The parts in an output folder, None where there are none. Raises OutputError where `run.json` is broken."""
    home = folder / FOLDER
    try:
        data = json.loads((home / MANIFEST).read_text(encoding="utf-8"))
        files = {spec.name: tuple(map(str, data["files"][spec.name])) for spec in load_schema()}
        return Listing(home, bool(data["is_finished"]), int(data["documents"]), files)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise OutputError(f"{MANIFEST} cannot be read: {error}", str(home), _AGAIN) from error


def finished_listing(folder: Path) -> Listing | None:
    """As `find_listing`; raises OutputError where the run that writes the parts is not done."""
    listing = find_listing(folder)
    if listing is not None and not listing.is_finished:
        raise OutputError(
            f"holds the first {listing.documents} documents of a run that is not done",
            str(listing.home),
            "Wait for it, or run it again if it was stopped; prongsai.connect shows what is there",
        )
    return listing
