"""Components chained to pieces of lines: letters side by side, and the marks, dots and dashes that belong to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prongsai.reading.imaging.blobs import Blobs

if TYPE_CHECKING:
    from prongsai.reading.imaging.model import Numbers, Pixels

GAP = 1.4
"""A gap of this many glyph heights parts two pieces; the space between words is about 0.7."""
LEAST_GLYPH = 0.55
"""What is lower than this share of the glyphs around it is a mark, a dot or a dash."""
FARTHEST_MARK = 0.9
"""A mark belongs to a letter no further than this many glyph heights away."""
LEAST_PIECE_IN = 0.03
"""A piece none of whose components is as large as this is dirt or dots; a dash is larger."""


def chain(blobs: Blobs, text: Numbers, walls: Pixels, dpi: float) -> Numbers:
    """For each component the number of its piece, without gaps from 0; -1 where it is no text."""
    return _without_dirt(_pieces(blobs, text, walls), blobs, dpi)


def _pieces(blobs: Blobs, text: Numbers, walls: Pixels) -> Numbers:
    """For each component the number of its piece, -1 where it is no text."""
    import numpy as np

    room = _Room(walls)
    region = room.regions_at((blobs.x0 + blobs.x1) // 2, (blobs.top + blobs.bottom) // 2)
    piece = np.full(len(text), -1)
    letters = np.nonzero(text & (blobs.height >= LEAST_GLYPH * blobs.usual) & (blobs.height <= 2.1 * blobs.usual))[0]
    letters = letters[~_rides(blobs, letters)]
    # A band about the middle of each letter, not of what rises above or hangs below its fellows.
    tall = np.minimum(blobs.height[letters], 1.3 * blobs.usual[letters])
    middle = blobs.bottom[letters] - tall / 2
    others = np.nonzero(text & ~np.isin(np.arange(len(text)), letters))[0]
    nearest = _nearest(blobs, region, others, letters)
    # Dots and dashes that stand in the band of the letters beside them are links of the chain.
    owner = nearest.clip(0)
    own_middle = (blobs.top[others] + blobs.bottom[others]) / 2
    is_link = (nearest >= 0) & (np.abs(own_middle - middle[owner]) <= 0.6 * tall[owner]) if len(letters) else nearest >= 0
    links = others[is_link]
    chain = np.concatenate([letters, links])
    band = np.concatenate([middle, middle[owner[is_link]]]) if len(letters) else own_middle[is_link]
    reach = 0.16 * (np.concatenate([tall, tall[owner[is_link]]]) if len(letters) else blobs.height[links])
    piece[chain] = room.smear(blobs.x0[chain], band - reach, blobs.x1[chain], band + reach, GAP / 2 * blobs.usual[chain])
    marks = others[~is_link & (nearest >= 0)]
    piece[marks] = piece[letters[nearest[~is_link & (nearest >= 0)]]]
    alone = np.nonzero(text & (piece < 0))[0]
    own_middle = (blobs.top[alone] + blobs.bottom[alone]) / 2
    half = np.maximum(blobs.height[alone] / 2, 0.2 * blobs.usual[alone])
    found = room.smear(blobs.x0[alone], own_middle - half, blobs.x1[alone], own_middle + half, GAP / 2 * blobs.usual[alone])
    piece[alone] = np.where(found >= 0, found + piece.max(initial=-1) + 1, -1)
    lost = np.nonzero(text & (piece < 0))[0]
    piece[lost] = piece.max(initial=-1) + 1 + np.arange(len(lost))
    return piece


def _rides(blobs: Blobs, seeds: Numbers) -> Numbers:
    """Which of these components sit right above or below a taller one: a vowel and a tone mark that run together."""
    import numpy as np

    tall, usual = blobs.height[seeds], blobs.usual[seeds]
    rides = np.zeros(len(seeds), bool)
    low = np.nonzero((tall < 1.2 * usual) & (blobs.width[seeds] < 1.6 * usual))[0]
    order = np.argsort(blobs.x0[seeds])
    x0, x1, top, bottom = (values[seeds].astype(np.float32) for values in (blobs.x0, blobs.x1, blobs.top, blobs.bottom))
    for part in np.array_split(low[np.argsort(x0[low])], max(len(low) // 60, 1)):
        if not len(part):
            continue
        near = order[(x1[order] > x0[part].min()) & (x0[order] < x1[part].max())]
        shared = np.minimum(x1[near], x1[part, None]) - np.maximum(x0[near], x0[part, None])
        apart = np.maximum(top[part, None] - bottom[near], top[near] - bottom[part, None])
        own_middle = (bottom[part, None] + top[part, None]) / 2
        is_above = own_middle < (bottom[near] + top[near]) / 2
        # Marks above may be stacked as high as a letter; what hangs below is low.
        carried = np.where(is_above, 1.2, 0.7) * tall[near] > tall[part, None]
        # They may stand beside the stem of a tall letter.
        beside_stem = (own_middle < top[near] + 0.35 * tall[near]) & (tall[part, None] < 0.7 * tall[near])
        touching = (apart < 0.25 * usual[part, None]) & ((apart > -0.4 * tall[part, None]) | beside_stem)
        carried &= (shared > 0.5 * (x1[part] - x0[part])[:, None]) & (near != part[:, None])
        rides[part] = (carried & touching).any(axis=1)
    return rides


def _without_dirt(piece: Numbers, blobs: Blobs, dpi: float) -> Numbers:
    """The pieces numbered without gaps, those of specks alone left out."""
    import numpy as np

    count = int(piece.max(initial=-1)) + 1
    largest = np.zeros(count + 1)
    np.maximum.at(largest, piece, np.maximum(blobs.width, blobs.height))
    numbers = np.nonzero(largest[:count] >= LEAST_PIECE_IN * dpi)[0]
    compact = np.full(count + 1, -1)
    compact[numbers] = np.arange(len(numbers))
    return compact[piece]


def _nearest(blobs: Blobs, region: Numbers, asked: Numbers, letters: Numbers) -> Numbers:
    """For each component asked for the place in `letters` of the nearest one in its cell, -1 where none is near."""
    import numpy as np

    if not len(asked) or not len(letters):
        return np.full(len(asked), -1)

    def apart(low: Numbers, high: Numbers) -> Numbers:
        gaps = np.maximum(low[asked, None] - high[None, letters], low[None, letters] - high[asked, None])
        far: Numbers = np.maximum(gaps, 0).astype(np.float32)
        return far

    distance = apart(blobs.x0, blobs.x1) + apart(blobs.top, blobs.bottom)
    distance[region[asked, None] != region[None, letters]] = np.inf
    best = distance.argmin(axis=1)
    near = distance[np.arange(len(asked)), best] <= FARTHEST_MARK * blobs.usual[asked]
    return np.where(near, best, -1)


class _Room:
    """The page between its walls, at half size."""

    def __init__(self, walls: Pixels) -> None:
        import cv2
        import numpy as np

        thick = cv2.dilate(walls, np.ones((3, 3), np.uint8))
        self.walls = thick[::2, ::2]
        self.regions = cv2.connectedComponents(cv2.bitwise_not(self.walls), connectivity=4)[1]

    def regions_at(self, xs: Numbers, ys: Numbers) -> Numbers:
        height, width = self.walls.shape
        found: Numbers = self.regions[(ys // 2).clip(0, height - 1), (xs // 2).clip(0, width - 1)]
        return found

    def smear(self, x0: Numbers, top: Numbers, x1: Numbers, bottom: Numbers, reach: Numbers) -> Numbers:
        """For each box the number of the run that it is part of once each is drawn out sideways by `reach`; -1 on a wall."""
        import cv2
        import numpy as np

        drawn = np.zeros_like(self.walls)
        edges = np.stack([x0 - reach, top, x1 + reach, bottom]).round().astype(int) // 2
        for left, above, right, below in edges.T.tolist():
            drawn[max(above, 0) : below + 1, max(left, 0) : right + 1] = 255
        drawn[self.walls > 0] = 0
        labels = cv2.connectedComponents(drawn, connectivity=4)[1]
        ys = (((top + bottom) / 4).astype(int)).clip(0, labels.shape[0] - 1)
        found = np.zeros(len(x0), np.int64)
        for share in (0.5, 0.3, 0.7, 0.1, 0.9):
            xs = ((x0 + share * (x1 - x0)) / 2).astype(int).clip(0, labels.shape[1] - 1)
            found = np.where(found > 0, found, labels[ys, xs])
        return found - 1
