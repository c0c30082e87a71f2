"""The audit of a document: every rule over every agency in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from prongsai.auditing.case import Case, cases
from prongsai.auditing.rereading import REREAD, as_read, reread
from prongsai.auditing.rules import RULES
from prongsai.knowledge import Knowledge
from prongsai.records import Extract, Suggestion

CHECKS: frozenset[str] = frozenset(rule.__name__.replace("_", "-") for rule in RULES) | {REREAD}
"""The codes of the audit's own findings."""


def audit_extract(extract: Extract, knowledge: Knowledge) -> Extract:
    """The document with the audit's findings and suggestions; those of an earlier audit are replaced.

    Numerals of images whose other reading mends everything are read again first.
    """
    extract = unaudited(extract)
    known = tuple(cases(extract, knowledge))
    extract, again = reread(extract, known)
    if again:
        known = tuple(cases(extract, knowledge))
    found = (one for case in known for rule in RULES for one in rule(case))
    suggested = (one for case in known for one in _suggestions(case))
    return replace(extract, findings=(*extract.findings, *again, *found), suggestions=tuple(suggested))


def unaudited(extract: Extract) -> Extract:
    """The document as it was before any audit."""
    findings = tuple(one for one in extract.findings if one.check not in CHECKS)
    return replace(extract, mentions=tuple(map(as_read, extract.mentions)), findings=findings, suggestions=())


def _suggestions(case: Case) -> Iterator[Suggestion]:
    for verdict in case.verdicts:
        if verdict.is_clear and verdict.expected is not None and not verdict.slot.is_difference:
            printed = ", ".join(one.shown for one in verdict.prints)
            owner = (case.ledger.agency, case.ledger.place_code)
            yield Suggestion(*owner, verdict.slot.year, verdict.slot.code, verdict.expected, f"{verdict.kind}: {printed}")
