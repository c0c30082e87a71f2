"""Text that was given: encodings, pages, lines, cells, and markup as data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from prongsai.errors import InputRejected
from prongsai.reading import count_pages, read_pages
from prongsai.reading.given import decode, read_given_page, text_lines
from prongsai.reading.markup import split_cells, strip_markup
from prongsai.records import Kind, Options, Reader, Source

from .conftest import Glyphs

THAI = "คะแนน ๙๘.๕๐"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874", "tis-620"])
def test_encodings(encoding: str) -> None:
    assert decode(THAI.encode(encoding)) == THAI


def test_utf_16_big_endian_by_its_mark() -> None:
    assert decode(b"\xfe\xff" + THAI.encode("utf-16-be")) == THAI


@pytest.mark.parametrize("data", [b"\xff\xfeabc", bytes(range(128, 256)) * 3, "café crème".encode("latin-1")])
def test_other_encodings_are_rejected(data: bytes) -> None:
    with pytest.raises(InputRejected, match="Save it as UTF-8"):
        decode(data, "x.txt")


def test_lines_count_blank_ones_and_words_have_no_box() -> None:
    page = read_given_page("หนึ่ง สอง\r\n\r\nสาม".replace("\r\n", "\n"), 1, Glyphs())
    assert [(word.text, word.line, word.box, word.confidence) for word in page.words] == [
        ("หนึ่ง", 1, None, None),
        ("สอง", 1, None, None),
        ("สาม", 3, None, None),
    ]
    assert page.reader is Reader.GIVEN
    assert page.judgement == "good"


def test_tabs_part_cells_and_empty_cells_stay() -> None:
    page = read_given_page("i๑\t\t๙๗.๓๒ \n\t\t", 1, Glyphs())
    assert page.cells_given == ((1, ("i๑", "", "๙๗.๓๒")),)
    assert [word.text for word in page.words] == ["i๑", "๙๗.๓๒"]


def test_markdown_table() -> None:
    page = read_given_page("| ข้อ | คะแนน |\n|---|:---:|\n| **i1** | 97.32 |", 1, Glyphs())
    assert page.cells_given == ((1, ("ข้อ", "คะแนน")), (3, ("i1", "97.32")))
    assert page.repairs


def test_repairs_are_recorded() -> None:
    page = read_given_page("<b>ดําเนินงาน</b>\x00", 1, Glyphs())
    assert [word.text for word in page.words] == ["ดำเนินงาน"]
    assert {(repair.name, repair.count) for repair in page.repairs} == {
        ("HTML taken off", 2),
        ("decomposed sara am", 1),
        ("unprinted characters removed", 1),
    }


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("<ul><li>- ไม่มี</li><li>สอง</li></ul>", "- ไม่มี สอง"),
        ("หนึ่ง<br/>สอง", "หนึ่ง สอง"),
        ('<p style="x">ก</p>', "ก"),
        ("<script>alert('๙๙.๙๙')</script>ก", "ก"),
        ("**ผ่านดี**", "ผ่านดี"),
        ("## เรื่องเดิม", "เรื่องเดิม"),
        (r"\*\*\*", "***"),
        ("น้อยกว่า < ๘๕ และ > ๗๐", "น้อยกว่า < ๘๕ และ > ๗๐"),
        ("<ชื่อหน่วยงาน>", "<ชื่อหน่วยงาน>"),
        ("ก &amp; ข &copy;", "ก & ข &copy;"),
        ("2 * 3 * 4", "2 * 3 * 4"),
    ],
)
def test_markup(marked: str, plain: str) -> None:
    assert strip_markup(marked, Counter()).strip() == plain


def test_a_pipe_in_prose_is_no_table() -> None:
    assert split_cells("IIT | EIT", Counter()) is None


def test_form_feeds_part_pages_and_lines_begin_anew(source: Callable[[bytes, Kind], Source]) -> None:
    given = source("หนึ่ง\nสอง\fสาม\n\f".encode(), Kind.TEXT)
    pages = list(read_pages(given, Options(), Glyphs()))
    assert count_pages(given) == len(pages) == 2
    assert [(page.number, word.text, word.line) for page in pages for word in page.words] == [(1, "หนึ่ง", 1), (1, "สอง", 2), (2, "สาม", 1)]


def test_lines_of_a_page_are_numbered_as_those_of_its_words(source: Callable[[bytes, Kind], Source]) -> None:
    given = source("หนึ่ง\r\n\r\n<b>สอง</b>\tสาม\f\nสี่".encode("utf-16"), Kind.TEXT)
    lines = [text_lines(given, number) for number in (1, 2, 3)]
    assert lines == [("หนึ่ง", "", "<b>สอง</b>\tสาม"), ("", "สี่"), ()]
    words = [(page.number, word) for page in read_pages(given, Options(), Glyphs()) for word in page.words]
    assert len(words) == 4
    assert all(word.text in lines[number - 1][word.line - 1] for number, word in words)
