"""Large runs: documents a minute, the parent's memory, a second run, more workers, and a Dask cluster; Markdown tables.

    python -m benchmarks.scale digital FOLDER [--jobs 2] [--format parts]
    python -m benchmarks.scale scanned FOLDER

`digital` runs the command over a folder, twice, and looks at the memory of its process all the while. `scanned` runs it with
one and with two processes and on a Dask cluster of two workers, and says whether the files are the same.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .process import ROOT, resident_mib
from .table import markdown

LOOK_S = 0.5
MARKS = 10


@dataclass(frozen=True, slots=True)
class Watched:
    """A command that was run and looked at."""

    seconds: float
    resident: tuple[float, ...]
    """MiB of its own process, every `LOOK_S`."""
    code: int

    def at(self, share: float) -> float:
        """Memory after a share of the time, 0-1."""
        return self.resident[min(int(share * len(self.resident)), len(self.resident) - 1)]


def watch(arguments: Sequence[str]) -> Watched:
    """Runs `prongsai` with the arguments."""
    began, resident = time.monotonic(), []
    path = os.pathsep.join(part for part in (str(ROOT / "pipeline"), os.environ.get("PYTHONPATH", "")) if part)
    process = subprocess.Popen(
        [sys.executable, "-m", "prongsai", *arguments], env={**os.environ, "PYTHONPATH": path}, stdout=subprocess.DEVNULL
    )
    while process.poll() is None:
        if (mib := resident_mib(process.pid)) is not None:
            resident.append(mib)
        time.sleep(LOOK_S)
    return Watched(time.monotonic() - began, tuple(resident) or (0.0,), process.returncode)


def digital(folder: Path, jobs: int, formats: str) -> Iterator[str]:
    """Tables on a first and a second run over one folder."""
    documents = sum(1 for path in folder.rglob("*") if path.suffix.lower() in {".pdf", ".txt"})
    with tempfile.TemporaryDirectory(prefix="prongsai-scale-") as out:
        command = ["run", str(folder), "--out", out, "--jobs", str(jobs), "--format", formats, "--quiet"]
        first, second = watch(command), watch(command)
    yield markdown(
        ("documents", "jobs", "format", "seconds", "documents a minute", "peak MiB of the parent", "second run, s", "share of the first"),
        [
            (
                f"{documents:,}",
                str(jobs),
                formats,
                f"{first.seconds:,.0f}",
                f"{60 * documents / first.seconds:,.0f}",
                f"{max(first.resident):,.0f}",
                f"{second.seconds:.1f}",
                f"{second.seconds / first.seconds:.2%}",
            )
        ],
    )
    marks = [mark / MARKS for mark in range(1, MARKS + 1)]
    yield markdown(
        ("share of the time", *(f"{mark:.0%}" for mark in marks)),
        [("MiB of the parent", *(f"{first.at(mark):,.0f}" for mark in marks))],
    )


def scanned(folder: Path) -> Iterator[str]:
    """A table on one process, two, and a cluster of two workers."""
    import prongsai

    rows: list[tuple[str, ...]] = []
    base = 0.0
    with tempfile.TemporaryDirectory(prefix="prongsai-scale-") as scratch:
        for name, jobs in (("local, 1", 1), ("local, 2", 2), ("dask, 2 x 1", 0)):
            out = Path(scratch) / str(jobs)
            with _cluster(2) if not jobs else _nothing() as address:
                began = time.monotonic()
                engine = "local" if jobs else "dask"
                report = prongsai.run(folder, out=out, jobs=jobs or 1, engine=engine, scheduler=address, keep_tables=False)
                seconds = time.monotonic() - began
            base = base or seconds
            same = "yes" if _digests(out) == _digests(Path(scratch) / "1") else "NO"
            rows.append((name, f"{report.pages:,}", f"{seconds:,.0f}", f"{report.pages / seconds:.2f}", f"{base / seconds:.2f}", same))
            print(*rows[-1], file=sys.stderr)
    yield markdown(("engine", "pages", "seconds", "pages a second", "times one process", "same bytes"), rows)


@contextmanager
def _cluster(workers: int) -> Iterator[str]:
    # Dask's own watching of itself takes a tenth of two cores that have other work; a cluster of many does not feel it.
    os.environ |= {
        "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False",
        "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s",
        "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL": "10s",
    }
    from distributed import LocalCluster

    with LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        yield str(cluster.scheduler_address)


@contextmanager
def _nothing() -> Iterator[str]:
    yield ""


def _digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def main() -> None:
    """Prints the tables as they are ready."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description="Large runs.")
    parser.add_argument("what", choices=("digital", "scanned"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--format", default="parts")
    asked = parser.parse_args()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    tables = digital(asked.folder, asked.jobs, asked.format) if asked.what == "digital" else scanned(asked.folder)
    for table in tables:
        print(table, end="\n\n", flush=True)


if __name__ == "__main__":
    main()
