"""The parts of a report about one agency that hold no questions: cover, memo, criteria, totals, indicators, plans."""

from __future__ import annotations

from decimal import Decimal

from .document import Block, Cell, Content, Figure, FigureKind, Label, Paragraph, Piece, Style, Table, centred, header_cell
from .printing import Brief
from .truth import Result


def cover(brief: Brief, has_break: bool = True) -> list[Block]:
    """Title, agency and place; a page of its own where `has_break`."""
    key = "measures" if brief.is_later else "analysis"
    blocks: list[Block] = [
        Paragraph(brief.say("titles", key), Style.TITLE),
        Paragraph(brief.fill("{agency}"), Style.TITLE),
    ]
    if brief.agency.place:
        blocks.append(Paragraph((brief.agency.place,), Style.TITLE))
    return [*blocks, Paragraph((), Style.BREAK)] if has_break else blocks


def preface(brief: Brief) -> list[Block]:
    """A heading and a paragraph that says why the report was written."""
    return [Paragraph(brief.say("titles", "preface"), Style.HEADING), Paragraph(brief.say("sentences", "preface"))]


def memo(brief: Brief) -> list[Block]:
    """A memo that goes before the report and says the overall score first."""
    blocks: list[Block] = [Paragraph(brief.say("titles", "memo"), Style.TITLE)]
    blocks += [Paragraph(brief.fill(line)) for line in brief.wording.many("titles", "memo_lines")]
    blocks.append(Paragraph(brief.say("sentences", "memo", value=brief.prose.score(brief.result, "ITA"))))
    blocks.append(Paragraph(brief.say("sentences", "closing")))
    blocks += [Paragraph((line,), Style.RIGHT) for line in brief.wording.many("sentences", "sign")]
    return [*blocks, Paragraph((), Style.BREAK)]


def criteria(brief: Brief) -> list[Block]:
    """The year's grades with their bounds: numbers that are no scores."""
    printer = brief.table
    header = tuple(header_cell(brief.pick("headers", key)) for key in ("grade", "range", "condition"))
    rows: list[tuple[Cell | None, ...]] = [header]
    for grade in brief.framework.grades:
        floor, ceiling = (grade.floor.quantize(Decimal("0.01")), grade.ceiling.quantize(Decimal("0.01")))
        bounds = brief.wording.one("criteria", "range").format(low=printer.digits(floor), high=printer.digits(ceiling))
        condition = brief.wording.one("criteria", "none")
        if grade.instrument_floor is not None:
            condition = brief.wording.one("criteria", "floor").format(value=printer.digits(grade.instrument_floor.quantize(Decimal(1))))
        rows.append((Cell((grade.name,)), Cell((bounds,), align="center"), Cell((condition,))))
    return [Paragraph(brief.say("titles", "criteria"), Style.HEADING), Table(tuple(rows), (2.0, 2.0, 4.0))]


def grade_piece(result: Result) -> Figure:
    """The result's grade."""
    return Figure(result.grade, FigureKind.GRADE, "ITA", result.fiscal_year)


def overall(brief: Brief, has_previous: bool = True) -> list[Block]:
    """The overall score and grade in a sentence, and now and then an average or a target, which are not the agency's."""
    value = brief.prose.score(brief.result, "ITA")
    if brief.previous is not None and has_previous:
        before = brief.prose.score(brief.previous, "ITA")
        difference = brief.prose.difference(value, before)
        assert difference.value is not None
        change = brief.wording.one("sentences", "up" if difference.value > 0 else "down" if difference.value < 0 else "same")
        bare = Figure(difference.text.lstrip("+-"), FigureKind.DIFFERENCE, "ITA", value.year, abs(difference.value))
        content = brief.say(
            "sentences", "overall_two", value=value, before=before, change=change, difference=bare, grade=grade_piece(brief.result)
        )
    else:
        content = brief.say("sentences", "overall", value=value, grade=grade_piece(brief.result))
    if brief.rng.random() < 0.3:
        content = (*content, " ", *brief.say("sentences", "national", value=brief.prose.digits(f"{brief.rng.uniform(80, 94):.2f}")))
    if brief.rng.random() < 0.3:
        content = (*content, " ", *brief.say("sentences", "target", value=brief.prose.digits(85)))
    return [Paragraph(content)]


def instruments_matrix(brief: Brief) -> list[Block]:
    """Years down, instruments across; where EIT has parts its heading spans both. With last year, a row of differences."""
    printer, codes = brief.table, brief.instruments
    year_head, overall_head = brief.pick("headers", "year"), brief.pick("headers", "overall")
    rows: list[tuple[Cell | None, ...]]
    if brief.result.has_parts:
        parts = [brief.wording.one("parts", key).format(one=printer.digits(1), two=printer.digits(2)) for key in ("one", "two")]
        rows = [
            (
                header_cell(year_head, 2),
                header_cell("IIT", 2),
                header_cell("EIT", 1, 2),
                None,
                header_cell("OIT", 2),
                header_cell(overall_head, 2),
            ),
            (None, None, header_cell(parts[0]), header_cell(parts[1]), None, None),
        ]
    else:
        rows = [tuple(header_cell(text) for text in (year_head, *codes, overall_head))]
    header_rows = len(rows)
    results = [result for result in (brief.previous, brief.result) if result is not None and result.has_parts == brief.result.has_parts]
    printed = [[printer.score(result, code) for code in (*codes, "ITA")] for result in results]
    for result, figures in zip(results, printed, strict=True):
        last: Content = (figures[-1], " (", grade_piece(result), ")") if brief.rng.random() < 0.5 else (figures[-1],)
        cells = [centred(printer.digits(result.fiscal_year)), *(centred(one) for one in figures[:-1]), Cell(last, align="center")]
        rows.append(tuple(cells))
    if len(results) == 2:
        differences = [printer.difference(new, old) for old, new in zip(*printed, strict=True)]
        rows.append((centred(brief.wording.one("words", "difference")), *(centred(one) for one in differences)))
    widths = (2.0, *(1.5 for _ in codes), 2.4)
    return [Paragraph(brief.say("titles", "summary"), Style.HEADING), Table(tuple(rows), widths, header_rows)]


def instruments_list(brief: Brief) -> list[Block]:
    """One line an instrument, in its long name."""
    blocks: list[Block] = [Paragraph(brief.say("titles", "summary"), Style.HEADING)]
    template, style = brief.pick("sentences", "instrument"), brief.rng.choice((1, 2))
    for code in ("IIT", "EIT", *(("EIT1", "EIT2") if brief.result.has_parts and brief.rng.random() < 0.5 else ()), "OIT"):
        name = brief.instrument(code, brief.prose, style)
        blocks.append(Paragraph(("- ", *brief.fill(template, label=name, value=brief.prose.score(brief.result, code))), Style.ITEM))
    return blocks


def indicators_two_years(brief: Brief) -> list[Block]:
    """Indicators down, two years and their difference across."""
    assert brief.previous is not None
    printer = brief.table
    template = brief.wording.one("words", brief.rng.choice(("indicator_listed", "indicator_number")))
    years = [printer.digits(one.fiscal_year) for one in (brief.previous, brief.result)]
    heads = (brief.pick("headers", "indicator"), *years, brief.pick("headers", "difference"))
    rows: list[tuple[Cell | None, ...]] = [tuple(header_cell(text) for text in heads)]
    for indicator in brief.framework.indicators:
        old, new = (printer.score(one, indicator.code) for one in (brief.previous, brief.result))
        label = brief.indicator(indicator.code, template, printer)
        rows.append((Cell((label,)), centred(old), centred(new), centred(printer.difference(new, old))))
    return [Paragraph(brief.say("titles", "indicators"), Style.HEADING), Table(tuple(rows), (4.0, 1.4, 1.4, 1.4))]


def indicators_single(brief: Brief) -> list[Block]:
    """Indicators down with one score each; the instrument in a merged cell before them, its own score in it or not."""
    printer = brief.table
    has_scores, has_result = brief.rng.random() < 0.5, brief.rng.random() < 0.4
    style = brief.rng.choice((0, 1))
    heads = [
        brief.pick("headers", "instrument"),
        brief.pick("headers", "number"),
        brief.pick("headers", "indicator"),
        brief.pick("headers", "score"),
    ]
    if has_result:
        heads.append(brief.pick("headers", "result"))
    rows: list[tuple[Cell | None, ...]] = [tuple(header_cell(text) for text in heads)]
    counts = {code: sum(one.instrument == code for one in brief.framework.indicators) for code in ("IIT", "EIT", "OIT")}
    seen: set[str] = set()
    for indicator in brief.framework.indicators:
        code = indicator.instrument
        first: Cell | None = None
        if code not in seen:
            content: Content = (brief.instrument(code, printer, style),)
            if has_scores:
                content = (*content, " ", *brief.fill(brief.wording.one("words", "points"), value=printer.score(brief.result, code)))
            first = Cell(content, row_span=counts[code])
            seen.add(code)
        figure = printer.score(brief.result, indicator.code)
        row = [
            first,
            centred(printer.digits(indicator.number)),
            Cell((brief.indicator(indicator.code, "{name}", printer),)),
            centred(figure),
        ]
        if has_result:
            row.append(centred(_passed(brief, figure)))
        rows.append(tuple(row))
    total = header_cell(brief.wording.one("words", "overall"), 1, 3)
    rows.append((total, None, None, centred(printer.score(brief.result, "ITA")), *((centred(""),) if has_result else ())))
    widths = (3.0, 0.8, 3.6, 1.4, *((1.4,) if has_result else ()))
    return [Paragraph(brief.say("titles", "indicators"), Style.HEADING), Table(tuple(rows), widths)]


def indicators_across(brief: Brief) -> list[Block]:
    """Indicators across, one row of scores."""
    printer = brief.table
    heads = tuple(
        Cell((brief.indicator(one.code, "{number}. {name}", printer),), align="center", is_bold=True) for one in brief.framework.indicators
    )
    scores = tuple(centred(printer.score(brief.result, one.code)) for one in brief.framework.indicators)
    table = Table(((*heads,), (*scores,)), tuple(1.0 for _ in heads))
    return [Paragraph(brief.say("titles", "indicators"), Style.HEADING), table]


def ranked(brief: Brief) -> list[Block]:
    """Indicators by score, not by number."""
    printer = brief.table
    heads = (brief.pick("headers", "rank"), brief.pick("headers", "indicator"), brief.pick("headers", "score"))
    rows: list[tuple[Cell | None, ...]] = [tuple(header_cell(text) for text in heads)]
    for place, code in enumerate(_by_score(brief), start=1):
        rows.append(
            (centred(printer.digits(place)), Cell((brief.indicator(code, "{name}", printer),)), centred(printer.score(brief.result, code)))
        )
    return [Paragraph(brief.say("titles", "ranked"), Style.HEADING), Table(tuple(rows), (1.0, 5.0, 1.5))]


def scored_labels(brief: Brief) -> list[Block]:
    """Indicator, number and score in one cell, an instrument's comment merged beside them."""
    printer = brief.table
    heads = (brief.pick("headers", "indicator"), brief.pick("headers", "comment"))
    rows: list[tuple[Cell | None, ...]] = [tuple(header_cell(text) for text in heads)]
    template = brief.wording.one("words", "indicator_scored")
    for code in ("IIT", "EIT", "OIT"):
        rows.append((Cell((brief.instrument(code, printer, 1),), column_span=2, is_bold=True), None))
        members = [one for one in brief.framework.indicators if one.instrument == code]
        for position, one in enumerate(members):
            number: Piece = printer.digits(one.number)
            content = brief.fill(
                template,
                number=number,
                name=Label(one.name, one.code, brief.result.fiscal_year),
                value=printer.score(brief.result, one.code),
            )
            comment = Cell(brief.say("sentences", "comment"), row_span=len(members)) if position == 0 else None
            rows.append((Cell(content), comment))
    return [Paragraph(brief.say("titles", "indicators"), Style.HEADING), Table(tuple(rows), (3.0, 4.0))]


def indicators_prose(brief: Brief) -> list[Block]:
    """All ten in running text, from the highest to the lowest, in a phrase of its own each."""
    template = brief.wording.one("words", brief.rng.choice(("indicator_number", "indicator_number", "indicator_listed")))
    codes = _by_score(brief)
    content: list[Piece] = []
    for position, code in enumerate(codes):
        key = "indicator_first" if position == 0 else "indicator_last" if position == len(codes) - 1 else "indicator_next"
        named = brief.indicator(code, template if "." not in template else "{name}", brief.prose)
        content += [*brief.say("sentences", key, indicator=named, value=brief.prose.score(brief.result, code)), " "]
    return [Paragraph(brief.say("titles", "indicators"), Style.HEADING), Paragraph(tuple(content[:-1]))]


def indicators_slipped(brief: Brief) -> list[Block]:
    """A table whose names slipped: each row ends with the next indicator's number, and its name starts the row below."""
    printer = brief.table
    blocks: list[Block] = [Paragraph(brief.say("titles", "indicators"), Style.HEADING)]
    template = brief.wording.one("words", "indicator_number")
    for code in ("IIT", "EIT", "OIT"):
        members = [one for one in brief.framework.indicators if one.instrument == code]
        rows: list[tuple[Cell | None, ...]] = []
        for position, one in enumerate(members):
            first = brief.indicator(one.code, template if position == 0 else "{name}", printer)
            following = members[position + 1] if position + 1 < len(members) else None
            last = (brief.indicator(following.code, template.replace(" {name}", ""), printer),) if following else ()
            score = brief.fill(brief.wording.one("words", "points"), value=printer.score(brief.result, one.code))
            rows.append((Cell((first,)), Cell(score, align="center"), Cell(last)))
        blocks.append(
            Paragraph(
                brief.say(
                    "sentences", "instrument", label=brief.instrument(code, brief.prose, 1), value=brief.prose.score(brief.result, code)
                )
            )
        )
        blocks.append(Table(tuple(rows), (3.5, 2.0, 1.6), header_rows=0))
    return blocks


def measures(brief: Brief) -> list[Block]:
    """Next year's measures: dates, sums of money and counts, of which none is a score."""
    rng, digits = brief.rng, brief.table.digits
    headers = brief.wording.many("measures", "headers")
    rows: list[tuple[Cell | None, ...]] = [tuple(header_cell(text) for text in headers)]
    for source in rng.sample(brief.wording.rows("measures", "rows"), rng.randint(2, 4)):
        parts = {
            "baht": digits(f"{rng.randint(5, 90) * 1000:,}"),
            "days": digits(rng.randint(7, 60)),
            "short_year": digits((brief.result.fiscal_year + 1) % 100),
        }
        rows.append(tuple(Cell((text.format(**parts),)) for text in source))
    return [Paragraph(brief.say("titles", "measures_table"), Style.HEADING), Table(tuple(rows), (2.0, 3.2, 1.7, 1.8, 1.9))]


def closing(brief: Brief) -> list[Block]:
    """A last sentence, two lines to sign on, and the line that says the report is made."""
    signs = [Paragraph((line,), Style.RIGHT) for line in brief.wording.many("sentences", "sign")]
    return [Paragraph(brief.say("sentences", "closing")), *signs, made(brief)]


def made(brief: Brief) -> Paragraph:
    """The line that says that the report is made and its numbers are nobody's."""
    return Paragraph((brief.wording.one("words", "made"),), Style.NOTE)


def _passed(brief: Brief, figure: Figure) -> str:
    assert figure.value is not None
    return brief.wording.one("results", "pass" if figure.value >= 85 else "fail")


def _by_score(brief: Brief) -> list[str]:
    codes = [one.code for one in brief.framework.indicators]
    return sorted(codes, key=lambda code: (-brief.result.scores[code], int(code.removeprefix("ind"))))
