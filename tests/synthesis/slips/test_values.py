"""Slips of printed numbers: each stands in the print and in the findings, and nothing else changes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from prongsai.errors import UsageError
from prongsai.knowledge import Knowledge
from prongsai.synthesis.corpus import make_report, plan_corpus
from prongsai.synthesis.document import Figure, FigureKind, Report, figures, labels
from prongsai.synthesis.slips import VALUE_SLIPS
from prongsai.synthesis.slips.digits import value_of
from prongsai.synthesis.truth_tables import truth_of

FULL = Decimal(100)


def slipped(name: str, knowledge: Knowledge) -> Iterator[tuple[Report, list[tuple[Figure, Figure]]]]:
    """Reports with one slip, and the figures that it changed, before and after."""
    for plan in plan_corpus(30, 5, ("txt",)):
        before, _ = make_report(plan, knowledge, ())
        after, _ = make_report(plan, knowledge, (name,))
        assert not before.findings
        assert not before.slips
        assert list(labels(before)) == list(labels(after))
        changed = [(old, new) for old, new in zip(figures(before), figures(after), strict=True) if old != new]
        if after.slips:
            yield after, changed
        else:
            assert changed == []


@pytest.mark.parametrize("name", sorted(VALUE_SLIPS))
def test_the_slip_is_in_the_print_and_in_the_findings(name: str, knowledge: Knowledge) -> None:
    seen = 0
    for report, changed in slipped(name, knowledge):
        seen += 1
        assert len(changed) == len(report.findings) == (2 if name == "columns_swapped" else 1)
        for old, new in changed:
            assert any(
                (one.agency, one.fiscal_year, one.subject) == (old.agency, old.year, old.code)
                and (one.printed, one.expected) == (str(value_of(new.text)), str(value_of(old.text)))
                for one in report.findings
            )
            assert value_of(old.text) != value_of(new.text)
            assert new.value is None or abs(new.value - value_of(new.text) * 100 / new.scale) < Decimal("1e-20")
            assert (new.value is None) == (abs(value_of(new.text)) * 100 / new.scale > FULL)
        assert all(row[4] not in ("", "None") for row in truth_of(report, [knowledge.frameworks[report.fiscal_year]]).scores)
    assert seen >= 3, f"no report had a place for {name}"


def test_columns_are_swapped_within_a_row(knowledge: Knowledge) -> None:
    for _, ((left, new_left), (right, new_right)) in slipped("columns_swapped", knowledge):
        assert (new_left.text, new_right.text) == (right.text, left.text)
        assert left.code == right.code or (left.year, left.agency) == (right.year, right.agency)


def test_signs_are_those_of_differences(knowledge: Knowledge) -> None:
    for _, ((old, new),) in slipped("sign_wrong", knowledge):
        assert old.kind is FigureKind.DIFFERENCE
        assert value_of(new.text) == -value_of(old.text)


def test_an_unknown_slip_is_refused(knowledge: Knowledge) -> None:
    with pytest.raises(UsageError, match="digit_eaten"):
        make_report(plan_corpus(1, 1, ("txt",))[0], knowledge, ("digit_eaten",))
