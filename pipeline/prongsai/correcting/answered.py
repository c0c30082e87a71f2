"""What an answer makes of a number: a new row beside the old one, or nothing where it cannot be."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from prongsai.knowledge import Framework, Knowledge
from prongsai.language.numerals import parse_numeral, print_alike
from prongsai.records import Asked, Correction, Mention, Reader, Scope, Verdict

PERSON = "person"
"""Stands in `matched_by`, `year_from` and `agency_matched_by` where somebody looked."""

_TWO_PLACES, _FOUR_PLACES = Decimal("0.01"), Decimal("0.0001")
_FULL = 100


def answered(mention: Mention, answer: Correction, knowledge: Knowledge, year: int | None) -> Mention | None:
    """The mention as a person says it is, but for its agency; None where the answer names a code or a year that cannot be.

    Whoever confirms, confirms what the tables said then, whatever is read there now. `year` is the document's, for a mention
    that has none.
    """
    if answer.asked is Asked.VALUE:
        told = _value(mention, answer)
    elif answer.asked is Asked.CODE:
        told = _code(mention, answer, knowledge, year)
    else:
        told = _year(mention, answer, knowledge)
    return None if told is None else replace(told, matched_by=by_person(told.matched_by))


def by_person(evidence: tuple[str, ...]) -> tuple[str, ...]:
    """The evidence, and that somebody looked."""
    return tuple(dict.fromkeys((*evidence, PERSON)))


def said_by(answer: Correction) -> str:
    """What a person says that it is; empty where that is only what it is not."""
    if answer.verdict is Verdict.CORRECT:
        return answer.corrected.strip()
    return answer.read_as.strip() if answer.verdict is Verdict.CONFIRM else ""


def with_year(mention: Mention, year: int | None, knowledge: Knowledge) -> Mention:
    """The mention of the year that a person names, or of none."""
    indicator, framework = mention.indicator, knowledge.framework(year)
    if mention.scope is Scope.QUESTION and framework is not None:
        question = framework.question(mention.code)
        indicator = question.indicator if question is not None else ""
    is_bound = mention.year_confidence is not None and mention.confidence == mention.year_confidence
    return replace(
        mention,
        fiscal_year=year,
        year_from=PERSON if year is not None else "",
        year_confidence=None,
        indicator=indicator,
        confidence=_confidence(mention, None) if is_bound else mention.confidence,
    )


def _value(mention: Mention, answer: Correction) -> Mention | None:
    text = said_by(answer)
    numeral = parse_numeral(text)
    if not text:
        if answer.verdict is Verdict.CONFIRM:
            # That it cannot be read; what is read there by now nobody has seen.
            return mention if mention.value is None else None
        return replace(mention, value=None, confidence=None, **_other_readings(mention, ""))
    if numeral is None or numeral.value is None:
        return None
    sure = _bounded(1.0, mention.year_confidence)
    if answer.verdict is Verdict.CONFIRM:
        if mention.value is not None and _rounded(mention.value) == _rounded(numeral.value):
            return replace(mention, checked_value=mention.printed_value, confidence=sure)
        value, shown = _rounded(numeral.value), _shown(numeral.value * mention.scale / _FULL)
    else:
        value, shown = numeral.value, text
        if mention.scale != _FULL:
            value = _rounded(value * _FULL / mention.scale)
    return replace(mention, value=value, checked_value=shown, confidence=sure, **_other_readings(mention, shown))


def _code(mention: Mention, answer: Correction, knowledge: Knowledge, year: int | None) -> Mention | None:
    if answer.verdict is Verdict.REJECT:
        return replace(mention, code="", scope=None, instrument="", indicator="")
    dated = knowledge.framework(mention.fiscal_year if mention.fiscal_year is not None else year)
    known = [dated] if dated is not None else list(knowledge.frameworks.values())[::-1]
    text = said_by(answer).casefold()
    for framework in known:
        for code in framework.all_codes():
            if code.casefold() == text:
                sure = _confidence(mention, mention.year_confidence)
                return replace(mention, code=code, confidence=sure, **_standing(code, framework, is_dated=dated is not None))
    return None


def _standing(code: str, framework: Framework, *, is_dated: bool) -> dict[str, Any]:
    """Scope, instrument and indicator of a code; the indicator of a question only where the year is known."""
    if question := framework.question(code):
        return {"scope": Scope.QUESTION, "instrument": question.instrument, "indicator": question.indicator if is_dated else ""}
    if indicator := framework.indicator(code):
        return {"scope": Scope.INDICATOR, "instrument": indicator.instrument, "indicator": code}
    if framework.subindicator(code):
        above = framework.indicator(code.partition(".")[0])
        return {"scope": Scope.SUBINDICATOR, "instrument": above.instrument if above else "", "indicator": above.code if above else ""}
    if code == "ITA":
        return {"scope": Scope.OVERALL, "instrument": "", "indicator": ""}
    whole = next((one.code for one in framework.instruments if code in (one.code, *(part.code for part in one.parts))), code)
    return {"scope": Scope.INSTRUMENT, "instrument": whole, "indicator": ""}


def _year(mention: Mention, answer: Correction, knowledge: Knowledge) -> Mention | None:
    text = said_by(answer)
    if not text and answer.verdict is Verdict.CONFIRM:
        return mention if mention.fiscal_year is None else None
    if text and not text.isdecimal():
        return None
    return with_year(mention, int(text) if text else None, knowledge)


def _confidence(mention: Mention, bound: float | None) -> float | None:
    """What is left of doubt where a code or a year is settled: that of the numeral, which only the reader of an image states."""
    if mention.reader is Reader.OCR and not mention.checked_value:
        return mention.confidence
    return _bounded(1.0, bound)


def _bounded(sure: float, bound: float | None) -> float:
    return sure if bound is None else min(sure, bound)


def _other_readings(mention: Mention, shown: str) -> dict[str, Any]:
    """What was read joins the other readings, in front and as likely as the reader said; what a person reads is none of them."""
    readings = (mention.printed_value, *mention.candidates)
    shares: tuple[float | None, ...] = (mention.confidence, *mention.candidate_probabilities)
    if len(shares) != len(readings):
        shares = (None,) * len(readings)
    others = [(text, share) for text, share in zip(readings, shares, strict=True) if text and not print_alike(text, shown)]
    known = tuple(share for _, share in others if share is not None)
    return {"candidates": tuple(text for text, _ in others), "candidate_probabilities": known if len(known) == len(others) else ()}


def _shown(value: Decimal) -> str:
    """With two decimals, as scores are printed, or as many as it has."""
    short = value.quantize(_TWO_PLACES)
    return str(short if short == value else _rounded(value).normalize())


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_FOUR_PLACES, rounding=ROUND_HALF_UP)
