"""Peak memory over more and more documents, as Markdown tables: of a reading process, and of a whole run.

    python -m benchmarks.memory [--text 50,200,800] [--pdf 20,80,160] [--writing 1000,3000,10000] [--formats LIST] [--seed 2568] [--jobs 2]

A reading process (a worker) keeps nothing of a document that is done, and in the parent process of a run rows wait on
disk until they are written, so that neither peak should grow; by how much the parent's does is printed. The third part
writes the rows of a few documents over and over, and so shows what a parent takes whose documents took hours to read.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .made import make_documents
from .process import MeasurementFailed, measure
from .replicated import SAMPLE
from .table import markdown

KINDS = {"text": ("txt", "text files"), "pdf": ("pdf", "digital PDFs")}
TIMEOUT_S = 3600


def main() -> int:
    """Measures and prints; ends with 1 where something could not be measured."""
    options = _options()
    failed = False
    for kind, (suffix, title) in KINDS.items():
        counts: list[int] = getattr(options, kind)
        if not counts:
            continue
        try:
            with tempfile.TemporaryDirectory(prefix="prongsai-memory-") as folder:
                print(f"{_of_kind(title, suffix, counts, options, Path(folder))}\n")
        except MeasurementFailed as error:
            print(f"{title}: could not be measured: {error}\n")
            failed = True
    try:
        if options.writing:
            with tempfile.TemporaryDirectory(prefix="prongsai-memory-") as folder:
                print(_of_writing(options, Path(folder)))
    except MeasurementFailed as error:
        print(f"writing: could not be measured: {error}\n")
        failed = True
    return int(failed)


def _of_writing(options: argparse.Namespace, folder: Path) -> str:
    """What the parent's part of a run takes, with a line above it."""
    make_documents(SAMPLE, options.seed, folder / "documents", "pdf")
    rows = []
    for count in options.writing:
        one = measure("replicated", [str(folder / "documents"), str(count), options.formats, str(folder / "out")], TIMEOUT_S)
        rows.append((f"{count:,}", f"{one['mentions']:,}", *(_mib(one[key]) for key in ("before", "added", "scored", "written"))))
        shutil.rmtree(folder / "out")
        _tell(f"writing: {count} documents")
    head = ("documents", "printed numbers", "before, MiB", "documents added, MiB", "scores added, MiB", "written, MiB")
    title = f"One process that takes the rows of {SAMPLE} digital PDFs over and over, each time as others, and writes {options.formats}:"
    return f"{title}\n\n{markdown(head, rows)}"


def _of_kind(title: str, suffix: str, counts: Sequence[int], options: argparse.Namespace, folder: Path) -> str:
    """Both tables of one kind of document, with a line above each."""
    documents = folder / "documents"
    make_documents(max(counts), options.seed, documents, suffix)
    _tell(f"{title}: {max(counts)} made")
    read = measure("watched", ["reading", str(documents), ",".join(map(str, counts))], TIMEOUT_S)
    _tell(f"{title}: read by one process")
    wholes = []
    for count in counts:
        out = folder / f"out-{count}"
        wholes.append(measure("watched", ["whole", str(documents), str(count), str(options.jobs), str(out)], TIMEOUT_S))
        _tell(f"{title}: whole run over {count}")
    return "\n\n".join(
        (
            f"One process that reads {title} and keeps nothing (a worker that is never renewed):",
            markdown(("documents read", "peak MiB"), [(str(count), _mib(peak)) for count, peak in zip(counts, read["peaks"], strict=True)]),
            f"Whole runs over {title}, {options.jobs} jobs, all formats; rows wait on disk until they are written:",
            markdown(
                ("documents", "printed numbers", "largest worker, MiB", "parent, reading, MiB", "parent, written, MiB"), _rows(wholes)
            ),
            _growth(wholes),
        )
    )


def _rows(wholes: Sequence[Mapping[str, Any]]) -> list[tuple[str, ...]]:
    return [
        (str(one["documents"]), str(one["mentions"]), _mib(one["worker"]), _mib(one["holding"]), _mib(one["written"])) for one in wholes
    ]


def _growth(wholes: Sequence[Mapping[str, Any]]) -> str:
    """What the parent's peak grows by for each document more, from the smallest run to the largest."""
    least, most = wholes[0], wholes[-1]
    more = most["documents"] - least["documents"]
    if more <= 0 or None in (least["holding"], most["holding"]):
        return "Growth for each document: not known from one count."
    kib = {key: (most[key] - least[key]) * 1024 / more for key in ("holding", "written")}
    numbers = (most["mentions"] - least["mentions"]) / more
    return (
        f"Growth of the parent for each document more ({numbers:.0f} printed numbers): "
        f"{kib['holding']:.0f} KiB while reading, {kib['written']:.0f} KiB with writing."
    )


def _mib(peak: float | None) -> str:
    return "–" if peak is None else f"{peak:.0f}"


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _counts(text: str) -> list[int]:
    return sorted(int(one) for one in text.split(",") if one.strip())


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description="Peak memory over more and more documents.")
    parser.add_argument("--text", type=_counts, default=[50, 200, 800], metavar="N,...", help="how many text files; empty: none")
    parser.add_argument("--pdf", type=_counts, default=[20, 80, 160], metavar="N,...", help="how many digital PDFs; empty: none")
    parser.add_argument("--writing", type=_counts, default=[1000, 3000, 10000], metavar="N,...", help="how many documents; empty: none")
    parser.add_argument("--formats", default="csv,parquet,duckdb,xlsx,parts", metavar="LIST", help="what the third part writes")
    parser.add_argument("--seed", type=int, default=2568)
    parser.add_argument("--jobs", type=int, default=2)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
