"""Networks of rules become grids, and grids are cut into cells.

The steps are those of pdfplumber's table finder (snap, join, intersect, cells, tables), with named tolerances. The
code is our own: pdfplumber looks for each cell among all pairs of intersections and loses cells that are merged over a
grid line; here a cell is a patch of the grid that no wall cuts, so spans fall out of it, and a page of 600 border
pieces takes milliseconds.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from prongsai.layout.rules import ALIGN_PT, Segment, caps_of_bare_columns, networks, straighten, touches
from prongsai.records import Box, Rule

OPEN_SIDE_PT = 8.0
"""Rules that stick out further than this beyond the outermost crossing rule leave a side of the table open."""

LEAST_WALL, WIDEST_BREAK_PT = 0.25, 20.0
"""A wall of which this part stands is one, if no more than so much is missing."""


@dataclass(frozen=True, slots=True)
class Region:
    """A cell of a grid by its first row and column and its spans."""

    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Column boundaries `xs` and row boundaries `ys` in points, and the cells between them.

    `owner[row][column]` is the index in `regions` of the cell that covers that place: each place has exactly one.
    `closed_share` is the part of the grid's area that lies in cells with a wall on every side; at the grid's own edge,
    walls on both flanks are enough. `is_open_above` and `is_open_below` tell that no rule closes the grid there.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    regions: tuple[Region, ...]
    owner: tuple[tuple[int, ...], ...]
    closed_share: float
    is_open_above: bool = False
    is_open_below: bool = False

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def region_at(self, x: float, y: float) -> int | None:
        """The index of the cell that holds the point, None outside the grid."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.owner[row][column]
        return None

    def box_of(self, region: Region) -> Box:
        """The rectangle of a cell."""
        last_column, last_row = region.column + region.column_span, region.row + region.row_span
        return Box(self.xs[region.column], self.ys[region.row], self.xs[last_column], self.ys[last_row])


def find_grids(rules: Sequence[Rule]) -> list[Grid]:
    """The grids that rules draw, each with at least one row and one column; a lone rectangle is a grid of one cell."""
    horizontals, verticals = straighten(rules)
    horizontals = horizontals + caps_of_bare_columns(horizontals, verticals)
    grids = (grid_of(*network) for network in networks(horizontals, verticals))
    return [grid for grid in grids if grid is not None]


def grid_of(horizontals: list[Segment], verticals: list[Segment]) -> Grid | None:
    """The grid of one network, None where it has no cell; open sides are closed where rules end in line."""
    kept_h = _without_strays(horizontals, verticals, touches)
    kept_v = _without_strays(verticals, horizontals, lambda v, h: touches(h, v))
    if not kept_h or not kept_v:
        return None
    kept_v = kept_v + _open_sides(kept_h, kept_v)
    added = _open_sides(kept_v, kept_h)
    kept_h = kept_h + added
    xs, ys = sorted({v.at for v in kept_v}), sorted({h.at for h in kept_h})
    if len(xs) < 2 or len(ys) < 2:
        return None
    xs = _with_walls(xs, _walls(kept_v, xs, ys))
    ys = _with_walls(ys, _walls(kept_h, ys, xs))
    grid = _cut(xs, ys, _walls(kept_v, xs, ys), _walls(kept_h, ys, xs))
    opened = {segment.at for segment in added}
    return replace(grid, is_open_above=ys[0] in opened, is_open_below=ys[-1] in opened)


def of_regions(grid: Grid, xs: tuple[float, ...], ys: tuple[float, ...], regions: Sequence[Region]) -> Grid:
    """The grid with other boundaries and cells, which must tile it."""
    owner = [[-1] * (len(xs) - 1) for _ in range(len(ys) - 1)]
    for number, region in enumerate(regions):
        for row in range(region.row, region.row + region.row_span):
            owner[row][region.column : region.column + region.column_span] = [number] * region.column_span
    return replace(grid, xs=xs, ys=ys, regions=tuple(regions), owner=tuple(map(tuple, owner)))


def _without_strays(segments: list[Segment], across: list[Segment], touches: Callable[[Segment, Segment], bool]) -> list[Segment]:
    """Segments that belong to the table: those that meet two others, or end in line with another that does.

    An underline that runs into a border meets one rule only.
    """
    counted = [(segment, sum(touches(segment, other) for other in across)) for segment in segments]
    kept: list[Segment] = []
    for segment, count in counted:
        if count >= 2 or (count and any(other is not segment and n and _ends_in_line(segment, other) for other, n in counted)):
            kept.append(segment)
    return kept


def _ends_in_line(one: Segment, other: Segment) -> bool:
    return abs(one.start - other.start) <= ALIGN_PT and abs(one.end - other.end) <= ALIGN_PT


def _open_sides(along: list[Segment], across: list[Segment]) -> list[Segment]:
    """Rules to add across `along` where two or more of them end in line, beyond the outermost of `across`.

    Tables without outer verticals, and tables that a page break cuts without a closing rule, are closed so.
    """
    first, last = min(segment.at for segment in across), max(segment.at for segment in across)
    added: list[Segment] = []
    for ends, limit, sign in (([s.start for s in along], first, -1.0), ([s.end for s in along], last, 1.0)):
        outermost = max(ends, key=lambda end: sign * end)
        if sign * (outermost - limit) <= OPEN_SIDE_PT:
            continue
        out = [s for s, end in zip(along, ends, strict=True) if abs(end - outermost) <= ALIGN_PT]
        if len({s.at for s in out}) >= 2:
            added.append(Segment(outermost, min(s.at for s in out), max(s.at for s in out)))
    return added


def _walls(segments: list[Segment], positions: Sequence[float], bands: Sequence[float]) -> list[list[bool]]:
    """For each position and each band between two neighbours of `bands`: whether a wall stands there.

    That is where segments cover half of the band, or a quarter and leave no more open than a break does: a rule that
    gives way to a merged cell ends at a crossing rule, not on its way between two.
    """
    index = {at: number for number, at in enumerate(positions)}
    covered = [[0.0] * (len(bands) - 1) for _ in positions]
    for segment in segments:
        number = index.get(segment.at)
        if number is None:
            continue
        first, last = max(bisect_right(bands, segment.start) - 1, 0), min(bisect_left(bands, segment.end), len(bands) - 1)
        for band in range(first, last):
            covered[number][band] += min(segment.end, bands[band + 1]) - max(segment.start, bands[band])
    sizes = [high - low for low, high in pairwise(bands)]
    return [[_is_wall(part, size) for part, size in zip(row, sizes, strict=True)] for row in covered]


def _is_wall(covered_pt: float, size_pt: float) -> bool:
    return covered_pt >= size_pt / 2 or (covered_pt >= LEAST_WALL * size_pt and size_pt - covered_pt <= WIDEST_BREAK_PT)


def _with_walls(positions: list[float], walls: list[list[bool]]) -> list[float]:
    """The positions that wall something off; the outermost stay."""
    last = len(positions) - 1
    return [at for number, at in enumerate(positions) if number in (0, last) or any(walls[number])]


def _cut(xs: list[float], ys: list[float], walls_v: list[list[bool]], walls_h: list[list[bool]]) -> Grid:
    n_rows, n_columns = len(ys) - 1, len(xs) - 1
    patch = [[-1] * n_columns for _ in range(n_rows)]
    n_patches = 0
    for row in range(n_rows):
        for column in range(n_columns):
            if patch[row][column] >= 0:
                continue
            stack = [(row, column)]
            patch[row][column] = n_patches
            while stack:
                r, c = stack.pop()
                for near_r, near_c, has_wall in (
                    (r, c - 1, c == 0 or walls_v[c][r]),
                    (r, c + 1, c + 1 == n_columns or walls_v[c + 1][r]),
                    (r - 1, c, r == 0 or walls_h[r][c]),
                    (r + 1, c, r + 1 == n_rows or walls_h[r + 1][c]),
                ):
                    if not has_wall and patch[near_r][near_c] < 0:
                        patch[near_r][near_c] = n_patches
                        stack.append((near_r, near_c))
            n_patches += 1
    regions, owner = _rectangles(patch)
    opened = sum(
        (xs[region.column + region.column_span] - xs[region.column]) * (ys[region.row + region.row_span] - ys[region.row])
        for region in regions
        if not _is_closed(region, walls_v, walls_h)
    )
    return Grid(tuple(xs), tuple(ys), tuple(regions), tuple(map(tuple, owner)), 1 - opened / ((xs[-1] - xs[0]) * (ys[-1] - ys[0])))


def _is_closed(region: Region, walls_v: list[list[bool]], walls_h: list[list[bool]]) -> bool:
    """Whether a cell has a wall on each side that is the grid's own edge, or walls on both flanks of that side."""
    left, right = region.column, region.column + region.column_span
    top, bottom = region.row, region.row + region.row_span
    if left and top and right < len(walls_v) - 1 and bottom < len(walls_h) - 1:
        return True
    rows, columns = range(top, bottom), range(left, right)
    sides = (
        (left > 0, [walls_v[0][r] for r in rows], walls_h[top][left] and walls_h[bottom][left]),
        (right < len(walls_v) - 1, [walls_v[-1][r] for r in rows], walls_h[top][right - 1] and walls_h[bottom][right - 1]),
        (top > 0, [walls_h[0][c] for c in columns], walls_v[left][top] and walls_v[right][top]),
        (bottom < len(walls_h) - 1, [walls_h[-1][c] for c in columns], walls_v[left][bottom - 1] and walls_v[right][bottom - 1]),
    )
    return all(is_inside or all(walls) or has_flanks for is_inside, walls, has_flanks in sides)


def _rectangles(patch: list[list[int]]) -> tuple[list[Region], list[list[int]]]:
    """Patches as rectangles: runs along each row, stacked where the run below has the same patch and columns.

    A patch that is a rectangle comes out whole; one with a notch is cut into as few bars as its rows need.
    """
    regions: list[Region] = []
    owner = [[-1] * len(row) for row in patch]
    for r, row in enumerate(patch):
        column = 0
        while column < len(row):
            end = column + 1
            while end < len(row) and row[end] == row[column]:
                end += 1
            above = owner[r - 1][column] if r and patch[r - 1][column] == row[column] else -1
            if above >= 0 and (regions[above].column, regions[above].column_span) == (column, end - column):
                region = regions[above]
                regions[above] = Region(region.row, region.column, region.row_span + 1, region.column_span)
                number = above
            else:
                number = len(regions)
                regions.append(Region(r, column, 1, end - column))
            for c in range(column, end):
                owner[r][c] = number
            column = end
    return regions, owner
