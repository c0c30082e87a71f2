"""Text that somebody else's OCR produced: tabs are cells, lines with tabs are rows, other lines are paragraphs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from prongsai.layout.model import Draft, ParagraphDraft, TableDraft
from prongsai.layout.passages import passage_of, run_of
from prongsai.layout.shapes import squeeze
from prongsai.records import Cell, Page, Passage, Place, Run, Word

Row = tuple[int, tuple[str, ...]]


def given_drafts(page: Page) -> list[Draft]:
    """The tables and paragraphs of a page without boxes, in the order of its lines.

    Lines with tabs that follow one another make a table; rows may be of unequal length. A line without tabs between
    two such lines with equally many cells is a paragraph after the table and does not end it. A row that repeats the
    table's first one starts a new draft, which the joining puts back without the repeated header.
    """
    words: dict[int, list[Word]] = defaultdict(list)
    for word in page.words:
        words[word.line].append(word)
    cells = dict(page.cells_given)
    drafts: list[Draft] = []
    rows: list[Row] = []
    waiting: list[Draft] = []

    def close() -> None:
        if rows:
            drafts.extend(_table(part, words, page) for part in _parts(rows))
            rows.clear()
        drafts.extend(waiting)
        waiting.clear()

    for line in sorted({*words, *cells}):
        if line in cells:
            if rows and line - rows[-1][0] - len(waiting) != 1:
                close()
            rows.append((line, cells[line]))
            continue
        paragraph = _paragraph(words[line], page)
        before, after = cells.get(line - 1), cells.get(line + 1)
        if rows and not waiting and before is not None and after is not None and len(before) == len(after):
            waiting.append(paragraph)
        else:
            close()
            drafts.append(paragraph)
    close()
    return drafts


def _paragraph(words: list[Word], page: Page) -> ParagraphDraft:
    return ParagraphDraft(passage_of([words], page), Place(page.number, None, words[0].line))


def _parts(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows cut before each one that says the same as the first, where that one names two columns or more."""
    head = [squeeze(text) for text in rows[0][1]]
    if sum(bool(text) for text in head) < 2:
        return [list(rows)]
    parts: list[list[Row]] = [[rows[0]]]
    for row in rows[1:]:
        if [squeeze(text) for text in row[1]] == head:
            parts.append([])
        parts[-1].append(row)
    return parts


def _table(rows: Sequence[Row], words: dict[int, list[Word]], page: Page) -> TableDraft:
    n_columns = max(len(texts) for _, texts in rows)
    cells: list[Cell] = []
    for number, (line, texts) in enumerate(rows):
        of_line = words.get(line, [])
        tokens = [text.split() for text in texts]
        known = of_line if [word.text for word in of_line] == [token for cell in tokens for token in cell] else None
        at = 0
        for column in range(n_columns):
            cell = tokens[column] if column < len(texts) else []
            sources = known[at : at + len(cell)] if known else [Word(token, None, line) for token in cell]
            at += len(cell)
            cells.append(Cell(number, column, _passage(sources, line, page), Place(page.number, None, line)))
    edges = tuple(float(edge) for edge in range(n_columns + 1))
    return TableDraft(tuple(cells), len(rows), edges, None, page.number, page.number, is_ruled=True, is_given=True)


def _passage(words: Sequence[Word], line: int, page: Page) -> Passage:
    runs: list[Run] = []
    at = 0
    for word in words:
        runs.append(run_of(word, at, Place(page.number, None, line)))
        at += len(word.text) + 1
    return Passage(" ".join(word.text for word in words), tuple(runs), page.reader, page.reader_version)
