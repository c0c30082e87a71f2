"""The one place that declares each table that a run writes: columns, types, constraints and keys.

Columns stand in the order of the contract first, then the extra ones. What each holds, in English and Thai, stands in
patterns/tables.toml and is joined on here; `measures` and `recommendations` are not declared, because no stage makes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any

from prongsai.export.lists import join_list
from prongsai.export.texts import Bilingual, check_names, load_texts
from prongsai.records import (
    Claim,
    ClaimKind,
    CodeReading,
    Document,
    Fault,
    Finding,
    GradeMention,
    Kind,
    Mention,
    MentionKind,
    PageReading,
    Reader,
    Relation,
    Scope,
    Score,
    Severity,
    Status,
)

COMMON_ERA_OFFSET = 543
"""Buddhist years minus years of the common era."""

_UNTOLD = Bilingual("", "")

# The same few lists stand in most mentions.
_joined = lru_cache(maxsize=4096)(join_list)


class ColumnType(StrEnum):
    """What a column's cells are; a list is text, joined by `join_list`."""

    STRING = "string"
    INTEGER = "integer"
    DECIMAL = "decimal"
    """An exact number, up to five digits before the point and four after it."""
    FLOAT = "float"
    """A measurement, rounded to the column's decimal places."""
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its type, what its cells may be, and how a record gives it."""

    name: str
    type: ColumnType
    read: Callable[[Any], object]
    """From a record to the cell; None and empty text both mean an empty cell."""
    required: bool = False
    enum: tuple[str, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    places: int = 0
    is_list: bool = False
    text: Bilingual = _UNTOLD


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table: which record is its row, its columns, its keys, and what it is called."""

    name: str
    """Also the name of the field of `Tables` that holds its rows."""
    record: type
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...] = ()
    """Empty where no columns that are always there tell the rows apart."""
    foreign_keys: tuple[tuple[str, str, str], ...] = ()
    """Each (column, table, column there)."""
    title: Bilingual = _UNTOLD
    description: Bilingual = _UNTOLD


def _text(name: str, *, required: bool = False, enum: Iterable[str] = ()) -> Column:
    return Column(name, ColumnType.STRING, attrgetter(name), required, tuple(str(one) for one in enum))


def _list(name: str) -> Column:
    values = attrgetter(name)
    return Column(name, ColumnType.STRING, lambda record: _joined(values(record)), is_list=True)


def _numbers(name: str, *, places: int) -> Column:
    values = attrgetter(name)
    return Column(name, ColumnType.STRING, lambda record: _joined(tuple(f"{one:.{places}f}" for one in values(record))), is_list=True)


def _count(name: str, *, required: bool = False, minimum: int | None = 0, maximum: int | None = None) -> Column:
    return Column(name, ColumnType.INTEGER, attrgetter(name), required, minimum=minimum, maximum=maximum)


def _measure(name: str, *, required: bool = False, places: int) -> Column:
    return Column(name, ColumnType.FLOAT, attrgetter(name), required, places=places)


def _decimal(name: str) -> Column:
    return Column(name, ColumnType.DECIMAL, attrgetter(name), places=4)


def _confidence(name: str = "confidence", *, required: bool = False) -> Column:
    return Column(name, ColumnType.FLOAT, attrgetter(name), required, minimum=0, maximum=1, places=4)


def _year(name: str) -> Column:
    return Column(name, ColumnType.INTEGER, attrgetter(name))


def _common_era(name: str) -> Column:
    """The year of column `name` in the common era, as column `name`_ce."""
    year = attrgetter(name)

    def read(record: Any) -> int | None:
        buddhist: int | None = year(record)
        return None if buddhist is None else buddhist - COMMON_ERA_OFFSET

    return Column(f"{name}_ce", ColumnType.INTEGER, read)


def _box() -> tuple[Column, ...]:
    def side(name: str) -> Column:
        length = attrgetter(name)
        return Column(name, ColumnType.FLOAT, lambda record: None if record.box is None else length(record.box), places=2)

    return tuple(side(name) for name in ("x0", "top", "x1", "bottom"))


def _pages_by(reader: Reader) -> Column:
    return Column(f"pages_{reader}", ColumnType.INTEGER, lambda document: document.pages_by_reader.get(reader, 0), True, minimum=0)


_DOC_ID = _text("doc_id", required=True)
_PATH = _text("path", required=True)
_PAGE = _count("page", required=True, minimum=1)
_LINE = _count("line", minimum=1)
_TO_DOCUMENTS = (("doc_id", "documents", "doc_id"),)

_TABLES = (
    TableSpec(
        "documents",
        Document,
        (
            _text("doc_id"),
            _PATH,
            _text("sha256"),
            _text("kind", required=True, enum=Kind),
            _count("pages", required=True),
            _text("agency"),
            _text("agency_type"),
            _text("district"),
            _text("province"),
            _year("report_year"),
            _text("status", required=True, enum=Status),
            _text("reason"),
            _text("book"),
            _list("aliases"),
            _text("subdistrict"),
            _text("place_code"),
            _list("agency_printed"),
            Column("agency_confidence", ColumnType.FLOAT, attrgetter("agency_confidence"), minimum=0, maximum=1, places=4),
            _list("agency_matched_by"),
            _list("agency_candidates"),
            *(_pages_by(reader) for reader in Reader),
            _common_era("report_year"),
        ),
        # Not doc_id: an input whose bytes cannot be read is a row too, and has no hash.
        primary_key=("path",),
    ),
    TableSpec(
        "mentions",
        Mention,
        (
            _DOC_ID,
            _PATH,
            _PAGE,
            _count("table", minimum=1),
            _count("row"),
            _count("column"),
            *_box(),
            _text("agency"),
            _year("fiscal_year"),
            _text("scope", enum=Scope),
            _text("code"),
            _text("kind", required=True, enum=MentionKind),
            _decimal("value"),
            _count("scale", required=True, minimum=1),
            _text("printed_value"),
            _text("printed_code"),
            _text("question"),
            _text("reader", required=True, enum=Reader),
            _confidence(),
            _list("candidates"),
            _list("matched_by"),
            _text("mention_id", required=True),
            _LINE,
            _text("year_from"),
            _text("instrument"),
            _text("indicator"),
            _common_era("fiscal_year"),
            _text("reader_version"),
            _text("agency_printed"),
            _numbers("candidate_probabilities", places=4),
            _text("place_code"),
            _confidence("year_confidence"),
            _text("checked_value"),
        ),
        primary_key=("mention_id",),
        foreign_keys=_TO_DOCUMENTS,
    ),
    TableSpec(
        "scores",
        Score,
        (
            _DOC_ID,
            _text("agency"),
            _year("fiscal_year"),
            _text("scope", required=True, enum=Scope),
            _text("instrument"),
            _text("indicator"),
            _text("code", required=True),
            _decimal("value"),
            _count("mentions", required=True, minimum=1),
            _text("agreement", required=True, enum=("single", "agreed", "conflict")),
            _decimal("suggested_value"),
            _text("suggested_because"),
            _common_era("fiscal_year"),
            _text("place_code"),
            _list("doc_ids"),
        ),
        foreign_keys=_TO_DOCUMENTS,
    ),
    TableSpec(
        "codes",
        CodeReading,
        (
            _DOC_ID,
            _PATH,
            _PAGE,
            _text("printed"),
            _text("code"),
            _text("reason"),
            _confidence(required=True),
            _text("context"),
            _list("matched_by"),
            *_box(),
            _LINE,
            _year("fiscal_year"),
            _common_era("fiscal_year"),
        ),
        foreign_keys=_TO_DOCUMENTS,
    ),
    TableSpec(
        "grades",
        GradeMention,
        (
            _DOC_ID,
            _PATH,
            _PAGE,
            _year("fiscal_year"),
            _text("printed", required=True),
            _text("grade"),
            _text("code"),
            _text("agency"),
            *_box(),
            _LINE,
            _common_era("fiscal_year"),
        ),
        foreign_keys=_TO_DOCUMENTS,
    ),
    TableSpec(
        "findings",
        Finding,
        (
            _text("doc_id"),
            _PATH,
            _count("page", minimum=1),
            _year("fiscal_year"),
            _text("check", required=True),
            _text("severity", required=True, enum=Severity),
            _text("subject"),
            _text("printed"),
            _text("expected"),
            _text("fault", required=True, enum=Fault),
            _text("message", required=True),
            _text("message_th", required=True),
            _text("suggestion"),
            _list("mention_ids"),
            _common_era("fiscal_year"),
            _text("agency"),
        ),
        foreign_keys=_TO_DOCUMENTS,
    ),
    TableSpec(
        "claims",
        Claim,
        (
            _DOC_ID,
            _PATH,
            _PAGE,
            _text("agency"),
            _year("fiscal_year"),
            _text("kind", required=True, enum=ClaimKind),
            _text("scope", enum=Scope),
            _text("within"),
            _list("codes"),
            _text("relation", enum=Relation),
            _decimal("bound"),
            _count("count"),
            _decimal("value"),
            _year("since"),
            _text("grade"),
            _text("printed", required=True),
            _text("claim_id", required=True),
            *_box(),
            _LINE,
            _common_era("fiscal_year"),
            _text("place_code"),
        ),
        primary_key=("claim_id",),
        foreign_keys=_TO_DOCUMENTS,
    ),
    TableSpec(
        "pages",
        PageReading,
        (
            _DOC_ID,
            _PATH,
            _PAGE,
            _measure("width_pt", places=2),
            _measure("height_pt", places=2),
            _text("reader", enum=Reader),
            _text("reader_version"),
            _count("turned_degrees", required=True, maximum=270),
            _measure("straightened_degrees", required=True, places=3),
            Column("is_skimmed", ColumnType.BOOLEAN, attrgetter("is_skimmed"), required=True),
            _text("judgement"),
            _list("repairs"),
            _text("failure"),
            _count("words", required=True),
            _count("unread", required=True),
        ),
        primary_key=("doc_id", "page"),
        foreign_keys=_TO_DOCUMENTS,
    ),
)


@cache
def load_schema(folder: Path | None = None) -> tuple[TableSpec, ...]:
    """The tables in the order in which they are written, with their texts from `folder` (the shipped patterns/ where None).

    Raises KnowledgeError where a table or column lacks its texts, or a text belongs to none.
    """
    texts = load_texts(folder)
    check_names(texts.tables, (table.name for table in _TABLES), "[tables]")
    used: set[str] = set()
    schema = []
    for table in _TABLES:
        own = texts.columns[table.name]
        names = {column.name for column in table.columns}
        check_names({*own, *(names & texts.common.keys())}, names, f"[tables.{table.name}.columns]")
        used |= names - own.keys()
        schema.append(
            replace(
                table,
                columns=tuple(replace(column, text=own.get(column.name) or texts.common[column.name]) for column in table.columns),
                title=texts.tables[table.name]["title"],
                description=texts.tables[table.name]["description"],
            )
        )
    check_names(texts.common, used, "[common]")
    return tuple(schema)
