"""`prongsai audit` and `prongsai explain`: what they read, write, say and return, with an audit of known outcome behind them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

import prongsai
from prongsai import cli
from prongsai.auditing import EquationView, Web
from prongsai.console.layout import COLUMNS, width
from prongsai.console.words import thai_words
from prongsai.errors import ExitCode, OutputError, UsageError
from prongsai.export import read_records, write_tables
from prongsai.records import (
    Document,
    Fault,
    Finding,
    Kind,
    Mention,
    MentionKind,
    Reader,
    Scope,
    Severity,
    Status,
    Tables,
)

FIRST, SECOND = "a" * 16, "b" * 16


def document(doc_id: str, name: str, agency: str) -> Document:
    return Document(
        doc_id,
        f"reports/{name}",
        doc_id * 4,
        Kind.TEXT,
        1,
        agency,
        "",
        "",
        "",
        2568,
        "ITA",
        Status.COMPLETE,
        "",
        pages_by_reader={"given": 1},
    )


def mention(doc_id: str, number: int, code: str, year: int, value: str, agency: str) -> Mention:
    return Mention(
        f"{doc_id}:{number}",
        doc_id,
        "reports/x",
        1,
        None,
        None,
        None,
        None,
        number,
        agency,
        "",
        year,
        "column",
        Scope.INSTRUMENT,
        code,
        "",
        code,
        MentionKind.SCORE,
        Decimal(value),
        100,
        value,
        code,
        "",
        Reader.GIVEN,
        "",
        0.98,
        ("89.71", "89.11"),
        (0.9, 0.05),
        ("code",),
    )


def finding(check: str, severity: Severity, doc_id: str = FIRST, year: int | None = 2567) -> Finding:
    said = f"OIT of FY2567 is printed as 89.71 on page 1, but the mean of ind9 86.67, ind10 91.67 is 89.17; {check}."
    return Finding(
        doc_id, f"reports/{doc_id[0]}.txt", 1, year, check, severity, "OIT", "89.71", "89.17", Fault.SOURCE, said, "ไม่ลงตัว", "89.17"
    )


TABLES = Tables(
    documents=(document(FIRST, "a.txt", "อบต. หนึ่ง"), document(SECOND, "b.txt", "อบต. สอง")),
    mentions=(
        mention(FIRST, 1, "OIT", 2567, "89.71", "อบต. หนึ่ง"),
        mention(FIRST, 2, "OIT", 2568, "100", "อบต. หนึ่ง"),
        mention(SECOND, 1, "OIT", 2568, "90.5", "อบต. สอง"),
        mention(SECOND, 2, "ind9", 2568, "88.1234", "อบต. สอง"),
    ),
    findings=(finding("dropped-word", Severity.WARNING),),
)


class FakeAudit:
    """Stands in for the audit: finds what it is given, and tells one equation of any subject."""

    def __init__(self) -> None:
        self.found: tuple[Finding, ...] = (finding("total", Severity.ERROR), finding("basis", Severity.NOTE))
        terms = (("ind9", 2567, "1/2", "86.67"), ("ind10", 2567, "1/2", ""))
        missing = EquationView("OIT = mean of ind9, ind10", "OIT", 2567, "89.71", terms, "", None, "43.34-93.34", ("ind10",))
        self.equations: tuple[EquationView, ...] = (missing,)
        self.asked: list[tuple[object, ...]] = []

    def audit_tables(self, tables: Tables) -> Tables:
        kept = tuple(one for one in tables.findings if one.check not in ("total", "basis"))
        return replace(tables, findings=(*kept, *self.found))

    def audit_parts(self, parts: Iterable[Tables]) -> Iterator[Tables]:
        yield from map(self.audit_tables, parts)

    def web(self, tables: Tables, subject: str, fiscal_year: int | None, agency: str, doc_id: str) -> Web:
        self.asked.append((subject, fiscal_year, agency, doc_id))
        mentions = tuple(one for one in tables.mentions if (one.code, one.fiscal_year, one.agency) == (subject, fiscal_year, agency))
        assert {one.doc_id for one in tables.mentions} <= {doc_id}
        return Web(mentions, self.equations, tuple(one for one in tables.findings if one.subject == subject))


def put(monkeypatch: pytest.MonkeyPatch, name: str, **members: object) -> None:
    module = ModuleType(name)
    module.__dict__.update(members)
    monkeypatch.setitem(sys.modules, name, module)


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeAudit:
    made = FakeAudit()
    put(monkeypatch, "prongsai.run", audit_tables=made.audit_tables, audit_parts=made.audit_parts)
    put(monkeypatch, "prongsai.auditing", web=made.web, CHECKS=frozenset({"total", "basis"}))
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_tables(TABLES, tmp_path / "out", ["csv", "parquet"])
    return tmp_path / "out"


Say = Callable[..., str]


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Say:
    def run(*arguments: object, code: ExitCode = ExitCode.ALL_READ) -> str:
        assert cli.main([str(argument) for argument in arguments]) == code
        out, err = capsys.readouterr()
        return out + err

    return run


def test_an_audit_writes_its_findings_where_the_tables_are(fake: FakeAudit, folder: Path, said: Say) -> None:
    text = said("audit", folder)
    assert [one.check for one in read_records(folder).findings] == ["dropped-word", "total", "basis"]
    assert "Audited 2 documents: 1 error, 0 warnings, 1 note." in text
    assert "reports/a.txt\n  OIT of FY2567 is printed as 89.71" in text
    assert "parquet/findings.parquet" in text
    assert "xlsx" not in text
    assert thai_words()["audit.counts"][:8] in text
    assert max(width(line) for line in text.splitlines() if str(folder) not in line) <= COLUMNS
    assert [one.check for one in fake.found] == ["total", "basis"]


def test_an_audit_of_audited_tables_changes_nothing(fake: FakeAudit, folder: Path, said: Say) -> None:
    said("audit", folder)
    once = {path.name: path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}
    fake.found = fake.found[:]
    said("audit", folder)
    assert {path.name: path.read_bytes() for path in folder.rglob("*.*") if path.is_file()} == once


def test_another_folder_gets_the_tables_and_the_first_stays(fake: FakeAudit, folder: Path, tmp_path: Path, said: Say) -> None:
    said("audit", folder, "--out", tmp_path / "new", "--format", "csv")
    assert read_records(folder) == TABLES
    assert read_records(tmp_path / "new").findings == (*TABLES.findings, *fake.found)
    assert not (tmp_path / "new" / "parquet").exists()


def test_formats_left_behind_are_told(fake: FakeAudit, folder: Path, said: Say) -> None:
    assert "! parquet is of an earlier run" in said("audit", folder, "--format", "csv")
    assert fake.found


@pytest.mark.parametrize(
    ("found", "least", "code"),
    [
        ((Severity.ERROR,), "error", ExitCode.DOES_NOT_ADD_UP),
        ((Severity.WARNING, Severity.NOTE), "error", ExitCode.ALL_READ),
        ((Severity.WARNING,), "warning", ExitCode.DOES_NOT_ADD_UP),
        ((Severity.ERROR,), "note", ExitCode.DOES_NOT_ADD_UP),
        ((Severity.NOTE,), "warning", ExitCode.ALL_READ),
        ((), "note", ExitCode.ALL_READ),
        ((Severity.ERROR,), "", ExitCode.ALL_READ),
    ],
)
def test_fail_on(fake: FakeAudit, folder: Path, said: Say, found: tuple[Severity, ...], least: str, code: ExitCode) -> None:
    """What the reading itself found, a warning here, does not count: the report did not contradict itself."""
    fake.found = tuple(finding("total", severity) for severity in found)
    asked = ["--fail-on", least] if least else []
    assert said("audit", folder, "--quiet", *asked, code=code) == ""


def test_only_the_first_errors_are_told(fake: FakeAudit, folder: Path, said: Say) -> None:
    fake.found = tuple(finding("total", Severity.ERROR) for _ in range(23))
    text = said("audit", folder)
    assert text.count("is printed as 89.71") == 20
    assert "And 3 more errors: see the table `findings`." in text


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["audit"], "FOLDER"),
        (["audit", "{folder}", "--fail-on", "worry"], "--fail-on: 'worry' is no severity. Choose from error, warning, note"),
        (["audit", "{folder}", "--format", "docx"], "unknown format docx"),
        (["audit", "{folder}/csv"], "holds no tables of a run"),
        (["explain", "{folder}"], "SUBJECT"),
        (["explain", "{folder}", "OIT", "--year", "2025"], "did you mean 2568?"),
        (["explain", "{folder}", "o99"], "nothing that is printed and no finding is about 'o99'. Name a code, like OIT; ind9"),
        (["explain", "{folder}", "OIT", "--year", "2560"], "It is there for FY2567 อบต. หนึ่ง in reports/a.txt; FY2568"),
        (["explain", "{folder}/csv", "OIT"], "holds no tables of a run"),
    ],
)
def test_wrong_use_is_said(fake: FakeAudit, folder: Path, said: Say, arguments: list[str], line: str) -> None:
    fake.equations = ()
    text = said(*(argument.format(folder=folder) for argument in arguments), code=ExitCode.WRONG_USE)
    assert text.startswith("prongsai: ")
    assert line in text
    assert len(text.splitlines()) == 2


@pytest.mark.parametrize("command", [["audit"], ["explain", "OIT"]])
def test_a_folder_that_is_not_there_is_not_made(fake: FakeAudit, tmp_path: Path, said: Say, command: list[str]) -> None:
    command.insert(1, str(tmp_path / "absent"))
    assert "holds no tables of a run" in said(*command, code=ExitCode.WRONG_USE)
    assert not (tmp_path / "absent").exists()
    assert not fake.asked


@pytest.mark.parametrize(
    ("asked", "explained"),
    [
        (["OIT"], [("OIT", 2567, FIRST), ("OIT", 2568, FIRST), ("OIT", 2568, SECOND)]),
        (["oit", "--year", "๒๕๖๘"], [("OIT", 2568, FIRST), ("OIT", 2568, SECOND)]),
        (["OIT", "--agency", "สอง"], [("OIT", 2568, SECOND)]),
        (["OIT", "--doc", "b.txt"], [("OIT", 2568, SECOND)]),
        (["OIT", "--doc", SECOND], [("OIT", 2568, SECOND)]),
        (["IND๙"], [("ind9", 2568, SECOND)]),
        # Not printed: every web of equations in which it is missing.
        (["ind10", "--doc", "reports/a.txt"], [("ind10", 2567, FIRST), ("ind10", 2568, FIRST)]),
        (["ind9", "--doc", "a.txt", "--year", "2567"], [("ind9", 2567, FIRST)]),
    ],
)
def test_whose_score_is_explained(fake: FakeAudit, folder: Path, said: Say, asked: list[str], explained: list[tuple[object, ...]]) -> None:
    said("explain", folder, *asked)
    assert [(subject, year, doc_id) for subject, year, _, doc_id in fake.asked] == explained


def test_an_explanation_shows_prints_equations_and_findings(fake: FakeAudit, folder: Path, said: Say) -> None:
    text = said("explain", folder, "OIT", "--year", "2567")
    for part in (
        "OIT of FY2567 · OIT ปีงบประมาณ 2567\nอบต. หนึ่ง\nreports/a.txt (aaaaaaaaaaaaaaaa)\n",
        "  89.71 = 89.71\n    page 1, line 1, score, read by given, sure 0.98\n",
        "readings 89.71 0.90, 89.11 0.05",
        "mention aaaaaaaaaaaaaaaa:1: OIT, code",
        "  OIT = mean of ind9, ind10\n    printed 89.71, of ind9 86.67, ind10 ?\n    open, ind10 not printed: 43.34-93.34 expected",
        "  warning dropped-word, fault: source\n    OIT of FY2567 is printed",
    ):
        assert part in text
    assert max(map(width, text.splitlines())) <= COLUMNS


@pytest.mark.parametrize(("holds", "line"), [(True, "    holds · "), (False, "    does not hold, 89.17 expected · ")])
def test_a_verdict_is_said(fake: FakeAudit, folder: Path, said: Say, holds: bool, line: str) -> None:
    fake.equations = (replace(fake.equations[0], holds=holds, expected="89.17", missing=()),)
    assert line in said("explain", folder, "OIT", "--year", "2567")


def test_the_library_takes_tables_or_a_folder(fake: FakeAudit, folder: Path) -> None:
    assert prongsai.audit(TABLES) == prongsai.audit(str(folder)) == fake.audit_tables(TABLES)
    assert read_records(folder) == TABLES
    (one,) = prongsai.explain(TABLES, "OIT", year=2567)
    assert (one.agency, one.fiscal_year, one.document.path) == ("อบต. หนึ่ง", 2567, "reports/a.txt")
    assert prongsai.explain(folder, "OIT", year=2567) == (one,)
    with pytest.raises(UsageError, match="o99"):
        prongsai.explain(TABLES, "o99", doc="c.txt")
    with pytest.raises(OutputError, match="holds no tables"):
        prongsai.audit(folder / "csv")
