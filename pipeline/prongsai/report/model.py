"""What all pages share: the tables as a database, the agencies and years in them, and what codes are called."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prongsai.errors import OutputError
from prongsai.knowledge import Knowledge, load_knowledge
from prongsai.report.words import Both, word, words

if TYPE_CHECKING:
    import duckdb

INSTRUMENTS = ("IIT", "EIT", "EIT1", "EIT2", "OIT")


@dataclass(frozen=True, slots=True)
class Agency:
    """Somebody whose scores stand in the tables."""

    name: str
    place_code: str
    kind: str
    """Code of its kind, empty where neither a document of its own nor its name says so."""
    district: str
    province: str

    @property
    def key(self) -> str:
        """The name of its page: hex digits."""
        return agency_key(self.name, self.place_code)

    @property
    def page(self) -> str:
        """From the first page."""
        return f"agencies/{self.key}.html"


def agency_key(name: str, place_code: str) -> str:
    """What stands for an agency in file names and data: the same in every run."""
    return hashlib.sha256(f"{name}\0{place_code}".encode()).hexdigest()[:12]


def document_page(doc_id: str, path: str) -> str:
    """The page of a document, from the first page; a document whose bytes could not be read is known by its path."""
    return f"documents/{doc_id or hashlib.sha256(path.encode()).hexdigest()[:12]}.html"


@dataclass(frozen=True, slots=True)
class Model:
    """The tables of a run, and what of them is small enough to be at hand."""

    tables: duckdb.DuckDBPyConnection
    knowledge: Knowledge
    agencies: Mapping[tuple[str, str], Agency]
    """By name and place code, in the order of their names."""
    years: Sequence[int]
    """Fiscal years with scores, the latest first."""

    def rows(self, question: str, *values: object) -> Iterator[dict[str, Any]]:
        """The rows that answer an SQL question, by column name; several thousand at a time are in memory."""
        # A cursor of its own: questions may be asked while another one's rows are still coming.
        answer = self.tables.cursor().execute(question, values)
        names = [column[0] for column in answer.description or ()]
        while some := answer.fetchmany(2048):
            yield from (dict(zip(names, row, strict=True)) for row in some)

    def name(self, code: str, year: int | None = None) -> Both:
        """What a code is called in a year, or in the latest that knows it: `ind1`, `IIT`, `o12`; the code itself where nobody knows."""
        if code == "ITA" or code in INSTRUMENTS:
            return word(f"codes.{code}")
        framework = self.knowledge.framework(year) or self.knowledge.frameworks[max(self.knowledge.frameworks)]
        indicator = framework.indicator(code)
        if indicator is not None:
            return Both(indicator.name, words()[f"codes.{code}"].en)
        entry = framework.subindicator(code)
        question = framework.question(code)
        name = entry.name if entry is not None else question.wording if question is not None else ""
        return Both.same(name or code)

    def kind_name(self, code: str) -> Both:
        """What a kind of agency is called."""
        kind = next((one for one in self.knowledge.agency_kinds if one.code == code), None)
        return Both(kind.name_th, kind.name_en) if kind is not None else word("overview.no_kind")


class Following:
    """Rows of a table in the order of a key, handed out key by key, those of one key at a time in memory."""

    def __init__(self, rows: Iterable[dict[str, Any]], key: str) -> None:
        self._groups = groupby(rows, key=itemgetter(key))
        self._next = next(self._groups, None)

    def of(self, value: object) -> list[dict[str, Any]]:
        """The rows of one key, none where the next rows are another's; to be asked in the order of the keys."""
        if self._next is None or self._next[0] != value:
            return []
        rows = list(self._next[1])
        self._next = next(self._groups, None)
        return rows

    def check_end(self) -> None:
        """Raises OutputError where rows are left: they would be lost in silence."""
        if self._next is not None:
            raise OutputError(f"rows of {self._next[0]} belong to nothing that is known", "", "Run prongsai again to write the tables anew")


@contextmanager
def open_model(folder: Path) -> Iterator[Model]:
    """The tables in a folder. Raises OutputError where it holds none, or none that belong together."""
    with _connected(folder) as tables:
        cursor = tables.cursor()
        found = cursor.execute(_AGENCIES).fetchall()
        years = cursor.execute("SELECT DISTINCT fiscal_year FROM scores WHERE fiscal_year IS NOT NULL ORDER BY 1 DESC").fetchall()
        knowledge = load_knowledge()
        known = (Agency(*row) for row in found)
        agencies = {(one.name, one.place_code): one if one.kind else replace(one, kind=_kind_of(one.name, knowledge)) for one in known}
        yield Model(tables, knowledge, agencies, [year for (year,) in years])


def _kind_of(name: str, knowledge: Knowledge) -> str:
    """The kind that an agency's name begins with, for those of whom only others' documents print scores; empty where none does."""
    never = knowledge.agency_cues.kinds["never_begin"]
    kinds = (kind for kind in knowledge.agency_kinds if kind.level != "place" and kind.code not in never)
    return next((kind.code for kind in kinds if name.startswith((kind.name_th, *kind.prefixes))), "")


_AGENCIES = """
WITH named AS (
  SELECT agency, coalesce(place_code, '') AS place_code, agency_type, district, province,
    row_number() OVER (PARTITION BY agency, coalesce(place_code, '') ORDER BY report_year DESC NULLS LAST, path) AS nth
  FROM documents WHERE agency IS NOT NULL
), scored AS (SELECT DISTINCT agency, coalesce(place_code, '') AS place_code FROM scores WHERE agency IS NOT NULL)
SELECT agency, place_code, coalesce(agency_type, ''), coalesce(district, ''), coalesce(province, '')
FROM (SELECT agency, place_code FROM scored UNION SELECT agency, place_code FROM named) AS known
LEFT JOIN named USING (agency, place_code)
WHERE nth IS NULL OR nth = 1
ORDER BY agency, place_code
"""


@contextmanager
def _connected(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables that were written last. Raises OutputError where a run is going on, or files of different runs stand together."""
    from prongsai.export.read import newest, read_arrow
    from prongsai.export.views import connect, open_database

    source = newest(folder)
    if source != "csv":
        with connect(folder, source) as tables:
            yield tables
        return
    # CSV alone: the tables come into memory.
    rows = {spec.name: table for spec, table in read_arrow(folder, source)}
    with open_database() as tables:
        for name, table in rows.items():
            tables.register(f"{name}_rows", table)
            # A view would not be seen by cursors.
            tables.execute(f'CREATE TABLE "{name}" AS SELECT * FROM {name}_rows')
        yield tables
