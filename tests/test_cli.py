"""The command: its help, its options, its exit codes and what it says, with a run of known outcome behind it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType

import pytest

from prongsai import __version__, cli
from prongsai.console import doctor
from prongsai.console.bar import Bar
from prongsai.console.layout import COLUMNS, pad, width, wrap
from prongsai.console.words import NEEDED, thai_words
from prongsai.errors import ExitCode, OutputError, ProngsaiError, UsageError
from prongsai.outcome import RunReport
from prongsai.reading.probe import Installed
from prongsai.records import Document, EngineOptions, Kind, Limits, Options, Status, Tables

ROOT = Path(__file__).parents[1]
THAI = re.compile("[\u0e01-\u0e5b]")
HELP_LIMIT_S = 0.5
SLOW_MACHINE = 4
"""A loaded machine is given so many times the promised time; an import of pandas alone would take longer still."""


def document(path: str, status: Status = Status.COMPLETE, reason: str = "") -> Document:
    return Document("0" * 16, path, "0" * 64, Kind.PDF, 2, "", "", "", "", None, "ITA", status, reason)


def outcome(*documents: Document) -> RunReport:
    return RunReport(Tables(documents=documents), "outputs", ("csv/documents.csv",), 1.25)


class FakeRun:
    """Stands in for `prongsai.run`, so that what the command does with an outcome is tested apart from reading."""

    def __init__(self, report: RunReport | BaseException) -> None:
        self.report = report
        self.asked: dict[str, object] = {}

    def run(self, inputs: Sequence[str], out: Path | None, **asked: object) -> RunReport:
        self.asked = {"inputs": list(inputs), "out": out, **asked}
        if isinstance(self.report, BaseException):
            raise self.report
        return self.report


Install = Callable[[RunReport | BaseException], FakeRun]


@pytest.fixture
def run_gives(monkeypatch: pytest.MonkeyPatch) -> Install:
    def install(report: RunReport | BaseException) -> FakeRun:
        fake = FakeRun(report)
        module = ModuleType("prongsai.run")
        module.__dict__["run"] = fake.run
        monkeypatch.setitem(sys.modules, "prongsai.run", module)
        return fake

    return install


def prongsai(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "prongsai", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT / "pipeline"), "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_help_answers_at_once() -> None:
    prongsai("--help")  # writes the byte code, as an installation does
    times = []
    for _ in range(3):
        began = time.perf_counter()
        assert prongsai("--help").returncode == 0
        times.append(time.perf_counter() - began)
    assert min(times) < HELP_LIMIT_S * SLOW_MACHINE


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys\nfrom prongsai.cli import main\n"
        "try: main(['run', '--help'])\nexcept SystemExit: pass\n"
        "print(sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT / "pipeline")},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    heavy = {"pandas", "numpy", "pyarrow", "duckdb", "pdfplumber", "pypdfium2", "pythainlp", "rapidfuzz", "PIL", "rich", "xlsxwriter"}
    assert not heavy.intersection(re.findall(r"\w+", done.stderr.splitlines()[-1]))


@pytest.mark.parametrize("command", [[], ["run"], ["audit"], ["explain"], ["doctor"], ["synth"]])
def test_help_fits_80_columns(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main([*command, "--help"])
    assert stopped.value.code == 0
    assert max(width(line) for line in capsys.readouterr().out.splitlines()) <= COLUMNS


def test_version() -> None:
    assert prongsai("--version").stdout == f"prongsai {__version__}\n"


@pytest.mark.parametrize(
    ("documents", "code"),
    [
        ([document("a.pdf")], ExitCode.ALL_READ),
        ([document("a.pdf"), document("b.pdf", Status.PARTIAL, "page 2 failed")], ExitCode.SOME_NOT_READ),
        ([document("a.pdf"), document("b.pdf", Status.REJECTED, "it is locked")], ExitCode.SOME_NOT_READ),
        ([document("b.pdf", Status.REJECTED, "it is locked")], ExitCode.NOTHING_READ),
        ([], ExitCode.NOTHING_READ),
    ],
)
def test_exit_code_says_how_much_was_read(documents: list[Document], code: ExitCode, run_gives: Install) -> None:
    run_gives(outcome(*documents))
    assert cli.main(["run", "somewhere"]) == code


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["run"],
        ["walk", "a.pdf"],
        ["run", "a.pdf", "--colour"],
        ["run", "a.pdf", "--ocr", "sometimes"],
        ["run", "a.pdf", "--jobs", "0"],
        ["run", "a.pdf", "--jobs", "many"],
        ["run", "a.pdf", "--year", "25"],
        ["run", "a.pdf", "--pages", "3-1"],
        ["run", "a.pdf", "--pages", "0"],
        ["run", "a.pdf", "--pages", "one"],
        ["run", "a.pdf", "--max-pages", "-1"],
        ["run", "a.pdf", "--format", "csv,docx"],
        ["run", "a.pdf", "--quiet", "--verbose"],
        ["synth"],
        ["synth", "--out", "made", "--count", "0"],
        ["synth", "--out", "made", "--seed", "x"],
    ],
)
def test_wrong_use_is_2_and_is_said_in_two_languages(arguments: list[str], run_gives: Install, capsys: pytest.CaptureFixture[str]) -> None:
    fake = run_gives(outcome(document("a.pdf")))
    assert cli.main(arguments) == ExitCode.WRONG_USE
    said = capsys.readouterr().err
    assert said.startswith("prongsai: ")
    assert thai_words()["errors.UsageError"] in said
    assert not fake.asked


def test_a_year_of_the_common_era_is_not_taken_for_another(run_gives: Install, capsys: pytest.CaptureFixture[str]) -> None:
    run_gives(outcome(document("a.pdf")))
    assert cli.main(["run", "a.pdf", "--year", "2025"]) == ExitCode.WRONG_USE
    assert "did you mean 2568?" in capsys.readouterr().err


def test_options_reach_the_run(run_gives: Install) -> None:
    fake = run_gives(outcome(document("a.pdf")))
    limits = "--max-memory 2G --max-seconds 60"
    reading = "--ocr never --year ๒๕๖๗ --pages 1-3,๗ --max-pages 9"
    assert (
        cli.main(f"run a.pdf b --out there --jobs 3 {limits} {reading} --format xlsx,csv --format duckdb --quiet".split())
        == ExitCode.ALL_READ
    )
    options = fake.asked["options"]
    assert isinstance(options, Options)
    assert (options.ocr, options.fiscal_year, options.pages, options.max_pages) == ("never", 2567, ((1, 3), (7, 7)), 9)
    assert fake.asked["inputs"] == ["a.pdf", "b"]
    assert fake.asked["out"] == "there"
    assert fake.asked["engine"] == EngineOptions(jobs=3, limits=Limits(memory_bytes=2 << 30, step_s=60))
    assert fake.asked["formats"] == ("csv", "duckdb", "xlsx")


def test_the_summary_names_what_was_not_read(run_gives: Install, capsys: pytest.CaptureFixture[str]) -> None:
    run_gives(outcome(document("good.pdf"), document("bad.pdf", Status.REJECTED, "it is locked. Give an unlocked copy")))
    cli.main(["run", "somewhere"])
    said = capsys.readouterr().out
    assert "Read 2 documents, 4 pages, in 1.2 s." in said
    assert "1 complete, 0 partial, 1 rejected" in said
    assert "bad.pdf\n    rejected: it is locked. Give an unlocked copy" in said
    assert "csv/documents.csv" in said
    assert len(THAI.findall(said)) > 50
    assert max(width(line) for line in said.splitlines()) <= COLUMNS


def test_of_many_documents_that_were_not_read_the_first_are_named(run_gives: Install, capsys: pytest.CaptureFixture[str]) -> None:
    report = outcome(*(document(f"bad-{number}.pdf", Status.REJECTED, "it is locked") for number in range(1500)), document("good.pdf"))
    assert len(report.counts.not_read) == 10
    run_gives(report)
    cli.main(["run", "somewhere"])
    said = capsys.readouterr().out
    assert "bad-9.pdf" in said
    assert "bad-10.pdf" not in said
    assert "and 1,490 more: see the table `documents`" in said


def test_quiet_says_nothing_and_keeps_the_exit_code(run_gives: Install, capsys: pytest.CaptureFixture[str]) -> None:
    run_gives(outcome(document("a.pdf"), document("b.pdf", Status.PARTIAL, "page 2 failed")))
    assert cli.main(["run", "somewhere", "--quiet"]) == ExitCode.SOME_NOT_READ
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (OutputError("it cannot be written", "outputs", "Choose another folder"), ExitCode.WRONG_USE, "errors.OutputError"),
        (KeyboardInterrupt(), ExitCode.INTERRUPTED, "errors.Interrupted"),
        (ValueError("odd"), ExitCode.FAULT, "errors.Fault"),
    ],
)
def test_errors_end_with_a_line_in_each_language(
    error: BaseException, code: ExitCode, line: str, run_gives: Install, capsys: pytest.CaptureFixture[str]
) -> None:
    run_gives(error)
    assert cli.main(["run", "somewhere"]) == code
    said = capsys.readouterr().err
    assert thai_words()[line] in said
    assert "Traceback" not in said


def test_verbose_shows_where_a_fault_arose(run_gives: Install, capsys: pytest.CaptureFixture[str]) -> None:
    run_gives(ValueError("odd"))
    assert cli.main(["run", "somewhere", "--verbose"]) == ExitCode.FAULT
    said = capsys.readouterr().err
    assert "Traceback" in said
    assert "ValueError: odd" in said


def test_progress_is_silent_where_stderr_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    with Bar() as bar:
        bar.begin(1)
        bar.done(document("a.pdf"))
    assert capsys.readouterr() == ("", "")


def test_progress_counts_documents_and_pages_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    with Bar() as bar:
        bar.begin(3)
        bar.done(document("a.pdf"))
    said = capsys.readouterr()
    assert "1/3" in said.err
    assert "2 pages" in said.err
    assert said.out == ""


def test_a_console_without_thai_still_gets_the_error() -> None:
    done = prongsai("run", PYTHONIOENCODING="latin-1")
    assert done.returncode == ExitCode.WRONG_USE
    assert "the following arguments are required: INPUT" in done.stderr


def test_every_error_has_a_thai_line() -> None:
    def family(kind: type[ProngsaiError]) -> set[str]:
        return {kind.__name__}.union(*(family(child) for child in kind.__subclasses__()))

    assert family(ProngsaiError) <= NEEDED["errors"]
    assert UsageError.__name__ in NEEDED["errors"]


def test_thai_lines_fit_80_columns_before_paths() -> None:
    for name, line in thai_words().items():
        assert THAI.search(line), name
        assert width(re.sub(r"\{\w+\}", "1,000", line)) <= COLUMNS, name


def test_thai_marks_take_no_column() -> None:
    assert width("น้ำที่นี่") == 4
    assert width(pad("น้ำที่นี่", 10)) == 10
    assert wrap("a " * 60).count("\n") == 1


PROBED = Installed(
    "5.3.0",
    ("eng", "tha"),
    True,
    numerals="numerals 1",
    letters="letters 1",
    pdfium="7000",
    packages=(),
    fonts_note="12 Thai fonts",
    advice=(),
)


def probe_gives(found: Installed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prongsai.reading.probe.installed", lambda: found)


def test_doctor_says_what_is_installed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    probe_gives(PROBED, monkeypatch)
    assert cli.main(["doctor"]) == ExitCode.ALL_READ
    said = capsys.readouterr().out
    assert "5.3.0, languages eng, tha" in said
    assert f"pandas {version('pandas')}" in " ".join(said.split())
    assert "Ready to run." in said
    assert thai_words()["doctor.ready"] in said
    assert max(width(line) for line in said.splitlines()) <= COLUMNS


def test_doctor_says_how_to_get_what_is_missing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    advice = "Tesseract is not installed: pages without a text layer will fail. apt-get install tesseract-ocr tesseract-ocr-tha"
    probe_gives(replace(PROBED, tesseract=None, languages=(), advice=(advice,)), monkeypatch)
    assert cli.main(["doctor"]) == ExitCode.SOME_NOT_READ
    said = capsys.readouterr().out
    assert "apt-get install tesseract-ocr" in said.replace("\n! ", " ")
    assert thai_words()["doctor.missing"] in said
    assert max(width(line) for line in said.splitlines()) <= COLUMNS


def test_doctor_works_where_packages_are_missing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(doctor, "version", lambda name: missing_or(name, "rapidfuzz"))
    assert cli.main(["doctor"]) == ExitCode.SOME_NOT_READ
    said = capsys.readouterr().out
    assert "rapidfuzz MISSING" in said
    assert "pip install rapidfuzz" in said


def test_doctor_needs_no_synth(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    probe_gives(PROBED, monkeypatch)
    monkeypatch.setattr(doctor, "version", lambda name: missing_or(name, "fpdf2"))
    assert cli.main(["doctor"]) == ExitCode.ALL_READ
    assert "pip install 'prongsai[synth]'" in capsys.readouterr().out


def missing_or(name: str, absent: str) -> str:
    if name == absent:
        raise PackageNotFoundError(name)
    return "1.0"
