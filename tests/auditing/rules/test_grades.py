"""Grades against scores, floors, years, and the bounds that a report prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from prongsai.auditing.rules.grades import criteria, level, old_grade
from prongsai.records import Claim, ClaimKind, Extract, Finding, GradeMention, Mention, Reader, Relation, Severity

Make = Callable[..., Extract]
Found = Callable[..., list[Finding]]
Grade = Callable[..., GradeMention]

BEST, GOOD, PASSED, POOR = "ผ่านดีเยี่ยม", "ผ่านดี", "ผ่าน", "ต้องปรับปรุง"


def whole(year: int, overall: str, iit: str, eit1: str, eit2: str, oit: str) -> list[tuple[int, str, str]]:
    return [(year, "ITA", overall), (year, "IIT", iit), (year, "EIT1", eit1), (year, "EIT2", eit2), (year, "OIT", oit)]


@pytest.mark.parametrize(
    ("lines", "printed", "expected"),
    [
        (whole(2568, "97.86", "96.78", "93.26", "98.89", "100"), GOOD, None),
        (whole(2568, "97.86", "96.78", "93.26", "98.89", "100"), BEST, GOOD),
        (whole(2568, "97.86", "96.78", "95.00", "98.89", "100"), BEST, None),
        (whole(2568, "90.00", "96.78", "84.99", "98.89", "85.00"), GOOD, PASSED),
        ([(2568, "ITA", "79.84")], PASSED, POOR),
        ([(2568, "ITA", "84.99")], POOR, None),
        ([(2568, "ITA", "97.86")], PASSED, None),  # an instrument that is not printed may be below 85
        ([(2568, "ITA", "97.86")], POOR, f"{BEST} / {GOOD} / {PASSED}"),
        ([(2568, "ITA", "97.86"), (2568, "EIT", "84.90")], GOOD, PASSED),  # one of the two parts is below 85
        ([(2568, "ITA", "97.86"), (2568, "EIT", "96.00"), (2568, "IIT", "96.00"), (2568, "OIT", "96.00")], GOOD, None),
        ([(2565, "ITA", "94.99")], "AA", "A"),
        ([(2565, "ITA", "95")], "A", None),  # 95 may be anything that rounds to it
        ([(2565, "ITA", "95.00")], "A", "AA"),
        ([], POOR, None),
    ],
)
def test_the_grade_follows_from_score_and_floors(
    lines: list[tuple[int, str, str]], printed: str, expected: str | None, document: Make, found: Found, grade: Grade
) -> None:
    year = lines[0][0] if lines else 2568
    findings = found(level, replace(document(*lines), grades=(grade(year, printed),)))

    assert [one.expected for one in findings] == ([] if expected is None else [expected])
    assert all((one.subject, one.printed) == ("ITA", printed) for one in findings)


def test_a_wrong_grade_alone_is_an_error_and_beside_a_right_one_a_warning(document: Make, found: Found, grade: Grade) -> None:
    scores = document((2568, "ITA", "79.84"))

    (alone,) = found(level, replace(scores, grades=(grade(2568, GOOD),)))
    (beside,) = found(level, replace(scores, grades=(grade(2568, POOR), grade(2568, GOOD, page=4))))

    assert alone.severity is Severity.ERROR
    assert (beside.severity, beside.page) == (Severity.WARNING, 4)


@pytest.mark.parametrize(
    ("lines", "grades", "reader"),
    [
        ([(2568, "ITA", "79.84")], [(2568, GOOD)], Reader.OCR),  # words read off an image
        ([(2569, "ITA", "79.84")], [(2569, GOOD)], Reader.TEXT),  # a framework that is not certain
        ([(2568, "ITA", "79.84"), (2567, "ITA", "90.10")], [(2568, GOOD)], Reader.TEXT),  # the year before's, perhaps
        (whole(2568, "97.86", "96.78", "96.26", "98.89", "100"), [(2568, PASSED)], Reader.TEXT),  # who passed best has passed
        ([(2568, "IIT", "79.84")], [(2568, GOOD, "IIT")], Reader.TEXT),
    ],
)
def test_what_is_not_certain_is_a_warning(
    lines: list[tuple[int, str, str]], grades: list[tuple[object, ...]], reader: Reader, document: Make, found: Found, grade: Grade
) -> None:
    (finding,) = found(level, replace(document(*lines, reader=reader), grades=tuple(grade(*one) for one in grades)))

    assert finding.severity is Severity.WARNING


def test_a_grade_that_fits_one_of_two_printed_scores_is_not_wrong(document: Make, found: Found, grade: Grade) -> None:
    lines = whole(2568, "98.50", "98", "98", "98", "99")
    scores = document(*lines, (2568, "ITA", "88.50"))

    assert found(level, replace(scores, grades=(grade(2568, BEST),))) == []
    assert found(level, replace(scores, grades=(grade(2568, GOOD),))) == []


def test_a_grade_of_nothing_sure_is_not_judged(document: Make, found: Found, grade: Grade) -> None:
    scores = document((2568, "ITA", "79.84"))

    assert found(level, replace(scores, grades=(grade(2568, GOOD, ""), grade(2568, GOOD, agency="เทศบาลตำบลอื่น")))) == []


def test_two_grades_that_are_both_possible(document: Make, found: Found, grade: Grade) -> None:
    scores = document((2568, "ITA", "97.86"))

    (finding,) = found(level, replace(scores, grades=(grade(2568, GOOD), grade(2568, BEST, page=3))))
    assert (finding.severity, finding.printed) == (Severity.WARNING, f"{GOOD} / {BEST}")
    assert found(level, replace(scores, grades=(grade(2568, GOOD), grade(2568, PASSED)))) == []


def test_grades_of_other_years(document: Make, found: Found, grade: Grade) -> None:
    extract = document((2568, "ITA", "97.86"), (2565, "ITA", "90.00"))
    grades = (grade(2568, "A"), grade(2568, "A", page=2), grade(2565, "A"), grade(2565, GOOD), grade(2568, GOOD))

    findings = found(old_grade, replace(extract, grades=grades))

    assert [(one.fiscal_year, one.subject, one.printed, one.severity) for one in findings] == [
        (2568, "ITA", "A", Severity.WARNING),
        (2565, "ITA", GOOD, Severity.WARNING),
    ]
    assert findings[1].expected == "A"


@pytest.mark.parametrize(
    ("kind", "relation", "name", "bound", "expected"),
    [
        (ClaimKind.GRADE_FLOOR, Relation.AT_LEAST, BEST, "85.00", "95.00"),
        (ClaimKind.GRADE_FLOOR, Relation.AT_LEAST, BEST, "95", None),
        (ClaimKind.GRADE_FLOOR, Relation.AT_LEAST, POOR, "70.00", None),
        (ClaimKind.GRADE_CEILING, Relation.AT_MOST, POOR, "84.99", None),
        (ClaimKind.GRADE_CEILING, Relation.AT_MOST, POOR, "84", None),  # cut
        (ClaimKind.GRADE_CEILING, Relation.BELOW, POOR, "85.00", None),
        (ClaimKind.GRADE_CEILING, Relation.AT_MOST, POOR, "89.99", "84.99"),
        (ClaimKind.GRADE_CEILING, Relation.AT_MOST, GOOD, "94.99", None),  # where the better one begins
        (ClaimKind.GRADE_FLOOR, Relation.AT_LEAST, "A", "85.00", None),  # of other years
    ],
)
def test_printed_bounds_of_grades(
    kind: ClaimKind,
    relation: Relation,
    name: str,
    bound: str,
    expected: str | None,
    document: Make,
    found: Found,
    says: Callable[..., Claim],
) -> None:
    printed = says(kind, bound=bound, relation=relation, grade=name, scope=None)

    findings = found(criteria, replace(document(), claims=(printed, printed)))

    assert [(one.subject, one.expected, one.severity) for one in findings] == (
        [] if expected is None else [(name, expected, Severity.WARNING)]
    )


def test_grades_of_namesakes_are_left_alone(document: Make, found: Found, grade: Grade) -> None:
    extract = document((2568, "ITA", "79.84"), (2568, "ITA", "90.00"))
    first, second = extract.mentions
    namesakes: tuple[Mention, ...] = (replace(first, place_code="1"), replace(second, place_code="2"))

    assert found(level, replace(extract, mentions=namesakes, grades=(grade(2568, BEST),))) == []
