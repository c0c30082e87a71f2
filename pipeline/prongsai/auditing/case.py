"""One agency in one document, as the rules see it: its ledger, the year's frameworks, and every equation held against the print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import NamedTuple, TypeVar

from prongsai.auditing.bases import BasisFound, find_bases
from prongsai.auditing.equations import Check, check, differences, totals
from prongsai.auditing.ledger import USUAL_PLACES, Ledger, Reading, is_torn, ledgers
from prongsai.auditing.means import Means
from prongsai.auditing.mending import Pricing
from prongsai.auditing.plausible import Plausible
from prongsai.auditing.repair import Knot, knots
from prongsai.auditing.swaps import Swaps
from prongsai.auditing.told import Told
from prongsai.auditing.verdicts import Verdict, verdicts
from prongsai.knowledge import Framework, Knowledge
from prongsai.records import Claim, Extract, GradeMention

_SEVERAL = 3
"""Agencies beside its own in a document that is about many."""


@dataclass(frozen=True, slots=True)
class Case:
    """Everything that the rules need of one agency in one document."""

    extract: Extract
    knowledge: Knowledge
    ledger: Ledger
    frameworks: Mapping[int, Framework]
    """Of the years that are printed and known."""
    bases: Mapping[int, Mapping[str, BasisFound]]
    """By year and instrument."""
    checks: tuple[Check, ...]
    knots: tuple[Knot, ...]
    verdicts: tuple[Verdict, ...]
    """What the knots come to."""
    is_average: bool
    """Whether the scores are means over several agencies, so that grades and weights need not hold for them."""
    is_own: bool
    """Whether what is found of the document as a whole belongs to this case: that of its own agency, or else its first."""
    grades: tuple[GradeMention, ...]
    claims: tuple[Claim, ...]
    """The agency's own; none of either where several agencies of the document share its name."""
    mended: Mapping[str, Fraction] = field(default_factory=dict)
    """Of means over several agencies: what clear verdicts on these make of their mentions."""


def cases(extract: Extract, knowledge: Knowledge) -> Iterator[Case]:
    """One case for each agency whose scores the document prints, in reading order; one without scores where it prints none."""
    document = extract.document
    found = list(ledgers(extract)) or [Ledger(document.agency, document.place_code, {}, (), USUAL_PLACES, {})]
    own = next((ledger for ledger in found if ledger.agency == document.agency), found[0])
    names = Counter(ledger.agency for ledger in found)
    grades, claims = _by_agency(extract.grades), _by_agency(extract.claims)
    webs = [_web(ledger, knowledge) for ledger in found]
    swaps = Swaps([(ledger, web.checks) for ledger, web in zip(found, webs, strict=True)])
    averages = [ledger for ledger in found if _is_average(ledger, found, extract, knowledge)]
    means = Means(averages, extract.mentions)
    made: dict[int, Case] = {}
    mended: dict[str, Fraction] = {}
    # Means over the others come last, for what mends these may mend them.
    for at in sorted(range(len(found)), key=lambda each: any(found[each] is one for one in averages)):
        ledger, is_average = found[at], any(found[at] is one for one in averages)
        said = (grades.get(ledger.agency, []), claims.get(ledger.agency, [])) if names[ledger.agency] == 1 else ([], [])
        case = _case(extract, knowledge, ledger, webs[at], swaps, means, is_average=is_average, is_own=ledger is own, said=said)
        made[at] = replace(case, mended=dict(mended)) if is_average else case
        clear = [one for one in case.verdicts if one.is_clear and one.expected is not None]
        mended |= {key: Fraction(one.expected) for one in clear for print_ in one.prints for key in print_.ids if one.expected is not None}
    yield from (made[at] for at in range(len(found)))


T = TypeVar("T", GradeMention, Claim)


def _by_agency(rows: Iterable[T]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for row in rows:
        found.setdefault(row.agency, []).append(row)
    return found


class _Web(NamedTuple):
    """What the frameworks say of a ledger."""

    frameworks: Mapping[int, Framework]
    bases: Mapping[int, Mapping[str, BasisFound]]
    checks: tuple[Check, ...]


def _web(ledger: Ledger, knowledge: Knowledge) -> _Web:
    frameworks = {year: framework for year in ledger.years if (framework := knowledge.framework(year)) is not None}
    bases = {year: find_bases(ledger, year, framework) for year, framework in frameworks.items()}
    return _Web(frameworks, bases, tuple(_by_habit(list(_checks(ledger, frameworks, bases)))))


def _case(
    extract: Extract,
    knowledge: Knowledge,
    ledger: Ledger,
    web: _Web,
    swaps: Swaps,
    means: Means,
    *,
    is_average: bool,
    is_own: bool,
    said: tuple[list[GradeMention], list[Claim]],
) -> Case:
    frameworks, bases, checks = web
    grades, claims = said
    held = tuple(one for one in checks if one.equation.subject.is_difference) if is_average else checks
    torn = [slot for slot, prints in ledger.prints.items() if is_torn(prints)]
    told = Told(ledger, {} if is_average else frameworks, claims, grades)
    pricing = Pricing(knowledge.slips, Plausible(ledger, {} if is_average else frameworks), swaps, means, told)
    tied = tuple(knots(ledger, held, torn, pricing))
    found = tuple(verdicts(tied, ledger))
    return Case(extract, knowledge, ledger, frameworks, bases, checks, tied, found, is_average, is_own, tuple(grades), tuple(claims))


def _checks(ledger: Ledger, frameworks: Mapping[int, Framework], bases: Mapping[int, Mapping[str, BasisFound]]) -> Iterator[Check]:
    for year, framework in frameworks.items():
        chosen = {instrument: found.basis for instrument, found in bases[year].items()}
        for equation in totals(ledger, year, framework, chosen):
            if (held := check(equation, ledger)) is not None:
                yield held
    for equation in differences(ledger):
        if (held := check(equation, ledger)) is not None:
            yield held


def _by_habit(checks: Sequence[Check]) -> Iterator[Check]:
    """The checks; a total that holds only if its end was cut off fails, unless the agency cuts off others too."""
    is_habit = sum(one.reading is Reading.TRUNCATED for one in checks) > 1
    for one in checks:
        yield one if is_habit or one.reading is not Reading.TRUNCATED else replace(one, reading=None, is_cut=True)


def _is_average(ledger: Ledger, all_of_them: Iterable[Ledger], extract: Extract, knowledge: Knowledge) -> bool:
    """Whether it is the row of a table's totals, or what a document about several agencies says of all of them together: its own
    agency's, where that stands below the others in their table or in none with them."""
    others = [other for other in all_of_them if other is not ledger]
    if len(others) < _SEVERAL or ledger.agency in knowledge.phrases["label.total_row"]:
        return len(others) >= _SEVERAL
    if ledger.agency not in ("", extract.document.agency):
        return False
    lowest: dict[int, dict[str, int]] = {}
    for mention in extract.mentions:
        if mention.table is not None and mention.row is not None:
            rows = lowest.setdefault(mention.table, {})
            rows[mention.agency] = max(mention.row, rows.get(mention.agency, 0))
    beside = [rows for rows in lowest.values() if ledger.agency in rows and len(rows) > _SEVERAL]
    return all(rows[ledger.agency] == max(rows.values()) for rows in beside)
