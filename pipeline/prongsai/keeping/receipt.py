"""Whether an earlier run wrote the very tables that a run would write, so that it can leave them as they are."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from prongsai.export.listing import FOLDER as PARTS
from prongsai.export.listing import MANIFEST
from prongsai.keeping.home import Home
from prongsai.keeping.store import Store
from prongsai.outcome import Counts
from prongsai.records.codec import decode, encode

_NAME = "receipt"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a finished run wrote."""

    job: str
    """What it was asked to do: `describe_job`."""
    files: dict[str, str]
    """SHA-256 of each file, by its path in the folder."""
    counts: Counts
    parts: dict[str, str]
    """The same of the parts that are listed by one of the files."""


def describe_job(parts: Iterable[object]) -> str:
    """A hash of all that the tables depend on."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(repr(part).encode() + b"\0")
    return digest.hexdigest()


def give_receipt(store: Store, job: str, home: Home, files: Sequence[str], counts: Counts) -> None:
    """Notes in the store what was written."""
    parts = sorted((home.folder / PARTS).rglob("*.parquet")) if f"{PARTS}/{MANIFEST}" in files else ()
    named = {path.relative_to(home.folder).as_posix(): file_hash(path) for path in parts}
    receipt = Receipt(job, {file: file_hash(home.folder / file) for file in files}, counts, named)
    store.note(_NAME, encode(receipt).hex())


def find_receipt(store: Store, job: str, home: Home) -> Receipt | None:
    """The receipt of an earlier run that did the same job, where all its files still are what it wrote."""
    noted = store.noted(_NAME)
    if not isinstance(noted, str):
        return None
    try:
        receipt = decode(bytes.fromhex(noted), Receipt)
        known = receipt.files | receipt.parts
        if receipt.job == job and all(file_hash(home.folder / file) == known[file] for file in known):
            return receipt if home.has_sent(receipt.files) else None
    except (OSError, ValueError):
        # A file that is gone, or the receipt of another version.
        return None
    return None


def file_hash(path: Path) -> str:
    """SHA-256 of a file, hex. Raises OSError where it cannot be read."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
