"""Fiscal years in text: four digits of the Buddhist era, two digits, or the Christian era where that is said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from prongsai.language.folding import Folded, fold_with_index
from prongsai.matching.model import YearHit
from prongsai.matching.vocabulary import Vocabulary

_YEAR = re.compile(r"(?<!\d)(?<!\d[.,/])(?:(?P<be>25[5-9]\d)|(?P<ce>20[0-4]\d)|(?P<short>[5-9]\d))(?![\d,%]|\.\d)")
_RANGE = re.compile(r"^[-\N{EN DASH}]25\d\d")
_FIRST, _LAST = 2555, 2585
"""Years in which a report can stand: ITA began as a trial in FY2556; a later bound than any report keeps telephone
numbers out."""
LEAD = 40
"""How far before a number a word is looked for, in folded characters."""


def find_years(text: str | Folded, vocabulary: Vocabulary) -> Iterator[YearHit]:
    """Each fiscal year in a text, in order; dates (a month before the year) and ranges of years are none."""
    folded = fold_with_index(text) if isinstance(text, str) else text
    for match in _YEAR.finditer(folded.text):
        before = folded.text[max(0, match.start() - LEAD) : match.start()]
        is_named = vocabulary.fiscal_before.search(before) is not None
        if match.group("be"):
            year = int(match.group("be"))
        elif match.group("ce"):
            if not is_named:
                continue
            year = int(match.group("ce")) + 543
        else:
            if not is_named:
                continue
            year = 2500 + int(match.group("short"))
        if not _FIRST <= year <= _LAST or vocabulary.month_before.search(before):
            continue
        if _RANGE.match(folded.text[match.end() : match.end() + 6]) or before.endswith("-"):
            continue
        start, end = folded.span(match.start(), match.end())
        yield YearHit(start, end, year, vocabulary.comparison_before.search(before) is not None, is_named)


def document_year(texts: Sequence[str], vocabulary: Vocabulary) -> tuple[int | None, int | None]:
    """The fiscal year of a document's result, and the year it gives itself.

    A year said together with a result counts three times one that is only said, a year that a plan leads to does not
    count: a report on FY2568 is often titled for FY2569.
    """
    votes: Counter[int] = Counter()
    own: int | None = None
    for position, text in enumerate(texts):
        if len(text) > 4000:
            text = text[:4000]
        folded = fold_with_index(text)
        hits = [hit for hit in find_years(folded, vocabulary) if not hit.is_comparison]
        if not hits:
            continue
        said_of_result = vocabulary.result.search(folded.text) is not None
        said_of_plan = vocabulary.plan.search(folded.text) is not None
        for hit in hits:
            if not hit.is_named:
                continue
            if own is None and position < 30:
                own = hit.year
            weight = 3 if said_of_result and not said_of_plan else 1
            if said_of_plan and not said_of_result:
                weight = 0
            if position < 12 and weight:
                weight += 2
            votes[hit.year] += weight
    votes = +votes
    if not votes:
        return None, own
    best = max(votes.values())
    return min(year for year, count in votes.items() if count == best), own


def result_year(folded: Folded, years: Sequence[YearHit], vocabulary: Vocabulary) -> int | None:
    """The year that a text says its result is of: the first with a word for result nearer before it than any word for
    plan; a plan's year (`measures of FY2569 from the result of FY2568`) is passed over."""
    for hit in years:
        if hit.is_comparison or not hit.is_named:
            continue
        before = folded.text[: _folded_index(folded, hit.start)]
        results = [match.end() for match in vocabulary.result.finditer(before)]
        plans = [match.end() for match in vocabulary.plan.finditer(before)]
        if results and (not plans or plans[-1] < results[-1]):
            return hit.year
    return None


def _folded_index(folded: Folded, at: int) -> int:
    return next((index for index, printed in enumerate(folded.index) if printed >= at), len(folded.index))
