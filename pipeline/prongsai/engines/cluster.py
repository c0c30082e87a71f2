"""An engine on a Dask cluster that somebody runs: the same calls, made in child processes of its workers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from types import TracebackType
from typing import Any

from prongsai.engines.isolated import Call, Child
from prongsai.errors import Died, EngineLost, UsageError
from prongsai.records import Limits

_CONNECT_S = 30
_NO_PACKAGE = "Install it with `pip install 'prongsai[dask]'`, or use --engine local"


class DaskEngine:
    """Makes calls on the workers of the cluster whose scheduler has the address; a context manager.

    Workers open the inputs by the same paths as this process: on a shared disk, or remote ones. `versions` names all that
    reads documents on the machine that asks: a worker with other ones would read otherwise.
    """

    def __init__(self, address: str, limits: Limits, versions: Callable[[], str]) -> None:
        self._address, self._limits, self._versions = address, limits, versions

    def __enter__(self) -> DaskEngine:
        """Raises UsageError where there is no such cluster, or a worker has other versions than this process."""
        try:
            import distributed
        except ImportError as error:
            raise UsageError("the package distributed is not installed", "--engine dask", _NO_PACKAGE) from error
        try:
            self._client = distributed.Client(self._address, timeout=_CONNECT_S, set_as_default=False)
        except (OSError, ValueError) as error:
            next_step = "Check the address, and that the scheduler runs"
            raise UsageError(f"no Dask scheduler answers ({error})", f"--scheduler {self._address}", next_step) from error
        try:
            self._client.wait_for_workers(1, timeout=_CONNECT_S)
            self._check_versions()
        except TimeoutError as error:
            self._client.close()
            raise UsageError("the cluster has no worker", f"--scheduler {self._address}", "Start workers with `dask worker`") from error
        except BaseException:
            self._client.close()
            raise
        self._executor = self._client.get_executor(pure=False)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._executor.shutdown(wait=False)
        self._client.close()

    def _check_versions(self) -> None:
        here = self._versions()
        others = [worker for worker, there in self._client.run(self._versions).items() if there != here]
        if others:
            next_step = "Install the same version of Prongsai, its packages and Tesseract there as here"
            raise UsageError("workers of other versions would read otherwise", ", ".join(sorted(map(str, others))), next_step)

    @property
    def width(self) -> int:
        """How many calls the cluster makes at the same time, now."""
        threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))

    def submit(self, call: Call) -> Future[bytes]:
        """A future of the call's result; see `Child.call` for what it may raise, and EngineLost where the scheduler is gone."""
        answer: Future[bytes] = Future()
        try:
            asked = self._executor.submit(make_call, call, self._limits)
        except Exception as error:  # noqa: BLE001 - whatever a broken connection raises
            answer.set_exception(_gone(self._address, error))
            return answer
        asked.add_done_callback(lambda done: _hand_on(done, answer, self._address))
        return answer


_mine = threading.local()


def make_call(call: Call, limits: Limits) -> bytes:
    """Makes a call in the child process of this thread of a worker."""
    child: Child | None = getattr(_mine, "child", None)
    if child is None or child.limits != limits:
        if child is not None:
            child.close()
        child = _mine.child = Child(limits)
    return child.call(call)


def _hand_on(asked: Future[bytes], answer: Future[bytes], address: str) -> None:
    import distributed

    error: Any = None
    try:
        answer.set_result(asked.result())
        return
    except distributed.KilledWorker as killed:
        error = Died("the workers of the cluster that read it died", next_step=f"See the log of the worker ({killed})")
    except (distributed.CancelledError, distributed.comm.CommClosedError, OSError) as lost:
        error = _gone(address, lost)
    except BaseException as other:  # noqa: BLE001 - what the call raised
        error = _gone(address, other) if type(other).__name__ in ("CancelledError", "FutureCancelledError") else other
    answer.set_exception(error)


def _gone(address: str, error: BaseException) -> EngineLost:
    return EngineLost(f"the Dask scheduler is gone ({error})", address, "Start it and run again: what was read is kept")
