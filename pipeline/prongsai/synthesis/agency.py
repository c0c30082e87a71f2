"""Agencies for made reports: kinds and places are real, what is said of them is not."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .wording import KindOfAgency, Place, Wording


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency by its full name, short name, place line and head's title."""

    kind: str
    name: str
    short: str
    place: str
    head: str
    district: str
    province: str


def name_agency(kind: KindOfAgency, place: Place) -> Agency:
    """The agency of a kind at a place."""
    parts = {"subdistrict": place.subdistrict, "district": place.district, "province": place.province}
    fill = [text.format(**parts) for text in (kind.name, kind.short, kind.place, kind.head)]
    return Agency(kind.code, fill[0], fill[1], fill[2], fill[3], place.district, place.province)


def draw_agency(wording: Wording, rng: Random) -> Agency:
    """An agency of any kind anywhere; kinds are drawn by their share."""
    kind = rng.choices(wording.kinds, weights=[kind.share for kind in wording.kinds])[0]
    return name_agency(kind, rng.choice(wording.places))


def draw_neighbours(wording: Wording, rng: Random, count: int) -> tuple[Agency, ...]:
    """`count` different agencies of one province, each under another name."""
    province = rng.choice(sorted({place.province for place in wording.places}))
    found: dict[str, Agency] = {}
    for place in wording.places:
        if place.province == province:
            for kind in wording.kinds:
                if kind.code != "province":
                    agency = name_agency(kind, place)
                    found.setdefault(agency.name, agency)
    names = sorted(found)
    return tuple(found[name] for name in rng.sample(names, min(count, len(names))))
