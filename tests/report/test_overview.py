"""The first page: what it counts, and that it stands with one document and with none."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from prongsai.auditing import CHECKS
from prongsai.knowledge import load_knowledge
from prongsai.report import overview
from prongsai.report.model import Agency, Model
from prongsai.report.words import Both, words
from prongsai.report.writing import Site

from .handmade import document, mention, model_of, score

KIND = "subdistrict-municipality"
TOWNS = [Agency(f"A{nth:02}", "", KIND, "", "P1" if nth < 6 else "P2") for nth in range(10)]


def written(model: Model, folder: Path) -> tuple[str, list[list[dict[str, Any]]]]:
    """The page, and the rows of its charts in their order."""
    with Site(folder) as site:
        overview.write(site, model)
    page = (folder / "index.html").read_text(encoding="utf-8")
    return page, [json.loads(rows) for rows in re.findall(r'<script type="application/json">(.*?)</script>', page)]


def cells(page: str, section: str) -> list[list[str]]:
    """The cells of a section's table, row by row, in English."""
    part = page[page.index(f'<section class="panel" aria-labelledby="{section}">') :].partition("</section>")[0]
    body = re.sub(r'<span class="th" lang="th">.*?</span>', "", part.partition("<tbody>")[2].partition("</tbody>")[0])
    return [
        [re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
        for row in re.findall(r"<tr>.*?</tr>", body)
    ]


def test_medians_and_middle_halves(tmp_path: Path) -> None:
    scores = [score(town, 2568, "ITA", 80 + nth) for nth, town in enumerate(TOWNS)] + [score(TOWNS[0], 2567, "ITA", 71)]
    page, (years, latest, earlier, kinds, provinces) = written(model_of(TOWNS, scores=scores), tmp_path)
    assert cells(page, "years") == [
        ["2568", "10", "84.50", "82.25–86.75", "80.00", "89.00"],
        ["2567", "1", "71.00", "–", "71.00", "71.00"],
    ]
    assert [(row["year"], row["median"], row["q1"]) for row in years] == [("2567", 71.0, None), ("2568", 84.5, 82.25)]
    # Each agency's latest score alone counts here: 71 is older than 80.
    assert cells(page, "kinds") == [["Subdistrict Municipality", "10", "84.50", "82.25–86.75", "80.00", "89.00"]]
    assert cells(page, "provinces") == [
        ["P2", "4", "87.50", "–", "86.00", "89.00"],
        ["P1", "6", "82.50", "81.25–83.75", "80.00", "85.00"],
    ]
    assert [row["label"]["th"] for row in provinces] == ["P2", "P1"]
    assert [row["count"] for row in kinds] == [10]
    assert sum(row["count"] for row in latest) == 10
    assert [row["from"] for row in latest] == [row["from"] for row in earlier]
    assert [row for row in earlier if row["count"]] == [{"from": 70, "to": 72, "count": 1}]


def test_full_marks_lie_in_the_last_range(tmp_path: Path) -> None:
    _, (ranges, *_) = written(
        model_of(TOWNS[:2], scores=[score(TOWNS[0], 2568, "ITA", 100), score(TOWNS[1], 2568, "ITA", 90.01)]), tmp_path
    )
    assert [(row["from"], row["to"]) for row in ranges if row["count"]] == [(90, 91), (99, 100)]


def test_full_marks_alone_have_a_range_too(tmp_path: Path) -> None:
    _, (ranges, *_) = written(model_of(TOWNS[:1], scores=[score(TOWNS[0], 2568, "ITA", 100)]), tmp_path)
    assert [(row["from"], row["to"]) for row in ranges if row["count"]] == [(99, 100)]


def test_what_two_agencies_of_one_name_do_not_agree_on_counts_for_neither(tmp_path: Path) -> None:
    scores = [score(TOWNS[0], 2568, "ITA", 93.34), score(TOWNS[0], 2568, "ITA", 73.34, doc_id="e" * 16), score(TOWNS[1], 2568, "ITA", 90)]
    _, (ranges, *_) = written(model_of(TOWNS[:2], scores=scores), tmp_path)
    assert [(row["from"], row["count"]) for row in ranges if row["count"]] == [(90, 1)]


def test_counts_and_what_was_not_read(tmp_path: Path) -> None:
    documents = [
        document(TOWNS[0], pages=7),
        document(doc_id="e" * 16, path="b.pdf", pages=1200, status="partial", reason="page 2: no text <here>"),
        document(doc_id=None, path="c.pdf", pages=0, status="rejected", reason="is empty"),
    ]
    mentions = [mention(TOWNS[0], 2568, "ITA", 90, 1), mention(TOWNS[0], 2568, "ITA", None, 2)]
    findings = [
        {"doc_id": "d" * 16, "path": "one.pdf", "check": "total", "severity": "error"},
        {"doc_id": "d" * 16, "path": "one.pdf", "check": "total", "severity": "warning"},
        {"doc_id": "d" * 16, "path": "one.pdf", "check": "of-tomorrow", "severity": "note"},
    ]
    model = model_of(TOWNS, documents=documents, mentions=mentions, findings=findings, scores=[score(TOWNS[0], 2568, "ITA", 90)])
    page, charted = written(model, tmp_path)
    cards = re.findall(r"<b>([\d,]+)</b> <span><span[^>]*>[^<]*</span><span[^>]*>([^<]*)</span>", page)
    assert {name: count for count, name in cards} == {
        "documents": "3",
        "pages": "1,207",
        "agencies": "10",
        "scores": "1",
        "printed numbers": "2",
        "numbers unread": "1",
        "misprinted codes": "0",
        "findings": "3",
    }
    rules = cells(page, "rules")
    assert [row[1:] for row in rules] == [["1", "1", "–", "1"], ["–", "–", "1", "1"]]
    assert rules[1][0] == "of-tomorrow of-tomorrow"
    assert [(row["severity"], row["count"], row["total"]) for row in charted[-1]] == [("error", 1, 2), ("warning", 1, 2)]
    assert cells(page, "not-read") == [["c.pdf", "Rejected", "is empty"], ["b.pdf", "Partial", "page 2: no text &lt;here&gt;"]]


def test_a_run_without_anything(tmp_path: Path) -> None:
    page, charted = written(model_of([]), tmp_path)
    assert "No agency&#39;s overall score was read" in page
    assert charted == []


def test_every_rule_has_a_name() -> None:
    said = {message for message, text in load_knowledge().messages.items() if text.en.endswith(".")} - {
        "column-exchange",
        "level-several",
        "part",
    }
    assert {name for name in CHECKS | said | {"page-failed"} if overview.named("check", name) == Both.same(name)} == set()
    assert all(both.th and both.en for both in words().values())
