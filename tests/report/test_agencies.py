"""An agency's page: its scores beside its peers', where they stand, and what was found."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from prongsai.report import agencies
from prongsai.report.model import Agency, Model, open_model
from prongsai.report.peers import Peers
from prongsai.report.writing import Site

from .conftest import Look, Made
from .handmade import document, mention, model_of, score

KIND, OTHER = "subdistrict-municipality", "police-station"
TOWNS = [Agency(f"A{nth}", f"10{nth}", KIND, "", "P") for nth in range(6)]
STATION = Agency("B", "", OTHER, "", "P")


def written(model: Model, agency: Agency, folder: Path) -> tuple[str, list[list[dict[str, Any]]]]:
    """An agency's page in English, and the rows of its charts."""
    with Site(folder) as site:
        assert agencies.write(site, model) == len(model.agencies)
    page = (folder / agency.page).read_text(encoding="utf-8")
    english = re.sub(r'<span class="th" lang="th">.*?</span>', "", page)
    return english, [json.loads(rows) for rows in re.findall(r'<script type="application/json">(.*?)</script>', page)]


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def row(page: str, code: str) -> list[str]:
    """The cells of a code's first row."""
    found = next(one for one in re.findall(r'<tr class="level-.*?</tr>', page, re.DOTALL) if plain(one).split()[0].rstrip(",") == code)
    return [plain(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", found, re.DOTALL)]


def test_peers_are_those_of_the_kind_where_there_are_enough() -> None:
    scores = [score(town, 2568, "ITA", 80 + nth) for nth, town in enumerate(TOWNS)]
    scores += [score(STATION, 2568, "ITA", 60), score(TOWNS[0], 2568, "ind1", 90), score(STATION, 2567, "ITA", 60)]
    peers = Peers(model_of([*TOWNS, STATION], scores=scores))
    own, of_all = peers.of(KIND, 2568), peers.of(OTHER, 2568)
    assert own is not None
    assert of_all is not None
    assert (own.kind, own.count, own.spreads["ITA"].median) == (KIND, 6, 82.5)
    assert (of_all.kind, of_all.count, of_all.spreads["ITA"].median) == ("", 7, 82.0)
    # One agency alone has the indicator: that is no group.
    assert "ind1" not in own.spreads
    assert peers.of(OTHER, 2567) is None
    assert peers.of("", 2568) == of_all


def test_scores_lead_to_their_places_and_beside_the_year_before(tmp_path: Path) -> None:
    town = TOWNS[0]
    scores = [score(one, 2568, "ITA", 80 + nth) for nth, one in enumerate(TOWNS)]
    scores += [score(town, 2567, "ITA", 81.25), score(town, 2568, "ind1", 90), score(town, 2568, "i1", None)]
    mentions = [
        mention(town, 2568, "ITA", 80, 12),
        mention(town, 2568, "ITA", 80, 3),
        mention(town, 2568, "ITA", 79, 1),
        mention(town, 2568, "i1", None, 4),
    ]
    page, (indicators, history) = written(model_of(TOWNS, scores=scores, mentions=mentions, documents=[document(town)]), town, tmp_path)
    assert row(page, "ITA")[1:4] == ["80.00", "\N{MINUS SIGN}1.25", "82.50"]
    assert f'<a href="../documents/{"d" * 16}.html#m-3">80.00</a>' in page
    assert row(page, "i1")[1] == "unread"
    assert '#m-4">' in page
    assert row(page, "ind1")[1:4] == ["–", "", ""]
    assert "Below the middle half" in page
    assert "Compared with 6 agencies of the same kind (Subdistrict Municipality), this one included, in FY2568" in page
    assert [(one["own"], one["before"], one.get("median")) for one in indicators] == [(80.0, 81.25, 82.5), (90.0, None, None)]
    assert [(one["year"], one["own"], one.get("q1")) for one in history] == [("2567", 81.25, None), ("2568", 80.0, 81.25)]


def test_a_question_of_another_wording_has_no_change(tmp_path: Path) -> None:
    town = TOWNS[0]
    scores = [score(town, year, code, 90) for year in (2567, 2566) for code in ("ITA", "IIT", "i1")]
    page, _ = written(model_of([town], scores=scores), town, tmp_path)
    assert row(page, "IIT")[2] == "0.00"
    assert row(page, "i1")[2] == ""
    assert "Fewer than 5 agencies have scores of FY2567" in page


def test_conflicts_show_every_print_and_what_is_suggested(tmp_path: Path) -> None:
    town = TOWNS[0]
    wrong = score(town, 2568, "EIT", None, agreement="conflict", suggested_value=91.68, suggested_because="conflict: 91.86", mentions=2)
    mentions = [mention(town, 2568, "EIT", 91.68, 1), mention(town, 2568, "EIT", 91.86, 2)]
    page, _ = written(model_of([town], scores=[wrong, score(town, 2568, "ITA", 90)], mentions=mentions), town, tmp_path)
    found = row(page, "EIT")
    assert found[1] == "91.68 , 91.86"
    assert found[-1] == "Conflict should be 91.68 One score printed with several values : 91.86"


def test_rows_of_documents_that_cannot_be_told_apart_are_a_conflict(tmp_path: Path) -> None:
    town = TOWNS[0]
    scores = [score(town, 2568, "ITA", 93.34), score(town, 2568, "ITA", 73.34, doc_id="e" * 16), score(town, 2568, "OIT", 80)]
    scores.append(score(town, 2568, "OIT", 80, doc_id="e" * 16))
    mentions = [mention(town, 2568, *each) for each in (("ITA", 93.34, 1), ("ITA", 73.34, 2), ("OIT", 80, 3))]
    page, _ = written(model_of([town], scores=scores, mentions=mentions), town, tmp_path)
    assert row(page, "ITA")[1] == "73.34 , 93.34"
    assert row(page, "ITA")[-1].startswith("Conflict")
    assert row(page, "OIT")[1].startswith("80.00")


def test_rows_go_to_the_agency_that_they_are_about(tmp_path: Path) -> None:
    # Two agencies of one name in a document that is a third one's.
    here, there, owner = Agency("Same", "1001", KIND, "", ""), Agency("Same", "2001", KIND, "", ""), Agency("Z", "", "", "", "")
    common = {"doc_id": "d" * 16, "path": "one.pdf", "page": 2, "message_th": "x"}
    findings = [
        {**common, "check": "total", "severity": "error", "agency": "Same", "message": "About Same.", "mention_ids": f"{'d' * 16}:7"},
        {**common, "check": "page-skimmed", "severity": "note", "agency": None, "message": "About the document."},
        {**common, "check": "total", "severity": "error", "agency": "Unheard of", "message": "About nobody."},
    ]
    model = model_of(
        [here, there, owner],
        documents=[document(owner)],
        scores=[score(there, 2568, "ITA", 90), score(here, 2567, "ITA", 80)],
        mentions=[mention(there, 2568, "ITA", 90, 7)],
        findings=findings,
        grades=[
            {
                "doc_id": "d" * 16,
                "path": "one.pdf",
                "page": 1,
                "fiscal_year": 2568,
                "printed": "A",
                "grade": "A",
                "code": "ITA",
                "agency": "Same",
            }
        ],
        codes=[
            {
                "doc_id": "d" * 16,
                "path": "one.pdf",
                "page": 3,
                "printed": "i11",
                "code": "i1",
                "reason": "digit-misprinted",
                "confidence": 0.98,
            }
        ],
    )
    about, _ = written(model, there, tmp_path)
    others = (tmp_path / here.page).read_text(encoding="utf-8")
    owners = (tmp_path / owner.page).read_text(encoding="utf-8")
    assert "About Same." in about
    assert f"../documents/{'d' * 16}.html#m-7" in about
    assert "Grade as printed, FY2568" in about
    assert "Another&#39;s document" in about
    assert "About Same." not in others
    assert "About the document." in owners
    assert "another number" in owners
    assert not any("About nobody." in page for page in (about, others, owners))


def test_a_score_of_no_known_year(tmp_path: Path) -> None:
    page, charted = written(model_of([STATION], scores=[score(STATION, None, "ITA", 90)]), STATION, tmp_path)
    assert "Fiscal year not known" in page
    assert row(page, "ITA") == ["ITA overall", "–", ""]
    assert charted == []


def test_a_score_leads_to_its_row_on_the_page_of_its_document(made: Made, look: Look) -> None:
    with open_model(made.folder) as model:
        (found,) = model.rows("SELECT agency, coalesce(place_code, '') AS place_code FROM scores WHERE code = 'i1' LIMIT 1")
        agency = model.agencies[found["agency"], found["place_code"]]
    page, seen = look(made.page(agency.page))
    link = page.locator("tr.level-3 a").first
    value = link.inner_text()
    link.click()
    page.wait_for_load_state()
    _, _, place = page.url.partition("#")
    assert value in page.locator(f"#{place}").inner_text()
    assert seen.complaints == []
