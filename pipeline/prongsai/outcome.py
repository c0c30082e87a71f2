"""What a run leaves behind, beside the tables themselves: files, counts and the exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

from prongsai.errors import ExitCode
from prongsai.records import Document, Severity, Status, Tables

NOT_READ_KEPT = 10
"""So many documents that were not read are kept by name; the table `documents` has them all."""


@dataclass(slots=True)
class Counts:
    """How much a run gave, counted as it comes."""

    documents: int = 0
    pages: int = 0
    mentions: int = 0
    unread: int = 0
    """Printed numbers that were seen and not read: rows of `mentions` without a value."""
    scores: int = 0
    codes: int = 0
    findings: int = 0
    by_status: Counter[Status] = field(default_factory=Counter)
    by_severity: Counter[Severity] = field(default_factory=Counter)
    not_read: list[Document] = field(default_factory=list)
    """The first documents that were not read, or only in part; `by_status` says how many there are."""

    def add(self, tables: Tables) -> None:
        """Counts some more rows."""
        self.documents += len(tables.documents)
        self.pages += sum(document.pages for document in tables.documents)
        self.mentions += len(tables.mentions)
        self.unread += sum(mention.value is None for mention in tables.mentions)
        self.scores += len(tables.scores)
        self.codes += len(tables.codes)
        self.findings += len(tables.findings)
        self.by_status.update(document.status for document in tables.documents)
        self.by_severity.update(finding.severity for finding in tables.findings)
        troubled = (document for document in tables.documents if document.status is not Status.COMPLETE)
        self.not_read += islice(troubled, NOT_READ_KEPT - len(self.not_read))

    @classmethod
    def of(cls, tables: Tables) -> Counts:
        """The counts of whole tables."""
        counts = cls()
        counts.add(tables)
        return counts


@dataclass(frozen=True, slots=True)
class RunReport:
    """The outcome of a run over all its inputs."""

    tables: Tables
    """Empty where the run was asked not to keep them; then they stand in `folder` only."""
    folder: str = ""
    """Where the tables were written; empty where nothing was asked to be written."""
    files: tuple[str, ...] = ()
    """What was written, relative to `folder`, with forward slashes."""
    elapsed_s: float = 0.0
    counts: Counts = field(default_factory=Counts)

    def __post_init__(self) -> None:
        if not self.counts.documents:
            object.__setattr__(self, "counts", Counts.of(self.tables))

    @property
    def pages(self) -> int:
        """The pages of all documents that were read."""
        return self.counts.pages

    @property
    def documents_by_status(self) -> Mapping[Status, int]:
        """How many documents fared how; a status that none has counts 0."""
        return self.counts.by_status

    @property
    def findings_by_severity(self) -> Mapping[Severity, int]:
        """How many findings weigh how much; a severity that none has counts 0."""
        return self.counts.by_severity

    @property
    def unread_numerals(self) -> int:
        """Printed numbers that were seen and not read: rows of `mentions` without a value."""
        return self.counts.unread

    @property
    def exit_code(self) -> ExitCode:
        """0 where everything was read, 1 where some was not, 3 where nothing was, an empty run included."""
        counts = self.documents_by_status
        if counts[Status.COMPLETE] + counts[Status.PARTIAL] == 0:
            return ExitCode.NOTHING_READ
        if counts[Status.PARTIAL] + counts[Status.REJECTED]:
            return ExitCode.SOME_NOT_READ
        return ExitCode.ALL_READ
