"""Where a run writes: into the output folder itself, or, where that is elsewhere, beside it on this machine first."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from prongsai.intake import Seen
from prongsai.keeping.sending import Sender
from prongsai.keeping.store import Store
from prongsai.records import Kind
from prongsai.storage import check_writable, files_under, is_remote


@dataclass(frozen=True, slots=True)
class Home:
    """An output folder, and the folder of this machine in which its files are made and results are kept."""

    address: str
    folder: Path

    @classmethod
    def of(cls, address: str) -> Home:
        """The home of an output folder; that of a remote one lies in the user's cache, the same in each run to one address."""
        if not is_remote(address):
            return cls(address, Path(address))
        import platformdirs

        name = hashlib.sha256(address.rstrip("/").encode()).hexdigest()[:16]
        return cls(address, Path(platformdirs.user_cache_dir("prongsai", appauthor=False)) / "runs" / name)

    def check(self) -> None:
        """Raises UsageError and OutputError where a remote address cannot be written: before a night's work, not after it."""
        if is_remote(self.address):
            check_writable(self.address)

    def send(self, files: Collection[str]) -> None:
        """Puts written files to the address; raises OutputError."""
        with self.sender() as sender:
            sender.send(files)

    def sender(self) -> Sender:
        """Sends to the address what is written, from when it is entered."""
        return Sender(self.folder, self.address)

    def has_sent(self, files: Collection[str]) -> bool:
        """Whether files of these names are at the address."""
        return not is_remote(self.address) or set(files) <= set(files_under(self.address))


@dataclass(frozen=True, slots=True)
class RemoteFiles:
    """What a store knows of files elsewhere, so that what has not changed is not fetched to be known; for `gather`."""

    store: Store

    def get(self, path: str, tag: str) -> Seen | None:
        """See `intake.Known`."""
        row = self.store.file(path, tag)
        return None if row is None else Seen(row[0], Kind(row[1]), row[2])

    def put(self, path: str, tag: str, seen: Seen) -> None:
        """See `intake.Known`."""
        self.store.keep_file(path, tag, seen.sha256, seen.kind, seen.size_bytes)
