"""Walls that were not drawn, or not found on an image, put back where the words say that they stood.

Scans lose rules, and a cell that ran together with its neighbour loses both. What counts here are numbers: a number
that stands alone on one side of a boundary which the rest of the table has is in a cell of its own. Merged cells stay
merged: their words run over the boundary, or no number stands by itself on one side of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from statistics import median

from prongsai.layout.grids import Grid, Region, of_regions
from prongsai.layout.lines import box_around, group_lines
from prongsai.layout.shapes import is_lettered_code, is_number, is_value, is_year, starts_with_code
from prongsai.records import Box, Word

OVER_PT = 3.0
"""A word that reaches this far beyond a boundary on both sides runs over it."""
CENTRED_PT = 8.0
"""A lone number this near to the middle of a merged cell stands in the middle of it."""
LEAST_RIVER_PT = 4.0
LEAST_RIVER_ROWS = 3
LEAST_SHARE = 0.6
"""The part of a column's rows that hold a number beyond the white which parts two columns."""
LEAST_WHITE_PT = 1.5
LEAST_WALLS = 3
LEVEL_PT = 2.0
MOST_ROUNDS = 3
"""A cell that lost walls on two sides shows the second once the first is back."""
LEAST_STACKED = 0.5
"""The part of a cell's lines that are numbers where numbers of several rows stand in it; noise makes lines of its own."""


@dataclass(frozen=True, slots=True)
class _Filled:
    """A cell with its lines of words, each with the box around it."""

    region: Region
    lines: tuple[tuple[str, Box], ...]
    words: tuple[Word, ...]


def mended(grid: Grid, words: Sequence[Word]) -> Grid:
    """The grid with the walls put back that its words ask for; the very same where they ask for none."""
    for _ in range(MOST_ROUNDS):
        before = grid
        for step in (_split_at_known_columns, _split_at_rivers, _split_at_known_rows, _split_stacked_rows):
            grid = step(grid, words)
        if grid is before:
            break
    return grid


def _filled(grid: Grid, words: Sequence[Word]) -> list[_Filled]:
    held: list[list[Word]] = [[] for _ in grid.regions]
    for word in words:
        if word.box is not None and (number := grid.region_at(*word.box.middle)) is not None:
            held[number].append(word)
    return [
        _Filled(region, tuple((" ".join(word.text for word in line), box_around(line)) for line in group_lines(inside)), tuple(inside))
        for region, inside in zip(grid.regions, held, strict=True)
    ]


def _is_score(text: str) -> bool:
    return is_number(text) and is_value(text) and not is_year(text)


def _split_at_known_columns(grid: Grid, words: Sequence[Word]) -> Grid:
    """Merged cells cut at a column boundary that most other rows have, where a number stands alone beside it."""
    wide = [cell for cell in _filled(grid, words) if cell.region.column_span > 1 and cell.words]
    parts: dict[Region, list[Region]] = {}
    for cell in wide:
        cuts = [at for at in range(cell.region.column + 1, cell.region.column + cell.region.column_span) if _parts_number(grid, cell, at)]
        if cuts:
            bounds = [cell.region.column, *cuts, cell.region.column + cell.region.column_span]
            parts[cell.region] = [replace(cell.region, column=low, column_span=high - low) for low, high in pairwise(bounds)]
    return _with_parts(grid, parts)


def _parts_number(grid: Grid, cell: _Filled, at: int) -> bool:
    region, x = cell.region, grid.xs[at]
    others = [row for row in range(len(grid.ys) - 1) if not region.row <= row < region.row + region.row_span]
    walled = sum(grid.owner[row][at - 1] != grid.owner[row][at] for row in others)
    if 2 * walled < max(len(others), 1) or any(_runs_over(word.box, x) for word in cell.words):
        return False
    left = [word for word in cell.words if word.box is not None and word.box.middle[0] < x]
    right = [word for word in cell.words if word.box is not None and word.box.middle[0] >= x]
    if not left or not right:
        box = grid.box_of(region)
        is_centred = abs(box_around(cell.words).middle[0] - box.middle[0]) <= CENTRED_PT
        return _are_scores(cell.words) and not is_centred
    return _are_scores(left) or _are_scores(right) or all(is_number(word.text) for word in cell.words)


def _runs_over(box: Box | None, x: float) -> bool:
    return box is not None and box.x0 < x - OVER_PT and box.x1 > x + OVER_PT


def _are_scores(words: Sequence[Word]) -> bool:
    """Whether words are numbers, one a line and nothing else."""
    lines = group_lines(words)
    return all(_is_score("".join(word.text for word in line)) for line in lines)


def _split_at_rivers(grid: Grid, words: Sequence[Word]) -> Grid:
    """Columns cut where white runs down between their text and a number in most of their rows: a rule was lost there."""
    column = 0
    filled = _filled(grid, words)
    while column < len(grid.xs) - 1:
        cells = [c for c in filled if (c.region.column, c.region.column_span) == (column, 1) and c.lines]
        river = _river(cells)
        if river is not None:
            grid = _with_column(grid, river, {cell.region for cell in cells if not any(_runs_over(word.box, river) for word in cell.words)})
            filled = _filled(grid, words)
        column += 1
    return grid


def _river(cells: Sequence[_Filled]) -> float | None:
    """The middle of the white that keeps a column's numbers from what stands to their left, row for row; None without."""
    last: list[tuple[float, float]] = []
    n_numbered = 0
    for cell in cells:
        lines = group_lines(cell.words)
        numbers = [line[-1] for line in lines if _is_score(line[-1].text) or is_lettered_code(line[-1].text)]
        n_numbered += bool(numbers)
        if len(numbers) != 1 or all(len(line) == 1 for line in lines):
            continue
        number = numbers[0].box
        others = [word.box.x1 for word in cell.words if word is not numbers[0] and word.box is not None]
        if number is not None and max(others) <= number.x0 - LEAST_RIVER_PT:
            last.append((max(others), number.x0))
    if not last:
        return None
    # Noise stands in the white of single rows.
    x = median((end + start) / 2 for end, start in last)
    clear = [(end, start) for end, start in last if end < x < start]
    if len(clear) < max(LEAST_RIVER_ROWS, LEAST_SHARE * max(n_numbered, len(cells) - 1)):
        return None
    left, right = max(end for end, _ in clear), min(start for _, start in clear)
    return (left + right) / 2 if right - left >= LEAST_RIVER_PT else None


def _split_at_known_rows(grid: Grid, words: Sequence[Word]) -> Grid:
    """Cells merged over rows cut at a boundary that most other columns have, where numbers or codes stand on either side."""
    parts: dict[Region, list[Region]] = {}
    cells = _filled(grid, words)
    for cell in cells:
        region = cell.region
        if region.row_span < 2 or not cell.words:
            continue
        cuts = [at for at in range(region.row + 1, region.row + region.row_span) if _parts_rows(grid, cells, cell, at)]
        if cuts:
            bounds = [region.row, *cuts, region.row + region.row_span]
            parts[region] = [replace(region, row=low, row_span=high - low) for low, high in pairwise(bounds)]
    return _with_parts(grid, parts)


def _parts_rows(grid: Grid, cells: Sequence[_Filled], cell: _Filled, at: int) -> bool:
    region, y = cell.region, grid.ys[at]
    others = [column for column in range(len(grid.xs) - 1) if not region.column <= column < region.column + region.column_span]
    walled = sum(grid.owner[at - 1][column] != grid.owner[at][column] for column in others)
    if any(box.top < y - OVER_PT and box.bottom > y + OVER_PT for _, box in cell.lines):
        return False
    above = [text for text, box in cell.lines if box.middle[1] < y]
    below = [text for text, box in cell.lines if box.middle[1] >= y]
    if above and below and all(map(is_number, above)) and all(map(_is_score, below)):
        return True
    if 2 * walled < max(len(others), 1) or not below:
        return False
    if not above:
        box = grid.box_of(region)
        is_centred = abs(box_around(cell.words).middle[1] - box.middle[1]) <= CENTRED_PT / 2
        return all(map(_is_score, below)) and not is_centred
    if region.column == 0 and starts_with_code(above[0]) and starts_with_code(below[0]):
        return True
    return _is_rarely_merged_down(grid, region) and _is_level_with_rows(grid, cells, cell)


def _is_level_with_rows(grid: Grid, cells: Sequence[_Filled], cell: _Filled) -> bool:
    """Whether lines of a cell stand in each of the rows that it takes, level with lone ones there: all of a row's lines as
    one, or the first of them."""
    region = cell.region
    for row in range(region.row, region.row + region.row_span):
        own = [box for _, box in cell.lines if grid.ys[row] <= box.middle[1] < grid.ys[row + 1]]
        lone = [other.lines[0][1] for other in cells if (other.region.row, other.region.row_span, len(other.lines)) == (row, 1, 1)]
        middles = [(own[0].top + box.bottom) / 2 for box in (own[0], own[-1])] if own else []
        if not any(abs(box.middle[1] - y) <= 2 * LEVEL_PT for box in lone for y in middles):
            return False
    return True


def _is_rarely_merged_down(grid: Grid, region: Region) -> bool:
    """Whether the column of a cell has a wall at half of the other row boundaries, three or more: at two thirds where the
    cell takes two rows, since two lines of a merged cell may stand in both."""
    boundaries = [at for at in range(1, len(grid.ys) - 1) if not region.row < at < region.row + region.row_span]
    walls = sum(grid.owner[at - 1][region.column] != grid.owner[at][region.column] for at in boundaries)
    return walls >= max(LEAST_WALLS, len(boundaries) * (2 / 3 if region.row_span == 2 else 1 / 2))


def _split_stacked_rows(grid: Grid, words: Sequence[Word]) -> Grid:
    """Rows cut where numbers stand one above the other in a column: the rule between two rows was lost."""
    row = 0
    filled = _filled(grid, words)
    while row < len(grid.ys) - 1:
        cells = [cell for cell in filled if (cell.region.row, cell.region.row_span) == (row, 1) and cell.lines]
        y = _row_boundary(cells)
        if y is not None:
            split = {region for region in grid.regions if (region.row, region.row_span) == (row, 1)}
            grid = _with_row(grid, y, split)
            filled = _filled(grid, words)
        row += 1
    return grid


def _row_boundary(cells: Sequence[_Filled]) -> float | None:
    """Where the first of several rows that ran together ends; None where it is one row or nothing tells.

    In the table's first row it may be the header that ran into the scores below it.
    """
    stacked = [cell for cell in cells if sum(_is_score(text) for text, _ in cell.lines) >= max(2, LEAST_STACKED * len(cell.lines))]
    levels = _levels(stacked)
    if not stacked:
        stacked = [cell for cell in cells if cell.region.row == 0 and [_is_score(text) for text, _ in cell.lines][-2:] == [False, True]]
        levels = (
            [max(cell.lines[-2][1].middle[1] for cell in stacked), min(cell.lines[-1][1].middle[1] for cell in stacked)] if stacked else []
        )
    if len(levels) < 2:
        return None
    upper, lower = levels[:2]
    labels = [cell.lines for cell in cells if cell not in stacked]
    whites = list(_whites([word.box for cell in cells for word in cell.words if word.box is not None], upper, lower))
    for (low, high), lines in product(whites, labels):
        below = [text for text, box in lines if box.middle[1] > high]
        if below and starts_with_code(below[0]) and any(box.middle[1] < low for _, box in lines):
            return (low + high) / 2
    if any(_are_level([box for _, box in lines], levels) for lines in labels):
        low, high = max(whites, key=lambda white: white[1] - white[0], default=(upper, lower))
        return (low + high) / 2
    has_as_many = any(len(lines) == len(levels) for lines in labels[:1])
    return sum(whites[0]) / 2 if len(whites) == 1 and has_as_many else None


def _levels(stacked: Sequence[_Filled]) -> list[float]:
    """The heights at which half of the cells with stacked numbers or more have one, top to bottom."""
    middles = sorted((box.middle[1], at) for at, cell in enumerate(stacked) for text, box in cell.lines if _is_score(text))
    found: list[list[tuple[float, int]]] = []
    for middle, at in middles:
        if found and middle - found[-1][0][0] <= 2 * LEVEL_PT:
            found[-1].append((middle, at))
        else:
            found.append([(middle, at)])
    return [sum(y for y, _ in level) / len(level) for level in found if 2 * len({at for _, at in level}) >= len(stacked)]


def _are_level(boxes: Sequence[Box], levels: Sequence[float]) -> bool:
    """Whether lines stand at these heights, one at each."""
    return len(boxes) == len(levels) and all(abs(box.middle[1] - y) <= 2 * LEVEL_PT for box, y in zip(boxes, levels, strict=True))


def _whites(boxes: Sequence[Box], upper: float, lower: float) -> Iterator[tuple[float, float]]:
    """The stretches between two heights over which no word stands, top to bottom."""
    end = upper
    for box in sorted(boxes, key=lambda each: each.top):
        if box.bottom <= upper or box.top >= lower + (lower - upper):
            continue
        if box.top - end >= LEAST_WHITE_PT and upper < (box.top + end) / 2 < lower:
            yield end, box.top
        end = max(end, box.bottom)


def _with_parts(grid: Grid, parts: dict[Region, list[Region]]) -> Grid:
    if not parts:
        return grid
    return of_regions(grid, grid.xs, grid.ys, [part for region in grid.regions for part in parts.get(region, [region])])


def _with_column(grid: Grid, x: float, split: set[Region]) -> Grid:
    """The grid with another column boundary, which cuts some cells and is covered by the others it meets."""
    at = sum(edge < x for edge in grid.xs) - 1
    regions = [
        replace(region, column=first, column_span=span)
        for region in grid.regions
        for first, span in _cut(region.column, region.column_span, at, is_split=region in split)
    ]
    return of_regions(grid, tuple(sorted((*grid.xs, x))), grid.ys, regions)


def _with_row(grid: Grid, y: float, split: set[Region]) -> Grid:
    """The grid with another row boundary, which cuts some cells and is covered by the others it meets."""
    at = sum(edge < y for edge in grid.ys) - 1
    regions = [
        replace(region, row=first, row_span=span)
        for region in grid.regions
        for first, span in _cut(region.row, region.row_span, at, is_split=region in split)
    ]
    return of_regions(grid, grid.xs, tuple(sorted((*grid.ys, y))), regions)


def _cut(first: int, span: int, at: int, *, is_split: bool) -> list[tuple[int, int]]:
    """Where a cell begins along one axis and how far it goes, once the track `at` is two: in two parts if `is_split`."""
    if is_split:
        return [(first, span), (at + 1, span)]
    return [(first + 1, span)] if first > at else [(first, span + (first + span > at))]
