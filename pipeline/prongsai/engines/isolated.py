"""A child process as its parent sees it: calls go in, results come out, and whatever happens in it stays in it."""

from __future__ import annotations

import json
import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import IO, Any, BinaryIO, cast

from prongsai import errors
from prongsai.engines.child import ALIVE, DONE, RAISED, Terms, read_frame, write_frame
from prongsai.engines.scratch import Scratch
from prongsai.errors import Died, OutOfMemory, ProngsaiError, TooSlow, UsageError
from prongsai.records import Limits

ATTEMPTS = 3
"""A call whose process was killed is made again so often: somebody outside may have killed it."""
_START_S = 120.0
"""A machine that is short of everything may need long to start Python."""


@dataclass(frozen=True, slots=True)
class Call:
    """A function that gives bytes, and its arguments; all of them can be pickled."""

    work: Callable[..., bytes]
    arguments: tuple[Any, ...] = ()


class Child:
    """One process that takes one call at a time; to be used by one thread at a time."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._scratch: Scratch | None = None
        self._steps = 0
        self._failed_starts = 0
        self._is_closed = False

    def call(self, call: Call) -> bytes:
        """The result of a call, made in the process, which is started where there is none.

        Raises Died, TooSlow or OutOfMemory; whatever error of the family the call raises; ImportError; and RuntimeError with
        the text of any other. A process that died is replaced by the next call.
        """
        frame = pickle.dumps((call.work, call.arguments), pickle.HIGHEST_PROTOCOL)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._attempt(frame)
            except TooSlow:
                raise
            except Died:
                if attempt == ATTEMPTS or self._is_closed:
                    raise
        raise AssertionError

    def close(self) -> None:
        """Ends the process for good; may be called from another thread while a call is being made."""
        self._is_closed = True
        self._end()

    def _attempt(self, frame: bytes) -> bytes:
        if self._process is not None and self._steps >= self.limits.pages_per_process:
            self._end()
        if self._process is None:
            self._start()
        return self._ask(frame, self.limits.step_s)

    def _end(self) -> None:
        """Ends the process and every program that it started."""
        process, self._process, self._steps = self._process, None, 0
        if process is None:
            return
        _kill(process)
        process.wait()
        for stream in (process.stdin, process.stdout):
            # What was not yet written can no longer be.
            with suppress(OSError, ValueError):
                _of(stream).close()
        if self._scratch is not None:
            self._scratch.remove()

    def _start(self) -> None:
        try:
            self._try_to_start()
        except (Died, OSError) as error:
            self._failed_starts += 1
            if self._failed_starts >= ATTEMPTS and not self._is_closed:
                why = "" if isinstance(error, Died) else f" ({error.strerror or error})"
                next_step = "See above why, and `prongsai doctor`"
                raise UsageError(f"worker processes cannot start{why}", sys.executable, next_step) from None
            # That it was slow is no fault of the document.
            raise self._ended(is_late=False) from None
        self._failed_starts = 0

    def _try_to_start(self) -> None:
        # Where it dies in the middle of a page, its temporary files would stay.
        scratch = self._scratch = Scratch()
        # Limits of threads: Tesseract with its own beside other processes is four times slower on two cores, and NumPy's
        # small products are nearly twice as fast on one; both are read when the process starts.
        settings = {"OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(path or "." for path in sys.path)}
        settings |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), scratch.name)
        # Dask has its workers give back memory at once, which costs a third more time on page images.
        inherited = {name: value for name, value in os.environ.items() if name != "MALLOC_TRIM_THRESHOLD_"}
        self._process = subprocess.Popen(
            # -P: a file of the folder where it is started, which may be full of downloads, must not pass for a module.
            [sys.executable, "-P", "-c", "from prongsai.engines.child import main; main()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=inherited | settings,
            pass_fds=scratch.locks,
            # A group of its own, so that it goes together with the programs that it started.
            start_new_session=True,
        )
        if self._is_closed:
            self._end()
        self._ask(pickle.dumps(Terms(self.limits, scratch.name, logging.getLogger().getEffectiveLevel())), _START_S)

    def _ask(self, frame: bytes, limit_s: float) -> bytes:
        """Sends a frame and waits for what answers it, or, when the process has just been started, for its first sign of life."""
        process = self._process
        if process is None:
            raise self._ended(is_late=False)
        is_first, is_sent = self._steps == 0, False
        while True:
            with _limited(process, limit_s) as is_late:
                if not is_sent:
                    with suppress(BrokenPipeError):
                        write_frame(_of(process.stdin), frame)
                    is_sent = True
                answer = read_frame(_of(process.stdout))
            if answer is None or answer[:1] not in (ALIVE, DONE, RAISED):
                self._end()
                raise self._ended(is_late.is_set())
            if answer != ALIVE:
                return _result(answer)
            self._steps += 1
            if is_first:
                return b""

    def _ended(self, is_late: bool) -> Died:
        if is_late:
            limit = f"{self.limits.step_s:g} s"
            return TooSlow(
                f"one page took longer than {limit}, and the process that read it was ended",
                next_step="Allow more with --max-seconds, or print it to a new PDF",
            )
        return Died(
            "the process that read it died, from lack of memory or from a crash in a library",
            next_step="Run it again with fewer --jobs or a larger --max-memory, or print it to a new PDF",
        )


def _result(answer: bytes) -> bytes:
    if answer[:1] == DONE:
        return answer[1:]
    kind, what, where, next_step = json.loads(answer[1:])
    if kind == "MemoryError":
        raise OutOfMemory(what, where, "Allow more with --max-memory, or print it to a new PDF")
    if kind == "ImportError":
        raise ImportError(what, name=where or None)
    family = getattr(errors, kind, None) if kind else None
    if isinstance(family, type) and issubclass(family, ProngsaiError):
        raise family(what, where, next_step)
    raise RuntimeError(what)


def _of(stream: IO[bytes] | None) -> BinaryIO:
    return cast("BinaryIO", stream)


@contextmanager
def _limited(process: subprocess.Popen[bytes], limit_s: float) -> Iterator[threading.Event]:
    """Kills the process where this takes longer, and then sets the event."""
    is_late = threading.Event()

    def give_up() -> None:
        is_late.set()
        _kill(process)

    clock = threading.Timer(limit_s, give_up)
    clock.daemon = True
    clock.start()
    try:
        yield is_late
    finally:
        clock.cancel()
        # Until it is sure not to kill: soon another process may have the number of this one.
        clock.join()


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.returncode is None and hasattr(os, "killpg"):
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        # Does nothing where it has ended.
        process.kill()
