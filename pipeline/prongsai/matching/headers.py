"""What the header rows of a table say of each column."""

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

_SHORTEST_NAME = 6
_INDICATOR = re.compile(r"^\(?(10|[1-9])[.)]?$")


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """What the header says of one column."""

    text: str = ""
    code: str = ""
    printed: str = ""
    code_confidence: float = 1.0
    """Below 1 where the columns beside it gave it its code."""
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


def header_texts(grid: Grid, heads: Sequence[int], column: int) -> list[str]:
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
