"""Which equations of the framework a made report breaks, told from its printed numbers alone: the judge of the audit.

It shares no line with the audit. Every score is bounded from below upwards: by its own prints, each an interval of what
rounds to it, and by what its members allow, where one that is printed nowhere may be anything from 0 to 100. In a tree
of means that is exact. Differences, scores printed twice and the row of a column's means are held against the prints.
Numbers are whole multiples of a unit so small that no mean of the framework has a rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations
from math import lcm
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from prongsai.knowledge import Framework
    from prongsai.synthesis.document import Figure, Report

TO_ARABIC = {ord("\N{THAI DIGIT ZERO}") + digit: str(digit) for digit in range(10)}
DECIMALS_OF_FULL = 2
"""Of a 100 that is printed without any: made reports print 100.00 in short and no other score."""
UNIT = 10**6 * 3 * 20 * lcm(*range(1, 11)) ** 4
"""Parts of a point: for prints of up to five decimals on scales of 15, 30 and 40, and four levels of means of up to ten or 25."""
FULL = 100 * UNIT


class Interval(NamedTuple):
    """From low to high, both ends included, in parts of a point."""

    low: int
    high: int

    def meets(self, other: Interval) -> bool:
        """Whether a number lies in both."""
        return self.low <= other.high and other.low <= self.high


class Key(NamedTuple):
    """What a score is of; `basis` is `part1` or `both` for e-questions from FY2566 on."""

    agency: str
    year: int
    code: str
    basis: str


Members = list[tuple[int, int, int]]
"""Numerator and denominator of a weight, and the place of a node that stands before."""
Prints = Mapping[int, Interval | None]
"""Figures, by their places among all, that stand for something else than their print; None for anything."""


@dataclass(frozen=True, slots=True)
class Node:
    """A score of the framework: the figures that print it, and the sets of members that it follows from."""

    key: Key
    printed: Sequence[int]
    members: Sequence[Members]


@dataclass(slots=True)
class Web:
    """All equations of a report; `total` is the name of the row that holds the means of columns."""

    report: Report
    frameworks: Mapping[int, Framework]
    total: str
    figures: list[Figure] = field(init=False)
    intervals: list[Interval] = field(init=False)
    scores: dict[Key, list[int]] = field(init=False)
    trees: dict[tuple[str, int], list[Node]] = field(init=False)
    columns: list[tuple[Key, list[int], list[int]]] = field(init=False)
    """A mean of a column, the figures that print it, and those of the column."""
    differences: list[tuple[int, bool, list[tuple[int, int]]]] = field(init=False)
    """A figure, whether its sign stands in words, and the pairs of figures that it may be the difference of."""

    def __post_init__(self) -> None:
        from prongsai.synthesis.document import FigureKind, Paragraph, figures

        self.figures = [one for one in figures(self.report) if one.kind is not FigureKind.GRADE]
        self.intervals = [interval_of(one.text, one.scale) for one in self.figures]
        self.scores = defaultdict(list)
        for at, one in enumerate(self.figures):
            if one.kind is FigureKind.SCORE:
                self.scores[Key(one.agency, one.year, one.code, one.basis)].append(at)
        owners = sorted({(key.agency, key.year) for key in self.scores if key.agency != self.total and key.year in self.frameworks})
        self.trees = {owner: _Planter(owner[0], self.frameworks[owner[1]], self.scores).nodes() for owner in owners}
        self.columns = [
            (
                key,
                those,
                [at for other, found in self.scores.items() if other.agency != self.total and other[1:] == key[1:] for at in found],
            )
            for key, those in self.scores.items()
            if key.agency == self.total
        ]
        in_prose = {id(piece) for block in self.report.blocks if isinstance(block, Paragraph) for piece in block.content}
        self.differences = []
        for at, one in enumerate(self.figures):
            if one.kind is FigureKind.DIFFERENCE:
                news, olds = (self._prints_of(one.agency, year, one.code) for year in (one.year, one.year - 1))
                self.differences.append((at, id(one) in in_prose, [(new, old) for new in news for old in olds]))

    def broken(self, changes: Prints | None = None, agencies: Collection[str] | None = None, *, has_means: bool = True) -> Iterator[str]:
        """The equations that do not hold, each named, with some figures changed; of all agencies or of some, with the means
        of columns or without."""
        changed = changes or {}

        def get(at: int) -> Interval | None:
            return changed.get(at, self.intervals[at])

        for key, those in self.scores.items():
            if agencies is None or key.agency in agencies:
                prints = [one for at in those if (one := get(at)) is not None]
                if any(one.low > FULL or one.high < 0 for one in prints):
                    yield f"{_name(key)} is not between 0 and 100"
                if any(not one.meets(two) for one, two in combinations(prints, 2)):
                    yield f"{_name(key)} is printed twice"
        for (agency, _), nodes in self.trees.items():
            if agencies is None or agency in agencies:
                yield from _climb(nodes, changed, self.intervals)
        for key, those, column in self.columns if has_means else ():
            cells = [get(at) for at in column]
            bounds = [one for one in cells if one is not None]
            means = Interval(sum(one.low for one in bounds), sum(one.high for one in bounds))
            prints = [one for at in those if (one := get(at)) is not None]
            size = len(bounds)
            if None not in cells and any(not means.meets(Interval(one.low * size, one.high * size)) for one in prints):
                yield f"{_name(key)} is not the mean of its column"
        for at, is_bare, pairs in self.differences:
            printed = get(at)
            if printed is None or (agencies is not None and self.figures[at].agency not in agencies):
                continue
            for new, old in ((get(new), get(old)) for new, old in pairs):
                if new is None or old is None:
                    continue
                bounds_of = Interval(new.low - old.high, new.high - old.low)
                if not printed.meets(bounds_of) and not (is_bare and printed.meets(Interval(-bounds_of.high, -bounds_of.low))):
                    yield f"the difference of {self.figures[at].code} is not that of the two years"
                    break

    def _prints_of(self, agency: str, year: int, code: str) -> list[int]:
        return [at for key, those in self.scores.items() if key[:3] == (agency, year, code) for at in those]


def interval_of(text: str, scale: int = 100) -> Interval:
    """Everything that rounds to a printed number, half a unit of its last place to either side."""
    plain = text.translate(TO_ARABIC)
    decimals = len(plain.partition(".")[2]) or (DECIMALS_OF_FULL if plain == "100" else 0)
    middle, half = Fraction(plain) * 100 * UNIT / scale, Fraction(100 * UNIT, 2 * 10**decimals * scale)
    return Interval(int(middle - half), int(middle + half))


def _climb(nodes: Sequence[Node], changed: Prints, intervals: Sequence[Interval]) -> Iterator[str]:
    """Bounds every score in turn; one that its prints and its members leave nothing for is named and keeps its prints."""
    bounds: list[tuple[int, int]] = []
    for node in nodes:
        low, high = 0, FULL
        for at in node.printed:
            printed = changed.get(at, intervals[at])
            if printed is not None:
                low, high = max(low, printed.low), min(high, printed.high)
        if low > high:
            low, high = 0, FULL
        own = low, high
        for members in node.members:
            low = max(low, sum(bounds[at][0] * top // bottom for top, bottom, at in members))
            high = min(high, sum(bounds[at][1] * top // bottom for top, bottom, at in members))
        if low > high:
            yield f"{_name(node.key)} does not follow from its members"
        bounds.append(own if low > high else (low, high))


@dataclass(slots=True)
class _Planter:
    """Puts the nodes of one agency and year in an order in which members stand before what follows from them."""

    agency: str
    framework: Framework
    scores: Mapping[Key, Sequence[int]]
    places: dict[Key, int] = field(default_factory=dict)
    made: list[Node] = field(default_factory=list)

    def nodes(self) -> list[Node]:
        """All of them, the overall score last."""
        self._place("ITA")
        return self.made

    def _place(self, code: str, basis: str = "") -> int:
        key = Key(self.agency, self.framework.fiscal_year, code, basis)
        if key not in self.places:
            members = list(self._members(code))
            self.places[key] = len(self.made)
            self.made.append(Node(key, self.scores.get(key, ()), members))
        return self.places[key]

    def _members(self, code: str) -> Iterator[Members]:
        framework = self.framework
        instrument = framework.instrument(code)
        if code == "ITA":
            yield [(*Fraction(one.weight).as_integer_ratio(), self._place(one.code)) for one in framework.instruments]
        elif instrument is not None:
            yield self._mean([one.code for one in framework.indicators_in(code)])
            if instrument.parts:
                weights = [(one.code, Fraction(one.weight / instrument.weight)) for one in instrument.parts]
                yield [(*weight.as_integer_ratio(), self._place(part)) for part, weight in weights]
        elif code == "EIT1":
            groups = [[one.code for one in framework.questions_in(each.code)] for each in framework.indicators_in("EIT")]
            yield [(1, len(groups) * len(group), self._place(one, "part1")) for group in groups for one in group]
        elif framework.indicator(code) is not None or framework.subindicator(code) is not None:
            questions = framework.questions_in(code)
            parts = framework.subindicators_in(code)
            if parts and questions and all(one.subindicator for one in questions):
                yield self._mean([one.code for one in parts])
            elif questions:
                above = framework.instrument(questions[0].instrument)
                yield self._mean([one.code for one in questions], "both" if above is not None and above.parts else "")

    def _mean(self, codes: Sequence[str], basis: str = "") -> Members:
        return [(1, len(codes), self._place(code, basis)) for code in codes]


def _name(key: Key) -> str:
    return " ".join(part for part in (key.agency, str(key.year), key.code) if part)
