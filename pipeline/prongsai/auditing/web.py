"""A score's whole web: where it is printed, every equation that it takes part in, and what was found about it."""

from __future__ import annotations

from dataclasses import dataclass

from prongsai.auditing.case import cases
from prongsai.auditing.equations import Check
from prongsai.auditing.intervals import round_to
from prongsai.auditing.ledger import Slot
from prongsai.knowledge import load_knowledge
from prongsai.records import Extract, Finding, Mention, Tables


@dataclass(frozen=True, slots=True)
class EquationView:
    """An equation as a person reads it."""

    text: str
    """`OIT 2567 = 1/2 ind9 2567 + 1/2 ind10 2567`."""
    subject: str
    fiscal_year: int
    printed: str
    """What is printed for the subject."""
    terms: tuple[tuple[str, int, str, str], ...]
    """Code, fiscal year, weight, and what is printed; empty where nothing is."""
    basis: str
    holds: bool | None
    """None where parts are missing and what is there refutes nothing."""
    expected: str
    """What the subject should be, or, where parts are missing, may be: `43.34-93.34`."""
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Web:
    """Everything of one document that bears on one score of an agency and a year."""

    mentions: tuple[Mention, ...]
    equations: tuple[EquationView, ...]
    findings: tuple[Finding, ...]


def web(tables: Tables, subject: str, fiscal_year: int | None, agency: str, doc_id: str) -> Web:
    """The web of a canonical code (or of another subject of findings, then without equations), as the tables have it."""
    document = next(one for one in tables.documents if one.doc_id == doc_id)
    mine = [one for one in tables.mentions if one.doc_id == doc_id]
    mentions = tuple(one for one in mine if (one.code, one.fiscal_year, one.agency) == (subject, fiscal_year, agency))
    found = (one for one in tables.findings if one.doc_id == doc_id and one.subject == subject)
    findings = tuple(one for one in found if one.fiscal_year in (None, fiscal_year) and one.agency in ("", agency))
    equations: list[EquationView] = []
    if fiscal_year is not None:
        slots = {Slot(fiscal_year, subject), Slot(fiscal_year, subject, is_difference=True)}
        for case in cases(Extract(document, tuple(one for one in mine if one.agency == agency)), load_knowledge()):
            equations += (_view(check, case.ledger.places) for check in case.checks if slots.intersection(check.equation.slots))
    return Web(mentions, tuple(dict.fromkeys(equations)), findings)


def _view(check: Check, places: int) -> EquationView:
    equation = check.equation
    sums = " + ".join(f"{weight} {slot}" for weight, slot in equation.terms).replace("+ -1 ", "- ")
    low, high = round_to(check.expected.low, places), round_to(check.expected.high, places)
    return EquationView(
        text=f"{equation.subject} = {sums}".replace(" 1 ", " "),
        subject=equation.subject.code,
        fiscal_year=equation.subject.year,
        printed=check.subject.shown,
        terms=tuple(
            (slot.code, slot.year, str(weight), "" if one is None else one.shown)
            for (weight, slot), one in zip(equation.terms, check.terms, strict=True)
        ),
        basis=equation.basis,
        holds=None if check.missing and check.holds else check.holds,
        expected=f"{low}-{high}" if check.missing else str(round_to(check.middle, places)),
        missing=tuple(slot.code for slot in check.missing),
    )
