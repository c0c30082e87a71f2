"""What the pages know of agencies beside what the tables say."""

from __future__ import annotations

import pytest

from prongsai.knowledge import load_knowledge
from prongsai.report.model import _kind_of


@pytest.mark.parametrize("code", ["subdistrict-administration", "town-municipality", "provincial-administration", "police-station"])
def test_a_name_begins_with_its_kind(code: str) -> None:
    knowledge = load_knowledge()
    kind = next(one for one in knowledge.agency_kinds if one.code == code)
    assert _kind_of(f"{kind.name_th}X", knowledge) == code
    assert all(_kind_of(f"{beginning}X", knowledge) == code for beginning in kind.prefixes)


def test_a_place_and_an_unknown_name_have_no_kind() -> None:
    knowledge = load_knowledge()
    places = [one for one in knowledge.agency_kinds if one.level == "place"]
    assert places
    assert {_kind_of(f"{one.name_th}X", knowledge) for one in places} == {""}
    assert _kind_of("X", knowledge) == ""
