"""Paragraphs that are one sentence cut in two: layout breaks them where a line was not full, a page ended or a chart stood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from prongsai.language.folding import fold
from prongsai.language.numerals import find_numerals
from prongsai.matching.codes.tokens import code_token
from prongsai.matching.vocabulary import Vocabulary
from prongsai.records import Block, Paragraph, Passage


def whole_sentences(blocks: Sequence[Block], vocabulary: Vocabulary) -> Iterator[Block]:
    """The same blocks in the same order, a paragraph made one with the next where that surely goes on with its sentence:
    it begins with a score, or with the rest of a year, or says the score of the question that heads the one before."""
    held: Paragraph | None = None
    for block in blocks:
        if held is not None and isinstance(block, Paragraph) and _is_one(held, block, vocabulary):
            held = replace(held, passage=_joined(held.passage, block.passage))
            continue
        if held is not None:
            yield held
        held = block if isinstance(block, Paragraph) else None
        if held is None:
            yield block
    if held is not None:
        yield held


def _is_one(before: Paragraph, after: Paragraph, vocabulary: Vocabulary) -> bool:
    """Whether two paragraphs are one sentence; covers set the rest of a year in a line of its own, with space above it."""
    if is_next(before, after) and _goes_on(before.text, after.text, vocabulary):
        return True
    is_rest = vocabulary.year_rest_alone.match(fold(after.text)) is not None
    return is_rest and vocabulary.year_cut.search(fold(before.text)) is not None and after.place.page == before.place.page


def is_next(before: Paragraph, after: Paragraph) -> bool:
    """Whether nothing stands between two paragraphs: in given text not even an empty line."""
    end = before.passage.runs[-1].place if before.passage.runs else before.place
    if before.place.box is None:
        return end.page == after.place.page and end.line is not None and after.place.line is not None and after.place.line - end.line == 1
    return after.place.page - end.page in (0, 1)


def _goes_on(before: str, after: str, vocabulary: Vocabulary) -> bool:
    head, tail = fold(after), fold(before)
    if vocabulary.score_at_start.match(head) or (vocabulary.year_cut.search(tail) and vocabulary.year_rest.match(head)):
        return True
    return _is_unscored_question(before) and not _is_question(after) and vocabulary.score_at_end.search(head) is not None


def _is_question(text: str) -> bool:
    token = code_token(fold(text))
    return token is not None and token[0].letter in tuple("ieo")


def _is_unscored_question(text: str) -> bool:
    return _is_question(text) and not any(numeral.decimals for numeral in find_numerals(text))


def _joined(first: Passage, second: Passage) -> Passage:
    """Two passages as one, a space between; places stay with their words."""
    shift = len(first.text) + 1
    moved = tuple(replace(run, start=run.start + shift, end=run.end + shift) for run in second.runs)
    return replace(first, text=f"{first.text} {second.text}", runs=(*first.runs, *moved))
