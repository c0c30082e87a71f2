"""The bounds of grades as a report prints them: in a table of grades, or as a list in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from prongsai.language.folding import Folded, fold_with_index
from prongsai.matching.claims.counts import relation_of
from prongsai.matching.claims.cues import ClaimCues, claim_cues
from prongsai.matching.claims.said import Said, number
from prongsai.matching.vocabulary import Vocabulary
from prongsai.records import Cell, ClaimKind, Passage, Relation, Table

_LONGEST = 40
"""A cell that holds a grade or its bounds is not longer than this, in folded characters."""
_LEAST = 2
"""Grades with bounds that make a table or list one of grades."""

Bounds = tuple[tuple[ClaimKind, Relation, Decimal], ...]


def read_grade_table(table: Table, year: int | None, vocabulary: Vocabulary) -> list[Said]:
    """The bounds of each row that holds one grade and one range; none where the table has no two such rows."""
    cues = claim_cues(vocabulary.knowledge)
    grades: dict[int, list[str]] = {}
    short = [(cell, folded) for cell in table.cells if (folded := fold_with_index(cell.text).text) and len(folded) <= _LONGEST]
    for cell, folded in short:
        if not folded[0].isdigit() and (grade := grade_of(folded, cues, vocabulary)):
            for row in range(cell.row, cell.row + cell.row_span):
                grades.setdefault(row, []).append(grade)
    if len(grades) < _LEAST:
        return []
    ranges: dict[int, list[tuple[Cell, Bounds]]] = {}
    for cell, folded in short:
        if bounds := bounds_of(folded, cues):
            ranges.setdefault(cell.row, []).append((cell, bounds))
    rows = [row for row in ranges if len(set(grades.get(row, ()))) == 1 and len(ranges[row]) == 1]
    if len({grades[row][0] for row in rows}) < _LEAST:
        return []
    return [said for row in sorted(rows) for cell, bounds in ranges[row] for said in _said(cell.passage, bounds, grades[row][0], year)]


def find_grade_bounds(passage: Passage, year: int | None, vocabulary: Vocabulary) -> Iterator[Said]:
    """The bounds of grades that running text lists, `A 85.00-94.99, B 75.00-84.99` or the other way round, two at least."""
    cues, folded = claim_cues(vocabulary.knowledge), fold_with_index(passage.text)
    if cues.any_range.search(folded.text) is None:
        return
    ranges = [
        (match.start(), match.end(), bounds)
        for match in cues.range.finditer(folded.text)
        if (bounds := bounds_of(match.group(), cues)) and match.group().strip("0123456789.")
    ]
    if len(ranges) < _LEAST:
        return
    grades = [(hit.start, hit.end, hit.meaning) for hit in vocabulary.grades.find(folded.text)]
    pairs = _pairs(folded, ranges, grades, cues)
    if len({grade for *_, grade in pairs}) >= _LEAST:
        for start, end, bounds, grade in pairs:
            yield from _said(passage, bounds, grade, year, *folded.span(start, end))


def _pairs(
    folded: Folded, ranges: Sequence[tuple[int, int, Bounds]], grades: Sequence[tuple[int, int, str]], cues: ClaimCues
) -> list[tuple[int, int, Bounds, str]]:
    """Each range with the grade right beside it: before it where the first of all is a grade, else behind it."""
    is_before = bool(grades) and grades[0][0] < ranges[0][0]
    found = []
    for start, end, bounds in ranges:
        for first, last, grade in grades:
            between = folded.text[last:start] if is_before else folded.text[end:first]
            is_beside = last <= start if is_before else first >= end
            if is_beside and cues.grade_filler.fullmatch(between) and (last - first > 2 or between):
                found.append((min(start, first), max(end, last), bounds, grade))
                break
    return found


def grade_of(folded: str, cues: ClaimCues, vocabulary: Vocabulary) -> str:
    """The grade that a whole folded cell is, what explains it in brackets left out; empty where it is none."""
    bare = folded.partition("(")[0].strip(".:-")
    filler = cues.grade_filler.match(bare)
    return vocabulary.grades.full(bare) or (filler and vocabulary.grades.full(bare[filler.end() :])) or ""


def bounds_of(folded: str, cues: ClaimCues) -> Bounds:
    """The bounds that a whole folded text is: a range, or one bound with a word for its side."""
    filler = cues.grade_filler.match(folded)
    for begin in {0, filler.end() if filler is not None else 0}:
        match = cues.range.fullmatch(folded.strip(")"), begin)
        if match is not None:
            return _bounds(match)
    return ()


def _bounds(match: re.Match[str]) -> Bounds:
    floor, ceiling = number(match["floor"]), number(match["ceiling"])
    if floor is not None and ceiling is not None:
        low, high = sorted((floor, ceiling))
        return ((ClaimKind.GRADE_FLOOR, Relation.AT_LEAST, low), (ClaimKind.GRADE_CEILING, Relation.AT_MOST, high))
    relation, bound = relation_of(match), number(match["bound"])
    if relation is None or bound is None:
        return ()
    is_floor = relation in (Relation.AT_LEAST, Relation.ABOVE)
    return ((ClaimKind.GRADE_FLOOR if is_floor else ClaimKind.GRADE_CEILING, relation, bound),)


def _said(passage: Passage, bounds: Bounds, grade: str, year: int | None, start: int = 0, end: int | None = None) -> Iterator[Said]:
    for kind, relation, bound in bounds:
        yield Said(passage, start, len(passage.text) if end is None else end, kind, year, relation=relation, bound=bound, grade=grade)
