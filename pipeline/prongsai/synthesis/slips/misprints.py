"""The kinds of misprint found by hand in five published reports (DESIGN, "What comes in").

Each is a function from a report to the report with one misprint, or None where the report has no place for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from random import Random
from types import MappingProxyType
from typing import TYPE_CHECKING

from prongsai.synthesis.document import AgencyName, Figure, FigureKind, KnownFinding, Label, Report, Table, contents, figures, labels

from .change import Slip, changed, like, scores

if TYPE_CHECKING:
    from prongsai.knowledge import Framework

FIRST_YEAR_OF_WORDS = 2566
OLD_GRADES = ((95, "AA"), (85, "A"), (75, "B"), (65, "C"), (55, "D"), (50, "E"), (0, "F"))
"""Floors of the letters to FY2565 (patterns/frameworks/2565.toml)."""
LOOKALIKES = (
    ("\N{THAI CHARACTER KHO KHAI}", "\N{THAI CHARACTER BO BAIMAI}"),
    ("\N{THAI CHARACTER KHO KHWAI}", "\N{THAI CHARACTER DO DEK}"),
    ("\N{THAI CHARACTER KO KAI}", "\N{THAI CHARACTER THO THUNG}"),
    ("\N{THAI CHARACTER MO MA}", "\N{THAI CHARACTER NO NU}"),
    ("\N{THAI CHARACTER PHO PHAN}", "\N{THAI CHARACTER PHO PHUNG}"),
    ("\N{THAI CHARACTER TO TAO}", "\N{THAI CHARACTER DO DEK}"),
)
"""Consonants that readers and typists take for each other."""


def code_doubled(report: Report, rng: Random, _framework: Framework) -> Report | None:
    """A tens digit of a code one too high: i20 for i10."""
    found = [one for one in _plain_codes(report) if 10 <= int(one.code[1:]) <= 19]
    if not found:
        return None
    label = rng.choice(found)
    number = int(label.code[1:])
    text = label.text.replace(like(label, number), like(label, number + 10))
    finding = KnownFinding("code", label.year, label.code, text, label.code, "tens digit one too high")
    return changed(report, label, replace(label, text=text), finding)


def letter_as_digit(report: Report, rng: Random, _framework: Framework) -> Report | None:
    """The letter i printed as the digit one."""
    found = [one for one in _plain_codes(report) if one.code[0] == "i"]
    if not found:
        return None
    label = rng.choice(found)
    return changed(report, label, replace(label, text=like(label, "1" + label.code[1:])))


def letter_lost(report: Report, rng: Random, _framework: Framework) -> Report | None:
    """A code without its letter."""
    found = [one for one in _plain_codes(report) if one.code[0] in "ie"]
    if not found:
        return None
    label = rng.choice(found)
    return changed(report, label, replace(label, text=like(label, label.code[1:])))


def letter_capital(report: Report, rng: Random, _framework: Framework) -> Report | None:
    """One code with a capital letter among small ones."""
    found = [one for one in _plain_codes(report) if one.text[:1].islower()]
    if not found:
        return None
    label = rng.choice(found)
    return changed(report, label, replace(label, text=label.text[0].upper() + label.text[1:]))


def total_swapped(report: Report, rng: Random, framework: Framework) -> Report | None:
    """Two neighbouring digits of an instrument's score swapped, where its indicators are printed to tell."""
    known = {(one.year, one.code) for one in scores(report)}
    found = []
    for one in scores(report):
        if one.code not in ("IIT", "EIT", "OIT") or one.scale != 100:
            continue
        members = [indicator.code for indicator in framework.indicators if indicator.instrument == one.code]
        if all((one.year, code) in known for code in members) and (swapped := _swap(one.value)) is not None:
            found.append((one, swapped))
    if not found:
        return None
    figure, value = rng.choice(found)
    finding = KnownFinding("total", figure.year, figure.code, str(value), str(figure.value), "two digits swapped")
    return changed(report, figure, replace(figure, text=like(figure, value), value=value), finding)


def difference_from_below(report: Report, rng: Random, _framework: Framework) -> Report | None:
    """A difference copied from the row below."""
    pairs = []
    for block in report.blocks:
        if isinstance(block, Table):
            column = [piece for row in block.rows for cell in row if cell for piece in cell.content if isinstance(piece, Figure)]
            column = [one for one in column if one.kind is FigureKind.DIFFERENCE]
            pairs += [(one, two) for one, two in pairwise(column) if one.value != two.value and one.code != two.code]
    if not pairs:
        return None
    here, below = rng.choice(pairs)
    finding = KnownFinding("difference", here.year, here.code, str(below.value), str(here.value), "copied from the row below")
    return changed(report, here, replace(here, text=below.text, value=below.value), finding)


def difference_wrong(report: Report, rng: Random, _framework: Framework) -> Report | None:
    """A difference with one digit wrong."""
    found = [one for one in figures(report) if one.kind is FigureKind.DIFFERENCE and one.value]
    if not found:
        return None
    figure = rng.choice(found)
    assert figure.value is not None
    value = figure.value + rng.choice((Decimal("0.10"), Decimal("1.00"), Decimal("0.05"))) * (1 if figure.value > 0 else -1)
    text = figure.text.replace(like(figure, abs(figure.value)), like(figure, abs(value)))
    if text == figure.text:
        return None
    finding = KnownFinding("difference", figure.year, figure.code, str(value), str(figure.value), "one digit wrong")
    return changed(report, figure, replace(figure, text=text, value=value), finding)


def indicator_renumbered(report: Report, rng: Random, framework: Framework) -> Report | None:
    """An indicator's number that belongs to another, before its own name."""
    numbers = {one.code: one.number for one in framework.indicators}
    names = {one.code: one.name for one in framework.indicators}
    found = [
        one for one in labels(report) if one.code in numbers and names[one.code] in one.text and like(one, numbers[one.code]) in one.text
    ]
    if not found:
        return None
    label = rng.choice(found)
    right = numbers[label.code]
    wrong = rng.choice([number for number in numbers.values() if number != right])
    text = label.text.replace(like(label, right), like(label, wrong), 1)
    finding = KnownFinding("label", label.year, label.code, text, label.text, "number and name disagree")
    return changed(report, label, replace(label, text=text), finding)


def agency_misspelt(report: Report, rng: Random, _framework: Framework) -> Report | None:
    """The agency's name with one consonant taken for its look-alike, where it is printed right elsewhere."""
    names = [piece for content in contents(report) for piece in content if isinstance(piece, AgencyName)]
    half = len(report.agency) // 2
    swaps = {old: new for pair in LOOKALIKES for old, new in (pair, pair[::-1])}
    places = [index for index in range(half, len(report.agency)) if report.agency[index] in swaps]
    if len(names) < 3 or not places:
        return None
    index = rng.choice(places)
    text = report.agency[:index] + swaps[report.agency[index]] + report.agency[index + 1 :]
    finding = KnownFinding("agency", report.fiscal_year, "agency", text, report.agency, "one consonant taken for its look-alike")
    return changed(report, rng.choice(names[1:]), AgencyName(text), finding)


def overall_conflict(report: Report, rng: Random, _framework: Framework) -> Report | None:
    """One mention of the overall score with another tens digit, where it is printed right elsewhere."""
    found = [one for one in scores(report) if (one.code, one.year) == ("ITA", report.fiscal_year)]
    if len(found) < 2:
        return None
    figure = rng.choice(found)
    assert figure.value is not None
    value = figure.value + (Decimal(10) if figure.value < 80 else Decimal(-10))
    finding = KnownFinding("conflict", figure.year, "ITA", str(value), str(figure.value), "two overall scores")
    return changed(report, figure, replace(figure, text=like(figure, value), value=value), finding)


def grade_wrong(report: Report, rng: Random, framework: Framework) -> Report | None:
    """A grade that the scores do not reach, or more than reach."""
    found = [one for one in figures(report) if one.kind is FigureKind.GRADE and one.year == framework.fiscal_year and not one.agency]
    if not found:
        return None
    figure = rng.choice(found)
    names = [grade.name for grade in framework.grades]
    if figure.text not in names:
        return None
    place = names.index(figure.text)
    wrong = rng.choice([names[near] for near in (place - 1, place + 1) if 0 <= near < len(names)])
    finding = KnownFinding("level", figure.year, "ITA", wrong, figure.text, "the grade next to the right one")
    return changed(report, figure, replace(figure, text=wrong), finding)


def grade_of_old(report: Report, rng: Random, framework: Framework) -> Report | None:
    """A letter of the grades before FY2566 in a later report; agencies went on writing them."""
    found = [one for one in figures(report) if one.kind is FigureKind.GRADE and one.year == framework.fiscal_year and not one.agency]
    overall = [one.value for one in scores(report) if (one.code, one.year) == ("ITA", framework.fiscal_year)]
    if not found or not overall or framework.fiscal_year < FIRST_YEAR_OF_WORDS:
        return None
    figure = rng.choice(found)
    letter = next(name for floor, name in OLD_GRADES if overall[0] is not None and overall[0] >= floor)
    finding = KnownFinding("level", figure.year, "ITA", letter, figure.text, "a grade of the years before FY2566")
    return changed(report, figure, replace(figure, text=letter), finding)


def rows_joined(report: Report, rng: Random, _framework: Framework) -> Report | None:
    """Two questions of a table on one line: the lower row's code and score stand in the upper row's cells."""
    found = []
    for block in report.blocks:
        if isinstance(block, Table):
            rows = range(block.header_rows, len(block.rows) - 1)
            found += [(block, row) for row in rows if _can_join(block, row)]
    if not found:
        return None
    table, row = rng.choice(found)
    upper, lower = table.rows[row], table.rows[row + 1]
    joined = tuple(
        None if one is None else replace(one, content=(*one.content, "\n", *two.content) if two and two.content else one.content)
        for one, two in zip(upper, lower, strict=True)
    )
    rows_left = (*table.rows[:row], joined, *table.rows[row + 2 :])
    blocks = tuple(replace(table, rows=rows_left) if block is table else block for block in report.blocks)
    return replace(report, blocks=blocks)


SLIPS: Mapping[str, Slip] = MappingProxyType(
    {
        "code_doubled": code_doubled,
        "letter_as_digit": letter_as_digit,
        "letter_lost": letter_lost,
        "letter_capital": letter_capital,
        "total_swapped": total_swapped,
        "difference_from_below": difference_from_below,
        "difference_wrong": difference_wrong,
        "indicator_renumbered": indicator_renumbered,
        "agency_misspelt": agency_misspelt,
        "overall_conflict": overall_conflict,
        "grade_wrong": grade_wrong,
        "grade_of_old": grade_of_old,
        "rows_joined": rows_joined,
    }
)


def _plain_codes(report: Report) -> list[Label]:
    taken = {one.subject for one in report.findings}
    return [one for one in labels(report) if one.is_code and one.code not in taken and one.text[0] in "ieoIEO" and " " not in one.text]


def _swap(value: Decimal | None) -> Decimal | None:
    """The value with two neighbouring unequal digits swapped, decimals first; None where that gives nothing new below 100."""
    if value is None or value >= 100:
        return None
    text = f"{value:.2f}"
    whole, cents = text.split(".")
    if cents[0] != cents[1]:
        return Decimal(f"{whole}.{cents[::-1]}")
    if len(whole) == 2 and whole[0] != whole[1] and whole[1] != "0":
        return Decimal(f"{whole[::-1]}.{cents}")
    return None


def _can_join(table: Table, row: int) -> bool:
    upper, lower = table.rows[row], table.rows[row + 1]
    if any(cell is not None and cell.row_span > 1 for cell in (*upper, *lower)) or any(cell is None for cell in (*upper, *lower)):
        return False
    pieces = [[piece for cell in line if cell for piece in cell.content] for line in (upper, lower)]
    return all(any(isinstance(piece, Label) and piece.is_code for piece in line) for line in pieces)
