"""What a plan asks of the documents before it reads some: how many pages they have, and that every process is ready."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace

from prongsai.document import read_document
from prongsai.engines import Call
from prongsai.engines.child import show_life
from prongsai.engines.local import LocalEngine
from prongsai.errors import ExitCode, InputRejected, ProngsaiError, Unreachable
from prongsai.planning.sampling import Counted
from prongsai.records import Kind, Options, Source

_MOST_COUNTED, _MOST_FETCHED = 5000, 200
"""Of more documents, or more remote ones, so many are counted."""
_AT_ONCE = 50
PAGES_EACH = 20
"""Read of a document, one after the other from a page by lot: a long one is not read to its end."""


def count_some(sources: Sequence[Source], options: Options) -> bytes:
    """How many pages of each document would be read, as a list in JSON; -1 where it cannot be opened."""
    from prongsai.reading import count_pages
    from prongsai.storage import local_copy

    counts = []
    for source in sources:
        show_life()
        pages = -1
        with suppress(InputRejected, Unreachable), local_copy(source.path, show_life) as file:
            stated = count_pages(replace(source, local_path=str(file)))
            pages = min(options.max_pages, sum(map(options.wants, range(1, stated + 1))))
        counts.append(pages)
    return json.dumps(counts).encode()


def count(sources: Sequence[Source], options: Options, engine: LocalEngine) -> tuple[list[Counted], Mapping[Kind, float]]:
    """The documents with their pages, -1 where they cannot be opened, and how many documents of its kind each stands for."""
    from prongsai.storage import is_remote

    most = _MOST_FETCHED if any(is_remote(source.path) for source in sources) else _MOST_COUNTED
    # Their hashes are as good as dice, and fall the same way each time.
    some = sorted(sources, key=lambda source: source.sha256)[:most]
    batches = [some[first : first + _AT_ONCE] for first in range(0, len(some), _AT_ONCE)]
    asked = [engine.submit(Call(count_some, (batch, options))) for batch in batches]
    counts: list[int] = []
    for batch, future in zip(batches, asked, strict=True):
        # Where one brings the process down, each is asked for by itself.
        counts += _counts(future) or [
            one for source in batch for one in _counts(engine.submit(Call(count_some, ([source], options)))) or [-1]
        ]
    counted = [Counted(source, pages) for source, pages in zip(some, counts, strict=True)]
    kinds = {source.kind for source in some}
    return counted, {kind: sum(one.kind is kind for one in sources) / sum(one.kind is kind for one in some) for kind in kinds}


def _counts(future: Future[bytes]) -> list[int]:
    """What `count_some` gives; nothing where its process ended. Raises what would meet every document alike."""
    try:
        counts: list[int] = json.loads(future.result())
    except RuntimeError:
        return []
    except ProngsaiError as error:
        if error.exit_code is ExitCode.WRONG_USE:
            raise
        return []
    return counts


def warm_up(sources: Sequence[Source], options: Options) -> bytes:
    """Reads the first page of each twice, and tells how long the second time took: what the process had to load is loaded then."""
    first = next((number for number in range(1, options.max_pages + 1) if options.wants(number)), 1)
    for _ in range(2):
        began = time.monotonic()
        for source in sources:
            read_document(source, replace(options, pages=((first, first),)))
    return json.dumps(time.monotonic() - began).encode()


def warm_all(drawn: Sequence[Source], options: Options, engine: LocalEngine) -> float:
    """Lets every process load what it needs; how many seconds that takes."""
    chosen: dict[Source, None] = {}
    for kind in Kind:
        by_size = sorted((source for source in drawn if source.kind is kind), key=lambda source: source.size_bytes)
        # Of PDFs, the smallest most likely has a text layer, and the largest none.
        chosen |= dict.fromkeys([*by_size[:1], *by_size[-1:]])
    began = time.monotonic()
    calls = [engine.submit(Call(warm_up, (list(chosen), options))) for _ in range(engine.width)]
    again = 0.0
    for call in calls:
        with suppress(ProngsaiError, RuntimeError):
            again = max(again, json.loads(call.result()))
    return max(0.0, time.monotonic() - began - 2 * again)


def window(one: Counted, options: Options) -> tuple[tuple[int, int], ...]:
    """The pages of a document that are read: all that are asked for, or some of them in a row."""
    if one.pages <= PAGES_EACH:
        return options.pages
    wanted = [number for number in range(1, one.pages + sum(last for _, last in options.pages) + 1) if options.wants(number)][: one.pages]
    first = int(one.source.sha256[:8], 16) % (len(wanted) - PAGES_EACH + 1)
    return tuple((number, number) for number in wanted[first : first + PAGES_EACH])
