"""Values that no score can have, and decimals that no score is printed with."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from prongsai.auditing.rules.totals import conflict
from prongsai.auditing.rules.values import out_of_range, precision
from prongsai.records import Extract, Finding, Reader, Severity

Make = Callable[..., Extract]
Found = Callable[..., list[Finding]]


def test_values_outside_their_range(document: Make, found: Found) -> None:
    lines = [(2568, "i1", "988.50"), (2568, "i2", "100"), (2568, "i3", "0"), (2568, "Δi2", "-100.00"), (2568, "Δi3", "+100.01")]
    weighted = (2568, "IIT", "33.00", {"scale": 30, "value": Decimal(110)})

    findings = found(out_of_range, document(*lines, weighted))

    assert [(one.subject, one.printed, one.severity) for one in findings] == [
        ("i1", "988.50", Severity.ERROR),
        ("i3", "100.01", Severity.ERROR),
        ("IIT", "33.00", Severity.ERROR),
    ]
    assert found(conflict, document(*lines, weighted)) == []  # told once


def test_what_would_mend_it(document: Make, found: Found) -> None:
    others = [(2568, f"ind{number}", "96.00") for number in range(2, 6)]
    (finding,) = found(out_of_range, document((2568, "ind1", "9755"), *others, (2568, "IIT", "96.31")))

    assert (finding.expected, finding.suggestion) == ("97.55", "97.55")


def test_a_value_read_off_an_image_is_not_certain(document: Make, found: Found) -> None:
    (finding,) = found(out_of_range, document((2568, "i1", "988.50"), reader=Reader.OCR))

    assert finding.severity is Severity.WARNING


def test_more_decimals_than_the_others(document: Make, found: Found) -> None:
    others = [(2568, f"i{number}", f"9{number}.10") for number in range(1, 9)]

    (finding,) = found(precision, document(*others, (2568, "i9", "95.125")))
    assert (finding.subject, finding.printed, finding.severity) == ("i9", "95.125", Severity.WARNING)
    assert found(precision, document(*[(2568, f"i{number}", f"9{number}.125") for number in range(1, 9)])) == []
    assert found(precision, document((2568, "i1", "95.10"), (2568, "i2", "95.125"))) == []
