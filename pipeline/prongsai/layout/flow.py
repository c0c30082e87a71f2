"""The way of a document through laying out: pages to drafts, drafts to blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from prongsai.layout.charts import drop_scattered, take_charts
from prongsai.layout.furniture import find_furniture
from prongsai.layout.given import given_drafts
from prongsai.layout.joins import join_pages
from prongsai.layout.lines import lines_of
from prongsai.layout.model import Draft, Dropped, Layout, Line, PageDraft, ParagraphDraft, TableDraft
from prongsai.layout.paragraphs import as_paragraph, paragraphs_of
from prongsai.layout.ruled import take_ruled_tables
from prongsai.layout.ruleless import take_ruleless_tables
from prongsai.records import Block, Box, Page, Paragraph, Reader, Table


@dataclass(frozen=True, slots=True)
class _Sorted:
    """A page with its drawn tables taken out, before furniture is known."""

    page: Page
    tables: tuple[TableDraft, ...] = ()
    lines: tuple[Line, ...] = ()
    ticks: tuple[ParagraphDraft, ...] = ()
    """The scales of charts: read with nothing beside them."""


def lay_out(pages: Iterable[Page]) -> Layout:
    """The tables and paragraphs of one document's pages, in reading order, joined over page breaks.

    Every word of every page lands exactly once: in a table's cell, a paragraph, the furniture, or among the dropped;
    but for the words of header rows that a later page repeats, which `Layout.joins` counts. A page that failed gives
    nothing, and nothing is joined over it.
    """
    sorted_pages: list[_Sorted] = []
    dropped: list[Dropped] = []
    for page in pages:
        if page.failure or _is_placeless(page):
            sorted_pages.append(_Sorted(page))
            continue
        # Charts first: their grid lines and frames look like rules.
        charts = take_charts(page)
        tables, rest, lost = take_ruled_tables(charts.page)
        rest, loose = drop_scattered(rest, page)
        dropped += [*charts.dropped, *lost, *loose]
        sorted_pages.append(_Sorted(page, (*charts.tables, *tables), tuple(lines_of(rest)), charts.ticks))
    found = find_furniture([(s.page.height_pt, s.lines, [_extent(table) for table in s.tables]) for s in sorted_pages])
    furniture = [
        as_paragraph(one.lines[index], one.page) for one, indices in zip(sorted_pages, found, strict=True) for index in sorted(indices)
    ]
    blocks, joins = join_pages(_page_drafts(sorted_pages, found))
    return Layout(_finish(blocks), tuple(dropped), tuple(joins), tuple(furniture))


def _is_placeless(page: Page) -> bool:
    """Whether words are placed by their lines alone, as in given text."""
    return page.reader is Reader.GIVEN or any(word.box is None for word in page.words)


def _extent(table: TableDraft) -> tuple[float, float]:
    return (table.box.top, table.box.bottom) if table.box is not None else (0.0, 0.0)


def _page_drafts(pages: Sequence[_Sorted], furniture: Sequence[set[int]]) -> Iterator[PageDraft]:
    """The drafts of each page in turn, each begun with the undrawn table that the page before ended with."""
    overleaf: TableDraft | None = None
    for one, indices in zip(pages, furniture, strict=True):
        if overleaf is not None and overleaf.last_page != one.page.number - 1:
            overleaf = None
        draft = _page_draft(one, indices, overleaf)
        last = draft.drafts[-1] if draft.drafts else None
        overleaf = last if isinstance(last, TableDraft) and last.columns else None
        yield draft


def _page_draft(one: _Sorted, furniture: set[int], overleaf: TableDraft | None) -> PageDraft:
    page = one.page
    if page.failure:
        return PageDraft(page.number, (), is_barrier=True)
    if _is_placeless(page):
        return PageDraft(page.number, tuple(given_drafts(page)))
    lines = [line for index, line in enumerate(one.lines) if index not in furniture]
    undrawn: list[TableDraft] = []
    prose: list[Line] = []
    for number, part in enumerate(_parts_between(lines, one.tables)):
        tables, rest = take_ruleless_tables(part, page, overleaf if number == 0 else None)
        undrawn += tables
        prose += rest
    tables_here = [*one.tables, *undrawn]
    paragraphs = paragraphs_of(prose, page, [_extent(table)[0] for table in tables_here])
    return PageDraft(page.number, tuple(sorted([*tables_here, *paragraphs, *one.ticks], key=_top_left)))


def _parts_between(lines: Sequence[Line], tables: Sequence[TableDraft]) -> list[list[Line]]:
    """Lines cut where a drawn table begins: an undrawn one does not run past it."""
    tops = sorted(_extent(table)[0] for table in tables)
    parts: list[list[Line]] = [[]]
    for line in lines:
        while tops and line.box.middle[1] > tops[0]:
            tops.pop(0)
            parts.append([])
        parts[-1].append(line)
    return parts


def _top_left(draft: Draft) -> tuple[float, float]:
    box: Box | None = draft.box if isinstance(draft, TableDraft) else draft.place.box
    return (box.top, box.x0) if box is not None else (0.0, 0.0)


def _finish(drafts: Sequence[Draft]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    n_tables = 0
    for draft in drafts:
        if isinstance(draft, ParagraphDraft):
            blocks.append(Paragraph(draft.passage, draft.place))
            continue
        filled = [cell for cell in draft.cells if cell.text]
        if len(filled) < 2:
            # Words in one cell, and no table on the page before that they could belong to.
            blocks += [Paragraph(cell.passage, cell.place) for cell in filled]
            continue
        n_tables += 1
        cells = tuple(sorted(draft.cells, key=lambda cell: (cell.row, cell.column)))
        blocks.append(Table(n_tables, cells, draft.n_rows, draft.n_columns, draft.is_ruled))
    return tuple(blocks)
