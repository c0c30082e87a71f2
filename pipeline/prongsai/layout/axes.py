"""The numbers of a chart: those of its axes, evenly spaced, and whether the others stand where the axis or their size says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from prongsai.language.numerals import parse_numeral
from prongsai.layout.shapes import is_number
from prongsai.records import UNREAD, Box, Word

IN_LINE_PT = 2.5
"""Ticks whose edges or middles are this near to each other stand in line."""
LEAST_TICKS = 3
UNEVEN = 0.08
"""Ticks stand apart by the same distance, give or take this share of it."""
OFF_SLOT = 0.15
"""Bars stand apart by the same distance, and their numbers over them, give or take this share of it."""
_HIGHEST_TICK = 200.0


@dataclass(frozen=True, slots=True)
class Number:
    """A word that is a number and nothing else; `value` is None where it was not read."""

    word: Word
    box: Box
    value: float | None
    decimals: int

    @property
    def em_pt(self) -> float:
        """The size of its type, from its width: digits are half as wide, boxes from half to twice as high."""
        if UNREAD in self.word.text:
            return 1.4 * self.box.height
        digits = sum(map(str.isdigit, self.word.text))
        return self.box.width / max(0.5 * digits + 0.25 * (len(self.word.text) - digits), 0.5)

    @property
    def shape(self) -> tuple[int, int] | None:
        """Its digits before and behind the point; None where it was not read, and for 100, which has more, or none."""
        return None if self.value is None or self.value == 100 else (len(str(int(self.value))), self.decimals)

    @property
    def is_score(self) -> bool:
        """Whether it looks like a score: decimals, or 100, or unread."""
        return self.value is None or (self.decimals in (1, 2) and 0 <= self.value <= 100) or self.value == 100


@dataclass(frozen=True, slots=True)
class Axis:
    """Ticks in line, the lowest value first; a value stands at `origin` + `unit` times itself, in points along the axis."""

    ticks: tuple[Number, ...]
    is_upright: bool
    origin: float
    unit: float

    def at(self, value: float) -> float:
        """Where a value stands: y of an upright axis, else x."""
        return self.origin + self.unit * value

    @property
    def low(self) -> Number:
        """The tick of the least value."""
        return self.ticks[0]

    @property
    def high(self) -> Number:
        """The tick of the greatest value."""
        return self.ticks[-1]

    @property
    def step_pt(self) -> float:
        """The distance from tick to tick."""
        return abs(self.unit) * min((after.value or 0.0) - (before.value or 0.0) for before, after in pairwise(self.ticks))


def numbers_of(words: Iterable[Word]) -> list[Number]:
    """The words that are numbers without a sign, a percent sign allowed."""
    found = []
    for word in words:
        if word.box is None or not is_number(word.text):
            continue
        if UNREAD in word.text:
            found.append(Number(word, word.box, None, 0))
            continue
        numeral = parse_numeral(word.text.removesuffix("%"))
        if numeral is not None and not numeral.sign and numeral.value is not None:
            found.append(Number(word, word.box, float(numeral.value), numeral.decimals))
    return found


def find_axes(numbers: Sequence[Number]) -> list[Axis]:
    """The axes among a page's numbers, the longest first; no number is a tick of two."""
    whole = [number for number in numbers if number.value is not None and number.value == round(number.value) <= _HIGHEST_TICK]
    edges: tuple[Callable[[Box], float], ...] = (lambda box: box.x1, lambda box: box.x0, lambda box: box.x0 + box.width / 2)
    runs: list[tuple[bool, list[Number]]] = []
    for edge in edges:
        runs += [(True, run) for line in _in_line(whole, edge) for run in _even_runs(line, _middle_y, -1)]
    runs += [(False, run) for line in _in_line(whole, _middle_y) for run in _even_runs(line, _middle_x, 1)]
    axes: list[Axis] = []
    taken: set[int] = set()
    for is_upright, run in sorted(runs, key=lambda item: -len(item[1])):
        if taken.isdisjoint(map(id, run)):
            taken.update(map(id, run))
            values = [number.value or 0.0 for number in run]
            places = [(_middle_y if is_upright else _middle_x)(number.box) for number in run]
            origin, unit = fit(values, places)
            axes.append(Axis(tuple(run), is_upright, origin, unit))
    return axes


def _middle_x(box: Box) -> float:
    return (box.x0 + box.x1) / 2


def _middle_y(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _in_line(numbers: Sequence[Number], edge: Callable[[Box], float]) -> Iterator[list[Number]]:
    """Numbers whose edges agree, as lists of three or more."""
    line: list[Number] = []
    for number in sorted(numbers, key=lambda each: edge(each.box)):
        if line and edge(number.box) - edge(line[0].box) > 2 * IN_LINE_PT:
            if len(line) >= LEAST_TICKS:
                yield line
            line = []
        line.append(number)
    if len(line) >= LEAST_TICKS:
        yield line


def _even_runs(line: Sequence[Number], place: Callable[[Box], float], sign: int) -> Iterator[list[Number]]:
    """Runs of numbers along a line whose values and places rise by the same steps; places fall where `sign` is -1."""
    ordered = sorted(line, key=lambda number: sign * place(number.box))
    start = 0
    while start + LEAST_TICKS <= len(ordered):
        end = start + 2
        step_v, step_p = _step(ordered, start + 1, place)
        while end < len(ordered):
            next_v, next_p = _step(ordered, end, place)
            if next_v != step_v or abs(abs(next_p) - abs(step_p)) > max(1.5, UNEVEN * abs(step_p)):
                break
            end += 1
        run = ordered[start:end]
        # Numbers of rows and columns rise by one, and years do; a column's numbers rise down the page, an axis's up it.
        is_scale = step_v >= (1 if sign < 0 else 2) and (run[-1].value or 0.0) >= 10 and abs(step_p) > 0.5 * run[-1].em_pt
        if len(run) >= LEAST_TICKS and is_scale:
            yield _with_far_ticks(run, ordered, place)
            start = end
        else:
            start += 1


def _with_far_ticks(run: Sequence[Number], line: Sequence[Number], place: Callable[[Box], float]) -> list[Number]:
    """A run with the numbers of its line beyond a tick that was not read: as many steps off by value as by place."""
    step_v, step_p = _step(run, 1, place)
    first = run[0]
    found = []
    for number in line:
        steps = ((number.value or 0.0) - (first.value or 0.0)) / step_v
        off = place(number.box) - place(first.box) - steps * step_p
        is_tick = steps == round(steps) and abs(off) <= max(2.5, UNEVEN * abs(step_p)) and number.decimals == first.decimals
        if is_tick or any(number is own for own in run):
            found.append(number)
    return found if len({number.value for number in found}) == len(found) else list(run)


def _step(ordered: Sequence[Number], at: int, place: Callable[[Box], float]) -> tuple[float, float]:
    before, after = ordered[at - 1], ordered[at]
    return (after.value or 0.0) - (before.value or 0.0), place(after.box) - place(before.box)


def fit(values: Sequence[float], places: Sequence[float]) -> tuple[float, float]:
    """The straight line through places over values, by least squares: its place at 0, and its rise."""
    mean_v, mean_p = sum(values) / len(values), sum(places) / len(places)
    spread = sum((value - mean_v) ** 2 for value in values)
    unit = sum((value - mean_v) * (place - mean_p) for value, place in zip(values, places, strict=True)) / spread if spread else 0.0
    return mean_p - unit * mean_v, unit


def grows_with_value(numbers: Sequence[Number], places: Sequence[float], sign: int, tolerance_pt: float = 2.0) -> bool:
    """Whether four numbers or more, three of them different, stand the further along (back where `sign` is -1) the larger
    they are, in proportion: what the ends of bars do, and the rows and columns of a table don't.

    Of two values any two places are in proportion: a column of 100.00 and 0.00 has its edges where they are wide.
    """
    known = [(number.value, place) for number, place in zip(numbers, places, strict=True) if number.value is not None]
    if (
        len(known) < 4
        or len({value for value, _ in known}) < 3
        or max(place for _, place in known) - min(place for _, place in known) < 3 * tolerance_pt
    ):
        return False
    origin, unit = fit([value for value, _ in known], [place for _, place in known])
    return sign * unit > 0 and all(abs(origin + unit * value - place) <= tolerance_pt for value, place in known)


def slots_of(places: Sequence[float]) -> tuple[float, float, list[int]] | None:
    """The first place, the distance from slot to slot and each place's slot, where places stand evenly, gaps allowed."""
    if len(places) < LEAST_TICKS:
        return None
    ordered = sorted(places)
    pitch = median(after - before for before, after in pairwise(ordered))
    if pitch <= 0:
        return None
    slots = [round((place - ordered[0]) / pitch) for place in places]
    first, pitch = fit([float(slot) for slot in slots], list(places))
    if pitch <= 0 or len(set(slots)) < len(slots) or max(slots) > 2 * len(slots):
        return None
    if any(abs(first + pitch * slot - place) > OFF_SLOT * pitch for slot, place in zip(slots, places, strict=True)):
        return None
    return first, pitch, slots
