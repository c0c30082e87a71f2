"""Scans: how right they are read, how far `confidence` can be trusted, and how fast, beside OCR programs.

    python -m benchmarks.scans [--count 12] [--seed 2568] [--shared PATH] [--part accuracy|speed] [--rounds 3] [--jobs 1,2] [--pages 6]

Over made scans, whose truth is known; with --shared over PATH/pdf/*.scan*.pdf besides, held against PATH/gold.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from .accuracy import Printed, Truth, found_scores, read_truth, squeeze, two_places
from .made import make_documents
from .process import MeasurementFailed
from .scan_speed import cut, machine, measure_speed
from .table import markdown

if TYPE_CHECKING:
    from prongsai.records import CodeReading, Mention

HEADER = ("scans", "documents", "scores", "recall", "precision", "F1", "codes", "unread", "wrong, sure", "misread")
RELIABILITY = ("confidence", "scores", "mean confidence", "value is printed", "code and year, too")
BOUNDS = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 1.01)
SURE = 0.9
SETS = ((300, "light"), (200, "light"), (150, "light"), (200, "hard"))
"""Dots per inch and wear of the made scans."""
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


@dataclass(slots=True)
class Score:
    """How one set of scans was read."""

    documents: int = 0
    wanted: int = 0
    found: int = 0
    right: int = 0
    unread: int = 0
    sure: int = 0
    """Scores with a confidence of SURE or more."""
    sure_misread: int = 0
    """Of these, values that the document prints nowhere."""
    misread: int = 0
    codes: int = 0
    codes_right: int = 0
    readings: list[tuple[float, bool, bool]] = field(default_factory=list)
    """Of each score with a confidence: that, whether its value is printed, whether its code and year are right, too."""

    def row(self, title: str) -> tuple[str, ...]:
        """A row of the table."""
        shares = (_share(self.right, self.wanted), _share(self.right, self.found), _share(2 * self.right, self.wanted + self.found))
        return (
            title,
            str(self.documents),
            str(self.wanted),
            *(f"{share:.4f}" for share in shares),
            f"{self.codes_right} of {self.codes}",
            str(self.unread),
            f"{self.sure_misread} of {self.sure}",
            str(self.misread),
        )


def main() -> int:
    """Makes, reads, compares and prints; ends with 2 where there is nothing to compare."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="prongsai-scans-") as name:
        try:
            for part, show in (("accuracy", print_accuracy), ("speed", print_speed)):
                if options.part in ("", part):
                    show(Path(name), options)
        except MeasurementFailed as error:
            print(f"no scans could be made: {error}", file=sys.stderr)
            return 2
    return 0


def print_accuracy(folder: Path, options: argparse.Namespace) -> None:
    """The table of all sets, and how often what is said with some confidence is right."""
    rows: list[tuple[str, ...]] = []
    readings: list[tuple[float, bool, bool]] = []
    for dpi, wear in SETS:
        made = folder / f"{wear}-{dpi}"
        make_documents(options.count, options.seed + dpi, made, "scan", dpi, wear)
        score = read_and_compare(sorted(made.glob("*.pdf")), read_truth(made / "truth" / "scores.csv"), _codes(made / "truth"), 2)
        rows.append(score.row(f"made, {dpi} dpi, {wear} wear"))
        readings += score.readings
    if options.shared and (scans := find_scans(options.shared)):
        score = read_and_compare(scans, *_gold(options.shared, scans), 2)
        rows.append(score.row("shared"))
        readings += score.readings
    print(f"{options.count} made reports in each set, seed {options.seed}\n\n{markdown(HEADER, rows)}\n")
    print(markdown(RELIABILITY, reliability(readings)), end="\n\n")


def print_speed(folder: Path, options: argparse.Namespace) -> None:
    """The table of seconds a page, over the shared scans or else over made ones."""
    scans = find_scans(options.shared) if options.shared else []
    if scans:
        truths = _gold(options.shared, scans)[0]
    else:
        make_documents(options.count, options.seed, folder / "speed", "scan", 200)
        scans, truths = sorted((folder / "speed").glob("*.pdf")), read_truth(folder / "speed" / "truth" / "scores.csv")
    values = {stem: {f"{one.value:.2f}" for one in truth.wanted} for stem, truth in truths.items()}
    files = cut(scans, folder / "cut", options.pages)
    table = measure_speed(files, values, folder, options.jobs, options.rounds, options.timeout)
    print(f"{len(files)} scans, medians of {options.rounds} rounds; {machine()}\n\n{table}")


def read_and_compare(files: Sequence[Path], truths: Mapping[str, Truth], codes: Iterable[tuple[str, str, str]], jobs: int) -> Score:
    """Reads scans and holds them against their truth; `codes` are (document, as printed, as it should be)."""
    import prongsai

    tables = prongsai.run(files, jobs=jobs, ocr="always").tables
    return compare(tables.mentions, tables.codes, truths, codes)


def compare(
    mentions: Sequence[Mention], readings: Sequence[CodeReading], truths: Mapping[str, Truth], codes: Iterable[tuple[str, str, str]]
) -> Score:
    """What was found held against what is printed."""
    score = Score(documents=len(truths))
    about_many = {stem for stem, truth in truths.items() if truth.has_agencies}
    found = found_scores(mentions, about_many)
    for stem, truth in truths.items():
        got = found.get(stem, set()) - truth.optional
        score.wanted, score.found = score.wanted + len(truth.wanted), score.found + len(got)
        score.right += len(truth.wanted & got)
    values = {stem: {one.value for one in truth.wanted | truth.optional} for stem, truth in truths.items()}
    for mention in mentions:
        stem = Path(mention.path).stem
        if mention.value is None:
            score.unread += 1
        elif mention.kind == "score" and mention.code and stem in truths:
            value = two_places(mention.value)
            agency = squeeze(mention.agency) if stem in about_many else ""
            named = Printed(agency, str(mention.fiscal_year or ""), mention.code, value)
            _count(score, mention.confidence, value in values[stem], named in truths[stem].wanted | truths[stem].optional)
    resolved = {(Path(one.path).stem, one.code, one.printed) for one in readings}
    for stem, printed, code in codes:
        score.codes += 1
        score.codes_right += any(one == stem and to == code and printed in text for one, to, text in resolved)
    return score


def _count(score: Score, confidence: float | None, is_printed: bool, is_right: bool) -> None:
    score.misread += not is_printed
    if confidence is None:
        return
    score.readings.append((confidence, is_printed, is_right))
    if confidence >= SURE:
        score.sure += 1
        score.sure_misread += not is_printed


def reliability(readings: Sequence[tuple[float, bool, bool]]) -> list[tuple[str, ...]]:
    """A row for each range of confidence: how many scores, and which share of them is right."""
    rows = []
    for low, high in pairwise(BOUNDS):
        inside = [one for one in readings if low <= one[0] < high]
        if inside:
            shares = (sum(one[place] for one in inside) / len(inside) for place in range(3))
            rows.append((f"{low:.2f}–{min(1.0, high):.2f}", str(len(inside)), *(f"{share:.4f}" for share in shares)))
    return rows


def find_scans(shared: Path) -> list[Path]:
    """The scans among the shared PDFs: one name a report, a dot, `scan` and its resolution."""
    return sorted((shared / "pdf").glob("*.scan*.pdf"))


def _gold(shared: Path, scans: Sequence[Path]) -> tuple[dict[str, Truth], list[tuple[str, str, str]]]:
    """The truth of the shared scans, each under its file's stem."""
    known, codes = read_truth(shared / "gold" / "scores.csv"), list(_codes(shared / "gold"))
    pairs = [(path.stem, path.stem.split(".")[0]) for path in scans]
    renamed = [(stem, printed, code) for stem, report in pairs for doc, printed, code in codes if doc == report]
    return {stem: known[report] for stem, report in pairs if report in known}, renamed


def _codes(folder: Path) -> Iterator[tuple[str, str, str]]:
    """The misprinted codes of a truth that stand in a row of their own: document, printed, right."""
    with (folder / "codes.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            if ELLIPSIS not in row["printed"]:
                yield row["doc"], row["printed"].split()[0], row["code"]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _jobs(text: str) -> list[int]:
    return [int(one) for one in text.split(",")]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scans", description="Scans: accuracy, confidence and speed.")
    parser.add_argument("--count", type=int, default=12, help="how many reports to make for each set")
    parser.add_argument("--seed", type=int, default=2568)
    parser.add_argument("--shared", type=Path, metavar="PATH", help="also read PATH/pdf/*.scan*.pdf, truth in PATH/gold")
    parser.add_argument("--part", choices=("accuracy", "speed"), default="", help="one of the two only")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", type=_jobs, default=[1], metavar="N,...", help="worker processes or threads of every reader")
    parser.add_argument("--pages", type=int, default=6, help="pages of each scan to time (0: all)")
    parser.add_argument("--timeout", type=float, default=1800, help="seconds after which one measurement is given up")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
