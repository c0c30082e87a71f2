"""A document's page: numbers lead to their places and places to their numbers, in pictures and in text."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from prongsai.records import EngineOptions
from prongsai.report import make_site
from prongsai.report.model import document_page, open_model

from .conftest import ROOT, Look, Made


def address(made: Made, name: str) -> str:
    with open_model(made.folder) as model:
        (found,) = model.rows("SELECT doc_id, path FROM documents WHERE contains(path, ?)", name)
    return made.page(document_page(**found))


def is_seen(page: Page, selector: str) -> bool:
    """Whether an element's middle lies in the window."""
    box = page.locator(selector).first.bounding_box()
    size = page.viewport_size
    assert box is not None
    assert size is not None
    return 0 <= box["y"] + box["height"] / 2 <= size["height"]


@pytest.mark.parametrize("name", ["0000-two-years.pdf", "0004-sheet.png", "0002-merged.txt"])
def test_a_click_on_a_number_lights_its_place_and_the_other_way_round(made: Made, look: Look, name: str) -> None:
    page, seen = look(address(made, name))
    page.emulate_media(reduced_motion="reduce")
    number = page.locator("tr[data-mention] .place").nth(7)
    row = number.get_attribute("data-row")
    place = f".mark[data-row='{row}'], .word[data-row='{row}']"
    number.click()
    assert "lit" in (page.locator(place).first.get_attribute("class") or "")
    assert is_seen(page, place)
    assert page.locator(".lit:is(.mark, .word)").count() == 1
    other = page.locator(":is(.mark, .word)[data-row^='m-']").nth(2)
    row = other.get_attribute("data-row")
    other.click()
    assert page.locator("tr.lit").get_attribute("id") == row
    assert is_seen(page, f"#{row}")
    assert seen.complaints == []


def test_the_box_lies_on_the_print(made: Made, look: Look) -> None:
    """There is ink in each box of a picture, as much as a numeral has."""
    page, _ = look(address(made, "0004-sheet.png"))
    page.locator(".sheet img").first.scroll_into_view_if_needed()
    expect(page.locator(".sheet img").first).to_have_js_property("complete", True)
    marks = page.locator(".mark[data-row^='m-']")
    assert marks.count() > 10
    picture = page.locator(".sheet img").first.bounding_box()
    assert picture is not None
    for mark in marks.all():
        box = mark.bounding_box()
        assert box is not None
        assert picture["x"] - 1 <= box["x"] < box["x"] + box["width"] <= picture["x"] + picture["width"] + 1
        assert 6 < box["height"] < 60 < 3 * box["width"]


def test_an_address_may_name_a_number(made: Made, look: Look) -> None:
    page, _ = look(f"{address(made, '0000-two-years.pdf')}#m-9")
    assert page.locator("tr.lit").get_attribute("id") == "m-9"
    assert is_seen(page, ".mark.lit")


def test_places_are_reached_by_keyboard(made: Made, look: Look) -> None:
    page, _ = look(address(made, "0000-two-years.pdf"))
    page.emulate_media(reduced_motion="reduce")
    page.locator("tr[data-mention] .place").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className").startswith("mark")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className").startswith("place")


def test_a_misprinted_code_has_its_place_too(made: Made, look: Look) -> None:
    page, _ = look(address(made, "0010-single-year.pdf"))
    code = page.locator("li[id^=c-] .place").first
    code.click()
    row = code.get_attribute("data-row")
    assert "lit" in (page.locator(f".mark[data-row='{row}']").get_attribute("class") or "")


def test_a_document_that_is_gone_says_so(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, look: Look) -> None:
    (tmp_path / "parquet").symlink_to(made.folder / "parquet")
    monkeypatch.chdir(tmp_path)
    lost = make_site(tmp_path)
    assert (lost.pictures, len(lost.missing)) == (0, 13)
    page, seen = look(Made(tmp_path, lost).page(address(made, "0000").rpartition("report/")[2]))
    assert page.locator(".sheet img").count() == 0
    assert page.locator("p.sheet").count() > 0
    assert page.locator("tr[data-mention]").count() > 100
    assert seen.complaints == []
    found = make_site(tmp_path, inputs=[str(ROOT / "corpus")], engine=EngineOptions(jobs=1))
    assert (found.pictures, list(found.missing)) == (made.report.pictures, [])


def test_print_shows_all_of_a_page(made: Made, look: Look) -> None:
    page, _ = look(address(made, "0000-two-years.pdf"))
    page.emulate_media(media="print")
    assert not page.locator(".top").is_visible()
    assert len(page.pdf()) > 100_000
