"""Grades that an agency states of itself: `at the level A`, or in brackets behind its score."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prongsai.language.folding import fold_with_index
from prongsai.matching.claims.cues import claim_cues
from prongsai.matching.claims.said import is_wished
from prongsai.matching.cues import folded_at
from prongsai.matching.labels import find_labels
from prongsai.matching.model import Claim
from prongsai.matching.vocabulary import Vocabulary
from prongsai.records import Cell, MentionKind, Passage

_LEAD = 24
_ENDED = re.compile(r".*\d\.\d+\D.*\d")
"""A score and another number behind it, with which a wish ends: `79.84 points, below the target of 85, at the level ...`."""
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
    code: str = ""
    """What it is the grade of; empty where that is not sure, or where it is wished for."""


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


def code_in_text(hit: GradeHit, scores: Sequence[Claim], section: str, vocabulary: Vocabulary) -> str:
    """What a grade in running text is of: the last of the `scores` before it or what is named behind that one; where neither
    stands before it, the overall score, unless its `section` is about an instrument or indicator."""
    folded = fold_with_index(hit.passage.text)
    before = [score for score in scores if score.kind is MentionKind.SCORE and score.numeral.end <= hit.start]
    since = before[-1].numeral.end if before else 0
    text = folded.text[folded_at(folded, since) : folded_at(folded, hit.start)]
    if (other := _ENDED.match(text)) is not None:
        text = text[other.end() :]
    if is_wished(text, len(text), claim_cues(vocabulary.knowledge)):
        return ""
    labels = [label for label in find_labels(folded, vocabulary) if since <= label.start and label.end <= hit.start]
    named = {label.code for label in labels if not label.is_weak}
    if not named and before:
        named = {score.code for score in before if score.numeral.end == since}
    if not named:
        return "ITA" if labels or not section else ""
    return named.pop() if len(named) == 1 else ""


def score_in_row(cell: Cell, scores: Sequence[Claim]) -> tuple[Claim, str]:
    """The score of a table's row that a grade in a cell of the row stands behind, and what it is the grade of: the cell's own
    score, else the overall one, else the row's only one."""
    own = [score for score in scores if score.column == cell.column]
    if own:
        return own[-1], own[-1].code
    overall = [score for score in scores if score.code == "ITA"] or scores
    left = [score for score in overall if score.column is not None and score.column < cell.column]
    return (left or overall)[-1], overall[0].code if len({score.code for score in overall}) == 1 else ""


def _inside_latin_word(text: str, start: int, end: int) -> bool:
    """Whether the letter of a grade, alone or behind a word for level, begins or ends inside a Latin word (`level API`)."""
    pairs = (text[start - 1 : start + 1] if start else "", text[end - 1 : end + 1])
    return any(len(pair) == 2 and pair.isascii() and pair.isalpha() for pair in pairs)
