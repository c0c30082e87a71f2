"""The state of a review: the tables of a run, the queue over them, and the answers; all that the server asks for."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from prongsai.records import Asked, Correction
from prongsai.report.model import Model, open_model
from prongsai.report.review.answers import Answers, Given, Outcome
from prongsai.report.review.items import Item, Items
from prongsai.report.review.queue import Queue
from prongsai.report.review.spots import spot_of, whole_spot
from prongsai.report.writing import MANIFEST

_AT_A_TIME = 64
_DOCUMENTS_AT_A_TIME = 200
_TABLES = ("parquet/mentions.parquet", "parts/run.json", "csv/mentions.csv")
"""Files of which one at least is written anew by each run."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the review is."""

    entries: int
    done: int
    """Of the entries, those that are answered."""
    answers: int
    """Rows of the file, on whatever they are."""


class Desk:
    """Made for one output folder, the site over it and one file of answers; a context manager."""

    def __init__(self, folder: Path, answers: Answers, site: Path | None = None) -> None:
        self._folder, self._site, self.answers = folder, site, answers
        self._opened = ExitStack()
        self._turn = threading.RLock()
        self._state: Sequence[object] = ()
        self._open()

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self._opened.close()

    def _open(self) -> None:
        """Opens the tables; again where another run has written them since."""
        with self._turn:
            state = [_state(self._folder / name) for name in _TABLES]
            if state == self._state:
                return
            with ExitStack() as opened:
                self._model: Model = opened.enter_context(open_model(self._folder))
                self._queue = Queue(self._model)
                self._items = Items(self._model, self._queue, self._site)
                # What was opened before is left to questions that are still being answered, and closed with the desk.
                self._opened.push(opened.pop_all())
            self._done: dict[str, tuple[tuple[Correction, ...], frozenset[str]]] = {}
            self._state = state

    def standing(self) -> Standing:
        """How far the review is."""
        done = sum(len(keys) for _, keys in self._answered().values())
        return Standing(self._queue.length, done, len(self.answers.now().rows))

    def after(self, key: str, count: int) -> Sequence[Item]:
        """The next entries behind a key that nobody has answered; from the first one where the key is none of the queue."""
        self._open()
        done = self._answered()
        entry = self._queue.find(key)
        position = -1 if entry is None else entry.position
        found: list[Item] = []
        while len(found) < count and (some := self._queue.after(position, _AT_A_TIME)):
            position = some[-1].position
            left = [one for one in some if one.doc_id not in done or one.key not in done[one.doc_id][1]][: count - len(found)]
            self._items.fetch(one.doc_id for one in left)
            found += [item for one in left if (item := self._items.find(one.key)) is not None]
        return found

    def find(self, key: str) -> tuple[Item, tuple[Correction, ...]] | None:
        """A question and the answers to it that are in force; None where the tables do not have what it is about."""
        self._open()
        item = self._items.find(key)
        return None if item is None else (item, self.answers.at(item.sha256, item.asked, item.spots))

    def give(self, item: Item, given: Given) -> Outcome:
        """See `Answers.give`."""
        frameworks = self._model.knowledge.frameworks
        framework = self._model.knowledge.framework(item.fiscal_year)
        of_year = framework.all_codes() if framework is not None else ()
        codes = of_year or dict.fromkeys(code for one in frameworks.values() for code in one.all_codes())
        return self.answers.give(item, given, tuple(codes))

    def of_document(self, doc_id: str) -> Mapping[str, Sequence[Correction]] | None:
        """The answers in force on a document's numbers, by key, `value:` and a mention_id; and on itself, `agency:` and its id."""
        self._open()
        document = self._items.of_document(doc_id)
        if document is None:
            return None
        sha256 = document["sha256"] or ""
        if not self.answers.in_force(sha256):
            return {}
        mentions = list(document["mentions"].values())
        spots = [(f"{asked}:{row['mention_id']}", asked, spot_of(asked, row, mentions)) for asked in Asked for row in mentions]
        spots += [(f"{asked}:{doc_id}", asked, whole_spot(asked, document)) for asked in (Asked.AGENCY, Asked.YEAR)]
        return {key: found for key, asked, spot in spots if (found := self.answers.at(sha256, asked, [spot]))}

    def _answered(self) -> Mapping[str, tuple[tuple[Correction, ...], frozenset[str]]]:
        """For each document with answers: those in force, and the keys of its entries that they answer."""
        with self._turn:
            in_force = {sha256[:16]: self.answers.in_force(sha256) for sha256 in self.answers.documents()}
            self._done = {doc_id: held for doc_id, held in self._done.items() if doc_id in in_force}
            changed = [doc_id for doc_id, held in in_force.items() if doc_id not in self._done or self._done[doc_id][0] is not held]
            for at in range(0, len(changed), _DOCUMENTS_AT_A_TIME):
                some = changed[at : at + _DOCUMENTS_AT_A_TIME]
                rows = {doc_id: list(those) for doc_id, those in groupby(self._mentions(some), key=itemgetter("doc_id"))}
                documents = {row["doc_id"]: row for row in self._rows("documents", some)}
                for doc_id in some:
                    keys = self._keys(documents.get(doc_id), rows.get(doc_id, ())) if in_force[doc_id] else ()
                    self._done[doc_id] = (in_force[doc_id], frozenset(keys))
            return self._done

    def _keys(self, document: Mapping[str, Any] | None, mentions: Sequence[Mapping[str, Any]]) -> Iterable[str]:
        if document is None:
            return
        by_id = {row["mention_id"]: row for row in mentions}
        for entry in self._queue.of(document["doc_id"]):
            spot = spot_of(entry.asked, by_id[entry.mention_ids[0]], mentions) if entry.mention_ids else whole_spot(entry.asked, document)
            if self.answers.at(document["sha256"], entry.asked, [spot]):
                yield entry.key

    def _mentions(self, doc_ids: Sequence[str]) -> Sequence[Mapping[str, Any]]:
        rows = self._rows("mentions", doc_ids)
        return sorted(rows, key=lambda row: (row["doc_id"], int(row["mention_id"].rpartition(":")[2])))

    def _rows(self, table: str, doc_ids: Sequence[str]) -> Sequence[Mapping[str, Any]]:
        return list(self._model.rows(f"SELECT * FROM {table} WHERE doc_id IN (SELECT unnest(?))", list(doc_ids)))


def is_older(site: Path, folder: Path) -> bool:
    """Whether a site was never finished, or is older than the tables in a folder; what is written last says when it was."""
    written = site / MANIFEST
    if not written.is_file():
        return True
    return any(table.stat().st_mtime > written.stat().st_mtime for name in _TABLES if (table := folder / name).is_file())


def _state(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError:
        return ()
    return (found.st_ino, found.st_size, found.st_mtime_ns)
