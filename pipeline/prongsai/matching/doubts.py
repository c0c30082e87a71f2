"""What in a table's row leaves a number without a sure name: better a finding than a score under another's name.

Tables that are not drawn lose what rules say: which column a cell is of, and where a row ends. What is left of it shows
in the row itself: a code inside a wording, a name on the wrong side of its number, a wider name where a narrower belongs.
"""

from __future__ import annotations

import re

from prongsai.matching.codes.columns import Decoded
from prongsai.matching.grid import CellFacts
from prongsai.matching.headers import ColumnFacts
from prongsai.matching.model import Label, scope_of, specificity
from prongsai.matching.rows import Rows, Segment, folded_wording, is_lettered, wording_cell
from prongsai.records import Scope

_LEAST_NAMED = 2
"""Rows with a name in a column that make it a column of names."""
_CODE = re.compile(r"(?<![a-z0-9])[ieo]\d{1,2}(?![\d.])")
_SHORT = 12
"""A cell that holds a code beside little else is not longer than this, in folded characters."""


def is_label_unsure(rows: Rows, segment: Segment, label: Label, number: CellFacts, column: ColumnFacts) -> bool:
    """Whether a row's label may not be what a number is of."""
    named = next((facts for facts in segment.cells if facts.label is label), None)
    if named is None:
        return False
    if _CODE.search(named.folded) or any(_holds_code(facts) for facts in segment.cells if facts is not named):
        return True  # A question's row: the rule between its code and its indicator's name was lost.
    is_drawn = rows.grid.table.is_ruled
    if number.cell.column < named.cell.column:
        return not column.is_score and (bool(column.text) or not is_drawn)
    return not is_drawn and _lacks_narrower_name(rows, segment, named, number)


def is_cut_wrong(rows: Rows, segment: Segment, code: str) -> bool:
    """Whether the wording of a row in a table that is not drawn runs on into a question other than the row's own, `code`."""
    facts = wording_cell(segment)
    if rows.grid.table.is_ruled or facts is None:
        return False
    inside = (match.group() for match in _CODE.finditer(facts.folded, facts.token_end))
    return any(printed[0] + str(int(printed[1:])) != code for printed in inside)


def is_code_unsure(rows: Rows, segment: Segment, code: Decoded) -> bool:
    """Whether what stands at the head of a row in a table that is not drawn is hardly the code that it was read as: digits
    alone, their row's wording lost to the row above, or another letter with only its place to speak against that."""
    cell = segment.code_cell
    if rows.grid.table.is_ruled or cell is None or cell.token is None or cell.is_ordinal:
        return False
    token = cell.token
    if not is_lettered(cell):
        return not folded_wording(segment) and not rows.stands_among_codes(cell)
    letter = token.letter or "o"
    return letter in tuple("ieo") and letter != code.code[:1] and not {"code", "wording"}.intersection(code.matched_by)


def dates_wording(rows: Rows, segment: Segment) -> bool:
    """Whether the year of a question's row stands in the column of the wordings: a plan's year, or what wrapped of it."""
    code = segment.code_cell
    if code is None:
        return False
    dated = [facts for facts in segment.cells if facts.is_year]
    return bool(dated) and all(_is_of_wordings(rows, facts.cell.column) for facts in dated)


def _holds_code(facts: CellFacts) -> bool:
    return facts.label is None and len(facts.folded) <= _SHORT and _CODE.search(facts.folded) is not None


def _is_of_wordings(rows: Rows, column: int) -> bool:
    cells = [facts for row in rows.body if (facts := rows.grid.at(row, column)) is not None and facts.folded]
    return 2 * sum(facts.is_year for facts in cells) < len(cells)


def _lacks_narrower_name(rows: Rows, segment: Segment, named: CellFacts, number: CellFacts) -> bool:
    """Whether a column between a name and a number holds narrower names, and this row's is not read.

    An empty place there leaves the number to the wider name, unless that stands in other rows too.
    """
    assert named.label is not None
    if scope_of(named.label.code) not in (Scope.OVERALL, Scope.INSTRUMENT):
        return False
    for column in range(named.cell.column + 1, number.cell.column):
        cells = [facts for row in rows.body if (facts := rows.grid.at(row, column)) is not None]
        narrower = [f for f in cells if f.label is not None and specificity(f.label.code) > specificity(named.label.code)]
        if len(narrower) < _LEAST_NAMED:
            continue
        own = rows.grid.at(segment.row, column)
        if own is not None and own.folded:
            return own.label is None and own.folded not in rows.vocabulary.total_row
        alike = [f for row in rows.body for f in rows.grid.rows[row] if f.label is not None and f.label.code == named.label.code]
        return len(alike) >= _LEAST_NAMED
    return False


def counts_without_decimals(facts: CellFacts, column: ColumnFacts, rows: Rows) -> bool:
    """Whether a number without decimals is a score: 100 and 0 are printed so, others only in a score's column.

    In a table that is not drawn those too stand in such a column, if any is headed so: elsewhere 0 may be a difference.
    """
    value = facts.numeral.value if facts.numeral is not None else None
    if not rows.grid.table.is_ruled and not column.is_score and any(other.is_score for other in rows.columns):
        return False
    return value is None or value in (0, 100) or (column.is_score and not column.is_ignored and value >= 10)


def must_be_told(facts: CellFacts, column: ColumnFacts, rows: Rows, *, is_question: bool) -> bool:
    """Whether a number that nothing names may be a score, so that it may not vanish silently."""
    numeral = facts.numeral
    if numeral is None:
        return False
    if numeral.decimals == 2:
        return column.is_score or is_question or rows.prints_codes or not rows.grid.table.is_ruled
    return column.is_score and (numeral.value is None or numeral.value == 100)


def looks_like_score(facts: CellFacts) -> bool:
    """Whether a cell holds one number as scores are printed: two decimals, from 0 to 100."""
    numeral = facts.numeral
    return numeral is not None and numeral.decimals == 2 and numeral.value is not None and 0 <= numeral.value <= 100
