"""Texts: a line a row with tabs, every figure in it, in an encoding that its reader can tell."""

from __future__ import annotations

from prongsai.knowledge import Knowledge
from prongsai.synthesis.corpus import Plan, make_report
from prongsai.synthesis.document import Table, figures
from prongsai.synthesis.render_text import TextLook, render_text

PLAIN = TextLook(has_markdown=False, has_html=False, encoding="utf-8", newline="\n", repeats_headers_every=0)


def test_a_table_row_is_a_line_with_a_tab_between_cells(knowledge: Knowledge) -> None:
    report, _ = make_report(Plan(0, "txt", "two-years", "text:0"), knowledge)
    lines = render_text(report, PLAIN).decode("utf-8").split("\n")
    wanted = [len(block.widths) - 1 for block in report.blocks if isinstance(block, Table) for _ in block.rows]
    assert [line.count("\t") for line in lines if "\t" in line] == wanted


def test_headers_stand_again_after_some_rows(knowledge: Knowledge) -> None:
    report, _ = make_report(Plan(0, "txt", "agencies-down", "text:1"), knowledge)
    look = TextLook(has_markdown=False, has_html=False, encoding="utf-8", newline="\n", repeats_headers_every=4)
    lines = render_text(report, look).decode("utf-8").split("\n")
    header = next(line for line in lines if "\t" in line)
    table = next(block for block in report.blocks if isinstance(block, Table))
    assert lines.count(header) == -(-(len(table.rows) - 1) // 4) > 1


def test_tis620_holds_every_figure(knowledge: Knowledge) -> None:
    look = TextLook(has_markdown=False, has_html=False, encoding="tis-620", newline="\r\n", repeats_headers_every=0)
    for layout in ("two-years", "merged", "prose", "sentences"):
        report, _ = make_report(Plan(0, "tis620", layout, "text:2"), knowledge)
        text = render_text(report, look).decode("tis-620")
        assert all(figure.text in text for figure in figures(report))
        assert "\r\n" in text
