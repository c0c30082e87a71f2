"""Which single slips explain a report that does not add up: how far arithmetic alone can tell what was meant.

Every number that is one slip away from a print is put in its place, and every pair of neighbouring columns exchanged;
where all equations hold then, it is an answer. A number that the next row prints too may have been copied from there: then
every value with which all holds is an answer. Where there are several, none is better than another by arithmetic.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from .equations import TO_ARABIC, Interval, Web, interval_of

if TYPE_CHECKING:
    from prongsai.synthesis.document import Figure

DIGITS = "0123456789"
DECIMALS = 2
Answer = tuple[tuple[int, ...], str]
"""The figures that were slipped, by their places, and what was meant; empty for columns exchanged."""


def answers(web: Web) -> list[Answer]:
    """All single slips after which everything holds."""
    failing = {agency for agency in {one.agency for one in web.figures} if any(web.broken({}, {agency}, has_means=False))}
    is_mean = any(web.broken({}, ()))
    found: list[Answer] = []
    copied = {at for pair in neighbours(web, is_beside=False) for at in pair if _text(web, pair[0]) == _text(web, pair[1])}
    for at, figure in enumerate(web.figures):
        touched = {figure.agency, *failing}
        if not (is_mean or figure.agency in failing) or any(web.broken({at: None}, touched)):
            continue
        changes = ((meant, interval_of(meant, figure.scale)) for meant in sorted(set(_meant(figure))))
        found += [((at,), meant) for meant, interval in changes if not any(web.broken({at: interval}, touched))]
        if at in copied:
            found += [((at,), f"{cents / 100:.2f}") for cents in _fitting(web, at, touched)]
    for left, right in neighbours(web, is_beside=True):
        owners = {web.figures[left].agency, web.figures[right].agency}
        is_near = is_mean or owners & failing
        if is_near and not any(web.broken({left: web.intervals[right], right: web.intervals[left]}, owners | failing)):
            found.append(((left, right), ""))
    return found


def _fitting(web: Web, at: int, touched: Collection[str]) -> range:
    """The values, in cents of the print's scale, that a figure may have for everything to hold; they lie side by side."""
    figure = web.figures[at]
    lowest, highest = interval_of("0.00", figure.scale), interval_of(f"{figure.scale}.00", figure.scale)

    def holds(low: int, high: int) -> bool:
        ends = interval_of(f"{low / 100:.2f}", figure.scale), interval_of(f"{high / 100:.2f}", figure.scale)
        return not any(web.broken({at: Interval(max(lowest.low, ends[0].low), min(highest.high, ends[1].high))}, touched))

    top = 100 * figure.scale
    first = bisect_left(range(top + 1), True, key=lambda high: holds(0, high))
    last = bisect_left(range(top + 1), True, key=lambda low: not holds(low, top)) - 1
    return range(first, last + 1)


def _text(web: Web, at: int) -> str:
    return web.figures[at].text


def neighbours(web: Web, *, is_beside: bool) -> list[tuple[int, int]]:
    """Pairs of figures of one kind and scale: in neighbouring cells of a row, or in neighbouring rows of a column or a list."""
    from prongsai.synthesis.slips.values import one_above_the_other, side_by_side

    places = {id(one): at for at, one in enumerate(web.figures)}
    pairs = side_by_side(web.report) if is_beside else one_above_the_other(web.report)
    return [(places[id(one)], places[id(two)]) for one, two in pairs]


def _meant(figure: Figure) -> Iterator[str]:
    """Numbers as a report prints them, from which one slip makes the print; values of up to 100 with two decimals, or 100."""
    from prongsai.synthesis.document import FigureKind

    printed = figure.text.translate(TO_ARABIC)
    sign, digits = (printed[0], printed[1:]) if printed[0] in "+-" else ("", printed)
    for meant in _edited(digits):
        whole, point, cents = meant.partition(".")
        is_usual = whole and len(cents) == DECIMALS and (len(whole) == 1 or whole[0] != "0") if point else meant == "100"
        if is_usual and float(meant) <= figure.scale:
            yield sign + meant
    if figure.kind is FigureKind.DIFFERENCE:
        yield digits if sign == "-" else "-" + digits


def _edited(digits: str) -> Iterator[str]:
    for at, digit in enumerate(digits):
        for other in DIGITS if digit != "." else ():
            if other != digit:
                yield digits[:at] + other + digits[at + 1 :]
        after = digits[at + 1 : at + 2]
        if "." not in (digit, after) and after:
            yield digits[:at] + digits[at + 1 :] if after == digit else digits[:at] + after + digit + digits[at + 2 :]
    for at in range(len(digits) + 1):
        for lost in DIGITS:
            yield digits[:at] + lost + digits[at:]
    if "." not in digits and len(digits) > DECIMALS:
        yield f"{digits[:-DECIMALS]}.{digits[-DECIMALS:]}"
