"""Means over several agencies against their columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from prongsai.auditing import audit_extract
from prongsai.knowledge import Knowledge
from prongsai.records import Extract, Severity

Make = Callable[..., Extract]
ROWS = (("กรม 1", "96.72", "94.65"), ("กรม 2", "85.10", "85.20"), ("กรม 3", "88.00", "88.50"))


def _table(document: Make, average: str, rows: tuple[tuple[str, str, str], ...], means: tuple[str, str]) -> Extract:
    """Agencies with IIT and EIT, and the means of both below."""
    parts = [
        document(
            *(
                (2565, code, text, {"table": 0, "row": at, "column": 1 + nth})
                for nth, (code, text) in enumerate((("IIT", iit), ("EIT", eit)))
            ),
            agency=name,
        )
        for at, (name, iit, eit) in enumerate((*rows, (average, *means)))
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
