"""How likely the makers of reports are to print what they print: each slip, and the scores that it leaves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from math import erf, exp, log, pi, sqrt
from statistics import median
from typing import TYPE_CHECKING

from prongsai.synthesis.slips.change import is_thai
from prongsai.synthesis.slips.digits import ALIKE, ALIKE_WEIGHT

from .answers import DIGITS, neighbours
from .equations import TO_ARABIC, Node, Web

if TYPE_CHECKING:
    from prongsai.knowledge import Framework
    from prongsai.synthesis.document import Figure

SPREAD = 3.2
"""Standard deviation of an opinion, in points, about its agency's level."""
FAR = 0.03
"""Opinions that lie far below, by 15 to 40 points."""
IMPOSSIBLE = 1e-9
Texts = Mapping[int, str]
"""What figures, by their places, would print, with Arabic digits."""


def slip_odds(web: Web, places: tuple[int, ...], meant: str) -> float:
    """How likely the makers slip there so that the print comes of what was `meant`, or of two columns in each other's place."""
    from prongsai.synthesis.document import FigureKind

    if not meant:
        return 1 / len(neighbours(web, is_beside=True))
    (at,) = places
    figure = web.figures[at]
    printed = figure.text.translate(TO_ARABIC)
    inside = sum(_inside(meant, printed, set(ALIKE[is_thai(figure.text)]))) / len(web.figures)
    pairs = neighbours(web, is_beside=False)
    same = sum(at in pair and web.figures[pair[0]].text == web.figures[pair[1]].text for pair in pairs)
    copied = same / 2 / len(pairs) if same and "." in meant else 0.0
    signed = sum(one.kind is FigureKind.DIFFERENCE for one in web.figures)
    return inside + copied + (_signs(meant, printed) / signed if signed and figure.kind is FigureKind.DIFFERENCE else 0.0)


def _signs(meant: str, printed: str) -> float:
    """How likely a sign that is lost or turned makes the print."""
    bare = meant.lstrip("+-")
    return 0.5 * (printed in (bare, "+" + bare)) if meant.startswith("-") else float(printed == "-" + bare)


def _inside(meant: str, printed: str, alike: Collection[str]) -> Iterator[float]:
    """How likely each slip inside a number makes the print."""
    places = [at for at, glyph in enumerate(meant) if glyph.isdigit()]
    for at in places if len(meant) == len(printed) else ():
        if meant[at] != printed[at] and meant[:at] + printed[at] + meant[at + 1 :] == printed:
            others = {
                one: ALIKE_WEIGHT if {one + meant[at], meant[at] + one}.intersection(alike) else 1 for one in DIGITS if one != meant[at]
            }
            yield others.get(printed[at], 0) / sum(others.values()) / len(places)
    swaps = (meant[:at] + meant[at + 1] + meant[at] + meant[at + 2 :] for at in places if meant[at + 1 : at + 2].isdigit())
    for made in (swaps, (meant[:at] + meant[at + 1 :] for at in places), (meant[:at] + meant[at] + meant[at:] for at in places)):
        fine = [one for one in made if _is_number(one) and float(one) != float(meant)]
        yield fine.count(printed) / len(fine) if fine else 0.0
    yield float("." in meant and meant.replace(".", "") == printed)


def _is_number(text: str) -> bool:
    whole, point, cents = text.lstrip("+-").partition(".")
    return bool(whole) and not (point and not cents) and (len(whole) == 1 or whole[0] != "0")


@dataclass(slots=True)
class Scores:
    """How likely the scores of a report are, some of its figures printed otherwise."""

    web: Web
    _levels: dict[tuple[str, int], float] = field(init=False)
    _values: list[float] = field(init=False)
    _halves: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self._values = [_value(_arabic(one.text), one.scale) for one in self.web.figures]
        self._halves = [_half(one) for one in self.web.figures]
        opinions = defaultdict(list)
        for key, places in self.web.scores.items():
            if not _is_of_marks(key.code) and key.code != "ITA":
                opinions[key.agency, key.year].append(self._values[places[0]])
        self._levels = {owner: median(those) for owner, those in opinions.items()}

    def log_odds(self, texts: Texts) -> float:
        """The logarithm of the likelihood of the report with some figures printed as `texts`, but for a constant."""
        values = list(self._values)
        for at, text in texts.items():
            values[at] = _value(text, self.web.figures[at].scale)
        total = sum(self._tree(owner, nodes, values, {*texts}) for owner, nodes in self.web.trees.items())
        for _, those, column in self.web.columns:
            mean = sum(values[at] for at in column) / len(column)
            total += sum(_log(abs(values[at] - mean) <= self._halves[at] + 1e-9) for at in those)
        for at, is_bare, pairs in self.web.differences:
            for new, old in pairs:
                change = values[new] - values[old]
                total += _log(abs(values[at] - change) < 1e-6 or (is_bare and abs(values[at] + change) < 1e-6))
        return total

    def _tree(self, owner: tuple[str, int], nodes: Sequence[Node], values: Sequence[float], changed: set[int]) -> float:
        total = 0.0
        for node in nodes:
            prints = node.printed
            if not prints:
                continue
            first = min(prints, key=lambda at: (at not in changed, at))
            value, half = values[first], self._halves[first]
            equations = [found for members in node.members if (found := self._sum(members, nodes, values, changed)) is not None]
            for mean, variance in equations:
                total += _log(_within(value - mean, half, variance))
            if not equations and changed.intersection(prints):
                before = self._values[prints[0]]
                total += self._density(owner, node, value) - self._density(owner, node, before)
        return total

    def _sum(
        self, members: Sequence[tuple[int, int, int]], nodes: Sequence[Node], values: Sequence[float], changed: set[int]
    ) -> tuple[float, float] | None:
        """What members come to and the variance of their rounding; None where one can not be told."""
        mean = variance = 0.0
        for top, bottom, at in members:
            found = self._of(nodes[at], nodes, values, changed)
            if found is None:
                return None
            mean += found[0] * top / bottom
            variance += found[1] * (top / bottom) ** 2
        return (mean, variance) if members else None

    def _of(self, node: Node, nodes: Sequence[Node], values: Sequence[float], changed: set[int]) -> tuple[float, float] | None:
        if not node.printed:
            return next((found for members in node.members if (found := self._sum(members, nodes, values, changed)) is not None), None)
        at = min(node.printed, key=lambda one: (one not in changed, self._halves[one]))
        code, is_full = node.key.code, self.web.figures[at].scale == 100
        if code[0] in "ieo" and is_full and node.key.basis != "both":
            return values[at], 0.0
        if node.key.basis == "both":
            return values[at] - 0.0025, 0.0025**2
        return values[at], self._halves[at] ** 2 / 3

    def _density(self, owner: tuple[str, int], node: Node, value: float) -> float:
        level = self._levels.get(owner, 91.0)
        framework = self.web.frameworks[node.key.year]
        if node.key.code == "ITA":
            return 0.0
        if not 0 <= value <= 100:
            return log(IMPOSSIBLE)
        count = _questions(framework, node.key.code)
        if _is_of_marks(node.key.code):
            odds = _marks(framework, node.key.code, round(level))
            return log(max(IMPOSSIBLE, sum(chance for score, chance in odds if abs(score - value) <= 0.00501)))
        return log(max(IMPOSSIBLE, _opinion(value, level, count)))


def _opinion(value: float, level: float, count: int) -> float:
    """Density by hundredths of a mean of so many opinions, of which none or one lies far below."""
    spread = SPREAD / sqrt(count)
    far = min(0.5, FAR * count)
    near = (1 - far) * exp(-(((value - level) / spread) ** 2) / 2) / spread / sqrt(2 * pi)
    low, high = level - 40 / count, level - 15 / count
    below = far * (erf((value - low) / spread / sqrt(2)) - erf((value - high) / spread / sqrt(2))) / 2 / (high - low)
    return 0.01 * (near + below)


@lru_cache(maxsize=4096)
def _marks(framework: Framework, code: str, level: int) -> list[tuple[float, float]]:
    """Scores of disclosure with their probability, at an agency's level."""
    full = min(1.0, (level + 2) / 100)
    one = {Fraction(100): full, Fraction(50): (1 - full) * 0.15, Fraction(0): (1 - full) * 0.85}
    found = {Fraction(0): 1.0}
    for weight in _weights(framework, code):
        after: dict[Fraction, float] = defaultdict(float)
        for score, chance in found.items():
            for mark, odds in one.items():
                if chance * odds > 1e-12:
                    after[score + weight * mark] += chance * odds
        found = after
    return [(float(score), chance) for score, chance in found.items()]


def _weights(framework: Framework, code: str) -> list[Fraction]:
    if code == "OIT":
        members = [one.code for one in framework.indicators_in(code)]
    elif framework.question(code) is not None:
        return [Fraction(1)]
    else:
        questions = framework.questions_in(code)
        subs = framework.subindicators_in(code)
        is_whole = subs and questions and all(one.subindicator for one in questions)
        members = [one.code for one in (subs if is_whole else questions)]
    return [weight / len(members) for member in members for weight in _weights(framework, member)]


def _questions(framework: Framework, code: str) -> int:
    """Opinions that a score is the mean of; both parts of EIT ask."""
    if framework.question(code) is not None:
        return 1
    below = [one for one in framework.questions if code[:3] == one.instrument or code == one.indicator]
    return max(1, len(below))


def _is_of_marks(code: str) -> bool:
    return code[0] == "o" or code == "OIT" or code.startswith(("ind9", "ind10"))


def _within(off: float, half: float, variance: float) -> float:
    """The probability that a sum with some rounding error lies within half a unit of a print."""
    if variance < 1e-12:
        return float(abs(off) <= half + 1e-9)
    root = sqrt(2 * variance)
    return (erf((off + half) / root) - erf((off - half) / root)) / 2


def _log(chance: float) -> float:
    return log(max(float(chance), IMPOSSIBLE))


def _arabic(text: str) -> str:
    return text.translate(TO_ARABIC)


def _value(text: str, scale: int) -> float:
    return float(text) * 100 / scale


def _half(figure: Figure) -> float:
    return 0.5 / figure.scale
