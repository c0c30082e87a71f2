"""What an agency is called and where it is, once the document has said which one it is of: its prints held against the gazetteer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from prongsai.language.folding import fold
from prongsai.matching.agencies.candidates import Candidate
from prongsai.matching.agencies.placing import Option, Placing, Printed, place_named, place_only
from prongsai.matching.agencies.words import AgencyWords
from prongsai.matching.lines import Line

_MAJORITY = 0.6
"""Of the provinces printed anywhere in a document, what one needs to be the agency's where none stands beside its name."""


_SHORT = 80
"""Characters of a line that may be nothing but an address."""


@dataclass(frozen=True, slots=True)
class Settled:
    """An agency's name and place: the gazetteer's where it is sure, else what is printed most."""

    name: str
    subdistrict: str
    district: str
    province: str
    code: str
    """Of the subdistrict, district or province, two digits a level; empty where the gazetteer is not sure."""
    is_near: bool
    """Some place stands beside the name."""
    confidence: float | None
    """The gazetteer's in the name; None where the name is as printed."""
    candidates: tuple[str, ...]
    """The agencies that it may be, the likeliest first, where it is not sure which."""


def settle(name: str, winner: Candidate, texts: Sequence[str], words: AgencyWords) -> Settled:
    """The name and place of the agency that has won, `name` being its most frequent print."""
    district, province, is_near, elsewhere = _printed_place(winner, texts, words)
    if winner.kind in words.groups["named_by_province"]:
        return Settled(name, "", district, province, words.index.province_codes.get(province, ""), is_near, None, ())
    if winner.is_official or words.levels.get(winner.kind) == "central":
        return Settled(name, "", district, province, "", is_near, None, ())
    wheres = tuple((*place, float(count)) for place, count in winner.places.items()) or elsewhere
    group = words.place_group(winner.kind)
    bodies: Counter[str] = Counter()
    for printed, count in winner.names.items():
        bodies[printed.removeprefix(winner.full)] += count
    if group:
        placing = place_named(Printed(tuple((body, float(count)) for body, count in bodies.items()), wheres), group, words.index)
    else:
        placing = place_only(Printed(wheres=wheres), words.index)
    named = winner.full + placing.name if placing.name else name
    is_unsure = not placing.name if group else not placing.district and bool(district)
    return Settled(
        named,
        placing.subdistrict,
        placing.district or _if_known(district, placing, words),
        placing.province or province,
        placing.code,
        is_near,
        placing.confidence if group and placing.name and not placing.is_own else None,
        tuple(_full_name(winner.full, option, words) for option in placing.options) if is_unsure or (group and not placing.code) else (),
    )


def _if_known(district: str, placing: Placing, words: AgencyWords) -> str:
    """A printed district where the gazetteer is not sure: if it is one at all, and of the province that is sure."""
    index = words.index
    provinces = {index.provinces[index.province_of_district[at]] for at, name in enumerate(index.districts) if name == district}
    return district if provinces and (not placing.province or placing.province in provinces) else ""


def _full_name(full: str, option: Option, words: AgencyWords) -> str:
    return " ".join(
        part for part in (full + option.name if option.name else "", words.places.written_out(option.district, option.province)) if part
    )


def _printed_place(
    winner: Candidate, texts: Iterable[str], words: AgencyWords
) -> tuple[str, str, bool, tuple[tuple[str, str, float], ...]]:
    """(district, province, whether they stand beside the name, places printed elsewhere with their shares) of an agency.

    National agencies have none but by their name.
    """
    district = province = ""
    if winner.places:
        province = _most(entry for (_, entry), count in winner.places.items() for _ in range(count))
        district = _most(entry for (entry, named), count in winner.places.items() if named in ("", province) for _ in range(count))
        if province or winner.is_official:
            return district, province, True, ()
    if winner.is_official or words.levels.get(winner.kind) == "central":
        return district, province, bool(winner.places), ()
    found = _places_in(texts, words)
    provinces: Counter[str] = Counter()
    for (_, name), count in found.items():
        if name:
            provinces[name] += count
    if provinces and not province:
        name, count = provinces.most_common(1)[0]
        province = name if count >= _MAJORITY * sum(provinces.values()) else ""
    if not district and province:
        district = _most(entry for (entry, named), count in found.items() if named == province for _ in range(count))
    total = sum(found.values())
    return district, province, bool(winner.places), tuple((*place, count / total) for place, count in found.items())


def _places_in(texts: Iterable[str], words: AgencyWords) -> Counter[tuple[str, str]]:
    """Every district and province written out anywhere, and how often."""
    found: Counter[tuple[str, str]] = Counter()
    for text in texts:
        if len(text) <= _SHORT and (address := words.places.damaged(Line(text))) is not None:
            found[address.district, address.province] += 1
            continue
        if words.places.written.search(fold(text)) is None:
            continue
        line = Line(text)
        for word in words.places.written.finditer(line.text):
            where = words.places.where(line, word.start())
            if where is not None:
                found[where.district, where.province] += 1
    return found


def _most(names: Iterable[str]) -> str:
    """The most frequent of some names that are not empty, the first of those that are equally frequent."""
    counts = Counter(name for name in names if name)
    return counts.most_common(1)[0][0] if counts else ""
