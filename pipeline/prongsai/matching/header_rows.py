"""Which rows of a table are its header: those at its top, and those that stand again in its middle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from prongsai.matching.grid import CellFacts, Grid
from prongsai.matching.headers import header_texts
from prongsai.matching.vocabulary import Vocabulary
from prongsai.matching.years.years import bare_year, find_years

_MAX_HEADER_ROWS = 5
_LEAST_SPEAKING = 2
_LEAST_SCORED = 3
_LEAST_INSIDE, _HEADER_CELL = 3, 40


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of a table and the header rows that speak for them."""

    heads: tuple[int, ...]
    body: tuple[int, ...]


def header_parts(grid: Grid, vocabulary: Vocabulary) -> list[Part]:
    """A table cut where a header stands again in its middle, as it does where a table goes on over a page or two tables
    touch: there the columns may stand elsewhere, so each part has its own header."""
    top = heads = _top_rows(grid, vocabulary)
    texts = {_texts(grid, row) for row in top} - {()}
    places = {_places(grid, row) for row in top}
    parts: list[Part] = []
    body: list[int] = []
    row = len(heads)
    while row < grid.n_rows:
        if _texts(grid, row) in texts and _places(grid, row) in places:
            # The same header in the same columns, or what joining left of it: the top's speaks on.
            row += 1
            continue
        if _texts(grid, row) in texts or _is_header_inside(grid, row, vocabulary):
            parts.append(Part(tuple(heads), tuple(body)))
            heads, body = [row], []
            while row + 1 < grid.n_rows and (_texts(grid, row + 1) in texts or _goes_below(grid, row + 1, vocabulary)):
                row += 1
                heads.append(row)
        else:
            body.append(row)
        row += 1
    parts.append(Part(tuple(heads), tuple(body)))
    return parts


def _texts(grid: Grid, row: int) -> tuple[str, ...]:
    return tuple(facts.folded for facts in grid.rows[row] if facts.folded)


def _places(grid: Grid, row: int) -> tuple[tuple[int, str], ...]:
    return tuple((facts.cell.column, facts.folded) for facts in grid.rows[row] if facts.folded)


def _is_header_inside(grid: Grid, row: int, vocabulary: Vocabulary) -> bool:
    """Whether a row below the top is a header by its own words: three short cells or more, none a number or a code, most
    of which speak as headers do."""
    cells = [facts for facts in grid.rows[row] if facts.folded]
    if len(cells) < _LEAST_INSIDE or any(facts.token is not None or facts.label is not None for facts in cells):
        return False
    if any(facts.numeral is not None for facts in cells) and not _hides_years(cells, vocabulary, is_below=False):
        return False
    speaking = sum(_speaks_as_header(facts.folded, vocabulary) for facts in cells)
    return all(len(facts.folded) <= _HEADER_CELL for facts in cells) and 2 * speaking > len(cells)


def _goes_below(grid: Grid, row: int, vocabulary: Vocabulary) -> bool:
    """Whether a row below a header is its second line: years, parts of EIT and words such as difference, and no more."""
    cells = [facts for facts in grid.rows[row] if facts.folded]
    return bool(cells) and all(
        facts.is_year or vocabulary.part.match(facts.folded) or vocabulary.header_difference.search(facts.folded) for facts in cells
    )


def _top_rows(grid: Grid, vocabulary: Vocabulary) -> list[int]:
    """The rows at the top that hold no score."""
    heads: list[int] = [] if grid.table.is_ruled else _undrawn_header(grid, vocabulary)
    for row in range(len(heads), min(grid.n_rows, _MAX_HEADER_ROWS)):
        cells = [facts for facts in grid.rows[row] if facts.folded]
        if not cells:
            if heads:
                continue
            heads.append(row)
            continue
        if _numbers_indicators(cells):
            heads.append(row)
            continue
        if heads and _holds_bare_years(grid, row, heads, vocabulary):
            heads.append(row)
            continue
        if _stands_over_numbers(grid, row):
            heads.append(row)
            continue
        if any(facts.numeral is not None for facts in cells) and not _hides_years(cells, vocabulary, is_below=bool(heads)):
            break
        if not any(_speaks_as_header(facts.folded, vocabulary) or facts.is_year or facts.label is not None for facts in cells):
            if row == 0 and len(cells) == 1:
                heads.append(row)
                continue
            break
        if _is_data_like(grid, row) and heads:
            break
        if len(cells) <= 1 and cells[0].label is not None and heads:
            break
        if heads_section(cells, grid) and any(sum(bool(facts.folded) for facts in grid.rows[head]) > 1 for head in heads):
            break
        heads.append(row)
    return heads


def _stands_over_numbers(grid: Grid, row: int) -> bool:
    """Whether a row says something over most columns of scores, three or more, and no score, whatever it says."""
    below = [facts for lower in range(row + 1, grid.n_rows) for facts in grid.rows[lower] if facts.folded]
    scored = Counter(facts.cell.column for facts in below if facts.numeral is not None and facts.numeral.decimals)
    filled = Counter(facts.cell.column for facts in below)
    columns = [column for column, count in scored.items() if 2 * count > filled[column]]
    named = [column for column in columns if len(grid.text(row, column)) > 1]
    return len(columns) >= _LEAST_SCORED and 2 * len(named) > len(columns) and not any(map(_may_be_score, grid.rows[row]))


def _hides_years(cells: Sequence[CellFacts], vocabulary: Vocabulary, *, is_below: bool) -> bool:
    """Whether a row is one of a header whose years a stamp hides: its numbers unread or, `is_below` another header row,
    what is left of a year, and beside them nothing but cells that speak as headers do."""
    numerals = [facts.numeral for facts in cells if facts.numeral is not None]
    others = [facts for facts in cells if facts.numeral is None and not facts.is_year]
    if all(numeral.value is None for numeral in numerals):
        return sum(_speaks_as_header(facts.folded, vocabulary) for facts in others) >= _LEAST_SPEAKING
    is_rest = all(numeral.value is None or (numeral.is_integer and 10 <= numeral.value < 100) for numeral in numerals)
    is_difference = bool(others) and all(vocabulary.header_difference.search(facts.folded) for facts in others)
    return is_below and is_rest and is_difference


def _holds_bare_years(grid: Grid, row: int, heads: Sequence[int], vocabulary: Vocabulary) -> bool:
    """Whether the numbers of a row are years without the word for it (`67`, `2024`), which stands in the header above them."""
    cells = [facts for facts in grid.rows[row] if facts.folded]
    numbers = [facts for facts in cells if facts.numeral is not None]
    others = [facts for facts in cells if facts.numeral is None]
    if not numbers or any(bare_year(facts.folded) is None for facts in numbers):
        return False
    if not all(facts.is_year or _speaks_as_header(facts.folded, vocabulary) for facts in others):
        return False
    return all(list(find_years(" ".join(header_texts(grid, [*heads, row], facts.cell.column)), vocabulary)) for facts in numbers)


def heads_section(cells: Sequence[CellFacts], grid: Grid) -> bool:
    """Whether the filled cells of a row are one fiscal year at its left end, or merged over all of it: the year of the rows below."""
    if len(cells) != 1 or not cells[0].is_year or cells[0].cell.row_span > 1:
        return False
    return cells[0].cell.column == 0 and cells[0].cell.column_span in (1, grid.n_columns)


def _undrawn_header(grid: Grid, vocabulary: Vocabulary) -> list[int]:
    """The rows above the first number of a table without rules, if one of them speaks as a header: its lines are rows
    of their own, so that a name broken over three lines stands in three rows."""
    scored = (row for row in range(grid.n_rows) if any(_may_be_score(facts) for facts in grid.rows[row]))
    first = next(scored, grid.n_rows)
    rows = list(range(min(first, _MAX_HEADER_ROWS)))
    cells = [facts for row in rows for facts in grid.rows[row] if facts.folded]
    numbered = {facts.cell.column for facts in cells if facts.label is not None and "number" in facts.label.by}
    if first > _MAX_HEADER_ROWS or len(numbered) == 1:
        return []
    return rows if any(facts.label is not None or _speaks_as_header(facts.folded, vocabulary) for facts in cells) else []


def _may_be_score(facts: CellFacts) -> bool:
    numeral = facts.numeral
    return numeral is not None and (numeral.value is None or numeral.decimals > 0 or numeral.value >= 100)


def _numbers_indicators(cells: Sequence[CellFacts]) -> bool:
    """Whether a row holds whole numbers up to 10, three or more, that rise by one from column to column, and nothing else that
    counts; some may be unread."""
    numbers = [
        (int(facts.numeral.value), facts.cell.column) for facts in cells if facts.numeral is not None and facts.numeral.value is not None
    ]
    is_whole = all(facts.numeral.decimals == 0 for facts in cells if facts.numeral is not None)
    return is_whole and len(numbers) >= 3 and len({number - column for number, column in numbers}) == 1 and numbers[-1][0] <= 10


def _speaks_as_header(folded: str, vocabulary: Vocabulary) -> bool:
    return len(folded) <= 60 and any(
        pattern.search(folded)
        for pattern in (
            vocabulary.header_score,
            vocabulary.header_difference,
            vocabulary.header_agency,
            vocabulary.header_question,
            vocabulary.header_label,
            vocabulary.part,
            vocabulary.header_ignore,
        )
    )


def _is_data_like(grid: Grid, row: int) -> bool:
    """Whether a row without numbers is a row of the body: a code with a wording, or one label and long text."""
    cells = [facts for facts in grid.rows[row] if facts.folded]
    if any(facts.token is not None and facts.token.letter in tuple("ieo") for facts in cells):
        return True
    if any(len(facts.folded) > 90 for facts in cells):
        return True
    return bool(cells) and cells[0].label is not None and "name" in cells[0].label.by and len(cells) <= 2 and cells[0].cell.column == 0
