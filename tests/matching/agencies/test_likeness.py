"""How unlike two names are: lost marks cost least, other letters most, and the cost is the same either way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.knowledge import Knowledge, load_knowledge
from prongsai.matching.agencies.likeness import ALIKE, LETTER, MARK, VOWEL, likeness

NAMES = st.text(alphabet=st.sampled_from("กขคดตบปนมหองเแาำ่้ัีุ"), max_size=12)

SLIPS = [
    ("บางกล่ำ", "บางกลำ", MARK),
    ("ท่าน้ำ", "ท่านำ", MARK),
    ("บ้านหีบ", "บ้านหบ", VOWEL),
    ("บ้านหีบ", "บ้านหิบ", VOWEL),
    ("บางแขม", "บางเขม", ALIKE),
    ("บางแขม", "บางแคม", ALIKE),
    ("บางแขม", "บางแวม", LETTER),
    ("ป่าขะ", "ป่าข", LETTER),
]


@pytest.mark.parametrize(("name", "printed", "cost"), SLIPS)
def test_a_slip_costs_what_its_kind_costs(name: str, printed: str, cost: float, knowledge: Knowledge) -> None:
    assert likeness(knowledge).cost(printed, name) == pytest.approx(cost)


def test_spaces_and_halves_of_sara_am_cost_nothing(knowledge: Knowledge) -> None:
    assert likeness(knowledge).cost("น้ ําพอง", "น้ำพอง") == 0


@given(NAMES, NAMES)
def test_it_is_the_same_either_way_and_nothing_only_for_the_same(one: str, other: str) -> None:
    like = likeness(load_knowledge())
    cost = like.cost(one, other)
    assert cost == pytest.approx(like.cost(other, one))
    assert (cost == 0) == (like.forms(one) == like.forms(other))


@given(NAMES, st.lists(NAMES, min_size=1, max_size=5))
def test_many_at_once_cost_what_each_costs(printed: str, names: list[str]) -> None:
    like = likeness(load_knowledge())
    together = like.costs(printed, [like.forms(name) for name in names])
    assert list(together) == pytest.approx([like.cost(printed, name) for name in names], abs=1e-4)
