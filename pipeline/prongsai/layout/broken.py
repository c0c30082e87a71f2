"""Numbers that their columns were too narrow for: `93.7` and a `0` below it; what stands beside both halves is their row."""

from __future__ import annotations

import re
from collections.abc import Sequence

from prongsai.layout.lines import box_around
from prongsai.layout.model import Line
from prongsai.layout.shapes import is_number
from prongsai.records import Word

DECIMALS = 2
LEAST_BROKEN = 2
"""So many broken numbers a page make sure that they are: one may be a number above another."""
LEAST_WHOLE = 0.5
"""The part of a line's begun numbers that go on in the line which has the rests; a stamp may hide others."""
BELOW = 0.8
"""From the foot of a number to its rest is no more than this part of its height."""
ASIDE_PT = 2.5
"""The middle of a rest stands no further than this beside its number."""
FARTHEST_LINES = 3
"""Between the halves stand at most so many lines less one: those of cells that are not broken, in the middle of the row."""
_BEGUN = re.compile(r"[+\-\N{MINUS SIGN}\N{EN DASH}]?\d{1,3}[.,](\d?)")


def rows_of_broken(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """The lines, those together that a broken number runs through from its first half to its rest."""
    pairs = [(at, below) for at in range(len(lines)) if (below := _line_of_rests(lines, at)) is not None]
    if sum(len(_rests(lines[at], lines[below])) for at, below in pairs) < LEAST_BROKEN:
        return [(line,) for line in lines]
    rows: list[tuple[Line, ...]] = []
    at = 0
    ends = dict(pairs)
    while at < len(lines):
        end = ends.get(at, at) + 1
        rows.append(tuple(lines[at:end]))
        at = end
    return rows


def as_one(row: Sequence[Line]) -> Line:
    """The lines of a row as one, its words left to right, a number's rest behind its first half."""
    if len(row) == 1:
        return row[0]
    words = sorted((word for line in row for word in line.words), key=lambda word: word.box.x0 if word.box is not None else 0.0)
    return Line(tuple(words), box_around(words))


def _line_of_rests(lines: Sequence[Line], at: int) -> int | None:
    """The line in which most of a line's begun numbers go on and no other number stands right of the first; None without one."""
    begun = [word for word in lines[at].words if word.box is not None and _is_begun(word)]
    left = min((word.box.x0 for word in begun if word.box is not None), default=0.0)
    for below in range(at + 1, min(at + 1 + FARTHEST_LINES, len(lines))) if begun else ():
        rests = _rests(lines[at], lines[below])
        numbers = [word for word in lines[below].words if is_number(word.text) and word.box is not None and word.box.x1 > left]
        if len(rests) == len(numbers) >= max(1.0, LEAST_WHOLE * len(begun)):
            return below
    return None


def _rests(line: Line, below: Line) -> list[Word]:
    """The words of a line that are the missing decimals of numbers in the line above."""
    return [word for word in below.words if word.text.isdecimal() and any(_goes_on(begun, word) for begun in line.words)]


def _is_begun(word: Word) -> bool:
    match = _BEGUN.fullmatch(word.text)
    return match is not None and len(match.group(1)) < DECIMALS


def _goes_on(word: Word, rest: Word) -> bool:
    begun = _BEGUN.fullmatch(word.text)
    if begun is None or len(begun.group(1)) + len(rest.text) != DECIMALS or word.box is None or rest.box is None:
        return False
    is_under = word.box.x0 - ASIDE_PT <= rest.box.middle[0] <= word.box.x1 + ASIDE_PT
    return is_under and rest.box.middle[1] > word.box.middle[1] and rest.box.top - word.box.bottom <= BELOW * word.box.height
