"""What the audit made of a report with a slip: found, repaired, or blamed on another number."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from .equations import TO_ARABIC
from .slipped import Case, Place

if TYPE_CHECKING:
    from prongsai.records import Extract, Finding

Answer = Mapping[str, tuple[Decimal, Decimal]]
"""By slot (`OIT 2568`), the lowest and the highest number that it may be."""
RANGE = re.compile(r"([+-]?\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?")
DIFFERENCE = "\N{GREEK CAPITAL LETTER DELTA}"
"""Stands before the code of a difference in a suggestion."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the audit made of a report with a slip."""

    case: Case
    findings: tuple[Finding, ...]
    """Errors and warnings."""
    is_read: bool
    """Whether each slipped number is among the mentions as it is printed."""
    is_found: bool
    is_repaired: bool
    is_listed: bool
    is_wrong: bool


def judge(case: Case, extract: Extract, findings: tuple[Finding, ...]) -> Verdict:
    """Holds what the audit says against what was planted."""
    is_found = is_listed = is_wrong = False
    repaired = set()
    for finding in findings:
        places = {_slot(place): place for place in case.places if _is_of(finding, place)}
        own = (slot for slot, place in places.items() if (place.code, place.year) == (finding.subject, finding.fiscal_year))
        answers = alternatives(finding.suggestion, next(own, f"{finding.subject} {finding.fiscal_year}"))
        is_found |= any(finding.subject == place.code and finding.fiscal_year in (None, place.year) for place in places.values())
        is_found |= any(slot in answer for answer in answers for slot in places)
        is_listed |= any(_is_meant(answer, slot, place) for answer in answers for slot, place in places.items())
        for answer in answers if len(answers) == 1 else ():
            repaired |= {place for slot, place in places.items() if _is_meant(answer, slot, place, is_exact=True)}
            is_wrong |= any(slot not in places or not _is_meant(answer, slot, places[slot]) for slot in answer)
    is_repaired = repaired == {*case.places}
    return Verdict(case, findings, _is_read(case, extract), is_found, is_repaired, is_listed and not is_repaired, is_wrong)


def alternatives(suggestion: str, own: str) -> list[Answer]:
    """What a suggestion such as `89.17` or `OIT 2568 = 89.17 + IIT 2568 = 88.10-88.12 | OIT 2568 = 88.17` would have printed, by slot;
    a number without a name is of the slot `own`."""
    found: list[Answer] = []
    for alternative in suggestion.split(" | ") if suggestion else ():
        values = {}
        for change in alternative.split(" + "):
            slot, is_named, value = change.rpartition(" = ")
            if (numbers := RANGE.fullmatch(value.strip())) is not None:
                low = Decimal(numbers[1])
                values[slot if is_named else own] = (low, Decimal(numbers[2]) if numbers[2] else low)
        if values:
            found.append(values)
    return found


def _slot(place: Place) -> str:
    return f"{DIFFERENCE if place.scope == 'difference' else ''}{place.code} {place.year}"


def _is_of(finding: Finding, place: Place) -> bool:
    return not place.agency or not finding.agency or _squeezed(finding.agency) == _squeezed(place.agency)


def _is_meant(answer: Answer, slot: str, place: Place, *, is_exact: bool = False) -> bool:
    """Whether an answer gives a slot the number that was meant, alone or, unless `is_exact`, in a range."""
    low, high = answer.get(slot, (Decimal(1), Decimal(0)))
    return any(low <= truth <= high and (low == high or not is_exact) for truth in place.truths)


def _is_read(case: Case, extract: Extract) -> bool:
    printed = {(one.code, one.fiscal_year, one.printed_value.translate(TO_ARABIC)) for one in extract.mentions}
    return all((place.code, place.year, place.printed.translate(TO_ARABIC)) in printed for place in case.places)


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
