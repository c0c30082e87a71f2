"""The scale of printed scores: 0-100, or weighted (IIT of 30, EIT of 30, OIT of 40), told by arithmetic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from prongsai.matching.model import Claim
from prongsai.records import MentionKind

_HALF = Decimal("0.005")
"""Half of the second decimal: a printed score stands for everything that rounds to it."""
_MOST = 2
"""So many instruments must be their weight's share of the score beside them; one more may be misprinted."""
_LEAST_TOTAL = Decimal(45)
"""Weighted scores that add up to less are scores of 0-100 that happen to be small."""

_Line = tuple[int | None, str, int | None, int | None]


def scales(claims: Sequence[Claim], weights: Mapping[str, Decimal]) -> dict[int, int]:
    """The scale of each claim that is not on 0-100, by the claim's index in the sequence.

    Looked at are the scores of one agency and year that stand in one row, or in one column where rows name them. They
    are
    weighted if none exceeds its weight and the instruments add up to the overall score printed in the same line,
    within the rounding of the digits; or if each is its weight's share of the score printed for it in another line;
    or, where neither is printed, if they add up to what only weighted scores reach.
    """
    lines: defaultdict[_Line, dict[str, int]] = defaultdict(dict)
    for index, claim in enumerate(claims):
        if claim.kind is MentionKind.SCORE and claim.table is not None and claim.numeral.value is not None:
            line = claim.row if "header" in claim.matched_by else claim.column
            lines[(claim.table, claim.agency, claim.year, line)].setdefault(claim.code, index)
    printed = {key: {code: _value(claims[index]) for code, index in codes.items()} for key, codes in lines.items()}
    found: dict[int, int] = {}
    for key, codes in lines.items():
        beside = [values for other, values in printed.items() if other[:3] == key[:3] and other != key]
        if _is_weighted(printed[key], beside, weights):
            found |= {index: int(weights[code] * 100) for code, index in codes.items() if code in weights}
    return found


def _is_weighted(values: Mapping[str, Decimal], beside: Sequence[Mapping[str, Decimal]], weights: Mapping[str, Decimal]) -> bool:
    used = ["IIT", "OIT", *(["EIT1", "EIT2"] if "EIT1" in values and "EIT2" in values else ["EIT"])]
    if any(code not in values or values[code] > weights[code] * 100 for code in used):
        return False
    if any(sum(_is_share(values[code], other.get(code), weights[code]) for code in used) >= _MOST for other in beside):
        return True
    total = sum((values[code] for code in used), Decimal(0))
    if "ITA" in values:
        return abs(total - values["ITA"]) <= _HALF * (len(used) + 1)
    return total > _LEAST_TOTAL


def _is_share(part: Decimal, whole: Decimal | None, weight: Decimal) -> bool:
    """Whether two printed numbers can be a weighted score and the score itself."""
    return whole is not None and abs(part - whole * weight) <= _HALF * (1 + weight)


def _value(claim: Claim) -> Decimal:
    return claim.numeral.value if claim.numeral.value is not None else Decimal(0)
