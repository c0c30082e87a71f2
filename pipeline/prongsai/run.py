"""A run's table of contents: intake, read, lay out, match, audit, tidy, export; nothing else."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import fields
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prongsai.errors import InputRejected
from prongsai.knowledge import Knowledge, load_knowledge
from prongsai.outcome import Counts, RunReport
from prongsai.progress import Progress, Silent
from prongsai.records import Document, Extract, Fault, Finding, Kind, Options, Page, Severity, Source, Status, Tables

if TYPE_CHECKING:
    from prongsai.layout import Join

LOG = logging.getLogger(__name__)

_NATIONAL = frozenset({"central", "fund", "independent"})
"""Levels of agencies whose names stand for one agency in the whole country."""
_SCORES_AT_ONCE = 1000
_NOTES = frozenset({"page-skimmed", "rejoined-row", "repeated-header"})
"""What was left out or put together again with good reason: said, so that nothing is done in silence, and no fault of anybody."""


def run(
    inputs: Sequence[str],
    folder: Path | None,
    *,
    options: Options,
    jobs: int = 1,
    formats: Sequence[str] = (),
    progress: Progress | None = None,
    keep_tables: bool = True,
) -> RunReport:
    """Reads every input and writes the tables to `folder`, or nowhere where it is None.

    The tables are the same, byte by byte, for any number of jobs: results come back in the order of the inputs and
    only this process writes. Rows wait on disk until all are there; without `keep_tables` none stays in memory, and the
    report has counts alone. Raises UsageError, KnowledgeError or OutputError; an unreadable input is a row instead.
    """
    from prongsai.engines.local import in_order
    from prongsai.export import TableWriter
    from prongsai.intake import gather
    from prongsai.tidy import Scorebook

    began = time.monotonic()
    shown, counts, kept = progress or Silent(), Counts(), [Tables()]
    with TableWriter(folder, formats or None) if folder is not None else nullcontext() as writer:
        found = gather(inputs)
        shown.begin(len(found.sources) + len(found.rejected))
        read = in_order(partial(read_document, options=options), found.sources, lost=lost_document, jobs=jobs)
        book = Scorebook(_national(load_knowledge()))

        def take(rows: Tables) -> None:
            counts.add(rows)
            if writer is not None:
                writer.add(rows)
            if keep_tables:
                kept.append(rows)

        rejected = (Extract(_rejected(one.path, one.sha256, one.reason)) for one in found.rejected)
        for extract in chain(read, rejected):
            book.add(extract.document, extract.mentions, extract.suggestions)
            take(_rows(extract))
            shown.done(extract.document)
        scores = book.scores()
        while some := tuple(islice(scores, _SCORES_AT_ONCE)):
            take(Tables(scores=some))
        written = writer.finish() if writer is not None else None
    for note in written.notes if written is not None else ():
        LOG.warning("%s", note)
    files = written.files if written is not None else ()
    return RunReport(_joined(kept), "" if folder is None else str(folder), files, time.monotonic() - began, counts)


def _rows(extract: Extract) -> Tables:
    """The rows that one document gives to each table; scores come from all documents together."""
    return Tables((extract.document,), extract.mentions, (), extract.codes, extract.grades, extract.findings, extract.claims)


def _joined(parts: Sequence[Tables]) -> Tables:
    return Tables(*(tuple(chain.from_iterable(getattr(part, each.name) for part in parts)) for each in fields(Tables)))


def read_document(source: Source, options: Options, knowledge: Knowledge | None = None) -> Extract:
    """Everything that one document gives; a document that cannot be opened gives only its row, `rejected`."""
    from prongsai.auditing import audit_extract
    from prongsai.layout import lay_out
    from prongsai.matching import match
    from prongsai.reading import read_pages

    knowledge = knowledge or load_knowledge()
    log = _PageLog()
    try:
        layout = lay_out(log.watch(read_pages(source, options, knowledge)))
    except InputRejected as error:
        # Without `where`: the row has its path beside the reason.
        return lost_document(source, f"{error.what}. {error.next_step}" if error.next_step else error.what)
    matched = match(source, layout.blocks, options, knowledge)
    findings = [
        *_page_findings(source, log, knowledge),
        *(_finding(source, knowledge, "dropped-word", dropped.place.page, dropped.text) for dropped in layout.dropped),
        *_join_findings(source, layout.joins, knowledge),
    ]
    status, reason = log.status()
    document = Document(
        doc_id=source.doc_id,
        path=source.path,
        sha256=source.sha256,
        kind=source.kind,
        pages=log.pages,
        agency=matched.identity.agency,
        agency_type=matched.identity.kind,
        district=matched.identity.district,
        province=matched.identity.province,
        report_year=matched.report_year,
        book=matched.book,
        status=status,
        reason=reason,
        aliases=source.aliases,
        pages_by_reader=dict(sorted(log.readers.items())),
        subdistrict=matched.identity.subdistrict,
        place_code=matched.identity.place_code,
        agency_printed=tuple(name for name, _ in matched.identity.spellings),
        agency_confidence=matched.identity.confidence if matched.identity.agency else None,
        agency_matched_by=matched.identity.matched_by,
        agency_candidates=matched.identity.candidates,
    )
    found = Extract(document, matched.mentions, matched.codes, matched.grades, (*findings, *matched.findings), matched.claims)
    return audit_extract(found, knowledge)


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
        yield _rows(audited)
    scores = book.scores()
    while some := tuple(islice(scores, _SCORES_AT_ONCE)):
        yield Tables(scores=some)


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


def lost_document(source: Source, reason: str) -> Extract:
    """What stands in the tables for a document that could not be read: its row, with the reason."""
    return Extract(_rejected(source.path, source.sha256, reason, source.kind, source.aliases))


def _rejected(path: str, sha256: str, reason: str, kind: Kind = Kind.UNKNOWN, aliases: tuple[str, ...] = ()) -> Document:
    return Document(sha256[:16], path, sha256, kind, 0, "", "", "", "", None, "", Status.REJECTED, reason, aliases)


class _PageLog:
    """How each page fared, noted while the pages stream by: they are not kept."""

    def __init__(self) -> None:
        self.pages = 0
        self.readers: Counter[str] = Counter()
        self.failures: list[tuple[int, str]] = []
        self.unread: Counter[int] = Counter()
        self.skimmed: list[int] = []

    def watch(self, pages: Iterator[Page]) -> Iterator[Page]:
        for page in pages:
            if page.failure:
                self.failures.append((page.number, page.failure))
            else:
                self.pages += 1
                self.readers[page.reader.value] += 1
                if page.is_skimmed:
                    self.skimmed.append(page.number)
                unread = sum(word.is_unread for word in page.words)
                if unread:
                    self.unread[page.number] += unread
            yield page

    def status(self) -> tuple[Status, str]:
        if not self.failures:
            return (Status.COMPLETE, "") if self.pages else (Status.REJECTED, "it has no page that was asked for. Check --pages")
        first, reason = self.failures[0]
        told = f"page {first}: {reason}" + (f" (and {len(self.failures) - 1} more pages)" if len(self.failures) > 1 else "")
        return (Status.PARTIAL if self.pages else Status.REJECTED), told


def _page_findings(source: Source, log: _PageLog, knowledge: Knowledge) -> Iterator[Finding]:
    for number, reason in log.failures:
        yield _finding(source, knowledge, "page-failed", number, reason=reason)
    for number in log.skimmed:
        yield _finding(source, knowledge, "page-skimmed", number)
    for number, count in sorted(log.unread.items()):
        yield _finding(source, knowledge, "unread-numerals", number, count=count)


def _join_findings(source: Source, joins: Sequence[Join], knowledge: Knowledge) -> Iterator[Finding]:
    for join in joins:
        if join.header_rows:
            yield _finding(source, knowledge, "repeated-header", join.place.page, count=join.header_rows)
        if join.has_merged_row:
            yield _finding(source, knowledge, "rejoined-row", join.place.page)


def _finding(source: Source, knowledge: Knowledge, check: str, number: int, printed: str = "", **values: object) -> Finding:
    message = knowledge.messages[check]
    values |= {"printed": printed, "page": number}
    return Finding(
        doc_id=source.doc_id,
        path=source.path,
        page=number,
        fiscal_year=None,
        check=check,
        severity=Severity.NOTE if check in _NOTES else Severity.WARNING,
        subject="page",
        printed=printed,
        expected="",
        fault=Fault.EXTRACTION,
        message=message.en.format(**values),
        message_th=message.th.format(**values),
    )
