"""An agency that a person names has its kind, and its place where the gazetteer is sure of it."""

from __future__ import annotations

import pytest

from prongsai.knowledge import load_knowledge
from prongsai.matching import with_agency
from prongsai.records import Document, Kind, Status

DOCUMENT = Document(
    "d" * 16, "a.pdf", "d" * 64, Kind.PDF, 1, "เทศบาลตำบลเมืองพล", "", "พล", "ขอนแก่น", 2566, "ITA", Status.COMPLETE, "", subdistrict="เมืองพล"
)


@pytest.mark.parametrize(
    ("name", "agency", "kind", "place", "code"),
    [
        ("องค์การบริหารส่วนจังหวัดลพบุรี", "", "provincial-administration", ("", "", "ลพบุรี"), "16"),
        # Many provinces have a place of this name, and none of them is in the document's district.
        ("องค์การบริหารส่วนตำบลท่าช้าง", "", "subdistrict-administration", ("", "", ""), ""),
        (
            "องค์การบริหารส่วนตำบลท่าช้าง อำเภอเมืองจันทบุรี จังหวัดจันทบุรี",
            "องค์การบริหารส่วนตำบลท่าช้าง",
            "subdistrict-administration",
            ("ท่าช้าง", "เมืองจันทบุรี", "จันทบุรี"),
            "220106",
        ),
        ("องค์การบริหารส่วนตำบลหนองแวงโสกพระ", "", "subdistrict-administration", ("หนองแวงโสกพระ", "พล", "ขอนแก่น"), "401206"),
        ("กรมสรรพากร", "", "department", ("", "", ""), ""),
        ("ชมรม", "", "", ("", "", ""), ""),
    ],
)
def test_a_name_brings_kind_and_place(name: str, agency: str, kind: str, place: tuple[str, str, str], code: str) -> None:
    told = with_agency(DOCUMENT, name, load_knowledge())
    assert (told.agency, told.agency_type) == (agency or name, kind)
    assert (told.subdistrict, told.district, told.province) == place
    assert told.place_code == code
    assert told.path == DOCUMENT.path


def test_the_place_of_the_document_tells_places_of_one_name_apart() -> None:
    at_home = Document("d" * 16, "a.pdf", "d" * 64, Kind.PDF, 1, "?", "", "เมืองจันทบุรี", "จันทบุรี", 2566, "ITA", Status.COMPLETE, "")
    assert with_agency(at_home, "องค์การบริหารส่วนตำบลท่าช้าง", load_knowledge()).place_code == "220106"
