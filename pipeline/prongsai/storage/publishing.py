"""From here to elsewhere: tables written on this machine are put into a remote folder, and fetched from it again."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from prongsai.errors import OutputError
from prongsai.storage.addresses import is_remote, is_web, join, open_service
from prongsai.storage.waiting import patiently

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

LOG = logging.getLogger(__name__)

LAST = ("datapackage.json", "parts/run.json")
"""Tell which others belong together, so that a reader can see when they are of different runs."""
TABLES = ("csv/", "parquet/", "parts/", *LAST)
_TRIAL = ".prongsai-trial"


def put(file: Path, url: str) -> None:
    """Copies a local file to a remote address, over what is there. Raises UsageError and OutputError."""
    system, path = _open(url)
    patiently(url, lambda: system.put_file(str(file), path), OutputError)


def put_text(text: str, url: str) -> None:
    """Writes a remote file, over what is there. Raises UsageError and OutputError."""
    system, path = _open(url)
    patiently(url, lambda: system.pipe_file(path, text.encode()), OutputError)


def remove(url: str, names: Iterable[str]) -> None:
    """Removes files of a remote folder; those that are not there are no matter. Raises UsageError.

    Somebody may write and not delete: what stays is said.
    """
    system, path = _open(url)

    def drop(name: str) -> None:
        with suppress(FileNotFoundError):
            system.rm_file(join(path, name))

    try:
        for name in names:
            patiently(join(url, name), partial(drop, name), OutputError)
    except OutputError as error:
        LOG.warning("files of an earlier run stay there: %s", error)


def publish(folder: Path, files: Collection[str], url: str, done: Callable[[str], None] | None = None) -> None:
    """Puts files, named relative to a local folder, under the same names into a remote one, `datapackage.json` last.

    `done` is told each file's name when it is there. Raises UsageError and OutputError; what is there then stays there.
    """
    for name in sorted(files, key=lambda name: (name in LAST, name)):
        put(folder / name, join(url, name))
        if done is not None:
            done(name)


def check_writable(url: str) -> None:
    """Puts an empty file into a remote folder and takes it away: better to fail before a night's work than after it.

    Raises UsageError and OutputError.
    """
    system, path = _open(url)
    trial = join(path, _TRIAL)
    patiently(url, lambda: system.pipe_file(trial, b""), OutputError)
    with suppress(Exception):
        # Somebody may write and not delete: an empty hidden file is then left.
        system.rm_file(trial)


def files_under(url: str) -> tuple[str, ...]:
    """The names of all files in a remote folder, relative to it, sorted; none where there is no such folder.

    Raises UsageError and OutputError.
    """
    system, path = _open(url)
    path = path.strip("/")

    def look() -> Sequence[str]:
        system.invalidate_cache()
        try:
            return list(system.find(path))
        except FileNotFoundError:
            return ()

    return tuple(sorted(name.removeprefix(f"{path}/") for name in patiently(url, look, OutputError)))


@contextmanager
def local_folder(folder: str, wanted: Sequence[str] = TABLES) -> Iterator[Path]:
    """A folder on this machine with the files of a run: a local one itself, of a remote one copies until the end.

    `wanted` are beginnings of names. Raises UsageError, and OutputError where a remote folder has none of them.
    """
    if not is_remote(folder):
        yield Path(folder)
        return
    names = [name for name in files_under(folder) if name.startswith(tuple(wanted))]
    if not names:
        raise OutputError("holds no tables of a run", folder, "Name the folder that was given to prongsai with --out")
    with tempfile.TemporaryDirectory(prefix="prongsai-") as copy:
        system, path = _open(folder)
        for name in names:
            here = Path(copy, name)
            here.parent.mkdir(parents=True, exist_ok=True)
            patiently(folder, partial(system.get_file, join(path, name), str(here)), OutputError)
        yield Path(copy)


def _open(url: str) -> tuple[AbstractFileSystem, str]:
    if is_web(url):
        raise OutputError("files of the web can be read one by one, and not written", url, "Name a local folder, s3://, gs:// or az://")
    return open_service(url)
