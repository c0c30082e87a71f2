"""Grades: against the score and the floors, against the years that used them, and the bounds that a report prints for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from itertools import combinations

from prongsai.auditing.case import Case
from prongsai.auditing.fault import fault_on, is_of_image
from prongsai.auditing.grading import possible_grades
from prongsai.auditing.known import Known
from prongsai.auditing.ledger import Slot
from prongsai.auditing.say import say, words
from prongsai.knowledge import Certainty, Framework, Grade
from prongsai.records import Claim, ClaimKind, Finding, GradeMention, Relation, Severity

_HUNDREDTH = Decimal("0.01")
_LETTERS = 2
"""Grades that are letters have no more of them."""


def level(case: Case) -> Iterator[Finding]:
    """A grade that its score and those of the instruments do not give, and several grades of one score."""
    if case.is_average:
        return
    known = Known(case.ledger.prints, case.verdicts)
    by_score: dict[tuple[int, str], list[GradeMention]] = {}
    for printed in case.grades:
        framework = case.knowledge.framework(printed.fiscal_year)
        if framework is not None and printed.code and printed.grade in _names(framework):
            by_score.setdefault((framework.fiscal_year, printed.code), []).append(printed)
    for (year, code), those in by_score.items():
        framework = case.knowledge.frameworks[year]
        slots = _deciding(case, year, code)
        possible = possible_grades(framework, known, code)
        wrong = [one for one in those if possible and one.grade not in possible]
        for one in _each_once(wrong):
            severity = _severity(case, known, one, slots, possible, is_alone=len(wrong) == len(those))
            yield _wrong(case, known, one, slots, possible, severity)
        right = _each_once([one for one in those if one not in wrong])
        if possible and len(case.ledger.prints[Slot(year, code)]) == 1 and _differ(framework, [one.grade for one in right]):
            yield _several(case, known, right, slots)


def old_grade(case: Case) -> Iterator[Finding]:
    """A grade of other years: letters from FY2566 on, words before."""
    known = Known(case.ledger.prints, case.verdicts)
    told = set()
    for printed in case.grades:
        framework = case.knowledge.framework(printed.fiscal_year)
        if framework is None or not printed.grade or printed.grade in _names(framework) or (framework.fiscal_year, printed.grade) in told:
            continue
        told.add((framework.fiscal_year, printed.grade))
        code = printed.code or "ITA"
        slots = _deciding(case, framework.fiscal_year, code)
        yield say(
            case,
            "old-grade",
            _warning(framework),
            code,
            year=framework.fiscal_year,
            printed=printed.grade,
            expected=" / ".join(possible_grades(framework, known, code)),
            fault=fault_on(case.extract, printed.page),
            ids=known.ids(slots),
            at=printed,
            grades=", ".join(_names(framework)),
        )


def criteria(case: Case) -> Iterator[Finding]:
    """A bound of a grade that is printed otherwise than the year's framework has it."""
    told = set()
    for printed in case.extract.claims if case.is_own else ():
        framework = case.knowledge.framework(printed.fiscal_year)
        if printed.kind not in (ClaimKind.GRADE_FLOOR, ClaimKind.GRADE_CEILING) or framework is None or printed.bound is None:
            continue
        grade = next((one for one in framework.grades if one.name == printed.grade), None)
        key = (framework.fiscal_year, printed.grade, printed.kind, printed.bound)
        if grade is None or key in told or any(_stands_for(printed, bound) for bound in _bounds(framework, grade, printed.kind)):
            continue
        told.add(key)
        expected = grade.floor if printed.kind is ClaimKind.GRADE_FLOOR else grade.ceiling
        yield say(
            case,
            "criteria",
            _warning(framework),
            grade.name,
            year=framework.fiscal_year,
            printed=f"{printed.bound:.2f}",
            expected=f"{expected:.2f}",
            fault=fault_on(case.extract, printed.page),
            at=printed,
            bound=words(case.knowledge, f"criteria-{'floor' if printed.kind is ClaimKind.GRADE_FLOOR else 'ceiling'}"),
        )


def _each_once(printed: Sequence[GradeMention]) -> list[GradeMention]:
    """The first print of each grade."""
    first: dict[str, GradeMention] = {}
    for one in printed:
        first.setdefault(one.grade, one)
    return list(first.values())


def _names(framework: Framework) -> tuple[str, ...]:
    return tuple(grade.name for grade in framework.grades)


def _warning(framework: Framework) -> Severity:
    return Severity.NOTE if framework.status is Certainty.UNVERIFIED else Severity.WARNING


def _deciding(case: Case, year: int, code: str) -> tuple[Slot, ...]:
    """The printed scores that decide on a grade: its own, and for the overall one those of the instruments or their parts."""
    framework = case.knowledge.framework(year)
    codes = [code]
    if code == "ITA" and framework is not None and any(grade.instrument_floor is not None for grade in framework.grades):
        codes += [part for one in framework.instruments for part in (one.code, *(part.code for part in one.parts))]
    return tuple(Slot(year, one) for one in codes if Slot(year, one) in case.ledger.prints)


def _severity(
    case: Case, known: Known, printed: GradeMention, slots: Sequence[Slot], possible: Sequence[str], *, is_alone: bool
) -> Severity:
    """An error only where every grade printed for the score is wrong, since one beside a right one may be a target's, where no
    other year's score gives it, and where all that it rests on is sure."""
    framework = case.knowledge.framework(printed.fiscal_year)
    assert framework is not None
    others = [case.knowledge.framework(year) for year in case.ledger.years if year != framework.fiscal_year]
    is_sure = (
        framework.status is not Certainty.UNVERIFIED
        and printed.code == "ITA"
        and is_alone
        and not is_of_image(case.extract, printed.page)
        and known.are_sure(slots)
        and not any(printed.grade in possible_grades(other, known, printed.code) for other in others if other is not None)
        and all(_differ(framework, (printed.grade, grade)) for grade in possible)
    )
    return Severity.ERROR if is_sure else Severity.WARNING


def _differ(framework: Framework, grades: Sequence[str]) -> bool:
    """Whether grades exclude each other: that someone passed may be said of whoever passed well."""
    general = [grade.name for grade in framework.grades if grade.instrument_floor is None and len(grade.name) > _LETTERS]
    pairs = (sorted(pair, key=len) for pair in combinations(grades, 2))
    return any(not (short in general and long.startswith(short)) for short, long in pairs)


def _wrong(case: Case, known: Known, printed: GradeMention, slots: Sequence[Slot], possible: Sequence[str], severity: Severity) -> Finding:
    return say(
        case,
        "level",
        severity,
        printed.code,
        year=printed.fiscal_year,
        printed=printed.grade,
        expected=" / ".join(possible),
        fault=fault_on(case.extract, printed.page),
        suggestion=possible[0] if len(possible) == 1 else "",
        ids=known.ids(slots),
        at=printed,
        scores=", ".join(f"{slot.code} {known.shown(slot)}" for slot in slots),
    )


def _several(case: Case, known: Known, printed: Sequence[GradeMention], slots: Sequence[Slot]) -> Finding:
    prints = [words(case.knowledge, "print-on-pages", value=one.grade, pages=one.page) for one in printed]
    return say(
        case,
        "level",
        Severity.WARNING,
        printed[0].code,
        year=printed[0].fiscal_year,
        printed=" / ".join(one.grade for one in printed),
        fault=fault_on(case.extract, printed[0].page),
        ids=known.ids(slots),
        at=printed[0],
        message="level-several",
        prints=("; ".join(english for english, _ in prints), "; ".join(thai for _, thai in prints)),
    )


def _bounds(framework: Framework, grade: Grade, kind: ClaimKind) -> tuple[Decimal, ...]:
    """What may be printed for a bound: a grade with further conditions also goes up to where the better one begins."""
    if kind is ClaimKind.GRADE_FLOOR:
        return (grade.floor,)
    better = (one.floor for one in framework.grades if one.floor > grade.floor)
    return (grade.ceiling, *(floor - _HUNDREDTH for floor in better))


def _stands_for(printed: Claim, bound: Decimal) -> bool:
    """Whether a printed bound is the framework's, rounded or cut to the digits that it has."""
    assert printed.bound is not None
    value = printed.bound - _HUNDREDTH if printed.relation is Relation.BELOW else printed.bound
    step = Decimal(1).scaleb(min(0, int(printed.bound.normalize().as_tuple().exponent)))
    return value == bound or any(bound.quantize(step, rounding) == printed.bound for rounding in (ROUND_DOWN, ROUND_HALF_UP))
