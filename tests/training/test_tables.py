"""The tables of the accuracy reports."""

from __future__ import annotations

from dataclasses import dataclass

from prongsai.training.tables import by_family, crossed, table


@dataclass(frozen=True)
class Tried:
    family: str
    dpi: int


TRIED = [Tried("loma", 150), Tried("loma", 200), Tried("garuda", 150)]


def test_a_table_has_a_line_for_its_head_one_below_and_one_a_row() -> None:
    assert list(table(("font", "lines"), [("loma", 2)])) == ["| font | lines |", "|---|---|", "| loma | 2 |"]


def test_lines_are_counted_by_family_and_resolution_and_together() -> None:
    written = list(crossed("font", by_family(TRIED), (150, 200), lambda one: one.dpi, lambda some: str(len(some))))
    assert written[0] == "| font | 150 dpi | 200 dpi | lines |"
    assert written[2:] == ["| garuda | 1 | 0 | 1 |", "| loma | 1 | 1 | 2 |", "| all held out | 2 | 1 | 3 |"]
