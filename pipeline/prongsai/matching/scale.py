"""The scale of printed scores: 0-100, or weighted (IIT of 30, EIT of 30, OIT of 40), told by arithmetic."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal

from prongsai.language.numerals import Numeral
from prongsai.matching.model import Claim
from prongsai.records import MentionKind

_FULL = 100
_DOUBLED_FULL = 1100
"""100.00 with a digit printed twice."""
_DECIMALS = 2
_MOST_DECIMALS = 4
_YEARS = (2400, 2700)
_HALF = Decimal("0.005")
"""Half of the second decimal: a printed score stands for everything that rounds to it."""
_MOST = 2
"""So many instruments must be their weight's share of the score beside them; one more may be misprinted."""
_LEAST_TOTAL = Decimal(45)
"""Weighted scores that add up to less are scores of 0-100 that happen to be small."""

_Line = tuple[int | None, str, int | None, tuple[bool, int | None]]
"""Table, agency, year, and whether it is a row and which."""


def can_be_score(numeral: Numeral) -> bool:
    """Whether a number can be a score or a difference of scores: at most 100 either way, with four decimals at most."""
    return numeral.value is None or (abs(numeral.value) <= _FULL and numeral.decimals <= _MOST_DECIMALS)


def lacks_point(numeral: Numeral) -> bool:
    """Whether a number can be a score whose decimal point was lost: 8917 for 89.17, and no year."""
    return numeral.value is not None and numeral.is_integer and abs(numeral.value) >= 10 * _FULL and can_be_misprint(numeral)


def can_be_misprint(numeral: Numeral, *, is_among_scores: bool = False) -> bool:
    """Whether a number beyond 100 can be a score misprinted: 889.17 or 8917 for 89.17, 1000.00 for 100.00; no year, unless all that
    stands with it are scores, and no sum of money."""
    value = numeral.value
    if value is None or "," in numeral.printed:
        return False
    if numeral.decimals == 0:
        return abs(value) <= _FULL * _FULL and (is_among_scores or numeral.sign != "" or not _YEARS[0] <= value <= _YEARS[1])
    return numeral.decimals <= _DECIMALS + 1 and abs(value) <= _DOUBLED_FULL


def scales(claims: Sequence[Claim], weights: Mapping[str, Decimal]) -> dict[int, int]:
    """The scale of each claim that is not on 0-100, by the claim's index in the sequence.

    Looked at are the scores of one agency and year that stand in one row, or in one column where rows name them. They are
    weighted if none but one exceeds its weight and the instruments come nearer to the overall score printed in the same line
    as a sum than as weighted here: one misprint does not change that; or if most are their weights' shares of the scores
    printed for them in another line; or, where neither is printed, if they add up to what only weighted scores reach. Where
    most rows of a table are weighted, or most columns, all are.
    """
    lines: defaultdict[_Line, dict[str, int]] = defaultdict(dict)
    for index, claim in enumerate(claims):
        if claim.kind is MentionKind.SCORE and claim.table is not None and claim.numeral.value is not None:
            is_row = "header" in claim.matched_by
            line = (is_row, claim.row if is_row else claim.column)
            lines[(claim.table, claim.agency, claim.year, line)].setdefault(claim.code, index)
    printed = {key: {code: _value(claims[index]) for code, index in codes.items()} for key, codes in lines.items()}
    told: dict[_Line, bool] = {}
    for key in lines:
        beside = [values for other, values in printed.items() if other[:3] == key[:3] and other != key]
        told[key] = _is_weighted(printed[key], beside, weights)
    found: dict[int, int] = {}
    for key, codes in lines.items():
        like = [is_weighted for other, is_weighted in told.items() if (other[0], other[3][0]) == (key[0], key[3][0])]
        if told[key] or (2 * sum(like) > len(like) and _too_large(printed[key], weights) <= 1):
            found |= {index: int(weights[code] * 100) for code, index in codes.items() if code in weights}
    return found


def is_scale_unsure(claim: Claim, scale: int, weights: Mapping[str, Decimal]) -> bool:
    """Whether an instrument's number in a table may be weighted, and nothing says so: of a hundred no agency is known to have
    so little, but where it publishes nothing."""
    value, weight = claim.numeral.value, weights.get(claim.code)
    if scale != 100 or claim.kind is not MentionKind.SCORE or claim.table is None or value is None or weight is None:
        return False
    return claim.code != "OIT" and 0 < value <= weight * 100


def _is_weighted(values: Mapping[str, Decimal], beside: Sequence[Mapping[str, Decimal]], weights: Mapping[str, Decimal]) -> bool:
    pairs = [(value, other[code], weights[code]) for other in beside for code, value in values.items() if code in weights and code in other]
    if pairs and len(pairs) < _MOST and all(_is_share(*pair) for pair in pairs):
        return True
    used = ["IIT", "OIT", *(["EIT1", "EIT2"] if "EIT1" in values and "EIT2" in values else ["EIT"])]
    if any(code not in values for code in used) or _too_large(values, weights) > ("ITA" in values):
        return False
    if any(sum(_is_share(values[code], other.get(code), weights[code]) for code in used) >= _MOST for other in beside):
        return True
    total = sum((values[code] for code in used), Decimal(0))
    if "ITA" in values:
        weighted_here = sum((values[code] * weights[code] for code in used), Decimal(0))
        return abs(total - values["ITA"]) < abs(weighted_here - values["ITA"])
    return total > _LEAST_TOTAL


def _too_large(values: Mapping[str, Decimal], weights: Mapping[str, Decimal]) -> int:
    """How many values exceed what their weight allows."""
    return sum(value > weights[code] * 100 for code, value in values.items() if code in weights)


def _is_share(part: Decimal, whole: Decimal | None, weight: Decimal) -> bool:
    """Whether two printed numbers can be a weighted score and the score itself."""
    return whole is not None and abs(part - whole * weight) <= _HALF * (1 + weight)


def _value(claim: Claim) -> Decimal:
    return claim.numeral.value if claim.numeral.value is not None else Decimal(0)
