"""What a report claims of several scores at once, where the printed scores refute it whatever is missing among them."""

from __future__ import annotations

from collections.abc import Iterator

from prongsai.auditing.case import Case
from prongsai.auditing.fault import fault_on, is_of_image
from prongsai.auditing.known import Known
from prongsai.auditing.refuting import Refuter
from prongsai.auditing.say import say, words
from prongsai.knowledge import Certainty
from prongsai.records import Finding, Severity


def claim(case: Case) -> Iterator[Finding]:
    """A highest or lowest score, an order, a count or a bound of several scores that the printed scores refute."""
    refuter = Refuter(case.claims, Known(case.ledger.prints, case.verdicts))
    told = set()
    for one in case.claims:
        framework = case.frameworks.get(one.fiscal_year or 0)
        key = (one.kind, one.fiscal_year, one.scope, one.within, one.codes, one.relation, one.bound, one.count, one.value)
        refuted = refuter.refute(one, framework) if framework is not None and one.scope is not None and key not in told else None
        if refuted is None or framework is None:
            continue
        told.add(key)
        is_certain = (
            refuted.is_certain
            and not case.is_average
            and framework.status is not Certainty.UNVERIFIED
            and not is_of_image(case.extract, one.page)
            and refuter.known.are_sure(refuted.slots)
        )
        yield say(
            case,
            "claim",
            Severity.ERROR if is_certain else Severity.WARNING if refuted.is_likely else Severity.NOTE,
            refuted.subject,
            year=one.fiscal_year,
            printed=refuted.printed,
            expected=refuted.expected,
            fault=fault_on(case.extract, one.page),
            ids=refuter.known.ids(refuted.slots),
            at=one,
            said=one.printed,
            because=words(case.knowledge, refuted.because[0], **refuted.because[1]),
        )
