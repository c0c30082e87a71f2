"""Every layout makes whole tables, prints what its truth says, and names its agencies once."""

from __future__ import annotations

from collections import Counter

import pytest

from prongsai.knowledge import Knowledge
from prongsai.synthesis.corpus import Plan, make_report
from prongsai.synthesis.document import FigureKind, Table, contents, figures, labels, plain
from prongsai.synthesis.layouts import DEFAULT_ORDER, GROUP_LAYOUTS
from prongsai.synthesis.truth_tables import truth_of

SEEDS = range(8)


@pytest.mark.parametrize("layout", DEFAULT_ORDER)
def test_spans_cover_every_place_once(layout: str, knowledge: Knowledge) -> None:
    for seed in SEEDS:
        report, _ = make_report(Plan(seed, "txt", layout, f"spans:{seed}"), knowledge)
        for table in (block for block in report.blocks if isinstance(block, Table)):
            covered: Counter[tuple[int, int]] = Counter()
            for row, cells in enumerate(table.rows):
                assert len(cells) == len(table.widths)
                for column, cell in enumerate(cells):
                    if cell is not None:
                        covered.update((row + down, column + right) for down in range(cell.row_span) for right in range(cell.column_span))
            places = {(row, column) for row in range(len(table.rows)) for column in range(len(table.widths))}
            assert covered == Counter(places)


@pytest.mark.parametrize("layout", DEFAULT_ORDER)
def test_the_truth_is_what_is_printed(layout: str, knowledge: Knowledge) -> None:
    for seed in SEEDS:
        report, _ = make_report(Plan(seed, "txt", layout, f"truth:{seed}"), knowledge)
        framework = knowledge.frameworks[report.fiscal_year]
        rows = truth_of(report, [framework]).scores
        assert len(rows) == len(set(rows)) > 9 - 6 * (layout == "agencies-weighted")
        known = {"ITA", "IIT", "EIT", "EIT1", "EIT2", "OIT"}
        known |= {one.code for one in framework.indicators} | {one.code for one in framework.subindicators}
        for year in (report.fiscal_year, report.fiscal_year - 1):
            if year in knowledge.frameworks:
                known |= set(knowledge.frameworks[year].codes())
        assert {row[3] for row in rows} <= known
        assert all((row[1] != "") is (layout in GROUP_LAYOUTS) for row in rows)
        text = "\n".join(plain(content) for content in contents(report))
        assert all(figure.text in text for figure in figures(report))


@pytest.mark.parametrize("layout", sorted(GROUP_LAYOUTS))
def test_no_agency_stands_twice(layout: str, knowledge: Knowledge) -> None:
    for seed in SEEDS:
        report, _ = make_report(Plan(seed, "txt", layout, f"agencies:{seed}"), knowledge)
        cells = Counter((one.agency, one.code) for one in figures(report) if one.kind is FigureKind.SCORE)
        assert max(cells.values()) == 1
        assert len({agency for agency, _ in cells}) >= 3


def test_a_question_stands_once_a_year(knowledge: Knowledge) -> None:
    for layout in ("two-years", "merged", "single-year"):
        for seed in SEEDS:
            report, _ = make_report(Plan(seed, "txt", layout, f"once:{seed}"), knowledge)
            questions = Counter((one.year, one.code) for one in labels(report) if one.is_code)
            assert set(questions.values()) == {1}


def test_weighted_scores_are_brought_back_to_a_hundred(knowledge: Knowledge) -> None:
    report, _ = make_report(Plan(0, "txt", "agencies-weighted", "weights:0"), knowledge)
    for one in figures(report):
        if one.kind is FigureKind.SCORE and one.scale != 100:
            assert one.value is not None
            assert one.scale in (30, 40)
            assert 0 <= one.value <= 100


def test_every_report_says_that_it_is_made(knowledge: Knowledge) -> None:
    for layout in DEFAULT_ORDER:
        report, _ = make_report(Plan(0, "txt", layout, "made:0"), knowledge)
        assert any("เอกสารจำลอง" in plain(content) for content in contents(report))
