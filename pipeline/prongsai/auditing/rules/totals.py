"""Totals, differences and repeated scores: what the equations of the framework and the prints of one score refute."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from prongsai.auditing.case import Case
from prongsai.auditing.equations import Basis, Check
from prongsai.auditing.fault import are_sure, fault_of
from prongsai.auditing.intervals import round_to
from prongsai.auditing.ledger import Print, Reading, is_torn
from prongsai.auditing.say import formula, say, words
from prongsai.auditing.verdicts import Verdict
from prongsai.knowledge import Certainty
from prongsai.records import Fault, Finding, Severity

_MOST_SAID = 6
"""So many mendings a sentence names; the suggestion has all."""


def total(case: Case) -> Iterator[Finding]:
    """A score that does not follow from the scores that make it up (or one of which it is a part), with what would mend it."""
    yield from (_finding(case, one) for one in case.verdicts if one.kind == "total")


def difference(case: Case) -> Iterator[Finding]:
    """A difference between two years that is not one score less the other."""
    yield from (_finding(case, one) for one in case.verdicts if one.kind == "difference")


def conflict(case: Case) -> Iterator[Finding]:
    """A score that is printed with several values; values that round to each other are no conflict, and a single one that is
    none of a score is `out-of-range`."""
    yield from (_finding(case, one) for one in case.verdicts if one.kind == "conflict" and len(case.ledger.prints[one.slot]) > 1)


def basis(case: Case) -> Iterator[Finding]:
    """Indicators whose questions are printed on another basis than the indicators are; a note, with what it implies."""
    for by_instrument in case.bases.values():
        for found in by_instrument.values():
            for check in found.refuted:
                implied = ("", "")
                if found.basis in (Basis.PART1, Basis.PART2):
                    other = 2 * check.subject.value - Fraction(round_to(check.middle, case.ledger.places))
                    implied = words(case.knowledge, "basis-implied", value=round_to(other, case.ledger.places))
                yield _about(case, check, "basis", basis=words(case.knowledge, f"basis-{found.basis}"), implied=implied)


def coarse(case: Case) -> Iterator[Finding]:
    """A total that only holds if it was rounded to fewer digits than the numbers beside it."""
    for check in case.checks:
        if check.reading is Reading.COARSE:
            yield _about(case, check, "coarse")


def average(case: Case) -> Iterator[Finding]:
    """A mean over several agencies whose parts do not make up the total: means of different columns need not."""
    if case.is_average:
        for check in case.checks:
            if not check.holds and not check.equation.subject.is_difference:
                yield _about(case, check, "average")


def _about(case: Case, check: Check, name: str, **values: Any) -> Finding:
    """A note about an equation, with what its terms give."""
    return say(
        case,
        name,
        Severity.NOTE,
        check.equation.subject.code,
        year=check.equation.subject.year,
        printed=check.subject.shown,
        expected=str(round_to(check.middle, case.ledger.places)),
        fault=Fault.SOURCE,
        ids=check.mention_ids,
        at=check.subject.mentions[0],
        formula=formula(case.knowledge, check),
        **values,
    )


def _finding(case: Case, verdict: Verdict) -> Finding:
    first = verdict.prints[0]
    expected = "" if verdict.expected is None else str(verdict.expected)
    suggestion = suggestion_of(case, verdict)
    values: dict[str, Any] = {"outcome": outcome_of(case, verdict)}
    if verdict.kind == "conflict":
        values["prints"] = _prints(case, verdict)
    else:
        check = verdict.because[0]
        values["formula"] = formula(case.knowledge, check, verdict.mended)
        if check.equation.subject != verdict.slot:
            values["message"] = "part"
            values["total"] = f"{check.equation.subject.code} {verdict.mended.get(check.equation.subject, check.subject.shown)}"
    return say(
        case,
        verdict.kind,
        _severity(verdict),
        verdict.slot.code,
        year=verdict.slot.year,
        printed=first.shown,
        expected=expected,
        fault=fault_of(verdict),
        suggestion=suggestion,
        ids=verdict.mention_ids,
        at=first.mentions[0],
        **values,
    )


def suggestion_of(case: Case, verdict: Verdict) -> str:
    """What would mend it: the value where that is clear, with that of any other number that no failed equation tells of; else each
    mending."""
    if not verdict.is_clear:
        return " | ".join(verdict.alternatives)
    told = {slot for knot in case.knots for check in knot.failed for slot in check.equation.slots}
    untold = {slot: value for slot, value in verdict.mended.items() if slot not in told and not is_torn(case.ledger.prints[slot])}
    if not untold:
        return str(verdict.expected)
    return " + ".join(f"{slot} = {value}" for slot, value in ({verdict.slot: verdict.expected} | untold).items())


def outcome_of(case: Case, verdict: Verdict) -> tuple[str, str]:
    """What would mend it and how it came to be, in words."""
    suggestion = suggestion_of(case, verdict)
    if verdict.is_clear:
        slip = words(case.knowledge, f"slip-{verdict.slips[0]}")
        return words(case.knowledge, "outcome-clear", slip=slip, suggestion=suggestion)
    more = len(verdict.alternatives) - _MOST_SAID
    if more > 1:
        return words(case.knowledge, "outcome-open-more", suggestion=" | ".join(verdict.alternatives[:_MOST_SAID]), more=more)
    return words(case.knowledge, "outcome-open", suggestion=suggestion) if suggestion else words(case.knowledge, "outcome-none")


def _prints(case: Case, verdict: Verdict) -> tuple[str, str]:
    parts = [words(case.knowledge, "print-on-pages", value=one.shown, pages=_pages(one)) for one in case.ledger.prints[verdict.slot]]
    return "; ".join(english for english, _ in parts), "; ".join(thai for _, thai in parts)


def _pages(one: Print) -> str:
    return ", ".join(str(page) for page in dict.fromkeys(mention.page for mention in one.mentions))


def _severity(verdict: Verdict) -> Severity:
    """An error only where the framework is known, more than a cut end is wrong, and all that it rests on was surely read."""
    if any(check.equation.certainty is Certainty.UNVERIFIED or check.is_cut for check in verdict.because):
        return Severity.WARNING
    every = {one for check in verdict.because for one in (check.subject, *check.terms) if one is not None}
    return Severity.ERROR if are_sure({*every, *verdict.prints}) else Severity.WARNING
