"""Ruled lines, straightened and grown into networks that touch."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple, cast

from prongsai.records import Rule

SNAP_PT = 3.0
"""Parallel rules nearer than this are one: the two strokes of a double border, the borders of neighbouring cells."""
SNAP_SPREAD_PT = 6.0
"""A chain of such rules is cut when it grows wider than this, so that hatching does not shrink to one line."""
JOIN_PT = 3.0
"""A gap in a rule up to this length is a dash's or a corner's, not an end."""
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
    """Rules as horizontal and vertical segments: parallels snapped together, pieces joined, specks left out.

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
    return _snap_and_join(horizontals), _snap_and_join(verticals)


def _snap_and_join(segments: list[Segment]) -> list[Segment]:
    # pdfplumber's geometry takes any objects; its own way to a page's edges, through pdfminer, takes thirty times as
    # long as pdfium's. Imported late: only pages with rules need it.
    from pdfplumber.utils.clustering import cluster_objects

    joined: list[Segment] = []
    for parallels in cluster_objects(sorted(segments), itemgetter(0), SNAP_PT):
        for together in _unhatched(cast("list[Segment]", parallels)):
            joined += _join(together)
    return sorted(segment for segment in joined if segment.end - segment.start >= SHORTEST_PT)


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
    at = sum(segment.at for segment in together) / len(together)
    pieces = sorted((segment.start, segment.end) for segment in together)
    start, end = pieces[0]
    for next_start, next_end in pieces[1:]:
        if next_start <= end + JOIN_PT:
            end = max(end, next_end)
        else:
            yield Segment(at, start, end)
            start, end = next_start, next_end
    yield Segment(at, start, end)


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
