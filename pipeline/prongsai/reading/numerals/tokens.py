"""A line's class probabilities become tokens: cut at spaces and words, joined where one code or number was cut, settled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from prongsai.language.numerals import THAI_DIGITS
from prongsai.reading.network.paths import Glyph, best_path
from prongsai.reading.numerals.alphabet import ALPHABET, SPACE
from prongsai.reading.numerals.decode import clear, likely_texts
from prongsai.reading.numerals.parts import CODE_LETTERS, WORD_SURE, Part, cut_parts
from prongsai.reading.numerals.readings import Token
from prongsai.reading.numerals.settle import settle, word_token
from prongsai.reading.numerals.shapes import Grammar, core_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_RINGS = ("0", THAI_DIGITS[0])
_LEAST = 1e-4
_SIGNS = frozenset("+-")
_NEAR = 1.3
_TIGHT = 0.5
"""Paper in line heights across which a letter or sign, and across which the parts of a number, still belong together: in
monospaced print a space is as wide as the first, and pages are cut into pieces at little more."""


def read_tokens(
    probabilities: NDArray[np.float32], grammar: Grammar, gap: Callable[[Glyph, Glyph], float], calibrate: Callable[[float], float]
) -> tuple[list[tuple[Part, Token]], float]:
    """The tokens of a line with their glyphs, left to right, and the share of its glyphs that stand on their heads.

    `probabilities` is frames by classes; `gap` says how much paper lies between two glyphs, in line heights. Edges are
    left at 0: only who knows the picture can tell them.
    """
    probabilities, flipped = clear(probabilities)
    glyphs = best_path(probabilities, ALPHABET)
    parts = _join(_with_texts(cut_parts(glyphs, grammar), glyphs, probabilities), gap)
    if parts and glyphs[0].character == SPACE:
        # A space parts something from something: what stands before it was not made out, and may be a letter or a sign.
        parts[0] = replace(parts[0], sure=parts[0].sure * (1 - glyphs[0].probability))
    found: list[tuple[Part, Token]] = []
    for part in parts:
        token = settle(part, grammar, calibrate)
        if token.is_word and found and found[-1][1].is_word and min(token.probability, found[-1][1].probability) >= WORD_SURE:
            part = Part((*found[-1][0].glyphs, *part.glyphs), is_word=True)
            found[-1] = (part, word_token(part))
        else:
            found.append((part, token))
    return found, flipped


def _with_texts(parts: Sequence[Part], glyphs: Sequence[Glyph], probabilities: NDArray[np.float32]) -> list[Part]:
    """The parts, each numeral with what its frames may hold: they reach half way to the glyphs beside it."""
    at = {glyph.start: index for index, glyph in enumerate(glyphs)}
    found = []
    for part in parts:
        if not part.is_word:
            first, last = at[part.glyphs[0].start], at[part.glyphs[-1].start]
            start = (glyphs[first - 1].end + glyphs[first].start + 1) // 2 if first else 0
            end = (glyphs[last].end + glyphs[last + 1].start + 1) // 2 if last + 1 < len(glyphs) else len(probabilities)
            texts: dict[str, float] = {}
            for text, mass in likely_texts(probabilities[start:end]).items():
                texts[text.strip(SPACE)] = texts.get(text.strip(SPACE), 0.0) + mass
            part = replace(part, texts=tuple(texts.items()))
        found.append(part)
    return found


def _join(parts: Sequence[Part], gap: Callable[[Glyph, Glyph], float]) -> list[Part]:
    """Parts with those joined that a space cut: a code's letter or a sign and its digits, a number at its point."""
    joined: list[Part] = []
    for part in parts:
        last = joined[-1] if joined else None
        before = joined[-2] if len(joined) > 1 else None
        if last is not None and _belong(before, last, part, gap):
            texts = tuple((head + tail, p * q) for head, p in last.texts for tail, q in part.texts if p * q > _LEAST)
            joined[-1] = Part(
                (*last.glyphs, *part.glyphs), is_word=False, texts=texts, follows_space=last.follows_space, sure=last.sure * part.sure
            )
        elif last is not None and _may_miss(last, part, gap):
            joined.append(replace(part, sure=part.sure * word_token(last).probability))
        else:
            joined.append(part)
    return joined


def _may_miss(head: Part, tail: Part, gap: Callable[[Glyph, Glyph], float]) -> bool:
    """Whether a glyph or two close before a numeral, taken for a word and not surely one, may be its letter or sign."""
    if not head.is_word or len(head.glyphs) > 2 or tail.is_word or not tail.follows_space:
        return False
    return word_token(head).probability < WORD_SURE and gap(head.glyphs[-1], tail.glyphs[0]) < _NEAR


def _belong(before: Part | None, head: Part, tail: Part, gap: Callable[[Glyph, Glyph], float]) -> bool:
    """Whether two parts parted by a space are one token."""
    if head.is_word or tail.is_word or head.is_seen or tail.is_seen or not tail.follows_space:
        return False
    paper = gap(head.glyphs[-1], tail.glyphs[0])
    digits = tail.text
    letter = head.text.lstrip("(")
    # A ring that begins a line with a number close behind it is the letter of a code.
    if letter in CODE_LETTERS or (before is None and letter in _RINGS):
        number = core_of(digits)
        return number.isdecimal() and len(number) <= 2 and paper < _NEAR
    if head.text in _SIGNS:
        is_free = before is None or before.is_word
        return is_free and len(digits) > 3 and digits[-3] in ".," and digits[:-3].isdecimal() and paper < _NEAR
    whole, point, rest = head.text.partition(".")
    # A digit with a point and no sign is a list's number.
    if rest or len(whole) < 2 or not whole.lstrip("+-").isdecimal() or paper >= _TIGHT:
        return False
    return len(digits) == 2 + (not point) and digits.removeprefix("." * (not point)).isdecimal()
