"""The year of a document that says it unsurely or not at all: what its tables or its title say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice

from prongsai.language.folding import fold
from prongsai.language.numerals import parse_numeral
from prongsai.matching.model import Dated
from prongsai.matching.vocabulary import Vocabulary
from prongsai.matching.years.years import DocumentYears, bare_year, find_years
from prongsai.records import Block, Paragraph, Table

_UNSURE = 0.6
"""A document's year up to this sure is held against its tables."""
_BY_TABLES, _BY_TITLE = 0.8, 0.6
"""How sure a year is that tables, or bare digits in a title, say."""
_LEAST_CELLS, _LEAST_SCORES = 2, 2
_TITLE, _FIRST = 240, 12
"""A title is no longer than this, in characters, and one of so many first blocks."""


def dated_result(years: DocumentYears, blocks: Sequence[Block], vocabulary: Vocabulary) -> Dated | None:
    """The year of a document's result: as its text says it, or else the newest of those that its tables of scores compare,
    or else the only one that its title prints; None where nothing says it."""
    said = Dated(years.result, "document", years.confidence) if years.result is not None else None
    if said is not None and (said.confidence is None or said.confidence > _UNSURE):
        return said
    compared = _compared(blocks)
    if compared is not None:
        return said if said is not None and said.year == compared else Dated(compared, "tables", _BY_TABLES)
    if said is not None:
        return said
    titles = (block.passage for block in islice(blocks, _FIRST) if isinstance(block, Paragraph) and len(block.text) <= _TITLE)
    printed = {hit.year for title in titles for hit in find_years(title, vocabulary)}
    return Dated(printed.pop(), "title", _BY_TITLE) if len(printed) == 1 else None


def _compared(blocks: Sequence[Block]) -> int | None:
    """The newest of the years side by side in tables of scores, each alone in its cell; None where they are not two years
    that follow one another, twice or more."""
    counts: Counter[int] = Counter()
    for table in (block for block in blocks if isinstance(block, Table)):
        numerals = (parse_numeral(cell.text) for cell in table.cells)
        if sum(numeral is not None and numeral.decimals == 2 for numeral in numerals) >= _LEAST_SCORES:
            counts.update(year for cell in table.cells if (year := bare_year(fold(cell.text))) is not None and len(fold(cell.text)) == 4)
    usual = sorted(year for year, count in counts.items() if count >= _LEAST_CELLS)
    return usual[1] if len(usual) == 2 and usual[1] - usual[0] == 1 else None
