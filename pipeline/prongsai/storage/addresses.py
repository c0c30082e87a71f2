"""Addresses of files that are not on this machine, and what is needed to reach each kind of them."""

from __future__ import annotations

import logging
import os
import re
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from prongsai.errors import UsageError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

LOG = logging.getLogger(__name__)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")


@dataclass(frozen=True, slots=True)
class Service:
    """A kind of server: the extra of this package that installs what speaks to it, and how a user proves who they are."""

    extra: str
    credentials: str


_S3 = Service(
    "s3",
    "Give AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY (and AWS_ENDPOINT_URL where it is not Amazon's), or FSSPEC_S3_ANON=true "
    "for a public bucket",
)
_GS = Service("gs", "Name the file of a key by GOOGLE_APPLICATION_CREDENTIALS, or give FSSPEC_GS_TOKEN=anon for a public bucket")
_AZ = Service("az", "Give AZURE_STORAGE_CONNECTION_STRING, or AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY")
_WEB = Service("https", "Download it yourself, and name the local file")
SERVICES = {"s3": _S3, "gs": _GS, "az": _AZ, "https": _WEB, "http": _WEB}
"""By scheme; all that is taken, although fsspec knows more: each was tried before it was promised."""


def is_remote(path: str) -> bool:
    """Whether a path is an address of another machine; a drive letter of Windows is none."""
    return _SCHEME.match(path) is not None


def is_web(url: str) -> bool:
    """Whether an address is one of the web, where files can be read one by one and neither listed nor written."""
    return scheme_of(url) in ("https", "http")


def scheme_of(url: str) -> str:
    """What stands before `://`."""
    return url.partition("://")[0]


def server_of(url: str) -> str:
    """What an address and others are on together: one server of the web, or all buckets of a service."""
    return urlsplit(url).netloc if is_web(url) else scheme_of(url)


def suffix_of(path: str) -> str:
    """The extension of a local or remote name with its dot, in small letters; what follows `?` in a web address is no part of it."""
    return PurePosixPath(urlsplit(path).path if is_remote(path) and is_web(path) else path).suffix.lower()


def join(folder: str, name: str) -> str:
    """The address of a file in a remote folder; `name` may hold further folders."""
    return f"{folder.rstrip('/')}/{name}"


def service_of(url: str) -> Service:
    """Raises UsageError where the address is of no kind that is taken."""
    service = SERVICES.get(scheme_of(url))
    if service is None:
        known = ", ".join(f"{scheme}://" for scheme in SERVICES)
        raise UsageError(f"{scheme_of(url)}:// is no kind of address that can be read", url, f"Give {known} or a local path")
    return service


@cache
def _file_system(scheme: str, process: int) -> AbstractFileSystem:
    """One for all threads of a process, where fsspec would make each its own, which takes half a second."""
    # Not fsspec's url_to_fs, which takes `::` in a name for a chain of file systems.
    import fsspec
    from fsspec.asyn import get_loop

    # A connection that breaks is told to whoever waits for an answer; asyncio would log it a second time, as a fault.
    get_loop().set_exception_handler(lambda loop, told: LOG.debug("%s", told.get("exception") or told["message"]))
    return fsspec.filesystem(scheme)


def open_service(url: str) -> tuple[AbstractFileSystem, str]:
    """The file system that an address is on, and the path there. Raises UsageError, also where its package is missing."""
    service = service_of(url)
    try:
        system = _file_system(scheme_of(url), os.getpid())
    except ImportError as error:
        raise UsageError(
            f"{scheme_of(url)}:// needs a package that is not installed ({error})", url, f"pip install 'prongsai[{service.extra}]'"
        ) from error
    # Buckets are named in their path, web files by their whole address.
    return system, url if is_web(url) else url.partition("://")[2]
