"""Reports about many agencies: one a row, one a column, or one a row on the weighted scale."""

from __future__ import annotations

from decimal import Decimal

from .agency import Agency
from .document import Block, Cell, Figure, FigureKind, Paragraph, Style, Table, centred, header_cell
from .printing import Brief, mean_row
from .sections import made
from .truth import Result

Member = tuple[Agency, Result]
Row = tuple[Cell | None, ...]


def rows_of_instruments(brief: Brief, members: tuple[Member, ...]) -> list[Block]:
    """An agency a row: instruments, overall and grade; sometimes a last row with each column's mean."""
    codes = (*brief.instruments, "ITA")
    printer = brief.table
    names = [brief.instrument(code, printer, 0).text for code in codes[:-1]]
    heads = [
        brief.pick("headers", "number"),
        brief.pick("headers", "agency"),
        *names,
        brief.pick("headers", "overall"),
        brief.pick("headers", "grade"),
    ]
    rows: list[Row] = [tuple(header_cell(text) for text in heads)]
    for number, (agency, result) in enumerate(members, start=1):
        cells = [centred(printer.score(result, code, agency.name)) for code in codes]
        grade = Figure(result.grade, FigureKind.GRADE, "ITA", result.fiscal_year, agency=agency.name)
        rows.append((centred(printer.digits(number)), Cell((agency.name,)), *cells, centred(grade)))
    if brief.rng.random() < 0.5:
        total = brief.wording.one("words", "total_average")
        rows.append((header_cell(total, 1, 2), None, *_means(brief, members, codes, total), Cell()))
    widths = (0.7, 4.2, *(1.2 for _ in codes), 1.9)
    return [*_title(brief), Table(tuple(rows), widths), made(brief)]


def rows_of_indicators(brief: Brief, members: tuple[Member, ...]) -> list[Block]:
    """An agency a row: the ten indicators by their numbers, then the overall score, under a header of two rows."""
    printer = brief.table
    indicators = brief.framework.indicators
    codes = (*(one.code for one in indicators), "ITA")
    rows: list[Row] = [
        (
            header_cell(brief.pick("headers", "agency"), 2),
            header_cell(brief.pick("headers", "indicator"), 1, len(indicators)),
            *(None for _ in indicators[1:]),
            header_cell(brief.pick("headers", "overall"), 2),
        ),
        (None, *(header_cell(printer.digits(one.number)) for one in indicators), None),
    ]
    for agency, result in members:
        rows.append((Cell((agency.name,)), *(centred(printer.score(result, code, agency.name)) for code in codes)))
    return [*_title(brief), Table(tuple(rows), (3.4, *(1.0 for _ in codes)), 2), made(brief)]


def columns(brief: Brief, members: tuple[Member, ...]) -> list[Block]:
    """An agency a column, indicators and the overall score down."""
    printer = brief.table
    rows: list[Row] = [(header_cell(brief.pick("headers", "indicator")), *(header_cell(agency.name) for agency, _ in members))]
    template = brief.wording.one("words", "indicator_listed")
    for one in brief.framework.indicators:
        label = brief.indicator(one.code, template, printer)
        rows.append((Cell((label,)), *(centred(printer.score(result, one.code, agency.name)) for agency, result in members)))
    overall = header_cell(brief.pick("headers", "overall"))
    rows.append((overall, *(centred(printer.score(result, "ITA", agency.name)) for agency, result in members)))
    return [*_title(brief), Table(tuple(rows), (3.4, *(1.6 for _ in members))), made(brief)]


def rows_weighted(brief: Brief, members: tuple[Member, ...]) -> list[Block]:
    """An agency a row on the weighted scale (IIT of 30, EIT of 30, OIT of 40), full marks under each name or not."""
    printer = brief.table
    weights = {one.code: one.weight for one in brief.framework.instruments}
    codes = ("IIT", "EIT", "OIT")
    has_marks = brief.rng.random() < 0.5
    marks = {
        code: " " + brief.wording.one("headers", "full_marks").format(value=printer.digits(int(weights[code] * 100))) for code in codes
    }
    names = [brief.instrument(code, printer, 0).text + (marks[code] if has_marks else "") for code in codes]
    heads = (brief.pick("headers", "agency"), *names, brief.pick("headers", "overall"))
    rows: list[Row] = [tuple(header_cell(text) for text in heads)]
    for agency, result in members:
        cells = [centred(printer.weighted(result, code, weights[code], agency.name)) for code in codes]
        rows.append((Cell((agency.name,)), *cells, centred(printer.score(result, "ITA", agency.name))))
    return [*_title(brief), Table(tuple(rows), (4.0, 1.5, 1.5, 1.5, 1.6)), made(brief)]


def weighted_single(brief: Brief) -> list[Block]:
    """One agency's instruments with their weights and weighted scores beside the plain ones."""
    printer = brief.table
    heads = [brief.pick("headers", key) for key in ("instrument", "score", "full", "weighted")]
    rows: list[Row] = [tuple(header_cell(text) for text in heads)]
    for one in brief.framework.instruments:
        plain, share = printer.score(brief.result, one.code), printer.digits(int(one.weight * 100))
        weighted = printer.weighted(brief.result, one.code, Decimal(one.weight))
        rows.append((Cell((brief.instrument(one.code, printer, 1),)), centred(plain), centred(share), centred(weighted)))
    rows.append((header_cell(brief.wording.one("words", "overall"), 1, 3), None, None, centred(printer.score(brief.result, "ITA"))))
    return [Paragraph(brief.say("titles", "summary"), Style.HEADING), Table(tuple(rows), (4.2, 1.4, 1.4, 1.6))]


def _title(brief: Brief) -> list[Block]:
    return [Paragraph(brief.say("titles", "group"), Style.TITLE)]


def _means(brief: Brief, members: tuple[Member, ...], codes: tuple[str, ...], name: str) -> list[Cell]:
    results = tuple(result for _, result in members)
    year = brief.result.fiscal_year
    means = ((code, mean_row(results, code)) for code in codes)
    return [centred(Figure(brief.table.number(value), FigureKind.SCORE, code, year, value, 100, name)) for code, value in means]
