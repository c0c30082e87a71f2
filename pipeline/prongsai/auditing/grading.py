"""Which grades scores allow."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from prongsai.auditing.intervals import Interval
from prongsai.auditing.known import Known
from prongsai.auditing.ledger import Slot
from prongsai.knowledge import Framework


def possible_grades(framework: Framework, known: Known, code: str) -> tuple[str, ...]:
    """The grades that the printed scores allow, the best first; none where the score itself is not printed. What is not
    printed may be any score."""
    year = framework.fiscal_year
    own = known.at(Slot(year, code))
    if own is None:
        return ()
    found = []
    for grade in framework.grades:
        holds = [_reaches(own, grade.floor)]
        if grade.instrument_floor is not None:
            holds += _instruments(known, framework, grade.instrument_floor, year) if code == "ITA" else [None]
        if False not in holds:
            found.append(grade.name)
        if all(holds):
            break
    return tuple(found)


def _instruments(known: Known, framework: Framework, floor: Decimal, year: int) -> Iterator[bool | None]:
    """Whether each instrument, and each part of one, reaches a floor; a whole below it has a part below it."""
    for instrument in framework.instruments:
        whole = _reaches(known.score(year, instrument.code), floor)
        if not instrument.parts or whole is False:
            yield whole
        yield from (_reaches(known.score(year, part.code), floor) for part in instrument.parts)


def _reaches(score: Interval, floor: Decimal) -> bool | None:
    return True if score.low >= Fraction(floor) else False if score.high < Fraction(floor) else None
