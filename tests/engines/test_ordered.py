"""Documents come out in the order in which they went in, however their calls end; nothing is asked for before its time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.engines.isolated import Call
from prongsai.engines.ordered import AHEAD_PER_WORKER, Steps, in_order


def answer() -> bytes:
    raise AssertionError("the engine of these tests makes no calls")


@dataclass
class Shuffled:
    """An engine that ends calls in an order of its own: whenever one is submitted, some of those that wait."""

    width: int
    chance: random.Random
    waiting: list[tuple[Call, Future[bytes]]] = field(default_factory=list)
    most_waiting: int = 0

    def submit(self, call: Call) -> Future[bytes]:
        future: Future[bytes] = Future()
        self.waiting.append((call, future))
        self.most_waiting = max(self.most_waiting, len(self.waiting))
        self.chance.shuffle(self.waiting)
        if len(self.waiting) >= self.width:
            for _ in range(self.chance.randint(1, len(self.waiting))):
                self.end_one()
        return future

    def end_one(self) -> None:
        (number,), future = self.waiting[-1][0].arguments, self.waiting.pop()[1]
        if number < 0:
            future.set_exception(ValueError(f"{number}"))
        else:
            future.set_result(b"%d" % number)


class Immediate:
    """An engine that makes each call at once."""

    width = 2

    def submit(self, call: Call) -> Future[bytes]:
        future: Future[bytes] = Future()
        (number,) = call.arguments
        if number < 0:
            future.set_exception(ValueError(f"{number}"))
        else:
            future.set_result(b"%d" % number)
        return future


def adding(*rounds: tuple[int, ...]) -> Steps[int]:
    """A document of several rounds of calls: the sum of what they give; a failed call counts 1000."""
    total = 0
    for numbers in rounds:
        futures = yield [Call(answer, (number,)) for number in numbers]
        assert all(future.done() for future in futures)
        total += sum(1000 if future.exception() else int(future.result()) for future in futures)
    return total


@given(st.lists(st.lists(st.lists(st.integers(-1, 9), min_size=1, max_size=4), max_size=3), max_size=40))
def test_results_come_in_the_order_of_the_documents(documents: list[list[list[int]]]) -> None:
    expected = [sum(1000 if number < 0 else number for numbers in rounds for number in numbers) for rounds in documents]
    told: list[int] = []
    steps = (adding(*map(tuple, rounds)) for rounds in documents)
    assert list(in_order(steps, Immediate(), kept=lambda call, result: told.append(int(result)))) == expected
    assert sorted(told) == sorted(number for rounds in documents for numbers in rounds for number in numbers if number >= 0)


@pytest.mark.parametrize("seed", range(20))
def test_results_come_in_order_whatever_the_order_of_the_calls(seed: int) -> None:
    chance = random.Random(seed)
    rounds = [tuple(tuple(chance.randint(0, 9) for _ in range(chance.randint(1, 3))) for _ in range(2)) for _ in range(30)]
    # With one call at a time, so many end on the way that none waits for ever.
    engine = Shuffled(1, chance)
    found = list(in_order((adding(*one) for one in rounds), engine))
    assert found == [sum(map(sum, one)) for one in rounds]


def test_a_document_without_calls_is_handed_on_at_once() -> None:
    assert list(in_order((adding() for _ in range(3)), Immediate())) == [0, 0, 0]


def test_documents_are_asked_for_as_they_are_needed() -> None:
    asked: list[int] = []

    def documents() -> Iterator[Steps[int]]:
        for number in range(1000):
            asked.append(number)
            yield adding((number,))

    results = in_order(documents(), Immediate())
    assert next(results) == 0
    assert len(asked) <= Immediate.width * AHEAD_PER_WORKER + 1
    assert [next(results) for _ in range(5)] == [1, 2, 3, 4, 5]
    assert len(asked) <= Immediate.width * AHEAD_PER_WORKER + 7


def failing() -> Steps[int]:
    (future,) = yield [Call(answer, (-1,))]
    return len(future.result())


def test_an_error_that_steps_raise_ends_everything() -> None:
    results = in_order(iter([adding((1,)), failing(), adding((2,))]), Immediate())
    with pytest.raises(ValueError, match="-1"):
        list(results)


def test_a_call_that_failed_is_not_told_as_kept() -> None:
    told: list[bytes] = []
    assert list(in_order(iter([adding((-1, 3))]), Immediate(), kept=lambda call, result: told.append(result))) == [1003]
    assert told == [b"3"]
