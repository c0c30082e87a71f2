"""A line's glyphs cut into parts, each to be one token: at spaces, where words end and numerals begin, and where the space
between two tokens was lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import prod

from prongsai.reading.network.paths import Glyph
from prongsai.reading.numerals.alphabet import FLIPPED, OTHER, SPACE
from prongsai.reading.numerals.readings import Shape
from prongsai.reading.numerals.shapes import Grammar, core_of, has_digit

CODE_LETTERS = frozenset("ieoIEO")
_WORD_BEFORE, _WORD_AFTER = frozenset(").,:/%-+"), frozenset("(.,:/-+")
"""Marks that belong to a word which they touch, and not to the numeral behind or before them."""
_GLUED_SURE, _DIGIT_SURE = 0.9, 0.99
"""A number that touches a word, and a lone digit behind one, count only where each glyph is surer than this: letters, and
letters cut in two, look like digits."""
WORD_SURE = 0.9
"""A word glyph less sure than this may be a digit that was not made out."""


@dataclass(frozen=True, slots=True)
class Part:
    """Glyphs of the best path that make one token, and the texts they may be with the probability of each."""

    glyphs: tuple[Glyph, ...]
    is_word: bool
    texts: tuple[tuple[str, float], ...] = ()
    follows_space: bool = True
    sure: float = 1.0
    """0–1, how sure it is that what it touches is a word, and no glyph of its own."""
    is_seen: bool = False
    """A numeral some of whose glyphs were not made out."""

    @property
    def text(self) -> str:
        return "".join(glyph.character for glyph in self.glyphs)


def cut_parts(glyphs: Sequence[Glyph], grammar: Grammar) -> list[Part]:
    """The parts of a line, left to right; spaces belong to none."""
    units = [tuple(unit) for is_space, unit in groupby(glyphs, key=lambda glyph: glyph.character == SPACE) if not is_space]
    return [part for unit in units for part in _cut(unit, grammar)]


def is_other(glyph: Glyph) -> bool:
    """Whether it is a glyph of a word."""
    return glyph.character in (OTHER, FLIPPED)


def _cut(unit: tuple[Glyph, ...], grammar: Grammar) -> list[Part]:
    """A unit's words and numerals. What touches a word and is no numeral by itself becomes a part of the word."""
    parts: list[Part] = []
    runs = [(others, run) for others, group in groupby(unit, key=is_other) for run in _seamed(tuple(group), grammar)]
    if _hides_glyphs(runs, grammar):
        return [Part(unit, is_word=False, is_seen=True)]
    for at, (others, run) in enumerate(runs):
        last = runs[at - 1][1][-1:] if at and runs[at - 1][0] else ()
        following = runs[at + 1][1][:1] if at + 1 < len(runs) and runs[at + 1][0] else ()
        before, inner, after = (run, (), ()) if others else _trim(run, bool(last), bool(following))
        stands = bool(inner) and _stands(inner, grammar, bool(last), bool(following))
        is_whole = grammar.is_whole("".join(glyph.character for glyph in inner))
        sure = 1.0 if is_whole else prod(glyph.probability for glyph in (*last, *following) if glyph.probability < WORD_SURE)
        for glyphs, is_word in ((before, True), (inner, not stands), (after, True)):
            if glyphs and is_word and parts and parts[-1].is_word:
                parts[-1] = replace(parts[-1], glyphs=(*parts[-1].glyphs, *glyphs))
            elif glyphs:
                parts.append(Part(glyphs, is_word, follows_space=not parts, sure=1.0 if is_word else sure))
    return parts


def _seamed(run: tuple[Glyph, ...], grammar: Grammar) -> list[tuple[Glyph, ...]]:
    """A run cut where the space between two tokens was lost."""
    end = grammar.seam("".join(glyph.character for glyph in run))
    return [run[:end], *_seamed(run[end:], grammar)] if end else [run]


def _hides_glyphs(runs: Sequence[tuple[bool, tuple[Glyph, ...]]], grammar: Grammar) -> bool:
    """Whether a unit is a numeral with a glyph or two that were not made out, rather than a word that holds a digit or
    stands beside a whole numeral."""
    others = [glyph for is_word, run in runs if is_word for glyph in run]
    n_digits = sum(1 for is_word, run in runs if not is_word for glyph in run if has_digit(glyph.character))
    if not others or not n_digits or min(glyph.probability for glyph in others) >= WORD_SURE:
        return False
    trimmed = [_trim(run, at > 0, at < len(runs) - 1)[1] for at, (is_word, run) in enumerate(runs) if not is_word]
    if any(grammar.is_whole("".join(glyph.character for glyph in run)) for run in trimmed):
        return False
    return len(others) <= 2 or (len(others) <= n_digits + 1 and len(runs) > 2)


def _trim(run: tuple[Glyph, ...], is_after_word: bool, is_before_word: bool) -> tuple[tuple[Glyph, ...], ...]:
    """A run cut into marks that belong to the word before it, itself, and marks that belong to the word after it."""
    start, end = 0, len(run)
    while is_after_word and start < end and run[start].character in _WORD_BEFORE:
        start += 1
    is_listed = end - start > 1 and run[end - 1].character == "." and has_digit(run[end - 2].character)
    while is_before_word and not is_listed and start < end and run[end - 1].character in _WORD_AFTER:
        end -= 1
    return run[:start], run[start:end], run[end:]


def _stands(run: tuple[Glyph, ...], grammar: Grammar, is_after_word: bool, is_before_word: bool) -> bool:
    """Whether a run without word glyphs is a token of its own, given what it touches."""
    text = "".join(glyph.character for glyph in run)
    shape = grammar.shape(text)
    if not (is_after_word or is_before_word):
        return has_digit(text) or shape in (Shape.NAME, Shape.GRADE, Shape.MARK) or text.lstrip("(") in CODE_LETTERS
    if shape in (Shape.NAME, Shape.SCORE, Shape.DIFFERENCE, Shape.YEAR, Shape.PERCENTAGE):
        return True
    if shape in (Shape.WORD, Shape.MARK, Shape.GRADE, Shape.BROKEN, Shape.ODD) or (is_after_word and is_before_word):
        return False
    sure = min(glyph.probability for glyph in run)
    is_lone = len(core_of(text)) == 1 and shape != Shape.LISTED
    return sure > _DIGIT_SURE and is_after_word if is_lone else sure > _GLUED_SURE
