"""What can be known of a damaged column of codes at best, by one who knows all that no decoder does.

That is: the run of codes that the column is of, how much is printed wrong and as what, and by which rules rows go missing,
stand twice or out of their place. What is left open then no evidence in the column decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from .damaged_codes import ANYTHING, MISSING, MOVED, THAI_DIGITS, TWICE, Column, others

State = tuple[int, int, int]
"""Rows that are printed, the code of the run that is to be printed, and the one after it."""
Step = tuple[State, float, tuple[tuple[int, int], ...]]
"""Where a step leads, its likelihood, and each row that it prints with the place of its code in the run."""
_FURTHEST = 5
"""Codes that one may be passed over by."""


def best_codes(column: Column, noise: float, wordings: Mapping[str, str]) -> list[tuple[str, float]]:
    """For each row of a column its likeliest code, and how likely that is.

    `noise`: share of glyphs printed wrong; `wordings`: what rows print besides, by code; it is read without fault.
    """
    end = len(column.rows), len(column.run), len(column.run)
    steps: dict[State, list[Step]] = {}

    @cache
    def printed(row: int, at: int) -> float:
        is_other = wordings.get(column.rows[row].code) != wordings.get(column.run[at])
        return 0.0 if is_other else _of_print(column.run[at], column.rows[row].printed, noise, column)

    def onward(row: int, at: int, after: int) -> Iterator[Step]:
        then = after, min(after + 1, end[1])
        yield (row, *then), MISSING, ()
        if row < end[0]:
            moved = MOVED if after < end[1] else 0.0
            yield (row + 1, *then), (1 - MISSING - TWICE - moved) * printed(row, at), ((row, at),)
            if moved and after - at < _FURTHEST:
                yield (row + 1, at, after + 1), moved * printed(row, after), ((row, after),)
        if row + 1 < end[0]:
            yield (row + 2, *then), TWICE * printed(row, at) * printed(row + 1, at), ((row, at), (row + 1, at))

    @cache
    def rest(state: State) -> float:
        """The likelihood of all that comes after a state."""
        if state[1] >= end[1]:
            return float(state == end)
        steps[state] = [step for step in onward(*state) if step[1]]
        return sum(chance * rest(to) for to, chance, _ in steps[state])

    start = 0, 0, 1
    reached = defaultdict(float, {start: 1 / rest(start)})
    odds: list[defaultdict[str, float]] = [defaultdict(float) for _ in column.rows]
    for state in sorted(steps, key=sum):
        for to, chance, prints in steps[state]:
            reached[to] += reached[state] * chance
            for row, at in prints:
                odds[row][column.run[at]] += reached[state] * chance * rest(to)
    return [max(each.items(), key=lambda item: item[1]) for each in odds]


def _of_print(code: str, printed: str, noise: float, column: Column) -> float:
    """How likely a code is printed so: over all ways to share the print out among its glyphs."""
    if not code:
        return float(not printed)
    ways = ((_of_glyph(code[0], printed[:size], noise, column), size) for size in range(min(2, len(printed)) + 1))
    return sum(chance * _of_print(code[1:], printed[size:], noise, column) for chance, size in ways if chance)


def _of_glyph(meant: str, printed: str, noise: float, column: Column) -> float:
    well = {THAI_DIGITS[int(meant)]: 1.0} if meant.isdigit() else {meant: 2 / 3, meant.upper(): 1 / 3}
    itself = well.get(printed, 0.0)
    any_other = others(meant)
    stray = (printed in any_other) / len(any_other)
    if meant not in column.habits:
        return (1 - noise) * itself + noise * stray
    prints, weights = column.habits[meant]
    counted = sum(weight for each, weight in zip(prints, weights, strict=True) if each == printed) / sum(weights)
    return (1 - noise) * itself + noise * (ANYTHING * stray + (1 - ANYTHING) * counted)
