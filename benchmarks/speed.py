"""Prongsai beside other readers of PDF: pages a second and peak memory, as a Markdown table.

    python -m benchmarks.speed [FILE|FOLDER ...] [--count 40] [--seed 2568] [--rounds 5] [--ocr auto] [--only NAME,...]

Over made digital PDFs (none with --count 0) and the PDFs named. Each measurement is a fresh process, and the contenders
take turns, round by round, so that what else the machine does falls on all of them alike.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .contenders import CONTENDERS
from .made import make_documents
from .process import MeasurementFailed, measure
from .table import markdown

MARK = "pdfplumber-tables"
"""What the others are held against."""
HEADER = ("contender", "version", "pages/s", "slowest–fastest", "wall s", "CPU s", "peak MiB", "against extract_tables", "pages", "gives")


@dataclass(slots=True)
class Runs:
    """What one contender took, a round each; `reason` says why there is no more."""

    answers: list[Mapping[str, Any]] = field(default_factory=list)
    reason: str = ""

    @property
    def speeds(self) -> list[float]:
        """Pages a second, round by round."""
        return [answer["pages"] / answer["wall_s"] for answer in self.answers]

    def median(self, key: str) -> float:
        """The median of a number that every answer holds."""
        return statistics.median(float(answer[key]) for answer in self.answers)


def main() -> int:
    """Measures and prints; ends with 2 where there is nothing to measure."""
    options = _options()
    named = find_pdfs(options.paths)
    with tempfile.TemporaryDirectory(prefix="prongsai-speed-") as name:
        folder = Path(name)
        made: list[Path] = []
        if options.count:
            try:
                make_documents(options.count, options.seed, folder / "made", "pdf")
            except MeasurementFailed as error:
                print(f"no reports could be made: {error}", file=sys.stderr)
            else:
                made = find_pdfs([folder / "made"])
        if not made and not named:
            print("nothing to measure: name PDF files or folders that hold some", file=sys.stderr)
            return 2
        runs = take_turns([*made, *named], folder, options)
    print(f"{len(made)} PDFs made with seed {options.seed} and {len(named)} named; medians of {options.rounds} rounds;", end=" ")
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}\n")
    print(speed_table(runs))
    print(f"\n{told_of_readers(runs)}")
    return 0


def find_pdfs(paths: Iterable[Path]) -> list[Path]:
    """The PDF files named, and those in the folders named and all their folders, sorted."""
    found: set[Path] = set()
    for path in paths:
        inside = (one for one in path.rglob("*") if one.suffix.lower() == ".pdf") if path.is_dir() else [path]
        found.update(one.resolve() for one in inside)
    return sorted(found)


def take_turns(files: Sequence[Path], folder: Path, options: argparse.Namespace) -> dict[str, Runs]:
    """Every contender once, then every contender again; one that fails is left out from then on."""
    listed = folder / "files.txt"
    listed.write_text("\n".join(map(str, files)) + "\n", encoding="utf-8")
    runs = {name: Runs() for name in options.only}
    for turn in range(options.rounds):
        for name, run in runs.items():
            if run.reason:
                continue
            try:
                run.answers.append(measure("contenders", [name, str(listed), str(folder / f"{name}-{turn}"), options.ocr], options.timeout))
            except MeasurementFailed as error:
                run.reason = str(error)
            _tell(f"round {turn + 1} of {options.rounds}: {name} " + (run.reason or f"{run.answers[-1]['wall_s']:.2f} s"))
    return runs


def speed_table(runs: Mapping[str, Runs]) -> str:
    """The table; a contender without an answer has its reason in the last column."""
    marks = runs[MARK].speeds if MARK in runs else []
    rows = []
    for name, run in runs.items():
        title = CONTENDERS[name].title
        if not run.answers:
            rows.append((title, *["–"] * (len(HEADER) - 2), f"could not run: {run.reason}"))
            continue
        # Pairs of one round, not two medians: a slow spell of the machine falls on both of a pair.
        ratios = [speed / mark for speed, mark in zip(run.speeds, marks, strict=False)]
        rows.append(
            (
                title,
                str(run.answers[0]["version"]),
                f"{statistics.median(run.speeds):.1f}",
                f"{min(run.speeds):.1f}–{max(run.speeds):.1f}",
                f"{run.median('wall_s'):.2f}",
                f"{run.median('cpu_s'):.2f}",
                f"{run.median('peak_mib'):.0f}",
                f"{statistics.median(ratios):.2f} × ({min(ratios):.2f}–{max(ratios):.2f})" if ratios else "–",
                str(run.answers[0]["pages"]),
                str(run.answers[0]["got"]),
            )
        )
    return markdown(HEADER, rows)


def told_of_readers(runs: Mapping[str, Runs]) -> str:
    """Which pages Prongsai read how: pages by OCR are work that no other contender does."""
    for name, run in runs.items():
        if run.answers and name.startswith("prongsai"):
            return "Prongsai's pages by reader: " + ", ".join(f"{reader} {count}" for reader, count in run.answers[0]["readers"]) + "."
    return "Prongsai did not run."


def _tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def _path(text: str) -> Path:
    if not Path(text).exists():
        raise argparse.ArgumentTypeError(f"{text} is not there")
    return Path(text)


def _names(text: str) -> list[str]:
    chosen = [name.strip() for name in text.split(",")]
    if strange := [name for name in chosen if name not in CONTENDERS]:
        raise argparse.ArgumentTypeError(f"unknown: {', '.join(strange)}; choose from {', '.join(CONTENDERS)}")
    return chosen


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description="Pages a second, Prongsai beside other readers.")
    parser.add_argument("paths", nargs="*", type=_path, help="PDF files, or folders that hold some, besides the made ones")
    parser.add_argument("--count", type=int, default=40, help="how many reports to make (0: none)")
    parser.add_argument("--seed", type=int, default=2568)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--ocr", choices=("auto", "never"), default="auto", help="what Prongsai does with a text layer that fails")
    parser.add_argument("--only", type=_names, default=list(CONTENDERS), metavar="NAME,...", help=f"of {', '.join(CONTENDERS)}")
    parser.add_argument("--timeout", type=float, default=900, help="seconds after which one measurement is given up")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
