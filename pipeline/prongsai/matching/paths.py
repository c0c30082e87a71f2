"""The odds of each code in each row of a column, over all ways from its first row to its last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

_SHARPNESS = 2.0
"""How much a unit of cost counts; costs were set by hand, and this makes the odds of lone clean codes pass 0.9."""

_Costs = npt.NDArray[np.float64]


class Paths:
    """Ways through columns of candidates, for one closed list of codes: forward and backward sums over a chain."""

    def __init__(self, codes: Sequence[str]) -> None:
        self._index = {code: at for at, code in enumerate(codes)}
        self._steps = np.array([[step_cost(before, after) for after in codes] for before in codes]).reshape(len(codes), len(codes))

    def odds(self, columns: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
        """For each row its candidates' odds (0-1, together 1), given each one's own cost."""
        indices = [np.array([self._index[code] for code in column]) for column in columns]
        own = [-_SHARPNESS * np.array(list(column.values())) for column in columns]
        steps = [-_SHARPNESS * self._steps[np.ix_(before, after)] for before, after in pairwise(indices)]
        forward = own[:1]
        for step, costs in zip(steps, own[1:], strict=True):
            forward.append(_log_sum(forward[-1][:, None] + step, 0) + costs)
        backward = [np.zeros_like(costs) for costs in own[-1:]]
        for step, costs in zip(reversed(steps), reversed(own[1:]), strict=True):
            backward.append(_log_sum(step + (costs + backward[-1])[None, :], 1))
        found = []
        for column, ahead, behind in zip(columns, forward, reversed(backward), strict=True):
            total = ahead + behind
            found.append(dict(zip(column, np.exp(total - _log_sum(total, 0)).tolist(), strict=True)))
        return found


def step_cost(before: str, after: str) -> float:
    """What it costs that one row's code follows another's: nothing for the next, more for a gap, most for a fall."""
    if before[0] != after[0]:
        return 1.0 if "ieo".index(after[0]) > "ieo".index(before[0]) else 2.5
    step = int(after[1:]) - int(before[1:])
    if step == 1:
        return 0.0
    if step > 1:
        return min(0.8 + 0.15 * step, 2.5)
    return 3.0 if step == 0 else 3.5


def _log_sum(values: _Costs, axis: int) -> _Costs:
    highest = values.max(axis=axis, keepdims=True)
    total: _Costs = np.log(np.exp(values - highest).sum(axis=axis)) + highest.squeeze(axis)
    return total
