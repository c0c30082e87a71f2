"""A whole run, from files to tables and exit code, through the Python API and the command.

The documents are text, the quickest kind; how well each kind is read is the business of the stages' own tests.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import prongsai
from prongsai import cli
from prongsai.errors import ExitCode, InputRejected, OutputError, UsageError
from prongsai.keeping.store import FOLDER
from prongsai.records import Status

ROOT = Path(__file__).parents[1]

REPORT = """\
รายงานการวิเคราะห์ผลการประเมินคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. ๒๕๖๘
องค์การบริหารส่วนตำบลบ้านตัวอย่าง

ตัวชี้วัดที่\tชื่อตัวชี้วัด\tคะแนน
๑\tการปฏิบัติหน้าที่\t{0}
๒\tการใช้งบประมาณ\t๙๑.๒๐
๓\tการใช้อำนาจ\t๙๐.๓๐
"""


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    folder.mkdir()
    for number in range(4):
        (folder / f"report-{number}.txt").write_text(REPORT.format(f"๙๒.๑{'๐๑๒๓'[number]}"), encoding="utf-8")
    return folder


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "prongsai", "run", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT / "pipeline"), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and FOLDER not in path.parts
    }


def test_one_document_gives_records(reports: Path) -> None:
    one = prongsai.extract(reports / "report-0.txt")
    assert one.document.status is Status.COMPLETE
    assert {(mention.code, mention.value) for mention in one.mentions} >= {("ind1", Decimal("92.10")), ("ind2", Decimal("91.20"))}


def test_a_run_writes_tables_that_can_be_read_again(reports: Path, tmp_path: Path) -> None:
    report = prongsai.run(reports, out=tmp_path / "out")
    assert report.exit_code is ExitCode.ALL_READ
    assert all((tmp_path / "out" / name).is_file() for name in report.files)
    frames = prongsai.read_tables(tmp_path / "out")
    assert len(frames["documents"]) == 4
    assert len(frames["mentions"]) == len(report.tables.mentions) > 0
    assert len(frames["scores"]) == len(report.tables.scores) > 0


def test_an_audit_of_what_a_run_wrote_changes_no_byte(tmp_path: Path) -> None:
    """The run has audited its tables already; read back from files, they say the same."""
    prongsai.run(sorted(ROOT.glob("corpus/reports/*.txt")), out=tmp_path / "out")
    once = digests(tmp_path / "out")
    assert cli.main(["audit", str(tmp_path / "out"), "--quiet"]) == ExitCode.ALL_READ
    assert digests(tmp_path / "out") == once


def test_a_run_without_a_folder_writes_nothing(reports: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    report = prongsai.run([reports / "report-0.txt", str(reports / "report-1.txt")])
    assert (len(report.tables.documents), report.files) == (2, ())
    assert [path.name for path in tmp_path.iterdir()] == ["reports"]


def test_the_bytes_do_not_depend_on_the_jobs(reports: Path, tmp_path: Path) -> None:
    for jobs in ("1", "2"):
        done = command(str(reports), "--out", str(tmp_path / jobs), "--jobs", jobs, "--quiet")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert digests(tmp_path / "1") == digests(tmp_path / "2")
    assert "prongsai.duckdb" in digests(tmp_path / "1")


def test_what_cannot_be_read_is_a_row_and_an_exit_code(reports: Path, tmp_path: Path) -> None:
    (reports / "locked.pdf").write_bytes(b"%PDF-1.7 and nothing after it")
    done = command(str(reports), str(tmp_path / "absent.pdf"), "--out", str(tmp_path / "out"), "--format", "csv")
    assert done.returncode == ExitCode.SOME_NOT_READ, done.stderr
    assert "4 complete, 0 partial, 2 rejected" in done.stdout
    documents = prongsai.read_tables(tmp_path / "out")["documents"]
    rejected = documents[documents["status"] == "rejected"]
    assert sorted(Path(path).name for path in rejected["path"]) == ["absent.pdf", "locked.pdf"]
    assert (rejected["reason"].str.len() > 10).all()


def test_nothing_read_is_3(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = command(str(tmp_path / "empty"), "--out", str(tmp_path / "out"))
    assert done.returncode == ExitCode.NOTHING_READ
    assert "prongsai: nothing was read. Give PDF, image or text files" in done.stderr


def test_a_folder_that_is_a_file_is_wrong_use(reports: Path) -> None:
    done = command(str(reports), "--out", str(reports / "report-0.txt"))
    assert done.returncode == ExitCode.WRONG_USE, done.stderr
    assert "Traceback" not in done.stderr
    assert (reports / "report-0.txt").read_text(encoding="utf-8").startswith("รายงาน")


def test_errors_of_the_api_are_of_one_family(tmp_path: Path) -> None:
    with pytest.raises(InputRejected, match=r"absent\.pdf"):
        prongsai.extract(tmp_path / "absent.pdf")
    with pytest.raises(InputRejected, match="no report lies"):
        prongsai.extract(tmp_path)
    with pytest.raises(UsageError, match="--ocr"):
        prongsai.run([tmp_path], ocr="sometimes")
    with pytest.raises(OutputError):
        prongsai.read_tables(tmp_path / "absent")
