"""Slips of a typist or a reader inside one printed number: text in, text out, or None where it has no place for the slip.

What comes out is a number of another value, without a leading zero that was not there.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from random import Random

from prongsai.synthesis.printing import THAI_ZERO, TO_THAI

from .change import is_thai

ALIKE = {False: ("38", "56", "68", "89", "17", "08", "06", "49", "35"), True: ("45", "37", "58", "48", "26", "59", "01", "13", "12")}
"""Arabic and Thai digits (written in Arabic ones) that look alike, told by their shapes: patterns/confusions.csv has most of them."""
ALIKE_WEIGHT = 8
"""How much more often a digit is taken for one that looks like it than for any other."""
_TO_ARABIC = {ord(thai): chr(code) for code, thai in TO_THAI.items()}


def value_of(text: str) -> Decimal:
    """The number that a printed text says."""
    return Decimal(text.translate(_TO_ARABIC))


def other(text: str, rng: Random) -> str | None:
    """One digit for another, most often for one that looks like it."""
    at = rng.choice(_digits(text))
    digit = text[at].translate(_TO_ARABIC)
    pairs = ALIKE[is_thai(text)]
    others = [one for one in "0123456789" if one != digit]
    weights = [ALIKE_WEIGHT if one + digit in pairs or digit + one in pairs else 1 for one in others]
    (drawn,) = rng.choices(others, weights)
    return _checked(text, [text[:at] + _as_in(text, drawn) + text[at + 1 :]], rng)


def swapped(text: str, rng: Random) -> str | None:
    """Two neighbouring digits swapped."""
    places = [at for at in _digits(text) if text[at + 1 : at + 2].isdigit()]
    return _checked(text, (text[:at] + text[at + 1] + text[at] + text[at + 2 :] for at in places), rng)


def lost(text: str, rng: Random) -> str | None:
    """One digit lost; never the only one before or behind the point."""
    return _checked(text, (text[:at] + text[at + 1 :] for at in _digits(text)), rng)


def doubled(text: str, rng: Random) -> str | None:
    """One digit printed twice."""
    return _checked(text, (text[:at] + text[at] + text[at:] for at in _digits(text)), rng)


def point_lost(text: str, rng: Random) -> str | None:
    """No decimal point."""
    return _checked(text, [text.replace(".", "")], rng, is_zero_fine=True) if "." in text else None


def _checked(text: str, changed: Iterable[str], rng: Random, is_zero_fine: bool = False) -> str | None:
    """One of the changed texts that are a number of another value."""
    fine = [one for one in changed if _is_number(one, is_zero_fine) and value_of(one) != value_of(text)]
    return rng.choice(fine) if fine else None


def _is_number(text: str, is_zero_fine: bool) -> bool:
    whole, point, cents = text.lstrip("+-").partition(".")
    if not whole or (point and not cents):
        return False
    return is_zero_fine or len(whole) == 1 or whole[0] not in ("0", THAI_ZERO)


def _digits(text: str) -> list[int]:
    return [at for at, character in enumerate(text) if character.isdigit()]


def _as_in(text: str, digit: str) -> str:
    return digit.translate(TO_THAI) if is_thai(text) else digit
