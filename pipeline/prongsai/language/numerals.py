"""Printed numerals, Thai and Arabic: found in running text, and turned into exact decimals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from prongsai.records import UNREAD

THAI_DIGITS = "".join(chr(ord("\N{THAI DIGIT ZERO}") + digit) for digit in range(10))
DIGITS = THAI_DIGITS + "0123456789"
_TO_ARABIC = str.maketrans(THAI_DIGITS, "0123456789")
_MINUS = "-\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
_SIGNS = re.escape("+" + _MINUS)

_D = f"[{DIGITS}]"
_NUMERAL = re.compile(rf"(?P<sign>[{_SIGNS}](?={_D}))?(?P<body>{_D}{{1,3}}(?:,{_D}{{3}})+(?:\.{_D}+)?|{_D}+(?:\.{_D}+)?|{UNREAD}+)")
_LOOSE_POINT = re.compile(rf"(?<={_D})\s?[.·]\s?(?={_D}{{2}}(?!{_D}))")
_DECIMAL_COMMA = re.compile(rf"^[{_SIGNS}]?{_D}{{1,3}},{_D}{{1,2}}$")
_BROKEN = re.compile(rf"^[{_SIGNS}]?{_D}{{1,3}}\.{_D}{{2}}$")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it is printed: characters `start` to `end` of its text, its value, and whether it has a sign."""

    start: int
    end: int
    printed: str
    value: Decimal | None
    """None where the numeral was seen and not read."""
    sign: str = ""
    decimals: int = 0

    @property
    def is_integer(self) -> bool:
        return self.value is not None and self.decimals == 0


def to_arabic(text: str) -> str:
    """The same text with Arabic digits for Thai ones."""
    return text.translate(_TO_ARABIC)


def to_thai(text: str) -> str:
    """The same text with Thai digits for Arabic ones."""
    return text.translate(str.maketrans("0123456789", THAI_DIGITS))


def find_numerals(text: str) -> Iterator[Numeral]:
    """Every numeral in a text, left to right. A sign counts only where it touches its digits and follows no digit,
    so that the dash of a range (`95.00-100.00`) is no minus."""
    for match in _NUMERAL.finditer(text):
        start = match.start()
        sign = match.group("sign") or ""
        if sign and start > 0 and (text[start - 1] in DIGITS or text[start - 1].isalpha()):
            start, sign = start + 1, ""
        body = match.group("body")
        yield _numeral(start, match.end(), text[start : match.end()], sign, body)


def parse_numeral(text: str) -> Numeral | None:
    """The numeral that a whole text is, spaces inside it and a decimal comma allowed, or None if it is more."""
    stripped = text.strip()
    start = text.find(stripped)
    squeezed = _LOOSE_POINT.sub(".", stripped)
    whole = "".join(stripped.split())
    if _BROKEN.match(whole):
        # A narrow column breaks a number where it breaks a word: `93.7` and `0` on the next line.
        squeezed = whole
    if _DECIMAL_COMMA.match(squeezed):
        squeezed = squeezed.replace(",", ".")
    squeezed = re.sub(rf"^([{_SIGNS}])\s+(?={_D})", r"\1", squeezed)
    match = _NUMERAL.fullmatch(squeezed)
    if match is None:
        return None
    return _numeral(start, start + len(stripped), stripped, match.group("sign") or "", match.group("body"))


def print_alike(one: str, other: str) -> bool:
    """Whether two texts are the same print but for spaces, or the same number in other digits or with other zeros at its end, as a
    spreadsheet may write it."""
    if "".join(one.split()) == "".join(other.split()):
        return True
    first, second = parse_numeral(one), parse_numeral(other)
    return first is not None and second is not None and first.value is not None and first.value == second.value


def _numeral(start: int, end: int, printed: str, sign: str, body: str) -> Numeral:
    if UNREAD in body:
        return Numeral(start, end, printed, None, sign)
    digits = to_arabic(body).replace(",", "")
    value = Decimal(digits)
    if sign and sign in _MINUS:
        value = -value
    return Numeral(start, end, printed, value, sign, len(digits.partition(".")[2]))
