"""An audit's outcome in a few lines, in English and in Thai."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from prongsai.console.layout import name_files, plural, wrap
from prongsai.console.words import say
from prongsai.records import Finding, Severity

if TYPE_CHECKING:
    from prongsai.export import Written

NAMED_ERRORS = 20
"""So many errors are told; the table `findings` has them all."""


@dataclass(slots=True)
class Found:
    """What an audit found by its own checks, counted as it comes."""

    documents: int = 0
    """How many it looked at."""
    by_severity: Counter[Severity] = field(default_factory=Counter)
    errors: list[Finding] = field(default_factory=list)
    """The first errors, as many as are told."""

    def add(self, documents: int, found: Sequence[Finding]) -> None:
        """Counts what was found in some more documents."""
        self.documents += documents
        self.by_severity.update(finding.severity for finding in found)
        errors = (finding for finding in found if finding.severity is Severity.ERROR)
        self.errors += islice(errors, NAMED_ERRORS - len(self.errors))


def summarise_audit(found: Found, written: Written) -> str:
    """The summary that ends an audit: what it found by severity, the first errors, and where the tables are."""
    counts = found.by_severity
    told = ", ".join(plural(counts[severity], severity) for severity in Severity)
    lines = [f"Audited {plural(found.documents, 'document')}: {told}."]
    path = ""
    for finding in found.errors:
        if finding.path != path:
            path = finding.path
            lines.append(path)
        lines += [wrap(finding.message, "  "), wrap(finding.message_th, "  ")]
    more = counts[Severity.ERROR] - len(found.errors)
    if more > 0:
        lines.append(f"And {plural(more, 'more error')}: see the table `findings`.")
    lines += [wrap(note, "! ") for note in written.notes]
    lines += [f"Tables in {written.folder}:", wrap(name_files(written.files), "  ")]
    lines.append(
        say(
            "audit.counts",
            documents=found.documents,
            errors=counts[Severity.ERROR],
            warnings=counts[Severity.WARNING],
            notes=counts[Severity.NOTE],
        )
    )
    if more > 0:
        lines.append(say("audit.more", count=more))
    lines.append(say("summary.folder", folder=written.folder))
    return "\n".join(lines)
