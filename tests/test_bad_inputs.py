"""A folder of everything that goes wrong with downloads, beside one good report: each bad input costs only itself.

Every bad one is a row of `documents` with what is wrong and what to do; the good one is complete; nothing hangs.
"""

from __future__ import annotations

import io
import os
import random
import re
import struct
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import fpdf
import pandas
import pytest
from PIL import Image

import prongsai
from prongsai import cli
from prongsai.errors import ExitCode, InputRejected
from prongsai.reading.ocr import find_tesseract
from prongsai.records import Status

from .reading.conftest import PdfPage, pdf_bytes

PIPELINE = Path(__file__).parents[1] / "pipeline"
LIMIT_S = 60
"""For the whole folder; it takes some 4 s."""

GOOD = """\
รายงานผลการประเมินคุณธรรมและความโปร่งใส ประจำปีงบประมาณ พ.ศ. ๒๕๖๘
องค์การบริหารส่วนตำบลบ้านตัวอย่าง

ตัวชี้วัดที่\tชื่อตัวชี้วัด\tคะแนน
๑\tการปฏิบัติหน้าที่\t๙๒.๑๐
๒\tการใช้งบประมาณ\t๙๑.๒๐
๓\tการใช้อำนาจ\t๙๐.๓๐
"""
GOOD_SCORES = {("ind1", 92.10), ("ind2", 91.20), ("ind3", 90.30)}
LINE = "BT /F1 20 Tf 100 700 Td (Some words of a page) Tj ET"
PICTURE = "0 0 10 10 re f " * 300
HUGE = (0.0, 0.0, 20000.0, 20000.0)

ADVICE = re.compile(r"\b(Download|Give|Save|Scan|Print|Check|Leave out|Install|raise|print it)\b")


def locked_pdf() -> bytes:
    document = fpdf.FPDF()
    document.add_page()
    document.set_encryption(owner_password="owner", user_password="user")
    return bytes(document.output())


def bit_png(width: int, height: int, pixels: bytes) -> bytes:
    """A PNG of one bit a pixel, written by hand because Pillow would need all of it in memory at 8 bits."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(pixels, 1)) + chunk(b"IEND", b"")


def page_png() -> bytes:
    stream = io.BytesIO()
    Image.new("L", (850, 1100), 255).save(stream, "PNG")
    return stream.getvalue()


def noise(seed: int, size: int = 20_000) -> bytes:
    return random.Random(seed).randbytes(size)


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


@dataclass(frozen=True)
class Bad:
    """A bad input: its bytes, and what its row of `documents` must say."""

    make: Callable[[], bytes]
    says: str
    """A pattern for the reason."""
    status: Status = Status.REJECTED


BAD = {
    "blank-3000.pdf": Bad(lambda: pdf_bytes([PdfPage()] * 3000), r"1,000 more pages.*--max-pages", Status.PARTIAL),
    "cut-off.pdf": Bad(lambda: half(pdf_bytes([PdfPage(LINE)] * 5)), "broken|cut off"),
    "cut-off.png": Bad(lambda: half(bit_png(800, 1000, noise(1, 101_000))), "broken"),
    "empty.pdf": Bad(bytes, "empty"),
    "empty.txt": Bad(lambda: b"", "empty"),
    "error-page.pdf": Bad(lambda: b"<!DOCTYPE html>\n<html><body>404 Not Found</body></html>\n", "says PDF.*web page"),
    "few-bytes.pdf": Bad(lambda: b"%PDF-1.7\n1 0 obj\n<</Type", "broken|cut off"),
    "huge-page.pdf": Bad(lambda: pdf_bytes([PdfPage(PICTURE, HUGE)]), "too large.*20,000 x 20,000"),
    "huge-picture.png": Bad(lambda: bit_png(20_000, 20_000, bytes(20_000 * 2_501)), "too large"),
    "locked.pdf": Bad(locked_pdf, "password.*unlocked copy"),
    "loop.pdf": Bad(
        lambda: pdf_bytes([PdfPage(LINE)], objects={2: "<</Type/Pages/Kids[5 0 R 2 0 R]/Count 900000>>"}), "broken", Status.PARTIAL
    ),
    "loop-alone.pdf": Bad(lambda: pdf_bytes([PdfPage(LINE)], objects={2: "<</Type/Pages/Kids[2 0 R]/Count 5>>"}), "broken"),
    "no-pages.pdf": Bad(lambda: pdf_bytes([], objects={2: "<</Type/Pages/Kids[]/Count 0>>"}), "no pages|broken"),
    "noise.jpg": Bad(lambda: noise(2), "says image"),
    "noise.pdf": Bad(lambda: noise(3), "says PDF"),
    "noise.txt": Bad(lambda: noise(4), "no kind"),
    "nothing-but-nul.txt": Bad(lambda: bytes(5_000), "no kind"),
    "office.pdf": Bad(lambda: b"PK\x03\x04" + noise(5), "DOCX.*Save it as PDF"),
    "text.pdf": Bad(lambda: GOOD.encode(), "says PDF.*are text"),
}
ABSENT = "absent.pdf"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The good report, every bad input, and a folder that is named like a file."""
    folder = tmp_path_factory.mktemp("downloads")
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    for name, bad in BAD.items():
        (folder / name).write_bytes(bad.make())
    (folder / "folder.pdf").mkdir()
    return folder


@dataclass(frozen=True)
class Done:
    """What the command left: its exit code, what it said, and its tables."""

    code: int
    out: str
    err: str
    tables: dict[str, pandas.DataFrame]

    def document(self, name: str) -> dict[str, str]:
        """The one row of `documents` about the file of this name."""
        documents = self.tables["documents"][["path", "doc_id", "status", "reason"]].fillna("")
        (row,) = documents[documents["path"].str.endswith(f"/{name}")].to_dict("records")
        return {str(column): str(value) for column, value in row.items()}


@pytest.fixture(scope="module")
def done(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Done:
    out = tmp_path_factory.mktemp("out")
    # In a process of its own, so that an input that hangs fails the tests rather than hanging them.
    finished = subprocess.run(
        [sys.executable, "-m", "prongsai", "run", str(folder), str(folder / ABSENT), "--out", str(out), "--jobs", "1"],
        env={**os.environ, "PYTHONPATH": str(PIPELINE), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=LIMIT_S,
        check=False,
    )
    return Done(finished.returncode, finished.stdout, finished.stderr, dict(prongsai.read_tables(out)))


def test_the_run_ends_with_1_and_without_a_traceback(done: Done) -> None:
    assert done.code == ExitCode.SOME_NOT_READ, done.err
    assert "Traceback" not in done.err


def test_every_input_is_one_row(done: Done) -> None:
    names = sorted(Path(path).name for path in done.tables["documents"]["path"])
    assert names == sorted([*BAD, ABSENT, "good.txt"])


@pytest.mark.parametrize("name", BAD)
def test_a_bad_input_says_what_is_wrong_and_what_to_do(done: Done, folder: Path, name: str) -> None:
    row = done.document(name)
    assert row["status"] == BAD[name].status
    assert re.search(BAD[name].says, row["reason"]), row["reason"]
    assert ADVICE.search(row["reason"]), row["reason"]
    assert str(folder) not in row["reason"], "the row has its path already"


def test_a_missing_input_is_a_row(done: Done) -> None:
    row = done.document(ABSENT)
    assert row["status"] == Status.REJECTED
    assert "no such file" in row["reason"]
    assert ADVICE.search(row["reason"])


def test_the_good_report_is_complete(done: Done) -> None:
    row = done.document("good.txt")
    assert (row["status"], row["reason"]) == (Status.COMPLETE, "")
    scores = done.tables["scores"]
    assert {(code, value) for code, value in zip(scores["code"], scores["value"], strict=True)} == GOOD_SCORES
    assert set(scores["doc_id"]) == {row["doc_id"]}


def test_the_summary_counts_them(done: Done) -> None:
    rejected = sum(bad.status is Status.REJECTED for bad in BAD.values()) + 1
    assert f"1 complete, {len(BAD) + 1 - rejected} partial, {rejected} rejected" in done.out


def test_a_page_that_fails_is_a_finding(done: Done) -> None:
    findings = done.tables["findings"]
    failed = {Path(path).name for path in findings[findings["check"] == "page-failed"]["path"]}
    assert failed >= {"blank-3000.pdf", "loop.pdf", "huge-page.pdf", "cut-off.png"}
    assert len(findings) < 200, "a lie about the page count must not become as many findings"


@pytest.mark.parametrize("name", [*BAD, ABSENT])
def test_from_python_what_cannot_be_read_raises_and_what_can_in_part_says_so(done: Done, folder: Path, name: str) -> None:
    began = time.monotonic()
    if name != ABSENT and BAD[name].status is Status.PARTIAL:
        document = prongsai.extract(folder / name).document
        assert (document.status, document.reason) == (Status.PARTIAL, done.document(name)["reason"])
    else:
        with pytest.raises(InputRejected) as raised:
            prongsai.extract(folder / name)
        assert raised.value.what == done.document(name)["reason"]
        assert str(raised.value).count(str(folder)) == 1
    assert time.monotonic() - began < LIMIT_S


def run(*arguments: str | Path) -> int:
    return cli.main(["run", *map(str, arguments), "--jobs", "1", "--format", "csv"])


@pytest.mark.parametrize("name", ["folder.pdf", "empty.pdf", "locked.pdf", "cut-off.png", ABSENT, "*.tiff"])
def test_nothing_but_bad_inputs_is_3(folder: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder / name, "--out", tmp_path / "out") == ExitCode.NOTHING_READ
    said = capsys.readouterr().err
    assert "nothing was read" in said
    assert ADVICE.search(said)
    assert (tmp_path / "out" / "csv" / "documents.csv").is_file()


def test_an_output_folder_that_cannot_be_made_is_2_before_anything_is_read(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("prongsai.intake.gather", lambda *_: pytest.fail("inputs were looked at"))
    assert run(folder, "--out", folder / "good.txt" / "out") == ExitCode.WRONG_USE
    assert "another folder" in capsys.readouterr().err


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "good.txt"
    path.parent.mkdir()
    path.write_text(GOOD, encoding="utf-8")
    return path


def rows(out: Path) -> dict[str, tuple[str, str]]:
    """The status and the reason of each document, by name."""
    documents = prongsai.read_tables(out)["documents"][["path", "status", "reason"]].fillna("")
    return {
        Path(path).name: (status, reason)
        for path, status, reason in zip(documents["path"], documents["status"], documents["reason"], strict=True)
    }


def test_a_file_that_may_not_be_read_is_a_row(good: Path, tmp_path: Path) -> None:
    secret = good.parent / "secret.pdf"
    secret.write_bytes(pdf_bytes([PdfPage(LINE)]))
    secret.chmod(0)
    if os.access(secret, os.R_OK):
        pytest.skip("this user may read everything")
    assert run(good.parent, "--out", tmp_path / "out") == ExitCode.SOME_NOT_READ
    status, reason = rows(tmp_path / "out")["secret.pdf"]
    assert status == Status.REJECTED
    assert "cannot be read" in reason
    assert "permissions" in reason


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="only Linux has a file whose first byte is an I/O error")
def test_a_disk_that_fails_is_a_row(good: Path, tmp_path: Path) -> None:
    (good.parent / "bad-sector.pdf").symlink_to("/proc/self/mem")
    assert run(good.parent, "--out", tmp_path / "out") == ExitCode.SOME_NOT_READ
    found = rows(tmp_path / "out")
    assert found["good.txt"] == (Status.COMPLETE, "")
    assert found["bad-sector.pdf"][0] == Status.REJECTED
    assert "cannot be read (Input/output error)" in found["bad-sector.pdf"][1]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes are of Unix systems")
def test_a_pipe_and_a_dangling_link_are_rows_and_are_not_waited_for(good: Path, tmp_path: Path) -> None:
    os.mkfifo(good.parent / "pipe.pdf")
    (good.parent / "link.pdf").symlink_to(good.parent / "gone.pdf")
    assert run(good.parent, "--out", tmp_path / "out") == ExitCode.SOME_NOT_READ
    found = rows(tmp_path / "out")
    assert found.pop("good.txt") == (Status.COMPLETE, "")
    assert {(name, status) for name, (status, _) in found.items()} == {("pipe.pdf", "rejected"), ("link.pdf", "rejected")}


def test_a_document_that_vanishes_between_intake_and_reading_costs_only_itself(
    good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prongsai import intake

    report = good.parent / "fleeting.pdf"
    report.write_bytes(pdf_bytes([PdfPage(LINE)]))
    gather = intake.gather

    def gather_and_lose(inputs: list[str], known: intake.Known | None = None) -> intake.Intake:
        found = gather(inputs, known)
        report.unlink()
        return found

    monkeypatch.setattr(intake, "gather", gather_and_lose)
    assert run(good.parent, "--out", tmp_path / "out") == ExitCode.SOME_NOT_READ
    found = rows(tmp_path / "out")
    assert found["good.txt"] == (Status.COMPLETE, "")
    assert found["fleeting.pdf"][0] == Status.REJECTED
    assert "gone" in found["fleeting.pdf"][1]


@pytest.fixture
def no_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine whose PATH holds no program at all."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    find_tesseract.cache_clear()
    yield
    find_tesseract.cache_clear()


@pytest.mark.usefixtures("no_tesseract")
def test_without_tesseract_only_scans_are_lost(good: Path, tmp_path: Path) -> None:
    (good.parent / "scan.png").write_bytes(page_png())
    (good.parent / "scan.pdf").write_bytes(pdf_bytes([PdfPage(PICTURE)]))
    (good.parent / "mixed.pdf").write_bytes(pdf_bytes([PdfPage(LINE), PdfPage(PICTURE)]))
    assert run(good.parent, "--out", tmp_path / "out") == ExitCode.SOME_NOT_READ
    found = rows(tmp_path / "out")
    assert {name: status for name, (status, _) in found.items()} == {
        "good.txt": Status.COMPLETE,
        "mixed.pdf": Status.PARTIAL,
        "scan.pdf": Status.REJECTED,
        "scan.png": Status.REJECTED,
    }
    for name in ("mixed.pdf", "scan.pdf", "scan.png"):
        assert "Tesseract is not installed" in found[name][1]
        assert "apt-get install tesseract-ocr" in found[name][1]
    assert "page 2" in found["mixed.pdf"][1]


@pytest.mark.usefixtures("no_tesseract")
def test_without_tesseract_doctor_says_how_to_get_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor"]) == ExitCode.SOME_NOT_READ
    assert "apt-get install tesseract-ocr" in " ".join(capsys.readouterr().out.replace("\n!", "\n").split())
