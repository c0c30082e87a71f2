"""Folders for the temporary files of processes that read, and an end for those that nobody was left to remove.

Parent and child each remove the child's folder when the other is gone. Where both die in the same instant it stays, and the
next folder made on this machine takes it away. That its owners are dead is told by a lock, which the system lets go of when
the last process that holds it has ended; the number of a process may soon be another's.
"""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import IO

_PREFIX = "prongsai-"
_LOCK = ".alive"


class Scratch:
    """A folder of one child process, which inherits the lock."""

    def __init__(self) -> None:
        """Raises OSError where the system's folder for temporary files cannot be written."""
        _sweep()
        self._folder = tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)
        self.name = self._folder.name
        # Held before it has the name by which a sweeper finds it.
        unnamed = Path(self.name, f"{_LOCK}-new")
        self._lock = unnamed.open("wb")
        if _holds(self._lock):
            unnamed.rename(unnamed.with_name(_LOCK))

    @property
    def locks(self) -> tuple[int, ...]:
        """What the child inherits; nothing where the system has no such locks."""
        return (self._lock.fileno(),) if Path(self.name, _LOCK).exists() else ()

    def remove(self) -> None:
        """Removes it with all that it holds."""
        self._folder.cleanup()
        self._lock.close()


def _holds(lock: IO[bytes]) -> bool:
    """Whether the open file is now locked for this process and those that inherit it."""
    try:
        import fcntl

        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, OSError):
        # Windows, or a disk that cannot; then nobody sweeps.
        return False
    return True


def _sweep() -> None:
    """Removes the folders whose processes are all dead."""
    for path in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*/{_LOCK}"):
        # It may be gone by now, or somebody else's.
        with suppress(OSError), path.open("rb") as lock:
            if _holds(lock):
                shutil.rmtree(path.parent, ignore_errors=True)
