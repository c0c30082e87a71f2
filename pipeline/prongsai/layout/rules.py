"""Ruled lines, straightened and grown into networks that touch."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple, cast

from prongsai.records import Rule

SNAP_PT = 3.0
"""Parallel rules nearer than this are one: the two strokes of a double border, the borders of neighbouring cells."""
SNAP_SPREAD_PT = 6.0
"""A chain of such rules is cut when it grows wider than this, so that hatching does not shrink to one line."""
JOIN_PT = 3.0
"""A gap in a rule up to this length is a dash's or a corner's, not an end."""
LEAST_DASHES, LONGEST_DASH_PT, WIDEST_DASH_GAP_PT = 8, 12.0, 8.0
"""Dashes and dots of one line: so many at least, no longer than this for the most part, with usual gaps up to this."""
EVENLY = 1.2
"""The widest gap between dashes of one line, in usual gaps."""
BRIDGE_PT = 9.0
"""A gap up to this length in a long rule is a break in its print: no row and no column is as narrow."""
BRIDGE_ACROSS_PT = 4.0
"""The pieces of a broken rule lie this close to one line, even where the page is a little askew."""
LEAST_BRIDGED_PT, LEAST_STUB_PT = 20.0, 3.0
"""The longer and the shorter of the two pieces beside such a gap are at least this long."""
TOUCH_PT = 4.0
"""A rule that stops this short of another still touches it."""
SHORTEST_PT = 6.0
"""Shorter rules, once joined, are ticks and letters; no cell of print is narrower."""
ALIGN_PT = 5.0
"""Ends this near to each other are on one line, drawn or not."""


class Segment(NamedTuple):
    """A straightened rule: `at` is its y (horizontal) or x (vertical), `start` and `end` lie along it, in points."""

    at: float
    start: float
    end: float


def straighten(rules: Sequence[Rule]) -> tuple[list[Segment], list[Segment]]:
    """Rules as horizontal and vertical segments: parallels snapped together, pieces joined, breaks closed, specks left out.

    A dot (no longer than 2 pt either way) may belong to a dotted line of either direction and is tried in both.
    """
    horizontals: list[Segment] = []
    verticals: list[Segment] = []
    for rule in rules:
        width, height = rule.x1 - rule.x0, rule.bottom - rule.top
        is_dot = width <= 2.0 and height <= 2.0
        if is_dot or width >= height:
            horizontals.append(Segment((rule.top + rule.bottom) / 2, rule.x0, rule.x1))
        if is_dot or height > width:
            verticals.append(Segment((rule.x0 + rule.x1) / 2, rule.top, rule.bottom))
    level, upright = _snap_and_join(horizontals), _snap_and_join(verticals)
    return _whole(level, upright), _whole(upright, level)


def _whole(segments: list[Segment], across: list[Segment]) -> list[Segment]:
    """Segments with their breaks closed, on one line again where closing moved them, without specks."""
    bridged = _bridged(segments, across)
    if len(bridged) < len(segments):
        bridged = _snap_and_join(bridged)
    return sorted(segment for segment in bridged if segment.end - segment.start >= SHORTEST_PT)


def _snap_and_join(segments: list[Segment]) -> list[Segment]:
    return [joined for together in _parallels(segments) for joined in _join(together)]


def _parallels(segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Segments that lie on one line, or near enough to."""
    # pdfplumber's geometry takes any objects; its own way to a page's edges, through pdfminer, takes thirty times as
    # long as pdfium's. Imported late: only pages with rules need it.
    from pdfplumber.utils.clustering import cluster_objects

    for parallels in cluster_objects(sorted(segments), itemgetter(0), SNAP_PT):
        yield from _unhatched(cast("list[Segment]", parallels))


def _unhatched(parallels: list[Segment]) -> Iterator[list[Segment]]:
    """A cluster of parallels, cut where it grows wider than double borders do."""
    first = 0
    for at, segment in enumerate(parallels):
        if segment.at - parallels[first].at > SNAP_SPREAD_PT:
            yield parallels[first:at]
            first = at
    yield parallels[first:]


def _join(together: list[Segment]) -> Iterator[Segment]:
    """Segments of one line, those that touch or nearly touch made one."""
    is_one_line = len({segment.at for segment in together}) == 1
    at = together[0].at if is_one_line else sum(segment.at for segment in together) / len(together)
    pieces = sorted((segment.start, segment.end) for segment in together)
    reach = _reach(pieces)
    start, end = pieces[0]
    for next_start, next_end in pieces[1:]:
        if next_start <= end + reach:
            end = max(end, next_end)
        else:
            yield Segment(at, start, end)
            start, end = next_start, next_end
    yield Segment(at, start, end)


def _reach(pieces: Sequence[tuple[float, float]]) -> float:
    """How wide a gap joins pieces of one line: wider than usual where they are dashes, many and short and evenly apart."""
    gaps = sorted(after[0] - before[1] for before, after in pairwise(pieces))
    lengths = sorted(end - start for start, end in pieces)
    if len(pieces) < LEAST_DASHES or lengths[len(lengths) // 2] > LONGEST_DASH_PT:
        return JOIN_PT
    usual = gaps[len(gaps) // 2]
    return max(JOIN_PT, EVENLY * usual) if usual <= WIDEST_DASH_GAP_PT else JOIN_PT


def _bridged(segments: list[Segment], across: list[Segment]) -> list[Segment]:
    """Segments with the breaks in long rules closed, where it is not two tables that end on either side of the gap."""
    by_start = sorted(segments, key=itemgetter(1))
    starts = [segment.start for segment in by_start]
    follows: dict[int, int] = {}
    taken: set[int] = set()
    for number, segment in enumerate(by_start):
        near = range(bisect_right(starts, segment.end), bisect_right(starts, segment.end + BRIDGE_PT))
        fitting = [at for at in near if at not in taken and _is_break(segment, by_start[at], across)]
        if fitting:
            follows[number] = min(fitting, key=lambda at: abs(by_start[at].at - segment.at))
            taken.add(follows[number])
    whole: list[Segment] = []
    for number, segment in enumerate(by_start):
        if number in taken:
            continue
        chain = [segment]
        while number in follows:
            number = follows[number]
            chain.append(by_start[number])
        length = sum(piece.end - piece.start for piece in chain)
        at = sum(piece.at * (piece.end - piece.start) for piece in chain) / length if len(chain) > 1 else segment.at
        whole.append(Segment(at, segment.start, max(piece.end for piece in chain)))
    return whole


def _is_break(one: Segment, other: Segment, across: list[Segment]) -> bool:
    lengths = sorted((one.end - one.start, other.end - other.start))
    if abs(one.at - other.at) > BRIDGE_ACROSS_PT or lengths[0] < LEAST_STUB_PT or lengths[1] < LEAST_BRIDGED_PT:
        return False
    ended = [rule for rule in across if abs(rule.at - one.end) <= TOUCH_PT and _covers(rule, one.at)]
    begun = [rule for rule in across if abs(rule.at - other.start) <= TOUCH_PT and _covers(rule, other.at)]
    return not ended or not begun or any(rule in begun for rule in ended)


def _covers(segment: Segment, at: float) -> bool:
    return segment.start - TOUCH_PT <= at <= segment.end + TOUCH_PT


def caps_of_bare_columns(horizontals: list[Segment], verticals: list[Segment]) -> list[Segment]:
    """Horizontal rules, drawn nowhere, that close a row cut at both ends: three or more equal verticals and nothing else.

    Browsers print a row that is taller than a page so: only its verticals run down the middle page.
    """
    bare = [v for v in verticals if not any(touches(h, v) for h in horizontals)]
    caps: list[Segment] = []
    while bare:
        like = [v for v in bare if abs(v.start - bare[0].start) <= ALIGN_PT and abs(v.end - bare[0].end) <= ALIGN_PT]
        if len(like) >= 3:
            left, right = min(v.at for v in like), max(v.at for v in like)
            caps += [Segment(min(v.start for v in like), left, right), Segment(max(v.end for v in like), left, right)]
        bare = [v for v in bare if v not in like]
    return caps


def touches(horizontal: Segment, vertical: Segment) -> bool:
    return (
        horizontal.start - TOUCH_PT <= vertical.at <= horizontal.end + TOUCH_PT
        and vertical.start - TOUCH_PT <= horizontal.at <= vertical.end + TOUCH_PT
    )


def networks(horizontals: list[Segment], verticals: list[Segment]) -> list[tuple[list[Segment], list[Segment]]]:
    """Segments that touch one another, directly or through others; those that touch none are in no network."""
    horizontals = sorted(horizontals)
    heights = [h.at for h in horizontals]
    parent = list(range(len(horizontals) + len(verticals)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for index, vertical in enumerate(verticals, len(horizontals)):
        lowest = bisect_left(heights, vertical.start - TOUCH_PT)
        highest = bisect_right(heights, vertical.end + TOUCH_PT)
        for other in range(lowest, highest):
            if horizontals[other].start - TOUCH_PT <= vertical.at <= horizontals[other].end + TOUCH_PT:
                parent[root(other)] = root(index)
    found: dict[int, tuple[list[Segment], list[Segment]]] = {}
    for index, segment in enumerate(horizontals + verticals):
        found.setdefault(root(index), ([], []))[index >= len(horizontals)].append(segment)
    return [network for network in found.values() if network[0] and network[1]]
