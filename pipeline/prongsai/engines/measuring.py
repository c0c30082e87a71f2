"""What a call takes, measured where it is made: its seconds, and the memory of the process that makes it."""

from __future__ import annotations

import struct
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_HEAD = struct.Struct("<dQ")


@dataclass(frozen=True, slots=True)
class Measured:
    """The result of a call, and what it took."""

    result: bytes
    seconds: float
    """By the clock on the wall, of one process."""
    peak_bytes: int
    """Resident memory of that process at its highest so far, with the largest program that it started; 0 where unknown."""


def measured(work: Callable[..., bytes], *arguments: object) -> bytes:
    """Makes a call; `read_measured` reads what it gives."""
    began = time.monotonic()
    result = work(*arguments)
    return _HEAD.pack(time.monotonic() - began, _peak_bytes()) + result


def read_measured(frame: bytes) -> Measured:
    """What `measured` gave."""
    seconds, peak_bytes = _HEAD.unpack_from(frame)
    return Measured(frame[_HEAD.size :], seconds, peak_bytes)


def _peak_bytes() -> int:
    try:
        import resource
    except ImportError:
        return 0
    # macOS counts in bytes, Linux in KiB.
    unit = 1 if sys.platform == "darwin" else 1024
    started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * unit
    try:
        # On Linux `ru_maxrss` is kept over an exec: that of a process started by a large one is the large one's.
        lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
        return started + next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))
    except (OSError, StopIteration):
        return started + resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
