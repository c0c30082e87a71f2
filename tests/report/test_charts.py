"""Charts: specs in both languages, and the libraries that draw them."""

from __future__ import annotations

import json
from pathlib import Path

import altair
import pytest

from prongsai.report import charts
from prongsai.report.words import Both
from prongsai.report.writing import Site

from .conftest import NARROW, WIDE, Look, Made

THAI = range(0x0E01, 0x0E5B)


def texts(value: object) -> list[str]:
    """Every text in a spec."""
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in texts(one)]
    return [value] if isinstance(value, str) else []


@pytest.fixture(scope="module")
def specs() -> dict[str, dict[str, dict[str, object]]]:
    return charts.specs()


def test_specs_are_vega_lite_in_both_languages_and_hold_no_rows(specs: dict[str, dict[str, dict[str, object]]]) -> None:
    assert set(specs) == {"ranges", "indicators", "history", "histogram", "rules"}
    for spec in specs.values():
        assert set(spec) == {"th", "en"}
        for one in spec.values():
            altair.Chart.from_dict(one)
            assert one["data"] == {"name": "rows"}
            assert "datasets" not in one


def test_a_spec_says_what_it_says_in_its_own_language(specs: dict[str, dict[str, dict[str, object]]]) -> None:
    for name, spec in specs.items():
        assert not any(ord(letter) in THAI for text in texts(spec["en"]) for letter in text), name
        assert any(ord(letter) in THAI for text in texts(spec["th"]) for letter in text), name


def test_rows_in_a_page_cannot_end_its_script() -> None:
    rows = [{"label": charts.said(Both("</script><b>", "a & b")), "own": 1.5}]
    island = str(charts.island(rows))
    assert "<" not in island
    assert json.loads(island) == rows


def test_the_libraries_are_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "bundle", lambda: "(function(){window.vegaEmbed=1;})();\n")
    with Site(tmp_path) as site:
        charts.write(site)
    made = (tmp_path / charts.LIBRARIES).read_text(encoding="utf-8")
    assert made.startswith("/* Vega")
    assert (tmp_path / charts.SPECS).read_text(encoding="utf-8").startswith("prongsai.charts={")
    monkeypatch.setattr(charts, "bundle", lambda: pytest.fail("made again"))
    with Site(tmp_path) as site:
        charts.write(site)
    assert (tmp_path / charts.LIBRARIES).read_text(encoding="utf-8") == made


def test_libraries_of_another_version_are_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / charts.LIBRARIES
    place.parent.mkdir()
    place.write_text("/* of long ago */\n", encoding="utf-8")
    monkeypatch.setattr(charts, "bundle", lambda: "new")
    with Site(tmp_path) as site:
        charts.write(site)
    assert place.read_text(encoding="utf-8").endswith("new")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1440", "390"])
def test_charts_are_drawn_in_the_language_of_the_page(made: Made, look: Look, size: tuple[int, int]) -> None:
    page, seen = look(made.page("index.html"), size)
    figures = page.locator("figure[data-chart]")
    assert figures.count() > 4
    for language, other in (("th", "en"), ("en", "th")):
        page.locator(f"figure[data-chart]:not([data-drawn={language}])").first.wait_for(state="detached")
        for figure in figures.all():
            drawing, svg = figure.locator(".drawing"), figure.locator("svg")
            assert svg.count() == 1
            assert drawing.get_attribute("role") == "img"
            assert drawing.get_attribute("aria-label") == drawing.get_attribute(f"data-{language}-aria-label")
            said = svg.text_content() or ""
            assert any(ord(letter) in THAI for letter in said) or language == "en"
            whole, drawn = figure.bounding_box(), svg.bounding_box()
            assert whole is not None
            assert drawn is not None
            assert drawn["width"] <= whole["width"] + 1
        page.click(f"[data-speak={other}]")
    assert seen.complaints == []
    assert page.evaluate("Object.keys(window).filter(name => /vega/i.test(name))") == ["vegaEmbed"]
