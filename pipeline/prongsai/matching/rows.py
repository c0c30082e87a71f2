"""Rows of a table: cut where cells of another row slipped in, and what each part says of its numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prongsai.language.folding import fold_with_index
from prongsai.matching.agencies.names import read_agency, read_province, with_province
from prongsai.matching.codes.damaged import code_columns
from prongsai.matching.grid import CellFacts, Grid
from prongsai.matching.headers import ColumnFacts
from prongsai.matching.model import Label, specificity
from prongsai.matching.peers import Peers
from prongsai.matching.vocabulary import Vocabulary
from prongsai.matching.years.years import bare_year

_KEY = 40
"""A cell that says total, difference or weight is not longer than this, in folded characters."""
_NAME = 120
"""The longest name of an agency, in folded characters, with room."""
_LEAST_NAMES = 3
_LEAST_ACROSS = 2
_NAME_COLUMNS = 3
"""Agencies stand in one of the first columns."""
_WORDING = 5
"""A wording has more folded characters than this."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Part of a row that speaks of one thing: its own cells, its code, and how far its numbers slipped."""

    row: int
    cells: tuple[CellFacts, ...]
    code_cell: CellFacts | None
    shift: int
    """Columns to add to a number's own to reach the one that it slipped from."""


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What a row says of all its numbers."""

    label: Label | None = None
    year: int | None = None
    year_confidence: float | None = None
    agency: str = ""
    agency_printed: str = ""
    is_total: bool = False
    is_difference: bool = False
    is_weight: bool = False
    """It states the framework (weights, goals, bounds of a grade) and no result."""


class Rows:
    """The rows of a table below one header, and what that header says of their columns."""

    def __init__(self, grid: Grid, body: Sequence[int], columns: Sequence[ColumnFacts], vocabulary: Vocabulary) -> None:
        self.grid, self.body, self.columns, self.vocabulary = grid, body, columns, vocabulary
        coded = [column for column in columns if column.code and not column.is_difference]
        self.has_siblings = len(coded) >= 2 and not all(column.is_weak for column in coded)
        self.has_one_score_a_year = not self.has_siblings and len({column.year for column in coded}) == len(coded)
        self.has_agencies_across = sum(bool(column.agency) for column in columns) >= _LEAST_ACROSS
        self.peers = Peers(grid, body)
        self.code_column = self._usual_code_column()
        self._code_columns = code_columns(facts for row in self.body for facts in grid.rows[row])
        self._province_column = self._column_of_provinces()
        headed = [at for at, column in enumerate(columns) if column.is_agency and self._holds_names(at)]
        # A province stands beside an agency, or is one where nothing else is.
        headed.sort(key=lambda at: at == self._province_column)
        self.agency_column = next(iter(headed), self._column_of_agencies())

    def segments(self, row: int) -> Iterator[Segment]:
        """A row, cut where a second code begins: its cells slipped in from the next row."""
        filled = [facts for facts in self.grid.rows[row] if facts.folded]
        is_of_differences = any(self.vocabulary.difference_row.match(facts.folded) for facts in filled)
        cells = [self._code_columns.taken_for_code(self._taken_for_score(facts, is_of_differences)) for facts in filled]
        starts = [
            at for at, facts in enumerate(cells[:-1]) if facts.is_code and self.looks_like_code(facts) and cells[at + 1].numeral is not None
        ]
        if len(starts) <= 1:
            code = self._code_cell(cells)
            slipped = code is not None and code.is_code and starts
            yield Segment(row, tuple(cells), code, self._shift(code) if slipped else 0)
            return
        for nth, start in enumerate(starts):
            stop = starts[nth + 1] if nth + 1 < len(starts) else len(cells)
            part = cells[start:stop] if nth else cells[:stop]
            yield Segment(row, tuple(part), cells[start], self._shift(cells[start]))

    def _taken_for_score(self, facts: CellFacts, is_of_differences: bool) -> CellFacts:
        column = self._column(facts)
        if is_of_differences or column.is_difference:
            return self.peers.taken_for_difference(facts)
        return self.peers.taken_for_score(facts) if column.is_score else facts

    def facts(self, segment: Segment) -> RowFacts:
        """What the row of a segment says: label, year, agency; merged cells from above count for the year only."""
        label: Label | None = None
        year: int | None = None
        year_confidence: float | None = None
        agency = printed = ""
        is_total = is_difference = is_weight = False
        own = {id(facts) for facts in segment.cells}
        for facts in self.grid.covering(segment.row):
            is_own = id(facts) in own
            if year is None and self._column(facts).is_year and (year := bare_year(facts.folded)) is not None:
                year_confidence = facts.cell.passage.confidence(0, len(facts.cell.text))
            if not facts.folded or facts.numeral is not None or (not is_own and facts.cell.row == segment.row):
                continue
            if facts.is_year and year is None and facts.label is None:
                year, year_confidence = facts.years[-1].year, facts.years[-1].confidence
            if is_own and facts.label is not None and (label is None or specificity(facts.label.code) > specificity(label.code)):
                label = facts.label
            if is_own and len(facts.folded) <= _KEY:
                is_total = is_total or facts.folded.strip("()0123456789.: ") in self.vocabulary.total_row
                is_difference = is_difference or self.vocabulary.difference_row.match(facts.folded) is not None
                is_first = facts.label is None and facts.cell.column == 0
                is_weight = is_weight or (is_first and self._states_framework(facts.folded))
            if self.is_agency_cell(facts) and facts.label is None and not facts.is_year and len(facts.folded) <= _NAME:
                printed = " ".join(facts.cell.text.split())
                reading = read_agency(facts.cell.text, self.vocabulary.knowledge)
                agency = reading.name if reading is not None else printed
        if is_total and self.agency_column is not None and not agency:
            agency = printed = next((" ".join(facts.cell.text.split()) for facts in segment.cells if facts.numeral is None), "")
        elif agency and self._province_column not in (None, self.agency_column):
            beside = [facts.cell.text for facts in self.grid.covering(segment.row) if facts.cell.column == self._province_column]
            printed = with_province(printed, beside, self.vocabulary.knowledge)
        return RowFacts(label, year, year_confidence, agency, printed, is_total, is_difference, is_weight)

    def left_label(self, segment: Segment, number: CellFacts) -> Label | None:
        """The narrowest name to the left of a number, of equally narrow ones the nearest."""
        best: Label | None = None
        for facts in segment.cells:
            if facts.cell.column >= number.cell.column:
                break
            if facts.label is not None and (best is None or specificity(facts.label.code) >= specificity(best.code)):
                best = facts.label
        return best

    def _states_framework(self, folded: str) -> bool:
        """Whether a row's first cell makes it one of weights, goals or the bounds of a grade."""
        return self.vocabulary.weight_row.match(folded) is not None or self.vocabulary.grades.full(folded) is not None

    def looks_like_code(self, facts: CellFacts) -> bool:
        """A code with its letter, or digits led by a zero, or digits in the column where codes stand."""
        return is_lettered(facts) or (facts.token is not None and facts.cell.column == self.code_column)

    @property
    def prints_codes(self) -> bool:
        """Whether the table has a column of codes, so that a row whose number nothing names has lost its own."""
        return bool(self._code_columns.alone or self._code_columns.before_wording)

    def stands_among_codes(self, facts: CellFacts) -> bool:
        """Whether a cell's digits stand in a column of lettered codes, so that they are a code whose letter was lost."""
        return facts.is_code and facts.cell.column in self._code_columns.alone

    def is_agency_cell(self, facts: CellFacts) -> bool:
        """Whether a cell stands where the header says that agencies do."""
        return self.agency_column is not None and facts.cell.column == self.agency_column

    def _column_of_agencies(self) -> int | None:
        """The first column whose cells mostly read as agencies, three at least, where no header says so."""
        for column in range(min(self.grid.n_columns, _NAME_COLUMNS)):
            cells = [facts for row in self.body if (facts := self.grid.at(row, column)) is not None and facts.folded]
            texts = [facts.cell.text for facts in cells if facts.numeral is None and facts.label is None and len(facts.folded) <= _NAME]
            read = sum(read_agency(text, self.vocabulary.knowledge) is not None for text in texts) if len(texts) >= _LEAST_NAMES else 0
            if read >= _LEAST_NAMES and 2 * read > len(cells):
                return column
        return None

    def _column_of_provinces(self) -> int | None:
        """The first column most of whose cells are provinces."""
        for column in range(self.grid.n_columns):
            cells = [facts for row in self.body if (facts := self.grid.at(row, column)) is not None and facts.folded]
            found = sum(bool(read_province(facts.cell.text, self.vocabulary.knowledge)) for facts in cells if facts.numeral is None)
            if 2 * found > len(cells):
                return column
        return None

    def _holds_names(self, column: int) -> bool:
        """Whether most cells of a column hold text that is no code, label or number, as names of agencies are."""
        cells = [facts for row in self.body if (facts := self.grid.at(row, column)) is not None and facts.folded]
        names = [facts for facts in cells if facts.label is None and facts.numeral is None and not (is_lettered(facts) and facts.wording)]
        return 2 * len(names) > len(cells)

    def _usual_code_column(self) -> int | None:
        counts: Counter[int] = Counter()
        for row in self.body:
            first = next(
                (
                    facts
                    for facts in self.grid.rows[row]
                    if facts.token is not None and (facts.is_code or len(facts.wording) > _WORDING) and not self._is_under_score(facts)
                ),
                None,
            )
            if first is not None:
                counts[first.cell.column] += 1
        return max(counts, key=lambda column: (counts[column], -column)) if counts else None

    def _shift(self, code: CellFacts | None) -> int:
        return 0 if code is None or self.code_column is None else self.code_column - code.cell.column

    def _is_set_aside(self, facts: CellFacts) -> bool:
        """Whether digits stand in a column of ranks, weights or the like."""
        return not is_lettered(facts) and facts.numeral is not None and self._column(facts).is_weight

    def _is_under_score(self, facts: CellFacts) -> bool:
        """Whether digits stand in a column of scores or weights, where codes do not usually stand."""
        column = self._column(facts)
        if is_lettered(facts) or facts.numeral is None:
            return False
        return column.is_weight or bool(column.code) or ((column.is_score or column.is_difference) and self.peers.are_scores(facts))

    def _column(self, facts: CellFacts) -> ColumnFacts:
        return self.columns[facts.cell.column] if facts.cell.column < len(self.columns) else ColumnFacts()

    def _code_cell(self, cells: Sequence[CellFacts]) -> CellFacts | None:
        candidates = [facts for facts in cells if facts.token is not None and facts.label is None and not self._is_set_aside(facts)]
        for facts in candidates:
            is_placed = facts.numeral is None or facts.cell.column == self.code_column
            if facts.is_code and self.looks_like_code(facts) and is_placed:
                return facts
        worded = (facts for facts in candidates if len(facts.wording) > _WORDING or self._heads_short_wording(facts))
        return next((facts for facts in worded if not self.is_agency_cell(facts)), None)

    def _heads_short_wording(self, facts: CellFacts) -> bool:
        """Whether a cell where codes stand holds a lettered one and a word or two: `o8 Q&A`."""
        is_placed = facts.cell.column == self.code_column and facts.cell.column in self._code_columns.before_wording
        return is_placed and is_lettered(facts) and bool(facts.wording) and not facts.is_ordinal


def is_lettered(facts: CellFacts) -> bool:
    """Whether a cell's code has its letter, or a zero where the letter o should stand."""
    return facts.token is not None and (bool(facts.token.letter) or facts.token.digits.startswith("0"))


def names_score(segment: Segment) -> bool:
    """Whether a segment names an instrument or indicator in a cell of its own; one merged over rows names their section."""
    return any(facts.label is not None and facts.cell.row_span == 1 for facts in segment.cells)


def wording_cell(segment: Segment) -> CellFacts | None:
    """The cell with the question's wording: the code's own, or the first text to its right before any number."""
    code = segment.code_cell
    if code is not None and len(code.wording) > 3:
        return code
    for facts in segment.cells:
        if code is not None and facts.cell.column <= code.cell.column:
            continue
        if facts.numeral is not None:
            return None
        if facts.label is None and len(facts.folded) > _WORDING and not facts.is_year:
            return facts
    return None


def folded_wording(segment: Segment) -> str:
    """The folded wording of a segment's question, empty where there is none."""
    facts = wording_cell(segment)
    if facts is None:
        return ""
    return facts.wording if facts.token is not None and len(facts.wording) > 3 else facts.folded


def printed_wording(segment: Segment) -> str:
    """The wording as it is printed, its code left out."""
    facts = wording_cell(segment)
    if facts is None:
        return ""
    start = token_span(facts)[1] if facts.token is not None and len(facts.wording) > 3 else 0
    return " ".join(facts.cell.text[start:].split()).strip("():. ")


def token_span(facts: CellFacts) -> tuple[int, int]:
    """The characters of a cell's text that hold its code."""
    return fold_with_index(facts.cell.text).span(0, facts.token_end)


def printed_code(segment: Segment) -> str:
    """The code of a segment as it is printed, empty where there is none."""
    facts = segment.code_cell
    if facts is None or facts.token is None:
        return ""
    start, end = token_span(facts)
    return facts.cell.text[start:end].strip()
