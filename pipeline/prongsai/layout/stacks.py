"""Scores that stand under one another, close to the wording beside them: narrow columns leave little white."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from prongsai.layout.model import Line
from prongsai.layout.shapes import is_number, is_score
from prongsai.records import Word

LEAST_STACKED = 3
LEAST_WHITE_PT = 3.0
WIDER = 1.15
"""White beside a column is this many times the usual white between the words of its line."""
MOST_CLOSE_SHARE = 0.2
"""The part of a column's numbers that may stand closer to their neighbours than that."""
COLUMNS_APART = 3.0
"""No line of prose is stretched to so many times the usual white between words."""
SAME_EDGE_PT = 2.0
_CODE = re.compile(r"[(\[]?[^\W\d]?\d{1,3}[)\]]?")


@dataclass(slots=True)
class _Stack:
    """Numbers with a left edge, a right edge or a middle in common."""

    at: float
    words: list[Word]
    clear: list[bool]


def stacked_scores(lines: Sequence[Line]) -> frozenset[int]:
    """The `id`s of words that are scores under one another, three or more, with more white beside them than words have.

    In prose the white beside a number is that of the line; where it is no wider, nothing is said of it.
    """
    stacks: dict[str, list[_Stack]] = {"left": [], "right": [], "middle": []}
    spaces = sorted(gap for line in lines for gap in _spaces(line))
    usual = spaces[len(spaces) // 4] if spaces else 0.0
    for line in lines:
        own = min(_spaces(line), default=usual)
        # Where the gaps between columns are all that a line has, those beside a number may be narrower: prose is spaced evenly.
        own = usual if own > COLUMNS_APART * usual else own
        least = max(LEAST_WHITE_PT, WIDER * own)
        for index, word in enumerate(line.words):
            if word.box is None or not is_score(word.text):
                continue
            is_clear = all(
                _gap(*pair) >= (LEAST_WHITE_PT if is_score(pair[0].text) and is_score(pair[1].text) else least)
                for pair in pairwise(line.words[max(index - 1, 0) : index + 2])
            )
            for edge, at in (("left", word.box.x0), ("right", word.box.x1), ("middle", word.box.middle[0])):
                _put(stacks[edge], at, word, is_clear)
    return frozenset(
        id(word)
        for alike in stacks.values()
        for stack in alike
        if len(stack.words) >= LEAST_STACKED and stack.clear.count(False) <= MOST_CLOSE_SHARE * len(stack.words)
        for word, is_clear in zip(stack.words, stack.clear, strict=True)
        if is_clear
    )


def behind_codes(lines: Sequence[Line]) -> frozenset[int]:
    """The `id`s of the words that stand behind a code at the start of their line, where three lines or more have theirs
    at one place: a column of codes and one of wordings, with little white between."""
    stacks: list[_Stack] = []
    for line in lines:
        for index, word in enumerate(line.words[1:3], 1):
            before = "".join(other.text for other in line.words[:index])
            if word.box is not None and _CODE.fullmatch(before) and not is_number(word.text):
                _put(stacks, word.box.x0, word, _gap(line.words[index - 1], word) >= LEAST_WHITE_PT)
                break
    return frozenset(id(word) for stack in stacks if stack.clear.count(True) >= LEAST_STACKED for word in stack.words)


def _spaces(line: Line) -> list[float]:
    """The white between words of a line that are no scores, in points."""
    return [_gap(one, other) for one, other in pairwise(line.words) if not is_score(one.text) and not is_score(other.text)]


def _gap(one: Word, other: Word) -> float:
    return other.box.x0 - one.box.x1 if one.box is not None and other.box is not None else 0.0


def _put(stacks: list[_Stack], at: float, word: Word, is_clear: bool) -> None:
    for stack in stacks:
        if abs(stack.at - at) <= SAME_EDGE_PT:
            stack.words.append(word)
            stack.clear.append(is_clear)
            return
    stacks.append(_Stack(at, [word], [is_clear]))
