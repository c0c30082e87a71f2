"""What several mentions of one score amount to: agreed within the rounding of their digits, or in conflict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal

from prongsai.language.numerals import parse_numeral
from prongsai.records import Mention, MentionKind, Score

_HALF = Decimal("0.5")


def tidy(mentions: Iterable[Mention]) -> tuple[Score, ...]:
    """One score for each document, agency, fiscal year and code that has a read mention, in the order of the first.

    In a conflict the value is the one that is printed most often, and empty where none is.
    """
    groups: dict[tuple[str, str, int | None, str], list[Mention]] = {}
    for mention in mentions:
        if mention.kind is MentionKind.SCORE and mention.value is not None and mention.scope is not None:
            key = (mention.doc_id, mention.agency, mention.fiscal_year, mention.code)
            groups.setdefault(key, []).append(mention)
    return tuple(_score(group) for group in groups.values())


def _score(group: Sequence[Mention]) -> Score:
    first = group[0]
    assert first.scope is not None
    if len(group) == 1:
        agreement, value = "single", first.value
    elif all(_agree(one, other) for at, one in enumerate(group) for other in group[at + 1 :]):
        agreement, value = "agreed", min(group, key=_half_unit).value
    else:
        agreement, value = "conflict", _most_frequent(group)
    return Score(
        doc_id=first.doc_id,
        agency=first.agency,
        fiscal_year=first.fiscal_year,
        scope=first.scope,
        instrument=first.instrument,
        indicator=first.indicator,
        code=first.code,
        value=value,
        mentions=len(group),
        agreement=agreement,
    )


def _half_unit(mention: Mention) -> Decimal:
    """Half of the last printed digit, on 0-100: a printed number stands for everything that rounds to it."""
    numeral = parse_numeral(mention.printed_value)
    decimals = 0 if numeral is None else numeral.decimals
    return _HALF.scaleb(-decimals) * 100 / mention.scale


def _agree(one: Mention, other: Mention) -> bool:
    """Whether two printed numbers can be one value; equal digits always, else their intervals must overlap."""
    if one.value is None or other.value is None:
        return False
    return one.value == other.value or abs(one.value - other.value) < _half_unit(one) + _half_unit(other) - _smaller_unit(one, other)


def _smaller_unit(one: Mention, other: Mention) -> Decimal:
    """Zero where the units differ; where they are the same, both digits are printed and must be the same digits."""
    first, second = _half_unit(one), _half_unit(other)
    return first + second if first == second else Decimal(0)


def _most_frequent(group: Sequence[Mention]) -> Decimal | None:
    counts = Counter(mention.value for mention in group).most_common(2)
    return counts[0][0] if len(counts) == 1 or counts[0][1] > counts[1][1] else None
