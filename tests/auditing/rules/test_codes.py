"""Codes that disagree with their names or their year, stand twice, or are missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from prongsai.auditing.rules.codes import code, duplicate_row, label, missing_rows
from prongsai.records import CodeReading, Extract, Fault, Finding, Reader, Severity

Make = Callable[..., Extract]
Found = Callable[..., list[Finding]]
Misprint = Callable[..., CodeReading]


def test_number_and_name_that_disagree(document: Make, found: Found, misprint: Misprint) -> None:
    wrong = misprint("ตัวชี้วัดที่ 5 การใช้งบประมาณ", "ind2", "number-against-name")
    extract = replace(document((2568, "ind2", "86.57")), codes=(wrong, wrong, misprint("๐๑", "o1", "letter-as-zero")))

    (finding,) = found(label, extract)

    assert (finding.subject, finding.printed, finding.expected) == ("ind2", wrong.printed, "ตัวชี้วัดที่ 2 การใช้งบประมาณ")
    assert (finding.severity, finding.page, finding.fault) == (Severity.WARNING, 3, Fault.SOURCE)


@pytest.mark.parametrize(
    ("numbers", "subjects"),
    [
        ((1, 2, 3, 4, 5, 6, 7, 4, 9, 10), ["ind8"]),
        ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10), []),
        ((4, 2, 8, 1, 6, 5, 7, 3, 10, 9), []),  # ranks
    ],
)
def test_a_list_numbered_by_its_indicators(numbers: tuple[int, ...], subjects: list[str], document: Make, found: Found) -> None:
    lines = [
        (2568, f"ind{at}", "95.00", {"table": 1, "row": at, "column": 1, "printed_code": f"{number}. ..."})
        for at, number in enumerate(numbers, 1)
    ]

    assert [one.subject for one in found(label, document(*lines))] == subjects


def test_codes_with_wrong_digits(document: Make, found: Found, misprint: Misprint) -> None:
    codes = (
        misprint("i๒๐", "i10", "digit-misprinted"),
        misprint("i5", "i6", "digit-misprinted"),
        misprint("๐๑", "o1", "letter-as-zero"),
        misprint("i๒๑", "i11", "digit-misprinted", 0.3),
        misprint("i๑๓", "i11", "digit-misprinted", 0.6),  # the year has an i13
        misprint("๐๑๐", "i10", "misprinted"),  # another letter and no other digit
    )

    findings = found(code, replace(document((2568, "i10", "84.47")), codes=codes))

    assert [(one.subject, one.printed, one.severity) for one in findings] == [
        ("i10", "i๒๐", Severity.WARNING),
        ("i6", "i5", Severity.WARNING),
        ("i11", "i๒๑", Severity.NOTE),
        ("i11", "i๑๓", Severity.NOTE),
    ]
    assert "has no such code" in findings[0].message
    assert "has no such code" not in findings[1].message


def test_codes_read_off_an_image_are_notes(document: Make, found: Found, misprint: Misprint) -> None:
    extract = replace(document((2568, "i10", "84.47"), reader=Reader.OCR), codes=(misprint("i๒๐", "i10", "digit-misprinted"),))
    (finding,) = found(code, replace(extract, mentions=tuple(replace(one, page=3) for one in extract.mentions)))

    assert (finding.severity, finding.fault) == (Severity.NOTE, Fault.UNDECIDED)


def test_codes_are_told_where_no_score_is(document: Make, found: Found, misprint: Misprint) -> None:
    assert len(found(code, replace(document(), codes=(misprint("i๒๐", "i10", "digit-misprinted"),)))) == 1


def test_two_rows_under_one_code(document: Make, found: Found) -> None:
    rows = [f"i{number}" for number in range(1, 16)]
    rows[6] = "i6"
    lines = [(2568, one, f"9{at % 10}.{10 + at}", {"table": 1, "row": at, "column": 2}) for at, one in enumerate(rows)]

    (finding,) = found(duplicate_row, document(*lines))

    assert (finding.subject, finding.printed, finding.expected) == ("i6", "95.15 / 96.16", "i7")
    assert finding.severity is Severity.WARNING


def test_one_code_in_two_tables_or_columns_is_no_duplicate(document: Make, found: Found) -> None:
    lines = [
        (2568, "i6", "95.15", {"table": 1, "row": 1, "column": 2}),
        (2568, "i6", "96.16", {"table": 1, "row": 1, "column": 3}),
        (2568, "i6", "97.17", {"table": 2, "row": 5, "column": 2}),
    ]

    assert found(duplicate_row, document(*lines)) == []
    assert found(duplicate_row, document(lines[0], (2568, "i6", "95.15", {"table": 1, "row": 9, "column": 2}))) == []


def test_codes_that_a_list_lacks(document: Make, found: Found) -> None:
    questions = [f"i{number}" for number in range(1, 16) if number not in (7, 9)]
    lines = [(2568, one, "95.00", {"table": 1, "row": at, "column": 1}) for at, one in enumerate(questions)]
    extract = document(*lines, (2568, "i9", "91.00"))  # in running text

    (finding,) = found(missing_rows, extract)

    assert (finding.subject, finding.expected, finding.severity) == ("IIT", "i7", Severity.NOTE)
    assert found(missing_rows, document(*lines, (2568, "i9", "91.00"), (2568, "i7", "91.00"))) == []
    assert found(missing_rows, document(*lines[:6])) == []  # only some are shown


def test_lists_of_the_year_before_may_be_shorter(document: Make, found: Found) -> None:
    lines = [(year, f"o{number}", "100", {"table": 1, "row": number, "column": year}) for year in (2567, 2568) for number in range(1, 29)]

    assert found(missing_rows, document(*lines)) == []
