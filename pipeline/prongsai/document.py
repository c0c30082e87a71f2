"""One document's way through the stages: read, lay out, match, audit; in one go, or page by page in several processes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from prongsai.errors import Hindered, InputRejected
from prongsai.knowledge import Knowledge, load_knowledge
from prongsai.records import Document, Extract, Fault, Finding, Kind, Options, Page, PageReading, Severity, Source, Status
from prongsai.records.codec import decode_extract, decode_page, encode

if TYPE_CHECKING:
    from prongsai.layout import Join

_NOTES = frozenset({"page-skimmed", "rejoined-row", "repeated-header"})
"""What was left out or put together again with good reason: said, so that nothing is done in silence, and no fault of anybody."""


def read_document(source: Source, options: Options, knowledge: Knowledge | None = None) -> Extract:
    """Everything that one document gives; a document that cannot be opened gives only its row, `rejected`."""
    knowledge = knowledge or load_knowledge()
    extract = _follow(source, _pages(source, options, knowledge), options, knowledge)
    return _corrected(source, extract, knowledge)


def begin(source: Source, options: Options) -> bytes:
    """Reads a document but for the pages of a scan, which are left for `read_left_page` where there are several of them.

    Gives `(extract, (), is_final)` where it is done and `(None, pages, is_final)` where pages are left, as `decode_begun` reads it;
    final is what would be the same another time.
    """
    knowledge = load_knowledge()
    try:
        pages = list(_pages(source, options, knowledge, leaves_scans=True))
    except InputRejected as error:
        return encode((_rejected_for(source, error), (), not error.may_pass))
    left = [page for page in pages if page.is_left]
    if len(left) > 1:
        return encode((None, pages, _are_final(pages)))
    for page in left:
        pages[pages.index(page)] = _page(source, options, page.number, knowledge)
    return encode((_follow(source, pages, options, knowledge), (), _are_final(pages)))


def read_left_page(source: Source, options: Options, number: int) -> bytes:
    """One page, as `decode_page` reads it; 1-based. Raises Hindered where it failed and another time may not."""
    page = _page(source, options, number, load_knowledge())
    if page.may_pass:
        raise Hindered(page.failure)
    return encode(page)


def finish(source: Source, options: Options, pages: Sequence[bytes]) -> bytes:
    """What a document gives whose pages have been read, in their order; as `decode_extract` reads it."""
    return encode(_follow(source, map(decode_page, pages), options, load_knowledge()))


def correct(source: Source, extract: bytes) -> bytes:
    """What a document gives that was read, with what people said of it put beside that; as `decode_extract` reads it."""
    return encode(_corrected(source, decode_extract(extract), load_knowledge()))


def _corrected(source: Source, extract: Extract, knowledge: Knowledge) -> Extract:
    """Audited anew: what contradicts itself as it was read may not as it stands."""
    if not source.corrections:
        return extract
    from prongsai.auditing import audit_extract, unaudited
    from prongsai.correcting import apply_corrections
    from prongsai.matching import with_agency

    naming = partial(with_agency, knowledge=knowledge)
    return audit_extract(apply_corrections(unaudited(extract), source.corrections, knowledge, naming), knowledge)


def _page(source: Source, options: Options, number: int, knowledge: Knowledge) -> Page:
    (page,) = _pages(source, replace(options, pages=((number, number),)), knowledge)
    return page


def _pages(source: Source, options: Options, knowledge: Knowledge, *, leaves_scans: bool = False) -> Iterator[Page]:
    from prongsai.engines.child import show_life
    from prongsai.reading import read_pages
    from prongsai.storage import at_hand

    with at_hand(source, on_wait=show_life) as here:
        for page in read_pages(here, options, knowledge, leaves_scans=leaves_scans):
            show_life()
            yield page


def _are_final(pages: Iterable[Page]) -> bool:
    return not any(page.may_pass for page in pages)


def _rejected_for(source: Source, error: InputRejected) -> Extract:
    # Without `where`: the row has its path beside the reason.
    return lost_document(source, f"{error.what}. {error.next_step}" if error.next_step else error.what)


def _follow(source: Source, pages: Iterable[Page], options: Options, knowledge: Knowledge) -> Extract:
    """The stages after reading, fed by pages as they are read."""
    from prongsai.auditing import audit_extract
    from prongsai.layout import lay_out
    from prongsai.matching import match

    rows: list[PageReading] = []
    try:
        layout = lay_out(_noted(source, pages, rows))
    except InputRejected as error:
        return _rejected_for(source, error)
    matched = match(source, layout.blocks, options, knowledge)
    findings = [
        *_page_findings(source, rows, knowledge),
        *(_finding(source, knowledge, "dropped-word", dropped.place.page, dropped.text) for dropped in layout.dropped),
        *_join_findings(source, layout.joins, knowledge),
    ]
    status, reason = _status(rows)
    readers = Counter(row.reader.value for row in rows if row.reader is not None)
    document = Document(
        doc_id=source.doc_id,
        path=source.path,
        sha256=source.sha256,
        kind=source.kind,
        pages=readers.total(),
        agency=matched.identity.agency,
        agency_type=matched.identity.kind,
        district=matched.identity.district,
        province=matched.identity.province,
        report_year=matched.report_year,
        book=matched.book,
        status=status,
        reason=reason,
        aliases=source.aliases,
        pages_by_reader=dict(sorted(readers.items())),
        subdistrict=matched.identity.subdistrict,
        place_code=matched.identity.place_code,
        agency_printed=tuple(name for name, _ in matched.identity.spellings),
        agency_confidence=matched.identity.confidence if matched.identity.agency else None,
        agency_matched_by=matched.identity.matched_by,
        agency_candidates=matched.identity.candidates,
    )
    reported = (*findings, *matched.findings)
    found = Extract(document, matched.mentions, matched.codes, matched.grades, reported, matched.claims, pages=tuple(rows))
    return audit_extract(found, knowledge)


def lost_document(source: Source, reason: str) -> Extract:
    """What stands in the tables for a document that could not be read: its row, with the reason."""
    return Extract(rejected_document(source.path, source.sha256, reason, source.kind, source.aliases))


def rejected_document(path: str, sha256: str, reason: str, kind: Kind = Kind.UNKNOWN, aliases: tuple[str, ...] = ()) -> Document:
    """The row of an input that gave nothing, with the reason."""
    return Document(sha256[:16], path, sha256, kind, 0, "", "", "", "", None, "", Status.REJECTED, reason, aliases)


def _noted(source: Source, pages: Iterable[Page], rows: list[PageReading]) -> Iterator[Page]:
    """Hands pages on and notes how each was read: the pages themselves are not kept."""
    for page in pages:
        rows.append(
            PageReading(
                doc_id=source.doc_id,
                path=source.path,
                page=page.number,
                width_pt=page.width_pt or None,
                height_pt=page.height_pt or None,
                reader=None if page.failure else page.reader,
                reader_version="" if page.failure else page.reader_version,
                turned_degrees=page.turned_degrees,
                straightened_degrees=page.straightened_degrees,
                is_skimmed=page.is_skimmed,
                judgement=page.judgement,
                repairs=tuple(f"{repair.name}: {repair.count}" for repair in page.repairs),
                failure=page.failure,
                words=len(page.words),
                unread=sum(word.is_unread for word in page.words),
            )
        )
        yield page


def _status(rows: Sequence[PageReading]) -> tuple[Status, str]:
    failed = [row for row in rows if row.failure]
    is_read = len(failed) < len(rows)
    if not failed:
        return (Status.COMPLETE, "") if is_read else (Status.REJECTED, "it has no page that was asked for. Check --pages")
    told = f"page {failed[0].page}: {failed[0].failure}" + (f" (and {len(failed) - 1} more pages)" if len(failed) > 1 else "")
    return (Status.PARTIAL if is_read else Status.REJECTED), told


def _page_findings(source: Source, rows: Sequence[PageReading], knowledge: Knowledge) -> Iterator[Finding]:
    for row in rows:
        if row.failure:
            yield _finding(source, knowledge, "page-failed", row.page, reason=row.failure)
    for row in rows:
        if row.is_skimmed:
            yield _finding(source, knowledge, "page-skimmed", row.page)
    for row in rows:
        if row.unread:
            yield _finding(source, knowledge, "unread-numerals", row.page, count=row.unread)


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
