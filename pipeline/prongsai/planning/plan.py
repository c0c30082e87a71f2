"""What a run would take: pages counted, a few documents really read, and what they took held for all of them."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from prongsai.dealing import Read, steps
from prongsai.engines import in_order
from prongsai.engines.local import LocalEngine
from prongsai.errors import NothingRead
from prongsai.keeping.store import packed
from prongsai.planning.sampling import Counted, Estimate, Group, draw, estimate
from prongsai.planning.surveying import PAGES_EACH, count, warm_all, window
from prongsai.progress import Progress, Silent
from prongsai.records import EngineOptions, Kind, Options, Reader, Tables
from prongsai.records.codec import encode

PAGE_KINDS = ("text", "digital", "scan", "image", "unread")
"""Text given, pages of a PDF with a text layer and without one, images, and pages that cannot be read."""
EFFICIENCY = 0.9
"""What a worker on another machine is taken to do of what one does alone: nobody measures it here."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """A run on some workers."""

    workers: int
    is_here: bool
    """On this machine, as it was measured; elsewhere each worker does `EFFICIENCY` of that."""
    wall_s: Estimate
    """From start to the last table."""
    core_hours: Estimate
    """Of all workers for all that time, busy or not."""
    cost: Estimate | None
    """In the currency of the price, where one was given."""
    memory_bytes: int
    """Of all workers, at their highest."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run over some inputs would take."""

    documents: int
    rejected: int
    """Inputs and documents that cannot be read at all."""
    size_bytes: int
    counted: int
    """Documents whose pages were counted; of more than some thousands, a part by lot."""
    pages: Estimate
    pages_by_kind: Mapping[str, Estimate]
    """See `PAGE_KINDS`."""
    seconds_a_page: Mapping[str, float]
    """Of one process, for the kinds that the sample holds."""
    seconds: Estimate
    """Of one process of this machine, all pages."""
    start_s: float
    """Until a process reads at full speed."""
    writing_s: float
    """One process alone, after the last page."""
    peak_bytes: int
    """Of one process that reads, at its highest; 0 where the system does not tell."""
    kept_bytes: Estimate
    """What is kept of the documents from one run to the next."""
    tables_bytes: float
    outlooks: tuple[Outlook, ...]
    sampled: int
    """Documents that were read."""
    sampled_pages: int
    sampled_s: float
    """How long that took, counting included."""


@dataclass(frozen=True, slots=True)
class _Sampled:
    """A document that was read, or some of its pages."""

    counted: Counted
    asked: int
    """How many of its pages."""
    read: Read

    @property
    def pages_by_kind(self) -> dict[str, int]:
        found = self.read.extract.document.pages_by_reader
        names = {Reader.GIVEN: "text", Reader.TEXT: "digital", Reader.OCR: "image" if self.counted.source.kind is Kind.IMAGE else "scan"}
        told = {names[Reader(reader)]: count for reader, count in found.items()}
        return {**told, "unread": max(0, self.asked - sum(told.values()))}


def plan(
    inputs: Sequence[str],
    *,
    options: Options,
    engine: EngineOptions,
    formats: Sequence[str] = (),
    sample: int = 20,
    workers: Sequence[int] = (),
    price: float | None = None,
    progress: Progress | None = None,
) -> Plan:
    """What a run over the inputs would take here, with `engine.jobs` processes, and elsewhere with so many `workers`.

    Counts pages, reads `sample` documents drawn by lot with as many processes at once as the run would, and writes their
    tables to a folder that is gone afterwards. `price` is that of one core for one hour. Raises UsageError, and NothingRead
    where no input has a page to be read.
    """
    from prongsai.intake import gather

    began = time.monotonic()
    found = gather(inputs)
    with LocalEngine(engine.jobs, engine.limits) as local:
        counted, weights = count(found.sources, options, local)
        groups = draw(counted, sample, weights)
        if not groups:
            raise NothingRead("no page to be read is there", next_step="Give files of ITA reports, and see --pages")
        start_s = warm_all([one.source for group in groups for one in group.drawn], options, local)
        documents = [(one, replace(options, pages=window(one, options))) for group in groups for one in group.drawn]
        shown = progress or Silent()
        shown.begin(len(documents))
        sampled = []
        reads = in_order((steps(one.source, asked, engine.limits, None) for one, asked in documents), local)
        for (one, _), read in zip(documents, reads, strict=True):
            sampled.append(_Sampled(one, min(one.pages, PAGES_EACH), read))
            shown.done(read.extract.document)
    seen = _Seen(groups, sampled)
    kept = [len(packed(encode(one.read.extract))) for one in sampled]
    seconds, kept_bytes = seen.total([one.read.seconds for one in sampled]), seen.total(kept)
    writing_s, tables_bytes = _written(sampled, formats, kept, kept_bytes.value)
    peak = max(one.read.peak_bytes for one in sampled)
    places = [(engine.jobs, True), *((number, False) for number in workers)]
    return Plan(
        documents=len(found.sources) + len(found.rejected),
        rejected=len(found.rejected) + round(sum(weights[one.source.kind] for one in counted if one.pages < 1)),
        size_bytes=sum(source.size_bytes for source in found.sources),
        counted=len(counted),
        pages=seen.total([one.asked for one in sampled]),
        pages_by_kind={kind: seen.total([one.pages_by_kind.get(kind, 0) for one in sampled]) for kind in PAGE_KINDS},
        seconds_a_page=_seconds_a_page(sampled),
        seconds=seconds,
        start_s=start_s,
        writing_s=writing_s,
        peak_bytes=peak,
        kept_bytes=kept_bytes,
        tables_bytes=tables_bytes,
        outlooks=tuple(
            _outlook(number, seconds, start_s + writing_s, price, peak, is_here=is_here) for number, is_here in dict.fromkeys(places)
        ),
        sampled=len(sampled),
        sampled_pages=sum(one.asked for one in sampled),
        sampled_s=time.monotonic() - began,
    )


class _Seen:
    """The documents that were read, group by group."""

    def __init__(self, groups: Sequence[Group], sampled: Sequence[_Sampled]) -> None:
        self._groups = groups
        self._pages = self._grouped([one.asked for one in sampled])

    def total(self, values: Sequence[float]) -> Estimate:
        """Of all documents, from one value for each that was read."""
        return estimate(self._groups, self._pages, self._grouped(values))

    def _grouped(self, values: Sequence[float]) -> list[list[float]]:
        waiting = iter(values)
        return [[next(waiting) for _ in group.drawn] for group in self._groups]


def _outlook(workers: int, seconds: Estimate, alone_s: float, price: float | None, peak: int, *, is_here: bool) -> Outlook:
    wall_s = seconds.times(1 / (workers * (1.0 if is_here else EFFICIENCY))).plus(alone_s)
    core_hours = wall_s.times(workers / 3600)
    return Outlook(workers, is_here, wall_s, core_hours, None if price is None else core_hours.times(price), workers * peak)


def _seconds_a_page(sampled: Sequence[_Sampled]) -> Mapping[str, float]:
    """By kind of page, the sum of squares of what documents took beyond that the least."""
    import numpy as np

    kinds = [kind for kind in PAGE_KINDS if any(one.pages_by_kind.get(kind) for one in sampled)]
    pages = np.array([[one.pages_by_kind.get(kind, 0) for kind in kinds] for one in sampled], float)
    found, *_ = np.linalg.lstsq(pages, np.array([one.read.seconds for one in sampled]), rcond=None)
    return {kind: max(0.0, float(seconds)) for kind, seconds in zip(kinds, found, strict=True) if kind != "unread"}


def _written(sampled: Sequence[_Sampled], formats: Sequence[str], kept: Sequence[int], total: float) -> tuple[float, float]:
    """Seconds and bytes of the tables of all documents; `kept` is how many bytes of each would be kept, `total` of all there are."""
    half, whole = sampled[::2], max(1, sum(kept))
    with tempfile.TemporaryDirectory(prefix="prongsai-") as folder:
        empty_s, _ = _write(Path(folder, "empty"), (), formats)
        # The first rows of a DuckDB file take whole blocks: not empty ones but half the rows tell what more of them take.
        _, half_bytes = _write(Path(folder, "half"), half, formats)
        whole_s, whole_bytes = _write(Path(folder, "whole"), sampled, formats)
    more = max(0, whole_bytes - half_bytes) / max(1, sum(kept[1::2]))
    return empty_s + max(0.0, whole_s - empty_s) * total / whole, whole_bytes + more * max(0.0, total - whole)


def _write(folder: Path, sampled: Sequence[_Sampled], formats: Sequence[str]) -> tuple[float, int]:
    from prongsai.export import TableWriter

    began = time.monotonic()
    with TableWriter(folder, formats or None) as writer:
        for rows in _rows(sampled):
            writer.add(rows)
        writer.finish()
    return time.monotonic() - began, sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _rows(sampled: Sequence[_Sampled]) -> Iterator[Tables]:
    from prongsai.tidy import Scorebook

    book = Scorebook()
    for one in sampled:
        extract = one.read.extract
        book.add(extract.document, extract.mentions, extract.suggestions)
        yield Tables.of(extract)
    yield from book.tables()
