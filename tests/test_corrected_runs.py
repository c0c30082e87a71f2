"""A person's answer changes the next run's tables of its document, and nothing is read again for it; the print stays."""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

import prongsai
from prongsai import cli, dealing
from prongsai.errors import ExitCode
from prongsai.export import read_records
from prongsai.keeping.corrections import append
from prongsai.records import Asked, Correction, Extract, Mention, MentionKind, Score, Tables, Verdict
from prongsai.storage import sha256_of

from .conftest import CORPUS

TEXT, SHORT, PDF, IMAGE = (
    CORPUS / "reports" / name for name in ("0002-merged.txt", "0008-sheet.txt", "0010-single-year.pdf", "0004-sheet.png")
)
VALUE = Decimal("77.77")


@cache
def extract(path: Path) -> Extract:
    """What a document gives, read once for all tests."""
    return prongsai.extract(path)


def single(extract: Extract) -> Mention:
    """A score that the document prints once."""
    scores = [one for one in extract.mentions if one.scope is not None and one.kind is MentionKind.SCORE and one.value is not None]
    times = Counter((one.code, one.fiscal_year) for one in scores)
    return next(one for one in scores if times[one.code, one.fiscal_year] == 1)


def answer(
    extract: Extract, mention: Mention, verdict: Verdict = Verdict.CORRECT, corrected: str = "๗๗.๗๗", **others: object
) -> Correction:
    on_line = [one.mention_id for one in extract.mentions if (one.line, one.printed_value) == (mention.line, mention.printed_value)]
    one = Correction(
        f"{verdict} {corrected} {mention.mention_id}",
        "2026-11-22T02:30:00Z",
        "somebody",
        Asked.VALUE,
        verdict,
        extract.document.sha256,
        extract.document.path,
        mention.page,
        mention.box,
        None if mention.box else mention.line,
        0 if mention.box else on_line.index(mention.mention_id),
        mention.printed_value,
        str(mention.value),
        corrected,
        "",
    )
    return replace(one, **others)  # type: ignore[arg-type]


def mention_of(tables: Tables | Extract, mention: Mention) -> Mention:
    return next(one for one in tables.mentions if one.mention_id == mention.mention_id)


def score_of(tables: Tables, mention: Mention) -> Score:
    (score,) = (
        one for one in tables.scores if (one.doc_id, one.code, one.fiscal_year) == (mention.doc_id, mention.code, mention.fiscal_year)
    )
    return score


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "answers.csv"


@pytest.mark.parametrize("path", [TEXT, PDF, IMAGE])
def test_an_answer_changes_mentions_and_scores_and_not_the_print(path: Path, file: Path) -> None:
    before = extract(path)
    mention = single(before)
    append(file, answer(before, mention))
    tables = prongsai.run(path, corrections=file).tables
    after = mention_of(tables, mention)
    assert (after.value, after.checked_value, after.confidence) == (VALUE, "๗๗.๗๗", 1.0)
    assert after.printed_value == mention.printed_value
    assert after.printed_value in after.candidates
    assert score_of(tables, mention).value == VALUE
    assert [one.mention_ids for one in tables.findings if one.check == "corrected"] == [(mention.mention_id,)]
    others = [one for one in tables.mentions if one is not after]
    assert others == [one for one in before.mentions if one.mention_id != mention.mention_id]
    assert prongsai.extract(path, corrections=file).mentions == tables.mentions


@pytest.mark.parametrize("path", [TEXT, IMAGE])
def test_what_is_confirmed_changes_nothing_but_how_sure_it_is(path: Path, file: Path) -> None:
    before = extract(path)
    mention = single(before)
    append(file, answer(before, mention, Verdict.CONFIRM, ""))
    after = prongsai.extract(path, corrections=file)
    assert mention_of(after, mention) == replace(
        mention, confidence=1.0, matched_by=(*mention.matched_by, "person"), checked_value=mention.printed_value
    )
    # What rests on it may be surer now whose fault it is.
    assert {finding.message for finding in after.findings} == {finding.message for finding in before.findings}


def test_no_page_is_read_again_for_an_answer(tmp_path: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reports, out = tmp_path / "reports", tmp_path / "out"
    reports.mkdir()
    for path in (TEXT, SHORT):
        shutil.copy(path, reports)
    calls: list[str] = []
    for name in ("begin", "correct"):
        monkeypatch.setattr(dealing, name, _noted(getattr(dealing, name), name, calls))

    def run(corrections: str, out: Path = out) -> Tables:
        calls.clear()
        arguments = ["run", str(reports), "--out", str(out), "--format", "csv", "--quiet", "--corrections", corrections]
        assert cli.main([*arguments, "--jobs", "1"]) == ExitCode.ALL_READ
        return read_records(out)

    first = run("")
    assert calls == ["begin", "begin"]
    before = extract(SHORT)
    mention = single(before)
    append(file, answer(before, mention))
    second = run(str(file))
    assert calls == ["correct"]
    assert score_of(first, mention).value == mention.value
    assert score_of(second, mention).value == VALUE
    assert [one for one in first.scores if one.doc_id != mention.doc_id] == [one for one in second.scores if one.doc_id != mention.doc_id]
    run(str(file))
    assert calls == [], "the receipt says that there is nothing to do"
    assert run(str(file), tmp_path / "new") == second, "a new folder gives what an old one does"
    append(file, answer(before, mention, Verdict.WITHDRAW, ""))
    assert run(str(file)) == first
    assert calls == []


def _noted(real: object, name: str, calls: list[str]) -> object:
    """Notes each call that is made to a child, which is given the function itself."""

    class Named:
        def __reduce__(self) -> str | tuple[object, ...]:
            calls.append(name)
            return _same, (real,)

    return Named()


def _same(function: object) -> object:
    return function


def test_an_audit_keeps_what_people_said(tmp_path: Path, file: Path) -> None:
    before = extract(SHORT)
    mention = single(before)
    append(file, answer(before, mention))
    append(file, answer(before, mention, page=99, correction_id="lost"))
    run = prongsai.run(SHORT, out=tmp_path, corrections=file, formats=["parquet"]).tables
    again = prongsai.audit(tmp_path)
    assert mention_of(again, mention).checked_value == "๗๗.๗๗"
    assert score_of(again, mention) == score_of(run, mention)
    checks = [finding.check for finding in again.findings]
    assert sorted(checks) == sorted(finding.check for finding in run.findings)
    assert {"corrected", "correction-unplaced"} <= set(checks)


def test_an_image_is_not_read_against_a_person(file: Path) -> None:
    before = extract(IMAGE)
    again = [one for one in before.mentions if one.value is not None and one.kind is MentionKind.SCORE]
    for mention in again:
        append(file, answer(before, mention, Verdict.CONFIRM, "", read_as=str(mention.value)))
    after = prongsai.extract(IMAGE, corrections=file)
    assert [one.value for one in after.mentions] == [one.value for one in before.mentions]
    assert not [finding for finding in after.findings if finding.check == "reread"]
    resting = [finding for finding in after.findings if finding.mention_ids and finding.check == "total"]
    assert all(finding.fault == "source" for finding in resting)


def test_a_file_that_is_not_there_or_is_broken_is_wrong_use(file: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    asked = ["run", str(TEXT), "--out", str(tmp_path / "out"), "--corrections", str(file)]
    assert cli.main(asked) == ExitCode.WRONG_USE
    assert "there is no such file" in capsys.readouterr().err
    file.write_text("a,b\n1,2\n", encoding="utf-8")
    assert cli.main(asked) == ExitCode.WRONG_USE
    assert "line 1: lacks the columns" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_answer_on_a_document_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    given = extract(SHORT)
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nnothing")
    answers = tmp_path / "answers.csv"
    append(answers, answer(given, single(given), sha256=sha256_of(broken)))
    report = prongsai.run([str(broken)], corrections=answers)
    assert [(one.check, one.path) for one in report.tables.findings] == [("correction-unplaced", report.tables.documents[0].path)]
