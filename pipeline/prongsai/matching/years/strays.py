"""Years that stand alone in a document: one is a year that the report speaks of once, several are misread.

A reader's own odds do not show it where it misreads a face's digits and says that it is sure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

_MISREADS = 0.03
"""Odds that a reader misreads the years of a document though it says that it is sure."""
_TELLS = 7.0
"""How much likelier that is for each different year that stands alone."""
_WRONG = 0.8
"""How many of these are wrong then."""


def stray_doubts(years: Sequence[int], tables: Sequence[int | None], sure: Collection[int]) -> list[float]:
    """For each year word of a document how likely it is misread, 0-1, beyond what its reader says.

    A year stands alone if neither the document's most frequent year nor another one in its table is it or next to it.
    `tables`: the table that each word stands in, None in running text; `sure`: years that no reader doubts.
    """
    votes = Counter(years)
    main = min((year for year in votes if votes[year] == max(votes.values())), default=0)
    in_table: defaultdict[int | None, set[int]] = defaultdict(set)
    for year, table in zip(years, tables, strict=True):
        if table is not None:
            in_table[table].add(year)
    is_stray = [
        year not in sure and not any(abs(year - other) <= 1 for other in {main} | (in_table[table] - {year}))
        for year, table in zip(years, tables, strict=True)
    ]
    odds = _MISREADS * _TELLS ** len({year for year, stray in zip(years, is_stray, strict=True) if stray})
    return [_WRONG * odds / (1 + odds) if stray else 0.0 for stray in is_stray]
