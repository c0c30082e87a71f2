"""The list of findings: every finding is in it once, with its words, the place on the page, and filters that find it."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from prongsai.report import findings
from prongsai.report.model import open_model

from .conftest import NARROW, WIDE, Made, Seen

Look = Callable[..., tuple[Page, Seen]]


def data(made: Made, name: str) -> Any:
    text = (made.folder / "report" / "data" / f"{name}.js").read_text(encoding="utf-8")
    return json.loads(text.partition("=")[2].rstrip(";\n"))


def told(made: Made) -> list[list[Any]]:
    """The words of all findings, in the order of their numbers."""
    some, found = findings.CHUNK, list[list[Any]]()
    while some == findings.CHUNK:
        chunk = data(made, f"findings-{len(found) // findings.CHUNK}")
        some = len(chunk)
        found += chunk
    return found


def test_every_finding_is_there_once_the_gravest_first(made: Made) -> None:
    index, notes = data(made, "findings"), data(made, "findings-notes")
    with open_model(made.folder) as model:
        rows = list(model.rows("SELECT * FROM findings"))
    assert Counter(one[1] for one in told(made)) == Counter(row["message"] for row in rows)
    assert index["counts"] == {"error": 0, "warning": 0, "note": 0} | Counter(row["severity"] for row in rows)
    severities = {row["message"]: row["severity"] for row in rows}
    order = [severities[one[1]] for one in told(made)]
    assert order == sorted(order, key=["error", "warning", "note"].index)
    checks = [index["lists"]["check"][at] for at in index["columns"]["check"] + notes["columns"]["check"]]
    assert Counter(checks) == Counter(row["check"] for row in rows)


def test_what_is_shown_is_the_number_that_the_finding_is_about(made: Made) -> None:
    """Of a sum with ten numbers the one that does not fit, on its page."""
    with open_model(made.folder) as model:
        for row in model.rows("SELECT * FROM findings WHERE \"check\" IN ('total', 'difference') AND mention_ids IS NOT NULL"):
            (one,) = (one for one in told(made) if one[1] == row["message"])
            (mention,) = model.rows("SELECT * FROM mentions WHERE mention_id = ?", f"{row['doc_id']}:{one[3].removeprefix('m-')}")
            assert (mention["code"], f"{mention['value']:.2f}") == (row["subject"], row["printed"])
            picture, width, _, x0, _, x1, _, page, _ = one[4]
            assert picture == f"pages/{row['doc_id']}/{mention['page']}.webp"
            assert (made.folder / "report" / picture).is_file()
            assert page == mention["page"]
            assert x0 == pytest.approx(mention["x0"], abs=0.1)
            assert 0 < x0 < x1 < width


def test_a_grade_is_shown_where_it_is_printed(made: Made) -> None:
    """Not a score that it does not fit."""
    with open_model(made.folder) as model:
        for row in model.rows("SELECT * FROM findings WHERE \"check\" IN ('level', 'old-grade') ORDER BY ALL"):
            one = next(one for one in told(made) if one[1] == row["message"])
            grades = list(model.rows("SELECT * FROM grades WHERE doc_id = ? AND page = ?", row["doc_id"], row["page"]))
            if len(one[4]) == 9:
                assert any(abs(grade["x0"] - one[4][3]) < 0.1 and abs(grade["top"] - one[4][4]) < 0.1 for grade in grades)


def test_given_text_is_shown_line_by_line(made: Made) -> None:
    lines = [one for one in told(made) if len(one[4]) == 4]
    assert lines
    assert any(one[4][2] for one in lines), "of one at least the print itself"


def test_each_page_picture_and_target_is_there(made: Made, look: Look) -> None:
    site, index = made.folder / "report", data(made, "findings")
    for document, one in zip(index["columns"]["document"], told(made), strict=False):
        html = (site / index["lists"]["document"][document][1]).read_text(encoding="utf-8")
        if one[3].startswith("m-"):
            assert f'id="{one[3]}"' in html


def test_lines_are_cut_around_the_print() -> None:
    line = "x" * 500 + "91.26" + "y" * 500
    before, printed, after = findings._cut(line, "91.26")
    assert (printed, before[:2], after[-2:]) == ("91.26", "…x", "y…")
    assert len(before + after) < 260
    assert findings._cut("short", "91.26") == ("short", "", "")


def opened(made: Made, look: Look, choices: str = "", size: tuple[int, int] = WIDE) -> tuple[Page, Seen]:
    page, seen = look(made.page("findings.html") + choices, size)
    expect(page.locator("#found > li").first).to_be_visible()
    return page, seen


def count(page: Page) -> int:
    return page.locator("#found > li").count()


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_it_is_fit_to_be_used(made: Made, look: Look, size: tuple[int, int]) -> None:
    page, seen = opened(made, look, "#severity=error,warning,note", size)
    assert (seen.complaints, seen.asked) == ([], [])
    grave = [one for one in Axe().run(page).response["violations"] if one["impact"] in ("serious", "critical")]
    assert [(one["id"], one["nodes"][0]["html"]) for one in grave] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_notes_come_when_they_are_asked_for(made: Made, look: Look) -> None:
    page, _ = opened(made, look)
    counts = data(made, "findings")["counts"]
    assert count(page) == counts["error"] + counts["warning"] <= 20
    assert page.locator("script[src*=notes]").count() == 0
    page.locator("[value=note]").check()
    expect(page.locator("#found > li")).to_have_count(min(20, sum(counts.values())))
    assert "note" in page.url


def test_an_address_chooses(made: Made, look: Look) -> None:
    page, _ = opened(made, look, "#check=difference")
    assert count(page) == 1
    key = page.locator("#found li p a").first.get_attribute("href")
    assert key is not None
    page, _ = opened(made, look, f"#agency={Path(key).stem}&subject=ITA")
    assert page.locator("#chips button").count() == 2
    shown = count(page)
    page.locator("#chips button").last.click()
    assert count(page) >= shown
    page, _ = opened(made, look, "#check=repeated-header")
    assert page.locator("[value=note]").is_checked(), "who asks for a note by name sees it"
    assert count(page) > 1


def test_filters_narrow_and_the_choice_survives(made: Made, look: Look) -> None:
    page, _ = opened(made, look)
    everything = count(page)
    page.locator("[name=fault]").select_option("undecided")
    some = count(page)
    assert 0 < some < everything
    page.locator("[name=text]").fill("0009-sheet")
    expect(page).to_have_url(re.compile("text="))
    assert 0 < count(page) < some
    page.reload()
    expect(page.locator("[name=text]")).to_have_value("0009-sheet")
    page.locator("[type=reset]").click()
    expect(page.locator("#found > li")).to_have_count(everything)


def test_the_crop_shows_the_print(made: Made, look: Look) -> None:
    """The outlined box lies inside the frame, and the picture behind it moved along."""
    page, _ = opened(made, look, "#check=difference")
    crop = page.locator(".crop").first
    crop.scroll_into_view_if_needed()
    expect(crop.locator("img")).to_have_js_property("complete", True)
    frame, box, image = (each.bounding_box() for each in (crop, crop.locator(".crop-box"), crop.locator("img")))
    assert frame is not None
    assert box is not None
    assert image is not None
    assert frame["x"] < box["x"] < box["x"] + box["width"] < frame["x"] + frame["width"]
    assert frame["y"] < box["y"] < box["y"] + box["height"] < frame["y"] + frame["height"]
    source = crop.locator("img").get_attribute("src")
    _, width, height, x0, top, *_ = next(one[4] for one in told(made) if one[4] and one[4][0] == source)
    assert image["width"] > 1.2 * frame["width"]
    assert image["height"] / image["width"] == pytest.approx(height / width, abs=0.01)
    assert (box["x"] - image["x"]) / image["width"] == pytest.approx(x0 / width, abs=0.02)
    assert (box["y"] - image["y"]) / image["height"] == pytest.approx(top / height, abs=0.02)
