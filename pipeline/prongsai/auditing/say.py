"""Findings in one English and one Thai sentence, from `patterns/messages.toml`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from prongsai.auditing.case import Case
from prongsai.auditing.equations import Check
from prongsai.auditing.ledger import Print, Slot
from prongsai.knowledge import Knowledge
from prongsai.records import Claim, CodeReading, Fault, Finding, GradeMention, Mention, Severity

_MOST_TERMS = 12

Printed = Mention | GradeMention | CodeReading | Claim
"""What stands on a page."""


def say(
    case: Case,
    check: str,
    severity: Severity,
    subject: str,
    *,
    year: int | None,
    printed: str = "",
    expected: str = "",
    fault: Fault = Fault.UNDECIDED,
    suggestion: str = "",
    ids: Sequence[str] = (),
    at: Printed | None = None,
    message: str = "",
    **values: object,
) -> Finding:
    """A finding of the case. `message` names its sentences where they are not those of `check`; a value that is a pair holds the
    English and the Thai words; `at` is what is printed on the page that it points at."""
    page = at.page if at is not None else None
    every = {"subject": subject, "year": year, "printed": printed, "expected": expected, "suggestion": suggestion, "page": page, **values}
    english, thai = words(case.knowledge, message or check, **every)
    return Finding(
        doc_id=case.extract.document.doc_id,
        path=case.extract.document.path,
        page=page,
        fiscal_year=year,
        check=check,
        severity=severity,
        subject=subject,
        printed=printed,
        expected=expected,
        fault=fault,
        message=english,
        message_th=thai,
        suggestion=suggestion,
        mention_ids=tuple(ids),
        agency=case.ledger.agency,
    )


def words(knowledge: Knowledge, name: str, **values: object) -> tuple[str, str]:
    """A message or a part of one, English and Thai; a value that is a pair holds the words of both."""
    told = knowledge.messages[name]
    english, thai = ({key: each[side] if isinstance(each, tuple) else each for key, each in values.items()} for side in (0, 1))
    return told.en.format(**english), told.th.format(**thai)


def formula(knowledge: Knowledge, check: Check, mended: Mapping[Slot, Decimal] | None = None) -> tuple[str, str]:
    """An equation with what is printed for its terms, or what they are `mended` to: `the mean of ind9 86.67, ind10 91.67`."""
    shown = [_named(slot, one, mended or {}) for (_, slot), one in zip(check.equation.terms, check.terms, strict=True)]
    if check.equation.subject.is_difference:
        return words(knowledge, "formula-difference", new=shown[0], old=shown[1])
    weights = [weight for weight, _ in check.equation.terms]
    if weights[-1] < 0 and len(set(weights[:-1])) == 1:
        times = _decimal(sum(weights[:-1], Fraction(0)))
        return words(knowledge, "formula-part", times=times, terms=", ".join(shown[:-1]), other=shown[-1])
    if len(set(weights)) == 1:
        if len(shown) > _MOST_TERMS:
            shown = [*shown[: _MOST_TERMS // 2], "…", *shown[-_MOST_TERMS // 2 :]]
        return words(knowledge, "formula-mean", terms=", ".join(shown))
    return words(
        knowledge, "formula-sum", terms=" + ".join(f"{_decimal(weight)} x {one}" for weight, one in zip(weights, shown, strict=True))
    )


def _named(slot: Slot, one: Print | None, mended: Mapping[Slot, Decimal]) -> str:
    return f"{slot.code} {mended.get(slot, one.shown if one is not None else '?')}"


def _decimal(weight: Fraction) -> str:
    return f"{float(weight):.4f}".rstrip("0").rstrip(".")
