"""Columns of question codes, damaged as reading damages them: for the benchmark of codes and its bound."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prongsai.knowledge import Framework

THAI_DIGITS = "".join(chr(ord("\N{THAI DIGIT ZERO}") + digit) for digit in range(10))
MISSING, TWICE, MOVED = 0.034, 0.033, 0.033
"""Shares of rows."""
ANYTHING = 0.1
"""Share of wrong glyphs that are any."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is printed, and the code it is of."""

    code: str
    printed: str
    wording: str


@dataclass(frozen=True, slots=True)
class Column:
    """A damaged column, the run of codes that it is of, and for each glyph what it prints for it, with weights."""

    rows: tuple[Row, ...]
    run: tuple[str, ...]
    habits: Mapping[str, tuple[list[str], list[float]]]


def column(
    framework: Framework, misprints: Mapping[str, Sequence[tuple[str, int]]], noise: float, wording: str, draw: random.Random
) -> Column:
    """A run of the year's questions as a damaged column prints them: a whole year, an instrument, or part of one."""
    codes = list(framework.codes(draw.choice(("", "i", "e", "o"))))
    if draw.random() < 0.5:
        first = draw.randrange(max(1, len(codes) - 8))
        codes = codes[first : first + draw.randint(8, 40)]
    run, at = tuple(codes), 0
    while at < len(codes):
        chance = draw.random()
        if chance < MISSING:
            del codes[at]
            continue
        if chance < MISSING + TWICE:
            codes.insert(at, codes[at])
            at += 1
        elif chance < MISSING + TWICE + MOVED and at + 1 < len(codes):
            codes[at], codes[at + 1] = codes[at + 1], codes[at]
        at += 1
    habits = {meant: _habit(prints, draw) for meant, prints in misprints.items()}
    rows = []
    for code in codes:
        printed = "".join(_glyph(glyph, noise, habits, draw) for glyph in code)
        words = _wording(framework, code) if wording != "none" else ""
        rows.append(Row(code, printed, _damaged(words, noise, draw) if wording == "damaged" else words))
    return Column(tuple(rows), run, habits)


def _habit(prints: Sequence[tuple[str, int]], draw: random.Random) -> tuple[list[str], list[float]]:
    """What one column prints for a glyph: as counted, but some confusions often and others hardly ever."""
    return [printed for printed, _ in prints], [times * draw.gammavariate(0.5, 1.0) + 1e-9 for _, times in prints]


def _glyph(meant: str, noise: float, habits: Mapping[str, tuple[list[str], list[float]]], draw: random.Random) -> str:
    if draw.random() >= noise:
        return THAI_DIGITS[int(meant)] if meant.isdigit() else draw.choice((meant, meant, meant.upper()))
    if meant not in habits or draw.random() < ANYTHING:
        return draw.choice(others(meant))
    return draw.choices(*habits[meant])[0]


def others(meant: str) -> list[str]:
    """What stands for a glyph that is printed as just any other."""
    return [glyph for glyph in THAI_DIGITS + "ieolc" if glyph != meant and not (meant.isdigit() and glyph == THAI_DIGITS[int(meant)])]


def _wording(framework: Framework, code: str) -> str:
    question = framework.question(code)
    return question.wording if question is not None else ""


def _damaged(text: str, noise: float, draw: random.Random) -> str:
    """A wording with a share of its letters lost, doubled or another."""
    letters = [letter for letter in text if not letter.isspace()] or [""]
    damaged = []
    for letter in text:
        if draw.random() >= noise:
            damaged.append(letter)
        else:
            damaged.append(draw.choice(("", letter + letter, draw.choice(letters), draw.choice(letters))))
    return "".join(damaged)
