"""What a printed number may have been before a slip: every number from which one slip of `patterns/slips.toml` makes the print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from prongsai.auditing.ledger import Print
from prongsai.knowledge import SlipCosts
from prongsai.language.numerals import parse_numeral

_DIGITS = "0123456789"


@dataclass(frozen=True, slots=True)
class Origin:
    """A number that was perhaps meant, and the slip that made the print of it."""

    value: Fraction
    """On 0-100."""
    slip: str
    """A key of `costs` in slips.toml; empty for the print itself."""
    cost: Decimal


def origins(one: Print, costs: SlipCosts, places: int, swaps: Mapping[Fraction, bool]) -> dict[Fraction, Origin]:
    """By value: the print itself at no cost, then what one slip away from it lies on 0-100 (a difference: on -100 to 100).

    `swaps` are the numbers that it may have changed places with, True where those are wrong as well.
    """
    found = {one.value: Origin(one.value, "", Decimal(0))} if one.can_stand else {}
    if not one.has_sign:
        found[-one.value] = Origin(-one.value, "", Decimal(0))
    for value, slip in _origins(one, costs, places, swaps):
        low = -100 if one.slot.is_difference else 0
        if low <= value <= 100:
            is_mutual = slip == "columns" and swaps[value]
            origin = Origin(value, slip, costs.costs[slip] - (costs.mutual if is_mutual else 0))
            if value not in found or origin.cost < found[value].cost:
                found[value] = origin
    return found


def _origins(one: Print, costs: SlipCosts, places: int, swaps: Iterable[Fraction]) -> Iterator[tuple[Fraction, str]]:
    signs = (1, -1) if not one.has_sign else (1 if one.value >= 0 else -1,)
    for digits, slip in _texts(one, costs, places):
        for sign in signs:
            yield sign * Fraction(digits) * 100 / one.scale, slip
    if one.slot.is_difference and one.has_sign:
        yield -one.value, "sign"
    for mention in one.mentions:
        for text in mention.doubts:
            numeral = parse_numeral(text)
            if numeral is not None and numeral.value is not None:
                yield Fraction(numeral.value) * 100 / one.scale, "candidate"
    for value in swaps:
        yield value, "columns"


def _texts(one: Print, costs: SlipCosts, places: int) -> Iterator[tuple[str, str]]:
    """Numbers as text on the print's scale, with the slip from each to the print, such as `89.17` and `swapped` for `89.71`."""
    glyphs = [glyph for glyph in one.mentions[0].numeral if glyph.isdecimal()]
    whole, _, cents = one.digits.partition(".")
    digits = whole + cents
    # A number with a decimal too many has one digit too many, and no other slip besides.
    for at, digit in enumerate(digits if len(cents) <= places else ""):
        glyph = glyphs[at] if len(glyphs) == len(digits) else digit
        for other in _DIGITS:
            if other != digit and (at or other != "0" or len(whole) == 1):
                slip = "alike" if (glyph, other) in costs.alike else "digit"
                yield _pointed(digits[:at] + other + digits[at + 1 :], len(whole)), slip
        after = digits[at + 1 : at + 2]
        if after and after != digit:
            yield _pointed(digits[:at] + after + digit + digits[at + 2 :], len(whole)), "swapped"
    # A digit was lost before the point, or behind it where too few stand there; one too many likewise.
    for digit in _DIGITS:
        for at in range(digit == "0", len(whole) + 1 if len(cents) <= places else 0):
            yield f"{whole[:at]}{digit}{whole[at:]}.{cents or '0'}", "lost"
        for at in range(len(cents) + 1 if len(cents) < places else 0):
            yield f"{whole}.{cents[:at]}{digit}{cents[at:]}", "lost"
    for at, digit in enumerate(whole if len(whole) > 1 else ""):
        yield f"{whole[:at]}{whole[at + 1 :]}.{cents or '0'}", "doubled" if digit in _beside(whole, at) else "added"
    for at, digit in enumerate(cents if len(cents) > places else ""):
        yield f"{whole}.{cents[:at]}{cents[at + 1 :]}", "doubled" if digit in _beside(cents, at) else "added"
    if not cents and len(whole) > places:
        yield _pointed(whole, len(whole) - places), "point"


def _pointed(digits: str, point: int) -> str:
    return f"{digits[:point]}.{digits[point:] or '0'}"


def _beside(digits: str, at: int) -> str:
    return digits[max(at - 1, 0) : at] + digits[at + 1 : at + 2]
