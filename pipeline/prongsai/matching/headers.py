"""Header rows of a table, and what they say of each column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from prongsai.language.folding import fold, fold_with_index
from prongsai.matching.agencies.names import read_agency
from prongsai.matching.codes.tokens import code_token
from prongsai.matching.grid import CellFacts, Grid
from prongsai.matching.labels import find_labels, read_label
from prongsai.matching.vocabulary import Vocabulary
from prongsai.matching.years.years import bare_year, find_years

_MAX_HEADER_ROWS = 5
_SHORTEST_NAME = 6
_LEAST_SPEAKING = 2
_LEAST_INSIDE, _HEADER_CELL = 3, 40
_INDICATOR = re.compile(r"^\(?(10|[1-9])[.)]?$")


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """What the header says of one column."""

    text: str = ""
    code: str = ""
    printed: str = ""
    is_weak: bool = False
    """The header means the overall score only among instruments or indicators."""
    year: int | None = None
    year_from: str = "column"
    """`unread` where a year is printed and could not be read, beside columns of other years."""
    year_confidence: float | None = None
    """How surely the year's digits were read, 0-1; None where nothing doubts them."""
    years_back: int = 0
    """1 where the header says the year before, and names none."""
    is_year: bool = False
    """The cells below are fiscal years."""
    agency: str = ""
    agency_printed: str = ""
    is_agency: bool = False
    is_difference: bool = False
    is_score: bool = False
    is_ignored: bool = False
    is_weight: bool = False
    """Full marks, weights, counts or money: never a code either."""


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
    return all(list(find_years(" ".join(_header_texts(grid, [*heads, row], facts.cell.column)), vocabulary)) for facts in numbers)


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
    if first > _MAX_HEADER_ROWS or any(facts.label is not None and "number" in facts.label.by for facts in cells):
        return []
    return rows if any(facts.label is not None or _speaks_as_header(facts.folded, vocabulary) for facts in cells) else []


def _may_be_score(facts: CellFacts) -> bool:
    numeral = facts.numeral
    return numeral is not None and (numeral.value is None or numeral.decimals > 0 or numeral.value >= 100)


def _numbers_indicators(cells: Sequence[CellFacts]) -> bool:
    """Whether a row holds the whole numbers of consecutive indicators and nothing else that counts."""
    numbers = [int(facts.numeral.value) for facts in cells if facts.numeral is not None and facts.numeral.value is not None]
    whole = all(facts.numeral.is_integer for facts in cells if facts.numeral is not None)
    return whole and len(numbers) >= 3 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[-1] <= 10


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


def read_columns(grid: Grid, heads: Sequence[int], vocabulary: Vocabulary) -> list[ColumnFacts]:
    """What the header says of each column; a merged header cell speaks for all columns it covers."""
    over = [_header_cells(grid, heads, column) for column in range(grid.n_columns)]
    columns = [_texts_of(cells) for cells in over]
    says_indicator = any(vocabulary.indicator_word.search(fold(text)) for texts in columns for text in texts)
    found = [_read_column(texts, vocabulary, says_indicator=says_indicator) for texts in columns]
    return [
        replace(column, year_confidence=_year_confidence(cells, column.year)) if column.year is not None else column
        for column, cells in zip(found, over, strict=True)
    ]


def _year_confidence(cells: Sequence[CellFacts], year: int) -> float | None:
    """How surely the year over a column was read: as surely as the least sure header cell that holds its digits."""
    known = [hit.confidence for facts in cells for hit in facts.years if hit.year == year]
    known += [
        facts.cell.passage.confidence(0, len(facts.cell.text)) for facts in cells if bare_year(facts.folded) == year and not facts.years
    ]
    return min((confidence for confidence in known if confidence is not None), default=None)


def _header_texts(grid: Grid, heads: Sequence[int], column: int) -> list[str]:
    """The different header texts over a column, top first."""
    return _texts_of(_header_cells(grid, heads, column))


def _texts_of(cells: Sequence[CellFacts]) -> list[str]:
    return list(dict.fromkeys(" ".join(facts.cell.text.split()) for facts in cells))


def _header_cells(grid: Grid, heads: Sequence[int], column: int) -> list[CellFacts]:
    """The header cells over a column, top first. In text without spans an empty header cell belongs to its left
    neighbour where the row below splits that neighbour."""
    cells: list[CellFacts] = []
    for nth, row in enumerate(heads):
        facts = grid.at(row, column)
        if facts is not None and facts.cell.column_span >= max(3, grid.n_columns - 1):
            continue
        if facts is None or not facts.folded:
            facts = None
            below = [lower for lower in heads[nth + 1 :] if grid.text(lower, column)]
            if below:
                left = column - 1
                while left >= 0 and not grid.text(row, left):
                    left -= 1
                if left >= 0 and grid.text(below[0], left) and not _is_said_twice(grid, row, left):
                    facts = grid.at(row, left)
        if facts is not None and facts.folded:
            cells.append(facts)
    return cells


def _is_said_twice(grid: Grid, row: int, column: int) -> bool:
    """Whether a header cell's text stands in its row more than once: then it speaks for its own column each time."""
    texts = [facts.folded for facts in grid.rows[row]]
    return texts.count(grid.text(row, column)) > 1


def _read_column(texts: Sequence[str], vocabulary: Vocabulary, *, says_indicator: bool) -> ColumnFacts:
    joined = " ".join(texts)
    folded = fold(joined)
    if not folded:
        return ColumnFacts()
    years = [hit for hit in find_years(joined, vocabulary) if not hit.is_comparison]
    is_difference = vocabulary.header_difference.search(folded) is not None
    code, printed, is_weak = _column_code(texts, folded, vocabulary, says_indicator=says_indicator)
    last = fold(texts[-1])
    is_goal = not code and any(vocabulary.header_goal.match(fold(text)) for text in texts)
    is_ignored = is_goal or (not code and not years and vocabulary.header_ignore.match(last) is not None)
    says_score = vocabulary.header_score.search(folded) is not None
    behind_rank = vocabulary.header_ignore.sub("", folded)
    is_agency = not code and not years and not says_score and vocabulary.header_agency.match(behind_rank) is not None
    is_score = not is_ignored and (bool(code) or bool(years) or says_score)
    agency = agency_printed = ""
    if not code and not is_agency and not is_ignored:
        agency, agency_printed = _column_agency(texts, vocabulary)
        is_score = is_score or bool(agency)
    return ColumnFacts(
        text=joined,
        code=code,
        printed=printed,
        is_weak=is_weak,
        year=years[-1].year if years else None,
        agency=agency,
        agency_printed=agency_printed,
        is_agency=is_agency,
        is_difference=is_difference,
        is_score=is_score,
        is_ignored=is_ignored,
        is_weight=is_goal or (is_ignored and vocabulary.weight_column.match(last) is not None),
        years_back=int(not years and not is_difference and vocabulary.previous_column.match(folded) is not None),
        is_year=not years and vocabulary.header_year.fullmatch(last.strip("(). ")) is not None,
    )


def _column_code(texts: Sequence[str], folded: str, vocabulary: Vocabulary, *, says_indicator: bool) -> tuple[str, str, bool]:
    """The code that a header names: the whole header as a label, its last line, or an overall word."""
    for text in (" ".join(texts), texts[-1]):
        label = read_label(text, vocabulary)
        if label is not None:
            return label.code, text, False
    labels = [label for label in find_labels(fold_with_index(" ".join(texts)), vocabulary) if not label.is_weak]
    codes = {label.code for label in labels}
    if len(codes) == 1:
        only = next(iter(codes))
        if not only.startswith("ind") or len(folded) <= 60:
            return only, " ".join(texts), False
    numbered = _INDICATOR.match(fold(texts[-1]))
    if numbered and says_indicator:
        return f"ind{int(numbered.group(1))}", " ".join(texts), False
    for text in (texts[-1], " ".join(texts)):
        if vocabulary.year_words.sub("", fold(text)).strip("()%0123456789. ") in vocabulary.overall_column:
            return "ITA", text, True
    token = code_token(fold(texts[-1]))
    if token is not None and token[0].letter in tuple("ieo") and token[1] == len(fold(texts[-1])):
        return token[0].letter + str(int(token[0].digits)), texts[-1], False
    return "", "", False


def _column_agency(texts: Sequence[str], vocabulary: Vocabulary) -> tuple[str, str]:
    """The agency that a header names, and its print: the whole header, or its last lines where others stand above."""
    named = [text for text in texts if not list(find_years(text, vocabulary))]
    for first in range(len(named)):
        printed = " ".join(named[first:])
        if len(fold(printed)) > _SHORTEST_NAME:
            reading = read_agency(printed, vocabulary.knowledge)
            if reading is not None:
                return reading.name, printed
    return "", ""
