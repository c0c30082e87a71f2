"""What a scan's page says of itself reaches the tables: likely readings, who read what, pages that were only looked at."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from prongsai.document import read_document
from prongsai.export import split_list, write_tables
from prongsai.records import UNREAD, Box, Candidate, Extract, Kind, Options, Page, Reader, Rule, Severity, Source, Tables, Word

SOURCE = Source("scan.pdf", "0" * 64, Kind.PDF, 1)
OURS, TESSERACT = "numerals 1 sha256:" + "0" * 64, "tesseract 5 tha"
XS, YS = (50.0, 250.0, 350.0), (100.0, 130.0, 160.0, 190.0)
RULES = tuple([Rule(XS[0], y, XS[-1], y) for y in YS] + [Rule(x, YS[0], x, YS[-1]) for x in XS])


def words(text: str, column: int, row: int) -> list[Word]:
    top = YS[row] + 8
    return [Word(text, Box(XS[column] + 4, top, XS[column] + 80, top + 14), 2 + row, 0.8)]


def numeral(text: str, row: int, *candidates: tuple[str, float]) -> Word:
    top = YS[row] + 8
    likely = tuple(Candidate(*one) for one in candidates)
    box = Box(XS[1] + 4, top, XS[1] + 60, top + 14)
    return Word(text, box, 2 + row, likely[0].probability, None if text != UNREAD else likely[0].text, likely, OURS)


PAGE = Page(
    number=1,
    width_pt=595.0,
    height_pt=842.0,
    reader=Reader.OCR,
    reader_version=TESSERACT,
    words=(
        Word("ผลการประเมิน ITA ปีงบประมาณ พ.ศ.", Box(50, 60, 400, 76), 1, 0.9),
        Word("๒๕๖๗", Box(404, 60, 440, 76), 1, 0.99),
        *words("ตัวชี้วัด", 0, 0),
        *words("คะแนน", 1, 0),
        *words("การใช้งบประมาณ", 0, 1),
        numeral("๙๗.๓๒", 1, ("๙๗.๓๒", 0.97), ("๙๗.๘๒", 0.02), ("๘๗.๓๒", 0.01)),
        *words("การใช้อำนาจ", 0, 2),
        numeral(UNREAD, 2, ("๘๕.๖๔", 0.4), ("๘๕.๖๙", 0.38)),
    ),
    rules=RULES,
)
PICTURE = Page(2, 595.0, 842.0, Reader.OCR, OURS, is_skimmed=True)


@pytest.fixture
def extract(monkeypatch: pytest.MonkeyPatch) -> Extract:
    monkeypatch.setattr("prongsai.document._pages", lambda *_, **__: iter([PAGE, PICTURE]))
    return read_document(SOURCE, Options())


def test_other_readings_stand_beside_a_value_that_was_read(extract: Extract) -> None:
    mention = extract.mentions[0]
    assert (mention.code, mention.value, mention.confidence) == ("ind2", Decimal("97.32"), 0.97)
    assert mention.candidates == ("๙๗.๘๒", "๘๗.๓๒")
    assert mention.candidate_probabilities == (0.02, 0.01)
    assert mention.reader_version == OURS


def test_unread_numeral_has_all_its_readings_and_no_value(extract: Extract) -> None:
    mention = extract.mentions[1]
    assert (mention.code, mention.value, mention.printed_value, mention.confidence) == ("ind3", None, "", 0.4)
    assert mention.candidates == ("๘๕.๖๔", "๘๕.๖๙")
    assert mention.candidate_probabilities == (0.4, 0.38)


def test_readings_and_probabilities_are_parallel_lists_in_csv(extract: Extract, tmp_path: Path) -> None:
    write_tables(Tables(documents=(extract.document,), mentions=extract.mentions), tmp_path, ["csv"])
    with (tmp_path / "csv" / "mentions.csv").open(encoding="utf-8-sig", newline="") as stream:
        read, unread = csv.DictReader(stream)
    assert split_list(read["candidates"]) == ("๙๗.๘๒", "๘๗.๓๒")
    assert split_list(read["candidate_probabilities"]) == ("0.0200", "0.0100")
    assert split_list(unread["candidate_probabilities"]) == ("0.4000", "0.3800")
    assert (read["reader_version"], unread["value"]) == (OURS, "")


def test_page_that_was_only_looked_at_is_a_note(extract: Extract) -> None:
    (finding,) = [finding for finding in extract.findings if finding.check == "page-skimmed"]
    assert (finding.page, finding.severity) == (2, Severity.NOTE)
    assert "Page 2" in finding.message
    assert "หน้า 2" in finding.message_th
    assert extract.document.pages == 2
