"""Tables that a run wrote become records again: the way of export/schema.py, taken backwards.

The schema says how a record gives its cells; the types of the record's fields say how cells give the record. So a new column
needs nothing here, as long as it bears the name of its field. Equal records come back, but for what no file holds: numbers
beyond four decimals, lengths beyond two, control characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from itertools import chain
from pathlib import Path
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints

from prongsai.errors import OutputError
from prongsai.export.lists import split_list
from prongsai.export.read import read_arrow, read_arrow_parts
from prongsai.export.schema import TableSpec
from prongsai.records import Box, Reader, Tables

if TYPE_CHECKING:
    import pyarrow

DOCUMENTS_AT_ONCE = 500

_TWO_PLACES = Decimal("0.01")


def read_records(folder: Path, source: str = "") -> Tables:
    """The tables of a run as records, from `source` (`parquet`, `csv` or `parts`); where it is empty, the first that is there.

    Raises OutputError where the folder holds no tables of a run, only some of them, tables of different runs, parts of a run
    that is not done, or a cell that no run writes.
    """
    return _tables(read_arrow(folder, source), folder)


def read_parts(folder: Path, source: str = "") -> Iterator[Tables]:
    """As `read_records`, some documents at a time with all that their rows say, but without scores: those of an agency may come
    from several documents. Of parts no more than one is in memory; else only Arrow holds the whole, and records take ten times
    its memory.
    """
    parts = read_arrow_parts(folder, source)
    if parts is not None:
        return (_tables(part, folder) for part in parts if [spec.name for spec, _ in part] != ["scores"])
    (spec, documents), *others = [(spec, table) for spec, table in read_arrow(folder, source) if spec.name != "scores"]
    slices = (documents.slice(start, DOCUMENTS_AT_ONCE) for start in range(0, documents.num_rows, DOCUMENTS_AT_ONCE))
    return (_of_documents([(spec, some), *others], some.column("doc_id").to_pylist(), folder) for some in slices)


def read_about(folder: Path, subject: str, agency: str, doc: str) -> Tables:
    """As `read_records`, no more documents than it takes to explain the subject: where given, those in which the agency's name
    stands and whose id or path has `doc` in it, else those that print the subject; all where none does.
    """
    from pyarrow.compute import equal, match_substring

    pieces = _pieces(folder)

    def having(text: str, *columns: tuple[str, str], test: Callable[..., Any] = match_substring) -> set[str | None]:
        tables = ((table, column) for piece in pieces() for spec, table in piece for name, column in columns if spec.name == name)
        found = (table.filter(test(table.column(column), text)) for table, column in tables)
        return {doc_id for table in found for doc_id in table.column("doc_id").to_pylist()}

    ways = [having(agency, ("documents", "agency"), ("mentions", "agency"))] if agency else []
    if doc:
        ways.append(having(doc, ("documents", "doc_id"), ("documents", "path"), ("documents", "aliases")))
    if not ways:
        ways.append(having(subject, ("mentions", "code"), ("findings", "subject"), test=equal))
    ids = set.intersection(*ways)
    if not ids:
        return read_records(folder)
    found = [_of_documents(piece, ids, folder) for piece in pieces()]
    return Tables(*(tuple(chain.from_iterable(getattr(one, each.name) for one in found)) for each in fields(Tables)))


def _pieces(folder: Path) -> Callable[[], Iterable[list[tuple[TableSpec, pyarrow.Table]]]]:
    """Goes through the tables, part by part where they lie in parts, each time it is called."""
    if read_arrow_parts(folder) is not None:
        return lambda: read_arrow_parts(folder) or ()
    whole = [list(read_arrow(folder))]
    return lambda: whole


def _of_documents(tables: Iterable[tuple[TableSpec, pyarrow.Table]], ids: Iterable[str | None], folder: Path) -> Tables:
    """The rows of these documents."""
    import pyarrow
    from pyarrow.compute import is_in

    known = pyarrow.array(list(ids), pyarrow.string())
    return _tables([(spec, table.filter(is_in(table.column("doc_id"), known))) for spec, table in tables], folder)


def _tables(tables: Iterable[tuple[TableSpec, pyarrow.Table]], folder: Path) -> Tables:
    return Tables(**{spec.name: tuple(_records(spec, table, folder)) for spec, table in tables})


def _records(spec: TableSpec, table: pyarrow.Table, folder: Path) -> Iterator[Any]:
    hints = get_type_hints(spec.record)
    columns = []
    for field in fields(spec.record):
        try:
            columns.append(_values(table, field.name, hints[field.name]))
        except ValueError as error:
            raise OutputError(f"{spec.name}.{field.name}: {error}", str(folder), "Run prongsai again to write the tables anew") from error
    return map(spec.record, *columns)


def _values(table: pyarrow.Table, name: str, hint: Any) -> list[Any]:
    """A field of all records. Raises ValueError where a cell is none of its list."""
    kinds = get_args(hint) if NoneType in get_args(hint) else (hint,)
    kind = kinds[0]
    if kind is Box:
        boxes = zip(*(_cells(table, side.name, float, None) for side in fields(Box)), strict=True)
        return [None if None in sides else Box(*sides) for sides in boxes]
    if get_origin(kind) is Mapping:
        rows = zip(*(_cells(table, f"pages_{reader}", int, 0) for reader in Reader), strict=True)
        return [{reader.value: pages for reader, pages in zip(Reader, row, strict=True) if pages} for row in rows]
    if get_origin(kind) is tuple:
        item = get_args(kind)[0]
        return _cells(table, name, lambda cell: tuple(map(item, split_list(cell))), ())
    return _cells(table, name, _exact if kind is Decimal else kind, "" if kind is str else None)


def _cells(table: pyarrow.Table, name: str, turn: Callable[[Any], Any], empty: object) -> list[Any]:
    """A column, each different cell of it turned once: most cells stand in many rows, and their values are then shared."""
    values: list[Any] = []
    for chunk in table.column(name).chunks:
        coded = chunk.dictionary_encode()
        known = [turn(cell) for cell in coded.dictionary.to_pylist()]
        values += [empty if at is None else known[at] for at in coded.indices.to_pylist()]
    return values


def _exact(cell: Decimal) -> Decimal:
    """The number with two to four decimals, as CSV prints it."""
    short = cell.quantize(_TWO_PLACES)
    return short if short == cell else cell.normalize()
