"""Text layers as office programs, browsers and ministries make them, against the same reports' text and printed figures."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from prongsai.intake import gather
from prongsai.reading import read_pages
from prongsai.records import OcrMode, Options, Page, Reader

from .conftest import Glyphs


def read(path: Path, first: int = 1, last: int = 9999) -> list[Page]:
    (source,) = gather([str(path)]).sources
    return list(read_pages(source, Options(ocr=OcrMode.NEVER, pages=((first, last),)), Glyphs()))


def bare(text: str) -> str:
    return re.sub(r"<[^>]*>|[^ก-๙A-Za-z0-9]", "", text)


@pytest.mark.parametrize(
    ("pdf", "report"),
    [
        ("bang-khaem-2563.browser", "bang-khaem-2563"),
        ("lopburi-pao-2568.browser", "lopburi-pao-2568"),
        ("khao-yoi-2568.office", "khao-yoi-2568"),
        ("tako-2566.office", "tako-2566"),
    ],
)
def test_every_word_of_the_layer_stands_in_the_report(shared: Path, pdf: str, report: str) -> None:
    known = bare((shared / "reports" / f"{report}.txt").read_text("utf-8"))
    words = [bare(word.text) for page in read(shared / "pdf" / f"{pdf}.pdf") for word in page.words]
    words = [word for word in words if len(word) > 2]
    assert len(words) > 700
    # At most one in five hundred: what the PDFs' own typesetting changed.
    assert len([word for word in words if word not in known]) <= len(words) / 500


def test_ministry_table_is_kept_as_text_with_all_its_figures(shared: Path) -> None:
    (page,) = read(shared / "real" / "health-ministry-ita-2564-2565.pdf", 8, 8)
    assert page.reader is Reader.TEXT
    assert not page.failure
    words = [word.text for word in page.words]
    assert {"การใช้", "งบประมาณ", "อำนาจ", "ทรัพย์สิน", "ลำดับ", "หน่วยงาน"} <= set(words)
    with (shared / "gold" / "real" / "scores.csv").open(encoding="utf-8-sig", newline="") as file:
        values = [row["value"] for row in csv.DictReader(file) if row["fiscal_year"] == "2565"]
    assert len(values) > 200
    assert not [value for value in values if value not in words]
    assert sum(rule.is_horizontal for rule in page.rules) >= 19
    assert sum(not rule.is_horizontal for rule in page.rules) >= 15


def test_browser_table_has_rules_around_its_scores(shared: Path) -> None:
    (page,) = read(shared / "pdf" / "lopburi-pao-2568.browser.pdf", 5, 5)
    box = next(word.box for word in page.words if word.text == "๙๗.๓๒")
    assert box is not None
    x, y = box.middle
    assert any(rule.is_horizontal and rule.x0 <= x <= rule.x1 and 0 < y - rule.top < 60 for rule in page.rules)
    assert any(not rule.is_horizontal and rule.top <= y <= rule.bottom and 0 < x - rule.x0 < 80 for rule in page.rules)


@pytest.mark.parametrize(
    ("name", "page", "phrase"),
    [
        ("gazette-split-sara-am", 1, "คำแนะนำ"),
        ("regulation-letter-spaced", 1, "ราชกิจจานุเบกษา"),
        ("ethics-private-use-glyphs", 1, "ข้อกำหนดจริยธรรมเจ้าหน้าที่ของรัฐสำนักงานปลัดกระทรวงสาธารณสุข"),
        ("budget-table", 1, "ทรัพยากรมนุษย์"),
        ("procurement-arabic-under-thai-digits", 7, "การดำเนินงาน"),
    ],
)
def test_broken_layers_are_repaired(shared: Path, name: str, page: int, phrase: str) -> None:
    from prongsai.knowledge import load_knowledge

    (source,) = gather([str(shared / "real" / f"{name}.pdf")]).sources
    (found,) = read_pages(source, Options(ocr=OcrMode.NEVER, pages=((page, page),)), load_knowledge())
    assert phrase in "".join(word.text for word in found.words)
    assert found.judgement.startswith("repaired")


def test_strips_of_images_need_ocr(shared: Path) -> None:
    assert all("no text" in page.failure for page in read(shared / "real" / "image-strips.pdf"))
