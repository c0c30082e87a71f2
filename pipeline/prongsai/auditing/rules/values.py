"""Single values: outside what a score can be, or with more decimals than scores have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from prongsai.auditing.case import Case
from prongsai.auditing.fault import fault_on, is_of_image, is_sure
from prongsai.auditing.ledger import FULL_MARKS, Print
from prongsai.auditing.rules.totals import outcome_of, suggestion_of
from prongsai.auditing.say import say, words
from prongsai.records import Finding, Severity


def out_of_range(case: Case) -> Iterator[Finding]:
    """A score below 0 or above full marks, and a difference that no two scores have."""
    for finding, one in _odd(case, "out-of-range", lambda one: not one.is_possible):
        is_certain = is_sure(one) and not is_of_image(case.extract, one.mentions[0].page)
        yield replace(finding, severity=Severity.ERROR if is_certain else Severity.WARNING)


def precision(case: Case) -> Iterator[Finding]:
    """A number with more decimals than the document's others have."""
    yield from (finding for finding, _ in _odd(case, "precision", lambda one: one.is_long and one.is_possible))


def _odd(case: Case, check: str, is_odd: Callable[[Print], bool]) -> Iterator[tuple[Finding, Print]]:
    """A warning for each odd print, with what would mend it."""
    every = [one for prints in case.ledger.prints.values() for one in prints if is_odd(one)]
    mended = {one.slot: one for one in case.verdicts} if every else {}
    for one in every:
        verdict, mention = mended.get(one.slot), one.mentions[0]
        finding = say(
            case,
            check,
            Severity.WARNING,
            one.slot.code,
            year=one.slot.year,
            printed=mention.printed_value if one.scale != FULL_MARKS else one.shown,
            expected=str(verdict.expected) if verdict is not None and verdict.is_clear else "",
            fault=fault_on(case.extract, mention.page),
            suggestion=suggestion_of(case, verdict) if verdict is not None else "",
            ids=one.ids,
            at=mention,
            range=f"±{one.scale}" if one.slot.is_difference else f"0-{one.scale}",
            outcome=outcome_of(case, verdict) if verdict is not None else words(case.knowledge, "outcome-none"),
        )
        yield finding, one
