"""Indicators whose printed number is not their name's: which of the two is meant, and the row of `codes` that says so.

Agencies number the indicators that they write about anew, and hardly ever print another indicator's whole name: the
name decides, unless the score is the one that the number's indicator has elsewhere, and the name's has another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from prongsai.language.folding import Folded
from prongsai.matching.labels import find_labels, read_label
from prongsai.matching.model import Claim, CodePrint, scope_of
from prongsai.matching.vocabulary import Vocabulary
from prongsai.records import MentionKind, Passage, Scope

_CONTEXT = 60
_NUMBER_WRONG, _NAME_WRONG = 0.03, 0.001
"""How often an indicator stands under another's number, and under another's whole name."""
_BY_CHANCE = 0.003
"""How often a score of one indicator is that of another, to two decimals: some 300 of them are usual."""
_BY_NAME = _NUMBER_WRONG / (_NUMBER_WRONG + _NAME_WRONG)
_BY_VALUE = _NAME_WRONG / (_NAME_WRONG + _NUMBER_WRONG * _BY_CHANCE)

_Key = tuple[str, int | None, str]


@dataclass(frozen=True, slots=True)
class _Dispute:
    """A claim whose label has the name of one indicator and the number of another."""

    named: str
    numbered: str


def disagreeing_labels(passage: Passage, folded: Folded, vocabulary: Vocabulary) -> Iterator[CodePrint]:
    """Indicators in a text whose printed number is not their name's, as the name has them."""
    for label in find_labels(folded, vocabulary):
        if label.number is None or not label.code.startswith("ind") or label.code == f"ind{label.number}":
            continue
        yield CodePrint(
            passage,
            label.start,
            label.end,
            " ".join(passage.text[label.start : label.end].split()),
            label.code,
            "number-against-name",
            round(_BY_NAME, 4),
            " ".join(passage.text[max(0, label.start - _CONTEXT) : label.end + _CONTEXT].split()),
            ("name",),
        )


def settled(claims: Sequence[Claim], prints: Iterable[CodePrint], vocabulary: Vocabulary) -> tuple[list[Claim], list[CodePrint]]:
    """The claims and prints, those changed whose number fits better than their name: the value says so."""
    disputes = {at: dispute for at, claim in enumerate(claims) if (dispute := _dispute(claim, vocabulary)) is not None}
    if not disputes:
        return list(claims), list(prints)
    known = _values(claim for at, claim in enumerate(claims) if at not in disputes)
    found = list(claims)
    meant: dict[tuple[str, str], str] = {}
    for at, dispute in disputes.items():
        claim = claims[at]
        value = claim.numeral.value
        of_name, of_number = (known.get((claim.agency, claim.year, code), set()) for code in (dispute.named, dispute.numbered))
        if value is not None and value in of_number and of_name and value not in of_name:
            found[at] = replace(claim, code=dispute.numbered, matched_by=("number", "value"), code_confidence=round(_BY_VALUE, 4))
            meant[_squeezed(claim.printed_code), dispute.named] = dispute.numbered
    return found, [_reprinted(each, meant) for each in prints]


def _dispute(claim: Claim, vocabulary: Vocabulary) -> _Dispute | None:
    if scope_of(claim.code) is not Scope.INDICATOR or claim.kind is not MentionKind.SCORE or not claim.printed_code:
        return None
    label = read_label(claim.printed_code, vocabulary)
    if label is None or label.number is None or label.code != claim.code or label.code == f"ind{label.number}":
        return None
    return _Dispute(label.code, f"ind{label.number}") if 1 <= label.number <= 10 else None


def _values(claims: Iterable[Claim]) -> dict[_Key, set[Decimal]]:
    """The scores of indicators, by agency, year and code; 100 is no sign of any."""
    found: defaultdict[_Key, set[Decimal]] = defaultdict(set)
    for claim in claims:
        value = claim.numeral.value
        if scope_of(claim.code) is Scope.INDICATOR and claim.kind is MentionKind.SCORE and value not in (None, 100):
            found[claim.agency, claim.year, claim.code].add(value)
    return found


def _reprinted(each: CodePrint, meant: dict[tuple[str, str], str]) -> CodePrint:
    code = meant.get((_squeezed(each.printed), each.code))
    if code is None or each.reason != "number-against-name":
        return each
    return replace(each, code=code, reason="name-against-number", confidence=round(_BY_VALUE, 4), matched_by=("number", "value"))


def _squeezed(text: str) -> str:
    return "".join(text.split())
