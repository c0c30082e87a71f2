"""Means over several agencies: what a column of scores refutes of the mean below it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from prongsai.auditing.case import Case
from prongsai.auditing.intervals import round_to
from prongsai.auditing.means import Column, columns
from prongsai.auditing.neighbours import is_copy
from prongsai.auditing.say import say
from prongsai.auditing.slips import origins
from prongsai.records import Finding, Mention, Severity


def column_mean(case: Case) -> Iterator[Finding]:
    """A mean over several agencies that is not the mean of its column; a warning, for agencies may be left out of it.

    Where two means side by side hold once the scores of one agency change places, that agency is named instead.
    """
    failed = [column for column in columns(case.ledger, case.extract.mentions) if not column.holds()] if case.is_average else []
    failed = [column for column in failed if not column.holds(_moved(case, column))]
    exchanged: set[int] = set()
    for one, two in combinations(failed, 2):
        pairs = list(_exchanges(one, two))
        if len(pairs) == 1:
            exchanged |= {id(one), id(two)}
            yield _exchange(case, one, two, *pairs[0])
    for column in failed:
        if id(column) not in exchanged:
            yield _wrong(case, column, [other.mean.value for other in failed if other is not column])


def _moved(case: Case, column: Column) -> Fraction:
    """By how much the sum of a column changes where its scores are mended."""
    return sum((case.mended.get(mention.mention_id, value) - value for mention, value in column.scores), Fraction(0))


def _exchanges(one: Column, two: Column) -> Iterator[tuple[Mention, Mention]]:
    """The scores of one row in two columns side by side with which, in each other's place, both means hold."""
    are_beside = one.at.table == two.at.table and abs((one.at.column or 0) - (two.at.column or 0)) == 1
    if not are_beside or (one.at.scale, one.at.fiscal_year) != (two.at.scale, two.at.fiscal_year):
        return
    by_row = {mention.row: (mention, value) for mention, value in two.scores}
    for mention, value in one.scores:
        other, its_value = by_row.get(mention.row, (mention, value))
        if other.agency == mention.agency and one.holds(its_value - value) and two.holds(value - its_value):
            yield mention, other


def _exchange(case: Case, one: Column, two: Column, left: Mention, right: Mention) -> Finding:
    assert left.value is not None
    assert right.value is not None
    was, should = (round_to(Fraction(value), case.ledger.places) for value in (left.value, right.value))
    finding = say(
        case,
        "column-mean",
        Severity.WARNING,
        left.code,
        year=left.fiscal_year,
        printed=str(was),
        expected=str(should),
        suggestion=f"{one.mean.slot} = {should} + {two.mean.slot} = {was}",
        ids=(left.mention_id, right.mention_id, *one.mean.ids, *two.mean.ids),
        at=left,
        message="column-exchange",
        other=right.code,
        agency=left.agency,
        means=f"{one.mean.shown}, {two.mean.shown}",
    )
    return replace(finding, agency=left.agency)


def _wrong(case: Case, column: Column, others: Sequence[Fraction]) -> Finding:
    """A mean that is not its column's, with what it should be where one slip makes the print of that: of a digit, or a number copied
    from a neighbour, or one of the `others` that do not hold."""
    mean, places = column.mean, case.ledger.places
    expected = round_to(column.total / len(column.scores), places)
    known = origins(mean, case.knowledge.slips, places, dict.fromkeys(others, False))
    is_slip = Fraction(expected) in known or is_copy(mean, case.ledger.beside)
    return say(
        case,
        "column-mean",
        Severity.WARNING,
        column.mean.slot.code,
        year=column.mean.slot.year,
        printed=column.mean.shown,
        expected=str(expected),
        suggestion=str(expected) if is_slip else "",
        ids=(*column.mean.ids, *(mention.mention_id for mention, _ in column.scores)),
        at=column.at,
        count=len(column.scores),
    )
