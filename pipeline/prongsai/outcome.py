"""What a run leaves behind, beside the tables themselves: files, counts and the exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from prongsai.errors import ExitCode
from prongsai.records import Severity, Status, Tables


@dataclass(frozen=True, slots=True)
class RunReport:
    """The outcome of a run over all its inputs."""

    tables: Tables
    folder: str = ""
    """Where the tables were written; empty where nothing was asked to be written."""
    files: tuple[str, ...] = ()
    """What was written, relative to `folder`, with forward slashes."""
    elapsed_s: float = 0.0

    @property
    def pages(self) -> int:
        """The pages of all documents that were read."""
        return sum(document.pages for document in self.tables.documents)

    @property
    def documents_by_status(self) -> Mapping[Status, int]:
        """How many documents fared how; a status that none has counts 0."""
        return Counter(document.status for document in self.tables.documents)

    @property
    def findings_by_severity(self) -> Mapping[Severity, int]:
        """How many findings weigh how much; a severity that none has counts 0."""
        return Counter(finding.severity for finding in self.tables.findings)

    @property
    def unread_numerals(self) -> int:
        """Printed numbers that were seen and not read: rows of `mentions` without a value."""
        return sum(mention.value is None for mention in self.tables.mentions)

    @property
    def exit_code(self) -> ExitCode:
        """0 where everything was read, 1 where some was not, 3 where nothing was, an empty run included."""
        counts = self.documents_by_status
        if counts[Status.COMPLETE] + counts[Status.PARTIAL] == 0:
            return ExitCode.NOTHING_READ
        if counts[Status.PARTIAL] + counts[Status.REJECTED]:
            return ExitCode.SOME_NOT_READ
        return ExitCode.ALL_READ
