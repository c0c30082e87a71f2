"""What several mentions of one score amount to: agreed within the rounding of their digits, or in conflict.

Scores of one agency and year meet, however many documents print them: a memo and the report that it came with, or the
reports of two years that both print the first one's result.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from prongsai.errors import OutputError
from prongsai.language.numerals import parse_numeral
from prongsai.records import Document, Mention, MentionKind, Scope, Score, Suggestion, Tables

_HALF = Decimal("0.5")
_FULL_MARKS = 100
_FULL = 100
"""What is printed as more is a misprint and no score: the audit tells of it."""

_NOTES = """
PRAGMA journal_mode = OFF;
CREATE TABLE owners (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE prints (owner TEXT NOT NULL, pack BLOB NOT NULL);
CREATE TABLE suggested (owner TEXT NOT NULL, pack BLOB NOT NULL);
CREATE INDEX prints_of ON prints (owner);
CREATE INDEX suggested_of ON suggested (owner);
BEGIN;
"""
"""`owners` are numbered as they first come; a pack is what one document prints or suggests of an owner's scores, pickled."""
_AT_ONCE = 1000
_KEEP = "INSERT INTO {} (owner, pack) VALUES (?, ?)"


@dataclass(frozen=True, slots=True)
class _Print:
    """What counts of one mention."""

    doc_id: str
    agency: str
    fiscal_year: int | None
    scope: Scope
    instrument: str
    indicator: str
    code: str
    value: Decimal
    half_unit: Decimal
    """Half of the last printed digit, on 0-100: a printed number stands for everything that rounds to it."""
    place_code: str


class Scorebook:
    """Takes the mentions of documents as they come and gives their scores at the end; what counts of them waits on disk.

    Documents meet where their agency has one identity: its name and the gazetteer's code of its place; where it has no such
    code the same name, kind, district and province; for the kinds that are `national` the name alone. Other names alone do
    not: two provinces have a subdistrict of one name. Raises OutputError where the disk is full.
    """

    def __init__(self, national: Collection[str] = ()) -> None:
        self._national = frozenset(national)
        # Without a name: a file of SQLite's own in the system's folder for such, gone with the connection whatever happens.
        self._notes = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._notes.executescript(_NOTES)

    def add(self, document: Document | None, mentions: Iterable[Mention], suggestions: Iterable[Suggestion] = ()) -> None:
        """Adds what a document prints and what its audit suggests; without its `document` only agencies with a code of their place
        meet others."""
        prints: dict[str, list[_Print]] = {}
        for mention in mentions:
            if mention.kind is not MentionKind.SCORE or mention.scope is None:
                continue
            if mention.value is not None and 0 <= mention.value <= _FULL:
                owner = self._owner(mention.agency, mention.place_code, mention.doc_id, document)
                prints.setdefault(owner, []).append(_print(mention, mention.scope, mention.value))
        suggested: dict[str, list[Suggestion]] = {}
        for one in suggestions:
            owner = self._owner(one.agency, one.place_code, document.doc_id if document is not None else "", document)
            suggested.setdefault(owner, []).append(one)
        with _explained():
            self._notes.executemany("INSERT OR IGNORE INTO owners (name) VALUES (?)", ((owner,) for owner in prints))
            self._notes.executemany(_KEEP.format("prints"), _packed(prints))
            self._notes.executemany(_KEEP.format("suggested"), _packed(suggested))

    def scores(self) -> Iterator[Score]:
        """One score for each agency, fiscal year and code that has a read mention, in the order of the first documents.

        The order of documents changes no score, and only the order of rows. In a conflict the value is the one that is
        printed most often, and empty where none is.
        """
        with _explained():
            for (owner,) in self._notes.execute("SELECT name FROM owners ORDER BY number"):
                groups: dict[tuple[str, int | str, str], list[_Print]] = {}
                for each in self._kept("prints", owner):
                    # Scores of no known year are of the same one only within a document.
                    year = each.doc_id if each.fiscal_year is None else each.fiscal_year
                    groups.setdefault((each.agency, year, each.code), []).append(each)
                suggested: dict[tuple[int | None, str], list[Suggestion]] = {}
                for one in self._kept("suggested", owner):
                    suggested.setdefault((one.fiscal_year, one.code), []).append(one)
                for group in groups.values():
                    yield _score(group, suggested.get((group[0].fiscal_year, group[0].code), ()))

    def tables(self) -> Iterator[Tables]:
        """The scores as rows of their table, some at a time."""
        scores = self.scores()
        while some := tuple(islice(scores, _AT_ONCE)):
            yield Tables(scores=some)

    def _kept(self, table: str, owner: str) -> Iterator[Any]:
        """What `add` kept for an owner, in the order in which it came."""
        for (pack,) in self._notes.execute(f"SELECT pack FROM {table} WHERE owner = ? ORDER BY rowid", (owner,)):
            yield from pickle.loads(pack)

    def _owner(self, agency: str, place_code: str, doc_id: str, document: Document | None) -> str:
        """Whose score it is; what is not known well enough to meet others is its document's."""
        owner: tuple[str, ...] = (agency, "", doc_id)
        if place_code:
            owner = (agency, place_code)
        elif document is not None and document.agency and agency == document.agency:
            if document.agency_type in self._national:
                owner = (document.agency, document.agency_type)
            elif document.province:
                owner = (document.agency, document.agency_type, document.district, document.province)
        # Of letters that every file can hold: names read badly may have others.
        return ascii(owner)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        next_step = "Free some space in the folder for temporary files, or name another with TMPDIR"
        raise OutputError(f"cannot keep the scores: {error}", next_step=next_step) from error


def _packed(kept: Mapping[str, Sequence[object]]) -> Iterator[tuple[str, bytes]]:
    return ((owner, pickle.dumps(each, pickle.HIGHEST_PROTOCOL)) for owner, each in kept.items())


def _print(mention: Mention, scope: Scope, value: Decimal) -> _Print:
    return _Print(
        mention.doc_id,
        mention.agency,
        mention.fiscal_year,
        scope,
        mention.instrument,
        mention.indicator,
        mention.code,
        value,
        _half_unit(mention),
        mention.place_code,
    )


def _score(group: Sequence[_Print], suggested: Sequence[Suggestion]) -> Score:
    """`suggested` counts where all documents whose audit suggests something suggest the same."""
    first = group[0]
    value: Decimal | None
    if len(group) == 1:
        agreement, value = "single", first.value
    elif all(_agree(one, other) for at, one in enumerate(group) for other in group[at + 1 :]):
        agreement, value = "agreed", min(group, key=lambda each: each.half_unit).value
    else:
        agreement, value = "conflict", _most_frequent(group)
    doc_ids = sorted({each.doc_id for each in group})
    holders = [each.doc_id for each in group if each.value == value]
    if value is not None and not 0 <= value <= _FULL_MARKS:
        # A misprint beyond full marks stands in the mentions; it is nobody's score.
        value = None
    is_one = len({one.value for one in suggested}) == 1
    return Score(
        doc_id=min(holders, default=doc_ids[0]),
        agency=first.agency,
        fiscal_year=first.fiscal_year,
        scope=first.scope,
        instrument=first.instrument,
        indicator=first.indicator,
        code=first.code,
        value=value,
        mentions=len(group),
        agreement=agreement,
        suggested_value=suggested[0].value if is_one else None,
        suggested_because="; ".join(sorted({one.because for one in suggested})) if is_one else "",
        place_code=next((each.place_code for each in group if each.place_code), ""),
        doc_ids=tuple(doc_ids),
    )


def _half_unit(mention: Mention) -> Decimal:
    """Half of the last printed digit, on 0-100: a printed number stands for everything that rounds to it."""
    numeral = parse_numeral(mention.numeral)
    decimals = 0 if numeral is None else numeral.decimals
    return _HALF.scaleb(-decimals) * 100 / mention.scale


def _agree(one: _Print, other: _Print) -> bool:
    """Whether two printed numbers can be one value: of as many digits they must be the same ones, else their intervals overlap."""
    if one.value == other.value:
        return True
    return one.half_unit != other.half_unit and abs(one.value - other.value) < one.half_unit + other.half_unit


def _most_frequent(group: Sequence[_Print]) -> Decimal | None:
    counts = Counter(each.value for each in group).most_common(2)
    return counts[0][0] if len(counts) == 1 or counts[0][1] > counts[1][1] else None
