"""What numerals, codes and Latin names look like in print: the shape of a text, and when two texts mean the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from prongsai.knowledge import Knowledge, load_knowledge
from prongsai.language.numerals import THAI_DIGITS, to_arabic, to_thai
from prongsai.reading.numerals.alphabet import ALPHABET, FLIPPED, OTHER, SPACE
from prongsai.reading.numerals.readings import Shape

_PLAIN = r"(?:0|[1-9]\d{0,2})"
_COUNT = r"[1-9]\d{0,2}(?:,\d{3})+"
_DECIMALS = r"(?:\.\d{1,2})"
_NUMBER = rf"(?:{_COUNT}|{_PLAIN}){_DECIMALS}?"
_SCORE = r"(?:100[.,]00?|[1-9]?\d[.,]\d\d)"
_YEAR = r"(?:2[45]\d\d|20[0-4]\d|19\d\d)"
_CODE = r"(?:[ieo](?:[1-9]|[1-4]\d)|0(?:[1-9]|[1-4]\d))"
_LIST_NUMBER = r"[1-9]\d?(?:\.[1-9]\d?){0,3}"
_LISTED = re.compile(_LIST_NUMBER)
_SHAPES: tuple[tuple[Shape, re.Pattern[str]], ...] = tuple(
    (shape, re.compile(pattern, re.IGNORECASE))
    for shape, pattern in (
        (Shape.SCORE, _SCORE),
        (Shape.DIFFERENCE, rf"[+-]{_SCORE}"),
        (Shape.CODE, rf"{_CODE}(?:\.\d)?"),
        (Shape.YEAR, _YEAR),
        (Shape.NUMBER, rf"[+-]?{_NUMBER}"),
        (Shape.LISTED, rf"{_LIST_NUMBER}|[1-9]\d?/\d"),
        (Shape.RANGE, rf"(?:{_CODE}-{_CODE}|{_SCORE}-{_SCORE}|{_YEAR}-{_YEAR}|{_NUMBER}%?-{_NUMBER}%?)"),
        (Shape.PERCENTAGE, rf"[+-]?{_NUMBER}%"),
        (Shape.DATE, rf"\d{{1,2}}[/-]\d{{1,2}}[/-](?:{_YEAR}|\d\d)|\d{{1,4}}/{_YEAR}|[012]?\d:[0-5]\d|{_PLAIN}/{_PLAIN}"),
        (Shape.ODD, r"\(?[+-]?\d+(?:[.,/:-]\d+)*%?\)?"),
    )
)
_LEAST_SEAMED = len("1,OIT")
_LEADING, _TRAILING = "(", ").,:"
"""What stands around a numeral and is no part of it."""
_WEIGHTS = {Shape.ODD: 0.3, Shape.BROKEN: 0.05}
"""How often a shape is printed, against one of the usual shapes; where glyphs are read in doubt, this decides."""
_RARE = tuple(
    (re.compile(pattern, re.IGNORECASE), weight)
    for pattern, weight in (
        (r"\(?(?:[+-]\d+|[1-9]\d)\.\d", 0.4),  # a score or difference with one decimal
        (r"\(?[1-9]\d\d\.\d\d", 0.2),  # more than a hundred, and two decimals
        (r"[ieo]\d+\.\d", 0.2),
        (r"\(?0[.)]", 0.2),
    )
)
"""The same for some texts of usual shapes."""
_MOST = {Shape.ODD: 0.6, Shape.BROKEN: 0.3}
_MOST_MIXED = _MOST_LOST = 0.45
"""The most that a reading can be trusted, however clear its glyphs are: by its shape, in both scripts at once, or where
it looks like a score whose point was lost."""
_LOST_POINT = re.compile(r"[+-]?(?:100\d\d|\d{4})")
_DECIMAL_COMMA = re.compile(r"(?<=\d),(?=\d\d(?!\d))")
_ZERO_LIKE = str.maketrans({THAI_DIGITS[0]: "0", "o": "0", "O": "0"})
_RING_LETTERS = frozenset("oO")
_LETTERS = frozenset(character for character in ALPHABET if character.isalpha() and character.isascii())
_DIGITS = frozenset(THAI_DIGITS + "0123456789")
_THAI, _ARABIC = frozenset(THAI_DIGITS[1:]), frozenset("123456789")
"""The digits that tell their script; round zeros look the same in both."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """The shapes, with the Latin names and grades that the patterns know."""

    names: frozenset[str]
    grades: frozenset[str]

    def shape(self, text: str) -> Shape:
        """What a text without spaces looks like; brackets and stops around it are let pass."""
        if OTHER in text or FLIPPED in text or SPACE in text or not text:
            return Shape.WORD
        core = core_of(text)
        plain = to_arabic(core)
        if plain in self.names:
            return Shape.NAME
        if core in self.grades:
            return Shape.GRADE
        if not has_digit(core):
            return Shape.MARK if text in ("+", "-", "%") else Shape.BROKEN
        shape = next((shape for shape, pattern in _SHAPES if pattern.fullmatch(plain)), Shape.BROKEN)
        is_listed = shape == Shape.NUMBER and text[-1] in ".)" and _LISTED.fullmatch(plain)
        return Shape.LISTED if is_listed else shape

    def is_whole(self, text: str) -> bool:
        """Whether a text is a year, or a score with two digits before its point: nothing of it can be missing."""
        return self.shape(text) == Shape.YEAR or (self.shape(text) == Shape.SCORE and len(core_of(text)) >= len("00.00"))

    def seam(self, text: str) -> int:
        """Where the first of two tokens ends that run into one another, the space between them lost; 0 where none do."""
        if len(text) < _LEAST_SEAMED or self.shape(text) not in (Shape.ODD, Shape.BROKEN):
            return 0
        for end in range(2, len(text) - 2):
            first, rest = text[:end], text[end:]
            shape = self.shape(first)
            is_token = self.is_whole(first) or shape in (Shape.NAME, Shape.CODE, Shape.DIFFERENCE)
            if is_token and (self.is_whole(rest) or self.shape(rest) == Shape.DIFFERENCE or self.seam(rest)):
                return end
            if shape in (Shape.NUMBER, Shape.SCORE) and self.shape(rest) == Shape.NAME and rest.isalpha():
                return end
        return 0

    def weight(self, text: str) -> float:
        """How often a text of this shape is printed, against one of a usual shape: 1, or less."""
        shape = self.shape(text)
        plain = to_arabic(text)
        rare = (weight for pattern, weight in _RARE if shape != Shape.SCORE and pattern.fullmatch(plain))
        return _WEIGHTS.get(shape, next(rare, 1.0))

    def most(self, text: str) -> float:
        """How sure a reading can be at most: what nobody prints is more likely misread, however clear its glyphs are."""
        if is_mixed(text):
            return _MOST_MIXED
        shape = self.shape(text)
        return _MOST_LOST if shape == Shape.ODD and _LOST_POINT.fullmatch(to_arabic(core_of(text))) else _MOST.get(shape, 1.0)


@cache
def grammar_of(knowledge: Knowledge | None = None) -> Grammar:
    """The grammar with the names and grades of `patterns/`, read once."""
    knowledge = load_knowledge() if knowledge is None else knowledge
    frameworks = knowledge.frameworks.values()
    grades = {name for framework in frameworks for grade in framework.grades for name in (grade.name, *grade.aliases)}
    names = {phrase for phrases in knowledge.phrases.values() for phrase in phrases}
    for framework in frameworks:
        for instrument in framework.instruments:
            names |= {instrument.code, *instrument.names, *(name for part in instrument.parts for name in (part.code, *part.names))}
    return Grammar(frozenset(_latin(names, at_least=3)), frozenset(_latin(grades, at_least=1)))


def _latin(names: Iterable[str], at_least: int) -> Iterable[str]:
    return (name for name in names if len(name) >= at_least and name[:1] in _LETTERS and set(name) <= _LETTERS | _DIGITS)


def core_of(text: str) -> str:
    """A text without brackets and stops around it; a closing bracket of a list number counts among them."""
    return text.lstrip(_LEADING).rstrip(_TRAILING)


def has_digit(text: str) -> bool:
    return not _DIGITS.isdisjoint(text)


def is_mixed(text: str) -> bool:
    """Whether Thai and Arabic digits stand in one text; zeros count for neither, they look the same."""
    return not _THAI.isdisjoint(text) and not _ARABIC.isdisjoint(text)


def in_one_script(text: str) -> str:
    """The text with its zeros in the script of its other digits, as far as these agree."""
    if is_mixed(text):
        return text
    if not _THAI.isdisjoint(text):
        return text.replace("0", THAI_DIGITS[0])
    if not _ARABIC.isdisjoint(text) and not _is_zero_code(text):
        return text.replace(THAI_DIGITS[0], "0")
    return text


def with_zeros(text: str) -> str:
    """The text with its rings as zeros, where a letter cannot stand: behind the first character of a number."""
    if not has_digit(text) or _RING_LETTERS.isdisjoint(text[1:]) or not (_LETTERS - _RING_LETTERS).isdisjoint(text):
        return text
    start = len(text) - len(text.lstrip(_LEADING)) + 1
    return in_one_script(text[:start] + "".join("0" if one in _RING_LETTERS else one for one in text[start:]))


def both_scripts(text: str) -> tuple[str, str]:
    """The text in Thai digits alone, and in Arabic digits alone."""
    return to_thai(text), to_arabic(text)


def meaning_of(text: str) -> str:
    """What readings of one meaning have in common: `o1`, `O1` and `01` are one code, Thai and Arabic digits one number, and
    a comma before two digits is a decimal point."""
    core = core_of(text)
    plain = to_arabic(core[:1].translate(_ZERO_LIKE) + core[1:] if has_digit(core) else core).lower()
    return _DECIMAL_COMMA.sub(".", plain)


def _is_zero_code(text: str) -> bool:
    """Whether a Thai zero leads, as it does where it stands for the letter o of a code."""
    return core_of(text)[:1] == THAI_DIGITS[0]
