"""Runs of Prongsai that watch their own memory; `memory` starts a fresh process for each.

    python -m benchmarks.watched reading FOLDER COUNT[,COUNT…]
    python -m benchmarks.watched whole FOLDER COUNT JOBS OUT

The answer is one line of JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .process import peak_mib

if TYPE_CHECKING:
    from prongsai.records import Document


def reading(folder: Path, counts: list[int]) -> Mapping[str, Any]:
    """The peak of one process that reads document after document and keeps nothing, at each of the counts.

    This is a worker's work without the renewal of workers, which would hide a leak.
    """
    from prongsai.document import read_document
    from prongsai.intake import gather
    from prongsai.options import make_options

    sources, options = gather(_first(folder, max(counts))).sources, make_options(ocr="never")
    peaks: dict[int, float | None] = {}
    mentions = 0
    for number, extract in enumerate((read_document(source, options) for source in sources), 1):
        mentions += len(extract.mentions)
        if number in counts:
            peaks[number] = peak_mib()
    return {"peaks": [peaks.get(count) for count in counts], "mentions": mentions, "documents": len(sources)}


def whole(folder: Path, count: int, jobs: int, out: Path) -> Mapping[str, Any]:
    """The peaks of a run in all formats: of this process while it takes in rows, and after it wrote them; of any worker."""
    import prongsai

    watch = _Watch()
    report = prongsai.run(_first(folder, count), out=out, jobs=jobs, ocr="never", progress=watch, keep_tables=False)
    return {
        "documents": report.counts.documents,
        "mentions": report.counts.mentions,
        "holding": watch.own,
        "written": peak_mib(),
        "worker": max(watch.workers.values(), default=None),
        "workers": len(watch.workers),
    }


class _Watch:
    """Looks at the memory of this process and of its workers each time a document is done."""

    def __init__(self) -> None:
        self.own: float | None = None
        self.workers: dict[int, float] = {}

    def begin(self, total: int) -> None:
        """Nothing to look at yet."""

    def done(self, document: Document) -> None:
        """Notes the peaks so far; a worker's peak never falls, so the last look at each is what counts."""
        self.own = peak_mib()
        for thread in Path("/proc/self/task").glob("*/children"):
            for worker in map(int, thread.read_text().split()):
                peak = peak_mib(worker)
                if peak is not None:
                    self.workers[worker] = peak


def _first(folder: Path, count: int) -> list[str]:
    found = sorted(str(path) for path in folder.iterdir() if path.is_file())
    if len(found) < count:
        raise ValueError(f"{folder} holds {len(found)} documents, not {count}")
    return found[:count]


def main(what: str, folder: str, count: str, *others: str) -> None:
    """Runs it and prints the peaks, in MiB."""
    if what == "reading":
        answer = reading(Path(folder), [int(one) for one in count.split(",")])
    else:
        jobs, out = others
        answer = whole(Path(folder), int(count), int(jobs), Path(out))
    print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
