"""Digital PDFs: the text layer gives back what was printed; scans have none."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest

from prongsai.errors import ToolMissing
from prongsai.knowledge import Knowledge
from prongsai.synthesis import make_corpus
from prongsai.synthesis.corpus import Plan, make_report
from prongsai.synthesis.document import Paragraph, Report, Style, contents, figures, plain
from prongsai.synthesis.fonts import find_families
from prongsai.synthesis.layouts import DEFAULT_ORDER
from prongsai.synthesis.render_pdf import Look, draw_look, render_pdf

pytestmark = pytest.mark.usefixtures("_pdf_tools")
HARD = "I๑ การใช้อำนาจ น้ำ ป้ำ ที่ทำการ ผู้รับ ปี่ ญี่ปุ่น กตัญญู ฐู ฎีกา ๙๗.๓๒ 98.50"


def look(layer: str = "clean", family: int = 0) -> Look:
    families = find_families()
    return Look(families[family % len(families)], 13.0, 12.0, 60.0, False, "all", layer, False, False)


def text_of(pdf: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in document)


def squeeze(text: str) -> str:
    return re.sub(r"\s|\ufffe", "", text)


@pytest.mark.parametrize("family", range(8))
def test_marks_and_sara_am_come_back_in_order(family: int) -> None:
    report = Report("hard", "none", "", 2568, (Paragraph((HARD,), Style.ITEM),))
    pdf, pages = render_pdf(report, look(family=family), Random(1), {})
    assert pages == 1
    assert squeeze(text_of(pdf)) == squeeze(HARD)


@pytest.mark.parametrize(("layer", "printed"), [("split", "ทํางาน"), ("lost", "ทางาน")])
def test_a_poor_text_layer_is_poor(layer: str, printed: str) -> None:
    report = Report("poor", "none", "", 2568, (Paragraph(("ทำงาน",), Style.ITEM),))
    pdf, _ = render_pdf(report, look(layer), Random(1), {})
    assert squeeze(text_of(pdf)) == printed


def test_private_glyphs_stand_for_raised_marks_only() -> None:
    report = Report("private", "none", "", 2568, (Paragraph(("ปี่ ก่า",), Style.ITEM),))
    pdf, _ = render_pdf(report, look("private"), Random(1), {"่": "\uf70a"})
    assert "\uf70a" in text_of(pdf)


@pytest.mark.parametrize("layout", DEFAULT_ORDER)
def test_every_figure_is_in_the_text_layer(layout: str, knowledge: Knowledge) -> None:
    for seed in range(2):
        report, is_thai = make_report(Plan(seed, "pdf", layout, f"pdf:{seed}"), knowledge)
        chosen = draw_look(Random(seed), report, is_thai, is_scan=True)
        pdf, _ = render_pdf(report, chosen, Random(seed), {})
        text = squeeze(text_of(pdf))
        assert [one.text for one in figures(report) if one.text not in text] == []
        whole = [squeeze(plain(content)) for content in contents(report)]
        # A header of two lines interleaves with its neighbour's, so a few may be broken up.
        assert sum(one not in text for one in whole) <= len(whole) * 0.12


def test_scans_have_no_text_layer(tmp_path: Path) -> None:
    import pypdfium2

    (made,) = make_corpus(1, 2, tmp_path, ("scan",), ("sheet",), dpi=100)
    document = pypdfium2.PdfDocument(str(made.path))
    assert len(document) == made.pages == 1
    assert document[0].get_textpage().get_text_range().strip() == ""
    width, height = document[0].get_size()
    assert 590 < min(width, height) < 600


def test_images_are_read_by_their_own_kind(tmp_path: Path) -> None:
    from PIL import Image

    made = make_corpus(3, 2, tmp_path, ("png", "tiff", "jpeg"), dpi=100)
    assert [Image.open(one.path).format for one in made] == ["PNG", "TIFF", "JPEG"]


def test_absent_fonts_are_named(tmp_path: Path) -> None:
    with pytest.raises(ToolMissing, match="no Thai TrueType font"):
        find_families((str(tmp_path),))
