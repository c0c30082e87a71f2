"""Documents made of a few numbers, and people's answers on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import count

import pytest

from prongsai.correcting import apply_corrections
from prongsai.knowledge import Knowledge, load_knowledge
from prongsai.records import (
    Asked,
    Box,
    Correction,
    Document,
    Extract,
    Kind,
    Mention,
    MentionKind,
    Reader,
    Scope,
    Status,
    Verdict,
)

SHA = "d" * 64
AGENCY, OTHER = "เทศบาลตำบลหนองบัว", "องค์การบริหารส่วนจังหวัดลพบุรี"
DOCUMENT = Document(SHA[:16], "a.pdf", SHA, Kind.PDF, 1, AGENCY, "town", "here", "there", 2568, "ITA", Status.COMPLETE, "")
MENTION = Mention(
    mention_id="d:1",
    doc_id=SHA[:16],
    path="a.pdf",
    page=3,
    table=1,
    row=2,
    column=1,
    box=Box(100, 200, 130, 215),
    line=7,
    agency=AGENCY,
    agency_printed="",
    fiscal_year=2568,
    year_from="column",
    scope=Scope.QUESTION,
    instrument="IIT",
    indicator="ind1",
    code="i1",
    kind=MentionKind.SCORE,
    value=Decimal("95.66"),
    scale=100,
    printed_value="๙๕.๖๖",
    printed_code="I๑",
    question="",
    reader=Reader.OCR,
    reader_version="test",
    confidence=0.7,
    candidates=("๙๕.๖๘", "๙๘.๖๖"),
    candidate_probabilities=(0.2, 0.05),
    matched_by=("code", "order"),
    place_code="330312",
)

_ids = count(1)


def answer(verdict: Verdict, corrected: str = "", asked: Asked = Asked.VALUE, on: Mention | None = MENTION, **others: object) -> Correction:
    """What a person says who looked at a mention, or without one at the whole document."""
    prints = {Asked.CODE: "printed_code", Asked.AGENCY: "agency"}
    cells = {Asked.VALUE: "value", Asked.CODE: "code", Asked.YEAR: "fiscal_year", Asked.AGENCY: "agency"}
    of_document = {Asked.AGENCY: DOCUMENT.agency, Asked.YEAR: str(DOCUMENT.report_year)}
    cell = getattr(on, cells[asked]) if on is not None else of_document[asked]
    values: dict[str, object] = {
        "correction_id": f"id {next(_ids)}",
        "made_at": "2026-11-22T02:30:00Z",
        "made_by": "สมชาย",
        "asked": asked,
        "verdict": verdict,
        "sha256": SHA,
        "path": "a.pdf",
        "page": None if on is None else on.page,
        "box": None if on is None else on.box,
        "line": None if on is None or on.box is not None else on.line,
        "nth": 0,
        "printed": "" if on is None else getattr(on, prints.get(asked, "printed_value")),
        "read_as": "" if cell is None else str(cell),
        "corrected": corrected,
        "reason": "seen on the page",
    }
    return Correction(**(values | others))  # type: ignore[arg-type]


def named(document: Document, name: str) -> Document:
    """Another agency, without matching's gazetteer."""
    return replace(document, agency=name, agency_type="kind", district="", province="", place_code="99")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """All of patterns/."""
    return load_knowledge()


Apply = Callable[..., Extract]


@pytest.fixture(scope="session")
def apply(knowledge: Knowledge) -> Apply:
    """Puts answers beside the mentions of a document."""

    def apply(*answers: Correction, of: Extract | None = None) -> Extract:
        return apply_corrections(of or Extract(DOCUMENT, (MENTION,)), answers, knowledge, named)

    return apply
