"""Whose report a document is: every agency it names has a vote, the cover more than the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from prongsai.knowledge import Knowledge
from prongsai.matching.agencies.candidates import Candidate, merged
from prongsai.matching.agencies.naming import find_named, find_provinces, read_label
from prongsai.matching.agencies.places import Where
from prongsai.matching.agencies.readings import Named
from prongsai.matching.agencies.settling import settle
from prongsai.matching.agencies.words import AgencyWords, agency_words
from prongsai.matching.lines import Line

_COVER, _FRONT = 500, 2500
"""Characters of the document: a cover and its title page, and the foreword. A cover has up to ten short lines."""
_COVER_VOTE, _FRONT_VOTE, _VOTE, _PLACE_VOTE = 5.0, 2.0, 1.0, 0.5
_SHORT = 160
"""Characters of a line of a cover that may be nothing but a name and its place."""
_CLOSING = " \t\r\n.,:;)*|"
_SHARE = 0.4
"""Of the votes, below which an agency that is on no cover is one of many."""
_MANY = 4
"""Agencies on a cover from which on it is a list."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose report a document is; empty where it cannot be told or there are many."""

    agency: str
    kind: str
    """Code of an `AgencyKind`."""
    district: str
    province: str
    spellings: tuple[tuple[str, int], ...]
    """Every name in full under which it is printed, and how often, the most frequent first."""
    matched_by: tuple[str, ...]
    """`cover`, `votes`, `official`, `abbreviation`, `spellings`, `place`, `gazetteer`."""
    confidence: float
    subdistrict: str = ""
    place_code: str = ""
    """Of the subdistrict, or of the district that a town is named for: two digits a level; empty where the gazetteer is not sure."""
    place_prints: tuple[tuple[str, int], ...] = ()
    """Districts and provinces as they stand beside the name, and how often, the most frequent first."""
    candidates: tuple[str, ...] = ()
    """The agencies or places that it may be, where the gazetteer is not sure which."""


NOBODY = Identity("", "", "", "", (), (), 0.0)


def identify(texts: Sequence[str], knowledge: Knowledge) -> Identity:
    """Whose report these texts are: the paragraphs and cells of a document in reading order.

    A name that runs on into the sentence counts as the shorter one that others share; names of one kind a letter or
    two apart are spellings of one agency. Bodies that every report names count only on a cover that names nobody else.
    """
    words = agency_words(knowledge)
    candidates = _count(texts, words)
    agencies = list(merged(candidates, words))
    winner = _winner(agencies, words)
    if winner is None:
        return NOBODY
    spellings = tuple(sorted(winner.names.items(), key=lambda item: (-item[1], item[0] != winner.name, item[0])))
    settled = settle(spellings[0][0], winner, texts, words)
    others = sum(other.weight for other in agencies if not other.is_everywhere)
    share = winner.weight / max(others, winner.weight)
    agreed = spellings[0][1] / winner.count if settled.confidence is None else settled.confidence
    confidence = (0.5 + 0.5 * share) * (0.6 + 0.4 * agreed) * (1.0 if winner.count > 1 else 0.8)
    by = [
        label
        for label, holds in (
            ("cover", winner.cover > 0),
            ("votes", winner.count > 1),
            ("official", winner.is_official),
            ("abbreviation", winner.by == {"abbreviation"}),
            ("spellings", len(spellings) > 1),
            ("place", settled.is_near),
            ("gazetteer", bool(settled.code)),
        )
        if holds
    ]
    return Identity(
        settled.name,
        winner.kind,
        settled.district,
        settled.province,
        spellings,
        tuple(by),
        round(min(confidence, 0.99), 2),
        settled.subdistrict,
        settled.code,
        tuple(winner.place_prints.most_common()),
        settled.candidates,
    )


def _count(texts: Iterable[str], words: AgencyWords) -> list[Candidate]:
    """The candidates of a document in the order in which they first stand there."""
    found: dict[tuple[str, str, str], Candidate] = {}
    read = 0
    last: Candidate | None = None
    for text in texts:
        if not text.strip():
            continue
        if last is not None and read < _FRONT and len(text) <= _SHORT and (where := _address(text, words)) is not None:
            last.places[where.district, where.province] += 1
            last.place_prints[where.printed] += 1
            read += len(text)
            last = None
            continue
        is_short = len(text) <= _SHORT
        named = list(_votes(text, read, words))
        for nth, (entry, is_label) in enumerate(named):
            at = read + entry.reading.start
            is_cover = at < _COVER and (is_short or not entry.is_everywhere)
            vote = _COVER_VOTE if is_cover else _FRONT_VOTE if at < _FRONT else _VOTE
            is_place = entry.reading.kind in words.groups["places"]
            vote *= _PLACE_VOTE if is_place else entry.reading.confidence
            if is_label and is_place and last is not None and nth == 0:
                # A line that is nothing but a place is the address of the agency in the line before.
                where = words.places.where(Line(text), 0)
                last.places[_places_of(entry) if where is None else (where.district, where.province)] += 1
                last.place_prints[" ".join(f"{entry.reading.printed} {entry.place}".split())] += 1
                continue
            key = (entry.reading.kind, entry.full, entry.body)
            candidate = found.get(key)
            if candidate is None:
                candidate = found[key] = Candidate(
                    entry.reading.name, entry.reading.kind, entry.full, entry.body, entry.is_official, entry.is_everywhere, first=at
                )
            candidate.weight += vote
            candidate.cover += vote if is_cover else 0.0
            candidate.names[entry.reading.name] += 1
            candidate.alone += bool(entry.reading.district or entry.reading.province) or not text[entry.reading.end :].strip(_CLOSING)
            candidate.by.update(entry.reading.matched_by)
            if entry.reading.district or entry.reading.province:
                candidate.places[entry.reading.district, entry.reading.province] += 1
            if entry.place:
                candidate.place_prints[entry.place] += 1
            last = candidate
        read += len(text)
        if not named:
            last = None
    return list(found.values())


def _votes(text: str, read: int, words: AgencyWords) -> Iterator[tuple[Named, bool]]:
    """The agencies in a text but for those above another; for a line of the cover that names none, what it is as a label."""
    line = Line(text)
    last: Named | None = None
    found = False
    for entry in find_named(line, words):
        found = True
        if last is None or not words.parent.match(line.text[last.last : entry.first]):
            yield entry, False
        last = entry
    if not found and read < _FRONT and len(text) <= _SHORT:
        label = read_label(text, words) or next(find_provinces(line, words), None)
        if label is not None:
            yield label, True


def _address(text: str, words: AgencyWords) -> Where | None:
    """The place that a line of the cover is, where the words for district and province are damaged."""
    line = Line(text)
    whole = words.places.where(line, 0)
    return None if whole is not None and whole.district and whole.province else words.places.damaged(line)


def _places_of(entry: Named) -> tuple[str, str]:
    if entry.reading.district or entry.full == "" or entry.reading.province == entry.reading.name.removeprefix(entry.full):
        return entry.reading.district, entry.reading.province
    return entry.reading.name.removeprefix(entry.full), entry.reading.province


def _winner(agencies: Sequence[Candidate], words: AgencyWords) -> Candidate | None:
    """Who has most votes, if that is enough to be the one whose report it is."""
    own = [entry for entry in agencies if not entry.is_everywhere]
    if not own:
        named = [entry for entry in agencies if entry.cover > 0]
        return max(named, key=lambda entry: (entry.cover, -entry.first)) if len(named) == 1 else None
    only_cover = [entry for entry in agencies if entry.cover > 0]
    if len(only_cover) == 1 and only_cover[0].is_everywhere and only_cover[0].weight > max(entry.weight for entry in own):
        return only_cover[0]
    winner = max(own, key=lambda entry: (entry.weight, -entry.first))
    total = sum(entry.weight for entry in own)
    on_cover = [entry for entry in own if entry.cover > 0]
    is_listed = len(on_cover) >= _MANY and winner.cover < _SHARE * sum(entry.cover for entry in on_cover)
    is_one_of_many = winner.cover == 0 and len(own) >= _MANY and winner.weight < _SHARE * total
    if not is_listed and not is_one_of_many:
        return winner
    # Who publishes a list stands before it, and is of another kind than those that it lists.
    kinds = Counter(entry.kind for entry in own)
    listed = min((entry.first for entry in own if kinds[entry.kind] > 1), default=0)
    above = words.groups["publishers"]
    publishers = [entry for entry in on_cover if entry.kind in above and kinds[entry.kind] == 1 and entry.first < listed]
    return publishers[0] if len(publishers) == 1 else None
