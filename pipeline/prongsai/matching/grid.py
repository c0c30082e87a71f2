"""A table as matching sees it: which cell covers a place, which rows are headers, and what each cell is by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from prongsai.language.folding import fold
from prongsai.language.numerals import Numeral, find_numerals, parse_numeral
from prongsai.matching.codes.tokens import Token, code_token, ordinal_token
from prongsai.matching.labels import read_label
from prongsai.matching.model import Label, YearHit
from prongsai.matching.vocabulary import Vocabulary
from prongsai.matching.years.years import find_years
from prongsai.records import UNREAD, Cell, Table

_LETTER_GRADES = frozenset(("", "aa", "a", "b", "c", "d", "e", "f"))
"""What may stand behind a score in its cell; before it such a letter would be a question's."""
_SHORT = 90
"""A header or label cell is not longer than this, in folded characters; longer ones are prose."""


@dataclass(frozen=True, slots=True)
class CellFacts:
    """What a cell is by itself, before its row and column are asked."""

    cell: Cell
    folded: str
    numeral: Numeral | None
    """The number, where the cell is a number and nothing else but its unit or a grade."""
    label: Label | None
    token: Token | None
    """The printed code, where the cell begins with one."""
    token_end: int
    """Where the code ends in `folded`; the wording follows."""
    is_ordinal: bool
    years: tuple[YearHit, ...]

    @property
    def is_year(self) -> bool:
        """Whether the cell is a fiscal year and little else."""
        return bool(self.years) and self.numeral is None and len(self.folded) <= 28

    @property
    def wording(self) -> str:
        """The folded text behind the code."""
        return self.folded[self.token_end :].strip("().:- ")

    @property
    def is_code(self) -> bool:
        """Whether the cell holds a printed code with its letter, or one that was taken for a digit, and nothing longer."""
        return self.token is not None and not self.is_ordinal and not self.wording and self.label is None


class Grid:
    """A table's cells by place, spans filled in."""

    def __init__(self, table: Table, vocabulary: Vocabulary) -> None:
        self.table = table
        self.n_rows, self.n_columns = table.n_rows, table.n_columns
        self._at: dict[tuple[int, int], CellFacts] = {}
        self.rows: list[list[CellFacts]] = [[] for _ in range(table.n_rows)]
        for cell in sorted(table.cells, key=lambda each: (each.row, each.column)):
            facts = read_cell(cell, vocabulary)
            for row in range(cell.row, min(cell.row + cell.row_span, table.n_rows)):
                for column in range(cell.column, min(cell.column + cell.column_span, table.n_columns)):
                    self._at.setdefault((row, column), facts)
            if cell.row < table.n_rows:
                self.rows[cell.row].append(facts)

    def at(self, row: int, column: int) -> CellFacts | None:
        """The cell that covers a place, or None where the table has none."""
        return self._at.get((row, column))

    def covering(self, row: int) -> Iterator[CellFacts]:
        """The cells that cover a row, left to right, merged ones from above too."""
        seen: set[int] = set()
        for column in range(self.n_columns):
            facts = self._at.get((row, column))
            if facts is not None and id(facts) not in seen:
                seen.add(id(facts))
                yield facts

    def text(self, row: int, column: int) -> str:
        """The folded text that covers a place, empty where there is none."""
        facts = self._at.get((row, column))
        return facts.folded if facts is not None else ""


def read_cell(cell: Cell, vocabulary: Vocabulary) -> CellFacts:
    """What a cell is by itself."""
    text = cell.text
    folded = fold(text)
    if not folded:
        return CellFacts(cell, "", None, None, None, 0, False, ())
    years = tuple(find_years(cell.passage, vocabulary)) if any(character.isdigit() for character in folded) and len(folded) <= 400 else ()
    is_number_of = vocabulary.subindicator_number.fullmatch(folded.strip("().:")) is not None
    numeral = None if len(folded) > _SHORT or is_number_of else lone_numeral(text, folded, years, vocabulary)
    label = None if numeral is not None else read_label(text, vocabulary)
    token, token_end, is_ordinal = None, 0, False
    if label is None and not (numeral is not None and numeral.decimals) and UNREAD not in folded[:2]:
        found = code_token(folded)
        if found is None:
            found = ordinal_token(folded)
            is_ordinal = found is not None
        elif folded[: found[1]].startswith("("):
            is_ordinal = True
        if found is not None and not (years and folded[: found[1]].isdigit() and len(found[0].glyphs) > 3):
            token, token_end = found
    return CellFacts(cell, folded, numeral, label, token, token_end, is_ordinal, years)


def lone_numeral(text: str, folded: str, years: tuple[YearHit, ...], vocabulary: Vocabulary) -> Numeral | None:
    """The number of a cell that holds one number and else only a unit, a grade or words such as `has a score of`."""
    whole = parse_numeral(text)
    if whole is not None:
        if years and whole.is_integer:
            return None
        return whole
    if years:
        return None
    numerals = list(find_numerals(text))
    if len(numerals) != 1:
        return None
    numeral = numerals[0]
    before, behind = (
        vocabulary.number_filler.sub("", fold(part)).strip("()%:=*.[]") for part in (text[: numeral.start], text[numeral.end :])
    )
    return numeral if not before and behind in _LETTER_GRADES else None
