"""The odds of each code in each row of a column, over all ways from its first row to its last.

A hidden Markov chain: the state is the code that the column has come to; rows that are no question leave it as it is,
and so does a row that stands behind the one it should precede. A column in no order at all is the rival of this chain,
and the two count by how well they explain the whole column.
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
_GAP, _AGAIN, _BACK, _RESTART, _SECTION = 0.05, 0.03, 0.004, 0.004, 0.004
"""Where a code is followed by one further on than the next, by itself, by one before it, by the first of its letter, and by
the first of another indicator; it is followed by the next in what is left."""
_FURTHER, _ANYWHERE = 0.25, 0.3
"""A gap of one more row is so much rarer; and how many gaps are of any length within a letter."""
_TURN = 0.1
"""After the last code of a letter: how often not the next letter's first code follows, but that of any."""
_ANY = 0.005
"""How often any code follows."""
_SWAP, _SWAP_GAP = 0.03, 0.0015
"""How often a row stands ahead of the one that should precede it, and where another is missing besides."""
_STAY = 0.05
"""How often the row that was passed over is printed twice, and how often it is passed over once more."""
_FURTHER_BACK = 0.05
"""How often the row that was passed over is not the one before, but the one before that."""
_LEAST = 1e-14
"""The least likelihood of a code, against the row's likeliest: less would come near the smallest numbers, which are slow."""
_SCALED = 8
"""Rows from one scaling of the sums to the next; without it they run out of the numbers that there are."""
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
        n_codes = self._n_codes = len(codes)
        is_first = np.array([code in firsts for code in codes], dtype=np.float64)
        # By the code that the column has come to, the place before the first code in front.
        self._start = np.append(_FIRST * is_first / is_first.sum() + (1 - _FIRST) / n_codes, 0.0)
        self._steps = _steps(codes, is_first)
        self._turned = np.ascontiguousarray(self._steps.T)
        self._repeats = np.diagonal(self._steps, offset=-1)
        # By the code that was printed too early: how likely each is to be the one that comes late.
        self._late = (1 - _FURTHER_BACK) * np.eye(n_codes, k=-1) + _FURTHER_BACK * np.eye(n_codes, k=-2)

    def posterior(self, odds: Odds, no_question: Odds, is_rising: float = IS_RISING, again: Sequence[float] = ()) -> Posterior:
        """`odds`: likelihood of each row's print, rows × codes; `no_question`: of its being none; `is_rising`: how likely it
        is beforehand that codes stand in their order; `again`: by how much each row is likelier to repeat the one before it
        than any row is."""
        scale = np.maximum(odds.max(axis=1), 1e-300)
        odds = np.maximum(odds / scale[:, None], _LEAST) * (1 - _NO_QUESTION)
        none = no_question * _NO_QUESTION / scale
        sums = odds.sum(axis=1)
        loose = sums / self._n_codes + none
        rising, rising_none, weight = self._chain(odds, none, again or [1.0] * len(odds))
        against = np.log(np.maximum(loose, 1e-300)).sum() - weight
        share = is_rising / (is_rising + (1 - is_rising) * np.exp(min(against, 600.0)))
        return Posterior(
            share * rising + (1 - share) * odds / (loose * self._n_codes)[:, None],
            share * rising_none + (1 - share) * none / loose,
            odds / sums[:, None],
        )

    def _chain(self, odds: Odds, none: Odds, again: Sequence[float]) -> tuple[Odds, Odds, float]:
        """Forward and backward sums: odds by row and code; those of no question; the log likelihood of all rows.

        Two states for each code: that it was the last (`last`; the place before the first code in front), and that it was,
        with one before it still to come (`far`), after which the column goes on from it as well.
        """
        n_rows, n_codes = odds.shape
        steps, turned, split = self._steps, self._turned, n_codes + 1
        near, wide, onward = odds[:, 1:] * _SWAP, odds[:, 2:] * _SWAP_GAP, odds[:, 1:] * _STAY
        late = np.matmul(odds, self._late.T)[:, None] * np.array([[1 - 2 * _STAY], [_STAY]])
        ahead = np.zeros((n_rows + 1, split + n_codes))
        ahead[0, :split] = self._start
        reached = np.empty_like(odds)
        sums = np.ones(n_rows)
        scaled = {*range(0, n_rows, _SCALED), n_rows - 1}
        for row in range(n_rows):
            before, after = ahead[row], ahead[row + 1]
            last, far = before[:split], before[split:]
            here = np.dot(last, steps, out=reached[row])
            if again[row] != 1:
                here += last[1:] * self._repeats * (again[row] - 1)
            np.multiply(before, none[row], out=after)
            forth = after[1:].reshape(2, n_codes)
            forth += far * late[row]
            forth[0] += here * odds[row]
            forth = forth[1]
            forth[1:] += last[:-2] * near[row]
            forth[2:] += last[:-3] * wide[row]
            forth[1:] += far[:-1] * onward[row]
            if row in scaled:
                sums[row] = np.add.reduce(after)
                after /= sums[row]
        follows = np.ones_like(ahead)
        for row in range(n_rows - 1, -1, -1):
            before, after = follows[row], follows[row + 1]
            last, far = after[1:split], after[split:]
            here = odds[row] * last
            back = np.dot(here, turned, out=before[:split])
            if again[row] != 1:
                back[1:] += here * self._repeats * (again[row] - 1)
            back[:-2] += near[row] * far[1:]
            back[:-3] += wide[row] * far[2:]
            back = before[split:]
            np.add.reduce(late[row] * after[1:].reshape(2, n_codes), out=back)
            back[:-1] += onward[row] * far[1:]
            before += after * none[row]
            if row in scaled:
                before /= sums[row]
        last, far = ahead[:-1, :split], ahead[:-1, split:]
        behind, behind_far = follows[1:, 1:split], follows[1:, split:]
        found = reached * odds * behind
        found[:, 1:] += (last[:, :-2] * near + far[:, :-1] * onward) * behind_far[:, 1:]
        found[:, 2:] += last[:, :-3] * wide * behind_far[:, 2:]
        found += odds * np.matmul(far * ((1 - 2 * _STAY) * behind + _STAY * behind_far), self._late)
        found_none = (ahead[:-1] * follows[1:]).sum(axis=1) * none
        return found / sums[:, None], found_none / sums, float(np.log(sums).sum())


def _steps(codes: Sequence[str], is_first: Odds) -> Odds:
    """The odds that a code (row) is followed by another (column); the first row is the place before the first code. Each row
    adds up to 1, less what stands ahead of its place."""
    n_codes = len(codes)
    steps = np.zeros((n_codes + 1, n_codes))
    begins = [at for at, code in enumerate(codes) if code[1:] == "1"]
    for at, row in enumerate(steps, start=-1):
        begin = max((first for first in begins if first <= at), default=0)
        end = next((first for first in begins if first > max(at, 0)), n_codes)
        row[at + 2 :] = _GAP * (1 - _ANYWHERE) * (1 - _FURTHER) * _FURTHER ** np.arange(n_codes - at - 2)
        row[at + 2 : end] += _GAP * _ANYWHERE / max(1, end - at - 2)
        if at >= 0:
            row[at] = _AGAIN
            row[begin:at] = _BACK * 0.5 ** np.arange(at - begin, 0, -1)
        row[begin] += _RESTART
        row += _SECTION * is_first / is_first.sum() + _ANY / n_codes
        to_next = 1 - _SWAP - _SWAP_GAP - row.sum()
        if at + 1 < end:
            row[at + 1] += to_next
        else:
            row[begins] += to_next * _TURN / len(begins)
            if end < n_codes:
                row[end] += to_next * (1 - _TURN)
        row *= (1 - _SWAP - _SWAP_GAP) / row.sum()
    return steps
