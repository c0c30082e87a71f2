"""Ways through a column: forward and backward sums, held against counting all ways one by one."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from prongsai.matching.codes import paths
from prongsai.matching.codes.paths import Paths

CODES = ["i1", "i2", "i3", "e1", "e2"]


def _random(seed: int, n_rows: int) -> tuple[paths.Odds, paths.Odds, paths.Odds]:
    draw = np.random.default_rng(seed)
    return draw.random((n_rows, 2, len(CODES))), draw.random((n_rows, 2)), np.array([0.7, 0.3])


def _by_counting(odds: paths.Odds, none: paths.Odds, prior: paths.Odds, differs: list[bool]) -> paths.Odds:
    """Odds by row and code from every way there is: each row a code, a swapped one, or no question."""
    of = Paths(CODES, frozenset({"i1", "e1"}))
    n_rows, n_codes = len(odds), len(CODES)
    total = np.zeros((n_rows, n_codes + 1))
    rate = paths._NO_QUESTION
    for level, weight in enumerate(prior):
        for way in itertools.product(range(n_codes + 1), repeat=n_rows):
            loose = weight * (1 - paths.IS_RISING)
            for row, code in enumerate(way):
                loose *= none[row, level] * rate if code == n_codes else odds[row, level, code] * (1 - rate) / n_codes
            total[range(n_rows), way] += loose
        for kinds in itertools.product("nsbq", repeat=n_rows):
            for way in itertools.product(range(n_codes), repeat=n_rows):
                chance = weight * paths.IS_RISING
                last, far = 0, None  # 0 is the start, 1 the first code
                for row, (kind, code) in enumerate(zip(kinds, way, strict=True)):
                    if (far is not None) != (kind == "b"):
                        chance = 0.0
                    elif kind == "q":
                        chance *= none[row, level] * rate if code == 0 else 0.0
                    elif kind == "n":
                        step = of._steps[last, code]
                        if differs[row] and last == code + 1:
                            step -= of._repeats[code]
                        chance *= step * odds[row, level, code] * (1 - rate)
                        last = code + 1
                    elif kind == "s":
                        chance *= paths._SWAP * odds[row, level, code] * (1 - rate) if code == last + 1 else 0.0
                        far = code
                    else:
                        chance *= odds[row, level, code] * (1 - rate) if far is not None and code == far - 1 else 0.0
                        last, far = (far or 0) + 1, None
                    if not chance:
                        break
                if chance:
                    for row, (kind, code) in enumerate(zip(kinds, way, strict=True)):
                        total[row, n_codes if kind == "q" else code] += chance
    counted: paths.Odds = total / total.sum(axis=1, keepdims=True)
    return counted


@pytest.mark.parametrize(("seed", "differs"), [(1, [False, False, False]), (2, [False, True, True])])
def test_odds_are_those_of_all_ways(seed: int, differs: list[bool]) -> None:
    odds, none, prior = _random(seed, 3)
    found = Paths(CODES, frozenset({"i1", "e1"})).posterior(odds, none, prior, differs=differs)

    assert np.allclose(np.column_stack([found.codes, found.no_question]), _by_counting(odds, none, prior, differs), atol=1e-9)


def test_odds_of_a_row_add_up_to_one() -> None:
    found = Paths(CODES, frozenset({"i1", "e1"})).posterior(*_random(3, 40))

    assert np.allclose(found.codes.sum(axis=1) + found.no_question, 1)
    assert np.allclose(found.alone.sum(axis=1), 1)


def test_a_long_column_of_unlikely_prints_stays_in_range() -> None:
    odds, none, prior = _random(4, 400)
    found = Paths(CODES, frozenset({"i1", "e1"})).posterior(odds * 1e-40, none * 1e-40, prior)

    assert np.isfinite(found.codes).all()
