"""Question codes as they are printed: found at the head of a cell or in running text, and compared with what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from prongsai.language.folding import Folded, fold

_TOKEN = re.compile(r"^[\W_]*?(?P<letter>[a-z|!\[\]])?[\s.\-]*(?P<digits>\d{1,3})(?![\d.,/%])")
_BARE = re.compile(r"^\(?(?P<digits>\d{1,2})[.)]")
_IN_TEXT = re.compile(r"(?<![a-z0-9])(?P<letter>[ieo])(?P<digits>\d{1,2})(?!\d|\.\d|[a-z])")
_ZERO_IN_TEXT = re.compile(r"(?<![\d.,/])0(?P<digits>\d{1,2})(?![\d.,/])")
_AT_HEAD = re.compile(r"^\W*(?P<digits>\d{1,3})(?![\d.,)])")
_LONGEST_DAMAGED = 5
"""Folded glyphs of a damaged code: three, and room for two that were seen and are not there."""
_NO_GLYPHS = re.compile(r"[\s.,:;\-_'\"`]+")


@dataclass(frozen=True, slots=True)
class Token:
    """A printed code: its first glyph (may be empty) and digits, Arabic and small after folding.

    Of a damaged one the digits may be any glyphs.
    """

    letter: str
    digits: str

    @property
    def glyphs(self) -> str:
        return self.letter + self.digits


def code_token(folded: str) -> tuple[Token, int] | None:
    """The code at the start of a folded cell and where it ends, or None; `97.61`, `1.` and `0` are none."""
    match = _TOKEN.match(folded)
    if match is None:
        return None
    digits = match.group("digits")
    if not digits.strip("0"):
        return None
    if len(digits) > 2 and (digits[0] not in "01" or digits[1] == "0"):
        return None
    return Token(match.group("letter") or "", match.group("digits")), match.end()


def damaged_token(folded: str) -> Token | None:
    """What a whole folded cell may be as a code, though reading damaged it: a few glyphs, whatever they are.

    Only where codes are sure to stand: in running text and among labels almost anything short would be one.
    """
    glyphs = _NO_GLYPHS.sub("", folded)
    if not 1 <= len(glyphs) <= _LONGEST_DAMAGED:
        return None
    return Token("", glyphs) if glyphs[0].isdigit() else Token(glyphs[0], glyphs[1:])


def ordinal_token(folded: str) -> tuple[Token, int] | None:
    """A list number such as `(1)` or `1.` at the start of a folded cell."""
    match = _BARE.match(folded)
    return None if match is None else (Token("", match.group("digits")), match.end())


def heading_code(folded: str, code_after: re.Pattern[str]) -> tuple[int, int, Token] | None:
    """Bare digits that head a text and are followed by a word for the point a question makes: a code without its letter."""
    match = _AT_HEAD.match(folded)
    if match is None or not code_after.match(folded[match.end() :]):
        return None
    return match.start("digits"), match.end("digits"), Token("", match.group("digits"))


def codes_in_text(folded: Folded) -> Iterator[tuple[int, int, Token]]:
    """Codes with their letter in running text, as (start, end, token) over folded characters."""
    for match in _IN_TEXT.finditer(folded.text):
        yield match.start(), match.end(), Token(match.group("letter"), match.group("digits"))


def ranges_in_text(folded: str, code_range: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Ranges of codes (`i1-i3`, `o1 to o20`), as (start, end) over folded characters: they list questions and none of them
    has a score."""
    return (match.span() for match in code_range.finditer(folded))


def zero_codes_in_text(folded: Folded) -> Iterator[tuple[int, int, Token]]:
    """Digits led by a zero in running text (`08`), which are OIT codes if something beside them says so."""
    for match in _ZERO_IN_TEXT.finditer(folded.text):
        yield match.start(), match.end(), Token("0", match.group("digits"))


def is_canonical(printed: str, code: str) -> bool:
    """Whether a code is printed as it should be: its small letter and its number, in Thai or Arabic digits."""
    squeezed = "".join(printed.split())
    return squeezed[:1] == code[0] and fold(squeezed) == code


def reason_for(token: Token | None, printed: str, code: str) -> str:
    """Why a printed code is in the table `codes`, as one word of a closed list."""
    if token is None or not token.digits:
        return "no-code"
    letter, digits = code[0], code[1:]
    if token.glyphs == "0" + digits and letter == "o":
        return "letter-as-zero"
    if token.glyphs == "1" + digits and letter == "i":
        return "letter-as-one"
    if token.digits == digits and not token.letter:
        return "letter-lost"
    if token.digits == digits and token.letter == letter:
        return "capital" if any(character.isupper() for character in printed) else "spacing"
    if token.digits == digits:
        return "letter-misprinted"
    return "digit-misprinted" if token.letter == letter else "misprinted"
