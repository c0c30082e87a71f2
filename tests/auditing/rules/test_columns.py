"""Means over several agencies against their columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from prongsai.auditing import audit_extract
from prongsai.knowledge import Knowledge
from prongsai.records import Extract, Severity

Make = Callable[..., Extract]
ROWS = (("กรม 1", "96.72", "94.65"), ("กรม 2", "85.10", "85.20"), ("กรม 3", "88.00", "88.50"))


def _table(
    document: Make, average: str, rows: tuple[tuple[str, ...], ...], means: tuple[str, ...], codes: tuple[str, ...] = ("IIT", "EIT")
) -> Extract:
    """Agencies with their scores of some codes, and the means of these below."""
    parts = [
        document(
            *(
                (2565, code, text, {"table": 0, "row": at, "column": nth})
                for nth, (code, text) in enumerate(zip(codes, texts, strict=True), 1)
            ),
            agency=name,
        )
        for at, (name, *texts) in enumerate((*rows, (average, *means)))
    ]
    mentions = (mention for part in parts for mention in part.mentions)
    return replace(parts[0], mentions=tuple(replace(mention, mention_id=f"d:{at}") for at, mention in enumerate(mentions)))


def test_two_means_that_hold_once_one_agencys_scores_change_places_name_it(document: Make, knowledge: Knowledge) -> None:
    average = knowledge.phrases["label.total_row"][0]
    assert audit_extract(_table(document, average, ROWS, ("89.94", "89.45")), knowledge).findings == ()
    swapped = (("กรม 1", "94.65", "96.72"), *ROWS[1:])
    (finding,) = audit_extract(_table(document, average, swapped, ("89.94", "89.45")), knowledge).findings
    assert (finding.check, finding.severity, finding.agency) == ("column-mean", Severity.WARNING, "กรม 1")
    assert (finding.subject, finding.printed, finding.expected) == ("IIT", "94.65", "96.72")
    assert finding.suggestion == "IIT 2565 = 96.72 + EIT 2565 = 94.65"
    assert "กรม 1" in finding.message
    assert "กรม 1" in finding.message_th


def test_two_means_that_no_one_exchange_explains_are_told_themselves(document: Make, knowledge: Knowledge) -> None:
    average = knowledge.phrases["label.total_row"][0]
    found = audit_extract(_table(document, average, ROWS, ("91.94", "87.00")), knowledge).findings
    assert [(one.subject, one.agency, one.expected) for one in found] == [("IIT", average, "89.94"), ("EIT", average, "89.45")]


@pytest.mark.parametrize(
    ("means", "suggestions"),
    [
        (("84.94", "89.45"), {"IIT": "89.94"}),  # a digit
        (("88.00", "89.45"), {"IIT": "89.94"}),  # copied from the row above
        (("89.45", "89.94"), {"IIT": "89.94", "EIT": "89.45"}),  # in each other's place
        (("87.66", "89.45"), {"IIT": ""}),
    ],
)
def test_a_mean_is_mended_where_a_slip_explains_it(
    means: tuple[str, str], suggestions: dict[str, str], document: Make, knowledge: Knowledge
) -> None:
    average = knowledge.phrases["label.total_row"][0]
    found = audit_extract(_table(document, average, ROWS, means), knowledge).findings
    assert {one.subject: one.suggestion for one in found} == suggestions


def test_a_mean_that_holds_once_a_score_is_mended_is_not_told(document: Make, knowledge: Knowledge) -> None:
    average = knowledge.phrases["label.total_row"][0]
    rows = (
        ("กรม 1", "60.00", "80.00", "70.00", "79.00"),
        ("กรม 2", "85.00", "85.00", "85.00", "85.00"),
        ("กรม 3", "95.00", "90.00", "100.00", "95.50"),
    )
    table = _table(document, average, rows, ("90.00", "85.00", "85.00", "86.50"), ("IIT", "EIT", "OIT", "ITA"))
    (finding,) = audit_extract(table, knowledge).findings
    assert (finding.check, finding.agency, finding.subject, finding.suggestion) == ("total", "กรม 1", "IIT", "90.00")
