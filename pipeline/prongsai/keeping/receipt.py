"""Whether an earlier run wrote the very tables that a run would write, so that it can leave them as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from prongsai.keeping.home import Home
from prongsai.keeping.store import Store
from prongsai.outcome import Counts
from prongsai.records.codec import decode, encode
from prongsai.storage import sha256_of

_NAME = "receipt"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a finished run wrote."""

    job: str
    """What it was asked to do: `describe_job`."""
    files: dict[str, str]
    """SHA-256 of each file, by its path in the folder."""
    counts: Counts


def describe_job(parts: Iterable[object]) -> str:
    """A hash of all that the tables depend on."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(repr(part).encode() + b"\0")
    return digest.hexdigest()


def give_receipt(store: Store, job: str, home: Home, files: Sequence[str], counts: Counts) -> None:
    """Notes in the store what was written."""
    receipt = Receipt(job, {file: sha256_of(home.folder / file) for file in files}, counts)
    store.note(_NAME, encode(receipt).hex())


def find_receipt(store: Store, job: str, home: Home) -> Receipt | None:
    """The receipt of an earlier run that did the same job, where all its files still are what it wrote."""
    noted = store.noted(_NAME)
    if not isinstance(noted, str):
        return None
    try:
        receipt = decode(bytes.fromhex(noted), Receipt)
        if receipt.job == job and all(sha256_of(home.folder / file) == known for file, known in receipt.files.items()):
            return receipt if home.has_sent(receipt.files) else None
    except (OSError, ValueError):
        # A file that is gone, or the receipt of another version.
        return None
    return None
