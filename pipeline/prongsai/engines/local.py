"""Runs one function over many items, here or in worker processes, and gives the results in the order of the items.

What comes out never depends on how many workers there are: results are handed on in input order, and only the caller
writes. An item whose worker dies costs that item only.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from prongsai.errors import ExitCode, ProngsaiError, UsageError

T = TypeVar("T")
R = TypeVar("R")

LOG = logging.getLogger(__name__)

IN_FLIGHT_PER_WORKER = 8
"""How far ahead of the oldest unfinished item the others may run, so that one slow report does not idle the rest."""

ITEMS_PER_WORKER = 250
"""Workers are renewed after about so many items each, so that what a C library leaks is given back.

`max_tasks_per_child` would be the ready-made way, but it can hang for ever (cpython issue 115634, Python 3.11 to 3.15).
"""

WORKER_DIED = (
    "the worker process that read it died, from lack of memory or from a crash in a library. "
    "Run it again with fewer --jobs, or print it to a new PDF"
)


def available_cores() -> int:
    """How many cores this process may use, which in a container is fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def in_order(
    work: Callable[[T], R],
    items: Sequence[T],
    *,
    lost: Callable[[T, str], R],
    jobs: int = 1,
) -> Iterator[R]:
    """Yields `work(item)` for each item, in the order of `items`.

    `work` and the items must be picklable where `jobs` > 1. `lost(item, reason)` stands in for the result of an item
    whose work raised or whose worker died. With `jobs` = 1 the work runs in this process.

    Raises as they are the errors that would meet every item alike: those of the family whose exit code is `WRONG_USE`,
    and ImportError; and UsageError where worker processes cannot start. On any end, Ctrl-C included, no worker stays.
    """
    if jobs < 1:
        raise UsageError(f"{jobs} worker processes make no sense", "--jobs", "Give 1 or more")
    if jobs == 1 or len(items) < 2:
        for item in items:
            yield _result_or_lost(_here(work, item), item, lost)
        return
    waiting = iter(items)
    while batch := tuple(islice(waiting, jobs * ITEMS_PER_WORKER)):
        yield from _in_workers(work, batch, lost, min(jobs, len(batch)))


@dataclass(slots=True)
class _Task(Generic[T, R]):
    item: T
    outcome: Future[R]

    def is_interrupted(self) -> bool:
        """Waits until it is done, or until its pool breaks; whether it was the latter."""
        try:
            return isinstance(self.outcome.exception(), BrokenProcessPool)
        except CancelledError:
            return True


def _in_workers(work: Callable[[T], R], items: Sequence[T], lost: Callable[[T, str], R], jobs: int) -> Iterator[R]:
    window: deque[_Task[T, R]] = deque()
    pool = _start_pool(jobs)
    try:
        for item in items:
            if len(window) >= jobs * IN_FLIGHT_PER_WORKER:
                if window[0].is_interrupted():
                    pool = _rescue(pool, work, window, jobs)
                task = window.popleft()
                yield _result_or_lost(task.outcome, task.item, lost)
            try:
                outcome = pool.submit(work, item)
            except BrokenProcessPool:
                pool = _rescue(pool, work, window, jobs)
                outcome = pool.submit(work, item)
            window.append(_Task(item, outcome))
        while window:
            if window[0].is_interrupted():
                pool = _rescue(pool, work, window, jobs)
            task = window.popleft()
            yield _result_or_lost(task.outcome, task.item, lost)
    except BaseException:
        _kill(pool)
        raise
    pool.shutdown()


def _rescue(pool: ProcessPoolExecutor, work: Callable[[T], R], window: deque[_Task[T, R]], jobs: int) -> ProcessPoolExecutor:
    """Runs each unfinished task of a broken pool alone, and returns a pool that works.

    When a worker dies, every unfinished task of its pool fails alike and nobody says whose fault it was. Run alone,
    only the guilty one fails again, so that the results are the same whichever worker had which item.
    """
    _kill(pool)
    alone: ProcessPoolExecutor | None = None
    try:
        for task in window:
            if not task.is_interrupted():
                continue
            alone = alone or _new_pool(1)
            task.outcome = alone.submit(work, task.item)
            if task.is_interrupted():
                _kill(alone)
                alone = None
    finally:
        if alone is not None:
            _kill(alone)
    return _start_pool(jobs)


def _start_pool(jobs: int) -> ProcessPoolExecutor:
    """A pool whose workers are known to start: without a `__main__` guard in the calling script, none would."""
    pool = _new_pool(jobs)
    try:
        pool.submit(_is_awake).result()
    except BrokenProcessPool as error:
        _kill(pool)
        raise UsageError(
            "worker processes cannot start",
            "--jobs",
            'In a script, put the call under `if __name__ == "__main__":`, or use one job',
        ) from error
    except BaseException:
        _kill(pool)
        raise
    return pool


def _new_pool(jobs: int) -> ProcessPoolExecutor:
    # spawn, not fork: the parent may hold threads (pyarrow, the progress bar), and a fork of those can hang.
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"), initializer=_prepare_worker)


def _prepare_worker() -> None:
    # Tesseract with its own threads beside other workers is four times slower on two cores.
    os.environ["OMP_THREAD_LIMIT"] = "1"
    # NumPy's small products are nearly twice as fast on one thread; it reads this when it is first imported.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    # Ctrl-C reaches the whole process group; the parent alone decides, or each worker prints a traceback.
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _is_awake() -> bool:
    return True


def _kill(pool: ProcessPoolExecutor) -> None:
    """Ends the pool's processes without waiting for what they are reading."""
    # Public only from Python 3.14 on (`terminate_workers`); until then the process table is the one handle there is.
    processes = list((getattr(pool, "_processes", None) or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.terminate()
    for process in processes:
        process.join(timeout=5)


def _here(work: Callable[[T], R], item: T) -> Future[R]:
    outcome: Future[R] = Future()
    try:
        outcome.set_result(work(item))
    except Exception as error:  # noqa: BLE001 - judged in _result_or_lost, as a worker's would be
        outcome.set_exception(error)
    return outcome


def _result_or_lost(outcome: Future[R], item: T, lost: Callable[[T, str], R]) -> R:
    error = outcome.exception()
    if error is None:
        return outcome.result()
    if isinstance(error, BrokenProcessPool):
        LOG.warning("%s: %s", item, WORKER_DIED)
        return lost(item, WORKER_DIED)
    if not isinstance(error, Exception) or _meets_every_item(error):
        raise error
    LOG.warning("%s: %s", item, error, exc_info=error)
    return lost(item, str(error) if isinstance(error, ProngsaiError) else f"{type(error).__name__}: {error}")


def _meets_every_item(error: Exception) -> bool:
    # A package that is missing would otherwise show as thousands of reports rejected, each for the same reason.
    return isinstance(error, ImportError) or (isinstance(error, ProngsaiError) and error.exit_code is ExitCode.WRONG_USE)
