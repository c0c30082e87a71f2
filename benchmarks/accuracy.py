"""How right the scores are, against a truth: recall and precision by layout, as a Markdown table.

    python -m benchmarks.accuracy [FOLDER] [--count 60] [--seed 2568] [--format pdf,txt] [--show 0] [--shared PATH]

FOLDER holds documents and their truth/scores.csv, as `prongsai synth` makes them; without it, --count documents are made.
With --shared, PATH/acceptance/score.py is run besides, over PATH/reports, the digital PATH/pdf and PATH/real.
"""

from __future__ import annotations

import argparse
import csv
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .made import make_documents
from .process import MeasurementFailed
from .table import markdown

if TYPE_CHECKING:
    from prongsai.records import Mention

HEADER = ("layout", "documents", "scores", "recall", "precision", "F1", "documents not all right")
MADE_STEM = re.compile(r"\d+-(.+)")


class Printed(NamedTuple):
    """A score as it is printed; `agency` is empty but in documents about many agencies."""

    agency: str
    fiscal_year: str
    code: str
    value: Decimal


@dataclass(slots=True)
class Truth:
    """What a document prints."""

    wanted: set[Printed] = field(default_factory=set)
    optional: set[Printed] = field(default_factory=set)
    """May be found or not: it counts neither way."""
    has_agencies: bool = False


@dataclass(slots=True)
class Tally:
    """How many scores there are, how many were found, and how many of those are right."""

    wanted: int = 0
    found: int = 0
    right: int = 0
    documents: int = 0
    imperfect: int = 0

    def add(self, wanted: set[Printed], found: set[Printed]) -> None:
        """Counts one document."""
        self.wanted += len(wanted)
        self.found += len(found)
        self.right += len(wanted & found)
        self.documents += 1
        self.imperfect += wanted != found

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(
            self.wanted + other.wanted,
            self.found + other.found,
            self.right + other.right,
            self.documents + other.documents,
            self.imperfect + other.imperfect,
        )

    def row(self, title: str) -> tuple[str, ...]:
        """A row of the table."""
        recall, precision = _share(self.right, self.wanted), _share(self.right, self.found)
        f1 = _share(2 * self.right, self.wanted + self.found)
        return title, str(self.documents), str(self.wanted), f"{recall:.4f}", f"{precision:.4f}", f"{f1:.4f}", str(self.imperfect)


def main() -> int:
    """Reads, compares and prints; ends with 2 where there is nothing to compare."""
    options = _options()
    with tempfile.TemporaryDirectory(prefix="prongsai-accuracy-") as name:
        folder = options.folder or Path(name) / "made"
        if options.folder is None:
            try:
                make_documents(options.count, options.seed, folder, options.format)
            except MeasurementFailed as error:
                print(f"no reports could be made: {error}", file=sys.stderr)
                return 2
            print(f"{options.count} reports made with seed {options.seed}, formats {options.format}\n")
        if not (folder / "truth" / "scores.csv").is_file():
            print(f"{folder / 'truth' / 'scores.csv'} is not there: name a folder that `prongsai synth` made", file=sys.stderr)
            return 2
        _against_truth(folder, options.ocr, options.jobs, options.show)
        if options.shared:
            _by_acceptance_script(options.shared, Path(name), options.ocr, options.jobs)
    return 0


def _against_truth(folder: Path, ocr: str, jobs: int, show: int) -> None:
    """Reads the folder and prints the table, and the first `show` differences of each document that has some."""
    import prongsai

    truths = read_truth(folder / "truth" / "scores.csv")
    report = prongsai.run([path for path in sorted(folder.iterdir()) if path.is_file()], jobs=jobs, ocr=ocr)
    found = found_scores(report.tables.mentions, {stem for stem, truth in truths.items() if truth.has_agencies})
    tallies: dict[str, Tally] = defaultdict(Tally)
    differences = []
    for stem, truth in sorted(truths.items()):
        got = found.get(stem, set()) - truth.optional
        tallies[_layout(stem)].add(truth.wanted, got)
        differences += [f"{stem}: missing {_words(one)}" for one in sorted(truth.wanted - got)[:show]]
        differences += [f"{stem}: extra {_words(one)}" for one in sorted(got - truth.wanted)[:show]]
    total = Tally()
    for tally in tallies.values():
        total = total.plus(tally)
    print(markdown(HEADER, [*(tally.row(layout) for layout, tally in sorted(tallies.items())), total.row("all")]))
    for line in differences:
        print(line)


def read_truth(path: Path) -> dict[str, Truth]:
    """What each document prints, by its stem."""
    truths: dict[str, Truth] = defaultdict(Truth)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            truth = truths[row["doc"]]
            printed = Printed(squeeze(row.get("agency") or ""), row["fiscal_year"], row["code"], two_places(Decimal(row["value"])))
            (truth.optional if row["optional"] else truth.wanted).add(printed)
            truth.has_agencies = truth.has_agencies or bool(row.get("agency"))
    return dict(truths)


def found_scores(mentions: Iterable[Mention], about_many: set[str]) -> Mapping[str, set[Printed]]:
    """The scores that a run found, by the document's stem; with the agency where the document is in `about_many`."""
    found: dict[str, set[Printed]] = defaultdict(set)
    for mention in mentions:
        if mention.kind == "score" and mention.code and mention.value is not None:
            stem = Path(mention.path).stem
            agency = squeeze(mention.agency) if stem in about_many else ""
            year = str(mention.fiscal_year or "")
            found[stem].add(Printed(agency, year, mention.code, two_places(mention.value)))
    return found


def _by_acceptance_script(shared: Path, folder: Path, ocr: str, jobs: int) -> None:
    """Reads the shared documents and prints what the shared script says of each kind."""
    import prongsai

    for title, inputs, gold, arguments in _acceptance_cases(shared):
        out = folder / title
        prongsai.run(inputs, out=out, jobs=jobs, ocr=ocr, formats=("csv",))
        command = [sys.executable, str(shared / "acceptance" / "score.py"), str(out), str(gold), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        print(f"\n{title}:\n\n```\n{(done.stdout + done.stderr).strip()}\n```")


def _acceptance_cases(shared: Path) -> Iterator[tuple[str, Sequence[Path], Path, Sequence[str]]]:
    """A title, the documents, their truth and the script's other arguments."""
    yield "reports", [shared / "reports"], shared / "gold", ()
    # One name a report and a dot before how it was made: `khao-yoi-2568.office.pdf`; scans have another measure.
    digital = [path for path in sorted((shared / "pdf").glob("*.pdf")) if ".scan" not in path.name]
    renamed = [option for path in digital for option in ("--rename", f"{path.stem.split('.')[0]}={path.stem}", "--doc", path.stem)]
    yield "pdf", digital, shared / "gold", renamed
    yield "real", [shared / "real"], shared / "gold" / "real", ()


def _layout(stem: str) -> str:
    made = MADE_STEM.fullmatch(stem)
    return made[1] if made else stem


def squeeze(text: str) -> str:
    return "".join(text.split())


def two_places(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01"))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _words(printed: Printed) -> str:
    return " ".join(str(part) for part in printed if part != "")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description="Recall and precision of scores, by layout.")
    parser.add_argument("folder", nargs="?", type=Path, help="documents with truth/scores.csv beside them; without it, some are made")
    parser.add_argument("--count", type=int, default=60, help="how many reports to make")
    parser.add_argument("--seed", type=int, default=2568)
    parser.add_argument("--format", default="pdf,txt", help="of the reports to make, as `prongsai synth` has them")
    parser.add_argument("--ocr", choices=("auto", "never", "always"), default="auto")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print up to N missing and N extra scores of each document")
    parser.add_argument("--shared", type=Path, metavar="PATH", help="also run PATH/acceptance/score.py")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
