"""What was read of each document, kept from one run to the next: a second run reads only what is new.

One SQLite file in the folder `.prongsai` of the output folder. A result is kept under what it depends on: the bytes of the
document, the options, and the versions of all that reads it. SQLite's own journal makes each entry whole or absent, however a
run ends.
"""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import shutil
import sqlite3
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from prongsai.errors import UsageError, explained
from prongsai.records import Source, Status

LOG = logging.getLogger(__name__)

FOLDER = ".prongsai"
"""Inside the output folder; hidden, since it is nobody's table."""
FILE, LOCK = "results.sqlite", "lock"
LAYOUT = 3
"""Of the tables below; a file of another layout is begun anew."""
_TABLES = """
CREATE TABLE results (key TEXT PRIMARY KEY, status TEXT NOT NULL, reason TEXT NOT NULL, pages INTEGER NOT NULL, seconds REAL NOT NULL,
  limits TEXT NOT NULL, kept REAL NOT NULL, result BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE pages (key TEXT NOT NULL, number INTEGER NOT NULL, seconds REAL NOT NULL, kept REAL NOT NULL, page BLOB NOT NULL,
  PRIMARY KEY (key, number)) WITHOUT ROWID;
CREATE TABLE files (path TEXT PRIMARY KEY, tag TEXT NOT NULL, sha256 TEXT NOT NULL, kind TEXT NOT NULL, size INTEGER NOT NULL)
  WITHOUT ROWID;
CREATE TABLE listing (position INTEGER PRIMARY KEY, path TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, size INTEGER NOT NULL,
  status TEXT NOT NULL, reason TEXT NOT NULL);
CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


_PATIENCE_S = 1.0
"""Who only looks whether a run goes on has the lock for a moment."""
_NUMBERS = {"full": errno.ENOSPC, "readonly": errno.EROFS, "unable to open": errno.EACCES}


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a document that was read."""

    result: bytes
    status: str
    reason: str
    pages: int
    seconds: float
    """Of one process, all its calls together."""
    limits: str = ""
    """Of the processes that read it, where other limits might give another result."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a run is about to read."""

    path: str
    key: str
    """Empty where it was rejected before it could be read."""
    kind: str
    size_bytes: int
    reason: str = ""
    """Why it was rejected."""


class Store:
    """The results in a folder; a context manager that keeps other runs out of it as long as it is open."""

    def __init__(self, folder: Path, versions: str) -> None:
        """`versions` stands for all that reads documents; results of other versions are not given."""
        self._folder = folder / FOLDER
        self._versions = hashlib.sha256(versions.encode()).hexdigest()[:16]
        self.scratch = self._folder / "scratch"
        """For files that are not whole yet; of this run alone."""

    def __enter__(self) -> Store:
        """Raises UsageError where another run writes to the folder, OutputError where it cannot be written."""
        with ExitStack() as opened:
            opened.enter_context(alone_in(self._folder.parent))
            with _explained(self._folder):
                # What a run that was killed has left.
                shutil.rmtree(self.scratch, ignore_errors=True)
                self.scratch.mkdir()
                self._database = _open(self._folder / FILE)
            opened.callback(self._database.close)
            self._opened = opened.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._opened.close()

    def key(self, source: Source, options: object) -> str:
        """What a result is kept under: hex digits of a hash, those of the versions first."""
        return self._versions + hashlib.sha256(f"{source.sha256} {source.kind} {options!r}".encode()).hexdigest()[:32]

    def find(self, key: str) -> Kept | None:
        """The result that is kept under a key, None where there is none or its bytes are damaged."""
        rows = self._ask("SELECT result, status, reason, pages, seconds, limits FROM results WHERE key = ?", key)
        result = _unpacked(rows[0][0]) if rows else None
        return None if result is None else Kept(result, *rows[0][1:])

    def keep(self, key: str, kept: Kept) -> None:
        """Keeps a document's result; what was kept of its pages is no longer needed."""
        row = (key, kept.status, kept.reason, kept.pages, kept.seconds, kept.limits, time.time(), packed(kept.result))
        with self._change() as database:
            database.execute("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
            database.execute("DELETE FROM pages WHERE key = ?", (key,))

    def pages(self, key: str) -> Mapping[int, bytes]:
        """Pages of a document that was not read to its end, by number, but for those whose bytes are damaged."""
        rows = self._ask("SELECT number, page FROM pages WHERE key = ?", key)
        return {number: page for number, packed in rows if (page := _unpacked(packed)) is not None}

    def keep_page(self, key: str, number: int, page: bytes, seconds: float) -> None:
        """Keeps one page of a document that is not done yet, and how long it took."""
        row = (key, number, seconds, time.time(), packed(page))
        with self._change() as database:
            database.execute("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?)", row)

    def file(self, path: str, tag: str) -> tuple[str, str, int] | None:
        """SHA-256, kind and bytes of a remote file whose server told this tag of it; None where that is not known."""
        rows = self._ask("SELECT sha256, kind, size FROM files WHERE path = ? AND tag = ?", path, tag)
        return (rows[0][0], rows[0][1], rows[0][2]) if rows else None

    def keep_file(self, path: str, tag: str, sha256: str, kind: str, size_bytes: int) -> None:
        """Remembers what was learned of a remote file."""
        with self._change() as database:
            database.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", (path, tag, sha256, kind, size_bytes))

    def list_all(self, listed: Sequence[Listed]) -> None:
        """Notes what a run is about to read; the clock of the run starts."""
        rows = [
            (at, one.path, one.key, one.kind, one.size_bytes, Status.REJECTED if one.reason else "", one.reason)
            for at, one in enumerate(listed)
        ]
        with self._change() as database:
            database.execute("DELETE FROM listing")
            database.executemany("INSERT INTO listing VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        self.note("began", time.time())
        self.note("ended", None)

    def fared(self, position: int, status: Status, reason: str) -> None:
        """Notes how one document of the listing fared."""
        with self._change() as database:
            database.execute("UPDATE listing SET status = ?, reason = ? WHERE position = ?", (status, reason, position))

    def end(self) -> None:
        """Notes that the run that listed its documents has come to its end, and drops what other versions read."""
        with self._change() as database:
            for table in ("results", "pages"):
                database.execute(f"DELETE FROM {table} WHERE key NOT LIKE ?", (f"{self._versions}%",))
        self.note("ended", time.time())

    def note(self, name: str, value: object) -> None:
        """Keeps something that can be told in JSON."""
        with self._change() as database:
            database.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, json.dumps(value)))

    def noted(self, name: str) -> object:
        """What was noted under a name, None where nothing was."""
        rows = self._ask("SELECT value FROM notes WHERE name = ?", name)
        return json.loads(rows[0][0]) if rows else None

    def forget(self) -> None:
        """Drops every result, so that all is read again."""
        with self._change() as database:
            for table in ("results", "pages", "files", "notes"):
                database.execute(f"DELETE FROM {table}")

    def _ask(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        with _explained(self._folder):
            return self._database.execute(query, values).fetchall()

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        with _explained(self._folder), self._database:
            yield self._database


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keeps other runs out of an output folder; the system lets go of it however this process ends.

    Raises UsageError where another run writes to it, OutputError where it cannot be written.
    """
    import filelock

    with _explained(folder / FOLDER):
        (folder / FOLDER).mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(folder / FOLDER / LOCK, timeout=_PATIENCE_S)
        try:
            lock.acquire()
        except filelock.Timeout as error:
            raise UsageError(
                "another run is writing to this folder", str(folder), "Wait until it is done, or name another --out"
            ) from error
    try:
        yield
    finally:
        lock.release()


def packed(record: bytes) -> bytes:
    """A result or a page as it is kept."""
    return zlib.compress(record, 1)


def _unpacked(packed: bytes) -> bytes | None:
    """The bytes, None where they are damaged: they end in a checksum."""
    try:
        return zlib.decompress(packed)
    except zlib.error:
        return None


def _open(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    try:
        if database.execute("PRAGMA quick_check(1)").fetchone() == ("ok",):
            return _prepared(database)
        error: object = "its pages do not fit together"
    except sqlite3.DatabaseError as damage:
        if isinstance(damage, sqlite3.OperationalError):
            database.close()
            raise
        error = damage
    database.close()
    LOG.warning("%s is damaged (%s) and begun anew: everything is read again", path, error)
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)
    return _prepared(sqlite3.connect(path))


def _prepared(database: sqlite3.Connection) -> sqlite3.Connection:
    """With its tables, which are begun anew where they are of another layout."""
    # Another process may look on while this one writes; a crash of the machine may cost the last entries, never the file.
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    (layout,) = database.execute("PRAGMA user_version").fetchone()
    if layout != LAYOUT:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in tables:
            database.execute(f'DROP TABLE "{name}"')
        database.executescript(_TABLES)
        database.execute(f"PRAGMA user_version = {LAYOUT}")
    return database


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    with explained("keep what was read", str(folder)):
        try:
            yield
        except sqlite3.DatabaseError as error:
            # SQLite has words where the system has numbers.
            number = next((number for word, number in _NUMBERS.items() if word in str(error)), errno.EIO)
            raise OSError(number, str(error)) from error
