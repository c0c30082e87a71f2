"""A few documents stand for many: groups of documents alike, a seeded draw from each, and what the drawn ones say of all."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from prongsai.records import Kind, Source

CLASSES = 3
"""Documents of a kind are parted into so many groups of equal number by their bytes a page, which tell scans from print."""
_LEAST_EACH = 2
"""Drawn from each group, so that it tells how much its documents differ."""
_DRAWS = 1000
_SEED = 1
_INTERVAL = (5.0, 95.0)
"""Percentiles of what other draws of the same size would have said."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number that is not known, and between which two it lies in nine of ten samples; all three are equal where it is known."""

    low: float
    value: float
    high: float

    def times(self, factor: float) -> Estimate:
        """In another unit."""
        return Estimate(self.low * factor, self.value * factor, self.high * factor)

    def plus(self, other: float) -> Estimate:
        """With something known added."""
        return Estimate(self.low + other, self.value + other, self.high + other)


@dataclass(frozen=True, slots=True)
class Counted:
    """A document and how many of its pages would be read."""

    source: Source
    pages: int


@dataclass(frozen=True, slots=True)
class Group:
    """Documents of one kind with about as many bytes a page, and which of them are read."""

    members: tuple[Counted, ...]
    drawn: tuple[Counted, ...]
    weight: float = 1.0
    """How many documents each member stands for: more than 1 where not all were counted."""

    @property
    def pages(self) -> float:
        """Of all documents that it stands for."""
        return self.weight * sum(one.pages for one in self.members)


def draw(documents: Sequence[Counted], sample: int, weights: Mapping[Kind, float]) -> tuple[Group, ...]:
    """Groups of the documents that have pages, `sample` documents drawn from all of them together.

    No fewer than two of each kind; groups with more bytes, which take longer, give more. The same documents give the same draw.
    """
    by_kind: dict[Kind, list[Counted]] = {}
    for one in sorted(documents, key=lambda one: one.source.sha256):
        if one.pages > 0:
            by_kind.setdefault(one.source.kind, []).append(one)
    n_classes = CLASSES if sample >= _LEAST_EACH * CLASSES * len(by_kind) else 1
    groups = [(kind, members) for kind in sorted(by_kind) for members in _classes(by_kind[kind], n_classes)]
    sizes = _shares([members for _, members in groups], sample)
    dice = random.Random(_SEED)
    return tuple(
        Group(tuple(members), tuple(dice.sample(members, size)), weights.get(kind, 1.0))
        for (kind, members), size in zip(groups, sizes, strict=True)
    )


def _classes(members: list[Counted], n_classes: int) -> list[list[Counted]]:
    if len(members) < _LEAST_EACH * n_classes:
        return [members]
    ordered = sorted(members, key=lambda one: (one.source.size_bytes / one.pages, one.source.sha256))
    edges = [len(ordered) * at // n_classes for at in range(n_classes + 1)]
    return [ordered[first:last] for first, last in pairwise(edges)]


def _shares(groups: Sequence[Sequence[Counted]], sample: int) -> list[int]:
    """How many to draw from each group: two, and the others by the square root of its bytes."""
    shares = [min(_LEAST_EACH, len(members)) for members in groups]
    roots = [sum(one.source.size_bytes for one in members) ** 0.5 for members in groups]
    for _ in range(sample - sum(shares)):
        open_groups = [at for at, members in enumerate(groups) if shares[at] < len(members)]
        if not open_groups:
            break
        shares[max(open_groups, key=lambda at: (roots[at] / shares[at], -at))] += 1
    return shares


def estimate(groups: Sequence[Group], pages: Sequence[Sequence[float]], values: Sequence[Sequence[float]]) -> Estimate:
    """The sum of a value over all documents: each group's sum over its drawn ones, taken from their pages to all its pages.

    `pages` and `values` hold, group by group, what was read of each drawn document. The interval is a bootstrap within the
    groups; a group that was read whole adds nothing to it.
    """
    import numpy as np

    dice = np.random.default_rng(_SEED)
    total, spread = 0.0, np.zeros(_DRAWS)
    for group, some_pages, some_values in zip(groups, pages, values, strict=True):
        read, found = np.array(some_pages, float), np.array(some_values, float)
        whole = group.pages * float(found.sum() / max(read.sum(), 1.0))
        total += whole
        if len(read) > 1:
            picks = dice.integers(0, len(read), (_DRAWS, len(read)))
            others = group.pages * found[picks].sum(axis=1) / np.maximum(read[picks].sum(axis=1), 1.0)
            spread += (others - whole) * _widening(len(read), 1.0 - float(read.sum()) / max(group.pages, 1.0))
    low, high = map(float, np.percentile(spread, _INTERVAL))
    return Estimate(max(0.0, total + low), total, total + high)


def _widening(n_read: int, unread: float) -> float:
    """By how much a bootstrap of few has to be widened; narrowed where a small share of the pages is left unread."""
    # The last factor is Student's t by the normal distribution, at these percentiles within 3 %.
    return math.sqrt(n_read / (n_read - 1) * max(0.0, unread)) / (1 - 1.1 / (n_read - 0.5))
