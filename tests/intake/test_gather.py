"""What becomes a source, what is turned away, and with which words."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from prongsai.intake import gather, tell_kind
from prongsai.records import Kind

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.pdf").write_bytes(PDF + b"2")
    (tmp_path / "b" / "scan.PNG").write_bytes(PNG)
    (tmp_path / "a.txt").write_text("คะแนน ๙๘.๕๐", encoding="utf-8")
    (tmp_path / "sheet.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / ".hidden.pdf").write_bytes(PDF)
    return tmp_path


def test_folder_is_searched_to_the_bottom_and_sorted(folder: Path) -> None:
    found = gather([str(folder)])
    assert [Path(source.path).name for source in found.sources] == ["a.txt", "scan.PNG", "two.pdf"]
    assert [source.kind for source in found.sources] == [Kind.TEXT, Kind.IMAGE, Kind.PDF]
    assert found.n_ignored == 2
    assert not found.rejected


def test_order_does_not_depend_on_the_order_of_inputs(folder: Path) -> None:
    one, two = str(folder / "a.txt"), str(folder / "b")
    assert gather([one, two]) == gather([two, one])


def test_hash_and_size_are_those_of_the_bytes(folder: Path) -> None:
    (source,) = gather([str(folder / "b" / "two.pdf")]).sources
    assert source.sha256 == hashlib.sha256(PDF + b"2").hexdigest()
    assert source.size_bytes == len(PDF) + 1
    assert source.doc_id == source.sha256[:16]


def test_same_bytes_are_one_source_with_aliases(tmp_path: Path) -> None:
    for name in ("c.pdf", "a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(PDF)
    (source,) = gather([str(tmp_path)]).sources
    assert Path(source.path).name == "a.pdf"
    assert [Path(alias).name for alias in source.aliases] == ["b.pdf", "c.pdf"]


def test_a_file_named_twice_is_no_alias_of_itself(folder: Path) -> None:
    path = str(folder / "a.txt")
    (source,) = gather([path, path, str(folder / "*.txt")]).sources
    assert source.aliases == ()


def test_pattern(folder: Path) -> None:
    found = gather([str(folder / "**" / "*.pdf")])
    assert [Path(source.path).name for source in found.sources] == ["two.pdf"]


def test_folder_without_reports_is_rejected_with_what_would_be_read(tmp_path: Path) -> None:
    (tmp_path / "notes.docx").write_bytes(b"PK\x03\x04")
    found = gather([str(tmp_path)])
    assert found.sources == ()
    assert [(one.path, ".pdf" in one.reason) for one in found.rejected] == [(tmp_path.as_posix(), True)]
    assert found.n_ignored == 1


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.pdf", b"", "the file is empty. Download it again"),
        ("page.pdf", "ไม่พบหน้าที่ต้องการ".encode(), "the name says PDF but the bytes are text. Download it again"),
        ("page.pdf", b"<!DOCTYPE html><html></html>", "the name says PDF but the bytes are a web page. Download it again"),
        ("scan.png", b"hello", "the name says image but the bytes are text. Download it again"),
        ("sheet.xlsx", b"PK\x03\x04....", "the file is a ZIP file, as DOCX and XLSX are. Save it as PDF first"),
        ("noise.pdf", bytes(range(256)) * 4, "the name says PDF but the bytes are not those of one. Download it again"),
        ("noise.bin", bytes(range(256)) * 4, "the file is of no kind that can be read. Give PDF, PNG, JPEG, TIFF or text"),
    ],
)
def test_rejected_with_what_and_what_to_do(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    found = gather([str(tmp_path / name)])
    assert found.sources == ()
    (rejected,) = found.rejected
    assert rejected.reason == reason
    assert rejected.sha256 == hashlib.sha256(data).hexdigest()


def test_missing_path_and_pattern_without_match_are_rows(tmp_path: Path) -> None:
    found = gather([str(tmp_path / "gone.pdf"), str(tmp_path / "*.pdf")])
    assert len(found.rejected) == 2
    assert all(row.sha256 == "" for row in found.rejected)
    assert {row.reason.split(".")[0] for row in found.rejected} == {"there is no such file or folder", "no file matches the pattern"}


def test_file_that_cannot_be_read_is_a_row(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(PDF)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    (rejected,) = gather([str(path)]).rejected
    assert "cannot be read" in rejected.reason


def test_dangling_link_is_a_row(tmp_path: Path) -> None:
    (tmp_path / "link.pdf").symlink_to(tmp_path / "gone.pdf")
    found = gather([str(tmp_path)])
    assert found.sources == ()
    assert len(found.rejected) == 1


def test_loop_of_links_ends(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    assert len(gather([str(tmp_path)]).sources) == 1


def test_pdf_under_another_name_is_a_pdf(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_bytes(PDF)
    (source,) = gather([str(tmp_path / "report.txt")]).sources
    assert source.kind is Kind.PDF


def test_name_with_brackets_is_a_file_before_it_is_a_pattern(tmp_path: Path) -> None:
    (tmp_path / "ita[1].pdf").write_bytes(PDF)
    assert len(gather([str(tmp_path / "ita[1].pdf")]).sources) == 1


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"junk before\n%PDF-1.7", Kind.PDF),
        (b"\xff\xd8\xff\xe0", Kind.IMAGE),
        (b"II*\0....", Kind.IMAGE),
        (b"MM\0*....", Kind.IMAGE),
        ("คะแนน".encode("cp874"), Kind.TEXT),
        ("คะแนน".encode("utf-16"), Kind.TEXT),
        ("คะแนน".encode()[:-1], Kind.TEXT),
        (b"", Kind.UNKNOWN),
        (b"GIF89a", Kind.UNKNOWN),
    ],
)
def test_kind_is_told_by_bytes(head: bytes, kind: Kind) -> None:
    assert tell_kind(head) is kind
