"""Agencies in table cells and in prose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.knowledge import Knowledge, load_knowledge
from prongsai.matching.agencies.names import find_agencies, identify, read_agency, with_province

from .conftest import NACC, PLACES

CELLS = [
    # official names, whole, damaged and with endings that may be left out
    ("กรมการแพทย์", "กรมการแพทย์", "department"),
    ("๑. กรมอนามยั", "กรมอนามัย", "department"),
    ("กรมสนบัสนนุ บริการสุขภาพ", "กรมสนับสนุนบริการสุขภาพ", "department"),
    ("สำนักงานหลักปะกันสุขภาพแห่งชาติ", "สำนักงานหลักประกันสุขภาพแห่งชาติ", "office"),
    ("ส านักงานปลัดกระทรวงสาธารณสุข", "สำนักงานปลัดกระทรวงสาธารณสุข", "permanent-secretary"),
    ("กรมการแพทย์แผนไทยและการแพทย์\nทางเลือก", "กรมการแพทย์แผนไทยและการแพทย์ทางเลือก", "department"),
    ("โรงพยาบาลบ้านแพ้ว (องค์การมหาชน)", "โรงพยาบาลบ้านแพ้ว", "public-organization"),
    ("โรงพยาบาลบ้านแพ้ว", "โรงพยาบาลบ้านแพ้ว", "public-organization"),
    ("สถาบันการแพทย์ฉุกเฉินแห่งชาติ (สพฉ.)", "สถาบันการแพทย์ฉุกเฉินแห่งชาติ", "institute"),
    ("กรมอุทยานแห่งชาติ สัตว์ป่าและพันธุ์พืช", "กรมอุทยานแห่งชาติ สัตว์ป่า และพันธุ์พืช", "department"),
    ("หน่วยงาน : กรมชลประทาน", "กรมชลประทาน", "department"),
    ("กรมธนารักษ์ กระทรวงการคลัง", "กรมธนารักษ์", "department"),
    ("มหาวิทยาลัยราชภัฏสุรินทร์", "มหาวิทยาลัยราชภัฏสุรินทร์", "university"),
    ("มหาวิทยาลัยราชภัฏสุราษฎร์ธานี", "มหาวิทยาลัยราชภัฏสุราษฎร์ธานี", "university"),
    ("สำนักงาน ป.ป.ส.", "สำนักงานคณะกรรมการป้องกันและปราบปรามยาเสพติด", "department"),
    ("บริษัท ไปรษณีย์ไทย จำกัด", "บริษัท ไปรษณีย์ไทย จำกัด", "state-enterprise"),
    # kinds and names
    ("๒) เทศบาลเมืองสระแก้ว", "เทศบาลเมืองสระแก้ว", "town-municipality"),
    ("ทม.สระแก้ว", "เทศบาลเมืองสระแก้ว", "town-municipality"),
    ("เทศบาลนครนครศรีธรรมราช", "เทศบาลนครนครศรีธรรมราช", "city-municipality"),
    ("เทศบาลดำบลหนองแวง", "เทศบาลตำบลหนองแวง", "subdistrict-municipality"),
    ("เทศบาลตำบล อาจสามารถ", "เทศบาลตำบลอาจสามารถ", "subdistrict-municipality"),
    ("3. อบต. หนองบัว ", "องค์การบริหารส่วนตำบลหนองบัว", "subdistrict-administration"),
    ("อบต.และ", "องค์การบริหารส่วนตำบลและ", "subdistrict-administration"),
    ("องคการบริหารสวนตําบลหนองบัว", "องค์การบริหารส่วนตำบลหนองบัว", "subdistrict-administration"),
    ("องค์กรบริหารส่วนตำบลหนองบัว", "องค์การบริหารส่วนตำบลหนองบัว", "subdistrict-administration"),
    ("อบจ.ยะลา", "องค์การบริหารส่วนจังหวัดยะลา", "provincial-administration"),
    ("องค์การบริหารส่วนจังหวัดสละบุรี", "องค์การบริหารส่วนจังหวัดสระบุรี", "provincial-administration"),
    ("จงัหวดัตราด", "จังหวัดตราด", "province"),
    ("สภ.เมืองเลย", "สถานีตำรวจภูธรเมืองเลย", "police-station"),
    ("สพป.แพร่ เขต ๒", "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาแพร่ เขต 2", "education-area"),
    ("โรงเรียนเทศบาล ๔ (วัดกลาง)", "โรงเรียนเทศบาล ๔ (วัดกลาง)", "school"),
    ("รพ.สต.บ้านโนน", "โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านโนน", "subdistrict-health-hospital"),
    ("สำนักงานท้องถิ่นจังหวัดน่าน", "สำนักงานท้องถิ่นจังหวัดน่าน", "office"),
    ("สำนักงานเทศบาลตำบลหนองแวง", "เทศบาลตำบลหนองแวง", "subdistrict-municipality"),
    ("กรุงเทพมหานคร", "กรุงเทพมหานคร", "bangkok"),
    ("สำนักงานจังหวัดเชียงราย", "จังหวัดเชียงราย", "province"),
    # more than a name in the cell
    ("กรมประมง ดำเนินการตามแผน", "กรมประมง", "department"),
    ("10 กรมควบคมุโรค 89.14 85.32 83.05", "กรมควบคุมโรค", "department"),
    ("โรงพยาบาลบ้านนา จึงไดจัดทำรายงาน", "โรงพยาบาลบ้านนา", "hospital"),
]


@pytest.mark.parametrize(("cell", "name", "kind"), CELLS)
def test_cell_names_an_agency(cell: str, name: str, kind: str, knowledge: Knowledge) -> None:
    reading = read_agency(cell, knowledge)
    assert reading is not None
    assert (reading.name, reading.kind) == (name, kind)
    assert reading.printed == cell[reading.start : reading.end]


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "   ",
        "รวม",
        "เฉลี่ย",
        "๙๕.๒๐",
        "จังหวัด",
        "อำเภอ",
        "เทศบาลตำบล",
        "องค์การมหาชน",
        "รัฐวิสาหกิจ",
        "กรม",
        "หน่วยงาน",
        "ผู้รับผิดชอบ",
        "สำนักปลัด",
        "กองคลัง",
        "สำนัก/กอง",
        "การปฏิบัติหน้าที่",
        "ตัวชี้วัดที่ ๑",
        "ศาลาประชาคมหมู่บ้าน",
        "มหาวิทยาลัยที่เข้าร่วม",
        "โรงเรียนในสังกัด",
        "ตำบลบ้านใหม่",
        "Total",
        "การเปิดเผยข้อมูล",
        "ระดับ",
        "ม.ค. - เม.ย. ๖๙",
        "องค์การบริหารส่วนจังหวัดที่เข้ารับการประเมิน",
        NACC,
    ],
)
def test_cell_names_none(cell: str, knowledge: Knowledge) -> None:
    assert read_agency(cell, knowledge) is None


def test_cell_gives_district_and_province(knowledge: Knowledge) -> None:
    for cell in (
        "อบต.บ้านโคก อ.เมือง จ.สุรินทร์",
        "องค์การบริหารส่วนตำบลบ้านโคก อำเภอเมืองสุรินทร์ จังหวัดสุรินทร์",
        "อบต.บ้านโคก(อำเภอเมืองสุรินทร์ จังหวัดสุรินทร)",
    ):
        reading = read_agency(cell, knowledge)
        assert reading is not None
        assert (reading.name, reading.district, reading.province) == ("องค์การบริหารส่วนตำบลบ้านโคก", "เมืองสุรินทร์", "สุรินทร์")


def test_unlisted_twin_is_not_pulled_to_a_listed_name(knowledge: Knowledge) -> None:
    for name in ("มหาวิทยาลัยราชภัฏสุโขทัย", "กรมทางน้ำ", "กรมทรัพยากรลม"):
        reading = read_agency(name, knowledge)
        assert reading is not None
        assert reading.name == name
        assert "official" not in reading.matched_by


def test_every_official_name_is_read_as_itself(knowledge: Knowledge) -> None:
    for entry in knowledge.agency_names:
        reading = read_agency(f"๑๒. {entry.name}", knowledge)
        assert reading is not None, entry.name
        assert reading.name == entry.name.removesuffix(" (องค์การมหาชน)")
        assert (reading.kind, reading.confidence) == (entry.kind, 1.0)


def _swapped(name: str) -> list[str]:
    floating = "ัิีึืุู"
    return [
        name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        for at in range(len(name) - 1)
        if name[at] in floating and name[at + 1] not in "่้๊๋์็"
    ]


def test_every_long_official_name_survives_a_mark_out_of_order(knowledge: Knowledge) -> None:
    tried = 0
    for entry in knowledge.agency_names:
        name = entry.name.removesuffix(" (องค์การมหาชน)")
        for damaged in _swapped(name)[:3] if len(name) > 14 else ():
            reading = read_agency(damaged, knowledge)
            tried += 1
            assert reading is not None, damaged
            assert reading.name == name
    assert tried > 300


@pytest.mark.parametrize("tail", ["", "ได้คะแนน ๙๕.๑๐", "มีผลคะแนน ๙๕.๑๐", " ประจำปีงบประมาณ", "ซึ่งเป็นหน่วยงาน", " (อบต.)", "\tผ่านดี"])
@pytest.mark.parametrize(("beginning", "full"), [("อบต.", "องค์การบริหารส่วนตำบล"), ("เทศบาลตำบล", "เทศบาลตำบล")])
def test_name_ends_where_the_sentence_goes_on(beginning: str, full: str, tail: str, knowledge: Knowledge) -> None:
    assert len(PLACES) > 100
    for place in PLACES:
        found = find_agencies(f"รายงานของ{beginning}{place['subdistrict']}{tail}", knowledge)
        assert [reading.name for reading in found[:1]] == [full + place["subdistrict"]]


@pytest.mark.parametrize(
    "print_",
    [
        " อำเภอ{district} จังหวัด{province}",
        " อ.{district} จ.{province}",
        " อำเภอ{district}จังหวัด{province}ได้คะแนน",
        " อำเภอ {district}\nจังหวัด {province}",
    ],
)
def test_places_after_a_name_are_read(print_: str, knowledge: Knowledge) -> None:
    for place in PLACES:
        text = f"เทศบาลตำบล{place['subdistrict']}" + print_.format(**place)
        found = find_agencies(text, knowledge)
        assert [(entry.district, entry.province) for entry in found] == [(place["district"], place["province"])], text


def test_prose_finds_agencies_in_order_with_their_places_in_the_text(knowledge: Knowledge) -> None:
    text = "ในปีนี้อบจ.ชลบุรีได้คะแนน ๙๑.๐๐ สูงกว่าเทศบาลเมืองศรีราชา และกรมการปกครอง ส่วนสำนักงานสาธารณสุขจังหวัดชลบุรีได้ ๘๐.๐๐"
    found = find_agencies(text, knowledge)
    assert [reading.name for reading in found] == [
        "องค์การบริหารส่วนจังหวัดชลบุรี",
        "เทศบาลเมืองศรีราชา",
        "กรมการปกครอง",
        "สำนักงานสาธารณสุขจังหวัดชลบุรี",
    ]
    assert [text[reading.start : reading.end] for reading in found] == [reading.printed for reading in found]
    assert found[0].printed == "อบจ.ชลบุรี"


DAMAGED_KINDS = [
    ("คณะผู้บริหารองคการบรหารสวนตำบลแม่ปะ มอบหมายให้ทุกกองดำเนินการ", "องค์การบริหารส่วนตำบลแม่ปะ"),
    ("โดยผ่านนายกองดีการบริหารส่วนดำบลแม่ปะ", "องค์การบริหารส่วนตำบลแม่ปะ"),
    ("ผลการประเมินของเทคบาลตำบลหนองแวง ได้คะแนน ๙๑.๐๐", "เทศบาลตำบลหนองแวง"),
    ("ผลการประเมินของเทศบาลเมืยงสระแก้ว ได้คะแนน ๙๑.๐๐", "เทศบาลเมืองสระแก้ว"),
]


@pytest.mark.parametrize(("text", "name"), DAMAGED_KINDS)
def test_prose_names_an_agency_whose_kind_is_damaged(text: str, name: str, knowledge: Knowledge) -> None:
    (found,) = find_agencies(text, knowledge)
    assert (found.name, found.matched_by) == (name, ("kind", "fuzzy"))
    assert text[found.start : found.end] == found.printed


@pytest.mark.parametrize(
    ("printed", "beside", "both"),
    [
        ("อบต.แม่ปะ", ["1", "ตาก"], "อบต.แม่ปะ ตาก"),
        ("อบต.แม่ปะ", ["จังหวัดตาก"], "อบต.แม่ปะ จังหวัดตาก"),
        ("อบต.แม่ปะ จ.ตาก", ["ตาก"], "อบต.แม่ปะ จ.ตาก"),
        ("อบต.แม่ปะ", ["ผ่านดี"], "อบต.แม่ปะ"),
        ("กรมการแพทย์", ["นนทบุรี"], "กรมการแพทย์"),
    ],
)
def test_a_province_beside_a_name_tells_where_it_is(printed: str, beside: list[str], both: str, knowledge: Knowledge) -> None:
    assert with_province(printed, beside, knowledge) == both
    reading = read_agency(both, knowledge)
    assert reading is not None
    assert (reading.name, reading.province) in (("องค์การบริหารส่วนตำบลแม่ปะ", "ตาก" if "ตาก" in both else ""), ("กรมการแพทย์", ""))


@pytest.mark.parametrize(
    "text",
    [
        "ผู้ตอบตามการรับรู้ของตนเอง",
        "องค์กรมีพฤติกรรมการนำทรัพย์สินไปใช้",
        "องค์การบริหารส่วนตำบลต่าง ๆ ทั่วประเทศ",
        "เทศบาลตำบลและเทศบาลเมือง",
        "องค์กรปกครองส่วนท้องถิ่นบางแห่ง",
        "การบริหารส่วนราชการหนองแวง",
        "ระหว่าง ม.ค.-พ.ค. ๒๕๖๗",
        "นักเรียนโรงเรียนในพื้นที่",
        "อบต. และหน่วยงานภายนอก",
        "สถาบันครอบครัวและชุมชน",
        "ประชาชนในอำเภอบ้านนา จังหวัดนครนายก",
    ],
)
def test_prose_without_an_agency(text: str, knowledge: Knowledge) -> None:
    assert find_agencies(text, knowledge) == ()


@given(st.text(alphabet=st.sampled_from("กรมอบต.จเทศาลำ่้ัีุ อภงหวด๑1(),*\n\tx"), max_size=60))
def test_any_text_is_read_without_failing_and_spans_hold(text: str) -> None:
    knowledge = load_knowledge()
    for reading in find_agencies(text, knowledge):
        assert text[reading.start : reading.end] == reading.printed
    reading_or_none = read_agency(text, knowledge)
    if reading_or_none is not None:
        assert text[reading_or_none.start : reading_or_none.end] == reading_or_none.printed
        assert 0 < reading_or_none.confidence <= 1
    identify([text, text], knowledge)
