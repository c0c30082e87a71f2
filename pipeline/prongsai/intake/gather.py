"""Paths, folders and patterns become sources: each read once, hashed as it streams by, the same bytes taken once."""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from prongsai.errors import InputRejected, Unreachable
from prongsai.intake.kinds import EXTENSIONS, HEAD_BYTES, describe_other, tell_kind
from prongsai.records import Kind, Source
from prongsai.storage import is_remote, list_remote, local_copy, no_waiting, suffix_of

_CHUNK_BYTES = 1 << 20
_FETCHERS = 8
"""So many remote files are looked at together: that waits for servers more than it computes."""
_READABLE = "Give PDF, PNG, JPEG, TIFF or text"


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that cannot be read, and why: what is wrong, and what to do."""

    path: str
    sha256: str
    """Empty where the bytes could not be read."""
    reason: str


@dataclass(frozen=True, slots=True)
class Intake:
    """What was found: sources sorted by path, inputs that cannot be read, and how many other files folders held."""

    sources: tuple[Source, ...]
    rejected: tuple[Rejected, ...]
    n_ignored: int = 0
    """Files inside folders whose extension is none of `EXTENSIONS`, hidden ones included."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was learned of a file by reading its bytes."""

    sha256: str
    kind: Kind
    size_bytes: int


class Known(Protocol):
    """What earlier runs learned of remote files, so that what has not changed need not be fetched to be known."""

    def get(self, path: str, tag: str) -> Seen | None:
        """What was learned of the file when its server told this tag of it, which changes with its bytes."""

    def put(self, path: str, tag: str, seen: Seen) -> None:
        """Remembers that."""


_NO_MATCH = "no file matches the pattern. Check its spelling"
_NO_REPORT = f"no report lies in the folder. Put files there that end in {', '.join(sorted(EXTENSIONS))}, or name another"


@dataclass(slots=True)
class _Found:
    paths: set[str] = field(default_factory=set)
    rejected: dict[str, str] = field(default_factory=dict)
    ignored: set[str] = field(default_factory=set)
    tags: dict[str, str] = field(default_factory=dict)
    """Of remote files whose servers tell one."""


def gather(inputs: Sequence[str], known: Known | None = None) -> Intake:
    """Every report under the inputs: files, folders (searched to the bottom), patterns with `*`, `?` or `[`; local ones, and
    those of S3, Google and Azure. On the web, files alone.

    Files named outright are taken whatever their extension; in folders only those of `EXTENSIONS`. An input that is not
    there, that matches nothing, or that is a folder without a report is a `Rejected`. Order is that of the paths,
    whatever that of the inputs. Remote files that `known` knows are not fetched. Raises UsageError on an address that no installed
    package reads.
    """
    found = _Found()
    for given in inputs:
        _expand(given, found)
    by_hash: dict[str, Source] = {}
    rejected = [Rejected(path, "", reason) for path, reason in found.rejected.items()]
    for path, looked_at in _look_at_all(found, known):
        if isinstance(looked_at, Rejected):
            rejected.append(looked_at)
        elif looked_at.sha256 in by_hash:
            first = by_hash[looked_at.sha256]
            by_hash[looked_at.sha256] = replace(first, aliases=(*first.aliases, path))
        else:
            by_hash[looked_at.sha256] = looked_at
    return Intake(tuple(by_hash.values()), tuple(sorted(rejected, key=lambda one: one.path)), len(found.ignored))


def _look_at_all(found: _Found, known: Known | None) -> Iterator[tuple[str, Source | Rejected]]:
    """Each path, in order, with what it is. `known` is asked and told in this thread alone."""
    tags = {path: found.tags.get(path, "") for path in sorted(found.paths)}
    seen = {path: known.get(path, tag) for path, tag in tags.items() if tag} if known is not None else {}
    pool = ThreadPoolExecutor(_FETCHERS)
    try:
        fetched = {path: pool.submit(_look_at, path) for path in tags if is_remote(path) and not seen.get(path)}
        for path, tag in tags.items():
            if before := seen.get(path):
                yield path, Source(path, before.sha256, before.kind, before.size_bytes)
                continue
            looked_at = fetched.pop(path).result() if path in fetched else _look_at(path)
            if known is not None and tag and isinstance(looked_at, Source):
                known.put(path, tag, Seen(looked_at.sha256, looked_at.kind, looked_at.size_bytes))
            yield path, looked_at
    except BaseException:
        # Ctrl-C, most likely: nobody should have to wait for a server then.
        with no_waiting():
            pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()


def _expand(given: str, found: _Found) -> None:
    if is_remote(given):
        _expand_remote(given, found)
        return
    path = Path(given)
    try:
        is_folder, is_there = path.is_dir(), path.exists()
    except (OSError, ValueError) as error:
        found.rejected[given] = f"the path makes no sense ({error}). Check its spelling"
        return
    if is_folder:
        _expand_folder(path, found)
    elif is_there or path.is_symlink():
        found.paths.add(path.as_posix())
    elif glob.has_magic(given):
        matches = sorted(glob.glob(given, recursive=True))  # noqa: PTH207 (Path.glob takes no absolute pattern)
        if not matches:
            found.rejected[given] = _NO_MATCH
        for match in matches:
            _expand(match, found)
    else:
        found.rejected[given] = "there is no such file or folder. Check its spelling"


def _expand_folder(folder: Path, found: _Found) -> None:
    if not _take_reports((file.as_posix() for file in _files_under(folder, found)), found):
        found.rejected.setdefault(folder.as_posix(), _NO_REPORT)


def _expand_remote(given: str, found: _Found) -> None:
    try:
        listing = list_remote(given)
    except (InputRejected, Unreachable) as error:
        found.rejected[given] = _reason_of(error)
        return
    found.tags.update((entry.path, entry.tag) for entry in (*listing.named, *listing.in_folders))
    found.paths.update(entry.path for entry in listing.named)
    if not _take_reports((entry.path for entry in listing.in_folders), found) and not listing.named:
        found.rejected[given] = _NO_MATCH if glob.has_magic(given) else _NO_REPORT


def _take_reports(files: Iterable[str], found: _Found) -> bool:
    """Takes what has the name of a report among the files of a folder, and says whether there was any."""
    has_some = False
    for path in files:
        if suffix_of(path) in EXTENSIONS and not path.rpartition("/")[2].startswith((".", "~$")):
            found.paths.add(path)
            has_some = True
        else:
            found.ignored.add(path)
    return has_some


def _reason_of(error: InputRejected | Unreachable) -> str:
    return f"{error.what}. {error.next_step}" if error.next_step else error.what


def _files_under(folder: Path, found: _Found) -> Iterator[Path]:
    """All files below a folder; links to folders are not followed, so that a loop of links ends."""
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        found.rejected[folder.as_posix()] = f"the folder cannot be read ({error.strerror or error}). Check its permissions"
        return
    for entry in entries:
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _files_under(entry, found)
        else:
            yield entry


def _look_at(path: str) -> Source | Rejected:
    """Hashes a file in one pass and tells its kind; never holds more than a chunk of it."""
    digest = hashlib.sha256()
    size = 0
    head = b""
    try:
        with local_copy(path) as file:
            if not file.is_file():
                return Rejected(path, "", f"it is no regular file. {_READABLE}")
            with file.open("rb") as stream:
                while chunk := stream.read(_CHUNK_BYTES):
                    if not head:
                        head = chunk[:HEAD_BYTES]
                    digest.update(chunk)
                    size += len(chunk)
    except (InputRejected, Unreachable) as error:
        return Rejected(path, "", _reason_of(error))
    except OSError as error:
        return Rejected(path, "", f"the file cannot be read ({error.strerror or error}). Check its permissions")
    sha256 = digest.hexdigest()
    if size == 0:
        return Rejected(path, sha256, "the file is empty. Download it again")
    kind = tell_kind(head)
    reason = _reason_against(kind, EXTENSIONS.get(suffix_of(path)), head)
    return Rejected(path, sha256, reason) if reason else Source(path, sha256, kind, size)


def _reason_against(kind: Kind, promised: Kind | None, head: bytes) -> str:
    """Why a file is not taken, empty if it is. A PDF or image under a wrong name is taken for what it is; text is not:
    behind `.pdf` it is a server's error page or half a download.
    """
    if kind is Kind.UNKNOWN:
        other = describe_other(head)
        if other:
            return f"the file is {other[0]}. {other[1]}"
        if promised is Kind.PDF:
            return "the name says PDF but the bytes are not those of one. Download it again"
        if promised is Kind.IMAGE:
            return "the name says image but the bytes are not those of one. Download it again"
        return f"the file is of no kind that can be read. {_READABLE}"
    if kind is Kind.TEXT and promised is not Kind.TEXT:
        page = "a web page" if head.lstrip()[:200].lower().startswith((b"<!doctype html", b"<html")) else "text"
        if promised is None:
            return f"the file is {page} under a name that says neither .txt nor .md. Rename it if it is a report"
        name = "PDF" if promised is Kind.PDF else "image"
        return f"the name says {name} but the bytes are {page}. Download it again"
    return ""
