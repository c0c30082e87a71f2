"""PDFs: text, boxes, turned and cropped pages, what is turned away, and what ends a document early."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from prongsai.errors import InputRejected
from prongsai.reading import count_pages, read_pages
from prongsai.reading.scan import ScanPage
from prongsai.records import UNREAD, Kind, OcrMode, Options, Page, Reader, Source

from .conftest import Glyphs, PdfPage, pdf_bytes

NEVER = Options(ocr=OcrMode.NEVER)
HELLO = "BT /F1 20 Tf 100 700 Td (Hello big) Tj ET"
Make = Callable[..., Source]


def read(source: Source, options: Options = NEVER) -> list[Page]:
    return list(read_pages(source, options, Glyphs()))


def texts(page: Page) -> list[str]:
    return [word.text for word in page.words]


def test_words_have_boxes_in_points_from_the_top_left(pdf: Make) -> None:
    (page,) = read(pdf(HELLO))
    assert (page.number, page.width_pt, page.height_pt, page.reader) == (1, 595, 842, Reader.TEXT)
    assert texts(page) == ["Hello", "big"]
    box = page.words[0].box
    assert box is not None
    assert box.x0 == pytest.approx(100, abs=1)
    # The baseline is 142 points from the top.
    assert 118 < box.top < 132 < 142 < box.bottom < 150
    assert box.x1 == pytest.approx(100 + 20 * 2.278, abs=1)


def test_lines_are_numbered_from_the_top_and_shared_over_columns(pdf: Make) -> None:
    content = "BT /F1 10 Tf 300 600 Td (d) Tj ET BT /F1 10 Tf 50 700 Td (a) Tj 0 -100 Td (c) Tj ET BT /F1 10 Tf 300 701 Td (b) Tj ET"
    (page,) = read(pdf(content))
    assert [(word.text, word.line) for word in page.words] == [("a", 1), ("b", 1), ("c", 2), ("d", 2)]


def test_gap_without_a_space_parts_words_and_a_touching_piece_joins(pdf: Make) -> None:
    content = "BT /F1 10 Tf 50 700 Td [(9) -20 (7) -1500 (x)] TJ ET"
    (page,) = read(pdf(content))
    assert texts(page) == ["97", "x"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_turned_page_reads_as_it_is_shown(pdf: Make, turn: int) -> None:
    matrix = {0: "1 0 0 1 100 700", 90: "0 1 -1 0 200 100", 180: "-1 0 0 -1 300 300", 270: "0 -1 1 0 300 700"}[turn]
    content = f"BT /F1 20 Tf {matrix} Tm (Hello big) Tj ET"
    (page,) = read(pdf(PdfPage(content, extra=f"/Rotate {turn}")))
    assert texts(page) == ["Hello", "big"]
    assert (page.width_pt, page.height_pt) == ((595, 842) if turn % 180 == 0 else (842, 595))
    first, second = page.words[0].box, page.words[1].box
    assert first is not None
    assert second is not None
    assert first.x1 < second.x0
    assert 40 < first.width < 50
    assert 0 <= first.x0 < page.width_pt
    assert 0 <= first.top < first.bottom <= page.height_pt


def test_crop_box_moves_the_origin(pdf: Make) -> None:
    (page,) = read(pdf(PdfPage(HELLO, extra="/CropBox [50 100 500 800]")))
    assert (page.width_pt, page.height_pt) == (450, 700)
    box = page.words[0].box
    assert box is not None
    assert box.x0 == pytest.approx(50, abs=1)
    assert box.top < 100 < box.bottom


def test_sheet_written_sideways_is_read_upright(pdf: Make) -> None:
    lines = " ".join(f"BT /F1 12 Tf 0 1 -1 0 {100 + 20 * at} 100 Tm (row {at} value) Tj ET" for at in range(10))
    (page,) = read(pdf(lines))
    assert (page.width_pt, page.height_pt) == (842, 595)
    assert texts(page)[:6] == ["row", "0", "value", "row", "1", "value"]


def test_vertical_heading_beside_level_text_is_one_word(pdf: Make) -> None:
    level = " ".join(f"BT /F1 12 Tf 100 {700 - 20 * at} Td (plain words here) Tj ET" for at in range(5))
    (page,) = read(pdf(level + " BT /F1 12 Tf 0 1 -1 0 60 500 Tm (Upward) Tj ET"))
    box = next(word.box for word in page.words if word.text == "Upward")
    assert box is not None
    assert box.height > 2 * box.width


def test_thai_by_character_map(pdf: Make) -> None:
    codes = dict(zip(b"abcdefg", "คะแนน๙๘", strict=True))
    (page,) = read(pdf("BT /F1 20 Tf 100 700 Td (abcde fg) Tj ET", to_unicode={**codes, 0x20: " "}))
    assert texts(page) == ["คะแนน", "๙๘"]


def test_latin_that_is_thai_is_translated(pdf: Make) -> None:
    garbage = "¡ÒÃ»ÃÐàÁÔ¹ ¤Ø³¸ÃÃÁ"
    escaped = "".join(f"\\{ord(character):03o}" for character in garbage)
    (page,) = read(pdf(f"BT /F1 16 Tf 50 700 Td ({escaped}) Tj ET"))
    assert texts(page) == ["การประเมิน", "คุณธรรม"]
    assert "Thai read as Latin-1" in {repair.name for repair in page.repairs}


def test_words_cut_off_by_the_crop_box_are_left_out_and_counted(pdf: Make) -> None:
    content = HELLO + " BT /F1 20 Tf 100 50 Td (Hidden) Tj ET"
    (page,) = read(pdf(PdfPage(content, extra="/CropBox [50 100 500 800]")))
    assert texts(page) == ["Hello", "big"]
    assert [(repair.name, repair.count) for repair in page.repairs] == [("words outside the page left out", 1)]


def test_hidden_text_under_a_picture_gives_no_numeral_without_ocr(pdf: Make) -> None:
    image = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q "
    (page,) = read(pdf(image + "BT 3 Tr /F1 20 Tf 100 700 Td (Score 97.32) Tj ET"))
    assert page.judgement == "text of an earlier OCR under a picture"
    assert [(word.text, word.read_as) for word in page.words] == [("Score", None), (UNREAD, "97.32")]


def test_rules_from_strokes_boxes_and_forms(pdf: Make) -> None:
    content = (
        "50 700 m 250 700 l S "  # a stroked line
        "50 600 200 0.5 re f "  # a thin filled box
        "50 400 200 100 re S "  # a stroked box: four edges
        "50 200 200 100 re f "  # a filled area: none
        "0.1 0 0 0.1 0 0 cm 500 1000 m 500 1900 l S"  # scaled
    )
    (page,) = read(pdf(content))
    found = [(round(rule.x0), round(rule.top), round(rule.x1), round(rule.bottom)) for rule in page.rules]
    assert sorted(found) == sorted(
        [
            (50, 142, 250, 142),
            (50, 242, 250, 242),
            (50, 342, 250, 342),
            (50, 442, 250, 442),
            (50, 342, 50, 442),
            (250, 342, 250, 442),
            (50, 652, 50, 742),
        ]
    )


def test_pages_asked_for(pdf: Make) -> None:
    source = pdf(HELLO, HELLO, HELLO)
    assert count_pages(source) == 3
    assert [page.number for page in read(source, Options(pages=((2, 9),)))] == [2, 3]


def test_three_thousand_blank_pages_end_in_a_signal(source: Callable[[bytes, Kind], Source]) -> None:
    many = source(pdf_bytes([PdfPage()] * 3000), Kind.PDF)
    assert count_pages(many) == 3000
    *read_all, last = read(many, Options(max_pages=2000))
    assert len(read_all) == 2000
    assert all(page.judgement == "blank" and not page.failure for page in read_all)
    assert last.number == 2001
    assert last.failure == "1,000 more pages not read: raise --max-pages above 2000"


def test_exactly_as_many_pages_as_allowed_is_complete(pdf: Make) -> None:
    assert [page.failure for page in read(pdf(HELLO, HELLO), Options(max_pages=2))] == ["", ""]


def test_oversized_page_keeps_its_text_and_is_not_drawn(pdf: Make) -> None:
    huge = (0.0, 0.0, 20000.0, 20000.0)
    with_text, without = read(pdf(PdfPage(HELLO, huge), PdfPage("0 0 1000 1000 re f " * 200, huge)), Options())
    assert texts(with_text) == ["Hello", "big"]
    assert not with_text.failure
    assert "too large to draw" in without.failure


def test_truncated_pdf_is_rejected(source: Callable[[bytes, Kind], Source]) -> None:
    with pytest.raises(InputRejected, match="broken or cut off"):
        read(source(b"%PDF-1.7\n1 0 obj\n<</Type", Kind.PDF))


def test_encrypted_pdf_is_rejected_with_advice(source: Callable[[bytes, Kind], Source]) -> None:
    fpdf = pytest.importorskip("fpdf")
    document = fpdf.FPDF()
    document.add_page()
    document.set_encryption(owner_password="owner", user_password="user")
    with pytest.raises(InputRejected, match="Give an unlocked copy"):
        read(source(bytes(document.output()), Kind.PDF))


def test_pdf_without_pages_is_rejected(pdf: Make) -> None:
    with pytest.raises(InputRejected):
        read(pdf(HELLO, objects={2: "<</Type/Pages/Kids[]/Count 0>>"}))


def test_loop_in_the_page_tree_does_not_hang(pdf: Make) -> None:
    began = time.monotonic()
    try:
        pages = read(pdf(HELLO, objects={2: "<</Type/Pages/Kids[5 0 R 2 0 R]/Count 900000>>"}), Options())
    except InputRejected:
        pages = []
    assert time.monotonic() - began < 20
    assert len(pages) < 100


def test_page_tree_that_lies_about_its_count_ends(pdf: Make) -> None:
    pages = read(pdf(HELLO, objects={2: "<</Type/Pages/Kids[5 0 R]/Count 100000>>"}), Options(max_pages=100000))
    assert texts(pages[0]) == ["Hello", "big"]
    assert len(pages) < 200
    assert len(pages) == 1 or "more pages not read" in pages[-1].failure


def test_file_that_went_away_is_rejected() -> None:
    with pytest.raises(InputRejected, match="gone"):
        read(Source("/nowhere/x.pdf", "0" * 64, Kind.PDF, 1))


def test_page_of_paths_without_ocr_is_a_failure_that_says_so(pdf: Make) -> None:
    (page,) = read(pdf("10 10 20 20 re f " * 300))
    assert page.failure == "no text, and OCR is off: leave out --ocr never"
    assert page.words == ()


def test_pages_come_one_at_a_time(pdf: Make) -> None:
    pages = read_pages(pdf(HELLO, HELLO), NEVER, Glyphs())
    assert next(pages).number == 1
    assert next(pages).number == 2


@pytest.mark.parametrize(("rotate", "of_layer"), [(0, 90), (90, 0)])
@pytest.mark.parametrize(("of_image", "size"), [(0, (842, 595)), (90, (595, 842)), (180, (842, 595))])
def test_turns_of_the_layer_and_of_the_image_add_up(
    pdf: Make, monkeypatch: pytest.MonkeyPatch, rotate: int, of_layer: int, of_image: int, size: tuple[int, int]
) -> None:
    """And not the page's own, which every program makes."""
    found = ScanPage((), (), "reader 1", of_image, -1.5, 0.0, 0.0)
    monkeypatch.setattr("prongsai.reading.pdf.read_scan", lambda *given, **options: found)
    content = " ".join(f"BT /F1 16 Tf 0 1 -1 0 {100 + 60 * at} 100 Tm (Hello big) Tj ET" for at in range(8))
    (page,) = read(pdf(PdfPage(content, extra=f"/Rotate {rotate}")), Options(ocr=OcrMode.ALWAYS))
    assert (page.reader, page.turned_degrees, page.straightened_degrees) == (Reader.OCR, (of_layer + of_image) % 360, -1.5)
    assert (page.width_pt, page.height_pt) == size


def test_a_page_too_large_for_ocr_says_how_large_and_how_it_lies(pdf: Make) -> None:
    content = " ".join(f"BT /F1 16 Tf 0 1 -1 0 {100 + 60 * at} 100 Tm (Hello big) Tj ET" for at in range(8))
    (page,) = read(pdf(PdfPage(content)), Options(ocr=OcrMode.ALWAYS, max_page_side_pt=600))
    assert (page.width_pt, page.height_pt, page.turned_degrees) == (842, 595, 90)
    assert page.failure == ("the page is too large to draw (842 x 595 points, 0 pixels in its largest image). Scan it again at 300 dpi")
