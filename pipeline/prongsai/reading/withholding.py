"""Digits that a stranger's OCR claims to have seen: evidence that a numeral stands there, and never its value.

Stock Tesseract models for Thai lack five of the ten digits (langdata_lstm issue 42): the score 80.58 in Thai digits comes
back as 50.55 with a confidence over 90. What other programs left in a PDF was read by the same models.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from prongsai.language.numerals import DIGITS
from prongsai.records import UNREAD, Box, Word

_DIGIT = re.compile(f"[{DIGITS}]")
_NUMERAL = re.compile(rf"[A-Za-z|!\[(]{{0,2}}[+\-\N{{EN DASH}}\N{{MINUS SIGN}}]?[{DIGITS}](?:[.,:/%\-\N{{EN DASH}}|)\]]*[{DIGITS}])*%?")


def has_digit(text: str) -> bool:
    """Whether a Thai or Arabic digit stands in the text."""
    return _DIGIT.search(text) is not None


def without_digits(text: str) -> str:
    """The text without its digits, empty where nothing but signs and stops is left."""
    if not has_digit(text):
        return text
    rest = _DIGIT.sub("", text)
    return rest if any(character.isalpha() for character in rest) else ""


def withhold_numerals(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words with every numeral as UNREAD, what was claimed in `read_as`.

    A word of letters and digits is split, so that its letters stay readable; boxes are split in proportion.
    """
    parts = (part for word in words for part in _parts(word))
    return tuple(replace(part, text=UNREAD, read_as=part.text) if has_digit(part.text) else part for part in parts)


def _parts(word: Word) -> list[Word]:
    """A word cut into numerals and what stands between them."""
    if not has_digit(word.text):
        return [word]
    cuts = sorted({0, len(word.text), *(edge for match in _NUMERAL.finditer(word.text) for edge in match.span())})
    return [replace(word, text=word.text[start:end], box=_slice(word, start, end)) for start, end in pairwise(cuts)]


def _slice(word: Word, start: int, end: int) -> Box | None:
    if word.box is None:
        return None
    unit = word.box.width / len(word.text)
    return Box(word.box.x0 + unit * start, word.box.top, word.box.x0 + unit * end, word.box.bottom)
