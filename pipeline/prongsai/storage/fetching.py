"""From elsewhere to here: what lies at an address, and its bytes as a file on this machine."""

from __future__ import annotations

import glob
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from prongsai.errors import InputLost, InputRejected
from prongsai.records import Source
from prongsai.storage.addresses import is_remote, is_web, open_service, scheme_of, suffix_of
from prongsai.storage.hashing import sha256_of
from prongsai.storage.waiting import patiently

_TAGS = ("ETag", "etag", "md5Hash", "content_md5", "Content-MD5", "Last-Modified")
"""What servers call that which changes with a file's bytes."""
_TELL_EVERY_S = 10.0
_kept = threading.local()


@dataclass(frozen=True, slots=True)
class Entry:
    """A remote file."""

    path: str
    """Its whole address."""
    tag: str
    """Changes with the bytes; empty where the server tells nothing of the kind."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What lies at an address, sorted by path."""

    named: tuple[Entry, ...] = ()
    """The file itself, or files that a pattern matches."""
    in_folders: tuple[Entry, ...] = ()
    """Files in the folder, or in folders that a pattern matches, to the bottom."""


def list_remote(url: str) -> Listing:
    """A file, a folder or a pattern with `*`, `?` or `[`; on the web, a file only.

    As with local patterns, none matches a hidden file or folder unless it says so. Raises UsageError, InputRejected and Unreachable.
    """
    system, path = open_service(url)
    if is_web(url):
        _refuse_crawling(url)
    scheme = scheme_of(url)

    def look() -> Listing:
        # What was listed before is not what lies there now.
        system.invalidate_cache()
        try:
            found = [system.info(path)]
        except FileNotFoundError:
            if is_web(url) or not glob.has_magic(path):
                raise
            found = [info for name, info in system.glob(path, detail=True).items() if not _is_hidden(name, path)]
        files, folders = (one for one in found if _is_file(one)), [one for one in found if not _is_file(one)]
        below = (one for folder in folders for one in system.find(folder["name"], detail=True).values() if _is_file(one))
        return Listing(_entries(scheme, files), _entries(scheme, below))

    return patiently(url, look, InputRejected)


def _refuse_crawling(url: str) -> None:
    path = urlsplit(url).path
    if path.rstrip("/") == "" or path.endswith("/") or "*" in path:
        raise InputRejected("folders of the web are not searched, and patterns there match nothing", url, "Name its files one by one")


def _is_file(info: Mapping[str, Any]) -> bool:
    # An empty object whose name ends in / is how some programs make a folder in a bucket.
    return info["type"] == "file" and not info["name"].endswith("/")


def _is_hidden(name: str, pattern: str) -> bool:
    fixed = pattern[: min(pattern.find(magic) for magic in "*?[" if magic in pattern)].rpartition("/")[0]
    return "/." not in pattern and "/." in name.removeprefix(fixed)


def _entries(scheme: str, infos: Iterator[Mapping[str, Any]]) -> tuple[Entry, ...]:
    found = {}
    for info in infos:
        path = info["name"] if is_remote(info["name"]) else f"{scheme}://{info['name']}"
        tag = next((str(info[name]).strip('"') for name in _TAGS if info.get(name)), "")
        found[path] = Entry(path, f"{tag} {info.get('size')}" if tag else "")
    return tuple(found[path] for path in sorted(found))


@contextmanager
def local_copy(path: str, on_wait: Callable[[], None] | None = None) -> Iterator[Path]:
    """The bytes as a file of this machine: a local path itself, a remote one's copy, of the same extension, until the end.

    `on_wait` is called now and then while it takes long. Raises UsageError, InputRejected and Unreachable; of a local path it
    says nothing, not even that it is there.
    """
    if not is_remote(path):
        yield Path(path)
        return
    with tempfile.TemporaryDirectory(prefix="prongsai-") as folder:
        yield fetch(path, Path(folder) / f"copy{suffix_of(path)}", on_wait)


def fetch(url: str, file: Path, on_wait: Callable[[], None] | None = None) -> Path:
    """Copies a remote file here; see `local_copy`."""
    system, path = open_service(url)
    from fsspec.callbacks import Callback

    told = time.monotonic()

    def came(size: int | None, value: int) -> None:
        nonlocal told
        if on_wait is not None and time.monotonic() > told + _TELL_EVERY_S:
            told = time.monotonic()
            on_wait()

    patiently(url, lambda: system.get_file(path, str(file), callback=Callback(hooks={"came": came})), InputRejected, on_wait)
    return file


@contextmanager
def at_hand(source: Source, on_wait: Callable[[], None] | None = None) -> Iterator[Source]:
    """The source with its bytes on this machine, and sure to be those that were looked at when the run began.

    Each thread keeps the remote file that it was last asked for, so that pages read one by one cost one copy. `on_wait` as for
    `local_copy`. Raises InputLost where the bytes changed or are gone, UsageError and Unreachable.
    """
    try:
        file = _last_copy(source, on_wait) if is_remote(source.path) else Path(source.path)
        is_unchanged = is_same(file, source.sha256)
    except InputRejected as error:
        raise InputLost(error.what, error.where, error.next_step) from error
    except FileNotFoundError as error:
        raise InputLost("the file is gone", source.path, "Check that it is still there") from error
    except OSError as error:
        raise InputLost(f"the file cannot be read ({error.strerror or error})", source.path, "Check its permissions") from error
    if not is_unchanged:
        _forget_copy()
        raise InputLost("the file was changed while the run went on", source.path, "Run it again")
    yield replace(source, local_path=str(file)) if is_remote(source.path) else source


def is_same(file: Path, sha256: str) -> bool:
    """Whether a file has these bytes; the same file that no one has touched is not read a second time for its next page."""
    told = file.stat()
    mark = (file, sha256, told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns)
    if getattr(_kept, "mark", None) == mark:
        return True
    if sha256_of(file) != sha256:
        return False
    _kept.mark = mark
    return True


def _last_copy(source: Source, on_wait: Callable[[], None] | None) -> Path:
    if getattr(_kept, "path", None) != (source.path, source.sha256):
        _forget_copy()
        folder = tempfile.TemporaryDirectory(prefix="prongsai-")
        _kept.file = fetch(source.path, Path(folder.name) / f"copy{suffix_of(source.path)}", on_wait)
        _kept.path, _kept.folder = (source.path, source.sha256), folder
    file: Path = _kept.file
    return file


def _forget_copy() -> None:
    if hasattr(_kept, "folder"):
        _kept.folder.cleanup()
    _kept.__dict__.clear()
