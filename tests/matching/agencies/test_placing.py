"""Where an agency is: name, district and province decide each other, and what fits several stays open."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prongsai.knowledge import Knowledge, load_knowledge
from prongsai.matching.agencies.place_index import Place, PlaceIndex, place_index
from prongsai.matching.agencies.placing import SURE, Placing, Printed, place_named, place_only

SUBDISTRICT, TOWN = "named_by_subdistrict", "named_by_town"


@pytest.fixture(scope="module")
def index(knowledge: Knowledge) -> PlaceIndex:
    return place_index(knowledge)


def _subdistricts() -> list[Place]:
    places = [place for place in place_index(load_knowledge()).places if place.subdistrict]
    return Random(7).sample(places, 60)


def test_the_gazetteer_is_whole(index: PlaceIndex) -> None:
    assert (len(index.provinces), len(index.districts)) == (77, 928)
    assert int(index.is_subdistrict.sum()) == 7436
    assert sum(index.is_capital) == 75  # not Bangkok, nor Ayutthaya, whose capital district bears the province's own name
    assert all(place.code.isdigit() and len(place.code) in (4, 6) for place in index.places)


@given(st.sampled_from(_subdistricts()), st.sampled_from([SUBDISTRICT, TOWN]), st.integers(1, 9))
@settings(deadline=None, max_examples=40)
def test_a_clean_name_stays_itself(place: Place, group: str, count: int) -> None:
    index = place_index(load_knowledge())
    alone = place_named(Printed(((place.name, float(count)),)), group, index)
    assert alone.name == place.name
    beside = place_named(Printed(((place.name, float(count)),), ((place.district, place.province, 1.0),)), group, index)
    assert (beside.name, beside.code, beside.district, beside.province) == (place.name, place.code, place.district, place.province)


@given(st.sampled_from(_subdistricts()), st.integers(0, 5), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_the_order_of_prints_changes_nothing(place: Place, at: int, rng: Random) -> None:
    index = place_index(load_knowledge())
    at = min(at, len(place.name) - 1)
    names = [(place.name, 2.0), (place.name[:at] + place.name[at + 1 :], 1.0), (place.name + place.name[at], 2.0)]
    wheres = [(place.district, place.province, 1.0), ("", place.province, 2.0)]
    found = place_named(Printed(tuple(names), tuple(wheres)), TOWN, index)
    rng.shuffle(names)
    wheres.reverse()
    assert place_named(Printed(tuple(names), tuple(wheres)), TOWN, index) == found


def test_name_district_and_province_that_exist_together_only_once_decide_each_other(index: PlaceIndex) -> None:
    found = place_named(Printed((("หนองแสบ", 1.0), ("หนองแสง", 2.0)), (("วาปีปฐม", "มหาสารคาบ", 1.0),)), SUBDISTRICT, index)
    assert (found.name, found.district, found.province) == ("หนองแสง", "วาปีปทุม", "มหาสารคาม")
    assert found.confidence > SURE


def test_a_name_of_many_places_leaves_the_place_open(index: PlaceIndex) -> None:
    found = place_named(Printed((("บ้านกลาง", 5.0),)), SUBDISTRICT, index)
    assert (found.name, found.code, found.district, found.province) == ("บ้านกลาง", "", "", "")
    assert len(found.options) > 1
    assert {option.name for option in found.options} == {"บ้านกลาง"}


def test_a_province_narrows_it_down(index: PlaceIndex) -> None:
    found = place_named(Printed((("บ้านกลาง", 5.0),), (("", "ลำพูน", 1.0),)), SUBDISTRICT, index)
    assert (found.code, found.district) == ("510112", "เมืองลำพูน")


def test_a_towns_own_name_is_kept_in_its_district(index: PlaceIndex) -> None:
    found = place_named(Printed((("ไร่ฝนหลวง", 4.0),), (("แม่แจ่ม", "เชียงใหม่", 1.0),)), TOWN, index)
    assert (found.name, found.is_own, found.code) == ("ไร่ฝนหลวง", True, "")
    assert (found.district, found.province) == ("แม่แจ่ม", "เชียงใหม่")


def test_a_town_may_bear_its_districts_or_its_provinces_name(index: PlaceIndex) -> None:
    found = place_named(Printed((("ระยอง", 4.0),), (("เมืองระยอง", "ระยอง", 1.0),)), TOWN, index)
    assert (found.name, found.is_own, found.code, found.subdistrict) == ("ระยอง", False, "2101", "")


def test_two_names_that_are_equally_near_stay_open(index: PlaceIndex) -> None:
    found = place_named(Printed((("ท่านำ", 1.0),)), TOWN, index)
    assert found.name == ""
    assert {option.name for option in found.options} >= {"ท่าน้ำ", "ท่านา"}


def test_towns_that_the_gazetteer_has_not_are_seldom_taken_for_others(index: PlaceIndex) -> None:
    before, behind = "หนอง", "โนน"
    invented = [(behind + place.name.removeprefix(before), place) for place in index.places if place.name.startswith(before)]
    own = [(name, place) for name, place in invented if not index.of_name(name)][:60]
    taken = 0
    for name, place in own:
        found = place_named(Printed(((name, 5.0),), ((place.district, place.province, 1.0),)), TOWN, index)
        taken += found.name not in ("", name)
    assert len(own) == 60
    assert taken <= 1


def test_a_place_alone_is_the_nearest_district(index: PlaceIndex) -> None:
    assert place_only(Printed(wheres=(("ด่านชาง", "สุพรรณบรี", 1.0),)), index).district == "ด่านช้าง"
    assert place_only(Printed(wheres=(("", "สุพรรณบุรี", 1.0),)), index).province == "สุพรรณบุรี"
    assert place_only(Printed(), index) == Placing()
