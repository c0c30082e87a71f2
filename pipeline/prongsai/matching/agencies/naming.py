"""The name of an agency in a table cell, and the names of agencies in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from prongsai.knowledge import Knowledge
from prongsai.language.folding import fold
from prongsai.matching.agencies.places import Where
from prongsai.matching.agencies.readings import (
    FULL,
    PLACE,
    SPACED,
    UNLISTED,
    AgencyReading,
    Named,
    branch_reading,
    numbered,
    of_kind,
    of_province,
    official_reading,
    reading_of,
)
from prongsai.matching.agencies.words import AgencyWords, Official, Start, agency_words
from prongsai.matching.lines import Line, is_letter, joined

_ORDINAL = re.compile(
    r"^[\s\-\N{BULLET}\N{MIDDLE DOT}*#'\"|`~_.,]*"
    r"(?:\(?\d{1,4}(?:\.\d{1,3})*[.)\]]?[\s\-.]*(?=[\N{THAI CHARACTER KO KAI}-\N{THAI CHARACTER SARA AI MAIMALAI}]))?"
)
_TAIL = re.compile(r"[\s:;,.|*/\-]*(?:\s\d{1,3}\.\d{1,2}(?!\d).*|$)", re.DOTALL)
"""What a line of a table holds after its label: from the first number with decimals on."""
_BRACKETED = re.compile(r"\s*\([^()]{1,14}\)\s*$")
_LONGEST_CELL = 160
"""Folded letters; longer cells are prose. The longest official name has 75."""
_LONGEST_LABEL = 80
"""Folded letters of a cell above which it is a sentence that begins with an agency, and the name ends in its first run."""
_SHORTEST_NAME = 2
_ABBREVIATION_ALONE = 4
"""Characters of an abbreviation, dots included, that no word of prose ends in by chance, so that it may follow one unspaced."""
_REACH = 40
"""Characters before a province within which an agency or a district makes it that one's address."""


def read_agency(text: str, knowledge: Knowledge) -> AgencyReading | None:
    """The agency that a label cell names, None where it names none; rows of totals and headings of groups name none."""
    found = read_label(text, agency_words(knowledge))
    return None if found is None else found.reading


def find_agencies(text: str, knowledge: Knowledge) -> tuple[AgencyReading, ...]:
    """The agencies named in running text, left to right; a name ends at a space, a place, a sign, or a word that goes on."""
    line = Line(text)
    words = agency_words(knowledge)
    found = [named.reading for named in find_named(line, words)]
    found += [named.reading for named in find_provinces(line, words, tuple(found))]
    return tuple(sorted(found, key=lambda reading: reading.start))


def find_named(line: Line, words: AgencyWords) -> Iterator[Named]:
    """The agencies in a line of running text, but for provinces and districts, which mostly are addresses."""
    done = 0
    for hit in sorted((*words.prose.find(line.text), *words.damaged.find(line.text)), key=lambda hit: hit.start):
        if hit.start < done:
            continue
        named = (
            official_reading(line, hit.start, hit.end, hit.meaning, words)
            if isinstance(hit.meaning, Official)
            else _named(line, hit.start, hit.end, hit.meaning, words)
        )
        if named is not None:
            done = named.last
            yield named


@lru_cache(maxsize=4096)
def read_label(text: str, words: AgencyWords) -> Named | None:
    """`read_agency`, with what comparing names needs besides; kept, since whose report it is and whose row it is ask alike."""
    start = _ORDINAL.match(text)
    head = start.end() if start else 0
    tail = _TAIL.search(text, head)
    line = Line(text[: tail.start()] if tail else text)
    at = len(fold(text[:head]))
    introduced = words.introducer.match(line.text, at)
    # The introducer must leave a name: some begin like one.
    if introduced is not None and (line.text[introduced.end() - 1] in ":." or line.has_gap(introduced.end())):
        at = introduced.end()
    folded = line.text[at:]
    if not folded or len(folded) > _LONGEST_CELL or not is_letter(folded[0]):
        return None
    if words.internal.match(folded) or words.is_kind(folded):
        return None
    begun = words.place_start(folded)
    if begun is not None:
        # No official name begins like one of a place: the fuzzy search for one is spared.
        return _labelled(line, at, at + begun[1], begun[0], words)
    bare = fold(_BRACKETED.sub("", line.raw[line.index[at] :]))
    official = words.official(bare) or (words.official(folded) if bare != folded else None)
    if official is not None:
        meaning, likeness = official
        by = ("official",) if likeness == 1 else ("official", "fuzzy")
        return reading_of(line, at, len(line.text), meaning.name, meaning.kind, "", "", None, by, likeness, meaning)
    hit = next(words.officials.find(folded), None)
    if hit is not None and hit.start == 0 and not _goes_on(line, at + hit.end, words):
        return official_reading(line, at, at + hit.end, hit.meaning, words)
    begun = words.start_of(folded)
    if begun is None:
        return None
    return _labelled(line, at, at + begun[1], begun[0], words)


def _goes_on(line: Line, at: int, words: AgencyWords) -> bool:
    """Whether the name of a cell goes on at `at`: no space, sign, place, or word above it or of a sentence follows."""
    if at >= len(line.text) or not is_letter(line.text[at]):
        return False
    return not (
        line.has_gap(at) or words.parent_word.match(line.text, at) or words.stop.at(line, at) or words.places.where(line, at) is not None
    )


def _named(line: Line, start: int, at: int, meaning: Start, words: AgencyWords) -> Named | None:
    """A kind's word and a name in running text; None where no name follows."""
    if at >= len(line.text) or (meaning.is_short and _joins(line, start) and at - start < _ABBREVIATION_ALONE):
        return None
    if meaning.kind in words.groups["has_branches"]:
        return branch_reading(line, start, at, meaning, words)
    is_spaced = line.has_gap(at)
    end = line.run_end(at)
    if _is_month(line, at):
        return None
    body_end = _cut(line, at, end, words)
    if meaning.kind in words.groups["named_by_province"]:
        province = words.places.province_at(line, at)
        if province is not None:
            return of_province(line, start, meaning, province)
        return None
    if body_end - at < _SHORTEST_NAME or (is_spaced and words.starts_here(line.text[at:body_end])):
        return None
    body, body_end = numbered(line, at, body_end, meaning, words)
    where = words.places.where(line, body_end)
    by = _by(line, start, at, meaning)
    confidence = SPACED if is_spaced and not meaning.is_short else FULL
    return of_kind(line, start, body_end, meaning, body, where, by, confidence)


def _labelled(line: Line, start: int, at: int, meaning: Start, words: AgencyWords) -> Named | None:
    """A kind's word and a name that fill a cell: the name goes on over spaces, up to its place or the one above it."""
    if words.place_group(meaning.kind):
        # The whole rest may be a place's name, whatever words it holds; of one, a full stop is part and was cut off.
        rest = joined(line.printed(at, len(line.text)))
        whole = next((name for name in (rest, f"{rest}.") if words.index.of_name(name)), None)
        if whole is not None:
            return of_kind(line, start, len(line.text), meaning, whole, None, _by(line, start, at, meaning), FULL)
    stop = words.stop_office if meaning.kind in words.groups["official_only"] else words.stop
    if at >= len(line.text) or (stop.at(line, at) and not _is_whole(line, at, words)):
        return None
    by = _by(line, start, at, meaning)
    if meaning.kind in words.groups["named_by_province"]:
        province = words.places.province_at(line, at)
        if province is None or (province[1] < len(line.text) and not line.has_gap(province[1]) and is_letter(line.text[province[1]])):
            return None
        return of_province(line, start, meaning, province, by)
    if meaning.kind in words.groups["has_branches"]:
        # The office of a municipality is the municipality, that of a province the province.
        housed = next(words.prose.find(line.text[at:]), None)
        province_word = words.places.written.match(line.text, at)
        inner = words.starts.full(province_word.group()) if province_word is not None else None
        if province_word is not None and inner is not None and inner.kind in words.groups["named_by_province"]:
            return _labelled(line, start, province_word.end(), inner, words)
        if housed is not None and housed.start == 0 and isinstance(housed.meaning, Start) and housed.meaning.kind != meaning.kind:
            return _labelled(line, at, at + housed.end, housed.meaning, words)
        branch = branch_reading(line, start, at, meaning, words)
        if branch is not None:
            return branch
    if _is_month(line, at):
        return None
    end = len(line.text) if len(line.text) - start <= _LONGEST_LABEL else _cut(line, at, line.run_end(at), words)
    where = words.places.where(line, end)
    for cut in range(at + 1, end):
        if not line.has_gap(cut) and not words.places.written.match(line.text, cut):
            continue
        if meaning.kind in words.groups["has_branches"] and not line.has_gap(cut):
            continue
        place = words.places.where(line, cut)
        if place is None and line.has_gap(cut) and words.place_group(meaning.kind):
            beside = words.places.province_in(line.raw[line.index[cut] :])
            place = Where("", beside, len(line.text), printed=joined(line.printed(cut, len(line.text)))) if beside else None
        is_parent = line.has_gap(cut) and (words.parent_word.match(line.text, cut) or words.starts_here(line.text[cut:]))
        if place is not None or is_parent or (line.has_gap(cut) and stop.at(line, cut, is_exact=False)):
            end, where = cut, place
            break
    while end > at and line.text[end - 1] in ",:;(-/":
        end -= 1
    if end - at < _SHORTEST_NAME or not is_letter(line.text[at]):
        return None
    number = words.number.search(line.text, at + 1, end) if meaning.kind in words.groups["numbered"] else None
    body, end = numbered(line, at, end if number is None else number.start(), meaning, words)
    confidence = UNLISTED if meaning.kind in words.groups["official_only"] else FULL
    if meaning.kind in words.groups["places"]:
        confidence, by = PLACE, (*by, "place")
    return of_kind(line, start, end, meaning, body, where, by, confidence)


def _by(line: Line, start: int, at: int, meaning: Start) -> tuple[str, ...]:
    """The evidence for a beginning: a kind's word, one that is damaged, or an abbreviation."""
    if meaning.is_short:
        return ("abbreviation",)
    full = fold(meaning.full)
    is_damaged = full != line.text[start:at] and full[:2] == line.text[start : start + 2]
    return ("kind", "fuzzy") if is_damaged else ("kind",)


def find_provinces(line: Line, words: AgencyWords, found: Sequence[AgencyReading] = ()) -> Iterator[Named]:
    """Provinces that stand in running text on their own: not after a district, nor within the name or place of an agency."""
    for word in words.places.written.finditer(line.text):
        start = line.index[word.start()]
        before = line.text[max(0, word.start() - _REACH) : word.start()]
        if any(reading.start <= start <= reading.end + _REACH for reading in found) or words.places.written.search(before):
            continue
        if words.within.search(before):
            continue
        meaning = words.starts.full(word.group())
        if meaning is None or meaning.kind not in words.groups["named_by_province"]:
            continue
        province = words.places.province_at(line, word.end(), is_exact=True)
        if province is not None:
            named = of_province(line, word.start(), meaning, province, ("kind", "place"))
            yield replace(named, reading=replace(named.reading, confidence=PLACE))


def _cut(line: Line, start: int, end: int, words: AgencyWords) -> int:
    """Where the name in a run of letters ends: before a place, or a word that goes on with the sentence."""
    place = words.places.written.search(line.text, start, end)
    if place is not None:
        end = place.start()
    stop = words.stop.find(line, start, end)
    return end if stop is None or (stop == (start, end) and line.text[start:end] in words.also_names) else stop[0]


def _is_whole(line: Line, at: int, words: AgencyWords) -> bool:
    """Whether a word that goes on with a sentence is all that stands there, and a name too: one subdistrict is called `and`."""
    end = line.run_end(at)
    return line.text[at:end] in words.also_names and not line.has_gap(at)


def _is_month(line: Line, at: int) -> bool:
    """Whether what follows an abbreviation is another: `M.` for a university also begins the short names of months."""
    end = line.run_end(at)
    return end - at < 3 and line.text[end : end + 1] == "."


def _joins(line: Line, start: int) -> bool:
    """Whether a letter stands right before `start`: then what looks like an abbreviation may be the end of a word."""
    return start > 0 and is_letter(line.text[start - 1]) and not line.has_gap(start)
