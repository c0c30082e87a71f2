"""The real reports against their known answers, without OCR: what the program must never fall behind again.

The answers and the script that holds an output folder against them are outside the repository.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from csv import DictReader
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

import prongsai
from prongsai.knowledge import Framework, load_knowledge
from prongsai.outcome import RunReport
from prongsai.records import Status

SHARED = Path(__file__).parents[2] / "shared"
SCORER = SHARED / "acceptance" / "score.py"

pytestmark = pytest.mark.skipif(not SCORER.is_file(), reason="the real reports and their answers (../shared) are not on this machine")

DIGITAL = ("bang-khaem-2563.browser", "khao-yoi-2568.office", "lopburi-pao-2568.browser", "tako-2566.office")
REPORTS = ("bang-khaem-2563", "bang-krabue-2565", "khao-yoi-2568", "lopburi-pao-2568", "tako-2566")
MINISTRY = "health-ministry-ita-2564-2565"
WITHOUT_TEXT = "image-strips"


@dataclass(frozen=True)
class Run:
    """The one run that all tests look at, and where its tables lie."""

    report: RunReport
    folder: Path


@dataclass(frozen=True)
class Marks:
    """What the scorer prints: shares of printed triples, and misprinted codes as (found, known)."""

    precision: float
    f1: float
    hits: int
    wanted: int
    codes: tuple[int, int]
    said: str


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("acceptance")
    inputs = [SHARED / "reports", *(SHARED / "pdf" / f"{stem}.pdf" for stem in DIGITAL), SHARED / "real"]
    return Run(prongsai.run(inputs, out=folder, ocr="never", formats=["csv"]), folder)


def score(run: Run, gold: Path, *options: str) -> Marks:
    done = subprocess.run(
        [sys.executable, str(SCORER), str(run.folder), str(gold), *options],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    total = re.search(r"^scores all: recall \S+ precision (\S+) f1 (\S+) \((\d+)/(\d+)", done.stdout, re.MULTILINE)
    assert total, done.stdout
    codes = re.search(r"^codes all: (\d+)/(\d+)", done.stdout, re.MULTILINE)
    found = (int(codes[1]), int(codes[2])) if codes else (0, 0)
    return Marks(float(total[1]), float(total[2]), int(total[3]), int(total[4]), found, done.stdout)


def test_the_reports_as_text(run: Run) -> None:
    marks = score(run, SHARED / "gold")
    assert marks.wanted == 215
    assert marks.f1 >= 0.99, marks.said
    assert marks.precision >= 0.99, marks.said


def test_every_misprinted_code_is_resolved(run: Run) -> None:
    marks = score(run, SHARED / "gold")
    found, known = marks.codes
    assert known == 7
    assert found == known, marks.said


def test_codes_misprinted_throughout_are_all_listed(run: Run) -> None:
    """The rows of codes.csv that the scorer leaves out: a habit of a whole report, like a Thai zero for each o."""
    with (SHARED / "gold" / "codes.csv").open(encoding="utf-8", newline="") as stream:
        habits = [row for row in DictReader(stream) if "…" in row["printed"]]
    assert habits
    for habit in habits:
        letter = habit["code"][0]
        listed = {
            row.code
            for row in run.report.tables.codes
            if Path(row.path).stem == habit["doc"] and row.code.startswith(letter) and row.code != row.printed
        }
        assert len(listed) >= int(habit["count_min"]), f"{habit['doc']} {habit['printed']}: {sorted(listed)}"


@pytest.mark.parametrize("stem", DIGITAL)
def test_a_digital_pdf_of_a_report(run: Run, stem: str) -> None:
    marks = score(run, SHARED / "gold", "--rename", f"{stem.partition('.')[0]}={stem}", "--doc", stem)
    assert marks.wanted > 0
    assert marks.f1 >= 0.98, marks.said


def test_the_ministry_s_table_of_agencies(run: Run) -> None:
    marks = score(run, SHARED / "gold" / "real")
    assert (marks.hits, marks.wanted) == (252, 252), marks.said


def test_no_score_comes_out_of_documents_without_any(run: Run) -> None:
    others = {path.stem for path in (SHARED / "real").glob("*.pdf")} - {MINISTRY}
    assert len(others) == 7
    read = {Path(document.path).stem for document in run.report.tables.documents if document.status is Status.COMPLETE}
    assert others - read == {WITHOUT_TEXT}
    assert [
        (mention.path, mention.page, mention.code, mention.printed_value)
        for mention in run.report.tables.mentions
        if mention.kind == "score" and Path(mention.path).stem in others
    ] == []


def printed_scores(run: Run, stem: str) -> Mapping[int, Mapping[str, Decimal]]:
    """What a text report prints, by year and code; scores in conflict are left out."""
    documents = {Path(document.path): document.doc_id for document in run.report.tables.documents}
    doc_id = documents[SHARED / "reports" / f"{stem}.txt"]
    years: dict[int, dict[str, Decimal]] = defaultdict(dict)
    for row in run.report.tables.scores:
        if doc_id in row.doc_ids and row.fiscal_year is not None and row.value is not None:
            years[row.fiscal_year][row.code] = row.value
    return years


def equations(framework: Framework) -> Iterator[tuple[str, tuple[tuple[str, Decimal], ...]]]:
    """Each code that is a weighted mean of others, with those and their weights."""
    one = Decimal(1)
    for indicator in framework.indicators:
        yield indicator.code, tuple((question.code, one) for question in framework.questions_in(indicator.code))
    for instrument in framework.instruments:
        yield instrument.code, tuple((part.code, part.weight) for part in instrument.parts)
        yield instrument.code, tuple((one_of.code, one) for one_of in framework.indicators if one_of.instrument == instrument.code)
    yield "ITA", tuple((instrument.code, instrument.weight) for instrument in framework.instruments)


def test_printed_totals_hold_but_for_those_known_to_be_wrong(run: Run) -> None:
    """The reports' own arithmetic is an oracle that no reader of them wrote: a misread digit breaks an equation."""
    with (SHARED / "gold" / "findings.csv").open(encoding="utf-8", newline="") as stream:
        known = {(row["doc"], row["subject"]) for row in DictReader(stream)}
    held = 0
    for stem in REPORTS:
        for year, printed in printed_scores(run, stem).items():
            for code, parts in equations(load_knowledge().frameworks[year]):
                if not parts or not {code, *dict(parts)} <= printed.keys():
                    continue
                zero = Decimal(0)
                expected = sum((printed[part] * weight for part, weight in parts), zero) / sum((weight for _, weight in parts), zero)
                # Half a hundredth for the rounding of the total, half for that of its parts.
                if abs(printed[code] - expected) <= Decimal("0.01"):
                    held += 1
                else:
                    assert (stem, code) in known, f"{stem} {year} {code}: printed {printed[code]}, its parts give {expected:.3f}"
    assert held >= 30
