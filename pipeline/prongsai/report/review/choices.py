"""What else a number, a code, a year or a name may be, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from prongsai.export.lists import split_list
from prongsai.knowledge import Framework
from prongsai.language.numerals import parse_numeral, to_arabic
from prongsai.records import Asked
from prongsai.report.review.spots import Spot, shown

_MOST_CHOICES = 9
"""As many as there are digits to choose them by."""
_MOST_BESIDE = 3
"""Numbers shown above and below the one that is asked about."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What else it may be."""

    text: str
    probability: float | None
    """As the reader states it; None where somebody else proposes it."""
    by: str
    """`reader`, `audit` (it would let everything add up), `order` (of the codes beside it), or `document` (it stands elsewhere in it)."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A number in the same column, for comparison."""

    code: str
    question: str
    printed: str
    value: str
    is_asked: bool


def choices_for(
    asked: Asked,
    mention: Mapping[str, Any] | None,
    document: Mapping[str, Any],
    findings: Sequence[Mapping[str, Any]],
    spot: Spot,
    framework: Framework | None,
) -> Iterator[Choice]:
    """What else it may be, each once and never what was read, the reader's own first.

    `mention` is the number that is asked about, None for a document as a whole; `framework` is that of its year.
    """
    if asked is Asked.VALUE and mention is not None:
        found = [*_read_otherwise(mention), *_mended(findings, mention)]
    elif asked is Asked.CODE and mention is not None and framework is not None:
        found = [Choice(code, None, "order") for code in _codes_near(mention, document, framework)]
    elif asked is Asked.YEAR:
        years = {row["fiscal_year"] for row in document["mentions"].values()} | {document["report_year"]}
        found = [Choice(str(year), None, "document") for year in sorted(filter(None, years), reverse=True)]
    elif asked is Asked.AGENCY:
        names = (*split_list(document["agency_candidates"] or ""), *split_list(document["agency_printed"] or ""))
        found = [Choice(name, None, "document") for name in names]
    else:
        found = []
    seen = {_same(spot.printed if asked is Asked.VALUE and spot.read_as else spot.read_as)}
    for choice in found:
        if len(seen) <= _MOST_CHOICES and _same(choice.text) not in seen:
            seen.add(_same(choice.text))
            yield choice


def _codes_near(mention: Mapping[str, Any], document: Mapping[str, Any], framework: Framework) -> Iterator[str]:
    """Codes that the order of the column allows, and the one that is printed, where the year has them."""
    order = list(framework.all_codes())
    column = _column(mention, document["mentions"].values())
    own = [row["mention_id"] for row in column].index(mention["mention_id"])
    above = column[own - 1]["code"] if own else None
    below = column[own + 1]["code"] if own + 1 < len(column) else None
    printed = to_arabic(mention["printed_code"] or "").casefold()
    yield from (code for code in order if code.casefold() == printed)
    for code, step in ((above, 1), (below, -1), (mention["code"], 1), (mention["code"], -1)):
        at = order.index(code) + step if code in order else -1
        if 0 <= at < len(order):
            yield order[at]


def _same(text: str) -> object:
    numeral = parse_numeral(text)
    return text if numeral is None or numeral.value is None else numeral.value


def _read_otherwise(mention: Mapping[str, Any]) -> Iterator[Choice]:
    shares = split_list(mention["candidate_probabilities"] or "")
    for at, text in enumerate(split_list(mention["candidates"] or "")):
        if (numeral := parse_numeral(text)) is not None and numeral.value is not None:
            yield Choice(text, float(shares[at]) if at < len(shares) else None, "reader")


def _mended(findings: Sequence[Mapping[str, Any]], mention: Mapping[str, Any]) -> Iterator[Choice]:
    """What would let everything add up, where findings are about this very score and say so in numbers on its scale."""
    for row in findings:
        if (row["subject"], row["fiscal_year"]) == (mention["code"], mention["fiscal_year"]) and mention["scale"] == 100:
            for text in (row["suggestion"] or "").split(" | "):
                if (numeral := parse_numeral(text)) is not None and numeral.value is not None:
                    yield Choice(text, None, "audit")


def _column(mention: Mapping[str, Any], mentions: Iterable[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """The numbers of its column of its table, or of its page where it stands in none, in their order."""
    names = ("table", "column", "kind") if mention["table"] is not None else ("page", "table", "kind")
    return [row for row in mentions if all(row[name] == mention[name] for name in names)]


def numbers_beside(mention: Mapping[str, Any], mentions: Iterable[Mapping[str, Any]]) -> Iterator[Beside]:
    """The numbers of its column nearest to it, itself among them."""
    column = _column(mention, mentions)
    at = next(place for place, row in enumerate(column) if row["mention_id"] == mention["mention_id"])
    for row in column[max(0, at - _MOST_BESIDE) : at + _MOST_BESIDE + 1]:
        value = "" if row["value"] is None else shown(row["value"])
        yield Beside(row["code"] or "", row["question"] or "", row["printed_value"] or "", value, row is mention)
