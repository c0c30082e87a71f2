"""Each slip is in the print and in the truth, and leaves no slip that the truth does not know."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from prongsai.knowledge import Knowledge
from prongsai.synthesis.corpus import Plan, make_report
from prongsai.synthesis.document import Report, contents, figures, labels, plain
from prongsai.synthesis.layouts import LAYOUTS
from prongsai.synthesis.slips import SLIPS, plant
from prongsai.synthesis.truth_tables import truth_of

SILENT = {"letter_as_digit", "letter_lost", "letter_capital", "rows_joined"}
"""Slips that are no contradiction: the first three stand in codes.csv, the last moves cells only."""


def slipped(name: str, knowledge: Knowledge) -> Iterator[tuple[Report, Report]]:
    """Reports before and after one slip."""
    for number in range(8):
        for layout in LAYOUTS:
            before, _ = make_report(Plan(number, "txt", layout, f"slips:{number}"), knowledge)
            if before.slips:
                continue
            after = SLIPS[name](before, Random(number), knowledge.frameworks[before.fiscal_year])
            if after is not None:
                yield before, after


@pytest.mark.parametrize("name", sorted(SLIPS))
def test_a_slip_changes_the_print_and_the_truth(name: str, knowledge: Knowledge) -> None:
    seen = 0
    for before, after in slipped(name, knowledge):
        seen += 1
        assert [plain(content) for content in contents(before)] != [plain(content) for content in contents(after)]
        framework = [knowledge.frameworks[before.fiscal_year]]
        old, new = truth_of(before, framework), truth_of(after, framework)
        if name in SILENT:
            assert after.findings == ()
            assert (old.codes != new.codes) is (name != "rows_joined")
            assert old.scores == new.scores
            continue
        (finding,) = after.findings
        assert finding.printed != finding.expected
        assert any(row[3] == finding.subject and row[4] == finding.printed for row in new.findings)
        texts = [plain(content) for content in contents(after)]
        if finding.kind in ("agency", "label", "level", "code"):
            assert any(finding.printed in text for text in texts)
        else:
            values = {str(one.value) for one in figures(after) if one.code == finding.subject and one.year == finding.fiscal_year}
            assert finding.printed in values
    assert seen >= 3, f"no report had a place for {name}"


def test_only_one_piece_changes(knowledge: Knowledge) -> None:
    for before, after in slipped("total_swapped", knowledge):
        pairs = zip(figures(before), figures(after), strict=True)
        assert sum(one != two for one, two in pairs) == 1
        assert list(labels(before)) == list(labels(after))


def test_joined_rows_keep_every_piece(knowledge: Knowledge) -> None:
    for before, after in slipped("rows_joined", knowledge):
        assert sorted(one.text for one in figures(before)) == sorted(one.text for one in figures(after))
        assert sorted(one.text for one in labels(before)) == sorted(one.text for one in labels(after))


def test_no_subject_is_hit_twice(knowledge: Knowledge) -> None:
    for number in range(40):
        report, _ = make_report(Plan(number, "txt", "two-years", f"twice:{number}"), knowledge)
        report = plant(report, Random(number), knowledge.frameworks[report.fiscal_year], 9)
        subjects = [(one.fiscal_year, one.subject) for one in report.findings]
        assert len(subjects) == len(set(subjects))
