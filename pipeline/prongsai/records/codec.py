"""Records as bytes and back, exactly: what a process hands to another one, and what is kept from one run to the next.

MessagePack, whose decoder makes records of the declared types and nothing else: bytes that somebody else wrote can be
refused, and never run anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from prongsai.records.pages import Page
from prongsai.records.rows import Extract

if TYPE_CHECKING:
    import msgspec

R = TypeVar("R")

_Begun = tuple[Extract | None, tuple[Page, ...], bool]


def encode(record: object) -> bytes:
    """A record, or tuples of records, as bytes; decimals keep every printed digit."""
    return _encoder().encode(record)


def decode(data: bytes, kind: type[R]) -> R:
    """The record of a kind that `encode` was given. Raises ValueError where the bytes are not those of one."""
    record: R = _decoder(cast("Hashable", kind)).decode(data)
    return record


def decode_extract(data: bytes) -> Extract:
    """See `decode`."""
    return decode(data, Extract)


def decode_page(data: bytes) -> Page:
    """See `decode`."""
    return decode(data, Page)


def decode_begun(data: bytes) -> tuple[Extract | None, Sequence[Page], bool]:
    """What `document.begin` gives; see `decode`."""
    begun: _Begun = _decoder(cast("Hashable", _Begun)).decode(data)
    return begun


@lru_cache(maxsize=1)
def _encoder() -> msgspec.msgpack.Encoder:
    import msgspec

    return msgspec.msgpack.Encoder(decimal_format="string")


@lru_cache(maxsize=8)
def _decoder(kind: Hashable) -> msgspec.msgpack.Decoder[Any]:
    import msgspec

    return msgspec.msgpack.Decoder(cast("Any", kind), dec_hook=_counted)


def _counted(kind: type, data: object) -> object:
    """Counters, the one kind of field that the library does not know."""
    if getattr(kind, "__origin__", kind) is not Counter or not isinstance(data, dict):
        raise NotImplementedError(kind)
    return Counter(data)
