"""Columns whose headers cannot be read, named by the columns beside them and by what their numbers add up to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from prongsai.knowledge import Knowledge
from prongsai.matching.doubts import looks_like_score
from prongsai.matching.grid import CellFacts, Grid
from prongsai.matching.headers import ColumnFacts

_PARTS = (("IIT", "EIT", "OIT"), ("IIT", "EIT1", "EIT2", "OIT"))
_ORDERS = tuple(order for parts in _PARTS for order in ((*parts, "ITA"), ("ITA", *parts)))
"""In which order reports print instruments and their sum beside one another."""
_LEAST_KNOWN = 2
_LEAST_SHARE = 0.75
"""The part of a column's filled cells that look like scores where it is one of scores, and of its rows that add up."""
_MANY_ROWS = 3
_BY_MANY, _BY_FEW, _BY_ORDER = 0.85, 0.7, 0.6
"""How sure a name is: where three rows or more add up, where fewer do, where it stands at an end of the others."""
_HALF = Decimal("0.005")
_INDICATORS = 10


def with_names_by_order(columns: list[ColumnFacts], grid: Grid, body: Sequence[int], knowledge: Knowledge) -> list[ColumnFacts]:
    """The columns, those of scores named that stand unnamed among instruments, or among indicators in their order.

    Instruments stand in a known order, all of them, with the overall score, to which most rows must add up.
    """
    scored = [at for at in range(len(columns)) if _holds_scores(columns[at], grid, body, at)]
    named = {at: columns[at].code for at in scored if columns[at].code and not columns[at].is_weak}
    if len(named) < _LEAST_KNOWN or len(named) == len(scored):
        return columns
    found = _indicators(scored, named) or _instruments(scored, named, grid, body, _weights(knowledge))
    return [
        replace(column, code=found[at][0], is_weak=False, is_score=True, code_confidence=found[at][1])
        if at in found and found[at][0] != column.code
        else column
        for at, column in enumerate(columns)
    ]


def _holds_scores(column: ColumnFacts, grid: Grid, body: Sequence[int], at: int) -> bool:
    if column.is_ignored or column.is_difference or column.is_agency or column.is_year or column.agency or column.year is not None:
        return False
    cells = [facts for row in body if (facts := grid.at(row, at)) is not None and facts.folded and facts.cell.column_span == 1]
    return sum(map(_may_be_score, cells)) >= max(1.0, _LEAST_SHARE * len(cells))


def _may_be_score(facts: CellFacts) -> bool:
    return looks_like_score(facts) or (facts.numeral is not None and facts.numeral.value in (0, 100))


def _indicators(scored: Sequence[int], named: Mapping[int, str]) -> dict[int, tuple[str, float]]:
    """The unnamed columns between or right beside those of indicators that are numbered from column to column."""
    numbers = {at: int(code[3:]) for at, code in named.items() if code.startswith("ind") and "." not in code}
    first = {number - at for at, number in numbers.items()}
    if len(numbers) < _LEAST_KNOWN or len(first) != 1:
        return {}
    low, high = min(numbers), max(numbers)
    shift = first.pop()
    return {
        at: (f"ind{at + shift}", _BY_MANY if low < at < high else _BY_ORDER)
        for at in scored
        if at not in named and 1 <= at + shift <= _INDICATORS and all(other in scored for other in range(min(at, low), max(at, high)))
    }


def _instruments(
    scored: Sequence[int], named: Mapping[int, str], grid: Grid, body: Sequence[int], weights: Mapping[str, Decimal]
) -> dict[int, tuple[str, float]]:
    for order in _ORDERS:
        codes = dict(zip(scored, order, strict=False))
        if len(order) != len(scored) or any(codes[at] != code for at, code in named.items()):
            continue
        sums = [is_sum for row in body if (is_sum := _adds_up(row, codes, grid, weights)) is not None]
        if sums and sum(sums) >= _LEAST_SHARE * len(sums):
            sure = _BY_MANY if sum(sums) >= _MANY_ROWS else _BY_FEW
            return {at: (code, sure) for at, code in codes.items() if at not in named}
    return {}


def _adds_up(row: int, codes: Mapping[int, str], grid: Grid, weights: Mapping[str, Decimal]) -> bool | None:
    """Whether the instruments of a row, or their weights' shares, add up to its overall score; None where one is not read."""
    cells = {code: facts.numeral for at, code in codes.items() if (facts := grid.at(row, at)) is not None and _may_be_score(facts)}
    values = {code: numeral.value for code, numeral in cells.items() if numeral is not None and numeral.value is not None}
    if len(values) < len(codes):
        return None
    total = values.pop("ITA")
    slack = _HALF * (len(values) + 1)
    weighted = sum((value * weights[code] for code, value in values.items()), Decimal(0))
    return abs(weighted - total) <= slack or abs(sum(values.values(), Decimal(0)) - total) <= slack


def _weights(knowledge: Knowledge) -> dict[str, Decimal]:
    """Instruments and parts of them, each with its share of the overall score, 0-1."""
    framework = knowledge.frameworks[max(knowledge.frameworks)]
    weights = {instrument.code: instrument.weight for instrument in framework.instruments}
    return weights | {part.code: part.weight for instrument in framework.instruments for part in instrument.parts}
