"""Numbers among the numbers of their column and row: what stands among scores is one, however it is misprinted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from prongsai.language.numerals import Numeral, parse_numeral, to_arabic
from prongsai.matching.grid import CellFacts, Grid

_FULL, _DECIMALS, _LEAST_OTHERS = 100, 2, 5
_LEAST_DIGITS = 3
"""Of a number with two decimals, once its point is lost."""


class Peers:
    """The numbers of a table's `body`, rows below one header."""

    def __init__(self, grid: Grid, body: Sequence[int]) -> None:
        self.grid, self.body = grid, body
        self._columns: dict[int, Counter[bool]] = {}
        """By column, how many of its numbers look like scores or differences of them, and how many do not."""

    def are_scores(self, facts: CellFacts) -> bool:
        """Whether all other numbers of a number's column look like scores or are full marks, and there are some."""
        at = facts.cell.column
        if at not in self._columns:
            column = (self.grid.at(row, at) for row in self.body)
            self._columns[at] = Counter(_may_be_score(other.numeral) for other in column if other is not None and other.numeral is not None)
        own = self.grid.at(facts.cell.row, at)
        others = self._columns[at] - Counter([_may_be_score(own.numeral)] if own is not None and own.numeral is not None else ())
        return others[True] > 0 and not others[False]

    def taken_for_score(self, facts: CellFacts) -> CellFacts:
        """Digits that read as a year among the scores of a row and of a column, taken for one whose point was lost; any other cell as
        it is."""
        numeral = parse_numeral(facts.cell.text) if facts.is_year else None
        if numeral is None:
            return facts
        beside = [other for other in self.grid.rows[facts.cell.row] if other is not facts]
        is_in_row = any(other.numeral is not None and other.numeral.decimals for other in beside)
        has_years = any(other.is_year for other in beside)
        is_lost = is_in_row and not has_years and self.are_scores(facts)
        return replace(facts, numeral=numeral, years=()) if is_lost else facts

    def taken_for_difference(self, facts: CellFacts) -> CellFacts:
        """Digits that read as a code among differences, taken for one whose point was lost; any other cell as it is. What slipped in
        from another row is a code: its number stands behind it."""
        is_last = all(other.numeral is None for other in self.grid.rows[facts.cell.row] if other.cell.column == facts.cell.column + 1)
        return replace(facts, token=None, token_end=0, is_ordinal=False) if is_last and self.has_lost_point(facts) else facts

    def has_lost_point(self, facts: CellFacts) -> bool:
        """Whether a number led by a zero stands among scores or differences as one whose point was lost: `044`."""
        digits = [to_arabic(glyph) for glyph in facts.cell.text if glyph.isdecimal()]
        is_led = facts.numeral is not None and facts.numeral.is_integer and len(digits) >= _LEAST_DIGITS and digits[0] == "0"
        return is_led and self.are_scores(facts)

    def has_lost_digits(self, numeral: Numeral) -> bool:
        """Whether a number that was read off an image has fewer decimals than the table prints: one where it keeps zeros at
        the end of others, none where all others have two."""
        if numeral.value is None or numeral.value == _FULL or numeral.decimals not in (0, 1):
            return False
        numbers = [(facts.cell.column, facts.numeral) for row in self.body for facts in self.grid.rows[row] if facts.numeral is not None]
        scored = {column for column, other in numbers if other.decimals == _DECIMALS}
        others = [other for column, other in numbers if column in scored and other is not numeral]
        if numeral.decimals == 0:
            return len(others) >= _LEAST_OTHERS and all(other.decimals == _DECIMALS or other.value is None for other in others)
        return any(other.decimals == _DECIMALS and other.value is not None and other.value * 10 % 1 == 0 for other in others)


def _may_be_score(numeral: Numeral) -> bool:
    return numeral.value is not None and (numeral.value == _FULL or (numeral.decimals == _DECIMALS and abs(numeral.value) <= _FULL))
