"""Grades that an agency states of itself: `at the level A`, or in brackets behind its score."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from prongsai.language.folding import fold_with_index
from prongsai.matching.vocabulary import Vocabulary
from prongsai.records import Passage

_LEAD = 24
_SCORE_BEFORE = re.compile(r"\d{2,3}(?:\.\d{1,2})?[(]?$")


@dataclass(frozen=True, slots=True)
class GradeHit:
    """A grade and where it stands in its passage."""

    passage: Passage
    start: int
    end: int
    printed: str
    grade: str
    agency: str = ""
    """Empty where the document's agency is meant."""
    year: int | None = None
    """None where the document's year is meant."""


def find_grades(passage: Passage, vocabulary: Vocabulary, *, is_row_of_scores: bool = False) -> Iterator[GradeHit]:
    """Every grade that stands behind a word for level or behind a score; tables of bounds are not asked.

    In a row of scores a cell that is a grade and nothing else is one too.
    """
    folded = fold_with_index(passage.text)
    whole = vocabulary.grades.full(folded.text.strip("().:-"))
    if is_row_of_scores and whole is not None:
        text = passage.text.strip()
        start = passage.text.find(text)
        yield GradeHit(passage, start, start + len(text), text, whole)
        return
    for hit in vocabulary.grades.find(folded.text):
        before = folded.text[max(0, hit.start - _LEAD) : hit.start]
        is_letter = hit.end - hit.start <= 2
        if _inside_latin_word(folded.text, hit.start, hit.end):
            continue
        said = bool(vocabulary.grade_before.search(before) or vocabulary.grade_word.match(folded.text[hit.start : hit.end]))
        behind_score = not is_letter and _SCORE_BEFORE.search(before) is not None
        if vocabulary.grade_not_after.match(folded.text[hit.end :]):
            continue
        if not (said or behind_score) or vocabulary.grade_not_own.search(before[-10:]):
            continue
        start, end = folded.span(hit.start, hit.end)
        yield GradeHit(passage, start, end, passage.text[start:end], hit.meaning)


def _inside_latin_word(text: str, start: int, end: int) -> bool:
    """Whether the letter of a grade, alone or behind a word for level, begins or ends inside a Latin word (`level API`)."""
    pairs = (text[start - 1 : start + 1] if start else "", text[end - 1 : end + 1])
    return any(len(pair) == 2 and pair.isascii() and pair.isalpha() for pair in pairs)
