"""Probabilities held against outcomes."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest

from prongsai.reading.network.card import Card
from prongsai.reading.numerals.readings import LineReading, Shape, Token
from prongsai.records import Candidate
from prongsai.training.calibrate import bins, calibration_points, log_loss, wrong_though_sure
from prongsai.training.trials import Outcome


def outcome(probability: float, *, is_right: bool) -> Outcome:
    text = "97.32" if is_right else "91.32"
    token = Token(text, 0, 1, probability, (Candidate(text, probability), Candidate("97.32", 0.01)), is_word=False, shape=Shape.SCORE)
    return Outcome("score", "a font", 200, "97.32", LineReading((token,), 0.0))


def boasting(count: int) -> list[Outcome]:
    """Readings that are right as often as the square of what they claim."""
    rng = Random(4)
    claims = [rng.random() for _ in range(count)]
    return [outcome(claim, is_right=rng.random() < claim**2) for claim in claims]


def test_a_reading_is_right_where_it_means_what_is_printed() -> None:
    assert outcome(0.9, is_right=True).is_right
    wrong = outcome(0.9, is_right=False)
    assert not wrong.is_right
    assert wrong.is_among(2)


def test_words_are_right_where_no_numeral_was_seen() -> None:
    assert Outcome("words", "a font", None, "", LineReading((), 0.0)).is_right
    assert not Outcome("words", "a font", None, "", outcome(0.9, is_right=True).reading).is_right


def test_points_rise_and_take_boasting_back() -> None:
    points = calibration_points(boasting(6_000))
    assert all(first < second for first, second in pairwise(points))
    assert all(x < y for (x, _), (y, _) in pairwise(points))
    card = Card("numerals", "1", "", ("", "1"), 2, 1.0, ((0.0, 0.0), *points, (1.0, 1.0)))
    assert card.calibrate(0.7) == pytest.approx(0.49, abs=0.05)


def test_nothing_is_sure_beyond_the_number_of_readings() -> None:
    points = calibration_points([outcome(0.99, is_right=True)] * 500)
    assert points[-1][1] <= 1 - 0.5 / 500


def test_bins_hold_every_reading_once() -> None:
    outcomes = [*boasting(500), outcome(1.0, is_right=True), outcome(0.0, is_right=False)]
    assert sum(one.count for one in bins(outcomes)) == len(outcomes)


def test_wrong_readings_count_where_they_are_sure() -> None:
    outcomes = [outcome(0.95, is_right=False), outcome(0.95, is_right=True), outcome(0.5, is_right=False)]
    assert wrong_though_sure(outcomes) == (1, 2)


def test_loss_is_lower_where_claims_are_honest() -> None:
    assert log_loss([outcome(0.9, is_right=True)]) < log_loss([outcome(0.9, is_right=False)])
