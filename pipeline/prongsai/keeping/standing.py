"""How far the run of a folder is: read off what it keeps there, by another process, while it goes on or after it ended."""

from __future__ import annotations

import json
import re
import sqlite3
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from prongsai.errors import OutputError
from prongsai.keeping.store import FILE, FOLDER, LAYOUT, LOCK
from prongsai.records import Status

_NUMERALS = re.compile(r"\d[\d,.]*")
_SETTLED = 16
"""Of so many documents of a run the first half no longer tells its speed: processes that have just started are slow."""
_NEXT_STEP = "Name the folder that was given to prongsai run with --out"


class State(StrEnum):
    """What is going on in the folder of a run."""

    LOOKING = "looking"
    """A run looks at its inputs; what is told is of the run before it, if there was one."""
    READING = "reading"
    WRITING = "writing"
    """All is read, and the tables are being written."""
    STOPPED = "stopped"
    """The run ended before its end; the same command goes on where it was."""
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why documents were not read, or only in part."""

    reason: str
    """Of the first of them; the others' may differ in numbers."""
    documents: int
    example: str
    """The path of that first one."""


@dataclass(frozen=True, slots=True)
class RunStatus:
    """How far the run of a folder is."""

    folder: str
    state: State
    documents: int
    """All of the run, copies under other paths left out."""
    by_status: Mapping[Status, int]
    """Of those that are done."""
    kept_before: int
    """Done documents that an earlier run into this folder had read."""
    retried: int
    """Rejected documents that the next run reads again: the process that read them died or took too long."""
    pages: int
    """Of all documents that are done, and single pages of those that are not."""
    troubles: tuple[Trouble, ...]
    """The commonest first."""
    began: datetime | None
    """None where no run has listed its documents yet."""
    ended: datetime | None
    """When it came to its end or, where it was stopped, when it last kept something."""
    elapsed_s: float
    pages_per_minute: float | None
    """Of this run alone; None where it has read nothing."""
    left_s: float | None
    """An estimate, the tables' writing left out; None where it is not known: nothing is left, or nothing was read yet."""

    @property
    def done(self) -> int:
        """How many documents are done, rejected ones included."""
        return sum(self.by_status.values())

    @property
    def left(self) -> int:
        """How many documents are not done."""
        return self.documents - self.done


@dataclass(frozen=True, slots=True)
class _Row:
    """One document of the listing, with what is kept of it."""

    path: str
    kind: str
    size: int
    status: str
    reason: str
    pages: int
    seconds: float
    kept: float
    """When, in seconds of the epoch; 0 where nothing is kept of the whole."""
    left_pages: int
    """Pages kept of a document that is not done."""
    left_seconds: float
    """What those of them took that are of this run."""
    left_kept: float
    """When the last of them was kept."""
    is_retried: bool


_ROWS = """
SELECT path, kind, size, coalesce(nullif(l.status, ''), r.status, ''), coalesce(nullif(l.reason, ''), r.reason, ''),
  coalesce(r.pages, 0), coalesce(r.seconds, 0), coalesce(r.kept, 0),
  coalesce(p.pages, 0), coalesce(p.seconds, 0), coalesce(p.kept, 0),
  l.status = 'rejected' AND l.key != '' AND r.key IS NULL
FROM listing l LEFT JOIN results r USING (key) LEFT JOIN (
  SELECT key, count(*) AS pages, sum(CASE WHEN kept >= :began THEN seconds ELSE 0 END) AS seconds, max(kept) AS kept FROM pages GROUP BY key
) p USING (key) ORDER BY position
"""


def find_status(folder: Path) -> RunStatus:
    """How far the run of a folder is. Raises OutputError where the folder holds no run, or one that cannot be looked at.

    Nothing is written, and a run that goes on is not held up.
    """
    kept = folder / FOLDER / FILE
    if not kept.is_file():
        raise OutputError("the folder holds no run", str(folder), _NEXT_STEP)
    lock = folder / FOLDER / LOCK
    is_held = _is_held(lock)
    try:
        with closing(_look(kept)) as database:
            (layout,) = database.execute("PRAGMA user_version").fetchone()
            if layout != LAYOUT:
                raise OutputError("what is kept there is of another version of Prongsai", str(folder), "Run it again, or use that version")
            # One transaction, so that a run that goes on changes nothing in between.
            database.execute("BEGIN")
            notes = {name: json.loads(value) for name, value in database.execute("SELECT name, value FROM notes WHERE name != 'receipt'")}
            began, ended = notes.get("began"), notes.get("ended")
            rows = [_Row(*row) for row in database.execute(_ROWS, {"began": began or 0.0})]
    except sqlite3.Error as error:
        raise OutputError(f"what the run kept cannot be read ({error})", str(kept), "Check your permissions, or run it again") from error
    # It may have come to its end since it was seen at work.
    is_held = is_held and (ended is None or _is_held(lock))
    return _status(str(folder), rows, began, ended, is_held=is_held)


def _look(file: Path) -> sqlite3.Connection:
    """A connection that cannot write; SQLite wants to write beside the file all the same, unless told that nobody changes it."""
    uri = file.resolve().as_uri()
    database = sqlite3.connect(f"{uri}?mode=ro", uri=True, isolation_level=None)
    try:
        database.execute("PRAGMA schema_version")
    except sqlite3.OperationalError:
        database.close()
        return sqlite3.connect(f"{uri}?mode=ro&immutable=1", uri=True, isolation_level=None)
    return database


def _is_held(lock: Path) -> bool:
    """Whether a run has the lock of the folder now."""
    import filelock

    if not lock.exists():
        return False
    try:
        with filelock.FileLock(lock, timeout=0):
            return False
    except filelock.Timeout:
        return True
    except OSError:
        # Somebody else's folder, which cannot be locked from here.
        return False


def _status(folder: str, rows: list[_Row], began: float | None, ended: float | None, *, is_held: bool) -> RunStatus:
    state = _state(rows, began, ended, is_held=is_held)
    last = max((max(row.kept, row.left_kept) for row in rows), default=0.0)
    until = ended if ended is not None else time.time() if is_held else max(last, began or 0.0)
    elapsed = max(0.0, until - began) if began is not None else 0.0
    fresh = [row for row in rows if row.kept and began is not None and row.kept >= began]
    n_fresh_pages = sum(row.pages for row in fresh) + sum(row.left_pages for row in rows if row.left_seconds)
    return RunStatus(
        folder=folder,
        state=state,
        documents=len(rows),
        by_status=Counter(Status(row.status) for row in rows if row.status),
        kept_before=sum(1 for row in rows if row.kept) - len(fresh),
        retried=sum(row.is_retried for row in rows),
        pages=sum(row.pages + row.left_pages for row in rows),
        troubles=_troubles(rows),
        began=_moment(began),
        ended=None if is_held else _moment(until if began is not None else None),
        elapsed_s=elapsed,
        pages_per_minute=n_fresh_pages / elapsed * 60 if n_fresh_pages and elapsed else None,
        left_s=_left_s(rows, fresh, until - elapsed, until) if state in (State.READING, State.STOPPED) else None,
    )


def _state(rows: list[_Row], began: float | None, ended: float | None, *, is_held: bool) -> State:
    if began is None or ended is not None:
        return State.LOOKING if is_held else State.FINISHED if began is not None else State.STOPPED
    if not is_held:
        return State.STOPPED
    return State.READING if any(not row.status for row in rows) else State.WRITING


def _left_s(rows: list[_Row], fresh: list[_Row], since: float, until: float) -> float | None:
    """What is left takes what documents of its kind took for each byte, divided by how many processes have been at work.

    A kind of which none was read yet takes what a document of any kind took: its bytes say nothing of that.
    """
    done = telling = [row for row in rows if row.seconds]
    if len(fresh) >= _SETTLED:
        fresh = sorted(fresh, key=lambda row: row.kept)
        since, fresh = fresh[len(fresh) // 2 - 1].kept, fresh[len(fresh) // 2 :]
        telling = fresh
    worked = sum(row.seconds for row in fresh) + sum(row.left_seconds for row in rows)
    if not done or not worked or until <= since:
        return None
    per_document = sum(row.seconds for row in done) / len(done)
    per_byte = {}
    for kind in {row.kind for row in done}:
        some = [row for row in telling if row.kind == kind] or [row for row in done if row.kind == kind]
        per_byte[kind] = sum(row.seconds for row in some) / max(1, sum(row.size for row in some))
    left = ((row.size * per_byte[row.kind] if row.kind in per_byte else per_document) - row.left_seconds for row in rows if not row.status)
    return sum(max(0.0, seconds) for seconds in left) * (until - since) / worked


def _troubles(rows: list[_Row]) -> tuple[Trouble, ...]:
    """Reasons that differ in numbers alone are one."""
    alike: dict[str, list[_Row]] = {}
    for row in rows:
        if row.reason:
            alike.setdefault(_NUMERALS.sub("#", row.reason), []).append(row)
    troubles = (Trouble(some[0].reason, len(some), some[0].path) for some in alike.values())
    return tuple(sorted(troubles, key=lambda one: -one.documents))


def _moment(seconds: float | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
