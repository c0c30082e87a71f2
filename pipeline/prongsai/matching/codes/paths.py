"""The odds of each code in each row of a column, over all ways from its first row to its last.

A hidden Markov chain: the state is the last code that was printed; rows that are no question leave it as it is. Each
level of damage and each kind of order (rising, or none) is a chain of its own, and chains count by how well they
explain the whole column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Odds = npt.NDArray[np.float64]

IS_RISING = 0.9
"""How often codes stand in their order: question by question, in a table; the rest is ranked by score or picked out."""
_NO_QUESTION = 0.01
"""How often a row among questions is none."""
_NEXT, _GAP, _AGAIN, _BACK, _RESTART, _SECTION = 0.86, 0.05, 0.02, 0.015, 0.015, 0.02
"""Where a code is followed by the next, by one further on (mostly the nearest), by itself, by one before it,
by the first of its letter, and by the first of another indicator; what is left goes to any code."""
_SWAP = 0.015
"""How often two rows stand in each other's place."""
_LEAST = 1e-14
"""The least likelihood of a code, against the row's likeliest: less would come near the smallest numbers, which are slow."""
_OPEN = 12.0
"""Nats by which a level may fall behind the best before it is left out."""
_OTHER_VALUE = 0.1
"""How much less likely a code is printed twice, where the second has another value than the first."""
_FIRST = 0.3
"""How often a column begins with the first question of an indicator, beyond chance."""


@dataclass(frozen=True, slots=True)
class Posterior:
    """What a column says of its rows: odds by code (rows × codes) that with those of no question add up to 1."""

    codes: Odds
    no_question: Odds
    """By row."""
    alone: Odds
    """Odds by code as each row has them by itself."""


class Paths:
    """Ways through columns, for one closed list of codes."""

    def __init__(self, codes: Sequence[str], firsts: frozenset[str]) -> None:
        """`firsts`: codes that begin an indicator."""
        self._n_codes = len(codes)
        self._steps = _steps(codes, firsts)
        self._turned = np.ascontiguousarray(self._steps.T)
        self._repeats = (1 - _OTHER_VALUE) * np.diagonal(self._steps, offset=-1)

    def posterior(
        self, odds: Odds, no_question: Odds, prior: Odds, is_rising: float = IS_RISING, differs: Sequence[bool] = ()
    ) -> Posterior:
        """`odds`: likelihood of each row's print, rows × levels × codes; `no_question`: of its being none, rows × levels;
        `prior`: of the levels; `is_rising`: how likely it is beforehand that codes stand in their order; `differs`: which
        rows have another value than the one before them."""
        scale = np.maximum(odds.max(axis=(1, 2)), 1e-300)
        odds = np.maximum(odds / scale[:, None, None], _LEAST) * (1 - _NO_QUESTION)
        none = no_question * (_NO_QUESTION / scale)[:, None]
        loose_sum = odds.sum(axis=2) / self._n_codes + none
        loose_weight = np.log(np.maximum(loose_sum, 1e-300)).sum(axis=0) + np.log(prior)
        # What a level makes of the rows one by one tells closely enough which levels the whole column leaves open.
        kept = loose_weight > loose_weight.max() - _OPEN
        odds, none, loose_sum, prior = np.ascontiguousarray(odds[:, kept]), none[:, kept], loose_sum[:, kept], prior[kept]
        rising, rising_none, weight = self._chain(odds, none, differs or [False] * len(odds))
        every = np.concatenate([weight + np.log(prior * is_rising), loose_weight[kept] + np.log(1 - is_rising)])
        share = np.exp(every - every.max())
        in_order, loosely = np.split(share / share.sum(), 2)
        alone = np.matmul(prior, odds)
        return Posterior(
            np.matmul(in_order, rising) + np.matmul((loosely / (loose_sum * self._n_codes))[:, None], odds)[:, 0],
            rising_none @ in_order + (none / loose_sum) @ loosely,
            alone / np.maximum(alone.sum(axis=1, keepdims=True), 1e-300),
        )

    def _chain(self, odds: Odds, none: Odds, differs: Sequence[bool]) -> tuple[Odds, Odds, Odds]:
        """Forward and backward sums: odds by row, level and code; those of no question; log likelihood by level.

        `last` is the code that the next row goes on from, the start before the first. Two rows in each other's place are
        three steps: one too far (`far`), one back, and on from the further of the two.
        """
        n_rows, n_levels, n_codes = odds.shape
        steps, turned = self._steps, self._turned
        swapped = odds * _SWAP
        # By the code that was one too far: the likelihood of the one before it.
        back = np.zeros_like(odds)
        back[:, :, 1:] = odds[:, :, :-1]
        none = none[:, :, None]
        # What can follow lies side by side: the codes from which one goes on, the start first, then those one too far.
        ahead = np.zeros((n_rows + 1, n_levels, 2 * n_codes + 1))
        last, far = ahead[:, :, : n_codes + 1], ahead[:, :, n_codes + 1 :]
        last[0, :, 0] = 1.0
        reached = np.empty_like(odds)
        sums = np.empty((n_rows, n_levels, 1))
        for row in range(n_rows):
            before, after = last[row], last[row + 1]
            here = np.matmul(before, steps, out=reached[row])
            if differs[row]:
                here -= before[:, 1:] * self._repeats
            here *= odds[row]
            np.multiply(before, none[row], out=after)
            forth = after[:, 1:]
            forth += here
            forth += far[row] * back[row]
            np.multiply(before[:, :-2], swapped[row, :, 1:], out=far[row + 1, :, 1:])
            both = ahead[row + 1]
            both /= np.add.reduce(both, axis=1, keepdims=True, out=sums[row])
        follows = np.ones_like(ahead)
        behind, behind_far = follows[:, :, : n_codes + 1], follows[:, :, n_codes + 1 :]
        for row in range(n_rows - 1, -1, -1):
            after, to = behind[row + 1], behind[row]
            forth = after[:, 1:]
            onward = odds[row] * forth
            np.matmul(onward, turned, out=to)
            if differs[row]:
                to[:, 1:] -= onward * self._repeats
            to += after * none[row]
            to[:, :-2] += swapped[row, :, 1:] * behind_far[row + 1, :, 1:]
            np.multiply(back[row], forth, out=behind_far[row])
            both = follows[row]
            both /= sums[row]
        found = reached * behind[1:, :, 1:]
        found[:, :, 1:] += last[:-1, :, :-2] * swapped[:, :, 1:] * behind_far[1:, :, 1:]
        found[:, :, :-1] += far[:-1, :, 1:] * back[:, :, 1:] * behind[1:, :, 2:]
        found_none = (last[:-1] * behind[1:]).sum(axis=2) * none[:, :, 0]
        return found / sums, found_none / sums[:, :, 0], np.log(sums[:, :, 0]).sum(axis=0)


def _steps(codes: Sequence[str], firsts: frozenset[str]) -> Odds:
    """The odds that a code (row) is followed by another (column); the first row is the start. Each row adds up to 1."""
    n_codes = len(codes)
    steps = np.zeros((n_codes + 1, n_codes))
    is_first = np.array([code in firsts for code in codes], dtype=np.float64)
    begins = [at for at, code in enumerate(codes) if code[1:] == "1"]
    for at in range(n_codes):
        begin = max(first for first in begins if first <= at)
        end = next((first for first in begins if first > at), n_codes)
        row = steps[at + 1]
        if at + 1 < end:
            row[at + 1] += _NEXT
        else:
            for first in begins:
                row[first] += _NEXT * (0.9 if first == end else 0.1) / len(begins) * (len(begins) if first == end else 1)
        for gap in range(2, end - at):
            row[at + gap] += _GAP * (0.6 * 0.5 ** (gap - 1) + 0.4 / (end - at - 2))
        row[at] += _AGAIN
        for fall in range(1, at - begin + 1):
            row[at - fall] += _BACK * 0.5**fall
        row[begin] += _RESTART
        row += _SECTION * is_first / is_first.sum()
        row += max(0.0, 1 - row.sum()) / n_codes
        row /= row.sum()
    steps[0] = _FIRST * is_first / is_first.sum() + (1 - _FIRST) / n_codes
    return steps
