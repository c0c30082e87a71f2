"""Patience with servers: what passes is waited for, what lasts is told at once, as an error of this program."""

from __future__ import annotations

import errno
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from prongsai.errors import InputRejected, OutputError, ProngsaiError, Unreachable
from prongsai.storage.addresses import is_web, server_of, service_of

if TYPE_CHECKING:
    from tenacity import RetryCallState

LOG = logging.getLogger(__name__)
Result = TypeVar("Result")
Failure = type[InputRejected] | type[OutputError]

PATIENCE = "PRONGSAI_PATIENCE"
"""Environment variable: how many seconds a server may be away before it is given up."""
_PATIENCE_S = 300.0
_LONGEST_PAUSE_S = 20.0
_REST_S = 60.0
"""A server that was given up is not asked again for so long, and then once a call, until it answers."""
_given_up: dict[str, float] = {}
"""When each server was last found to be away, on the monotonic clock."""
_hurry = threading.Event()

_PASSING_STATUS = (408, 409, 425, 429)
_LASTING_STATUS = 501
# These libraries are not imported only to ask for the classes of their errors.
_PASSING = frozenset(
    {
        "ConnectionError",  # botocore's and requests' own, as well as Python's
        "HTTPClientError",
        "IncompleteReadError",
        "ResponseParserError",
        "ClientConnectionError",  # aiohttp
        "ClientPayloadError",
        "ServiceRequestError",  # azure-core
        "ServiceResponseError",
        "TransportError",  # google-auth
    }
)
_CERTIFICATE = frozenset({"SSLError", "ClientSSLError"})
_STRANGER = frozenset(
    {"NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError", "DefaultCredentialsError", "ClientAuthenticationError"}
)
_BUSY = frozenset({errno.EIO, errno.EBUSY, getattr(errno, "EREMOTEIO", errno.EIO), errno.EHOSTUNREACH, errno.ENETUNREACH, errno.ENETDOWN})
"""s3fs tells InternalError as EREMOTEIO, SlowDown as EBUSY and what it does not know as EIO."""
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def patiently(url: str, ask: Callable[[], Result], failure: Failure, on_wait: Callable[[], None] | None = None) -> Result:
    """What `ask` gives, asked again with growing pauses as long as the server at the address is away or says that it is busy.

    `on_wait` is called before each pause. Raises `failure` where asking again does not help, and Unreachable where the server
    stays away for too long (for OutputError, that); errors of this program pass.
    """
    import tenacity

    server = server_of(url)
    away_since = _given_up.get(server)
    if away_since is not None and time.monotonic() < away_since + _REST_S:
        raise _unreachable(url, failure, "and is not asked again for a minute")

    def before_pause(state: RetryCallState) -> None:
        error = state.outcome.exception() if state.outcome else None
        LOG.warning("%s: asking again, since the server is away or busy (%s)", url, error)
        if on_wait is not None:
            on_wait()

    patience = tenacity.stop_after_attempt(1) if away_since is not None else tenacity.stop_after_delay(patience_s())
    retrying = tenacity.Retrying(
        retry=tenacity.retry_if_exception(is_passing),
        wait=tenacity.wait_random_exponential(multiplier=1.0, max=_LONGEST_PAUSE_S),
        stop=tenacity.stop_any(patience, tenacity.stop_when_event_set(_hurry)),
        sleep=tenacity.sleep_using_event(_hurry),
        before_sleep=before_pause,
        reraise=True,
    )
    try:
        result: Result = retrying(ask)
    except ProngsaiError:
        raise
    except Exception as error:
        if is_passing(error):
            if not _hurry.is_set():
                _given_up[server] = time.monotonic()
            raise _unreachable(url, failure, f"({_short(error)})") from error
        raise _explained(url, error, failure) from error
    _given_up.pop(server, None)
    return result


@contextmanager
def no_waiting() -> Iterator[None]:
    """Ends the pauses in all threads, and lets no other begin: for when the user has had enough."""
    _hurry.set()
    try:
        yield
    finally:
        _hurry.clear()


def patience_s() -> float:
    """How long a server may be away, in seconds."""
    try:
        return float(os.environ.get(PATIENCE, ""))
    except ValueError:
        return _PATIENCE_S


def is_passing(error: BaseException) -> bool:
    """Whether asking again may help: by the status that the server gave, else by what broke on the way."""
    for one in _chain(error):
        if status := _status(one):
            return status in _PASSING_STATUS or (status >= 500 and status != _LASTING_STATUS)
    if any(_is_called(one, _CERTIFICATE) for one in _chain(error)):
        return False
    return any(
        isinstance(one, TimeoutError) or _is_called(one, _PASSING) or (isinstance(one, OSError) and one.errno in _BUSY)
        for one in _chain(error)
    )


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error and what it was raised from: fsspec calls every failure of a web server FileNotFoundError, from the true one."""
    one: BaseException | None = error
    while one is not None:
        yield one
        one = one.__cause__


def _status(error: BaseException) -> int:
    """The HTTP status that an error of botocore, aiohttp, gcsfs or azure-core tells, else 0."""
    response = getattr(error, "response", None)
    if isinstance(response, dict):
        return int(response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    told = (str(getattr(error, name, "")) for name in ("status", "status_code", "code"))
    return next((int(one) for one in told if one.isdecimal() and len(one) == 3), 0)


def _is_called(error: BaseException, names: frozenset[str]) -> bool:
    return any(kind.__name__ in names for kind in type(error).__mro__)


def _short(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".rstrip(": ").rstrip(".")


def _unreachable(url: str, failure: Failure, why: str) -> ProngsaiError:
    kind = OutputError if failure is OutputError else Unreachable
    return kind(f"the server did not answer for {patience_s():g} s {why}", url, "Run it again when the server is back")


def _explained(url: str, error: BaseException, failure: Failure) -> ProngsaiError:
    """The error for a person, with what to do."""
    chain = list(_chain(error))
    status = next(filter(None, map(_status, chain)), 0)
    verb, credentials = ("written" if failure is OutputError else "read"), service_of(url).credentials
    if any(_is_called(one, _STRANGER) for one in chain):
        return failure("no credentials for the server were found", url, credentials)
    if status in (401, 403) or any(isinstance(one, PermissionError) for one in chain):
        return failure(f"the server does not let it be {verb}", url, credentials)
    if any(_is_called(one, _CERTIFICATE) for one in chain):
        return failure("the server's certificate does not prove who it is", url, "If you trust it, download the file yourself")
    if status in (404, 410) or (isinstance(error, FileNotFoundError) and not status):
        missing = "file" if is_web(url) else "file, folder or bucket"
        return failure(f"there is no such {missing}", url, "Check its spelling")
    if any(isinstance(one, OSError) and one.errno in _NO_ROOM for one in chain):
        return failure("a copy of it does not fit on the disk", url, "Free some space, or let TMPDIR name a folder with more")
    return failure(f"it cannot be {verb} ({_short(chain[-1])})", url, "Check the address")
