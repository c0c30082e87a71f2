"""Numerals of images read again: where the reader's other reading is the clear mending, it is what stands on the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from prongsai.auditing.case import Case
from prongsai.auditing.fault import SURE, names
from prongsai.auditing.ledger import FULL_MARKS
from prongsai.auditing.say import say
from prongsai.auditing.verdicts import Verdict
from prongsai.language.numerals import parse_numeral
from prongsai.records import Extract, Fault, Finding, Mention, Severity

REREAD = "reread"
"""The check of what was read again."""
BY_ARITHMETIC = "arithmetic"
"""Stands in `matched_by` of a mention that was read again."""
_FOUR_PLACES = Decimal("0.0001")


def reread(extract: Extract, known: Sequence[Case]) -> tuple[Extract, tuple[Finding, ...]]:
    """The document with such mentions read again, and one finding for each; never a text layer, whose digits are what is printed.

    `known` are the document's cases; they are of the past where a mention was read again.
    """
    values: dict[str, Decimal] = {}
    found: list[Finding] = []
    for case in known:
        for verdict in case.verdicts:
            for mention in _misread(verdict):
                assert verdict.expected is not None
                values[mention.mention_id] = verdict.expected
                found.append(_finding(case, verdict, mention))
    return replace(extract, mentions=tuple(_again(mention, values) for mention in extract.mentions)), tuple(found)


def as_read(mention: Mention) -> Mention:
    """The mention as it was before arithmetic had it read again."""
    numeral = parse_numeral(mention.printed_value)
    if BY_ARITHMETIC not in mention.matched_by or numeral is None or numeral.value is None:
        return mention
    value = numeral.value
    if mention.scale != FULL_MARKS:
        value = (value * FULL_MARKS / mention.scale).quantize(_FOUR_PLACES, rounding=ROUND_HALF_UP)
    return replace(mention, value=value, matched_by=tuple(one for one in mention.matched_by if one != BY_ARITHMETIC))


def _misread(verdict: Verdict) -> list[Mention]:
    if not verdict.is_clear or verdict.expected is None or not verdict.because or verdict.probability < SURE:
        return []
    value = verdict.expected
    return [mention for one in verdict.prints for mention in one.mentions if names(mention, value)]


def _again(mention: Mention, values: Mapping[str, Decimal]) -> Mention:
    value = values.get(mention.mention_id)
    if value is None:
        return mention
    return replace(mention, value=value, matched_by=tuple(dict.fromkeys((*mention.matched_by, BY_ARITHMETIC))))


def _finding(case: Case, verdict: Verdict, mention: Mention) -> Finding:
    return say(
        case,
        REREAD,
        Severity.NOTE,
        verdict.slot.code,
        year=verdict.slot.year,
        printed=mention.printed_value,
        expected=str(verdict.expected),
        fault=Fault.EXTRACTION,
        suggestion=str(verdict.expected),
        ids=(mention.mention_id,),
        at=mention,
    )
