"""The comparison: what its data says is what the tables say, and what is chosen on its page is shown and kept."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from prongsai.export.duckdb_file import TYPES
from prongsai.export.schema import load_schema
from prongsai.knowledge import load_knowledge
from prongsai.report import comparison
from prongsai.report.model import Agency, Model, open_model
from prongsai.report.writing import Site

from .conftest import NARROW, WIDE, Made, Seen

Look = Callable[..., tuple[Page, Seen]]

KO, KHO, E, AA, TONE = (chr(code) for code in (0x0E01, 0x0E02, 0x0E40, 0x0E32, 0x0E48))


def data(folder: Path, name: str) -> Any:
    """What a data file of a site sets."""
    text = (folder / "data" / f"{name}.js").read_text(encoding="utf-8")
    return json.loads(text.partition("=")[2].rstrip(";\n"))


def model_of(*scores: dict[str, Any]) -> Model:
    """Tables with these scores alone."""
    tables = duckdb.connect()
    spec = next(spec for spec in load_schema() if spec.name == "scores")
    tables.execute("CREATE TABLE scores (" + ", ".join(f'"{column.name}" {TYPES[column.type]}' for column in spec.columns) + ")")
    for row in scores:
        names = ", ".join(row)
        tables.execute(f"INSERT INTO scores ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
    agencies = {(row["agency"], ""): Agency(row["agency"], "", "", "", "") for row in scores}
    return Model(tables, load_knowledge(), agencies, sorted({row["fiscal_year"] for row in scores}, reverse=True))


def score(agency: str, code: str, value: str | None, year: int = 2568, **more: Any) -> dict[str, Any]:
    return {"agency": agency, "code": code, "value": value and Decimal(value), "fiscal_year": year, "agreement": "single"} | more


def test_names_stand_as_in_a_dictionary() -> None:
    names = [KHO + AA, E + KO, KO + TONE + AA, KO + AA, E + KHO]
    assert sorted(names, key=comparison.thai_key) == [KO + TONE + AA, KO + AA, E + KO, KHO + AA, E + KHO]


def test_every_score_stands_in_the_data(made: Made) -> None:
    site, seen = made.folder / "report", 0
    agencies = [row[0] for row in data(site, "agencies")["rows"]]
    with open_model(made.folder) as model:
        for row in model.rows("SELECT * FROM scores WHERE agency IS NOT NULL AND fiscal_year IS NOT NULL"):
            key = model.agencies[row["agency"], row["place_code"] or ""].key
            is_question = row["code"][0] in "ieo" and row["code"][1:].isdigit()
            name = f"questions-{row['fiscal_year']}-{row['code'][0]}" if is_question else f"scores-{row['fiscal_year']}"
            columns = data(site, name)
            nth = columns["rows"].index(agencies.index(key))
            value = columns["values"][row["code"]][nth]
            assert value == (None if row["value"] is None else 100 * row["value"])
            assert (nth in columns["conflicts"].get(row["code"], ())) == (row["agreement"] == "conflict")
            seen += 1
    assert seen > 500


def test_documents_that_may_be_of_two_agencies_are_not_shown_as_one(tmp_path: Path) -> None:
    model = model_of(
        score("A", "ITA", "91.25"),
        score("A", "ITA", "81.25"),
        score("B", "ITA", "70.00"),
        score("B", "ITA", "70.00"),
        score("C", "ITA", None),
        score("C", "IIT", "62.5", suggested_value=Decimal("65.2")),
    )
    with Site(tmp_path) as site:
        comparison.write(site, model)
    columns = data(tmp_path, "scores-2568")
    assert columns["values"] == {"ITA": [None, 7000, None], "IIT": [None, None, 6250]}
    assert (columns["conflicts"], columns["unread"], columns["suggested"]) == ({"ITA": [0]}, {"ITA": [2]}, {"IIT": {"2": 6520}})


def test_a_year_of_few_agencies_is_not_the_first_to_be_shown(tmp_path: Path) -> None:
    with Site(tmp_path) as site:
        comparison.write(site, model_of(score("A", "ITA", "90", 2569), score("A", "ITA", "90"), score("B", "ITA", "90")))
    about = data(tmp_path, "comparison")
    assert (about["years"], about["first"]) == ([2569, 2568], 2568)


def test_only_questions_that_are_the_same_in_both_years_are_compared(tmp_path: Path) -> None:
    with Site(tmp_path) as site:
        comparison.write(site, model_of(*(score("A", "i1", "90", year) for year in (2568, 2567, 2565))))
    other = data(tmp_path, "comparison")["other"]
    assert "i1" not in other["2568-2567"]
    assert "i1" in other["2568-2565"]
    assert "o1" in other["2567-2568"], "its wording of FY2567 is not known"
    assert not {"ITA", "IIT", "ind1", "ind10"} & set(other["2568-2565"])


def test_no_scores_is_a_page_too(tmp_path: Path) -> None:
    model = model_of()
    with Site(tmp_path) as site:
        comparison.write(site, model)
    assert '<script src="data/comparison.js"' not in (tmp_path / "comparison.html").read_text(encoding="utf-8")


def opened(made: Made, look: Look, choices: str = "", size: tuple[int, int] = WIDE) -> tuple[Page, Seen]:
    page, seen = look(made.page("comparison.html") + choices, size)
    page.wait_for_selector("#comparison tbody tr:nth-child(2)")
    return page, seen


def column(page: Page, nth: int) -> list[str]:
    return [text.strip() for text in page.locator(f"#comparison tbody tr:not(.top-row) > :nth-child({nth})").all_inner_texts()]


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("choices", ["", "#year=2564&than=2563", "#level=o"])
def test_it_is_fit_to_be_used(made: Made, look: Look, size: tuple[int, int], choices: str) -> None:
    page, seen = opened(made, look, choices, size)
    assert (seen.complaints, seen.asked) == ([], [])
    grave = [one for one in Axe().run(page).response["violations"] if one["impact"] in ("serious", "critical")]
    assert [(one["id"], one["nodes"][0]["html"]) for one in grave] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_a_click_on_a_heading_sorts_and_the_choice_survives(made: Made, look: Look) -> None:
    page, _ = opened(made, look)
    page.locator("#comparison thead button").nth(2).click()
    values = [float(text) for text in column(page, 3) if text]
    assert values == sorted(values, reverse=True)
    assert len(values) > 5
    page.locator("#comparison thead button").nth(2).click()
    page.reload()
    page.wait_for_selector("#comparison tbody tr")
    assert [float(text) for text in column(page, 3) if text] == sorted(values)
    assert page.locator("#comparison th[aria-sort=ascending]").count() == 1


def test_an_abbreviated_name_finds_its_agencies(made: Made, look: Look) -> None:
    page, _ = opened(made, look)
    kind = next(one for one in load_knowledge().agency_kinds if one.code == "subdistrict-administration")
    page.locator("[name=name]").fill(kind.abbreviations[0])
    expect(page).to_have_url(re.compile("name="))
    names = column(page, 1)
    assert names
    assert all(name.startswith(kind.name_th) for name in names)
    page.locator("[name=kind]").select_option("town-municipality")
    assert column(page, 1) == []
    page.locator("[type=reset]").click()
    assert len(column(page, 1)) > len(names)
    assert "#" not in page.url


def test_the_change_since_another_year_is_the_difference(made: Made, look: Look) -> None:
    page, _ = opened(made, look, "#year=2566&than=2565")
    with open_model(made.folder) as model:
        (row,) = model.rows("""SELECT one.agency, one.value, one.value - two.value AS change FROM scores one JOIN scores two
            USING (agency, code) WHERE one.fiscal_year = 2566 AND two.fiscal_year = 2565 AND code = 'ITA'""")
    line = page.locator("#comparison tbody tr").filter(has_text=row["agency"])
    assert line.locator(".score").first.inner_text() == f"{row['value']:.2f}"
    shown = line.locator(".change").first.inner_text().replace("\N{MINUS SIGN}", "-")
    assert Decimal(shown) == row["change"]
    assert shown[0] in "+-"


def test_questions_stand_under_their_indicator_with_their_wording(made: Made, look: Look) -> None:
    page, _ = opened(made, look, "#year=2568&level=ind1")
    assert page.locator("#comparison thead tr:last-child th").all_inner_texts()[1:5] == ["1", "i1", "i2", "i3"]
    wording = load_knowledge().frameworks[2568].questions[0].wording
    assert page.locator("#comparison thead button").nth(2).get_attribute("title") == wording
    assert wording in (page.locator("#columns dl").text_content() or "")


def test_a_conflict_and_a_suggestion_lead_to_their_findings(made: Made, look: Look) -> None:
    page, _ = opened(made, look, "#year=2568")
    assert page.locator("a.sign").count() >= 2
    page.locator("a.sign").first.click()
    page.wait_for_selector("#found li")
    assert page.locator("#chips button").count() == 2


def test_medians_are_of_what_is_shown(made: Made, look: Look) -> None:
    page, _ = opened(made, look, "#year=2566")
    values = sorted(float(text) for text in column(page, 2) if text)
    half = len(values) // 2
    median = values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2
    shown = float(page.locator("#comparison .top-row td").first.inner_text())
    assert abs(shown - median) < 0.0051


def test_what_is_shown_comes_as_a_table_for_spreadsheets(made: Made, look: Look) -> None:
    page, _ = opened(made, look, "#year=2566")
    with page.expect_download() as coming:
        page.locator("#download").click()
    raw = Path(coming.value.path()).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
    assert header[3] == "ITA"
    assert [row[0] for row in rows] == column(page, 1)
    assert [row[3] for row in rows if row[3]] == [text for text in column(page, 2) if text]
