"""The parts of a report that print questions and their scores, one variant of layout a function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .document import Block, Cell, Figure, Paragraph, Piece, Style, Table, centred, header_cell
from .printing import Brief
from .truth import Result

if TYPE_CHECKING:
    from prongsai.knowledge import Question

INSTRUMENTS = {"i": "IIT", "e": "EIT", "o": "OIT"}
Row = tuple[Cell | None, ...]


def questions_of(brief: Brief, letter: str) -> tuple[Question, ...]:
    """The year's questions of a letter, in their order."""
    return tuple(one for one in brief.framework.questions if one.letter == letter)


def heading(brief: Brief, letter: str) -> Paragraph:
    """The heading over an instrument's questions."""
    return Paragraph(brief.say("titles", "questions", label=brief.instrument(INSTRUMENTS[letter], brief.prose, 1)), Style.HEADING)


def code_and_wording(brief: Brief, letter: str, basis: str) -> list[Block]:
    """Code, wording, score; sometimes a column of remarks that stays empty."""
    has_remarks = brief.rng.random() < 0.3
    keys = ("code", "wording", "score", *(("remark",) if has_remarks else ()))
    rows: list[Row] = [tuple(header_cell(brief.pick("headers", key)) for key in keys)]
    for question in questions_of(brief, letter):
        row: Row = (*_labelled(brief, question), centred(score(brief, brief.result, question, basis)))
        rows.append(row + ((Cell(),) if has_remarks else ()))
    widths = (0.9, 5.6, 1.4, *((1.2,) if has_remarks else ()))
    return [heading(brief, letter), Table(tuple(rows), widths)]


def two_years(brief: Brief, letter: str, basis: str) -> list[Block]:
    """Code, wording, last year, this year, difference, under a header of two rows."""
    assert brief.previous is not None
    years = (brief.previous, brief.result)
    rows: list[Row] = [
        (
            header_cell(brief.pick("headers", "code"), 2),
            header_cell(brief.pick("headers", "wording"), 2),
            header_cell(brief.pick("headers", "scores"), 1, 2),
            None,
            header_cell(brief.pick("headers", "difference"), 2),
        ),
        (None, None, *(header_cell(brief.table.digits(one.fiscal_year)) for one in years), None),
    ]
    for question in questions_of(brief, letter):
        old, new = (score(brief, one, question, basis) for one in years)
        rows.append((*_labelled(brief, question), centred(old), centred(new), centred(brief.table.difference(new, old))))
    return [heading(brief, letter), Table(tuple(rows), (0.9, 4.6, 1.1, 1.1, 1.2), 2)]


def code_in_wording(brief: Brief, letter: str, basis: str) -> list[Block]:
    """Code and wording in one cell, score beside it."""
    rows: list[Row] = [(header_cell(brief.pick("headers", "wording")), header_cell(brief.pick("headers", "score")))]
    template = brief.wording.one("words", "item_wording")
    for question in questions_of(brief, letter):
        content = brief.fill(template, label=brief.table.code(question.code, brief.result.fiscal_year), wording=brief.wording_of(question))
        rows.append((Cell(content), centred(score(brief, brief.result, question, basis))))
    return [heading(brief, letter), Table(tuple(rows), (6.4, 1.4))]


def merged_indicators(brief: Brief, letter: str, basis: str) -> list[Block]:
    """The indicator and its score in a merged cell before its questions, a comment merged behind them."""
    keys = ("indicator", "code", "wording", "score", "comment")
    rows: list[Row] = [tuple(header_cell(brief.pick("headers", key)) for key in keys)]
    template = brief.wording.one("words", "indicator_listed")
    points = brief.wording.one("words", "points")
    for indicator in brief.framework.indicators:
        members = [one for one in brief.framework.questions_in(indicator.code) if one.letter == letter]
        for position, question in enumerate(members):
            first = last = None
            if position == 0:
                name = brief.indicator(indicator.code, template, brief.table)
                value = brief.fill(points, value=brief.table.score(brief.result, indicator.code))
                first = Cell((name, " ", *value), row_span=len(members))
                last = Cell(brief.say("sentences", "comment"), row_span=len(members))
            rows.append((first, *_labelled(brief, question), centred(score(brief, brief.result, question, basis)), last))
    return [heading(brief, letter), Table(tuple(rows), (1.9, 0.8, 3.4, 1.1, 2.0))]


def one_table_an_indicator(brief: Brief, letter: str, basis: str) -> list[Block]:
    """A line with the indicator's number, name and score, then a table of its questions."""
    blocks: list[Block] = [heading(brief, letter)]
    template = brief.wording.one("words", "indicator_number")
    points = brief.wording.one("words", "points")
    heads = tuple(header_cell(brief.pick("headers", key)) for key in ("code", "wording", "score"))
    for indicator in brief.framework.indicators:
        members = [one for one in brief.framework.questions_in(indicator.code) if one.letter == letter]
        if not members:
            continue
        name = brief.indicator(indicator.code, template, brief.prose)
        blocks.append(Paragraph((name, " ", *brief.fill(points, value=brief.prose.score(brief.result, indicator.code))), Style.ITEM))
        rows: list[Row] = [heads]
        rows += [(*_labelled(brief, one), centred(score(brief, brief.result, one, basis))) for one in members]
        blocks.append(Table(tuple(rows), (0.9, 5.6, 1.4)))
    return blocks


def sentences(brief: Brief, letter: str, basis: str) -> list[Block]:
    """One sentence a question, without a table."""
    template = brief.wording.one("words", "item_sentence")
    blocks: list[Block] = [heading(brief, letter)]
    for question in questions_of(brief, letter):
        label = brief.prose.code(question.code, brief.result.fiscal_year)
        value = score(brief, brief.result, question, basis, is_prose=True)
        blocks.append(Paragraph(brief.fill(template, label=label, wording=brief.wording_of(question), value=value), Style.ITEM))
    return blocks


def subindicators(brief: Brief) -> list[Block]:
    """The sub-indicators of indicators 9 and 10, where the year's file knows their questions."""
    known = [one for one in brief.framework.subindicators if one.code in brief.result.scores]
    if not known:
        return []
    rows: list[Row] = [(header_cell(brief.pick("headers", "indicator")), header_cell(brief.pick("headers", "score")))]
    for one in known:
        number = brief.table.digits(one.code.removeprefix("ind"))
        content: tuple[Piece, ...] = (f"{number} {one.name}",)
        rows.append((Cell(content), centred(brief.table.score(brief.result, one.code))))
    return [Table(tuple(rows), (6.0, 1.4))]


def score(brief: Brief, result: Result, question: Question, basis: str, is_prose: bool = False) -> Figure:
    """A question's score on a basis (`part1` or `both`), which counts for e-questions in two parts only."""
    printer = brief.prose if is_prose else brief.table
    kept = basis if question.letter == "e" and result.has_parts else ""
    return printer.score(result, question.code, basis=kept)


def _labelled(brief: Brief, question: Question) -> tuple[Cell, Cell]:
    label = brief.table.code(question.code, brief.result.fiscal_year)
    return centred(label), Cell((brief.wording_of(question),))
