"""A small run with everything in it that has gone wrong in exports: signs, formulas, marks, long and odd texts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from prongsai.export import Written, write_tables
from prongsai.records import (
    Box,
    CodeReading,
    Document,
    Fault,
    Finding,
    GradeMention,
    Kind,
    Mention,
    MentionKind,
    PageReading,
    Reader,
    Scope,
    Score,
    Severity,
    Status,
    Tables,
)

SHA = "0123456789abcdef" * 4
DOC = SHA[:16]

MENTION = Mention(
    mention_id=f"{DOC}:1",
    doc_id=DOC,
    path="รายงาน/อบจ. ลพบุรี.pdf",
    page=3,
    table=1,
    row=0,
    column=2,
    box=Box(72.005, 100.128, 130.0, 112.5),
    line=4,
    agency="องค์การบริหารส่วนจังหวัดลพบุรี",
    agency_printed="",
    fiscal_year=2568,
    year_from="column",
    scope=Scope.QUESTION,
    instrument="IIT",
    indicator="ind1",
    code="i1",
    kind=MentionKind.SCORE,
    value=Decimal("97.32"),
    scale=100,
    printed_value="๙๗.๓๒",
    printed_code="i๑",
    question='หน่วยงานของท่าน "มีการทำงาน", น้ำใจ\r\nและผู้ที่มีส่วนได้ส่วนเสีย',
    reader=Reader.OCR,
    reader_version="reader 1.0",
    confidence=0.98765,
    candidates=("|", "l\\", "๑"),
    matched_by=("code", "order"),
)


def make_tables() -> Tables:
    """The run; every mention differs from the first in what it is there to show."""
    mentions = (
        MENTION,
        replace(MENTION, kind=MentionKind.DIFFERENCE, value=Decimal("-1.13"), printed_value="-๑.๑๓", printed_code="=1+1"),
        replace(MENTION, kind=MentionKind.DIFFERENCE, value=Decimal("-0.49"), printed_value="-0.49", question="@SUM(A1)"),
        replace(MENTION, value=Decimal("12.5") / Decimal("0.3"), scale=30, printed_value="12.5", question="'quoted'"),
        replace(MENTION, value=None, printed_value="\N{REPLACEMENT CHARACTER}", confidence=float("nan"), candidates=()),
        replace(MENTION, box=None, line=None, table=None, row=None, column=None, confidence=None, reader=Reader.GIVEN),
        replace(MENTION, scope=None, fiscal_year=None, agency="", code="", question="NA", printed_code="\tTAB"),
        replace(MENTION, value=Decimal("100.00"), question="a\x00b\x1fc\N{CARRIAGE RETURN}d", printed_code="+๐.๖๓"),
        replace(MENTION, value=Decimal("1E+9"), question="x" * 40_000, box=Box(-0.001, 1e300, 1.0, 2.0)),
    )
    return Tables(
        documents=(
            Document(
                doc_id=DOC,
                path=MENTION.path,
                sha256=SHA,
                kind=Kind.PDF,
                pages=12,
                agency=MENTION.agency,
                agency_type="provincial-administration",
                district="เมืองลพบุรี",
                province="ลพบุรี",
                report_year=2568,
                book="ITA",
                status=Status.PARTIAL,
                reason="page 7: time ran out",
                aliases=("copy | of.pdf", "second.pdf"),
                pages_by_reader={"text": 10, "ocr": 1},
            ),
            Document("", "gone\udcff.pdf", "", Kind.UNKNOWN, 0, "", "", "", "", None, "", Status.REJECTED, "it cannot be opened"),
        ),
        mentions=tuple(replace(mention, mention_id=f"{DOC}:{number}") for number, mention in enumerate(mentions, 1)),
        scores=(
            Score(
                DOC, MENTION.agency, 2568, Scope.INSTRUMENT, "OIT", "", "OIT", Decimal("89.71"), 2, "agreed", Decimal("89.17"), "two digits"
            ),
            Score(DOC, MENTION.agency, None, Scope.OVERALL, "", "", "ITA", None, 3, "conflict"),
        ),
        codes=(CodeReading(DOC, MENTION.path, 3, MENTION.box, 4, 2568, "i๒๐", "i10", "order", 0.75, "i๙ i๒๐ i๑๑"),),
        grades=(GradeMention(DOC, MENTION.path, 1, None, 2, MENTION.agency, 2568, "ผ่านดี", "ผ่านดี"),),
        findings=(
            Finding(
                DOC,
                MENTION.path,
                3,
                2568,
                "difference",
                Severity.ERROR,
                "i1",
                "-๑.๑๓",
                "+๐.๖๓",
                Fault.SOURCE,
                "-1.13 is printed",
                "พิมพ์ไว้ -๑.๑๓",
                "+0.63",
                (f"{DOC}:1", f"{DOC}:2"),
            ),
            Finding("", "gone.pdf", None, None, "input", Severity.NOTE, "", "", "", Fault.UNDECIDED, "gone", "ไม่พบ"),
        ),
        pages=(
            PageReading(DOC, MENTION.path, 3, 595.28, 841.89, Reader.OCR, "words 1", 270, -2.875, False, "no text", (), "", 120, 1),
            PageReading(
                DOC, MENTION.path, 4, 595.28, 841.89, Reader.TEXT, "pdfium 1", 0, 0.0, True, "", ("sara am: 2", "a|b: 1"), "", 0, 0
            ),
            PageReading(DOC, MENTION.path, 7, None, None, None, "", 0, 0.0, False, "", (), "time ran out", 0, 0),
        ),
    )


@pytest.fixture(scope="session")
def tables() -> Tables:
    return make_tables()


@pytest.fixture(scope="session")
def written(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The run in all formats; tests only read it."""
    return write_tables(tables, tmp_path_factory.mktemp("run") / "out")


@pytest.fixture(scope="session")
def folder(written: Written) -> Path:
    return written.folder
