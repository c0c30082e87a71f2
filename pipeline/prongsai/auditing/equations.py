"""The web of equations that a fiscal year's framework spans over an agency's scores.

A total is the mean or the weighted sum of its parts (`patterns/frameworks/`); a difference is this year's score less an
earlier one's. A part that is not printed is replaced by its own parts, or stays in the equation as missing: between 0 and 100.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import lcm

from prongsai.auditing.intervals import Interval
from prongsai.auditing.ledger import UNITS, Ledger, Print, Reading, Slot
from prongsai.knowledge import Certainty, Framework

Parts = Mapping[str, Fraction]
"""Codes and their weights in a total."""


class Basis(StrEnum):
    """Which of several ways of counting an equation follows."""

    NONE = ""
    BOTH = "both"
    """Questions of EIT printed as means of its two parts."""
    PART1 = "part1"
    """Questions of EIT printed as part 1 alone has them, so that they make EIT1 and not the indicators."""
    PART2 = "part2"
    SUBINDICATORS = "subindicators"
    FLAT = "flat"
    """An indicator of OIT as the mean of its questions, whatever their sub-indicators."""


@dataclass(frozen=True, slots=True)
class Equation:
    """`subject` = the sum of `terms`, each with its weight; of a difference, one score less another."""

    subject: Slot
    terms: tuple[tuple[Fraction, Slot], ...]
    basis: Basis
    certainty: Certainty
    coefficients: tuple[tuple[int, Slot], ...] = field(init=False, compare=False)
    """Whole numbers for each slot, the subject's negative, that sum up to nothing where the equation holds."""

    @property
    def slots(self) -> tuple[Slot, ...]:
        return (self.subject, *(slot for _, slot in self.terms))

    def __post_init__(self) -> None:
        whole = lcm(*(weight.denominator for weight, _ in self.terms))
        found = ((-whole, self.subject), *((int(weight * whole), slot) for weight, slot in self.terms))
        object.__setattr__(self, "coefficients", found)


@dataclass(frozen=True, slots=True)
class Check:
    """An equation held against what is printed."""

    equation: Equation
    subject: Print
    terms: tuple[Print | None, ...]
    """As in the equation; None where nothing is printed."""
    expected: Interval
    """What the subject can be by the terms, taken as rounded."""
    reading: Reading | None
    """How the printed numbers have to be read for the equation to hold; None where it cannot hold."""
    is_cut: bool = False
    """Whether it would hold if the subject's end had been cut off, which no other total of the agency needs."""

    @property
    def holds(self) -> bool:
        return self.reading is not None

    @property
    def middle(self) -> Fraction:
        """What the subject is by the terms as they are printed, or by the middle of what those that are missing can be."""
        if self.missing:
            return self.expected.middle
        return sum((weight * term.value for (weight, _), term in zip(self.equation.terms, self.terms, strict=True) if term), Fraction(0))

    @property
    def missing(self) -> tuple[Slot, ...]:
        return tuple(slot for (_, slot), term in zip(self.equation.terms, self.terms, strict=True) if term is None)

    @property
    def mention_ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one for term in (self.subject, *self.terms) if term is not None for one in term.ids))


def check(equation: Equation, ledger: Ledger, chosen: Mapping[Slot, Print] | None = None) -> Check | None:
    """The equation with the print that stands most often for each slot, or the `chosen` one; None where its subject is not printed."""

    def take(slot: Slot) -> Print | None:
        return (chosen or {}).get(slot) or ledger.at(slot)

    subject = take(equation.subject)
    if subject is None:
        return None
    terms = tuple(take(slot) for _, slot in equation.terms)

    whole = -equation.coefficients[0][0]

    def expected(reading: Reading) -> tuple[int, int]:
        low = high = 0
        for (weight, _), term in zip(equation.coefficients[1:], terms, strict=True):
            # Parts are rounded as the system gives them; it is the agency's own total that may be cut off.
            read = Reading.COARSE if reading is Reading.COARSE else Reading.ROUNDED
            ends = (-1, 100 * UNITS + 1) if term is None else term.bounds(ledger.places, read)
            low, high = low + weight * ends[weight < 0], high + weight * ends[weight > 0]
        return low, high

    def fits(reading: Reading, said: tuple[int, int]) -> bool:
        low, high = (whole * end for end in subject.bounds(ledger.places, reading))
        return (low < said[1] and said[0] < high) or (not subject.has_sign and low < -said[0] and -said[1] < high)

    said = expected(Reading.ROUNDED)
    reading = next((one for one in Reading if fits(one, said if one is Reading.ROUNDED else expected(one))), None)
    ends = (Fraction(end, whole * UNITS) for end in said)
    return Check(equation, subject, terms, Interval(*ends), reading)


def totals(ledger: Ledger, year: int, framework: Framework, bases: Mapping[str, Basis]) -> Iterator[Equation]:
    """Every equation whose subject is a printed score of the year and of whose parts at least one is printed.

    `bases` holds, by instrument, the basis on which its questions are printed.
    """
    printed = {slot.code for slot in ledger.prints if slot.year == year and not slot.is_difference}
    for code in framework.all_codes():
        if code not in printed:
            yield from _through(code, year, printed, framework, bases)
            continue
        for parts, basis, certainty in definitions(framework, code, bases):
            for expanded, sure in _expand(parts, printed, framework, bases):
                if printed.intersection(expanded):
                    terms = tuple((weight, Slot(year, part)) for part, weight in expanded.items())
                    yield Equation(Slot(year, code), terms, basis, min(certainty, sure, key=_RANK.__getitem__))


def _through(code: str, year: int, printed: set[str], framework: Framework, bases: Mapping[str, Basis]) -> Iterator[Equation]:
    """What two ways to make up a code that is not printed say of each other: that EIT1 and EIT2 have the mean of ind6 to ind8."""
    ways = sorted(_inside(code, printed, framework, bases), key=lambda way: len(way[0]))
    for (few, certainty), (many, sure) in pairwise(ways[:2]):
        (subject, share), *others = few.items()
        if few.keys().isdisjoint(many):
            terms = [(weight / share, Slot(year, part)) for part, weight in many.items()]
            terms += [(-weight / share, Slot(year, part)) for part, weight in others]
            yield Equation(Slot(year, subject), tuple(terms), Basis.NONE, min(certainty, sure, key=_RANK.__getitem__))


def differences(ledger: Ledger) -> Iterator[Equation]:
    """Each printed difference as a score less that of the year before, or of the nearest earlier year that is printed."""
    for slot in ledger.prints:
        if slot.is_difference and Slot(slot.year, slot.code) in ledger.prints:
            earlier = [year for year in ledger.years if year < slot.year and Slot(year, slot.code) in ledger.prints]
            if earlier:
                terms = ((Fraction(1), Slot(slot.year, slot.code)), (Fraction(-1), Slot(max(earlier), slot.code)))
                yield Equation(slot, terms, Basis.NONE, Certainty.VERIFIED)


def definitions(framework: Framework, code: str, bases: Mapping[str, Basis]) -> Iterator[tuple[Parts, Basis, Certainty]]:
    """What a code is the sum of, in each way in which the framework says it."""
    sure = framework.status
    if code == "ITA":
        yield {one.code: Fraction(one.weight) for one in framework.instruments}, Basis.NONE, sure
        return
    for instrument in framework.instruments:
        if code == instrument.code:
            yield _mean([one.code for one in framework.indicators_in(code)]), Basis.NONE, sure
            if instrument.parts:
                yield {part.code: Fraction(part.weight) / Fraction(instrument.weight) for part in instrument.parts}, Basis.NONE, sure
            return
        for number, part in enumerate(instrument.parts):
            if code == part.code and bases.get(instrument.code) is (Basis.PART1, Basis.PART2)[number]:
                # The questions of one part make that part alone: the mean over indicators of the mean of each one's questions.
                groups = [
                    _mean([one.code for one in framework.questions_in(each.code)]) for each in framework.indicators_in(instrument.code)
                ]
                yield _mean_of(groups), bases[instrument.code], sure
                return
    indicator = framework.indicator(code)
    if indicator is not None:
        yield from _of_indicator(framework, code, bases.get(indicator.instrument, Basis.NONE))
    elif framework.subindicator(code) is not None:
        questions = framework.questions_in(code)
        yield _mean([one.code for one in questions]), Basis.NONE, _least(framework.subindicator(code), *questions)


def _of_indicator(framework: Framework, code: str, basis: Basis) -> Iterator[tuple[Parts, Basis, Certainty]]:
    questions = framework.questions_in(code)
    subs = framework.subindicators_in(code)
    if basis in (Basis.PART1, Basis.PART2) or not questions:
        return
    is_whole = subs and all(question.subindicator for question in questions)
    if is_whole and basis is not Basis.FLAT:
        yield _mean([one.code for one in subs]), basis, _least(*subs, *questions)
    else:
        yield _mean([one.code for one in questions]), basis, _least(*questions)


_Expanded = tuple[dict[str, Fraction], Certainty]


def _expand(parts: Parts, printed: set[str], framework: Framework, bases: Mapping[str, Basis]) -> list[_Expanded]:
    """The parts, with those that are not printed replaced by their own where all of these are: in each way in which that can be."""
    found: list[_Expanded] = [({}, Certainty.VERIFIED)]
    for code, weight in parts.items():
        ways = [] if code in printed else _inside(code, printed, framework, bases)
        ways = ways or [({code: Fraction(1)}, Certainty.VERIFIED)]
        found = [
            (_added(sums, inner, weight), min(sure, certainty, key=_RANK.__getitem__)) for sums, sure in found for inner, certainty in ways
        ]
    return found


def _inside(code: str, printed: set[str], framework: Framework, bases: Mapping[str, Basis]) -> list[_Expanded]:
    """What a code that is not printed is the sum of, where all of that is printed."""
    return [
        (expanded, min(certainty, sure, key=_RANK.__getitem__))
        for parts, _, certainty in definitions(framework, code, bases)
        for expanded, sure in _expand(parts, printed, framework, bases)
        if printed.issuperset(expanded)
    ]


def _added(sums: Mapping[str, Fraction], inner: Parts, weight: Fraction) -> dict[str, Fraction]:
    found = dict(sums)
    for part, share in inner.items():
        found[part] = found.get(part, Fraction(0)) + weight * share
    return found


def _mean(codes: list[str]) -> Parts:
    return {code: Fraction(1, len(codes)) for code in codes}


def _mean_of(groups: list[Parts]) -> Parts:
    return {code: share / len(groups) for group in groups for code, share in group.items()}


_RANK = {Certainty.UNVERIFIED: 0, Certainty.LIKELY: 1, Certainty.VERIFIED: 2}


def _least(*entries: object) -> Certainty:
    return min((getattr(entry, "status", Certainty.UNVERIFIED) for entry in entries), key=_RANK.__getitem__)
