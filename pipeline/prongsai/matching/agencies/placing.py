"""Where an agency is: each place of the gazetteer is held against all that is printed of name, district and province.

A place, or a town with a name of its own in some district, is the cheaper the less the prints differ from it (`likeness`)
and the more agencies are named that way. What they cost makes the odds; a name, a district or a province is decided where
all places that agree in it have `SURE` of the odds together. So a subdistrict and a district that exist together only once
decide each other, and a name that many districts have leaves the district open.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prongsai.language.folding import fold
from prongsai.matching.agencies.place_index import PlaceIndex

if TYPE_CHECKING:
    import numpy as np

SURE = 0.9
OWN_NAME = {"named_by_subdistrict": 0.01, "named_by_town": 0.35}
"""How often an agency of a group of kinds bears a name that is no place's in the gazetteer. Of the subdistrict organizations
only those of merged or renamed subdistricts do; of municipalities about a third are named for a village or a market."""
TOWN_FOR_SUBDISTRICT = 3.0
"""Cost of a subdistrict organization that is named for a district or a province."""
_A_LETTER, _LEAST, _MOST = 2.4, 7.0, 16.0
"""What a name of an agency's own costs: so much for each letter, since so many others could stand there; within bounds."""
_SHORTLIST = 64
_SPELLINGS = 8
"""Spellings of a name that are looked at, the most frequent; and of those the printed names that may be an own name."""
_OWN_SPELLINGS = 3
_WHERES = 8
_CANDIDATES = 5
_CANDIDATE_FROM = 0.05


@dataclass(frozen=True, slots=True)
class Printed:
    """What is printed of one agency's name and place, with how often (or how surely, where below 1)."""

    names: tuple[tuple[str, float], ...] = ()
    """The name without the word for its kind."""
    wheres: tuple[tuple[str, str, float], ...] = ()
    """District and province, either of which may be empty."""


@dataclass(frozen=True, slots=True)
class Option:
    """A place that an agency may be of; its district is empty where only the province tells."""

    name: str
    code: str
    district: str
    province: str
    share: float
    """Of the odds, 0–1."""


@dataclass(frozen=True, slots=True)
class Placing:
    """What the gazetteer says; each text is empty where it is not sure of it."""

    name: str = ""
    is_own: bool = False
    """The name is as printed, and no place's in the gazetteer."""
    code: str = ""
    subdistrict: str = ""
    district: str = ""
    province: str = ""
    confidence: float = 0.0
    """Share of the odds that the name has, or the district where an agency is not named for a place."""
    options: tuple[Option, ...] = ()
    """The likeliest, where more than one has a share worth telling."""


def place_named(printed: Printed, group: str, index: PlaceIndex, leaning: np.ndarray | None = None) -> Placing:
    """Where an agency is that is named for a place; `group` is the key of `OWN_NAME` that its kind is in.

    `leaning`: how likely each province is beforehand, as shares that add up to 1.
    """
    import numpy as np

    names = sorted(printed.names, key=lambda item: (-item[1], item[0]))[:_SPELLINGS]
    if not names:
        return place_only(printed, index)
    where = _where_costs(printed.wheres, index)
    if leaning is not None:
        sizes = np.bincount(index.province_of, minlength=len(index.provinces))
        where = where - np.log(leaning * len(index.places) / sizes)[index.province_of_district]
    short = _shortlist(names, where, index)
    own = OWN_NAME[group]
    cost = where[index.district_of[short]] + _name_costs(names, short, index) + math.log(len(index.places)) - math.log(1 - own)
    if group == "named_by_subdistrict":
        cost = cost + np.where(index.is_subdistrict[short], 0.0, TOWN_FOR_SUBDISTRICT)
    of_own = {name: _own_cost(name, names, index, own) for name, _ in names[:_OWN_SPELLINGS]}
    return _decided(short, cost, of_own, where, index)


def place_only(printed: Printed, index: PlaceIndex) -> Placing:
    """In which district and province an agency is whose name says nothing of it."""
    import numpy as np

    if not printed.wheres:
        return Placing()
    odds = _odds(_where_costs(printed.wheres, index))
    best = int(np.argmax(odds))
    by_province = np.bincount(index.province_of_district, weights=odds, minlength=len(index.provinces))
    province = int(np.argmax(by_province))
    is_district, is_province = odds[best] >= SURE, by_province[province] >= SURE
    found = [
        Option("", "", index.districts[at], index.provinces[int(index.province_of_district[at])], round(float(odds[at]), 4))
        for at in np.argsort(-odds, kind="stable")[:_CANDIDATES]
        if odds[at] >= _CANDIDATE_FROM
    ]
    return Placing(
        district=index.districts[best] if is_district else "",
        province=index.provinces[province] if is_province else "",
        confidence=round(float(odds[best] if is_district else by_province[province]), 4),
        options=tuple(found) if len(found) > 1 else (),
    )


def _where_costs(wheres: Iterable[tuple[str, str, float]], index: PlaceIndex) -> np.ndarray:
    import numpy as np

    total: np.ndarray = np.zeros(len(index.districts), dtype=np.float32)
    for district, province, count in sorted(wheres, key=lambda item: (-item[2], item[0], item[1]))[:_WHERES]:
        total = total + _weight(count) * index.district_costs(district, province)
    return total


def _weight(count: float) -> float:
    """What a print that stands `count` times counts: a slip is copied more easily than made again."""
    return count if count < 1 else 1 + math.log(count)


def _shortlist(names: Sequence[tuple[str, float]], where: np.ndarray, index: PlaceIndex) -> np.ndarray:
    """The places worth a closer look: those of exactly a printed name, and those nearest by folded letters and place."""
    import numpy as np

    exact = sorted({at for name, _ in names for at in index.of_name(name)})
    if len(names) == 1 and exact and where[index.district_of[exact]].min() < 1:
        # A clean name in a place that has it: nothing else comes near.
        return np.array(exact)
    rough = where[index.district_of].astype(np.float32)
    for name, count in names:
        rough = rough + 3 * _weight(count) * index.name_slips(name)[index.name_of]
    nearest = np.argpartition(rough, _SHORTLIST)[:_SHORTLIST]
    return np.unique(np.concatenate([nearest, np.array(exact, dtype=nearest.dtype)]))


def _name_costs(names: Sequence[tuple[str, float]], short: np.ndarray, index: PlaceIndex) -> np.ndarray:
    import numpy as np

    numbers, back = np.unique(index.name_of[short], return_inverse=True)
    forms = [index.forms_of(int(number)) for number in numbers]
    total: np.ndarray = np.zeros(len(numbers), dtype=np.float32)
    for name, count in names:
        total = total + _weight(count) * index.like.costs(name, forms)
    result: np.ndarray = total[back]
    return result


def _own_cost(name: str, names: Sequence[tuple[str, float]], index: PlaceIndex, own: float) -> float:
    others = sum(_weight(count) * index.like.cost(other, name) for other, count in names)
    return others + letters_cost(name) - math.log(own) + math.log(len(index.districts))


def letters_cost(name: str) -> float:
    """What it costs that a name is an agency's own: as much as there are others that could stand there."""
    return min(_MOST, max(_LEAST, _A_LETTER * len(fold(name))))


def _odds(cost: np.ndarray) -> np.ndarray:
    import numpy as np

    odds = np.exp(cost.min() - cost.astype(np.float64))
    result: np.ndarray = odds / odds.sum()
    return result


def _decided(short: np.ndarray, cost: np.ndarray, of_own: Mapping[str, float], where: np.ndarray, index: PlaceIndex) -> Placing:
    """What the odds decide: all places in the list, and each own name in each district."""
    import numpy as np

    odds = _odds(np.concatenate([cost, *(where + of_name for of_name in of_own.values())]))
    listed, own = odds[: len(short)], odds[len(short) :].reshape(len(of_own), len(index.districts))
    own_names = {name: float(row.sum()) for name, row in zip(of_own, own, strict=True)}
    by_name = dict(own_names)
    for at, share in zip(short, listed, strict=True):
        name = index.places[int(at)].name
        by_name[name] = by_name.get(name, 0.0) + float(share)
    by_district = np.bincount(index.district_of[short], weights=listed, minlength=len(index.districts)) + own.sum(axis=0)
    by_province = np.bincount(index.province_of_district, weights=by_district, minlength=len(index.provinces))
    name = max(by_name, key=lambda one: (by_name[one], one))
    best, district, province = int(np.argmax(listed)), int(np.argmax(by_district)), int(np.argmax(by_province))
    place = index.places[int(short[best])]
    is_name, is_place = by_name[name] >= SURE, listed[best] >= SURE
    options = [
        Option(
            index.places[int(short[at])].name,
            index.places[int(short[at])].code,
            index.places[int(short[at])].district,
            index.places[int(short[at])].province,
            round(float(listed[at]), 4),
        )
        for at in np.argsort(-listed, kind="stable")[:_CANDIDATES]
    ]
    options += [Option(one, "", "", "", round(float(row.sum()), 4)) for one, row in zip(of_own, own, strict=True)]
    told = sorted((one for one in options if one.share >= _CANDIDATE_FROM), key=lambda one: (-one.share, one.name, one.code))
    return Placing(
        name=name if is_name else "",
        is_own=is_name and own_names.get(name, 0.0) > by_name[name] / 2,
        code=place.code if is_place else "",
        subdistrict=place.subdistrict if is_place else "",
        district=index.districts[district] if by_district[district] >= SURE else "",
        province=index.provinces[province] if by_province[province] >= SURE else "",
        confidence=round(by_name[name], 4),
        options=tuple(told[:_CANDIDATES]) if len(told) > 1 else (),
    )
