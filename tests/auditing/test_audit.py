"""A document audited: its findings in both languages, suggestions, numerals read again, and the web of a score."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from prongsai.auditing import CHECKS, audit_extract, unaudited, web
from prongsai.knowledge import Knowledge
from prongsai.records import Extract, Fault, Reader, Severity, Suggestion, Tables

Make = Callable[..., Extract]
SWAPPED = (
    (2567, "ITA", "91.54"),
    (2567, "IIT", "97.27"),
    (2567, "EIT", "88.96"),
    (2567, "ind9", "86.67"),
    (2567, "ind10", "91.67"),
)


def test_a_finding_says_what_is_printed_what_follows_and_what_would_mend_it(document: Make, knowledge: Knowledge) -> None:
    (finding,) = audit_extract(document(*SWAPPED, (2567, "OIT", "89.71")), knowledge).findings
    assert (finding.check, finding.severity, finding.subject) == ("total", Severity.ERROR, "OIT")
    assert (finding.printed, finding.expected, finding.suggestion, finding.fault) == ("89.71", "89.17", "89.17", Fault.SOURCE)
    assert "the mean of ind9 86.67, ind10 91.67 is 89.17; two digits are swapped" in finding.message
    assert "ind9 86.67, ind10 91.67" in finding.message_th
    assert finding.message_th != finding.message
    assert len(finding.mention_ids) == 6
    assert finding.mention_ids[0].endswith(":6")


def test_what_is_clear_is_suggested_for_the_score(document: Make, knowledge: Knowledge) -> None:
    audited = audit_extract(document(*SWAPPED, (2567, "OIT", "89.71")), knowledge)
    assert audited.suggestions == (Suggestion("เทศบาลตำบลหนองบัว", "", 2567, "OIT", Decimal("89.17"), "total: 89.71"),)


def test_of_many_mendings_a_message_names_a_few_and_the_suggestion_all(document: Make, knowledge: Knowledge) -> None:
    values = ("91.05", "92.15", "93.25", "94.35", "95.45", "90.55", "91.65", "92.75", "93.85")
    questions = [(2568, f"e{number}", value) for number, value in enumerate(values, 1)]
    (finding,) = audit_extract(document(*questions, (2568, "EIT", "92.80")), knowledge).findings
    alternatives = finding.suggestion.split(" | ")
    assert len(alternatives) > 7
    assert " | ".join(alternatives[:6]) in finding.message
    assert alternatives[6] not in finding.message
    assert f"and {len(alternatives) - 6} more" in finding.message
    assert f"อีก {len(alternatives) - 6} ทาง" in finding.message_th


def test_auditing_twice_changes_nothing(document: Make, knowledge: Knowledge) -> None:
    once = audit_extract(document(*SWAPPED, (2567, "OIT", "89.71")), knowledge)
    assert audit_extract(once, knowledge) == once


@pytest.mark.parametrize(("confidence", "severity"), [(0.999, Severity.ERROR), (0.95, Severity.WARNING)])
def test_what_was_not_surely_read_is_no_error(document: Make, knowledge: Knowledge, confidence: float, severity: Severity) -> None:
    sure = {"confidence": confidence}
    lines = [(*line, sure) for line in (*SWAPPED, (2567, "OIT", "89.71"))]
    (finding,) = audit_extract(document(*lines, reader=Reader.OCR), knowledge).findings
    assert finding.severity is severity


def test_an_unverified_framework_makes_no_error(document: Make, knowledge: Knowledge) -> None:
    lines = [(2569, code, text) for _, code, text in SWAPPED]
    (finding,) = audit_extract(document(*lines, (2569, "OIT", "89.71")), knowledge).findings
    assert finding.severity is Severity.WARNING


def test_the_readers_other_reading_is_read_again_where_it_mends_everything(document: Make, knowledge: Knowledge) -> None:
    read = {"confidence": 0.7, "candidates": ("89.71", "89.17"), "candidate_probabilities": (0.7, 0.3)}
    extract = document(*SWAPPED, (2567, "OIT", "89.71", read), reader=Reader.OCR)
    audited = audit_extract(extract, knowledge)
    mention = audited.mentions[-1]
    assert (mention.value, mention.printed_value) == (Decimal("89.17"), "89.71")
    assert "arithmetic" in mention.matched_by
    (finding,) = audited.findings
    assert (finding.check, finding.severity, finding.fault) == ("reread", Severity.NOTE, Fault.EXTRACTION)
    assert audit_extract(audited, knowledge) == audited
    assert unaudited(audited) == extract


def test_what_a_person_has_checked_is_not_read_again_and_is_the_agencys(document: Make, knowledge: Knowledge) -> None:
    sure = {"confidence": 1.0, "candidates": ("89.17",), "candidate_probabilities": (0.3,), "checked_value": "89.71"}
    read = {"confidence": 0.999}
    lines = [*((*line, read) for line in SWAPPED), (2567, "OIT", "89.71", sure)]
    audited = audit_extract(document(*lines, reader=Reader.OCR), knowledge)
    assert audited.mentions[-1].value == Decimal("89.71")
    (finding,) = audited.findings
    assert (finding.check, finding.severity, finding.fault, finding.suggestion) == ("total", Severity.ERROR, Fault.SOURCE, "89.17")
    given = [*SWAPPED[:-1], (*SWAPPED[-1], {"checked_value": SWAPPED[-1][2]})]
    (finding,) = audit_extract(document(*given, (2567, "OIT", "89.71"), reader=Reader.GIVEN), knowledge).findings
    assert finding.fault is Fault.UNDECIDED, "not all was checked"


def test_a_text_layer_is_never_read_again(document: Make, knowledge: Knowledge) -> None:
    audited = audit_extract(document(*SWAPPED, (2567, "OIT", "89.71", {"candidates": ("89.17",)})), knowledge)
    assert audited.mentions[-1].value == Decimal("89.71")
    assert [finding.check for finding in audited.findings] == ["total"]


def test_findings_of_other_stages_stay(document: Make, knowledge: Knowledge) -> None:
    extract = audit_extract(document(*SWAPPED, (2567, "OIT", "89.71")), knowledge)
    other = replace(extract.findings[0], check="dropped-word")
    again = audit_extract(replace(extract, findings=(other, *extract.findings)), knowledge)
    assert [finding.check for finding in again.findings] == ["dropped-word", "total"]
    assert "dropped-word" not in CHECKS


def test_basis_of_questions_is_a_note_with_what_it_implies(document: Make, knowledge: Knowledge) -> None:
    texts = ("92.94", "93.43", "99.02", "92.16", "92.06", "93.14", "91.18", "92.84", "92.55")
    questions = [(2568, f"e{at}", text) for at, text in enumerate(texts, 1)]
    means = [(2568, "ind6", "97.48"), (2568, "ind7", "95.39"), (2568, "ind8", "95.35"), (2568, "EIT1", "93.26")]
    found = audit_extract(document(*questions, *means), knowledge).findings
    assert [(one.check, one.severity, one.subject, one.expected) for one in found if one.check == "basis"] == [
        ("basis", Severity.NOTE, "ind6", "95.13"),
        ("basis", Severity.NOTE, "ind7", "92.45"),
        ("basis", Severity.NOTE, "ind8", "92.19"),
    ]
    assert "99.83" in found[0].message


def test_averages_over_agencies_need_not_follow_the_weights(document: Make, knowledge: Knowledge) -> None:
    average = knowledge.phrases["label.total_row"][0]
    lines = [(2565, "ITA", "88.61"), (2565, "IIT", "85.76"), (2565, "EIT", "85.33"), (2565, "OIT", "93.66")]
    parts = [document(*lines, agency=average), *(document((2565, "ITA", "90.00"), agency=f"กรม {at}") for at in range(3))]
    many = replace(parts[0], mentions=tuple(mention for part in parts for mention in part.mentions))
    (finding,) = audit_extract(many, knowledge).findings
    assert (finding.check, finding.severity, finding.agency) == ("average", Severity.NOTE, average)


def test_the_web_of_a_score_holds_its_prints_its_equations_and_what_was_found(document: Make, knowledge: Knowledge) -> None:
    audited = audit_extract(document(*SWAPPED, (2567, "OIT", "89.71"), (2568, "OIT", "100")), knowledge)
    tables = Tables((audited.document,), audited.mentions, findings=audited.findings)
    found = web(tables, "OIT", 2567, audited.document.agency, audited.document.doc_id)
    assert [mention.printed_value for mention in found.mentions] == ["89.71"]
    assert [(one.subject, one.holds, one.expected) for one in found.equations] == [("ITA", False, "91.75"), ("OIT", False, "89.17")]
    assert found.equations[1].terms == (("ind9", 2567, "1/2", "86.67"), ("ind10", 2567, "1/2", "91.67"))
    assert [finding.check for finding in found.findings] == ["total"]


def test_a_mean_over_agencies_is_held_against_its_column(document: Make, knowledge: Knowledge) -> None:
    average = knowledge.phrases["label.total_row"][0]
    rows = (("กรม 1", "90.00"), ("กรม 2", "85.10"), ("กรม 3", "88.00"), (average, "87.70"))
    parts = [document((2565, "OIT", text, {"table": 0, "row": at, "column": 2}), agency=name) for at, (name, text) in enumerate(rows)]
    many = replace(parts[0], mentions=tuple(replace(part.mentions[0], mention_id=f"d:{at}") for at, part in enumerate(parts)))
    assert audit_extract(many, knowledge).findings == ()
    wrong = replace(many.mentions[-1], value=Decimal("87.07"), printed_value="87.07")
    (finding,) = audit_extract(replace(many, mentions=(*many.mentions[:-1], wrong)), knowledge).findings
    assert (finding.check, finding.severity, finding.agency) == ("column-mean", Severity.WARNING, average)
    assert (finding.printed, finding.expected) == ("87.07", "87.70")


def test_a_total_cut_off_is_a_warning_unless_others_are_cut_off_too(document: Make, knowledge: Knowledge) -> None:
    cut = ((2567, "OIT", "89.16"), (2567, "ind9", "86.67"), (2567, "ind10", "91.67"))
    (finding,) = audit_extract(document(*cut), knowledge).findings
    assert (finding.check, finding.severity, finding.expected) == ("total", Severity.WARNING, "89.17")
    also_cut = ((2567, "EIT", "88.95"), (2567, "ind6", "94.73"), (2567, "ind7", "92.26"), (2567, "ind8", "79.89"))
    assert audit_extract(document(*cut, *also_cut), knowledge).findings == ()
