"""Agencies of a list: each name held against the gazetteer, with the provinces that the list speaks of.

A list prints a name once, so there is little to weigh it by but the names that there are: a print that no place has is
another's if that one is clearly nearest. The provinces of the list's titles, and those of its names that only one
province has, make the places there likelier than their namesakes elsewhere.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prongsai.language.folding import fold
from prongsai.matching.agencies.naming import read_label
from prongsai.matching.agencies.place_index import PlaceIndex
from prongsai.matching.agencies.placing import OWN_NAME, SURE, TOWN_FOR_SUBDISTRICT, letters_cost
from prongsai.matching.agencies.readings import Named
from prongsai.matching.agencies.words import AgencyWords

if TYPE_CHECKING:
    import numpy as np

_TITLE = 3.0
"""What a province in a title counts as a share of all names of the list, where a name that only one province has counts 1."""
_ANYWHERE = 10.0
"""And what all of the country counts at least, so that no province is ruled out; for long lists as much as they have names."""
_ELSEWHERE = 3.0
"""By how much, as a natural logarithm, a province may be less likely than the likeliest and still be one the list speaks of."""
_SLIPS = 0.34
"""Of the folded letters of a name, how many may be others, at most; at least one."""
_AT_ONCE = 256
"""Names held against all names at once: 6,000 bytes each."""
_DAMAGED, _WHOLE, _CARE_FROM = 0.3, 10.0, 3.0
"""A list's misprints are counted as if it had so many damaged names and so many whole ones more; a rate of e to the minus
third of these, one name in twenty, is that of a scan, and below it each misprint is the less likely."""
_TAKEN = 0.5
_CANDIDATES = 4
_CANDIDATE_FROM = 0.1


@dataclass(frozen=True, slots=True)
class Listed:
    """An agency of a list as it is known: its name in full, and what the gazetteer is sure of."""

    name: str
    district: str = ""
    province: str = ""
    code: str = ""
    confidence: float = 1.0
    candidates: tuple[str, ...] = ()
    """Other names that it may have, where it is printed like none and none is clearly nearest."""


def settle_listed(printed: Iterable[str], titles: Iterable[str], words: AgencyWords) -> dict[str, Listed]:
    """What each printed name of a list is; those that name nobody, or nobody who is named for a place, are left out.

    The order of the names makes no difference. `titles`: short texts around the list, for the provinces that they name.
    """
    import numpy as np

    named: dict[str, Named] = {}
    for text in sorted(set(printed)):
        reading = read_label(text, words)
        if reading is not None and words.place_group(reading.reading.kind):
            named[text] = reading
    if not named:
        return {}
    index = words.index
    bodies = {text: entry.reading.name.removeprefix(entry.full) for text, entry in named.items()}
    leaning = _leaning(bodies.values(), titles, words)
    near = _near(sorted({body for body in bodies.values() if not _is_plain(body, leaning, index)}), index)
    care = _care(set(bodies.values()), index)
    weights = np.exp(np.array(leaning)[index.province_of])
    share = np.bincount(index.district_of, weights, minlength=len(index.districts))
    found = {text: _settled(entry, bodies[text], near.get(bodies[text], ()), leaning, share, care, words) for text, entry in named.items()}
    return _each_once(found, {text: entry.full + bodies[text] for text, entry in named.items()})


def _care(bodies: Collection[str], index: PlaceIndex) -> float:
    """What a misprint costs in this list beyond its letters: nothing where many names have lost a mark, much where none has."""
    folded = set(index.folded_names)
    whole = sum(bool(index.of_name(body)) for body in bodies)
    damaged = sum(not index.of_name(body) and fold(body) in folded for body in bodies)
    return max(0.0, -math.log((damaged + _DAMAGED) / (whole + damaged + _WHOLE)) - _CARE_FROM)


def _each_once(found: Mapping[str, Listed], as_printed: Mapping[str, str]) -> dict[str, Listed]:
    """A list names each agency once: a print that was taken for another letter by letter does not take that one's name."""
    owners = {found[text].name for text, name in as_printed.items() if found[text].name == name}
    kept = {}
    for text, one in found.items():
        name = as_printed[text]
        is_taken = one.name != name and fold(one.name) != fold(name) and one.name in owners
        kept[text] = Listed(name, candidates=(one.name,), confidence=_TAKEN) if is_taken else one
    return kept


def _leaning(bodies: Iterable[str], titles: Iterable[str], words: AgencyWords) -> list[float]:
    """How likely each place's province is, as the natural logarithm of its share for one place there."""
    import numpy as np

    index = words.index
    numbers = {name: number for number, name in enumerate(index.provinces)}
    sizes = np.bincount(index.province_of, minlength=len(numbers)).astype(np.float64)
    distinct = sorted(set(bodies))
    weight = max(_ANYWHERE, len(distinct))
    counts = sizes / sizes.sum() * weight
    for name in sorted(set(words.places.provinces_in(titles))):
        counts[numbers[name]] += _TITLE * weight
    for body in distinct:
        provinces = {int(index.province_of[at]) for at in index.of_name(body)}
        if len(provinces) == 1:
            counts[provinces.pop()] += 1
    return [float(one) for one in np.log(counts / counts.sum() / sizes)]


def _is_plain(body: str, leaning: Sequence[float], index: PlaceIndex) -> bool:
    """Whether a name is that of a place, and of one where the list speaks of places: then nothing else comes near."""
    most = max(leaning)
    return any(leaning[index.province_of[at]] > most - _ELSEWHERE for at in index.of_name(body))


def _near(bodies: Sequence[str], index: PlaceIndex) -> dict[str, tuple[int, ...]]:
    """For each name the numbers of the names that it may be a misprint of."""
    import numpy as np
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found: dict[str, tuple[int, ...]] = {}
    for start in range(0, len(bodies), _AT_ONCE):
        part = bodies[start : start + _AT_ONCE]
        folded = [fold(body) for body in part]
        most = max(max(1, int(len(name) * _SLIPS)) for name in folded)
        slips = process.cdist(folded, index.folded_names, scorer=OSA.distance, score_cutoff=most, dtype=np.uint8)
        for row, (body, name) in enumerate(zip(part, folded, strict=True)):
            limit = max(1, int(len(name) * _SLIPS))
            found[body] = tuple(int(at) for at in np.flatnonzero(slips[row] <= limit))
    return found


def _settled(
    entry: Named,
    body: str,
    near: Iterable[int],
    leaning: Sequence[float],
    share_of_district: np.ndarray,
    care: float,
    words: AgencyWords,
) -> Listed:
    import numpy as np

    index, group = words.index, words.place_group(entry.reading.kind)
    own = OWN_NAME[group]
    odds: defaultdict[str, float] = defaultdict(float)
    by_place: dict[int, float] = {}
    # What the district and province that stand behind the name cost, by the district that the agency is in.
    where = index.district_costs(entry.reading.district, entry.reading.province)
    names = {body, *(index.names[number] for number in near)}
    for name in sorted(names):
        places = index.of_name(name)
        if not places:
            continue
        print_cost = index.like.cost(body, name) + care if name != body else 0.0
        for at in places:
            cost = print_cost - leaning[index.province_of[at]] - math.log(1 - own) + float(where[index.district_of[at]])
            if group == "named_by_subdistrict" and not index.places[at].subdistrict:
                cost += TOWN_FOR_SUBDISTRICT
            by_place[at] = math.exp(-cost)
            odds[name] += by_place[at]
    odds[body] += math.exp(-letters_cost(body)) * own * float((share_of_district * np.exp(-where)).sum())
    total = sum(odds.values())
    best = max(sorted(odds), key=lambda name: odds[name])
    share = odds[best] / total
    if share < SURE:
        rivals = tuple(name for name in sorted(odds, key=lambda name: (-odds[name], name)) if odds[name] / total >= _CANDIDATE_FROM)
        candidates = tuple(entry.full + name for name in rivals[:_CANDIDATES])
        return Listed(entry.full + body, entry.reading.district, entry.reading.province, "", round(odds[body] / total, 2), candidates)
    place = max(sorted(by_place), key=lambda at: by_place[at], default=None)
    provinces: defaultdict[str, float] = defaultdict(float)
    for at, weight in by_place.items():
        provinces[index.places[at].province] += weight / total
    province = max(sorted(provinces), key=lambda name: provinces[name], default="")
    is_place = place is not None and by_place[place] / total >= SURE
    found = index.places[place] if place is not None and is_place else None
    return Listed(
        entry.full + best,
        found.district if found is not None else entry.reading.district,
        province if province and provinces[province] >= SURE else entry.reading.province,
        found.code if found is not None else "",
        round(min(share, 0.99), 2),
    )
