"""The gazetteer: every province, district and subdistrict of Thailand, and what a name can be the name of.

Names and codes are those of the Department of Provincial Administration, from the package geothai (data CC BY 4.0).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from prongsai.language.folding import fold
from prongsai.matching.agencies.likeness import Forms, Likeness, likeness

if TYPE_CHECKING:
    import numpy as np

    from prongsai.knowledge import Knowledge

UNREAD_PLACE = 9.0
"""The most that a printed district or province can cost: above it, it is that of somebody else."""
_KEPT = 512
"""Printed names whose costs are kept."""


@dataclass(frozen=True, slots=True)
class Place:
    """A subdistrict, or a town that bears its district's or its province's name, by the code of the narrowest that it is."""

    code: str
    """Two digits a level: province, district, subdistrict."""
    name: str
    """What an agency of the place is called by: the subdistrict's name, or the district's or province's for a town."""
    subdistrict: str
    district: str
    province: str


class PlaceIndex:
    """The places as arrays, so that one is held against all of them at once. All numbers are indices into the tuples."""

    def __init__(self, capital: str, like: Likeness) -> None:
        """`capital` is the word before a province's name that makes it the name of its capital district."""
        # Imported late: nothing but matching needs it, and it reads 0.5 MB.
        import geothai
        import numpy as np

        self.like = like
        self.provinces: tuple[str, ...] = tuple(province.name_th for province in geothai.provinces())
        self.province_codes = {province.name_th: province.code for province in geothai.provinces()}
        self.districts: list[str] = []
        places: list[Place] = []
        district_of: list[int] = []
        in_province: list[int] = []
        capitals: list[bool] = []
        for number, province in enumerate(geothai.provinces()):
            for district in geothai.districts(province.code):
                own = [
                    Place(one.code, one.name_th, one.name_th, district.name_th, province.name_th)
                    for one in geothai.subdistricts(district.code)
                ]
                is_capital = district.name_th == capital + province.name_th
                town = province.name_th if is_capital else district.name_th
                if all(one.name != town for one in own):
                    own.append(Place(district.code, town, "", district.name_th, province.name_th))
                places += own
                district_of += [len(self.districts)] * len(own)
                self.districts.append(district.name_th)
                in_province.append(number)
                capitals.append(is_capital)
        self.places = tuple(places)
        self.district_of = np.array(district_of)
        self.province_of_district = np.array(in_province)
        self.province_of = self.province_of_district[self.district_of]
        self.is_capital = np.array(capitals)
        self.is_subdistrict = np.array([bool(place.subdistrict) for place in places])
        self.names: tuple[str, ...] = tuple(dict.fromkeys(place.name for place in places))
        numbers = {name: number for number, name in enumerate(self.names)}
        self.name_of = np.array([numbers[place.name] for place in places])
        self.folded_names = tuple(fold(name) for name in self.names)
        self._at: dict[str, list[int]] = {}
        for number, place in enumerate(places):
            self._at.setdefault(place.name, []).append(number)
        self._forms: dict[int, Forms] = {}
        self._district_forms = [like.forms(name) for name in self.districts]
        self._province_forms = [like.forms(name) for name in self.provinces]
        self._costs: dict[tuple[str, str], np.ndarray] = {}
        self._fold_costs: dict[str, np.ndarray] = {}

    def of_name(self, name: str) -> Sequence[int]:
        """The places of exactly this name."""
        return self._at.get(name, ())

    def forms_of(self, name: int) -> Forms:
        """The forms of a name that are compared; made when first asked for."""
        found = self._forms.get(name)
        if found is None:
            found = self._forms[name] = self.like.forms(self.names[name])
        return found

    def name_slips(self, printed: str) -> np.ndarray:
        """How many letters of each name are another in print; tone marks are no letters."""
        import numpy as np
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        folded = fold(printed)
        found = self._fold_costs.get(folded)
        if found is None:
            _make_room(self._fold_costs)
            found = process.cdist([folded], self.folded_names, scorer=OSA.distance, dtype=np.uint8)[0].astype(np.float32)
            self._fold_costs[folded] = found
        return found

    def district_costs(self, district: str, province: str) -> np.ndarray:
        """For each district the cost of being printed as this district and province, either of which may be empty."""
        import numpy as np

        found = self._costs.get((district, province))
        if found is None:
            of_district = of_province = np.zeros(len(self.districts), dtype=np.float32)
            if district:
                of_district = np.minimum(self.like.costs(district, self._district_forms), UNREAD_PLACE)
            if province:
                of_province = np.minimum(self.like.costs(province, self._province_forms), UNREAD_PLACE)[self.province_of_district]
            found = of_district + of_province
            if province and district.endswith(province) and district != province:
                # A capital's district repeats the province's name: one slip, written twice.
                found = np.where(self.is_capital, np.maximum(of_district, of_province), found)
            _make_room(self._costs)
            self._costs[district, province] = found
        return found


def _make_room(kept: dict[str, np.ndarray] | dict[tuple[str, str], np.ndarray]) -> None:
    if len(kept) >= _KEPT:
        kept.clear()


@lru_cache(maxsize=4)
def place_index(knowledge: Knowledge) -> PlaceIndex:
    """The places, read when first asked for and kept for the life of the process."""
    return PlaceIndex(knowledge.agency_cues.words["capital"][0], likeness(knowledge))
