"""How one document of a run is dealt out: as one call where it has a text layer, page by page where it is a scan."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace

from prongsai.document import begin, correct, finish, lost_document, read_left_page
from prongsai.engines.isolated import Call
from prongsai.engines.measuring import Measured, measured, read_measured
from prongsai.engines.ordered import Steps
from prongsai.errors import ExitCode, ProngsaiError
from prongsai.keeping.store import Kept, Store
from prongsai.records import Extract, Limits, Options, Page, Reader, Source, Status
from prongsai.records.codec import decode_begun, decode_extract, decode_page, encode

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Read:
    """What a run has of one document."""

    extract: Extract
    is_new: bool
    """Read in this run, and not kept from an earlier one."""
    is_final: bool = True
    """Whether it would be the same the next time: a process that died, a file that was gone, a full disk are bad luck."""
    seconds: float = 0.0
    """Of one process, all calls that were made for it together."""
    peak_bytes: int = 0
    """Of the process that took most memory; 0 where nobody knows."""


def steps(source: Source, options: Options, limits: Limits, store: Store | None) -> Steps[Read]:
    """Reads one document, or takes what `store` keeps of it, and keeps there what it read; then come the corrections, which
    are never kept: another answer has no page read again.

    What was not read to its end under other `limits` is read again: libraries have many words for a lack of memory.
    Raises, when sent them, errors that would meet every document alike: those of the family whose exit code is `WRONG_USE`,
    and ImportError.
    """
    read = yield from _read_or_kept(source, options, limits, store)
    if not source.corrections:
        return read
    (corrected,) = yield [Call(measured, (correct, source, encode(read.extract)))]
    if reason := reason_of(corrected):
        return _lost(source, corrected, reason)
    taken: list[Measured] = []
    extract = decode_extract(_result(corrected, taken))
    seconds, peak_bytes = read.seconds + taken[0].seconds, max(read.peak_bytes, taken[0].peak_bytes)
    return replace(read, extract=extract, seconds=seconds, peak_bytes=peak_bytes)


def _read_or_kept(source: Source, options: Options, limits: Limits, store: Store | None) -> Steps[Read]:
    key = store.key(source, options) if store is not None else ""
    kept = store.find(key) if store is not None else None
    if kept is not None and kept.limits in ("", repr(limits)) and (known := _known(kept, source)) is not None:
        return Read(known, is_new=False)
    pages = _usable(store.pages(key)) if store is not None else {}
    read = yield from _read(source, options, pages)
    if store is not None and read.is_final:
        document = read.extract.document
        held_to = "" if document.status is Status.COMPLETE else repr(limits)
        store.keep(key, Kept(encode(read.extract), document.status, document.reason, document.pages, read.seconds, held_to))
    return read


def keep_page(call: Call, result: bytes, store: Store | None) -> None:
    """Keeps what a call gave where it is a page of a scan, so that a run that is cut off goes on in the middle of one."""
    if store is not None and call.arguments[0] is read_left_page:
        _, source, options, number = call.arguments
        page = read_measured(result)
        store.keep_page(store.key(source, options), number, page.result, page.seconds)


def _known(kept: Kept, source: Source) -> Extract | None:
    """A kept result under the names that the document has now."""
    try:
        extract = decode_extract(kept.result)
    except ValueError:
        return None
    if (extract.document.path, extract.document.aliases) == (source.path, source.aliases):
        return extract
    document = replace(extract.document, path=source.path, aliases=source.aliases)
    rows = {
        name: tuple(replace(row, path=source.path) for row in getattr(extract, name))
        for name in ("mentions", "codes", "grades", "findings", "claims", "pages")
    }
    return replace(extract, document=document, **rows)


def _usable(pages: Mapping[int, bytes]) -> Mapping[int, bytes]:
    """Of the pages that are kept, those that were read: under these limits another may be."""
    usable = {}
    for number, page in pages.items():
        with suppress(ValueError):
            if not decode_page(page).failure:
                usable[number] = page
    return usable


def _read(source: Source, options: Options, pages: Mapping[int, bytes]) -> Steps[Read]:
    taken: list[Measured] = []
    (begun,) = yield [Call(measured, (begin, source, options))]
    if reason := reason_of(begun):
        return _lost(source, begun, reason)
    extract, found, is_final = decode_begun(_result(begun, taken))
    if extract is not None:
        return _told(Read(extract, is_new=True, is_final=is_final), taken)
    missing = [page.number for page in found if page.is_left and page.number not in pages]
    # A run that was cut off may have kept them all.
    read = (yield [Call(measured, (read_left_page, source, options, number)) for number in missing]) if missing else ()
    by_number = dict(pages)
    for number, future in zip(missing, read, strict=True):
        if reason := reason_of(future):
            by_number[number] = encode(Page(number, 0.0, 0.0, Reader.OCR, "", failure=reason))
            is_final = is_final and _is_final(future)
        else:
            by_number[number] = _result(future, taken)
    whole = tuple(by_number[page.number] if page.is_left else encode(page) for page in found)
    (finished,) = yield [Call(measured, (finish, source, options, whole))]
    if reason := reason_of(finished):
        return _lost(source, finished, reason)
    return _told(Read(decode_extract(_result(finished, taken)), is_new=True, is_final=is_final), taken)


def _result(future: Future[bytes], taken: list[Measured]) -> bytes:
    """The result of a call that succeeded; what it took is added to `taken`."""
    taken.append(read_measured(future.result()))
    return taken[-1].result


def _told(read: Read, taken: list[Measured]) -> Read:
    return replace(read, seconds=sum(one.seconds for one in taken), peak_bytes=max(one.peak_bytes for one in taken))


def _lost(source: Source, future: Future[bytes], reason: str) -> Read:
    return Read(lost_document(source, reason), is_new=True, is_final=_is_final(future))


def _is_final(future: Future[bytes]) -> bool:
    return not getattr(future.exception(), "may_pass", False)


def reason_of(future: Future[bytes]) -> str:
    """Why a call gave nothing, empty where it did; raises an error that would meet every document alike."""
    error = future.exception()
    if error is None:
        return ""
    if isinstance(error, ProngsaiError) and error.exit_code is not ExitCode.WRONG_USE:
        LOG.warning("%s", error)
        return f"{error.what}. {error.next_step}" if error.next_step else error.what
    if isinstance(error, RuntimeError):
        LOG.warning("%s", error)
        return str(error)
    # A package that is missing would otherwise show as thousands of reports rejected, each for the same reason.
    raise error
