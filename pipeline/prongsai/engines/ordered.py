"""Deals out the calls of many documents at once and hands on their results in the order of the documents.

What comes out never depends on how many processes there are or how fast they were: documents are handed on in input order,
and only the caller writes.
"""

from __future__ import annotations

import queue
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from typing import Generic, Protocol, TypeVar

from prongsai.engines.isolated import Call

R = TypeVar("R")

AHEAD_PER_WORKER = 8
"""How many documents a worker may be ahead of the oldest unfinished one, so that one slow report does not idle the rest."""

Steps = Generator[Sequence[Call], Sequence["Future[bytes]"], R]
"""How one document is read: yields calls that can be made at the same time, is sent their futures when all are done, and so on,
until it returns its result."""


class Engine(Protocol):
    """Makes calls somewhere."""

    @property
    def width(self) -> int:
        """How many calls are made at the same time."""

    def submit(self, call: Call) -> Future[bytes]:
        """A future of the call's result."""


@dataclass(slots=True, eq=False)
class _Task(Generic[R]):
    steps: Steps[R]
    futures: list[Future[bytes]] = field(default_factory=list)
    n_open: int = 0
    is_done: bool = False
    result: list[R] = field(default_factory=list)


Done = tuple[_Task[R], Call, "Future[bytes]"]


def in_order(
    documents: Iterable[Steps[R]], engine: Engine, *, kept: Callable[[Call, bytes], None] = lambda call, result: None
) -> Iterator[R]:
    """Yields what each document's steps return, in the order of `documents`, which are asked for as they are needed.

    `kept` is told of each call that succeeds, as soon as it does. All of it happens in the caller's thread but the calls.
    An error that steps raise ends everything.
    """
    window: deque[_Task[R]] = deque()
    done: queue.SimpleQueue[Done[R]] = queue.SimpleQueue()
    waiting = iter(documents)
    has_more = True
    while has_more or window:
        while has_more and len(window) < engine.width * AHEAD_PER_WORKER:
            steps = next(waiting, None)
            if steps is None:
                has_more = False
            else:
                window.append(_Task(steps))
                _advance(window[-1], engine, done)
        while window and window[0].is_done:
            yield window.popleft().result[0]
        if window and (not has_more or len(window) >= engine.width * AHEAD_PER_WORKER):
            task, call, future = done.get()
            if not future.cancelled() and future.exception() is None:
                kept(call, future.result())
            task.n_open -= 1
            if not task.n_open:
                _advance(task, engine, done)


def _advance(task: _Task[R], engine: Engine, done: queue.SimpleQueue[Done[R]]) -> None:
    """Lets a document go on until it waits for a call or has come to its end."""
    while not task.n_open:
        try:
            calls = task.steps.send(task.futures) if task.futures else next(task.steps)
        except StopIteration as end:
            task.result.append(end.value)
            task.is_done = True
            return
        task.n_open = len(calls)
        task.futures = [engine.submit(call) for call in calls]
        for call, future in zip(calls, task.futures, strict=True):
            future.add_done_callback(partial(_tell, done, task, call))


def _tell(done: queue.SimpleQueue[Done[R]], task: _Task[R], call: Call, future: Future[bytes]) -> None:
    done.put((task, call, future))
