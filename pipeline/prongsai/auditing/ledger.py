"""An agency's printed numbers in one document, by fiscal year and code: what the rules compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from prongsai.auditing.neighbours import Beside, neighbours
from prongsai.language.numerals import parse_numeral
from prongsai.records import Extract, Mention, MentionKind

FULL_MARKS = 100
UNITS = 1_200_000
"""Whole parts of a point: half a hundredth on the scales of 100, 40, 30 and 15 is a whole number of them, so that sums are exact."""
USUAL_PLACES = 2
"""Decimals of ITA scores in print."""
_FEW = 5
"""So many numbers say how many decimals a document prints; one in so many may have more by a slip."""
_RISES = 3
"""So many differences without a sign that have risen make the one that has fallen a slip."""


class Reading(StrEnum):
    """What a printed total is taken to stand for: everything that rounds to it, or that it cuts the end off."""

    ROUNDED = "rounded"
    TRUNCATED = "truncated"
    COARSE = "coarse"
    """Rounded to the digits that are printed, though the numbers beside it have more (86.5 among 86.54)."""


class Slot(NamedTuple):
    """What a number is of: a fiscal year and a code; the difference of a code is a slot of its own."""

    year: int
    code: str
    is_difference: bool = False

    def __str__(self) -> str:
        return f"{'Δ' if self.is_difference else ''}{self.code} {self.year}"


@dataclass(frozen=True, slots=True)
class Print:
    """One value that is printed for a slot, by one or several mentions."""

    slot: Slot
    value: Fraction
    """On 0-100; the magnitude where `has_sign` is False."""
    shown: str
    """The number with Arabic digits, as it would be printed on the scale of 100."""
    digits: str
    """Its digits in Arabic ones as they are printed, on its own scale and without a sign: `27.58` of 30."""
    decimals: int
    scale: int
    has_sign: bool
    is_long: bool
    """Whether it has more decimals than the document prints: a digit too many, or not of the commission's making."""
    mentions: tuple[Mention, ...]

    @property
    def is_possible(self) -> bool:
        """Whether it lies on 0-100, or is a difference of such numbers."""
        return (-FULL_MARKS if self.slot.is_difference else 0) <= self.value <= FULL_MARKS

    @property
    def can_stand(self) -> bool:
        """Whether it can be what was meant, as far as the number alone says."""
        return self.is_possible and not self.is_long

    @property
    def is_at_most_full(self) -> bool:
        """Whether it stands for no more than full marks, whatever it is rounded from."""
        return not self.slot.is_difference and self.value <= FULL_MARKS

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(mention.mention_id for mention in self.mentions)

    @property
    def confidence(self) -> float:
        """Of the surest of its mentions, 0-1; 1 where the reader states none."""
        return max(1.0 if mention.confidence is None else mention.confidence for mention in self.mentions)

    def half_unit(self, places: int) -> Fraction:
        """Half of the last of `places` decimals as printed, on 0-100."""
        return Fraction(1, 2 * 10**places) * 100 / self.scale

    def bounds(self, places: int, reading: Reading) -> tuple[int, int]:
        """What the print can stand for, between two ends in `UNITS`; without a sign it stands for its magnitude."""
        low, high = _bounds(self.value, self.decimals, self.scale, places, reading)
        return low, min(high, FULL_MARKS * UNITS) if self.is_at_most_full else high


@lru_cache(maxsize=1 << 16)
def _bounds(value: Fraction, decimals: int, scale: int, places: int, reading: Reading) -> tuple[int, int]:
    # Full marks are printed as 100 wherever zeros are dropped; a rounded 100 says nothing of less.
    is_coarse = reading is Reading.COARSE and value != FULL_MARKS
    half = int(UNITS * Fraction(1, 2 * 10 ** (decimals if is_coarse else max(places, decimals))) * 100 / scale)
    middle = round(value * UNITS)
    if reading is not Reading.TRUNCATED:
        return middle - half, middle + half
    return (middle, middle + 2 * half) if middle >= 0 else (middle - 2 * half, middle)


@dataclass(frozen=True, slots=True)
class Ledger:
    """All prints of one agency in one document."""

    agency: str
    place_code: str
    prints: Mapping[Slot, tuple[Print, ...]]
    """By slot, those with a sign first, which say more, then those printed most often, then in reading order; no unread ones."""
    unread: tuple[Mention, ...]
    """Mentions of known slots whose numeral could not be read."""
    places: int
    """Decimals to which the document prints scores: a number with fewer has lost its zeros."""
    beside: Beside
    """What stands beside each mention, other agencies' numbers among it."""

    def at(self, slot: Slot) -> Print | None:
        """The first print of a slot, which says most."""
        found = self.prints.get(slot)
        return found[0] if found else None

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({slot.year for slot in self.prints}))


def is_torn(prints: Sequence[Print]) -> bool:
    """Whether what is printed for a slot cannot stand: no number rounds to all of it, or it is none that a score can be."""
    first = prints[0]
    if not all(one.can_stand for one in prints):
        return True
    return any(not _agree(first, one) for one in prints[1:]) or any(not _agree(one, two) for one in prints[1:] for two in prints[1:])


def _agree(one: Print, two: Print) -> bool:
    if one.has_sign and two.has_sign and (one.value == two.value):
        return True
    if abs(one.value) == abs(two.value) and not (one.has_sign and two.has_sign):
        return True
    fine, coarse = sorted((one, two), key=lambda each: each.half_unit(each.decimals))
    if fine.decimals == coarse.decimals and fine.scale == coarse.scale:
        return False
    return abs(fine.value - coarse.value) <= coarse.half_unit(coarse.decimals) + fine.half_unit(fine.decimals)


def ledgers(extract: Extract) -> Iterator[Ledger]:
    """One ledger for each agency whose scores the document prints, in reading order; mentions without a year are left out."""
    by_owner: dict[tuple[str, str], list[Mention]] = {}
    for mention in extract.mentions:
        if mention.fiscal_year is not None and mention.scope is not None and mention.kind is not MentionKind.REFERENCE:
            by_owner.setdefault((mention.agency, mention.place_code), []).append(mention)
    usual, beside = _usual(extract.mentions), neighbours(extract.mentions)
    for (agency, place_code), mentions in by_owner.items():
        yield _ledger(agency, place_code, mentions, usual, beside)


def _ledger(agency: str, place_code: str, mentions: Sequence[Mention], usual: int, beside: Beside) -> Ledger:
    signed = {mention.table for mention in mentions if mention.kind is MentionKind.DIFFERENCE and _sign(mention)}
    signed.update(_with_a_lost_sign(mentions, signed))
    grouped: dict[Slot, dict[tuple[Fraction, int, int, bool], list[Mention]]] = {}
    unread: list[Mention] = []
    most = 0
    for mention in mentions:
        assert mention.fiscal_year is not None
        slot = Slot(mention.fiscal_year, mention.code, mention.kind is MentionKind.DIFFERENCE)
        numeral = parse_numeral(mention.numeral)
        if mention.value is None or numeral is None or numeral.value is None:
            unread.append(mention)
            continue
        exact = exact_value(mention, numeral.value)
        # In a table that prints signs, a difference without one has risen; in a sentence it says how far alone.
        is_in_signed = mention.table is not None and mention.table in signed
        has_sign = not slot.is_difference or bool(numeral.sign) or exact == 0 or is_in_signed
        key = (exact, numeral.decimals, mention.scale, has_sign)
        grouped.setdefault(slot, {}).setdefault(key, []).append(mention)
        most = max(most, numeral.decimals)
    prints = {
        slot: tuple(
            _print(slot, key, those, usual) for key, those in sorted(values.items(), key=lambda item: (not item[0][-1], -len(item[1])))
        )
        for slot, values in grouped.items()
    }
    return Ledger(agency, place_code, prints, tuple(unread), min(usual, most), beside)


def _sign(mention: Mention) -> str:
    numeral = parse_numeral(mention.numeral)
    return "" if numeral is None else numeral.sign


def _with_a_lost_sign(mentions: Sequence[Mention], signed: Container[int | None]) -> Iterator[int | None]:
    """Tables without a sign, though they print one fall among several rises, where the agency's `signed` tables print the falls
    with a sign and the rises without."""
    changes = [mention for mention in mentions if mention.kind is MentionKind.DIFFERENCE and mention.table is not None]
    if not any(map(_sign, changes)) or any(_sign(mention) == "+" for mention in changes):
        return
    scores = {(one.fiscal_year, one.code): one.value for one in mentions if one.kind is MentionKind.SCORE and one.value is not None}
    ways: dict[int | None, Counter[bool]] = {}
    for one in changes:
        assert one.fiscal_year is not None
        new, old = scores.get((one.fiscal_year, one.code)), scores.get((one.fiscal_year - 1, one.code))
        if one.table not in signed and new is not None and old is not None and new != old:
            ways.setdefault(one.table, Counter())[new > old] += 1
    yield from (table for table, way in ways.items() if way[False] == 1 and way[True] >= _RISES)


def _usual(mentions: Iterable[Mention]) -> int:
    """The decimals that nearly all numbers of a document have at most; where few are printed, or all kinds, the most that any has."""
    numerals = (parse_numeral(mention.numeral) for mention in mentions)
    counts = Counter(max(numeral.decimals, USUAL_PLACES) for numeral in numerals if numeral is not None)
    usual, times = max(counts.items(), key=lambda item: item[1], default=(USUAL_PLACES, 0))
    is_told = counts.total() >= _FEW and times * _FEW >= counts.total() * (_FEW - 1)
    return usual if is_told else max(counts, default=USUAL_PLACES)


def _print(slot: Slot, key: tuple[Fraction, int, int, bool], mentions: Sequence[Mention], usual: int) -> Print:
    value, decimals, scale, has_sign = key
    shown, digits = _shown(value, decimals, scale), _shown(abs(value) * scale / 100, decimals, 100)
    if not decimals:
        # A difference that lost its point may begin with zeros.
        digits = digits.zfill(sum(map(str.isdecimal, mentions[0].numeral)))
    return Print(slot, value, shown, digits, decimals, scale, has_sign, decimals > usual, tuple(mentions))


def exact_value(mention: Mention, printed: Decimal) -> Fraction:
    """The value on 0-100, exact where the print is weighted too; a value that was read again stands in `mention.value` alone."""
    assert mention.value is not None
    exact = Fraction(printed) * 100 / mention.scale
    near = abs(exact - Fraction(mention.value)) < Fraction(1, 1000) or abs(-exact - Fraction(mention.value)) < Fraction(1, 1000)
    if not near:
        return Fraction(mention.value)
    return abs(exact) if mention.value >= 0 else -abs(exact)


def _shown(value: Fraction, decimals: int, scale: int) -> str:
    places = decimals if scale == 100 else USUAL_PLACES
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return f"{exact:.{places}f}"
