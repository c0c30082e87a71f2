"""Sends what a run writes to an output folder elsewhere: parts as soon as they are whole, the rest at its end.

What is there follows what is here: parts of a run that nobody has finished before lie in `parts` from the beginning; over a
finished run they lie in `parts-next` until the end. No server moves folders, so that at the end `parts` is written over file by
file, and its list says meanwhile that the run is not done. Removed is what an earlier run's list names, and nothing else.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import TracebackType

from prongsai.errors import OutputError
from prongsai.export.listing import FOLDER, MANIFEST, NEXT, Listing
from prongsai.export.schema import load_schema
from prongsai.storage import files_under, is_remote, join, local_folder, no_waiting, publish, put, put_text, remove

LOG = logging.getLogger(__name__)
_PART = re.compile(r"[a-z_]+/(?:[a-z_]+=\d+/)?part-\d+\.parquet")
"""What a list may name; it lies where others can write."""


@dataclass(frozen=True, slots=True)
class _Earlier:
    """What the list of an earlier run says, whatever its version."""

    is_finished: bool = False
    parts: frozenset[str] = frozenset()


_NOTHING = _Earlier()


class Sender:
    """Sends files of a local folder to an address, where that is remote; a context manager.

    Parts are sent by a thread of its own: a server that is away holds nobody up, and what could not be sent is sent at the end.
    """

    def __init__(self, folder: Path, address: str) -> None:
        self._folder, self._address = folder, address
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="prongsai-sender")
        self._following: Future[None] | None = None
        self._place = ""
        """Where parts lie while the run goes on, once that is known."""
        self._sent: set[str] = set()
        """Parts that are there."""

    def __enter__(self) -> Sender:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with nullcontext() if error is None else no_waiting():
            self._thread.shutdown(cancel_futures=True)

    def grown(self, listing: Listing) -> None:
        """Has the parts sent that are whole; of a finished list, waits until none of them is being sent."""
        if not is_remote(self._address):
            return
        if not listing.is_finished:
            self._following = self._thread.submit(self._follow, listing)
        elif self._following is not None:
            self._following.result()

    def send(self, files: Collection[str]) -> None:
        """Puts all that a run has written to the address, lists last. Raises UsageError and OutputError."""
        if not is_remote(self._address):
            return
        parts = {name.removeprefix(f"{FOLDER}/") for name in files if name.startswith(f"{FOLDER}/")}
        publish(self._folder, [name for name in files if not name.startswith(f"{FOLDER}/")], self._address)
        if parts:
            self._replace(parts - {MANIFEST})

    def _follow(self, listing: Listing) -> None:
        try:
            if not self._place:
                there = self._earlier()
                place = NEXT if there.get(FOLDER, _NOTHING).is_finished else FOLDER
                remove(self._at(place), sorted(there.get(place, _NOTHING).parts))
                self._place = place
            for name in sorted(set(chain.from_iterable(listing.files.values())) - self._sent):
                put(listing.home / name, self._at(self._place, name))
                self._sent.add(name)
            put_text(listing.render(), self._at(self._place, MANIFEST))
        except OutputError as error:
            LOG.warning("%s", error)

    def _replace(self, parts: Collection[str]) -> None:
        """Puts a finished run's parts into the place of those that are there."""
        there = self._earlier()
        known = there.get(FOLDER, _NOTHING).parts.union(parts)
        tables = {spec.name for spec in load_schema()}.union(name.partition("/")[0] for name in known)
        files = {table: tuple(sorted(name for name in known if name.startswith(f"{table}/"))) for table in sorted(tables)}
        put_text(Listing(Path(FOLDER), is_finished=False, documents=0, files=files).render(), self._at(FOLDER, MANIFEST))
        sent = self._sent if self._place == FOLDER else set()
        publish(self._folder / FOLDER, [name for name in parts if name not in sent], self._at(FOLDER))
        remove(self._at(FOLDER), sorted(known.difference(parts)))
        put(self._folder / FOLDER / MANIFEST, self._at(FOLDER, MANIFEST))
        if NEXT in there:
            remove(self._at(NEXT), [*sorted(there[NEXT].parts), MANIFEST])

    def _earlier(self) -> Mapping[str, _Earlier]:
        """What the lists at the address name, by the folder in which they lie."""
        lists = {f"{place}/{MANIFEST}": place for place in (FOLDER, NEXT)}
        found = sorted(lists.keys() & set(files_under(self._address)))
        there = {lists[name]: _NOTHING for name in found}
        with local_folder(self._address, found) if found else nullcontext(self._folder) as here:
            for name in found:
                # Broken: the run that comes writes it anew.
                with suppress(ValueError, KeyError, TypeError, AttributeError):
                    data = json.loads((here / name).read_text(encoding="utf-8"))
                    parts = frozenset(name for name in chain.from_iterable(data["files"].values()) if _PART.fullmatch(name))
                    there[lists[name]] = _Earlier(bool(data["is_finished"]), parts)
        return there

    def _at(self, place: str, name: str = "") -> str:
        return join(self._address, f"{place}/{name}" if name else place)
