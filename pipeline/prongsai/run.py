"""A run's table of contents: intake, read, lay out, match, audit, tidy, export; nothing else."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import fields, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from prongsai.dealing import Read, keep_page, steps
from prongsai.document import rejected_document
from prongsai.engines import in_order, start_engine
from prongsai.keeping.corrections import Corrections
from prongsai.keeping.home import Home, RemoteFiles
from prongsai.keeping.receipt import describe_job, find_receipt, give_receipt
from prongsai.keeping.store import Listed, Store
from prongsai.keeping.versions import versions_here
from prongsai.knowledge import Knowledge, load_knowledge
from prongsai.outcome import Counts, RunReport
from prongsai.progress import Progress, Silent
from prongsai.records import EngineOptions, Extract, Options, Tables

if TYPE_CHECKING:
    from prongsai.intake import Intake

LOG = logging.getLogger(__name__)

_NATIONAL = frozenset({"central", "fund", "independent"})
"""Levels of agencies whose names stand for one agency in the whole country."""
_LOCAL = EngineOptions()


def run(
    inputs: Sequence[str],
    out: str | None,
    *,
    options: Options,
    engine: EngineOptions = _LOCAL,
    formats: Sequence[str] = (),
    progress: Progress | None = None,
    keep_tables: bool = True,
    again: bool = False,
    corrections: Corrections | None = None,
) -> RunReport:
    """Reads every input and writes the tables to the folder `out`, local or remote, or nowhere where it is None.

    The tables are the same, byte by byte, for any engine and any number of jobs: results come back in the order of the inputs
    and only this process writes. What was read is kept there as soon as it is there, and not read a second time unless
    `again`. Rows wait on disk until all are there; without `keep_tables` none stays in memory, and the report has counts alone.
    `corrections` are put beside what is read of their documents, or was read by an earlier run. Raises UsageError,
    KnowledgeError, EngineLost or OutputError; an unreadable input is a row instead.
    """
    from prongsai.export import TableWriter
    from prongsai.intake import gather
    from prongsai.tidy import Scorebook

    began = time.monotonic()
    shown, counts, kept = progress or Silent(), Counts(), [Tables()]
    home = Home.of(out) if out is not None else None
    if home is not None:
        home.check()
    with ExitStack() as opened:
        versions = versions_here() if home is not None else ""
        store = opened.enter_context(Store(home.folder, versions)) if home is not None else None
        if store is not None and again:
            store.forget()
        found = gather(inputs, RemoteFiles(store) if store is not None else None)
        if corrections is not None:
            told = (replace(source, corrections=corrections.of(source.sha256)) for source in found.sources)
            found = replace(found, sources=tuple(told))
        job = describe_job([versions, options, engine.limits, formats, *found.sources, *found.rejected])
        if store is not None and home is not None and not keep_tables and (receipt := find_receipt(store, job, home)) is not None:
            return RunReport(Tables(), home.address, tuple(receipt.files), time.monotonic() - began, receipt.counts)
        if store is not None:
            _list_all(store, found, options)
        writer = sender = None
        if home is not None and store is not None:
            sender = home.sender()
            writer = opened.enter_context(TableWriter(home.folder, formats or None, store.scratch, sender.grown))
            # Entered last and so left first: it reads files that the writer may remove.
            opened.enter_context(sender)
        shown.begin(len(found.sources) + len(found.rejected))
        read = in_order(
            (steps(source, options, engine.limits, store) for source in found.sources),
            opened.enter_context(start_engine(engine, versions_here)),
            kept=lambda call, result: keep_page(call, result, store),
        )
        rejected = (Read(Extract(rejected_document(one.path, one.sha256, one.reason)), is_new=True) for one in found.rejected)
        book = Scorebook(_national(load_knowledge()))

        def take(rows: Tables) -> None:
            counts.add(rows)
            if writer is not None:
                writer.add(rows)
            if keep_tables:
                kept.append(rows)

        is_final = True
        for position, one in enumerate(chain(read, rejected)):
            document = one.extract.document
            book.add(document, one.extract.mentions, one.extract.suggestions)
            take(Tables.of(one.extract))
            is_final = is_final and one.is_final
            if store is not None:
                store.fared(position, document.status, document.reason)
            shown.done(document)
        for rows in book.tables():
            take(rows)
        written = writer.finish() if writer is not None else None
        if store is not None and home is not None and sender is not None and written is not None:
            sender.send(written.files)
            store.end()
            if is_final:
                give_receipt(store, job, home, written.files, counts)
    for note in written.notes if written is not None else ():
        LOG.warning("%s", note)
    files = written.files if written is not None else ()
    return RunReport(_joined(kept), "" if home is None else home.address, files, time.monotonic() - began, counts)


def _list_all(store: Store, found: Intake, options: Options) -> None:
    """Notes in the store what is about to be read."""
    sources = (Listed(source.path, store.key(source, options), source.kind, source.size_bytes) for source in found.sources)
    store.list_all([*sources, *(Listed(one.path, "", "", 0, one.reason) for one in found.rejected)])


def _joined(parts: Sequence[Tables]) -> Tables:
    return Tables(*(tuple(chain.from_iterable(getattr(part, each.name) for part in parts)) for each in fields(Tables)))


def audit_tables(tables: Tables, knowledge: Knowledge | None = None) -> Tables:
    """Tables of an earlier run audited anew: the findings of its audit are replaced, and scores are made from the mentions again."""
    return _joined(tuple(audit_parts([tables], knowledge)))


def audit_parts(parts: Iterable[Tables], knowledge: Knowledge | None = None) -> Iterator[Tables]:
    """As `audit_tables`, for tables that come and go document by document; all scores come last."""
    from prongsai.auditing import audit_extract
    from prongsai.tidy import Scorebook

    knowledge = knowledge or load_knowledge()
    book = Scorebook(_national(knowledge))
    for extract in chain.from_iterable(map(_extracts, parts)):
        audited = audit_extract(extract, knowledge)
        book.add(audited.document, audited.mentions, audited.suggestions)
        yield Tables.of(audited)
    yield from book.tables()


def _extracts(tables: Tables) -> Iterator[Extract]:
    """The rows of tables by document, in the order of `documents`."""
    by_document: dict[str, dict[str, list[Any]]] = {}
    names = [each.name for each in fields(Tables) if each.name not in ("documents", "scores")]
    for name in names:
        for row in getattr(tables, name):
            by_document.setdefault(row.doc_id, {}).setdefault(name, []).append(row)
    for document in tables.documents:
        # Two documents without content share a doc_id; the first has the rows.
        rows = by_document.pop(document.doc_id, {})
        yield Extract(document, **{name: tuple(rows.get(name, ())) for name in names})


def _national(knowledge: Knowledge) -> list[str]:
    return [kind.code for kind in knowledge.agency_kinds if kind.level in _NATIONAL]
