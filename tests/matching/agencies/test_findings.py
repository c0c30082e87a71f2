"""Whatever is taken for something else is a finding, and what is printed as it is known is none."""

from __future__ import annotations

from prongsai.knowledge import Knowledge
from prongsai.matching.agencies.listed import Listed
from prongsai.matching.agencies.names import agency_findings, identify
from prongsai.records import Finding, Kind, Severity, Source

SOURCE = Source("report.txt", "0" * 64, Kind.TEXT, 1)


def _findings(texts: list[str], knowledge: Knowledge) -> tuple[Finding, ...]:
    return agency_findings(SOURCE, 2567, identify(texts, knowledge), {}, knowledge)


def test_other_spellings_and_another_place_are_warnings(knowledge: Knowledge) -> None:
    texts = ["องค์การบริหารส่วนตำบลลำปรดา", "อำเภอบางมูลนาก จังหวัดพิจิต", "อบต.ลำประคา ได้คะแนน", "อบต.ลำประดา"]
    spelling, place = _findings(texts, knowledge)
    assert (spelling.check, spelling.severity, spelling.subject) == ("agency-spelling", Severity.WARNING, "agency")
    assert spelling.expected == "องค์การบริหารส่วนตำบลลำประดา"
    assert set(spelling.printed.split(" / ")) == {"องค์การบริหารส่วนตำบลลำปรดา", "องค์การบริหารส่วนตำบลลำประคา"}
    assert (place.check, place.printed, place.expected) == (
        "agency-place",
        "อำเภอบางมูลนาก จังหวัดพิจิต",
        "อำเภอบางมูลนาก จังหวัดพิจิตร",
    )
    assert all(text in spelling.message and text in spelling.message_th for text in (spelling.printed, spelling.expected))


def test_a_lost_mark_is_a_note(knowledge: Knowledge) -> None:
    texts = ["เทศบาลตำบลด่านช้าง", "อำเภอด่านช้าง จังหวัดสุพรรณบุรี", "เทศบาลตำบลดานชาง", "เทศบาลตำบลด่านช้าง"]
    assert [(found.check, found.severity) for found in _findings(texts, knowledge)] == [("agency-spelling", Severity.NOTE)]


def test_a_clean_report_has_none(knowledge: Knowledge) -> None:
    assert _findings(["เทศบาลตำบลด่านช้าง", "อำเภอด่านช้าง จังหวัดสุพรรณบุรี", "เทศบาลตำบลด่านช้าง"], knowledge) == ()


def test_a_place_that_fits_several_is_a_note_with_its_candidates(knowledge: Knowledge) -> None:
    (unsure,) = _findings(["องค์การบริหารส่วนตำบลบ้านกลาง"] * 3, knowledge)
    assert (unsure.check, unsure.severity) == ("agency-unsure", Severity.NOTE)
    assert "องค์การบริหารส่วนตำบลบ้านกลาง อำเภอเมืองลำพูน จังหวัดลำพูน" in unsure.expected.split(" / ")


def test_a_listed_name_that_is_no_places_is_a_note(knowledge: Knowledge) -> None:
    identity = identify([], knowledge)
    listed = {
        "เทศบาลตำบลกกก": Listed("เทศบาลตำบลกกก", candidates=("เทศบาลตำบลกกดู่", "เทศบาลตำบลกกแดง")),
        "เทศบาลตำบลเลย": Listed("เทศบาลตำบลเลย"),
    }
    (unsure,) = agency_findings(SOURCE, 2567, identity, listed, knowledge)
    assert (unsure.printed, unsure.expected) == ("เทศบาลตำบลกกก", "เทศบาลตำบลกกดู่ / เทศบาลตำบลกกแดง")
