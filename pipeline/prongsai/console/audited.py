"""An audit's outcome in a few lines, in English and in Thai."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from prongsai.console.layout import plural, wrap
from prongsai.console.words import say
from prongsai.records import Finding, Severity

if TYPE_CHECKING:
    from prongsai.export import Written

NAMED_ERRORS = 20
"""So many errors are told; the table `findings` has them all."""


def summarise_audit(documents: int, found: Sequence[Finding], written: Written) -> str:
    """The summary that ends an audit: what it found by severity, the first errors, and where the tables are.

    `found` are the audit's own findings; `documents` is how many it looked at.
    """
    counts = Counter(finding.severity for finding in found)
    told = ", ".join(plural(counts[severity], severity) for severity in Severity)
    lines = [f"Audited {plural(documents, 'document')}: {told}."]
    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    path = ""
    for finding in errors[:NAMED_ERRORS]:
        if finding.path != path:
            path = finding.path
            lines.append(path)
        lines += [wrap(finding.message, "  "), wrap(finding.message_th, "  ")]
    more = len(errors) - NAMED_ERRORS
    if more > 0:
        lines.append(f"And {plural(more, 'more error')}: see the table `findings`.")
    lines += [wrap(note, "! ") for note in written.notes]
    lines += [f"Tables in {written.folder}:", wrap(", ".join(written.files), "  ")]
    lines.append(
        say(
            "audit.counts",
            documents=documents,
            errors=counts[Severity.ERROR],
            warnings=counts[Severity.WARNING],
            notes=counts[Severity.NOTE],
        )
    )
    if more > 0:
        lines.append(say("audit.more", count=more))
    lines.append(say("summary.folder", folder=written.folder))
    return "\n".join(lines)
