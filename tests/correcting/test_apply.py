"""What people say stands beside what was read: each answer changes its own place and is told where it changes something."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from prongsai.records import Asked, Box, CodeReading, Correction, Extract, GradeMention, Mention, Reader, Scope, Severity, Verdict

from .conftest import AGENCY, DOCUMENT, MENTION, OTHER, SHA, Apply, answer

CONFIRM, CORRECT, REJECT = Verdict.CONFIRM, Verdict.CORRECT, Verdict.REJECT


def one(extract: Extract) -> Mention:
    (mention,) = extract.mentions
    return mention


def told(extract: Extract) -> list[tuple[str, str, str]]:
    return [(finding.check, finding.printed, finding.expected) for finding in extract.findings]


def test_what_is_confirmed_is_sure_and_says_who(apply: Apply) -> None:
    extract = apply(answer(CONFIRM))
    assert one(extract) == replace(MENTION, confidence=1.0, matched_by=("code", "order", "person"), checked_value="๙๕.๖๖")
    assert not extract.findings


def test_a_value_is_corrected_beside_the_print(apply: Apply) -> None:
    extract = apply(answer(CORRECT, "๙๘.๖๖"))
    assert one(extract) == replace(
        MENTION,
        value=Decimal("98.66"),
        confidence=1.0,
        candidates=("๙๕.๖๖", "๙๕.๖๘"),
        candidate_probabilities=(0.7, 0.2),
        matched_by=("code", "order", "person"),
        checked_value="๙๘.๖๖",
    )
    (finding,) = extract.findings
    assert (finding.check, finding.severity, finding.subject) == ("corrected", Severity.NOTE, "i1")
    assert (finding.printed, finding.expected, finding.mention_ids) == ("๙๕.๖๖", "๙๘.๖๖", ("d:1",))
    for message in (finding.message, finding.message_th):
        assert all(part in message for part in ("๙๕.๖๖", "๙๘.๖๖", "สมชาย", "2026-11-22", "seen on the page", "3"))


@pytest.mark.parametrize(
    ("scale", "corrected", "value"), [(30, "27.58", "91.9333"), (40, "๓๖.๐๐", "90.0000"), (100, "84,5", "84.5"), (100, "84.9", "84.9")]
)
def test_a_corrected_numeral_is_of_the_scale_of_the_print(apply: Apply, scale: int, corrected: str, value: str) -> None:
    mention = replace(MENTION, scale=scale)
    assert one(apply(answer(CORRECT, corrected), of=Extract(DOCUMENT, (mention,)))).value == Decimal(value)


def test_what_was_not_read_can_be_corrected(apply: Apply) -> None:
    unread = replace(MENTION, value=None, printed_value="", confidence=None)
    corrected = apply(answer(CORRECT, "98.66", on=unread), of=Extract(DOCUMENT, (unread,)))
    assert (one(corrected).value, one(corrected).printed_value, one(corrected).numeral) == (Decimal("98.66"), "", "98.66")
    assert told(corrected) == [("corrected", "", "98.66")]
    as_it_is = apply(answer(CONFIRM, on=unread), of=Extract(DOCUMENT, (unread,)))
    assert one(as_it_is).value is None
    assert told(apply(answer(CONFIRM, on=unread))) == [("correction-refused", "๙๕.๖๖", "")], "nobody has seen what is read there now"


def test_who_confirms_confirms_what_was_read_then(apply: Apply) -> None:
    now = replace(MENTION, value=Decimal("95.68"), printed_value="๙๕.๖๘", candidates=("๙๕.๖๖",), candidate_probabilities=(0.1,))
    extract = apply(answer(CONFIRM), of=Extract(DOCUMENT, (now,)))
    assert (one(extract).value, one(extract).checked_value, one(extract).candidates) == (Decimal("95.66"), "95.66", ("๙๕.๖๘",))
    assert told(extract) == [("corrected", "๙๕.๖๘", "95.66")]


def test_a_rejected_value_is_taken_away_and_its_row_stays(apply: Apply) -> None:
    extract = apply(answer(REJECT))
    assert (one(extract).value, one(extract).printed_value, one(extract).checked_value) == (None, "๙๕.๖๖", "")
    assert one(extract).candidates == ("๙๕.๖๖", "๙๕.๖๘", "๙๘.๖๖")
    assert told(extract) == [("corrected", "๙๕.๖๖", "")]
    assert "wrong" in extract.findings[0].message


def test_a_year_that_is_not_sure_bounds_what_a_value_is_sure_of(apply: Apply) -> None:
    mention = replace(MENTION, year_confidence=0.8)
    assert one(apply(answer(CONFIRM), of=Extract(DOCUMENT, (mention,)))).confidence == 0.8


@pytest.mark.parametrize(
    ("corrected", "scope", "instrument", "indicator"),
    [
        ("e9", Scope.QUESTION, "EIT", "ind8"),
        ("IND10", Scope.INDICATOR, "OIT", "ind10"),
        ("ind9.1", Scope.SUBINDICATOR, "OIT", "ind9"),
        ("EIT1", Scope.INSTRUMENT, "EIT", ""),
        ("OIT", Scope.INSTRUMENT, "OIT", ""),
        ("ITA", Scope.OVERALL, "", ""),
    ],
)
def test_a_code_brings_what_the_year_says_of_it(apply: Apply, corrected: str, scope: Scope, instrument: str, indicator: str) -> None:
    mention = one(apply(answer(CORRECT, corrected, Asked.CODE)))
    assert mention.code.casefold() == corrected.casefold()
    assert (mention.scope, mention.instrument, mention.indicator) == (scope, instrument, indicator)
    assert (mention.printed_code, mention.value, mention.matched_by[-1]) == ("I๑", MENTION.value, "person")


def test_a_code_is_that_of_the_year_that_a_person_names(apply: Apply) -> None:
    answers = [answer(CORRECT, "i20", Asked.CODE), answer(CORRECT, "๒๕๖๕", Asked.YEAR)]
    assert (one(apply(*answers)).code, one(apply(*answers)).fiscal_year) == ("i20", 2565)
    assert told(apply(answers[0])) == [("correction-refused", "i1", "i20")], "FY2568 has no i20"
    assert one(apply(answers[0])) == MENTION


def test_a_settled_code_says_nothing_of_the_numeral(apply: Apply) -> None:
    assert one(apply(answer(CONFIRM, asked=Asked.CODE))).confidence == 0.7
    text = replace(MENTION, reader=Reader.TEXT)
    assert one(apply(answer(CONFIRM, asked=Asked.CODE), of=Extract(DOCUMENT, (text,)))).confidence == 1.0
    assert one(apply(answer(CONFIRM), answer(CONFIRM, asked=Asked.CODE))).confidence == 1.0


def test_a_rejected_code_or_year_is_taken_away(apply: Apply) -> None:
    extract = apply(answer(REJECT, asked=Asked.CODE), answer(REJECT, asked=Asked.YEAR))
    mention = one(extract)
    assert (mention.code, mention.scope, mention.fiscal_year, mention.value) == ("", None, None, MENTION.value)
    assert told(extract) == [("corrected", "2568", ""), ("corrected", "i1", "")]
    assert extract.findings[1].subject == "i1"


def test_the_row_of_a_misprinted_code_follows(apply: Apply) -> None:
    row = CodeReading(SHA[:16], "a.pdf", 3, Box(20, 201, 30, 214), 7, 2568, "I๑", "i1", "capital", 0.5, "I๑")
    below = replace(row, box=Box(20, 231, 30, 244))
    codes = apply(answer(CORRECT, "i2", Asked.CODE), of=Extract(DOCUMENT, (MENTION,), (row, below))).codes
    assert codes == (replace(row, code="i2", confidence=1.0, matched_by=("person",)), below)


def test_the_agency_of_a_document_is_that_of_all_that_carried_it(apply: Apply) -> None:
    foreign = replace(MENTION, mention_id="d:2", agency="other", box=Box(1, 1, 9, 9))
    grade = GradeMention(SHA[:16], "a.pdf", 1, None, 1, AGENCY, 2568, "AA", "AA")
    extract = apply(answer(CORRECT, OTHER, Asked.AGENCY, None), of=Extract(DOCUMENT, (MENTION, foreign), grades=(grade,)))
    document = extract.document
    assert (document.agency, document.agency_type, document.place_code) == (OTHER, "kind", "99")
    assert (document.agency_confidence, document.agency_matched_by, document.agency_candidates) == (1.0, ("person",), (AGENCY,))
    assert [(mention.agency, mention.place_code) for mention in extract.mentions] == [(OTHER, "99"), ("other", "330312")]
    assert extract.grades[0].agency == OTHER
    assert told(extract) == [("corrected", AGENCY, OTHER)]
    assert "as a whole" in extract.findings[0].message


def test_the_agency_of_one_number_is_its_own(apply: Apply) -> None:
    extract = apply(answer(CORRECT, OTHER, Asked.AGENCY))
    assert (one(extract).agency, extract.document.agency) == (OTHER, AGENCY)


def test_the_year_of_a_report_is_that_of_what_nothing_nearer_dates(apply: Apply) -> None:
    by_document = replace(MENTION, mention_id="d:2", year_from="document", box=Box(1, 1, 9, 9))
    asked = answer(CORRECT, "2567", Asked.YEAR, None)
    extract = apply(asked, of=Extract(DOCUMENT, (MENTION, by_document)))
    assert (extract.document.report_year, [mention.fiscal_year for mention in extract.mentions]) == (2567, [2568, 2567])
    grade = GradeMention(SHA[:16], "a.pdf", 1, None, 1, AGENCY, 2568, "AA", "AA")
    extract = apply(asked, of=Extract(DOCUMENT, (by_document,), grades=(grade,)))
    assert extract.grades[0].fiscal_year == 2567


def test_what_finds_no_place_is_told_and_changes_nothing(apply: Apply) -> None:
    lost = [answer(verdict, "1.00", page=9) for verdict in (CONFIRM, CORRECT, REJECT)]
    extract = apply(*lost)
    assert extract.mentions == (MENTION,)
    assert told(extract) == [
        ("correction-unplaced", "๙๕.๖๖", "95.66"),
        ("correction-unplaced", "๙๕.๖๖", "1.00"),
        ("correction-unplaced", "๙๕.๖๖", ""),
    ]
    assert {finding.severity for finding in extract.findings} == {Severity.WARNING}
    assert "is not 95.66" in extract.findings[2].message


def test_of_two_answers_on_one_number_the_last_counts(apply: Apply) -> None:
    moved = Box(101, 201, 131, 216)
    answers: list[Correction] = [answer(CORRECT, "11.11"), answer(CORRECT, "22.22", box=moved, printed="๑.๑๑")]
    assert one(apply(*answers)).value == Decimal("22.22")
    assert len(told(apply(*answers))) == 1


def test_whose_report_it_is_can_be_confirmed_and_taken_away(apply: Apply) -> None:
    confirmed = apply(answer(CONFIRM, asked=Asked.AGENCY, on=None))
    assert (confirmed.document.agency_confidence, confirmed.document.agency_matched_by) == (1.0, ("person",))
    assert (confirmed.mentions, confirmed.findings) == ((MENTION,), ())
    taken = apply(answer(REJECT, asked=Asked.AGENCY, on=None))
    assert (taken.document.agency, taken.document.province, taken.document.agency_confidence) == ("", "", None)
    assert (one(taken).agency, one(taken).place_code) == ("", "")
    assert told(taken) == [("corrected", AGENCY, "")]


def test_the_year_of_a_report_can_be_confirmed_and_taken_away(apply: Apply) -> None:
    by_document = Extract(DOCUMENT, (replace(MENTION, year_from="document"),))
    confirmed = apply(answer(CONFIRM, asked=Asked.YEAR, on=None), of=by_document)
    assert confirmed == by_document
    taken = apply(answer(REJECT, asked=Asked.YEAR, on=None), of=by_document)
    assert (taken.document.report_year, one(taken).fiscal_year) == (None, None)
