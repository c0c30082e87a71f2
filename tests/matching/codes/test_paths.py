"""Ways through a column: forward and backward sums, held against counting all ways one by one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest

from prongsai.matching.codes import paths
from prongsai.matching.codes.paths import Paths

CODES = ["i1", "i2", "i3", "e1", "e2"]


def _random(seed: int, n_rows: int) -> tuple[paths.Odds, paths.Odds]:
    draw = np.random.default_rng(seed)
    return draw.random((n_rows, len(CODES))), draw.random(n_rows)


def _follow(last: int, far: int | None, code: int, again: float, of: Paths) -> Iterator[tuple[float, int, int | None]]:
    """How a code can follow in a column that has come to `last` (0 is the place before the first code) or, with one before
    it still to come, to `far`: chance, and the new `last` and `far`."""
    if far is None:
        yield of._steps[last, code] * (again if last == code + 1 else 1), code + 1, None
        yield (paths._SWAP if code == last + 1 else paths._SWAP_GAP if code == last + 2 else 0), 0, code
        return
    late = {1: 1 - paths._FURTHER_BACK, 2: paths._FURTHER_BACK}.get(far - code, 0)
    yield late * (1 - 2 * paths._STAY), far + 1, None
    yield late * paths._STAY, 0, far
    yield (paths._STAY if code == far + 1 else 0), 0, code


def _by_counting(odds: paths.Odds, none: paths.Odds, again: list[float]) -> paths.Odds:
    """Odds by row and code, and of no question, from every way there is."""
    of, n_codes = Paths(CODES, frozenset({"i1", "e1"})), len(CODES)
    each = np.column_stack([odds * (1 - paths._NO_QUESTION), none * paths._NO_QUESTION])
    total = np.zeros_like(each)
    for way in itertools.product(range(n_codes + 1), repeat=len(odds)):
        printed = np.prod(each[range(len(way)), way])
        loose = np.prod([1.0 if code == n_codes else 1 / n_codes for code in way])
        states = [(chance, last, None) for last, chance in enumerate(of._start)]
        for code, repeats in zip(way, again, strict=True):
            if code < n_codes:
                states = [
                    (chance * more, *then)
                    for chance, last, far in states
                    if chance
                    for more, *then in _follow(last, far, code, repeats, of)
                ]
        rising = sum(chance for chance, _, _ in states)
        total[range(len(way)), way] += printed * (paths.IS_RISING * rising + (1 - paths.IS_RISING) * loose)
    counted: paths.Odds = total / total.sum(axis=1, keepdims=True)
    return counted


@pytest.mark.parametrize(("seed", "again"), [(1, [1.0, 1.0, 1.0, 1.0]), (2, [1.0, 0.1, 20.0, 1.0])])
def test_odds_are_those_of_all_ways(seed: int, again: list[float]) -> None:
    odds, none = _random(seed, 4)
    found = Paths(CODES, frozenset({"i1", "e1"})).posterior(odds, none, again=again)

    assert np.allclose(np.column_stack([found.codes, found.no_question]), _by_counting(odds, none, again), atol=1e-9)


def test_odds_of_a_row_add_up_to_one() -> None:
    found = Paths(CODES, frozenset({"i1", "e1"})).posterior(*_random(3, 40))

    assert np.allclose(found.codes.sum(axis=1) + found.no_question, 1)
    assert np.allclose(found.alone.sum(axis=1), 1)


def test_a_long_column_of_unlikely_prints_stays_in_range() -> None:
    odds, none = _random(4, 400)
    found = Paths(CODES, frozenset({"i1", "e1"})).posterior(odds**60 * 1e-40, none * 1e-80)

    assert np.isfinite(found.codes).all()
    assert np.allclose(found.codes.sum(axis=1) + found.no_question, 1)


def test_what_follows_a_code_adds_up_to_one() -> None:
    of = Paths(CODES, frozenset({"i1", "e1"}))

    assert np.allclose(of._steps.sum(axis=1), 1 - paths._SWAP - paths._SWAP_GAP)
    assert (of._steps[CODES.index("i1") + 1].argmax(), of._steps[CODES.index("i3") + 1].argmax()) == (1, 3)
