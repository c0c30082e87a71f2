"""What is known of an agency once its name is found, and the readings that a name can give."""

from __future__ import annotations

from dataclasses import dataclass

from prongsai.language.folding import fold
from prongsai.matching.agencies.places import Where
from prongsai.matching.agencies.words import AgencyWords, Official, Start
from prongsai.matching.lines import Line, joined

SURE, FULL, SPACED, UNLISTED, PLACE = 1.0, 0.9, 0.6, 0.6, 0.5
"""How sure a reading is: an official name, a kind and a name, those with a space between, a name that should be official
and is not, a province or district that may be an address. Set by hand: no truth to fit them to is at hand."""


@dataclass(frozen=True, slots=True)
class AgencyReading:
    """An agency that is named in a text, by its official or full name, and where it stands."""

    name: str
    """The official name without its ending in brackets, or kind and name in full without spaces between Thai letters."""
    printed: str
    kind: str
    """Code of an `AgencyKind`."""
    district: str
    province: str
    start: int
    """Characters `start` to `end` of the text hold the name, without the places after it."""
    end: int
    matched_by: tuple[str, ...]
    """`official`, `fuzzy`, `kind`, `abbreviation`, `place`."""
    confidence: float


@dataclass(frozen=True, slots=True)
class Named:
    """A reading with what comparing names needs: the beginning in full, the folded rest, and the extent with places."""

    reading: AgencyReading
    full: str
    body: str
    first: int
    last: int
    """Folded characters of the name and its places."""
    is_official: bool = False
    is_everywhere: bool = False
    place: str = ""
    """District and province as they are printed behind the name."""


def official_reading(line: Line, start: int, end: int, official: Official, words: AgencyWords) -> Named:
    """An official name in a text; the branch of an office in a province, run together with it, has its own name."""
    if official.name.startswith(words.branch_beginnings) and not line.has_gap(end):
        found = words.places.written.match(line.text, end)
        province = words.places.province_at(line, found.end()) if found is not None and not line.has_gap(found.end()) else None
        if province is not None and found is not None:
            name, stop, is_fuzzy = province
            shown = joined(line.printed(start, found.end())) + name
            kind = words.branch_kind
            by = ("kind", "place", "fuzzy") if is_fuzzy else ("kind", "place")
            return reading_of(line, start, stop, shown, kind, "", name, None, by, FULL)
    ending = next((text for text in words.bracketed_endings if line.text.startswith(text, end)), "")
    where = words.places.where(line, end + len(ending))
    district, province_name = ("", "") if where is None else (where.district, where.province)
    return reading_of(
        line, start, end + len(ending), official.name, official.kind, district, province_name, where, ("official",), SURE, official
    )


def branch_reading(line: Line, start: int, at: int, meaning: Start, words: AgencyWords) -> Named | None:
    """An office whose name, in one run of letters, ends in its province."""
    if words.starts_here(line.text[at:]):
        return None
    end = line.run_end(at)
    for found in words.places.written.finditer(line.text, at, end):
        if words.stop_office.find(line, at, found.start()) or found.start() == at:
            continue
        province = words.places.province_at(line, found.end(), is_exact=True)
        if province is not None:
            name = joined(line.printed(start, found.end())) + province[0]
            return reading_of(line, start, province[1], name, meaning.kind, "", province[0], None, ("kind", "place"), FULL)
    return None


def numbered(line: Line, start: int, end: int, meaning: Start, words: AgencyWords) -> tuple[str, int]:
    """A name as it is shown and where it ends, with the number after it where its kind has one."""
    body = joined(line.printed(start, end))
    number = words.number.match(line.text, end) if meaning.kind in words.groups["numbered"] else None
    return (body, end) if number is None else (f"{body} {joined(_in_arabic(line.printed(end, number.end())))}", number.end())


def _in_arabic(text: str) -> str:
    return "".join(str(int(character)) if character.isdecimal() else character for character in text)


def of_kind(
    line: Line, start: int, end: int, meaning: Start, body: str, where: Where | None, by: tuple[str, ...], confidence: float
) -> Named:
    district, province = ("", "") if where is None else (where.district, where.province)
    name = meaning.full + body
    return reading_of(line, start, end, name, meaning.kind, district, province, where, by, confidence, None, (meaning.full, fold(body)))


def of_province(line: Line, start: int, meaning: Start, province: tuple[str, int, bool], by: tuple[str, ...] | None = None) -> Named:
    name, end, is_fuzzy = province
    by = by or (("abbreviation",) if meaning.is_short else ("kind",))
    by = (*by, "fuzzy") if is_fuzzy and "fuzzy" not in by else by
    confidence = FULL - 0.1 * is_fuzzy
    return reading_of(line, start, end, meaning.full + name, meaning.kind, "", name, None, by, confidence, None, (meaning.full, fold(name)))


def reading_of(
    line: Line,
    start: int,
    end: int,
    name: str,
    kind: str,
    district: str,
    province: str,
    where: Where | None,
    by: tuple[str, ...],
    confidence: float,
    official: Official | None = None,
    parts: tuple[str, str] | None = None,
) -> Named:
    first, last = line.span(start, end)
    full, body = parts if parts is not None else ("", fold(name))
    reading = AgencyReading(name, line.raw[first:last], kind, district, province, first, last, by, round(confidence, 2))
    stop = end if where is None else max(end, where.end)
    is_everywhere = official is not None and official.is_everywhere
    return Named(reading, full, body, start, stop, official is not None, is_everywhere, "" if where is None else where.printed)
