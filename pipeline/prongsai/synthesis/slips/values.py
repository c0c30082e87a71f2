"""Slips of a printed score or difference, wherever it stands: the slips that an audit is to find and to mend.

The place is drawn evenly among all printed numbers that have one for the slip.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import pairwise
from random import Random
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from prongsai.synthesis.document import Content, Figure, FigureKind, KnownFinding, Report, Style, Table, figures

from . import digits
from .change import Slip, changed

if TYPE_CHECKING:
    from prongsai.knowledge import Framework

T = TypeVar("T")
FULL = Decimal(100)
TEXT_EDITS: Mapping[str, tuple[Callable[[str, Random], str | None], str]] = MappingProxyType(
    {
        "digit_other": (digits.other, "one digit for another"),
        "digits_swapped": (digits.swapped, "two neighbouring digits swapped"),
        "digit_lost": (digits.lost, "a digit lost"),
        "digit_doubled": (digits.doubled, "a digit printed twice"),
        "point_lost": (digits.point_lost, "the decimal point lost"),
    }
)


def edited(report: Report, rng: Random, _framework: Framework, name: str) -> Report | None:
    """One printed number with a slip of TEXT_EDITS in it."""
    change, note = TEXT_EDITS[name]
    for figure in _shuffled([one for one in figures(report) if one.kind is not FigureKind.GRADE], rng):
        text = change(figure.text, rng)
        if text is not None and (slipped := _put(report, figure, text, note)) is not None:
            return slipped
    return None


def row_copied(report: Report, rng: Random, _framework: Framework) -> Report | None:
    """A value copied from the row above or below it."""
    different = [pair for pair in one_above_the_other(report) if pair[0].value != pair[1].value]
    for upper, lower in _shuffled(different, rng):
        here, there, where = rng.choice(((upper, lower, "below"), (lower, upper, "above")))
        if (slipped := _put(report, here, there.text, f"copied from the row {where}")) is not None:
            return slipped
    return None


def columns_swapped(report: Report, rng: Random, _framework: Framework) -> Report | None:
    """Two scores side by side in the columns of each other: of two years, two instruments or two agencies."""
    different = [pair for pair in side_by_side(report) if pair[0].value != pair[1].value]
    for left, right in _shuffled(different, rng):
        half = _put(report, left, right.text, "two columns swapped")
        if half is not None and (slipped := _put(half, right, left.text, "two columns swapped")) is not None:
            return slipped
    return None


def sign_wrong(report: Report, rng: Random, _framework: Framework) -> Report | None:
    """A difference in a table whose sign is lost or turned."""
    in_tables = [figure for block in report.blocks if isinstance(block, Table) for figure in _in_table(block)]
    for figure in _shuffled([one for one in in_tables if one.kind is FigureKind.DIFFERENCE and one.value], rng):
        bare = figure.text.lstrip("+-")
        text = rng.choice((bare, "+" + bare)) if figure.text.startswith("-") else "-" + bare
        if (slipped := _put(report, figure, text, "the sign lost or turned")) is not None:
            return slipped
    return None


VALUE_SLIPS: Mapping[str, Slip] = MappingProxyType(
    {
        **{name: partial(edited, name=name) for name in TEXT_EDITS},
        "row_copied": row_copied,
        "columns_swapped": columns_swapped,
        "sign_wrong": sign_wrong,
    }
)


def _put(report: Report, figure: Figure, text: str, note: str) -> Report | None:
    """The report with a figure printed as `text`; its value is None where that is no score or difference any more."""
    printed = digits.value_of(text)
    scaled = printed * FULL / figure.scale
    value = scaled if abs(scaled) <= FULL else None
    finding = KnownFinding(
        "difference" if figure.kind is FigureKind.DIFFERENCE else "value",
        figure.year,
        figure.code,
        str(printed),
        str(digits.value_of(figure.text)),
        note,
        figure.agency,
    )
    return changed(report, figure, replace(figure, text=text, value=value), finding)


def one_above_the_other(report: Report) -> Iterator[tuple[Figure, Figure]]:
    """Numbers of the same kind in neighbouring rows of one column, or in neighbouring items of a list."""
    columns: list[list[Figure]] = [[]]
    for block in report.blocks:
        if isinstance(block, Table):
            down = zip(*block.rows, strict=True)
            columns += [[one for cell in column if cell is not None for one in _of(cell.content)] for column in down]
            columns.append([])
        elif block.style is Style.ITEM and len(found := _of(block.content)) == 1:
            columns[-1] += found
        else:
            columns.append([])
    for figures_down in columns:
        yield from (pair for pair in pairwise(figures_down) if _are_alike(*pair))


def side_by_side(report: Report) -> Iterator[tuple[Figure, Figure]]:
    """Scores of the same kind in neighbouring cells of one row."""
    for block in report.blocks:
        for row in block.rows if isinstance(block, Table) else ():
            across = [found[0] for cell in row if cell is not None and len(found := _of(cell.content)) == 1]
            for left, right in pairwise(across):
                if left.kind is FigureKind.SCORE and _are_alike(left, right) and _level(left.code) == _level(right.code):
                    yield left, right


def _are_alike(one: Figure, two: Figure) -> bool:
    return one.kind is two.kind and one.scale == two.scale


def _level(code: str) -> str:
    """Questions, indicators, or what stands above them."""
    return "ind" if code.startswith("ind") else code[0] if code[0] in "ieo" else "above"


def _in_table(table: Table) -> Iterator[Figure]:
    return (figure for row in table.rows for cell in row if cell is not None for figure in _of(cell.content))


def _of(content: Content) -> list[Figure]:
    return [piece for piece in content if isinstance(piece, Figure) and piece.kind is not FigureKind.GRADE]


def _shuffled(items: list[T], rng: Random) -> list[T]:
    return rng.sample(items, len(items))
