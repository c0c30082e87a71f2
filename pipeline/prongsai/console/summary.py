"""A run's outcome in a few lines, in English and in Thai."""

from __future__ import annotations

from collections.abc import Sequence

from prongsai.console.layout import name_files, pad, plural, wrap
from prongsai.console.words import say
from prongsai.outcome import RunReport
from prongsai.records import Document, Severity, Status


def summarise(report: RunReport) -> str:
    """The summary that ends a run: documents, scores, misprinted codes, findings, and where the tables are."""
    counts, by_status, by_severity, unread = report.counts, report.counts.by_status, report.counts.by_severity, report.counts.unread
    lines = [
        f"Read {plural(counts.documents, 'document')}, {plural(report.pages, 'page')}, in {report.elapsed_s:.1f} s.",
        _row("documents", counts.documents, ", ".join(f"{by_status[status]:,} {status}" for status in Status)),
        _row("scores", counts.scores, f"from {plural(counts.mentions, 'printed number')}"),
        _row("misprinted codes", counts.codes, "table `codes` says how each was read"),
        _row("findings", counts.findings, ", ".join(plural(by_severity[severity], severity) for severity in Severity)),
    ]
    if unread:
        lines.append(_row("unread numerals", unread, "seen, but not readable: no value in `mentions`"))
    if report.folder:
        lines += [f"Tables in {report.folder}:", wrap(name_files(report.files), "  ")]
    lines += _not_read(counts.not_read, by_status[Status.PARTIAL] + by_status[Status.REJECTED])
    lines.append(
        say(
            "summary.documents",
            documents=counts.documents,
            pages=report.pages,
            complete=by_status[Status.COMPLETE],
            partial=by_status[Status.PARTIAL],
            rejected=by_status[Status.REJECTED],
        )
    )
    lines.append(say("summary.scores", scores=counts.scores, codes=counts.codes, findings=counts.findings))
    if unread:
        lines.append(say("summary.unread", unread=unread))
    if report.folder:
        lines.append(say("summary.folder", folder=report.folder))
    return "\n".join(lines)


def _row(name: str, count: int, detail: str) -> str:
    return f"  {pad(name, 17)}{count:>8,}  {detail}"


def _not_read(troubled: Sequence[Document], count: int) -> list[str]:
    if not troubled:
        return []
    lines = ["Not read, or only in part:"]
    for document in troubled:
        lines += [f"  {document.path}", wrap(f"{document.status}: {document.reason}", "    ")]
    if count > len(troubled):
        lines.append(f"  and {count - len(troubled):,} more: see the table `documents`")
    return lines
