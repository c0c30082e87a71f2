"""A run's table of contents: intake, read, lay out, match, tidy, export; nothing else.

The audit is a stage of its own between tidy and export and comes with its own task.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from prongsai.errors import InputRejected
from prongsai.knowledge import Knowledge, load_knowledge
from prongsai.outcome import RunReport
from prongsai.progress import Progress, Silent
from prongsai.records import Document, Extract, Fault, Finding, Kind, Options, Page, Severity, Source, Status, Tables

LOG = logging.getLogger(__name__)


def run(
    inputs: Sequence[str],
    folder: Path | None,
    *,
    options: Options,
    jobs: int = 1,
    formats: Sequence[str] = (),
    progress: Progress | None = None,
) -> RunReport:
    """Reads every input and writes the tables to `folder`, or nowhere where it is None.

    The tables are the same, byte by byte, for any number of jobs: results come back in the order of the inputs and
    only this process writes. Raises UsageError, KnowledgeError or OutputError; an unreadable input is a row instead.
    """
    from prongsai.engines.local import in_order
    from prongsai.export import check_folder, write_tables
    from prongsai.intake import gather
    from prongsai.tidy import tidy

    began = time.monotonic()
    load_knowledge()
    if folder is not None:
        check_folder(folder)
    shown = progress or Silent()
    found = gather(inputs)
    shown.begin(len(found.sources) + len(found.rejected))
    extracts = []
    for extract in in_order(partial(read_document, options=options), found.sources, lost=lost_document, jobs=jobs):
        extracts.append(extract)
        shown.done(extract.document)
    rejected = [_rejected(one.path, one.sha256, one.reason) for one in found.rejected]
    for document in rejected:
        shown.done(document)
    mentions = tuple(mention for extract in extracts for mention in extract.mentions)
    tables = Tables(
        documents=(*(extract.document for extract in extracts), *rejected),
        mentions=mentions,
        scores=tidy(mentions),
        codes=tuple(row for extract in extracts for row in extract.codes),
        grades=tuple(row for extract in extracts for row in extract.grades),
        findings=tuple(row for extract in extracts for row in extract.findings),
    )
    if folder is None:
        return RunReport(tables, elapsed_s=time.monotonic() - began)
    written = write_tables(tables, folder, formats or None)
    for note in written.notes:
        LOG.warning("%s", note)
    return RunReport(tables, str(folder), written.files, time.monotonic() - began)


def read_document(source: Source, options: Options, knowledge: Knowledge | None = None) -> Extract:
    """Everything that one document gives; a document that cannot be opened gives only its row, `rejected`."""
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
    )
    return Extract(document, matched.mentions, matched.codes, matched.grades, (*findings, *matched.findings))


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

    def watch(self, pages: Iterator[Page]) -> Iterator[Page]:
        for page in pages:
            if page.failure:
                self.failures.append((page.number, page.failure))
            else:
                self.pages += 1
                self.readers[page.reader.value] += 1
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
    for number, count in sorted(log.unread.items()):
        yield _finding(source, knowledge, "unread-numerals", number, count=count)


def _finding(source: Source, knowledge: Knowledge, check: str, number: int, printed: str = "", **values: object) -> Finding:
    message = knowledge.messages[check]
    values |= {"printed": printed, "page": number}
    return Finding(
        doc_id=source.doc_id,
        path=source.path,
        page=number,
        fiscal_year=None,
        check=check,
        severity=Severity.WARNING,
        subject="page",
        printed=printed,
        expected="",
        fault=Fault.EXTRACTION,
        message=message.en.format(**values),
        message_th=message.th.format(**values),
    )
