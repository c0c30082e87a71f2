"""Paths, folders and patterns become sources: each read once, hashed as it streams by, the same bytes taken once."""

from __future__ import annotations

import glob
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from prongsai.intake.kinds import EXTENSIONS, HEAD_BYTES, describe_other, tell_kind
from prongsai.records import Kind, Source

_CHUNK_BYTES = 1 << 20
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


_NO_REPORT = f"no report lies in the folder. Put files there that end in {', '.join(sorted(EXTENSIONS))}, or name another"


@dataclass(slots=True)
class _Found:
    paths: set[str] = field(default_factory=set)
    rejected: dict[str, str] = field(default_factory=dict)
    ignored: set[str] = field(default_factory=set)


def gather(inputs: Sequence[str]) -> Intake:
    """Every report under the inputs: files, folders (searched to the bottom), patterns with `*`, `?` or `[`.

    Files named outright are taken whatever their extension; in folders only those of `EXTENSIONS`. An input that is not
    there, that matches nothing, or that is a folder without a report is a `Rejected`. Order is that of the paths,
    whatever that of the inputs.
    """
    found = _Found()
    for given in inputs:
        _expand(given, found)
    by_hash: dict[str, Source] = {}
    rejected = [Rejected(path, "", reason) for path, reason in found.rejected.items()]
    for path in sorted(found.paths):
        looked_at = _look_at(path)
        if isinstance(looked_at, Rejected):
            rejected.append(looked_at)
        elif looked_at.sha256 in by_hash:
            first = by_hash[looked_at.sha256]
            by_hash[looked_at.sha256] = replace(first, aliases=(*first.aliases, path))
        else:
            by_hash[looked_at.sha256] = looked_at
    return Intake(tuple(by_hash.values()), tuple(sorted(rejected, key=lambda one: one.path)), len(found.ignored))


def _expand(given: str, found: _Found) -> None:
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
            found.rejected[given] = "no file matches the pattern. Check its spelling"
        for match in matches:
            _expand(match, found)
    else:
        found.rejected[given] = "there is no such file or folder. Check its spelling"


def _expand_folder(folder: Path, found: _Found) -> None:
    is_fruitless = True
    for file in _files_under(folder, found):
        if file.suffix.lower() in EXTENSIONS and not file.name.startswith((".", "~$")):
            found.paths.add(file.as_posix())
            is_fruitless = False
        else:
            found.ignored.add(file.as_posix())
    if is_fruitless:
        found.rejected.setdefault(folder.as_posix(), _NO_REPORT)


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
    file = Path(path)
    digest = hashlib.sha256()
    size = 0
    head = b""
    try:
        if not file.is_file():
            return Rejected(path, "", f"it is no regular file. {_READABLE}")
        with file.open("rb") as stream:
            while chunk := stream.read(_CHUNK_BYTES):
                if not head:
                    head = chunk[:HEAD_BYTES]
                digest.update(chunk)
                size += len(chunk)
    except OSError as error:
        return Rejected(path, "", f"the file cannot be read ({error.strerror or error}). Check its permissions")
    sha256 = digest.hexdigest()
    if size == 0:
        return Rejected(path, sha256, "the file is empty. Download it again")
    kind = tell_kind(head)
    reason = _reason_against(kind, EXTENSIONS.get(file.suffix.lower()), head)
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
