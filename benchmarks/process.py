"""Fresh processes for measurements, and the peak memory of a process."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
MIB = 1024 * 1024


class MeasurementFailed(Exception):
    """A process that was to measure something ended without an answer; the message is its last words."""


def measure(module: str, arguments: Sequence[str], timeout_s: float) -> Mapping[str, Any]:
    """Runs `python -m benchmarks.<module> <arguments>` by itself, and returns the JSON object in its last line.

    Raises MeasurementFailed where the process fails, takes longer than `timeout_s` or says nothing.
    """
    path = os.pathsep.join(part for part in (str(ROOT / "pipeline"), os.environ.get("PYTHONPATH", "")) if part)
    process = subprocess.Popen(
        [sys.executable, "-m", f"benchmarks.{module}", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path, "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        out, err = process.communicate(timeout=timeout_s)
    except subprocess.TimeoutExpired as error:
        # With all that it started: an OCR program left running would slow the next contender.
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise MeasurementFailed(f"it was stopped after {timeout_s:g} s") from error
    said = out.strip().splitlines()
    if process.returncode or not said:
        last = (err.strip() or out.strip()).splitlines()
        raise MeasurementFailed(last[-1] if last else f"it ended with {process.returncode} and said nothing")
    answer: Mapping[str, Any] = json.loads(said[-1])
    return answer


def peak_mib(pid: int | str = "self") -> float | None:
    """The largest resident memory of a process so far, in MiB; None where the system does not tell.

    Linux keeps `ru_maxrss` over an exec, so that a worker started late by a large parent shows the parent's peak as its
    own; VmHWM belongs to the program that runs. Elsewhere `ru_maxrss` is all there is, and only for this process.
    """
    status = Path(f"/proc/{pid}/status")
    try:
        for line in status.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / MIB
    except OSError:
        pass  # no /proc here, or the process is gone: told below
    return _maxrss_mib(resource.RUSAGE_SELF) if pid == "self" else None


def resident_mib(pid: int | str = "self") -> float | None:
    """The resident memory of a process now, in MiB; None where the system does not tell."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 / MIB for line in lines if line.startswith("VmRSS:")), None)


def peak_of_children_mib() -> float:
    """The largest resident memory of any one child that has ended, in MiB; 0 where there was none."""
    return _maxrss_mib(resource.RUSAGE_CHILDREN)


def cpu_s() -> float:
    """Seconds of processor time of this process and of its children that have ended."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _maxrss_mib(who: int) -> float:
    # macOS counts in bytes, Linux in KiB.
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(who).ru_maxrss * unit / MIB
