"""Cells in a column of codes that reading damaged so much that nothing in them says code any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from prongsai.language.folding import fold, fold_with_index
from prongsai.matching.codes.tokens import Token, damaged_token
from prongsai.matching.grid import CellFacts

_LEAST = 2
"""Codes with their letter that make a column one of codes."""
_LONGEST_WORD = 4
"""Folded glyphs of a first word that may be a damaged code with a wording behind it; one of them is a digit."""


@dataclass(frozen=True, slots=True)
class CodeColumns:
    """The columns of a table in which codes with their letter stand, alone or before their wording."""

    alone: frozenset[int]
    before_wording: frozenset[int]

    def taken_for_code(self, facts: CellFacts) -> CellFacts:
        """A cell there that reads as no code, taken for a damaged one where it may be; any other as it is."""
        is_number = facts.numeral is not None and facts.numeral.value is not None and facts.numeral.decimals > 0
        # A code may go on behind what reads as one: the last digit of `i1e`.
        is_whole = facts.token is not None and (not facts.wording or len(facts.folded) > _LONGEST_WORD)
        if is_whole or facts.label is not None or facts.is_year or is_number or not facts.folded:
            return facts
        if facts.cell.column in self.alone and (token := damaged_token(facts.folded)) is not None:
            return replace(facts, token=token, token_end=len(facts.folded), is_ordinal=False, numeral=None)
        if facts.cell.column not in self.before_wording or facts.token is not None:
            return facts
        word, _, wording = facts.cell.text.strip().partition(" ")
        folded = fold(word)
        token = damaged_token(folded) if wording and len(folded) <= _LONGEST_WORD and any(map(str.isdigit, folded)) else None
        return facts if token is None else replace(facts, token=token, token_end=len(folded))


def code_columns(cells: Iterable[CellFacts]) -> CodeColumns:
    """Where the cells of a table's body print codes with their letter."""
    alone: Counter[int] = Counter()
    before_wording: Counter[int] = Counter()
    for facts in cells:
        if facts.token is not None and facts.token.letter in ("i", "e", "o") and not facts.is_ordinal and facts.label is None:
            (before_wording if facts.wording else alone)[facts.cell.column] += 1
    return CodeColumns(
        frozenset(column for column, count in alone.items() if count >= _LEAST),
        frozenset(column for column, count in before_wording.items() if count >= _LEAST),
    )


def code_readings(facts: CellFacts) -> tuple[tuple[Token, float], ...]:
    """What the reader took a cell's code for, with probabilities; none where it was sure."""
    start, end = fold_with_index(facts.cell.text).span(0, facts.token_end)
    found = []
    for candidate in facts.cell.passage.candidates(start, end):
        token = damaged_token(fold(candidate.text))
        if token is not None and candidate.probability > 0:
            found.append((token, candidate.probability))
    return tuple(found)
