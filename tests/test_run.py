"""A whole run over PDFs and texts: the same bytes every time, options honoured, every number at its place."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import shutil
import signal
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import pandas
import pytest

import prongsai
from prongsai import cli, dealing
from prongsai.document import begin
from prongsai.errors import ExitCode
from prongsai.intake import gather
from prongsai.keeping.store import FOLDER
from prongsai.knowledge import load_knowledge
from prongsai.reading import read_pages
from prongsai.records import UNREAD, Extract, MentionKind, OcrMode, Options, Page, Reader, Scope, Source, Status

from .conftest import reports
from .reading.conftest import PdfPage, pdf_bytes

NEVER = Options(ocr=OcrMode.NEVER)
PDFS, TEXTS = reports(".pdf"), reports(".txt")
REPORTS = [*PDFS, *TEXTS]
FORMATS = {"csv", "parquet", "prongsai.duckdb", "prongsai.xlsx", "datapackage.json"}

YEARLESS = """\
ผลการประเมินคุณธรรมและความโปร่งใสในการดำเนินงานของหน่วยงานภาครัฐ
องค์การบริหารส่วนตำบลบ้านตัวอย่าง

ตัวชี้วัดที่\tชื่อตัวชี้วัด\tคะแนน
๑\tการปฏิบัติหน้าที่\t๙๒.๑๐
๒\tการใช้งบประมาณ\t๙๑.๒๐
"""


@cache
def extract(path: Path) -> Extract:
    """What a document gives, read once for all tests."""
    return prongsai.extract(path, ocr="never")


@cache
def pages(path: Path) -> dict[int, Page]:
    """A document read once more, by page number."""
    (source,) = gather([str(path)]).sources
    return {page.number: page for page in read_pages(source, NEVER, load_knowledge())}


@pytest.fixture(scope="module")
def longest() -> Path:
    """The digital PDF with most pages."""
    return max(PDFS, key=lambda path: len(pages(path)))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, longest: Path) -> Path:
    """Digital PDFs, texts, a copy under another name, a picture without OCR and a file that is none."""
    folder = tmp_path_factory.mktemp("reports")
    for path in REPORTS:
        shutil.copy(path, folder)
    (folder / "copies").mkdir()
    shutil.copy(longest, folder / "copies" / "another name.pdf")
    (folder / "picture.pdf").write_bytes(pdf_bytes([PdfPage("0 0 10 10 re f " * 300)]))
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    return folder


@pytest.fixture(scope="module")
def out(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of a run over the folder, in all formats, by one job."""
    out = tmp_path_factory.mktemp("out")
    assert prongsai.run(folder, out=out, ocr="never").exit_code is ExitCode.SOME_NOT_READ
    return out


@pytest.fixture(scope="module")
def frames(out: Path) -> dict[str, pandas.DataFrame]:
    return dict(prongsai.read_tables(out))


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and FOLDER not in path.parts
    }


def command(*arguments: str | Path) -> int:
    return cli.main(["run", *map(str, arguments), "--ocr", "never"])


# What a run writes


def test_two_jobs_write_the_bytes_of_one(folder: Path, out: Path, tmp_path: Path) -> None:
    prongsai.run(folder, out=tmp_path / "two", ocr="never", jobs=2)
    assert digests(tmp_path / "two") == digests(out)
    assert {path.name for path in out.iterdir()} == {*FORMATS, FOLDER}


def test_the_order_of_the_inputs_changes_nothing(folder: Path, out: Path, tmp_path: Path) -> None:
    files = sorted((path for path in folder.rglob("*") if path.is_file()), reverse=True)
    prongsai.run(files, out=tmp_path / "out", ocr="never")
    assert digests(tmp_path / "out") == digests(out)


def test_one_document_under_two_paths_is_one_row(frames: dict[str, pandas.DataFrame], folder: Path, longest: Path) -> None:
    digest = hashlib.sha256(longest.read_bytes()).hexdigest()
    (row,) = frames["documents"][frames["documents"]["sha256"] == digest].to_dict("records")
    assert sorted([row["path"], row["aliases"]]) == sorted([f"{folder}/{longest.name}", f"{folder}/copies/another name.pdf"])
    one = extract(longest)
    assert (frames["mentions"]["doc_id"] == digest[:16]).sum() == len(one.mentions)


def test_every_row_is_of_a_document_in_the_table(frames: dict[str, pandas.DataFrame]) -> None:
    documents = set(frames["documents"]["doc_id"].dropna())
    for name, frame in frames.items():
        assert set(frame["doc_id"].dropna()) <= documents, name
    assert frames["mentions"]["mention_id"].is_unique


def test_frames_have_the_dtypes_that_people_count_on(frames: dict[str, pandas.DataFrame]) -> None:
    whole, text = pandas.Int64Dtype(), pandas.StringDtype()
    expected: dict[str, dict[str, object]] = {
        "documents": {"pages": whole, "report_year": whole, "agency": text, "status": text, "reason": text},
        "mentions": {"page": whole, "row": whole, "fiscal_year": whole, "value": "float64", "x0": "float64", "printed_value": text},
        "scores": {"fiscal_year": whole, "value": "float64", "mentions": whole, "code": text, "agreement": text},
        "codes": {"page": whole, "printed": text, "confidence": "float64"},
        "grades": {"page": whole, "grade": text},
        "findings": {"page": whole, "severity": text, "message_th": text},
        "claims": {"page": whole, "count": whole, "since": whole, "bound": "float64", "value": "float64", "codes": text},
        "pages": {"page": whole, "width_pt": "float64", "is_skimmed": pandas.BooleanDtype(), "words": whole, "failure": text},
    }
    assert frames.keys() == expected.keys()
    for table, columns in expected.items():
        for column, dtype in columns.items():
            assert frames[table][column].dtype == dtype, f"{table}.{column}"
    assert frames["mentions"]["value"].between(-100, 100).all()


def test_scores_are_the_mentions_regrouped(frames: dict[str, pandas.DataFrame]) -> None:
    """Written apart from `tidy`, over the written tables: how many mentions, and the value where they do not differ."""
    mentions, scores = frames["mentions"], frames["scores"]
    keys = ["doc_id", "agency", "fiscal_year", "code"]
    read = mentions[(mentions["kind"] == "score") & mentions["value"].notna() & mentions["scope"].notna()]
    groups = read.groupby(keys, dropna=False)["value"].agg(["size", "nunique", "first"]).reset_index()
    both = groups.merge(scores, on=keys, how="outer", indicator=True, validate="one_to_one")
    assert (both["_merge"] == "both").all(), both[both["_merge"] != "both"][keys]
    assert len(both) > 300
    assert (both["size"] == both["mentions"]).all()
    assert ((both["size"] == 1) == (both["agreement"] == "single")).all()
    alike = both[both["nunique"] == 1]
    assert (alike["value"] == alike["first"]).all()
    assert (alike["agreement"] != "conflict").all()
    # Two values agree only where one is printed with fewer digits, or weighted.
    agreed = both[(both["nunique"] > 1) & (both["agreement"] == "agreed")]
    for key in agreed[keys].itertuples(index=False):
        group = read[(read[keys].fillna(0) == list(key)).all(axis=1)]
        units = {(scale, len(value.partition(".")[2])) for scale, value in zip(group["scale"], group["printed_value"], strict=True)}
        assert len(units) > 1, key


def test_every_document_that_is_not_complete_says_why(frames: dict[str, pandas.DataFrame]) -> None:
    documents = frames["documents"]
    assert ((documents["status"] == "complete") == documents["reason"].isna()).all()
    assert Counter(documents["status"])["rejected"] == 2


# Options


def test_only_the_pages_asked_for_are_read(longest: Path, tmp_path: Path) -> None:
    assert command(longest, "--out", tmp_path, "--pages", "2-3", "--quiet") == ExitCode.ALL_READ
    frames = prongsai.read_tables(tmp_path)
    assert list(frames["documents"]["pages"]) == [2]
    found = {(page, value) for page, value in zip(frames["mentions"]["page"], frames["mentions"]["printed_value"], strict=True)}
    assert {page for page, _ in found} <= {2, 3}
    whole = extract(longest)
    assert found == {(mention.page, mention.printed_value) for mention in whole.mentions if mention.page in (2, 3)} != set()


def test_pages_that_a_document_does_not_have_are_said(longest: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command(longest, "--out", tmp_path, "--pages", "900") == ExitCode.NOTHING_READ
    assert "--pages" in " ".join(capsys.readouterr().out.split())


def test_max_pages_reads_so_far_and_says_so(longest: Path, tmp_path: Path) -> None:
    assert command(longest, "--out", tmp_path, "--max-pages", "2", "--quiet") == ExitCode.SOME_NOT_READ
    (document,) = prongsai.read_tables(tmp_path)["documents"].to_dict("records")
    assert (document["pages"], document["status"]) == (2, "partial")
    assert "--max-pages" in document["reason"]


def test_the_year_given_is_that_of_a_document_that_has_none(tmp_path: Path) -> None:
    path = tmp_path / "yearless.txt"
    path.write_text(YEARLESS, encoding="utf-8")
    assert {(mention.fiscal_year, mention.code) for mention in prongsai.extract(path).mentions} == {(None, "ind1"), (None, "ind2")}
    assert command(path, "--out", tmp_path / "out", "--year", "2567", "--quiet") == ExitCode.ALL_READ
    mentions = prongsai.read_tables(tmp_path / "out")["mentions"]
    assert set(mentions["fiscal_year"]) == {2567}
    assert set(mentions["fiscal_year_ce"]) == {2024}
    assert set(mentions["year_from"]) == {"option"}


def test_the_year_given_does_not_overrule_a_document_that_has_one(longest: Path) -> None:
    one = extract(longest)
    assert prongsai.extract(longest, ocr="never", year=2569).mentions == one.mentions


def test_only_the_formats_asked_for_are_written(tmp_path: Path) -> None:
    path = TEXTS[0]
    for names, files in (
        ("csv", {"csv", "datapackage.json"}),
        ("parquet", {"parquet"}),
        ("xlsx,duckdb", {"prongsai.xlsx", "prongsai.duckdb"}),
    ):
        assert command(path, "--out", tmp_path / names, "--format", names, "--quiet") == ExitCode.ALL_READ
        assert {file.name for file in (tmp_path / names).iterdir()} == {*files, FOLDER}
    assert prongsai.read_tables(tmp_path / "csv")["scores"].equals(prongsai.read_tables(tmp_path / "parquet")["scores"])


def test_quiet_says_nothing_and_otherwise_the_summary_counts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = TEXTS[0]
    assert command(path, "--out", tmp_path, "--format", "csv", "--quiet") == ExitCode.ALL_READ
    assert capsys.readouterr() == ("", "")
    assert command(path, "--out", tmp_path, "--format", "csv") == ExitCode.ALL_READ
    said = capsys.readouterr()
    with (tmp_path / "csv" / "scores.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = len(list(csv.DictReader(stream)))
    assert re.search(rf"scores +{rows} ", said.out), said.out
    assert said.err == ""


# Where each number stands


def digits(text: str) -> str:
    """The text as digits are compared: no spaces, and no difference between Thai and Arabic ones."""
    return "".join(str(int(character)) if character.isdecimal() else character for character in text if not character.isspace())


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_every_printed_value_stands_at_its_place(path: Path) -> None:
    one = extract(path)
    assert len(one.mentions) > 5
    for mention in one.mentions:
        page = pages(path)[mention.page]
        if page.reader is Reader.GIVEN:
            assert mention.box is None
            assert mention.line is not None
            there = [word.text for word in page.words if word.line == mention.line]
        else:
            box = mention.box
            assert box is not None
            assert 0 <= box.x0 < box.x1 <= page.width_pt
            assert 0 <= box.top < box.bottom <= page.height_pt
            there = [word.text for word in page.words if word.box is not None and box.contains(*word.box.middle, slack_pt=0.1)]
        assert digits(mention.printed_value) in digits("".join(there)), f"page {mention.page}: {mention.printed_value} not in {there}"


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_a_value_is_the_printed_number_on_100(path: Path) -> None:
    one = extract(path)
    for mention in one.mentions:
        assert mention.value is not None, "text layers have no unread numerals"
        assert UNREAD not in mention.printed_value
        number = re.search(r"\d+(?:\.\d+)?", digits(mention.printed_value))
        assert number is not None, mention.printed_value
        on_100 = Decimal(number[0]) * 100 / mention.scale
        assert abs(abs(mention.value) - on_100) < Decimal("0.0001"), mention
        if mention.kind is MentionKind.SCORE:
            assert 0 <= mention.value <= 100, mention


def test_a_number_printed_once_is_one_mention() -> None:
    places = Counter(
        (mention.doc_id, mention.page, mention.box, mention.printed_value, mention.kind, mention.agency, mention.fiscal_year, mention.code)
        for path in PDFS
        for mention in extract(path).mentions
    )
    assert [place for place, times in places.items() if times > 1] == []


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.name)
def test_codes_are_those_of_the_year(path: Path) -> None:
    one = extract(path)
    frameworks = load_knowledge().frameworks
    for mention in one.mentions:
        framework = frameworks[mention.fiscal_year or 0]
        if mention.scope is Scope.QUESTION:
            assert framework.question(mention.code) is not None, mention
        elif mention.scope is Scope.INDICATOR:
            assert framework.indicator(mention.code) is not None, mention


# A worker that dies


def begin_or_die(source: Source, options: Options) -> bytes:
    if source.path.endswith("deadly.pdf"):
        os.kill(os.getpid(), signal.SIGKILL)
    return begin(source, options)


@pytest.mark.skipif(os.name != "posix", reason="a worker is killed by a signal")
def test_a_worker_that_dies_costs_only_its_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inputs = [*TEXTS[:2], tmp_path / "deadly.pdf"]
    inputs[-1].write_bytes(pdf_bytes([PdfPage()]))
    monkeypatch.setattr(dealing, "begin", begin_or_die)
    report = prongsai.run(inputs, out=tmp_path / "out", ocr="never", jobs=2, formats=["csv"])
    assert report.exit_code is ExitCode.SOME_NOT_READ
    fates = {Path(document.path).name: (document.status, document.reason) for document in report.tables.documents}
    status, reason = fates.pop("deadly.pdf")
    assert (status, "died" in reason, "--jobs" in reason) == (Status.REJECTED, True, True)
    assert set(fates.values()) == {(Status.COMPLETE, "")}
    monkeypatch.undo()
    assert report.tables.mentions == prongsai.run(inputs[:-1], ocr="never").tables.mentions
