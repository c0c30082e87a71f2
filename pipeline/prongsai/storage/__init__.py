"""Where files lie that are not on this machine: `s3://`, `gs://`, `az://` and `https://`, by fsspec.

Its functions take local paths as well, so that nobody else needs to ask which is which.
"""

from __future__ import annotations

from prongsai.storage.addresses import is_remote, join, suffix_of
from prongsai.storage.fetching import Entry, Listing, at_hand, list_remote, local_copy
from prongsai.storage.hashing import sha256_of
from prongsai.storage.publishing import check_writable, files_under, local_folder, publish, put, put_text, remove
from prongsai.storage.waiting import no_waiting
from prongsai.storage.whole import write_whole

__all__ = [
    "Entry",
    "Listing",
    "at_hand",
    "check_writable",
    "files_under",
    "is_remote",
    "join",
    "list_remote",
    "local_copy",
    "local_folder",
    "no_waiting",
    "publish",
    "put",
    "put_text",
    "remove",
    "sha256_of",
    "suffix_of",
    "write_whole",
]
