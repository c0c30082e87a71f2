"""The table `pages`: a row for each page of a document, read or not, with what it takes to draw it."""

from __future__ import annotations

from pathlib import Path

import prongsai
from prongsai.export import read_records
from prongsai.records import PageReading, Reader, Status

from .reading.conftest import PdfPage, pdf_bytes

TEXT = " ".join(f"BT /F1 16 Tf 1 0 0 1 60 {700 - 60 * at} Tm (9{at}.25 overall) Tj ET" for at in range(8))
SIDEWAYS = " ".join(f"BT /F1 16 Tf 0 1 -1 0 {100 + 60 * at} 100 Tm (9{at}.25 overall) Tj ET" for at in range(8))


def rows(folder: Path, name: str, data: bytes, max_pages: int = 10) -> tuple[PageReading, ...]:
    path = folder / name
    path.write_bytes(data)
    extract = prongsai.extract(path, ocr="never", max_pages=max_pages)
    assert {(row.doc_id, row.path) for row in extract.pages} == {(extract.document.doc_id, extract.document.path)}
    assert extract.document.pages == sum(not row.failure for row in extract.pages)
    return extract.pages


def told(row: PageReading) -> tuple[object, ...]:
    return row.page, row.width_pt, row.height_pt, row.reader, row.turned_degrees, row.words


def test_pages_of_a_pdf(tmp_path: Path) -> None:
    pages = [PdfPage(TEXT), PdfPage(SIDEWAYS), PdfPage(TEXT, extra="/Rotate 90"), PdfPage("", box=(0, 0, 300, 200))]
    assert [told(row) for row in rows(tmp_path, "a.pdf", pdf_bytes(pages))] == [
        (1, 595.0, 842.0, Reader.TEXT, 0, 16),
        (2, 842.0, 595.0, Reader.TEXT, 90, 16),
        (3, 595.0, 842.0, Reader.TEXT, 270, 16),
        (4, 300.0, 200.0, Reader.TEXT, 0, 0),
    ]


def test_pages_of_given_text_have_no_size(tmp_path: Path) -> None:
    found = rows(tmp_path, "a.txt", "<b>ITA</b> 97.32\fi1 91.04 \N{REPLACEMENT CHARACTER}".encode())
    assert [told(row) for row in found] == [(1, None, None, Reader.GIVEN, 0, 2), (2, None, None, Reader.GIVEN, 0, 3)]
    assert [(row.repairs, row.judgement, row.unread) for row in found] == [(("HTML taken off: 2",), "repaired", 0), ((), "good", 1)]


def test_pages_that_were_not_read_are_rows_and_say_why(tmp_path: Path) -> None:
    first, second, third = rows(tmp_path, "a.pdf", pdf_bytes([PdfPage(TEXT)] * 3, {7: "null"}), max_pages=2)
    assert (first.failure, first.reader) == ("", Reader.TEXT)
    assert (second.reader, second.reader_version, second.width_pt) == (None, "", None)
    assert "the page is broken" in second.failure
    assert third.failure == "1 more pages not read: raise --max-pages above 2"
    _, image = rows(tmp_path, "scan.pdf", pdf_bytes([PdfPage(TEXT), PdfPage("0 0 10 10 re f " * 300)]))
    assert (image.failure, image.width_pt) == ("no text, and OCR is off: leave out --ocr never", 595.0)
    assert image.judgement == "no text"


def test_the_table_comes_back_from_files_and_through_an_audit(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf_bytes([PdfPage(TEXT), PdfPage(SIDEWAYS)]))
    report = prongsai.run([tmp_path / "a.pdf"], out=tmp_path / "out", formats=["parquet", "csv", "parts"], ocr="never")
    assert report.tables.documents[0].status is Status.COMPLETE
    for source in ("parquet", "csv", "parts"):
        assert read_records(tmp_path / "out", source).pages == report.tables.pages
    assert prongsai.audit(tmp_path / "out").pages == report.tables.pages
    again = prongsai.run([tmp_path / "a.pdf"], out=tmp_path / "out", formats=["parquet"], ocr="never")
    assert again.tables.pages == report.tables.pages
