"""Print of a page cut into pieces of lines: inside a cell or a column, marks joined to the letters they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prongsai.reading.imaging.blobs import Blobs
from prongsai.reading.imaging.chaining import chain
from prongsai.reading.imaging.model import Segment

if TYPE_CHECKING:
    from prongsai.reading.imaging.model import Numbers, Pixels

PAD_X_IN, PAD_Y_IN = 0.04, 0.03
HIDDEN = 1.3
"""A piece that a stamp or a pen stroke touches is drawn out into it by this many glyph heights: glyphs may lie there."""
MOST_HIDDEN, HIDDEN_GAP = 4.0, 0.3
"""Into ink that is no text by up to the first, a whole score, as long as it goes on with no gap wider than the second."""


def find_segments(
    blobs: Blobs, text: Numbers, walls: Pixels, stains: Pixels | None, dpi: float, strange: Pixels | None = None
) -> tuple[tuple[Segment, ...], Numbers]:
    """The pieces of text in reading order; and for each component the index of its piece, -1 where it is in none.

    `text` says which components are print; `walls` is a mask that no piece reaches across, `stains` one of stamps and
    pen strokes, `strange` one of ink that is no text. A piece that runs into a stain holds some of it, so that whoever reads
    it sees that something is hidden.
    """
    import numpy as np

    if not len(blobs.x0):
        return (), np.zeros(0, np.int64)
    piece = chain(blobs, text, walls, dpi)
    boxes = _padded(_boxes(blobs, piece), blobs, piece, walls, stains, strange, dpi)
    order, rows = _reading_order(boxes)
    place = np.full(len(boxes) + 1, -1)
    place[order] = np.arange(len(order))
    segments = tuple(_segment(boxes[index].tolist(), row) for index, row in zip(order, rows, strict=True))
    return segments, place[piece]


def _segment(box: list[int], row: int) -> Segment:
    x0, top, x1, bottom = box
    return Segment(x0, top, x1, bottom, row)


def _boxes(blobs: Blobs, piece: Numbers) -> Numbers:
    """(pieces, 4): the box around each piece's components."""
    import numpy as np

    count = int(piece.max(initial=-1)) + 1
    boxes = np.empty((count, 4), np.int64)
    boxes[:, :2], boxes[:, 2:] = np.iinfo(np.int64).max, 0
    own = piece >= 0
    for column, (values, join) in enumerate(
        ((blobs.x0, np.minimum), (blobs.top, np.minimum), (blobs.x1, np.maximum), (blobs.bottom, np.maximum))
    ):
        join.at(boxes[:, column], piece[own], values[own])
    return boxes


def _padded(
    boxes: Numbers, blobs: Blobs, piece: Numbers, walls: Pixels, stains: Pixels | None, strange: Pixels | None, dpi: float
) -> Numbers:
    """Boxes with paper to spare, but not so much that another piece's ink comes in, or a wall is crossed."""
    import numpy as np

    shape = walls.shape
    pad_x, pad_y = max(round(PAD_X_IN * dpi), 2), max(round(PAD_Y_IN * dpi), 2)
    padded = boxes.copy()
    glyph = np.zeros(len(boxes) + 1)
    glyph[piece] = blobs.usual
    for index, (x0, top, x1, bottom) in enumerate(boxes.tolist()):
        reach = max(round(HIDDEN * glyph[index]), pad_x)
        near = (blobs.x1 > x0 - reach) & (blobs.x0 < x1 + reach) & (blobs.bottom > top - pad_y) & (blobs.top < bottom + pad_y)
        others = np.nonzero(near & (piece != index) & (piece >= 0))[0]
        level = others[(blobs.bottom[others] > top) & (blobs.top[others] < bottom)]
        left = blobs.x1[level][blobs.x1[level] <= x0].max(initial=0)
        right = blobs.x0[level][blobs.x0[level] >= x1].min(initial=shape[1])
        band = slice(top + (bottom - top) // 4, max(bottom - (bottom - top) // 4, top + 1))
        x0 -= _paper_beside(walls, stains, band, range(x0 - 1, max(x0 - reach, 0) - 1, -1), pad_x)
        x1 += _paper_beside(walls, stains, band, range(x1, min(x1 + reach, shape[1])), pad_x)
        if strange is not None:
            most, gap = round((MOST_HIDDEN - HIDDEN) * glyph[index]), max(round(HIDDEN_GAP * glyph[index]), 1)
            x0 -= _hidden_beside(walls, strange, band, range(x0, max(x0 - most, 0), -1), gap)
            x1 += _hidden_beside(walls, strange, band, range(x1 - 1, min(x1 + most, shape[1])), gap)
        x0, x1 = max(x0, left), min(x1, right)
        stacked = others[(blobs.x1[others] > x0) & (blobs.x0[others] < x1)]
        above = blobs.bottom[stacked][blobs.bottom[stacked] <= top]
        below = blobs.top[stacked][blobs.top[stacked] >= bottom]
        padded[index] = (x0, max(top - pad_y, above.max(initial=0)), x1, min(bottom + pad_y, below.min(initial=shape[0])))
    return padded


def _paper_beside(walls: Pixels, stains: Pixels | None, band: slice, columns: range, pad: int) -> int:
    """How many of the columns beside a piece to take in: up to a wall, and no more than `pad` where no stain is among them."""
    middle = (band.start + band.stop) // 2
    for count, column in enumerate(columns):
        if walls[middle, column]:
            return count
        if count == pad and (stains is None or not stains[band, min(columns[0], columns[-1]) : max(columns[0], columns[-1]) + 1].any()):
            return count
    return len(columns)


def _hidden_beside(walls: Pixels, strange: Pixels, band: slice, columns: range, gap: int) -> int:
    """How many more of the columns beside a piece to take in, up to a wall: those that ink which is no text runs on through."""
    middle = (band.start + band.stop) // 2
    last = 0
    for count, column in enumerate(columns):
        if walls[middle, column] or count - last > gap:
            break
        if strange[band, column].any():
            last = count
    return last


def _reading_order(boxes: Numbers) -> tuple[list[int], list[int]]:
    """Indices of the boxes row by row from left to right, and the row of each, 1-based."""
    middles = (boxes[:, 1] + boxes[:, 3]) / 2
    heights = boxes[:, 3] - boxes[:, 1]
    rows: list[list[int]] = []
    for index in sorted(range(len(boxes)), key=lambda number: (middles[number], boxes[number, 0])):
        if rows:
            first = rows[-1][0]
            if middles[index] - middles[first] < 0.35 * min(heights[index], heights[first]):
                rows[-1].append(index)
                continue
        rows.append([index])
    ordered = [(index, number) for number, row in enumerate(rows, 1) for index in sorted(row, key=lambda i: boxes[i, 0])]
    return [index for index, _ in ordered], [number for _, number in ordered]
