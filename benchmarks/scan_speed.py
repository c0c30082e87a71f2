"""Seconds a scanned page: Prongsai beside OCR programs, over the same pages, with the same number of jobs, in one run."""

from __future__ import annotations

import csv
import os
import re
import statistics
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from .process import MeasurementFailed, measure
from .scan_contenders import CONTENDERS
from .speed import Runs
from .table import markdown

HEADER = (
    "reader",
    "version",
    "jobs",
    "s a page",
    "fastest–slowest",
    "CPU s a page",
    "peak MiB",
    "Prongsai takes",
    "pages",
    "scores found",
)
TO_THAI = {ord("0") + digit: ord("\N{THAI DIGIT ZERO}") + digit for digit in range(10)}


def cut(files: Sequence[Path], folder: Path, pages: int) -> list[Path]:
    """The first `pages` pages of each PDF, copied into `folder` under the same name; as they are where `pages` is 0."""
    import pypdfium2

    if not pages:
        return list(files)
    folder.mkdir(parents=True, exist_ok=True)
    copies = []
    for file in files:
        with pypdfium2.PdfDocument(file) as document, pypdfium2.PdfDocument.new() as first:
            first.import_pages(document, list(range(min(pages, len(document)))))
            first.save(folder / file.name)
        copies.append(folder / file.name)
    return copies


def measure_speed(
    files: Sequence[Path], values: Mapping[str, set[str]], folder: Path, jobs: Sequence[int], rounds: int, timeout_s: float
) -> str:
    """The table: every reader with each number of jobs, in turn, round by round; `values` are the true scores by document."""
    listed = folder / "files.txt"
    listed.write_text("\n".join(map(str, files)) + "\n", encoding="utf-8")
    runs = {(name, count): Runs() for count in jobs for name in CONTENDERS}
    found: dict[tuple[str, int], int] = {}
    for turn in range(rounds):
        for (name, count), run in runs.items():
            if run.reason:
                continue
            out = folder / f"{name}-{count}-{turn}"
            try:
                run.answers.append(measure("scan_contenders", [name, str(listed), str(out), str(count)], timeout_s))
                found[name, count] = count_found(out, values)
            except MeasurementFailed as error:
                run.reason = str(error)
            taken = run.reason or f"{run.answers[-1]['wall_s']:.1f} s"
            print(f"round {turn + 1} of {rounds}: {name}, {count} jobs, {taken}", file=sys.stderr, flush=True)
    return speed_table(runs, found)


def speed_table(runs: Mapping[tuple[str, int], Runs], found: Mapping[tuple[str, int], int]) -> str:
    """The table; a reader without an answer has its reason in the last column."""
    rows = []
    for (name, jobs), run in runs.items():
        title = CONTENDERS[name][0]
        if not run.answers:
            rows.append((title, *["–"] * (len(HEADER) - 2), f"could not run: {run.reason}"))
            continue
        seconds = [1 / speed for speed in run.speeds]
        mine = [1 / speed for speed in runs["prongsai", jobs].speeds] if ("prongsai", jobs) in runs else []
        # Pairs of one round, not two medians: a slow spell of the machine falls on both of a pair.
        ratios = [own / other for own, other in zip(mine, seconds, strict=False)]
        rows.append(
            (
                title,
                str(run.answers[0]["version"]),
                str(jobs),
                f"{statistics.median(seconds):.2f}",
                f"{min(seconds):.2f}–{max(seconds):.2f}",
                f"{run.median('cpu_s') / run.answers[0]['pages']:.2f}",
                f"{run.median('peak_mib'):.0f}",
                f"{statistics.median(ratios):.2f} × ({min(ratios):.2f}–{max(ratios):.2f})" if ratios else "–",
                str(run.answers[0]["pages"]),
                str(found[name, jobs]),
            )
        )
    return markdown(HEADER, rows)


def count_found(folder: Path, values: Mapping[str, set[str]]) -> int:
    """How many of the true scores stand in what a reader wrote, each once a document; whether its code is known counts nothing."""
    tables = folder / "csv" / "mentions.csv"
    if not tables.is_file():
        return sum(_in_text(folder / f"{stem}.txt", wanted) for stem, wanted in values.items())
    with tables.open(encoding="utf-8-sig", newline="") as stream:
        seen = {(Path(row["path"]).stem, f"{float(row['value']):.2f}") for row in csv.DictReader(stream) if row["value"]}
    return sum((stem, value) in seen for stem, wanted in values.items() for value in wanted)


def _in_text(path: Path, values: set[str]) -> int:
    """True scores in a text, in Thai or Arabic digits; spaces between the glyphs of a number are forgiven."""
    if not path.is_file():
        return 0
    text = path.read_text(encoding="utf-8")
    return sum(any(re.search(_spaced(form), text) for form in (value, value.translate(TO_THAI))) for value in values)


def _spaced(number: str) -> str:
    return r"(?<!\d)" + r" ?".join(map(re.escape, number)) + r"(?!\d)"


def machine() -> str:
    """The cores, and how busy they are: what else runs falls on all, but not on all alike."""
    load = f", load average {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{os.cpu_count()} cores{load}"
