"""Charts become tables of names and numbers, as far as each number surely belongs to one name.

A chart is known by what no table and no prose has: numbers that stand as far along an axis as they are large, names
evenly below bars or around a ring. Numbers of a chart that are tied to no name are dropped with a reason, and the ticks
of its axes become a paragraph of their own, so that neither is ever read with the words beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from prongsai.layout.axes import Axis, Number, find_axes, grows_with_value, numbers_of
from prongsai.layout.bars import Chart, read_bars, read_columns
from prongsai.layout.lines import box_around, group_lines
from prongsai.layout.model import Dropped, ParagraphDraft, TableDraft
from prongsai.layout.passages import passage_of
from prongsai.layout.rings import read_gauges, read_radar, read_ring
from prongsai.layout.shapes import SIGNS, has_decimal
from prongsai.records import Box, Cell, Page, Place, Word

LEAST_SCORES = 3
APART_PT = ((130.0, 250.0), (130.0, 120.0))
"""Numbers of one chart without an axis stand no further from one another than this, across and down; the wider is tried first."""
LEAST_SCATTERED = 5
SURE_AXIS = 5
"""So many ticks with nothing behind them, as no table of bounds has them (`55.00 - 64.99`), make an axis: the numbers around it are
those of a plot, whether they were understood or not."""
LEAST_DIFFERENCES = 2
WIDEST_PT = 6.0
"""Numbers whose left edges or middles lie closer together than this stand in one column."""
ALIGNED_PT = 2.5
MOST_ALIGNED = 0.3
"""Of numbers scattered over a plot no larger a part than this stands in rows or columns of three or more."""
BESIDE_EM = 1.2
"""Nothing stands nearer than this before a number in a plot, in sizes of its type."""
MOST_BESIDE, MOST_BESIDE_SCATTERED = 0.2, 0.5
"""But for so large a part of the numbers, where bars are short, and corners of a radar near its names."""
_UNTIED = "a number of a chart that surely belongs to none of its names"


@dataclass(frozen=True, slots=True)
class Charts:
    """A page without its charts, and what they became."""

    page: Page
    tables: tuple[TableDraft, ...] = ()
    ticks: tuple[ParagraphDraft, ...] = ()
    dropped: tuple[Dropped, ...] = ()


def take_charts(page: Page) -> Charts:
    """The charts of a page with boxes, and the same page without their words; of other pages nothing."""
    if page.failure or any(word.box is None for word in page.words):
        return Charts(page)
    numbers = numbers_of(page.words)
    if sum(number.is_score for number in numbers) < 2:
        return Charts(page)
    return _Taker(page, numbers).take()


def drop_scattered(words: Sequence[Word], page: Page) -> tuple[list[Word], list[Dropped]]:
    """Words outside charts and drawn tables without the numbers of plots that were not understood: five or more that stand
    neither in text nor in rows and columns. Read line by line they would fall to names at the same height."""
    numbers = numbers_of(words)
    taker = _Taker(replace(page, words=tuple(words)), numbers)
    # With one decimal it is as soon the number of a section.
    for cluster in _clusters([number for number in numbers if number.is_score and number.decimals != 1], APART_PT[1]):
        taker.drop_plot(cluster)
    return [word for word in words if id(word) not in taker.taken], taker.dropped


class _Taker:
    """Takes the charts out of one page, those with an axis first; holds what is left of it."""

    def __init__(self, page: Page, numbers: Sequence[Number]) -> None:
        self.page, self.numbers = page, numbers
        self.taken: set[int] = set()
        self.tables: list[TableDraft] = []
        self.ticks: list[ParagraphDraft] = []
        self.dropped: list[Dropped] = []

    def take(self) -> Charts:
        axes = find_axes(self.numbers)
        for axis in axes:
            self._along(axis, [other for other in axes if other is not axis])
        self._without_axes()
        if not self.taken:
            return Charts(self.page)
        page = replace(self.page, words=tuple(self._words()))
        return Charts(page, tuple(self.tables), tuple(self.ticks), tuple(self.dropped))

    def _words(self) -> list[Word]:
        return [word for word in self.page.words if id(word) not in self.taken]

    def _scores(self) -> list[Number]:
        return [number for number in self.numbers if number.is_score and id(number.word) not in self.taken]

    def _along(self, axis: Axis, others: Sequence[Axis]) -> None:
        """A chart with an axis; where its numbers cannot be tied they are dropped, not left to chance."""
        ticks = {id(tick.word) for one in (axis, *others) for tick in one.ticks}
        if any(id(tick.word) in self.taken for tick in axis.ticks):
            return
        scores = [number for number in self._scores() if id(number.word) not in ticks]
        words = self._words()
        chart: Chart | None = None
        if axis.is_upright:
            inside = _right_of(axis, others, scores)
            around = _around(axis, scores)
            if len(inside) >= LEAST_SCORES:
                chart = read_columns(inside, words, axis)
            if chart is None and len(around) >= LEAST_SCORES:
                chart = read_radar(around, words, axis)
                inside = around if chart is not None else inside
        else:
            inside = around = _over(axis, scores)
            if len(inside) >= LEAST_SCORES:
                chart = read_bars(inside, words, axis)
        is_plot = len(inside) >= LEAST_SCORES and not self._is_in_text(inside, words, MOST_BESIDE)
        if chart is None and self._is_scattered_plot(around):
            # Where a tick was missed the axis is longer than it seems: all that stands near is of the plot.
            near = {
                id(one) for each in _clusters(scores, APART_PT[1]) if any(one is other for one in each for other in around) for one in each
            }
            is_plot, inside = True, [number for number in scores if id(number) in near]
        elif chart is None and not is_plot and len(around) >= LEAST_SCORES and _is_sure(axis, words):
            is_plot, inside = True, around
        is_plot = is_plot and len(axis.ticks) > LEAST_SCORES
        if chart is not None:
            self._keep(chart)
        elif not is_plot:
            return
        self._set_ticks(axis)
        self._drop(inside or around)

    def _is_in_text(self, numbers: Sequence[Number], words: Sequence[Word], most: float) -> bool:
        """Whether words stand right before more than `most` of the numbers, as in prose and lists and not in a plot."""
        own = {id(number.word) for number in self.numbers}
        texts = [word.box for word in words if id(word) not in own and word.box is not None]
        beside = sum(any(_is_before(text, number.box, BESIDE_EM * number.em_pt) for text in texts) for number in numbers)
        return beside > most * len(numbers)

    def _without_axes(self) -> None:
        for reach in APART_PT:
            for cluster in _clusters(self._scores(), reach):
                if len(cluster) > LEAST_SCORES:
                    chart = read_columns(cluster, self._words(), None) or read_bars(cluster, self._words(), None)
                    if chart is not None:
                        self._keep(chart)
        for cluster in _clusters(self._scores(), APART_PT[0]):
            ring = read_ring(self._words(), cluster)
            if ring is not None:
                self._keep(ring)
        for gauges in list(read_gauges(group_lines(self._words()), self._scores())):
            self._keep(gauges)

    def drop_plot(self, numbers: Sequence[Number]) -> None:
        """Drops numbers that stand as only those of a plot do."""
        if self._is_scattered_plot(numbers):
            self._drop(numbers)

    def _is_scattered_plot(self, numbers: Sequence[Number]) -> bool:
        is_plot = len(numbers) >= LEAST_SCATTERED and (_is_scattered(numbers) or _ends_bars(numbers))
        return is_plot and not self._has_differences(numbers) and not self._is_in_text(numbers, self._words(), MOST_BESIDE_SCATTERED)

    def _has_differences(self, numbers: Sequence[Number]) -> bool:
        """Whether numbers with a sign stand in two rows or more of numbers: tables print differences, plots don't."""
        signed = [word.box for word in self._words() if word.box is not None and word.text[0] in SIGNS and has_decimal(word.text)]
        beside = (any(_is_level(box, number.box) and number.box.x1 < box.x0 for number in numbers) for box in signed)
        return sum(beside) >= LEAST_DIFFERENCES

    def _drop(self, numbers: Sequence[Number]) -> None:
        """Drops what of a plot's numbers is still there, those too that touch a name and were read as one word with it."""
        left = [number for number in numbers if id(number.word) not in self.taken]
        if not left:
            return
        plot = box_around([number.word for number in left])
        own = {id(number.word) for number in left}
        for word in self._words():
            is_glued = word.box is not None and has_decimal(word.text) and plot.contains(*word.box.middle, slack_pt=3 * left[0].em_pt)
            if id(word) in own or is_glued:
                self.taken.add(id(word))
                self.dropped.append(Dropped(Place(self.page.number, word.box, word.line), word.text, _UNTIED))

    def _set_ticks(self, axis: Axis) -> None:
        words = [tick.word for tick in axis.ticks]
        self.taken.update(map(id, words))
        place = Place(self.page.number, box_around(words), words[0].line)
        self.ticks.append(ParagraphDraft(passage_of([words], self.page), place))

    def _keep(self, chart: Chart) -> None:
        """A chart as a table of two columns, or one more for each further series, under a row with their names."""
        odd = self._cut_off([value for tie in chart.ties for value in tie.values])
        ties = [tie for tie in chart.ties if not any(value is other for value in tie.values for other in odd)]
        self._drop([number for number in self.numbers if any(number.word is value for value in odd)])
        if not ties:
            return
        rows: list[list[Sequence[Sequence[Word]]]] = [[tie.label, *([[value]] for value in tie.values)] for tie in ties]
        if chart.series:
            rows.insert(0, [[], *([name] for name in chart.series)])
        words = [word for row in rows for cell in row for line in cell for word in line]
        self.taken.update(map(id, words))
        box = box_around(words)
        n = len(rows[0])
        edges = tuple(box.x0 + box.width * at / n for at in range(n + 1))
        cells = [self._cell(row, column, lines, box) for row, cells in enumerate(rows) for column, lines in enumerate(cells)]
        self.tables.append(TableDraft(tuple(cells), len(rows), edges, box, self.page.number, self.page.number, is_ruled=False))

    def _cut_off(self, values: Sequence[Word]) -> list[Word]:
        """Those with fewer digits before or behind the point than most: a line of the chart parted them from the rest."""
        shapes = {id(number.word): number.shape for number in self.numbers}
        found = [shapes[id(value)] for value in values if shapes.get(id(value)) is not None]
        usual = max(found, key=found.count, default=None)
        return [value for value in values if shapes.get(id(value)) not in (None, usual)]

    def _cell(self, row: int, column: int, lines: Sequence[Sequence[Word]], around: Box) -> Cell:
        words = [word for line in lines for word in line]
        box = box_around(words) if words else around
        return Cell(
            row, column, passage_of(lines, self.page, is_prose=True), Place(self.page.number, box, words[0].line if words else None)
        )


def _is_level(one: Box, other: Box) -> bool:
    return abs(one.middle[1] - other.middle[1]) < 0.4 * min(one.height, other.height)


def _is_sure(axis: Axis, words: Sequence[Word]) -> bool:
    own = {id(tick.word) for tick in axis.ticks}
    texts = [word.box for word in words if id(word) not in own and word.box is not None]
    followed = sum(any(_is_before(tick.box, text, BESIDE_EM * tick.em_pt) for text in texts) for tick in axis.ticks)
    return len(axis.ticks) >= SURE_AXIS and followed <= MOST_BESIDE * len(axis.ticks)


def _is_before(text: Box, box: Box, reach_pt: float) -> bool:
    return _is_level(text, box) and box.x0 - reach_pt < text.x1 < box.middle[0]


def _is_scattered(numbers: Sequence[Number]) -> bool:
    """Whether few numbers stand in rows or columns of three or more, as those of tables do."""
    boxes = [number.box for number in numbers]
    in_line = set()
    for edge in (lambda box: box.x0, lambda box: box.x1, lambda box: box.middle[0], lambda box: box.middle[1]):
        places = list(map(edge, boxes))
        in_line |= {at for at, place in enumerate(places) if sum(abs(other - place) <= ALIGNED_PT for other in places) >= 3}
    return len(in_line) <= MOST_ALIGNED * len(numbers)


def _ends_bars(numbers: Sequence[Number]) -> bool:
    """Whether numbers stand as far to the right, or as far up, as they are large."""
    ends = [([n.box.x0 for n in numbers], 1), ([n.box.middle[1] for n in numbers], -1)]
    middles = [n.box.middle[0] for n in numbers]
    if max(middles) - min(middles) > WIDEST_PT and max(n.box.x0 for n in numbers) - min(n.box.x0 for n in numbers) > WIDEST_PT:
        # Else it is a column: in one the longer numbers, which are the larger, end further to the right.
        ends.append(([n.box.x1 for n in numbers], 1))
    return any(grows_with_value(numbers, places, sign) for places, sign in ends)


def _right_of(axis: Axis, others: Sequence[Axis], scores: Sequence[Number]) -> list[Number]:
    """The numbers in the plot of an upright axis: beside its ticks, up to the next such axis."""
    top, bottom = axis.high.box.middle[1] - 1.5 * axis.step_pt, axis.low.box.bottom
    right = min(
        (
            other.low.box.x0
            for other in others
            if other.is_upright and other.low.box.x0 > axis.low.box.x1 and other.high.box.top < bottom and other.low.box.bottom > top
        ),
        default=float("inf"),
    )
    return [n for n in scores if axis.low.box.x1 < n.box.x0 and n.box.x1 < right and top <= n.box.middle[1] <= bottom]


def _around(axis: Axis, scores: Sequence[Number]) -> list[Number]:
    """The numbers around the foot of an upright axis, no further off than twice its length to the sides."""
    cx, cy = axis.low.box.x1, axis.low.box.middle[1]
    radius = cy - axis.high.box.middle[1]
    return [n for n in scores if abs(n.box.middle[0] - cx) < 2.2 * radius and abs(n.box.middle[1] - cy) < 1.5 * radius]


def _over(axis: Axis, scores: Sequence[Number]) -> list[Number]:
    """The numbers in the plot of a level axis: over it, as far up as they follow one another evenly."""
    left, right = axis.low.box.x0 - 5, axis.high.box.x1 + 60
    held = [n for n in scores if left <= n.box.x0 and n.box.x1 <= right and n.box.bottom <= axis.low.box.top + 1]
    held.sort(key=lambda number: -number.box.middle[1])
    kept: list[Number] = []
    for number in held:
        if len(kept) > 1 and kept[-1].box.middle[1] - number.box.middle[1] > 2.3 * (kept[0].box.middle[1] - kept[1].box.middle[1]) + 2:
            break
        kept.append(number)
    return kept


def _clusters(scores: Sequence[Number], reach_pt: tuple[float, float]) -> Iterator[list[Number]]:
    """Numbers that stand within reach of one another."""
    left = list(scores)
    while left:
        cluster = [left.pop()]
        for one in cluster:
            x, y = one.box.middle
            near = [n for n in left if abs(n.box.middle[0] - x) <= reach_pt[0] and abs(n.box.middle[1] - y) <= reach_pt[1]]
            cluster += near
            left = [number for number in left if all(number is not other for other in near)]
        yield cluster
