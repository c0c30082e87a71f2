from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.layout import Layout, lay_out
from prongsai.records import Box, Page, Passage, Reader, Rule, Table, Word

REPORTS = Path(__file__).parents[3] / "shared" / "reports"

NUMBERS = ["98.45", "97.32", "๑๐๐", "2567", "12", "\ufffd"]


def passages(layout: Layout) -> list[Passage]:
    found = [paragraph.passage for paragraph in (*layout.paragraphs, *layout.furniture)]
    return found + [cell.passage for table in layout.tables for cell in table.cells]


def landed(layout: Layout) -> Counter[tuple[str, int, Box | None]]:
    places = [(passage.text[run.start : run.end], run.place.page, run.place.box) for passage in passages(layout) for run in passage.runs]
    return Counter(places + [(dropped.text, dropped.place.page, dropped.place.box) for dropped in layout.dropped])


tokens = st.one_of(st.sampled_from(NUMBERS), st.text("กขคงา", min_size=1, max_size=8))
boxes = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h), st.integers(30, 500), st.integers(30, 790), st.integers(1, 90), st.integers(1, 16)
)
rules = st.one_of(
    st.builds(
        lambda y, x, w: Rule(x, 20 * y, x + w, 20 * y),
        st.integers(1, 40),
        st.sampled_from([50, 150, 250]),
        st.sampled_from([100, 200, 300]),
    ),
    st.builds(
        lambda x, y, h: Rule(x, 20 * y, x, 20 * (y + h)), st.sampled_from([50, 150, 250, 350]), st.integers(1, 30), st.integers(1, 12)
    ),
)
drawn_words = st.lists(st.builds(Word, tokens, boxes, st.just(1)), max_size=40)


@given(st.lists(st.tuples(drawn_words, st.lists(rules, max_size=25)), min_size=1, max_size=3))
def test_every_word_lands_exactly_once(drawn: list[tuple[list[Word], list[Rule]]]) -> None:
    pages = [Page(n, 595.0, 842.0, Reader.TEXT, "test", tuple(words), tuple(lines)) for n, (words, lines) in enumerate(drawn, 1)]
    layout = lay_out(pages)
    expected = Counter((word.text, page.number, word.box) for page in pages for word in page.words)
    if any(join.header_rows for join in layout.joins):
        assert not landed(layout) - expected
    else:
        assert landed(layout) == expected


@given(st.lists(st.tuples(drawn_words, st.lists(rules, max_size=25)), min_size=1, max_size=3))
def test_tables_are_whole(paper: Any, drawn: list[tuple[list[Word], list[Rule]]]) -> None:
    pages = [Page(n, 595.0, 842.0, Reader.TEXT, "test", tuple(words), tuple(lines)) for n, (words, lines) in enumerate(drawn, 1)]
    layout = lay_out(pages)
    for table in layout.tables:
        assert all("?" not in row for row in paper.texts(table))
    assert [table.number for table in layout.tables] == list(range(1, len(layout.tables) + 1))


def test_a_page_that_failed_gives_nothing_and_parts_tables(paper: Any) -> None:
    rows = [["code", "score"], ["i1", "98.45"]]
    failed = Page(2, 595.0, 842.0, Reader.TEXT, "test", failure="broken stream")
    layout = lay_out([paper.table_page(rows, 1), failed, paper.table_page(rows, 3)])
    assert len(layout.tables) == 2


def test_no_pages_give_no_blocks() -> None:
    assert lay_out([]) == Layout(())


def test_words_without_boxes_are_laid_out_by_line() -> None:
    page = Page(1, 595.0, 842.0, Reader.OCR, "test", (Word("a", None, 1), Word("b", None, 1), Word("c", None, 2)))
    assert [block.text for block in lay_out([page]).paragraphs] == ["a b", "c"]


def test_text_and_its_reader_stay_together(paper: Any) -> None:
    pages = [paper.page(paper.words("scan", 60, 100), reader=Reader.OCR), paper.given("typed", number=2)]
    assert [block.passage.reader for block in lay_out(pages).paragraphs] == [Reader.OCR, Reader.GIVEN]


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the five reports are not beside this checkout")
def test_the_scores_of_a_real_report_keep_their_rows(paper: Any) -> None:
    """Lop Buri's table of ten indicators and two years, as published."""
    text = (REPORTS / "lopburi-pao-2568.txt").read_text(encoding="utf-8")
    layout = lay_out([paper.given(text)])
    table = next(block for block in layout.blocks if isinstance(block, Table) and block.n_rows == 11 and block.n_columns == 4)
    assert [row[1:] for row in paper.texts(table)][8:] == [
        ["๗๙.๘๙", "๙๕.๓๕", "+๑๕.๔๖"],
        ["๘๖.๖๗", "๑๐๐", "+๑๓.๓๓"],
        ["๙๑.๖๗", "๑๐๐", "+๘.๓๓"],
    ]
    words = sum(len(passage.runs) for passage in passages(layout))
    assert words + 1 > len(text.split()) - sum(20 * join.header_rows for join in layout.joins)
