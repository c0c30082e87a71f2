"""Radars and rows of gauges: names around a ring or side by side, each with its number."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from prongsai.layout.axes import Axis, Number
from prongsai.layout.bars import LEAST_TIED, Chart, Tie
from prongsai.layout.lines import box_around
from prongsai.layout.shapes import is_number
from prongsai.records import Box, Word

SPACE = 0.6
"""Words of one line are of one block where less lies between them than this part of the size of type."""
LEVEL = 0.35
"""Words whose middles differ by less than this part of the size of type stand on one line: around a ring, names that
nearly touch stand at different heights."""
LEADING = 1.6
"""Lines are of one block where they follow one another within so many times the size of type."""
MOST_SPOKES, LEAST_SPOKES = 16, 5
OFF_SPOKE = 0.35
"""A number stands nearer to the corner of its value on its spoke than this part of the way to the next spoke's corner."""
REACH = 0.45
"""A name begins no further from the end of its spoke than this part of the ring's radius."""


Block = list[Word]


def read_radar(scores: Sequence[Number], words: Sequence[Word], axis: Axis) -> Chart | None:
    """A radar whose axis stands on the spoke that points up: each number beside the corner that its value makes on one
    spoke, or in the block of a name outside the ring."""
    cy = axis.low.box.middle[1]
    radius = cy - axis.high.box.middle[1]
    ticks = {id(tick.word) for tick in axis.ticks}
    numbers = {id(score.word): score for score in scores}
    em = median(score.em_pt for score in scores)
    names = _blocks([word for word in words if id(word) not in ticks and id(word) not in numbers], em)
    full = _blocks([word for word in words if id(word) not in ticks], em)
    # What was not read may be part of a name.
    known = [score for score in scores if score.value is not None]
    # The ticks stand left of the axis, or over it.
    for cx in (max(tick.box.x1 for tick in axis.ticks) + 3, axis.low.box.middle[0]):
        spokes = _spokes(names, cx, cy, radius)
        ties = _by_corner(scores, spokes, axis, cx, em) if len(spokes) >= len(known) else []
        if not ties:
            spokes = _spokes([block for block in full if any(id(word) in numbers for word in block)], cx, cy, radius)
            ties = _by_block(spokes, set(numbers), em)
        if ties and len(ties) >= LEAST_TIED * len(known):
            return Chart(tuple(ties))
    return None


def read_ring(words: Sequence[Word], scores: Sequence[Number]) -> Chart | None:
    """A radar without an axis: blocks of a name and one number each, evenly around an empty middle, the first at its top."""
    # What was not read inside the ring is the print of a picture there.
    for numbers in (scores, [score for score in scores if score.value is not None]):
        if len(numbers) >= LEAST_SPOKES:
            chart = _ring(words, {id(number.word) for number in numbers}, median(number.em_pt for number in numbers))
            if chart is not None:
                return chart
    return None


def _ring(words: Sequence[Word], numbers: set[int], em: float) -> Chart | None:
    held = [block for block in _blocks(words, em) if any(id(word) in numbers for word in block)]
    if not LEAST_SPOKES <= len(held) <= MOST_SPOKES:
        return None
    boxes = [box_around(block) for block in held]
    cx, cy = boxes[min(range(len(boxes)), key=lambda at: boxes[at].top)].middle[0], _mean([box.middle[1] for box in boxes])
    for _ in range(4):
        near = [_nearest(box, cx, cy) for box in boxes]
        cx, cy = (min(x for x, _ in near) + max(x for x, _ in near)) / 2, (min(y for _, y in near) + max(y for _, y in near)) / 2
    reach = [math.dist((cx, cy), place) for place in near]
    angles = [(math.atan2(y - cy, x - cx) + math.pi / 2) % (2 * math.pi) for x, y in near]
    if min(reach) < max(0.7 * max(reach), 4 * em):
        return None
    # A name whose number was not seen leaves a gap.
    for n_spokes in range(len(held), min(int(len(held) / LEAST_TIED), MOST_SPOKES) + 1):
        pitch = 2 * math.pi / n_spokes
        spokes = [round(angle / pitch) % n_spokes for angle in angles]
        off = [abs((angle - spoke * pitch + math.pi) % (2 * math.pi) - math.pi) for angle, spoke in zip(angles, spokes, strict=True)]
        if len(set(spokes)) == len(held) and max(off) <= 0.4 * pitch:
            ties = _by_block([block for _, block in sorted(zip(spokes, held, strict=True), key=lambda item: item[0])], numbers, em)
            return Chart(tuple(ties)) if ties else None
    return None


def read_gauges(lines: Sequence[Sequence[Word]], scores: Sequence[Number]) -> Iterator[Chart]:
    """Numbers side by side, far apart, each right under or right over a name, with nothing else on either line and
    nothing as near on their other sides."""
    numbers = {id(score.word): score for score in scores}
    for at, line in enumerate(lines):
        if len(line) < 2 or any(id(word) not in numbers for word in line):
            continue
        em = max(numbers[id(word)].em_pt for word in line)
        above, below = _step(lines, at - 1, at), _step(lines, at, at + 1)
        names = at - 1 if above < below else at + 1
        beyond = _step(lines, names - 1, names) if above < below else _step(lines, names, names + 1)
        if min(above, below) > 2.2 * em or min(max(above, below), beyond) < 1.4 * min(above, below):
            continue
        parts = _parts(lines[names], em)
        if len(parts) != len(line):
            continue
        boxes = [box_around(part) for part in parts]
        middles = [word.box.middle[0] for word in line if word.box is not None]
        widest = max(box.width for box in [*boxes, *(word.box for word in line if word.box is not None)])
        pitch = min(after - before for before, after in pairwise(middles))
        is_aligned = all(abs(box.middle[0] - middle) <= 0.1 * pitch for box, middle in zip(boxes, middles, strict=True))
        if is_aligned and pitch > 2 * widest and all(not is_number(word.text) for part in parts for word in part):
            yield Chart(tuple(Tie((tuple(part),), (word,)) for part, word in zip(parts, line, strict=True)))


def _step(lines: Sequence[Sequence[Word]], upper: int, lower: int) -> float:
    """From the middle of one line to that of the next; far where there is none."""
    if upper < 0 or lower >= len(lines):
        return float("inf")
    return box_around(lines[lower]).middle[1] - box_around(lines[upper]).middle[1]


def _mean(places: Sequence[float]) -> float:
    return sum(places) / len(places)


def _rows(words: Sequence[Word], em: float) -> list[Block]:
    """Words that stand at one height, top to bottom, each row left to right."""
    rows: list[Block] = []
    heights: list[float] = []
    for word in sorted(words, key=lambda each: each.box.middle[1] if each.box is not None else 0.0):
        height = word.box.middle[1] if word.box is not None else 0.0
        if not rows or height - heights[-1] > LEVEL * em:
            rows.append([])
            heights.append(height)
        rows[-1].append(word)
    return [sorted(row, key=lambda word: word.box.x0 if word.box is not None else 0.0) for row in rows]


def _parts(line: Sequence[Word], em: float) -> list[Block]:
    """A line cut where no space but a gap stands between words."""
    parts: list[Block] = []
    for word in line:
        last = parts[-1][-1].box if parts else None
        if last is None or word.box is None or word.box.x0 - last.x1 > SPACE * em:
            parts.append([])
        parts[-1].append(word)
    return parts


def _blocks(words: Sequence[Word], em: float) -> list[Block]:
    """Words that stand close together, line under line, each block with its words in reading order."""
    groups: list[list[tuple[Block, Box]]] = []
    for part, box in [(part, box_around(part)) for line in _rows(words, em) for part in _parts(line, em)]:
        touching = [group for group in groups if any(_is_stacked(other, box, em) for _, other in group)]
        groups = [group for group in groups if all(group is not other for other in touching)]
        groups.append([*(piece for group in touching for piece in group), (part, box)])
    return [[word for part, _ in group for word in part] for group in groups]


def _is_stacked(upper: Box, lower: Box, em: float) -> bool:
    step = lower.middle[1] - upper.middle[1]
    overlap = min(upper.x1, lower.x1) - max(upper.x0, lower.x0)
    return step <= LEADING * em and overlap >= 0.5 * min(upper.width, lower.width)


def _nearest(box: Box, x: float, y: float) -> tuple[float, float]:
    """The point of a box that is nearest to (x, y)."""
    return min(max(x, box.x0), box.x1), min(max(y, box.top), box.bottom)


def _corner(cx: float, cy: float, radius: float, spoke: int, n_spokes: int) -> tuple[float, float]:
    angle = 2 * math.pi * spoke / n_spokes - math.pi / 2
    return cx + radius * math.cos(angle), cy + radius * math.sin(angle)


def _spokes(blocks: Sequence[Block], cx: float, cy: float, radius: float) -> list[Block]:
    """The block at the end of each spoke, clockwise from the top, for the most spokes that have one each; else none."""
    boxes = [box_around(block) for block in blocks]
    for n_spokes in range(min(MOST_SPOKES, len(blocks)), LEAST_SPOKES - 1, -1):
        found: list[int] = []
        for spoke in range(n_spokes):
            end = _corner(cx, cy, radius, spoke, n_spokes)
            far = [math.dist(_nearest(box, *end), end) for box in boxes]
            at = min(range(len(boxes)), key=far.__getitem__)
            x, y = _nearest(boxes[at], cx, cy)
            turn = abs((math.atan2(y - cy, x - cx) - math.atan2(end[1] - cy, end[0] - cx) + math.pi) % (2 * math.pi) - math.pi)
            if far[at] > REACH * radius or math.dist((x, y), (cx, cy)) < 0.85 * radius or turn > 0.4 * 2 * math.pi / n_spokes:
                break
            found.append(at)
        if len(found) == n_spokes == len(set(found)):
            return [blocks[at] for at in found]
    return []


def _by_corner(scores: Sequence[Number], spokes: Sequence[Block], axis: Axis, cx: float, em: float) -> list[Tie]:
    """Each number with the spoke on which its value's corner is nearest: all by the same way off it, none between two."""
    n, cy = len(spokes), axis.low.box.middle[1]
    known = [score for score in scores if score.value is not None]
    if not known or len(known) < LEAST_TIED * n:
        return []
    corners = [[_corner(cx, cy, cy - axis.at(score.value or 0.0), spoke, n) for spoke in range(n)] for score in known]
    off = (0.0, 0.0)
    for _ in range(3):
        nearest = [min(range(n), key=_distances(score.box, places, off).__getitem__) for score, places in zip(known, corners, strict=True)]
        ways = [
            (score.box.middle[0] - places[spoke][0], score.box.middle[1] - places[spoke][1])
            for score, places, spoke in zip(known, corners, nearest, strict=True)
        ]
        off = median(x for x, _ in ways), median(y for _, y in ways)
    if len(set(nearest)) < len(known) or math.hypot(*off) > 2.5 * max(score.box.height for score in known):
        return []
    by_spoke = {}
    for score, places, spoke in zip(known, corners, nearest, strict=True):
        to_next = math.dist(places[spoke], places[(spoke + 1) % n])
        if _distances(score.box, places, off)[spoke] > OFF_SPOKE * to_next:
            return []
        by_spoke[spoke] = score.word
    return [Tie(_lines(spokes[spoke], em), (by_spoke[spoke],)) for spoke in sorted(by_spoke)]


def _distances(box: Box, places: Sequence[tuple[float, float]], off: tuple[float, float]) -> list[float]:
    x, y = box.middle
    return [math.dist((x - off[0], y - off[1]), place) for place in places]


def _by_block(blocks: Sequence[Block], numbers: set[int], em: float) -> list[Tie]:
    """The number of each block with the words before it, or in all blocks with those behind it; a number first on its
    name's own line, as on the left of a ring, is taken for a last one. A block with two numbers gives none, and nothing
    is given where many blocks give none."""
    after_name: list[Tie] = []
    before_name: list[Tie] = []
    for block in blocks:
        rows = _rows(block, em)
        ordered = [word for row in rows for word in row]
        at = [place for place, word in enumerate(ordered) if id(word) in numbers]
        if len(at) != 1:
            continue
        value, before, behind = ordered[at[0]], ordered[: at[0]], ordered[at[0] + 1 :]
        named, follows = _tie(before, value, em), _tie(behind, value, em)
        if named is None and follows is not None and len(rows) == 1:
            named = follows
        after_name += [named] if named is not None else []
        before_name += [follows] if follows is not None else []
    for ties, others in ((after_name, before_name), (before_name, after_name)):
        shared = sum(any(tie is other for other in others) for tie in ties)
        if len(ties) >= max(LEAST_SPOKES, LEAST_TIED * len(blocks)) and len(others) - shared <= 0.2 * len(blocks):
            return ties
    return []


def _tie(name: Sequence[Word], value: Word, em: float) -> Tie | None:
    is_name = any(not is_number(word.text.strip(".")) and any(map(str.isalpha, word.text)) for word in name)
    return Tie(_lines(name, em), (value,)) if is_name else None


def _lines(block: Sequence[Word], em: float) -> tuple[tuple[Word, ...], ...]:
    return tuple(tuple(line) for line in _rows(block, em))
