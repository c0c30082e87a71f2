"""The engine that is always there: child processes of this one, each fed by a thread that waits for it."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType

from prongsai.engines.isolated import Call, Child
from prongsai.errors import UsageError
from prongsai.records import Limits


class LocalEngine:
    """Makes calls in `jobs` processes of this machine; a context manager, after which none of them is left."""

    def __init__(self, jobs: int, limits: Limits) -> None:
        """Raises UsageError where there is not one job."""
        if jobs < 1:
            raise UsageError(f"{jobs} worker processes make no sense", "--jobs", "Give 1 or more")
        self.width = jobs
        self._limits = limits
        self._mine = threading.local()
        self._children: list[Child] = []
        self._is_closed = False
        self._threads = ThreadPoolExecutor(jobs, thread_name_prefix="prongsai")

    def __enter__(self) -> LocalEngine:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._is_closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for child in self._children:
            child.close()
        self._threads.shutdown()

    def submit(self, call: Call) -> Future[bytes]:
        """A future of the call's result; see `Child.call` for what it may raise."""
        return self._threads.submit(self._make, call)

    def _make(self, call: Call) -> bytes:
        child: Child | None = getattr(self._mine, "child", None)
        if child is None:
            child = self._mine.child = Child(self._limits)
            self._children.append(child)
            if self._is_closed:
                child.close()
        return child.call(call)
