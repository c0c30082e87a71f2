"""Bar charts: numbers at the ends of bars, tied to the names that stand at the feet of the same bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from prongsai.layout.axes import LEAST_TICKS, Axis, Number, grows_with_value, slots_of
from prongsai.layout.lines import box_around, group_lines
from prongsai.layout.shapes import is_number, is_year
from prongsai.records import Box, Word

LEAST_TIED = 0.7
"""So large a part of a chart's numbers must be tied for any to be."""
WIDEST_LABEL = 0.6
"""A label reaches no further from the middle of its bar than this part of the way to the next one's."""
LINE_STEP = 1.9
"""Lines of a label follow one another within so many times their height."""
FIRST_STEP = 3.0
"""The first line of labels stands no further below the foot of an axis than so many times its height."""
LEGEND_REACH_PT = 90.0
LEGEND_LETTERS = 24
"""Names of series, with their years, are no longer than this."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A name, as lines of words, and its number in each series."""

    label: tuple[tuple[Word, ...], ...]
    values: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What was read of a chart, in reading order; `series` holds the words that name each of several series."""

    ties: tuple[Tie, ...]
    series: tuple[tuple[Word, ...], ...] = ()


def read_columns(scores: Sequence[Number], words: Sequence[Word], axis: Axis | None) -> Chart | None:
    """A chart of upright bars: numbers over or in the bars, names below them."""
    for n_series in (1, 2):
        groups = _groups(sorted(scores, key=lambda number: number.box.middle[0]), n_series)
        slots = slots_of([_mean(number.box.middle[0] for number in group) for group in groups])
        kept = _in_scale(scores, axis) if slots is not None else set()
        if slots is None or len(kept) < LEAST_TIED * len(scores):
            continue
        first, pitch, numbers = slots
        foot = max(number.box.bottom for number in scores)
        if axis is not None:
            foot = max(foot, axis.low.box.middle[1] - 1)
        free = _others(words, [*scores, *(axis.ticks if axis is not None else ())])
        labels = _labels_below(free, foot, first, pitch, axis is not None)
        ties = [
            Tie(labels[slot], tuple(number.word for number in group))
            for slot, group in zip(numbers, groups, strict=True)
            if slot in labels and all(id(number) in kept for number in group)
        ]
        if len(ties) < max(LEAST_TICKS, LEAST_TIED * len(groups)):
            continue
        if n_series == 1:
            return Chart(tuple(ties))
        around = box_around([word for tie in ties for word in (*tie.values, *(word for line in tie.label for word in line))])
        legend = _legend(free, around, n_series)
        return Chart(tuple(ties), legend) if legend is not None else None
    return None


def read_bars(scores: Sequence[Number], words: Sequence[Word], axis: Axis | None) -> Chart | None:
    """A chart of level bars: names on the left, numbers where the bars end. Numbers right under one another are left to
    what reads undrawn tables."""
    slots = slots_of([number.box.middle[1] for number in scores])
    ends = ([number.box.x0 for number in scores], [number.box.x1 for number in scores], [number.box.middle[0] for number in scores])
    if slots is None or not any(grows_with_value(scores, places, 1) for places in ends):
        return None
    first, pitch, numbers = slots
    edge = min(number.box.x0 for number in scores)
    free = [word for word in _others(words, scores) if word.box is not None]
    if axis is not None:
        edge = min(edge, axis.low.box.middle[0])
        free = _others(free, axis.ticks)
    labels: dict[int, list[Word]] = {}
    for word in free:
        box = word.box
        slot = round((box.middle[1] - first) / pitch) if box is not None else -1
        if box is None or box.x1 > edge + 2 or not 0 <= slot <= max(numbers):
            continue
        middle = first + slot * pitch
        if box.height > 1.5 * pitch or max(middle - box.top, box.bottom - middle) > 0.5 * pitch + 0.3 * box.height:
            continue
        labels.setdefault(slot, []).append(word)
    ties = [
        Tie(tuple(tuple(line) for line in group_lines(labels[slot])), (number.word,))
        for slot, number in sorted(zip(numbers, scores, strict=True), key=lambda item: item[0])
        if _is_label(labels.get(slot, ()))
    ]
    return Chart(tuple(ties)) if len(ties) >= max(4, LEAST_TIED * len(scores)) else None


def _mean(places: Iterator[float]) -> float:
    found = list(places)
    return sum(found) / len(found)


def _groups(ordered: Sequence[Number], size: int) -> list[Sequence[Number]]:
    """Numbers from left to right, so many to a bar's place; none where some are left over or stand further apart than the places."""
    if len(ordered) % size:
        return []
    groups = [ordered[at : at + size] for at in range(0, len(ordered), size)]
    inside = max((group[-1].box.middle[0] - group[0].box.middle[0] for group in groups), default=0.0)
    apart = min((group[-1].box.middle[0] - group[0].box.middle[0] for group in groups), default=0.0)
    between = [after[0].box.middle[0] - before[-1].box.middle[0] for before, after in pairwise(groups)]
    # Numbers right over one another are points of two lines, and nothing tells which is whose.
    is_side_by_side = between and inside < 0.9 * min(between) and apart > 0.3 * inside
    return groups if size == 1 or is_side_by_side else []


def _in_scale(scores: Sequence[Number], axis: Axis | None) -> set[int]:
    """The ids of the numbers that stand as high as their value: by the axis, else all of them by each other or none.
    Where there is an axis, all may stand on one line too, inside the bars."""
    middles = [number.box.middle[1] for number in scores]
    everything = set(map(id, scores))
    if axis is None:
        return everything if grows_with_value(scores, middles, -1) else set()
    if max(middles) - min(middles) <= 2.0:
        return everything
    off = {id(number): middle - axis.at(number.value) for number, middle in zip(scores, middles, strict=True) if number.value is not None}
    if not off:
        return set()
    usual, height = median(off.values()), median(number.box.height for number in scores)
    if abs(usual) > 2.5 * height:
        return set()
    return {id(number) for number in scores if number.value is None or abs(off[id(number)] - usual) <= max(2.5, 0.6 * height)}


def _others(words: Sequence[Word], numbers: Sequence[Number]) -> list[Word]:
    taken = {id(number.word) for number in numbers}
    return [word for word in words if id(word) not in taken]


def _labels_below(words: Sequence[Word], foot: float, first: float, pitch: float, is_near: bool) -> dict[int, tuple[tuple[Word, ...], ...]]:
    """By slot, the lines of its label, those that run up the page as one line; only labels centred under their bars."""
    below = [word for word in words if word.box is not None and word.box.middle[1] > foot]
    turned = [word for word in below if word.box is not None and word.box.height > 1.5 * word.box.width and len(word.text) > 3]
    found: dict[int, list[list[Word]]] = {}
    if len(turned) >= LEAST_TICKS:
        top = min(word.box.top for word in turned if word.box is not None)
        for word in sorted(turned, key=lambda each: -each.box.bottom if each.box is not None else 0.0):
            slot = _slot(word, first, pitch)
            if slot is not None and word.box is not None and word.box.top <= top + 3 * word.box.width + 12:
                found.setdefault(slot, [[]])[0].append(word)
        return _centred(found, first, pitch)
    # Strokes of an axis are read as dashes.
    below = [word for word in below if any(map(str.isalnum, word.text))]
    lines = group_lines(below)
    if not lines or (is_near and box_around(lines[0]).top - foot > FIRST_STEP * box_around(lines[0]).height):
        return {}
    first_slots = {_slot(word, first, pitch) for word in lines[0]}
    for number, line in enumerate(lines):
        slots = {_slot(word, first, pitch) for word in line}
        if None in slots or (number and any(is_year(word.text) for word in line) and len(slots) < len(first_slots)):
            end = min(word.box.top for word in line if word.box is not None)
            below = [word for earlier in lines[:number] for word in earlier if word.box is not None and word.box.top < end]
            break
    by_slot: dict[int, list[Word]] = {}
    for word in below:
        slot = _slot(word, first, pitch)
        if slot is not None:
            by_slot.setdefault(slot, []).append(word)
    top = min((word.box.middle[1] for word in below if word.box is not None), default=foot)
    return _centred({slot: _stack(words, top) for slot, words in by_slot.items()}, first, pitch)


def _stack(words: Sequence[Word], top: float) -> list[list[Word]]:
    """The lines of words that begin at the height `top` and follow closely upon one another."""
    kept: list[list[Word]] = []
    for line in group_lines(words):
        box = box_around(line)
        if box.middle[1] - top > (LINE_STEP if kept else 1.0) * box.height:
            break
        kept.append(line)
        top = box.middle[1]
    return kept


def _slot(word: Word, first: float, pitch: float) -> int | None:
    """The slot in which a word stands wholly; None where it stands across two."""
    if word.box is None:
        return None
    slot = round((word.box.middle[0] - first) / pitch)
    middle = first + slot * pitch
    return slot if max(middle - word.box.x0, word.box.x1 - middle) <= WIDEST_LABEL * pitch else None


def _centred(found: dict[int, list[list[Word]]], first: float, pitch: float) -> dict[int, tuple[tuple[Word, ...], ...]]:
    kept = {}
    for slot, lines in found.items():
        words = [word for line in lines for word in line]
        if _is_label(words) and abs(box_around(words).middle[0] - first - slot * pitch) <= 0.25 * pitch:
            kept[slot] = tuple(tuple(line) for line in lines)
    return kept


def _is_label(words: Sequence[Word]) -> bool:
    """Whether words name something: not numbers alone."""
    return any(not is_number(word.text) and any(map(str.isalnum, word.text)) for word in words)


def _legend(words: Sequence[Word], around: Box, n_series: int) -> tuple[tuple[Word, ...], ...] | None:
    """The names of the series, left to right: the one line near a chart that is nothing but as many years, each after
    the same words. Bars stand in the order of their legend where both run from left to right."""
    near = [
        word
        for word in words
        if word.box is not None
        and around.top - LEGEND_REACH_PT <= word.box.middle[1] <= around.bottom + LEGEND_REACH_PT
        and around.x0 - 40 <= word.box.middle[0] <= around.x1 + 40
        and any(map(str.isalnum, word.text))
    ]
    found = []
    for line in group_lines(near):
        ends = [at for at, word in enumerate(line) if is_year(word.text)]
        if len(ends) != n_series or ends[-1] != len(line) - 1 or sum(len(word.text) for word in line) > n_series * LEGEND_LETTERS:
            continue
        parts = [tuple(line[start:end]) for start, end in zip([0, *(end + 1 for end in ends)], [end + 1 for end in ends], strict=False)]
        if len({tuple(word.text for word in part[:-1]) for part in parts}) == 1:
            found.append(tuple(parts))
    return found[0] if len(found) == 1 else None
