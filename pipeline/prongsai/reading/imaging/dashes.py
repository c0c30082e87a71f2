"""Dotted and dashed rules: rows of small strokes, alike and evenly spaced, told from leaders, ellipses and dashes of print."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from prongsai.reading.imaging.ruling import Line, Ruling

if TYPE_CHECKING:
    from prongsai.reading.imaging.blobs import Blobs
    from prongsai.reading.imaging.model import Numbers, Pixels

THICKEST_IN, LONGEST_IN = 0.035, 0.4
"""No stroke of a broken rule is thicker or longer."""
AXIS_IN = 0.012
"""Strokes of one rule lie on one axis within this."""
ALIKE = 1.7
"""The longest stroke of a rule is no longer than so many of its shortest, but for its ends."""
LEAST_DASHES, LEAST_DOTS, DASH_IN = 5, 12, 0.1
"""A rule has so many strokes; those shorter than the third are dots."""
WIDEST_GAP, WIDEST_DASH_GAP, GAP_IN = 1.5, 2.5, 0.03
"""The gap between two dots, or dashes as the bars of a chart leave them of its foot, is no wider than so many of them and
the last more."""
UNEVEN, LEAST_EVEN = 0.2, 0.8
"""So large a part of the strokes follow one another at the usual distance or a multiple of it, give or take the first."""
LEAST_LENGTH_IN = 0.8
BESIDE_IN = 0.035
"""Print keeps this far from a rule; letters that stand one above the other in lines alike have others nearer beside them."""
MEET_IN = 0.06
"""A dotted rule ends this near to rules across it; leaders of print don't."""
_MOST_STROKES = 20_000


@dataclass(slots=True)
class _Row:
    """Strokes found one behind the other: `at` across them, `end` of the last, its length, and which they are."""

    at: float
    end: int
    length: int
    own: list[int]


def find_dashed(blobs: Blobs, rules: Ruling, dpi: float) -> tuple[Ruling, Pixels] | None:
    """The rules of a page with its broken ones, and a mask of the strokes of these; None where there are none."""
    import numpy as np

    lying = _rows(blobs.x0, blobs.x1, blobs.top, blobs.bottom, dpi)
    standing = _rows(blobs.top, blobs.bottom, blobs.x0, blobs.x1, dpi)
    across = [rule for line in lying if (rule := _as_rule(line, [*rules.down, *standing], dpi)) is not None]
    down = [rule for line in standing if (rule := _as_rule(line, [*rules.across, *lying], dpi)) is not None]
    if not across and not down:
        return None
    strokes = np.zeros_like(rules.ink)
    for stroke in {stroke for line in (*across, *down) for stroke in line.pieces}:
        strokes[blobs.top[stroke] - 1 : blobs.bottom[stroke] + 1, blobs.x0[stroke] - 1 : blobs.x1[stroke] + 1] = 255
    found = [[replace(line, pieces=()) for line in lines] for lines in (across, down)]
    return replace(rules, across=_by_place(rules.across, found[0]), down=_by_place(rules.down, found[1])), strokes


def _by_place(some: Sequence[Line], others: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(sorted((*some, *others), key=lambda line: line.at))


def _rows(start: Numbers, end: Numbers, low: Numbers, high: Numbers, dpi: float) -> list[Line]:
    """Rows of strokes along one axis, whoever their neighbours are."""
    import numpy as np

    strokes = np.nonzero((high - low <= THICKEST_IN * dpi) & (end - start <= LONGEST_IN * dpi) & (end - start >= 0.7 * (high - low)))[0]
    if len(strokes) < LEAST_DASHES or len(strokes) > _MOST_STROKES:
        return []
    near = max(AXIS_IN * dpi, 1.0)
    rows: list[_Row] = []
    # By height, in bands as wide as what counts as one axis: a row is sought in its own and the two beside it.
    bands: dict[int, list[_Row]] = {}
    order = strokes[np.argsort(start[strokes], kind="stable")]
    middles = (low[order] + high[order]) / 2
    for stroke, first, last, at in zip(order.tolist(), start[order].tolist(), end[order].tolist(), middles.tolist(), strict=True):
        band = int(at / near)
        length = last - first
        reach = _widest_gap(length, dpi)
        held = [
            row
            for one in (band - 1, band, band + 1)
            for row in bands.get(one, ())
            if abs(row.at - at) <= near and 0 <= first - row.end <= 2 * reach
        ]
        best = max(held, key=lambda row: row.end, default=None)
        if best is None:
            best = _Row(at, last, length, [])
            rows.append(best)
            bands.setdefault(band, []).append(best)
        best.end, best.length = last, length
        best.own.append(stroke)
    lines = [line for row in rows if (line := _line(row, start, end, dpi)) is not None]
    return [line for line in lines if _is_free(line, start, end, low, high, dpi)]


def _widest_gap(length: float, dpi: float) -> float:
    return (WIDEST_GAP if length < DASH_IN * dpi else WIDEST_DASH_GAP) * length + GAP_IN * dpi


def _is_free(line: Line, start: Numbers, end: Numbers, low: Numbers, high: Numbers, dpi: float) -> bool:
    """Whether few of the strokes of a rule have print beside them."""
    import numpy as np

    own, away = np.array(line.pieces), BESIDE_IN * dpi
    near = np.nonzero((low < line.at + THICKEST_IN * dpi + away) & (high > line.at - THICKEST_IN * dpi - away))[0]
    near = near[~np.isin(near, own)]
    level = (start[near] < end[own, None]) & (end[near] > start[own, None])
    beside = level & (low[near] < high[own, None] + away) & (high[near] > low[own, None] - away)
    return bool(beside.any(axis=1).mean() <= 1 - LEAST_EVEN)


def _line(row: _Row, start: Numbers, end: Numbers, dpi: float) -> Line | None:
    """A row of strokes as a rule, where they are alike and evenly spaced."""
    import numpy as np

    own = np.array(row.own)
    lengths, places = end[own] - start[own], start[own]
    usual = float(np.median(lengths))
    if len(own) < (LEAST_DASHES if usual >= DASH_IN * dpi else LEAST_DOTS) or row.end - places[0] < LEAST_LENGTH_IN * dpi:
        return None
    steps = np.diff((start[own] + end[own]) / 2)
    step = float(np.median(steps))
    times = np.maximum(np.round(steps / step), 1)
    even = (np.abs(steps - times * step) <= max(UNEVEN * step, 1.0)) & (times <= 3)
    alike = (lengths <= ALIKE * usual) & (lengths >= usual / ALIKE)
    if even.mean() < LEAST_EVEN or alike.mean() < LEAST_EVEN or step - usual > _widest_gap(usual, dpi):
        return None
    return Line(row.at, int(places[0]), row.end, tuple(row.own), int(lengths.sum()))


def _as_rule(line: Line, others: Sequence[Line], dpi: float) -> Line | None:
    """A row of strokes led on to the rules across it at its ends; None where it is dots and ends at none."""
    step = line.length / len(line.pieces)
    met = [other.at for other in others if other.start - 2 * step <= line.at <= other.end + 2 * step]
    start, end = (min(met, key=lambda at: abs(at - edge), default=-math.inf) for edge in (line.start, line.end))
    # The last stroke may be one with the rule that it meets.
    is_met = [abs(at - edge) <= MEET_IN * dpi + step for at, edge in ((start, line.start), (end, line.end))]
    if not all(is_met) and line.inked < DASH_IN * dpi * len(line.pieces):
        return None
    return replace(line, start=round(start) if is_met[0] else line.start, end=round(end) if is_met[1] else line.end)
