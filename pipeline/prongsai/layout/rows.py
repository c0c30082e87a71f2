"""Lines become the rows of a table that is not drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import median

from prongsai.layout.chunks import Chunk, Column
from prongsai.layout.lines import box_around
from prongsai.layout.model import Line
from prongsai.layout.shapes import starts_with_code
from prongsai.records import Rule

RULE_SHARE = 0.6
"""A rule between rows is at least this part of the table's width."""
UNEVEN = 1.25
"""White tells rows apart where the widest step from line to line is this many times the narrowest."""
LEAST_CODED = 0.6
"""The part of the rows with numbers that begin with a code where codes begin rows."""
FIRST_COLUMN_PT = 12.0
"""What starts this near to the left end of the table starts in its first column."""
SAME_STEP = 0.9
"""A line as far from its neighbours as this part of the step from row to row is a row itself, its number hidden."""
WORST = 3.0
"""A row's misfit counts up to so many heights of a line."""
NEAR_LINES = 4
"""Lines of neighbouring cells that may stand at nearly one height."""
NO_CODE, SECOND_CODE = 0.5, 1.5
"""What a row without a code costs where codes begin rows, and each code beyond the first."""


@dataclass(frozen=True, slots=True)
class Body:
    """The lines of a table below its header: `first` to `end` for certain, on to `last` if they belong to its last row."""

    lines: Sequence[Line]
    chunked: Sequence[Sequence[Chunk]]
    first: int
    end: int
    last: int
    numeric: Sequence[Column]
    height: float
    is_headed: bool

    @property
    def anchors(self) -> list[int]:
        """The lines with something in a column of numbers."""
        return [at for at in range(self.first, self.end) if any(_is_under(c, self.numeric) for c in self.chunked[at])]

    def codes(self) -> list[int]:
        """The lines that begin with a code at the left end of the table."""
        left = min(self.lines[at].box.x0 for at in range(self.first, self.end))
        return [
            at
            for at in range(self.first, self.end)
            if (chunks := self.chunked[at])
            and chunks[0].x0 <= left + FIRST_COLUMN_PT
            and not _is_under(chunks[0], self.numeric)
            and starts_with_code(chunks[0].text)
        ]

    def white_above(self, at: int) -> float:
        """The white between a line and what stands above it in the table, in points; below 0 where they overlap."""
        above = [self.lines[other].box.bottom for other in range(max(self.first, at - NEAR_LINES), at)]
        return self.lines[at].box.top - max(above, default=self.lines[at].box.top)


def _is_under(chunk: Chunk, columns: Sequence[Column]) -> bool:
    return any(chunk.x0 < x1 and chunk.x1 > x0 for x0, x1 in columns)


def group_rows(body: Body, rules: Sequence[Rule]) -> list[list[int]]:
    """Lines as rows: by rules between them, by codes at their head, by white, else by where their numbers stand in them.

    No row holds two lines with something in the columns of numbers, so that no two numbers ever share a cell.
    """
    first, end = body.first, body.end
    anchors = set(body.anchors)
    if len(anchors) == end - first:
        return [[at] for at in range(first, end)]
    rows = _split(first, end, _starts_by_rules(body.lines, first, end, rules))
    if _one_each(rows, anchors):
        return rows
    if (coded := _rows_by_codes(body, anchors)) is not None:
        return coded
    rows = _split(first, end, _starts_by_white(body.lines, first, end))
    if _one_each(rows, anchors):
        return rows
    return _rows_around_numbers(body)


def _one_each(rows: Sequence[Sequence[int]], anchors: set[int]) -> bool:
    return len(rows) > 1 and all(len(anchors.intersection(row)) == 1 for row in rows)


def _rows_by_codes(body: Body, anchors: set[int]) -> list[list[int]] | None:
    """Rows that begin with codes, one without a number among them too; what stands above the first code is its
    number's neighbour, or the rest of a row overleaf where it begins at the table's left end."""
    codes = body.codes()
    if anchors.issuperset(codes):
        return None  # Codes level with their numbers may stand in the middle of their rows.
    rows = _split(body.first, body.end, codes)
    left = min(body.lines[at].box.x0 for at in range(body.first, body.end))
    lead = list(range(body.first, codes[0])) if codes else []
    if (
        lead
        and not body.is_headed
        and not anchors.intersection(lead)
        and any(body.lines[at].box.x0 <= left + FIRST_COLUMN_PT for at in lead)
    ):
        rows = [lead, [at for at in rows[0] if at >= codes[0]], *rows[1:]]
    numbered = [len(anchors.intersection(row)) for row in rows]
    if len(rows) < 2 or max(numbered) > 1 or sum(numbered) < LEAST_CODED * len(rows):
        return None
    return rows


def _middle(line: Line) -> float:
    return (line.box.top + line.box.bottom) / 2


def _starts_by_rules(lines: Sequence[Line], first: int, end: int, rules: Sequence[Rule]) -> list[int]:
    width = box_around([word for line in lines[first:end] for word in line.words]).width
    drawn = [(rule.top + rule.bottom) / 2 for rule in rules if rule.is_horizontal and rule.x1 - rule.x0 >= RULE_SHARE * width]
    return [at for at in range(first + 1, end) if any(_middle(lines[at - 1]) < y < _middle(lines[at]) for y in drawn)]


def _starts_by_white(lines: Sequence[Line], first: int, end: int) -> list[int]:
    steps = {at: _middle(lines[at]) - _middle(lines[at - 1]) for at in range(first + 1, end)}
    least, most = min(steps.values()), max(steps.values())
    return [at for at, step in steps.items() if step > (least + most) / 2] if most >= UNEVEN * least else []


def _split(first: int, end: int, starts: Sequence[int]) -> list[list[int]]:
    """Lines `first` to `end` cut before each start; what stands above the first start goes with it."""
    bounds = [first, *[start for start in starts if start > first], end]
    return [list(range(low, high)) for low, high in pairwise(bounds)]


def _rows_around_numbers(body: Body) -> list[list[int]]:
    """Rows whose numbers all stand at their top, in their middle or at their foot, whichever fits the lines best.

    Lines above the first row that do not fit it are a row of their own; those below the last one are left out.
    """
    anchors = body.anchors
    if not anchors:
        return _split(body.first, body.end, [])
    _, rows = min((_fit(body, anchors, misfit) for misfit in (_from_top, _from_middle, _from_foot)), key=lambda found: found[0])
    lead = list(range(body.first, rows[0][0]))
    apart = [part for row in rows for part in _hidden_apart(body, row, anchors)]
    return [lead, *apart] if lead else apart


Misfit = Callable[[Body, int, int, int], float]
"""How far a number's line, the third, stands from its place in a row from the first to before the second, in points."""


def _from_top(body: Body, start: int, end: int, at: int) -> float:
    return abs(_middle(body.lines[start]) - _middle(body.lines[at]))


def _from_foot(body: Body, start: int, end: int, at: int) -> float:
    return abs(_middle(body.lines[end - 1]) - _middle(body.lines[at]))


def _from_middle(body: Body, start: int, end: int, at: int) -> float:
    top = min(body.lines[line].box.top for line in range(start, min(start + NEAR_LINES, end)))
    bottom = max(body.lines[line].box.bottom for line in range(max(end - NEAR_LINES, start), end))
    return abs((top + bottom) / 2 - _middle(body.lines[at]))


def _fit(body: Body, anchors: Sequence[int], misfit: Misfit) -> tuple[float, list[list[int]]]:
    """The cheapest way to cut the lines into rows with one anchor each, and its cost."""
    codes = set(body.codes())
    is_coded = len(codes) >= LEAST_CODED * len(anchors)
    whites = [0.0, *(max(0.0, body.white_above(at)) for at in range(body.first + 1, body.last))]
    usual = median(whites[1:]) if len(whites) > 1 else 0.0
    # Sums up to each line, so that those of a row are a difference.
    torn = list(accumulate((min(WORST, max(0.0, white - usual) / body.height) for white in whites), initial=0.0))
    coded = list(accumulate((at in codes for at in range(body.first, body.last)), initial=0))

    def cost(start: int, end: int, at: int) -> float:
        low, high = start - body.first, end - body.first
        total = min(WORST, misfit(body, start, end, at) / body.height) + torn[high] - torn[low + 1]
        if is_coded:
            n_codes = coded[high] - coded[low]
            total += SECOND_CODE * (n_codes - 1) if n_codes else NO_CODE
        return total

    lead = 0.2 if not body.is_headed else 1.0
    best: dict[int, tuple[float, list[int]]] = {
        start: ((start > body.first) * lead, [start]) for start in range(body.first, anchors[0] + 1)
    }
    for number, at in enumerate(anchors):
        is_last = number == len(anchors) - 1
        ends = range(at + 1, body.last + 1) if is_last else range(at + 1, anchors[number + 1] + 1)
        best = {
            end: min(
                ((before + cost(start, end, at), [*starts, end]) for start, (before, starts) in best.items()), key=lambda found: found[0]
            )
            for end in ends
        }
    total, bounds = min(best.values(), key=lambda found: (found[0], found[1]))
    return total, [list(range(low, high)) for low, high in pairwise(bounds)]


def _may_be_row(chunks: Sequence[Chunk], is_coded: bool) -> bool:
    """Whether a line holds more than what wrapped from the one above."""
    return is_coded or len(chunks) > 1


def _hidden_apart(body: Body, row: list[int], anchors: Sequence[int]) -> list[list[int]]:
    """A row, and the lines in it that stand as far apart as rows of one line do: rows whose number is hidden."""
    steps = [_middle(body.lines[low]) - _middle(body.lines[high]) for high, low in pairwise(anchors) if low - high == 1]
    if len(steps) < 2:
        return [row]
    least = SAME_STEP * median(steps)
    codes = set(body.codes())
    parts = [[row[0]]]
    for above, at in pairwise(row):
        if _middle(body.lines[at]) - _middle(body.lines[above]) >= least and _may_be_row(body.chunked[at], at in codes):
            parts.append([at])
        else:
            parts[-1].append(at)
    return parts
