"""A small run with one of each thing that is asked, a site of one page, and a server over them that a test can talk to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from prongsai.export import write_tables
from prongsai.records import (
    Asked,
    Box,
    CodeReading,
    Document,
    Fault,
    Finding,
    Kind,
    Mention,
    MentionKind,
    PageReading,
    Reader,
    Scope,
    Severity,
    Status,
    Tables,
)
from prongsai.report.review.answers import Answers
from prongsai.report.review.desk import Desk
from prongsai.report.review.server import make_app

PORT, TOKEN = 8765, "a-token-of-the-test"
HOME = f"http://127.0.0.1:{PORT}"
SCAN_SHA, TEXT_SHA = "a" * 64, "b" * 64
SCAN, TEXT = SCAN_SHA[:16], TEXT_SHA[:16]
SEEN: dict[str, str] = {}
"""By key, what pages send back with answers to `make_tables`; there once the fixture `shared` is."""
AGENCY = "องค์การบริหารส่วนตำบลตัวอย่าง"

MENTION = Mention(
    mention_id=f"{SCAN}:1",
    doc_id=SCAN,
    path="reports/scan.pdf",
    page=1,
    table=1,
    row=0,
    column=1,
    box=Box(400.0, 100.0, 430.0, 114.0),
    line=5,
    agency=AGENCY,
    agency_printed="",
    fiscal_year=2568,
    year_from="section",
    scope=Scope.QUESTION,
    instrument="IIT",
    indicator="ind1",
    code="i1",
    kind=MentionKind.SCORE,
    value=Decimal("97.32"),
    scale=100,
    printed_value="๙๗.๓๒",
    printed_code="i๑",
    question="การปฏิบัติงาน",
    reader=Reader.OCR,
    reader_version="numerals 1",
    confidence=0.99,
)
DOCUMENT = Document(
    doc_id=SCAN,
    path="reports/scan.pdf",
    sha256=SCAN_SHA,
    kind=Kind.PDF,
    pages=2,
    agency=AGENCY,
    agency_type="",
    district="",
    province="",
    report_year=2568,
    book="ITA",
    status=Status.COMPLETE,
    reason="",
    agency_confidence=0.99,
)


def _numbers() -> tuple[Mention, ...]:
    def at(nth: int, **changes: Any) -> Mention:
        top = 100.0 + 20 * nth
        return replace(MENTION, mention_id=f"{SCAN}:{nth + 1}", row=nth, box=Box(400.0, top, 430.0, top + 14), line=5 + nth, **changes)

    whole: dict[str, Any] = {"scope": Scope.OVERALL, "instrument": "", "indicator": "", "code": "ITA", "printed_code": ""}
    unread: dict[str, Any] = {"candidates": ("92.06", "Q&A", "๓๒.๐๖"), "candidate_probabilities": (0.3, 0.2, 0.1)}
    told: dict[str, Any] = {"reader": Reader.GIVEN, "confidence": None, "doc_id": TEXT, "path": "reports/text.txt", "box": None}
    return (
        at(0),
        at(1, code="i2", printed_code="i๒", value=None, printed_value="", confidence=0.3, **unread),
        at(2, code="i3", printed_code="i๓", value=Decimal("88.40"), printed_value="88.40", confidence=0.55, candidates=("83.40",)),
        at(3, value=Decimal("89.71"), printed_value="89.71", **whole),
        at(4, code="i10", printed_code="i๒๐"),
        at(5, code="i11", printed_code="i๑๑", fiscal_year=2567, year_from="column", year_confidence=0.6, confidence=0.6),
        at(6, code="i12", printed_code="i๑๒", fiscal_year=2567, year_from="column", year_confidence=0.6, confidence=0.6),
        replace(MENTION, mention_id=f"{TEXT}:1", **told),
        replace(MENTION, mention_id=f"{TEXT}:2", code="i2", printed_code="i๒", **told),
    )


def make_tables() -> Tables:
    """The run: of seven numbers on a scan all but the first are worth a look, of two in a text none; its agency is doubtful."""
    text = replace(
        DOCUMENT,
        doc_id=TEXT,
        path="reports/text.txt",
        sha256=TEXT_SHA,
        kind=Kind.TEXT,
        pages=1,
        agency_confidence=0.42,
        agency_candidates=("เทศบาลตำบลตัวอย่าง",),
    )
    page = PageReading(SCAN, DOCUMENT.path, 1, 595.0, 842.0, Reader.OCR, "numerals 1", 0, 0.0, False, "", (), "", 50, 1)
    total = Finding(
        SCAN,
        DOCUMENT.path,
        1,
        2568,
        "total",
        Severity.ERROR,
        "ITA",
        "89.71",
        "89.17",
        Fault.UNDECIDED,
        "ITA does not follow.",
        "ผลรวมไม่ตรงกัน",
        "89.17",
        (f"{SCAN}:4", f"{SCAN}:1"),
        AGENCY,
    )
    code = CodeReading(SCAN, DOCUMENT.path, 1, Box(50.0, 180.0, 70.0, 194.0), 9, 2568, "i๒๐", "i10", "digit-misprinted", 0.73, "i๒๐")
    return Tables(documents=(DOCUMENT, text), mentions=_numbers(), codes=(code,), findings=(total,), pages=(page,))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder with tables and a site, with things around it that nobody is to have."""
    home = tmp_path_factory.mktemp("review")
    out = home / "out"
    write_tables(make_tables(), out, ["parquet"])
    site = out / "report"
    (site / "documents").mkdir(parents=True)
    (site / "index.html").write_text("<html><body><h1>overview</h1></body></html>", encoding="utf-8")
    page = f'<html><body><table><tr data-mention="{SCAN}:1"></tr></table></body></html>'
    (site / "documents" / f"{SCAN}.html").write_text(page, encoding="utf-8")
    (site / ".hidden.html").write_text("hidden", encoding="utf-8")
    (site / "kept.sqlite").write_text("kept", encoding="utf-8")
    (site / "linked.html").symlink_to(home / "secret.html")
    (site / "linked").symlink_to(home, target_is_directory=True)
    (out / ".prongsai").mkdir()
    (out / ".prongsai" / "results.sqlite").write_text("kept", encoding="utf-8")
    (home / "secret.html").write_text("not to be had", encoding="utf-8")
    return out


@dataclass
class Review:
    """A review that a test can talk to as a browser does."""

    folder: Path
    file: Path
    desk: Desk
    app: Any

    def client(self, *, is_admitted: bool = True) -> TestClient:
        """A browser: one that has opened the link, or another."""
        client = TestClient(self.app, base_url=HOME, follow_redirects=False)
        if is_admitted:
            assert client.get("/review/", params={"token": TOKEN}).status_code == 303
        client.headers["Origin"] = HOME
        return client


@pytest.fixture(scope="module")
def shared(folder: Path) -> Iterator[Review]:
    """A review whose answers each test begins anew: see `review`."""
    file = folder.parent / "corpus" / "corrections.csv"
    with Desk(folder, Answers(file)) as desk:
        keys = [f"{asked}:{SCAN}:{number}" for asked in Asked for number in range(1, 8)]
        keys += [f"value:{TEXT}:{number}" for number in (1, 2)] + [f"agency:{doc_id}" for doc_id in (SCAN, TEXT)]
        SEEN.update((key, found[0].seen) for key in keys if (found := desk.find(key)) is not None)
        yield Review(folder, file, desk, make_app(desk, folder / "report", port=PORT, token=TOKEN, who="somchai"))


@pytest.fixture
def review(shared: Review) -> Review:
    shared.file.unlink(missing_ok=True)
    return shared
