"""Agencies of a list: names that lost marks are found again, clean ones stay, and what fits several stays as printed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prongsai.knowledge import Knowledge, load_knowledge
from prongsai.matching.agencies.listed import settle_listed
from prongsai.matching.agencies.names import NOBODY, agency_findings, identify, name_listed
from prongsai.matching.agencies.words import AgencyWords, agency_words
from prongsai.matching.match import Matched
from prongsai.records import Kind, Source

SAO, TT = "องค์การบริหารส่วนตำบล", "เทศบาลตำบล"
CLEAN = ["จะทิ้งพระ", "คูหาสวรรค์", "ถลุงเหล็ก", "พระธาตุผาแดง", "แหลมตะลุมพุก", "เวียงกาหลง", "บุ่งขี้เหล็ก", "ลำประดา", "วัดท่าพระ", "ทาสบเส้า"]
MARKS = dict.fromkeys(map(ord, "่้๊๋์็"))


@pytest.fixture(scope="module")
def words(knowledge: Knowledge) -> AgencyWords:
    return agency_words(knowledge)


def test_lost_marks_are_found_again(words: AgencyWords) -> None:
    printed = [SAO.translate(MARKS) + name.translate(MARKS) for name in CLEAN]
    found = settle_listed(printed, [], words)
    assert [found[text].name for text in printed] == [SAO + name for name in CLEAN]


@pytest.mark.parametrize("junk", ["ก", "ข ", "'", "|", "ขอ"])
def test_junk_in_front_of_a_name_is_none_of_it(junk: str, words: AgencyWords) -> None:
    text = f"{junk}{SAO}ถลุงเหล็ก"
    assert settle_listed([text], [], words)[text].name == f"{SAO}ถลุงเหล็ก"


@given(st.lists(st.sampled_from(CLEAN), min_size=1, unique=True), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=25)
def test_clean_names_stay_themselves_and_their_order_changes_nothing(names: list[str], rng: Random) -> None:
    words = agency_words(load_knowledge())
    printed = [TT + name for name in names]
    found = settle_listed(printed, [], words)
    assert {text: one.name for text, one in found.items()} == {text: text for text in printed}
    rng.shuffle(printed)
    assert settle_listed(printed, [], words) == found


def test_the_titles_province_decides_between_namesakes(words: AgencyWords) -> None:
    text = f"{SAO}บ้านกลาง"
    assert settle_listed([text], [], words)[text].code == ""
    found = settle_listed([text], ["ผลการประเมินของหน่วยงานในจังหวัดลำพูน"], words)[text]
    assert (found.code, found.district, found.province) == ("510112", "เมืองลำพูน", "ลำพูน")


def test_the_place_in_the_cell_decides_between_namesakes(words: AgencyWords) -> None:
    text = f"{TT}บ้านกลาง อำเภอเมืองลำพูน จังหวัดลำพูน"
    assert settle_listed([text], [], words)[text].code == "510112"


def test_a_name_that_fits_several_stays_as_printed_with_its_candidates(words: AgencyWords, knowledge: Knowledge) -> None:
    text = f"{TT}ท่านำ"
    found = settle_listed([text], [], words)
    assert found[text].name == text
    assert set(found[text].candidates) >= {f"{TT}ท่าน้ำ", f"{TT}ท่านา"}
    source = Source("list.txt", "0" * 64, Kind.TEXT, 1)
    assert agency_findings(source, 2567, NOBODY, found, knowledge) == ()  # the print is among its candidates but for a mark


def test_no_print_takes_the_name_of_another_of_the_list(words: AgencyWords) -> None:
    printed = [f"{SAO}ลำประดา", f"{SAO}ลำปรดา"]
    found = settle_listed(printed, ["จังหวัดพิจิตร"], words)
    assert [found[text].name for text in printed] == printed
    assert found[printed[1]].candidates == (printed[0],)


def test_a_clean_list_is_read_with_more_care_than_a_damaged_one(words: AgencyWords) -> None:
    slip = f"{TT}คหาสวรรค"
    damaged = [TT + name.translate(MARKS) for name in CLEAN if "คูหา" not in name]
    clean = [f"{TT}{place.name}" for place in Random(3).sample(words.index.places, 2000) if place.subdistrict and "คูหา" not in place.name]
    assert settle_listed([*damaged, slip], [], words)[slip].name == f"{TT}คูหาสวรรค์"
    assert settle_listed([*clean, slip], [], words)[slip].confidence < settle_listed([*damaged, slip], [], words)[slip].confidence


def test_who_is_not_named_for_a_place_is_left_out(words: AgencyWords) -> None:
    assert settle_listed(["กรมการปกครอง", "รวม", "องค์การบริหารส่วนจังหวัดเลย", ""], [], words) == {}


def test_a_spelling_of_the_documents_own_agency_is_that_agency(knowledge: Knowledge) -> None:
    texts = [f"{SAO}บางแพรกษา", "อำเภอเมืองสมุทรปราการ จังหวัดสมุทรปราการ", f"{SAO}แพรกษา", f"{SAO}แพรกษา ได้คะแนน", f"{SAO}แพรกศา ได้คะแนน"]
    identity = identify(texts, knowledge)
    assert identity.agency == f"{SAO}แพรกษา"
    assert name_listed({f"{SAO}แพรกศา"}, [], identity, knowledge)[f"{SAO}แพรกศา"].name == identity.agency


PROVINCE_COLUMNS = [
    ("จังหวัด\tหน่วยงาน\tคะแนน", "{province}\t{name}\t{score}"),
    ("หน่วยงาน\tจังหวัด\tคะแนน", "{name}\tจังหวัด{province}\t{score}"),
]


@pytest.mark.parametrize(("header", "row"), PROVINCE_COLUMNS)
def test_a_column_of_provinces_tells_namesakes_apart(header: str, row: str, matched: Callable[..., Matched]) -> None:
    listed = [
        ("อบต.บางแขม", "นครปฐม", "91.10"),
        ("อบต.แม่ปะ", "ตาก", "92.10"),
        ("อบต.หนองบัว", "กาฬสินธุ์", "93.10"),
        ("อบต.หนองบัว", "เลย", "94.10"),
    ]
    rows = "\n".join(row.format(name=name, province=province, score=score) for name, province, score in listed)
    found = matched(f"ผลการประเมิน ITA ประจำปีงบประมาณ พ.ศ. 2567\n{header}\n{rows}\n").mentions

    assert [(mention.agency, mention.value) for mention in found] == [
        (name.replace("อบต.", "องค์การบริหารส่วนตำบล"), Decimal(score)) for name, _, score in listed
    ]
    assert [mention.place_code[:2] for mention in found[:2]] == ["73", "63"]
    assert len({mention.agency_printed for mention in found}) == 4


def test_a_damaged_name_is_that_of_its_province(words: AgencyWords) -> None:
    (alone,) = settle_listed(["อบต.แม่ปา"], [], words).values()
    (beside,) = settle_listed(["อบต.แม่ปา ตาก"], [], words).values()

    assert alone.code == ""
    assert (beside.name, beside.code) == (f"{SAO}แม่ปะ", "630607")
