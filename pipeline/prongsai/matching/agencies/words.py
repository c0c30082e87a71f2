"""The official names, beginnings and cue words of `patterns/` made ready for looking up, once per process."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from prongsai.knowledge import AgencyName, Knowledge
from prongsai.language.folding import Lexicon, fold, fold_phrase
from prongsai.matching.agencies.damaged import DamagedWords
from prongsai.matching.agencies.likeness import FLOATING, Likeness, likeness
from prongsai.matching.agencies.place_index import PlaceIndex, place_index
from prongsai.matching.agencies.places import Gazetteer, gazetteer
from prongsai.matching.agencies.placing import OWN_NAME
from prongsai.matching.lines import StopWords, is_letter, options

_FUZZY_FROM = 8
"""Folded letters of the shortest official name that is matched with a letter wrong."""
_SLIPS_PER_LETTER = 0.1
"""Wrong or swapped letters allowed: with rapidfuzz a ratio of about 90, but a mark out of order counts once, not twice."""
_START_FUZZY_FROM = 8
_LETTERS_PER_START_SLIP = 10
_SKELETON_FROM = 5
_PARTIAL = 60.0
"""Likeness (rapidfuzz, 0-100) from which a beginning is looked at that has many slips."""
_JUNK, _SPARE = 3, 2
"""Letters that rubbish may put before a beginning, and by which it may be longer or shorter than it should be."""
_DAMAGE_A_LETTER, _DAMAGE_APART = 0.8, 1.5
"""What damage to a beginning may cost (`likeness`) for each of its letters, and how much nearer it must be than another kind's."""


@dataclass(frozen=True, slots=True)
class Start:
    """How an agency's name begins: its kind, that beginning in full, and whether it is printed as an abbreviation."""

    kind: str
    full: str
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class Official:
    """An official name that is found, without the ending in brackets that may be left out."""

    name: str
    kind: str
    ministry: str
    is_everywhere: bool = False


class AgencyWords:
    """Lexicons and patterns over one `Knowledge`, all on folded text."""

    def __init__(self, knowledge: Knowledge) -> None:
        cues = knowledge.agency_cues
        words = cues.words
        self._knowledge = knowledge
        self.likeness: Likeness = likeness(knowledge)
        self.places: Gazetteer = gazetteer(knowledge)
        self.levels = {kind.code: kind.level for kind in knowledge.agency_kinds}
        self.groups = {group: frozenset(codes) for group, codes in cues.kinds.items()}
        self._endings = sorted((fold_phrase(text) for text in words["optional_ending"]), key=len, reverse=True)
        self._endings_raw = sorted(words["optional_ending"], key=len, reverse=True)
        weak = {fold_phrase(text) for text in words["weak"]}
        starts = dict(_starts(knowledge))
        officials = dict(self._officials(knowledge))
        self.officials: Lexicon[Official] = Lexicon(officials.items())
        self._by_folded = {fold(name): official for name, official in officials.items()}
        self._by_length: defaultdict[int, list[str]] = defaultdict(list)
        self._by_skeleton: dict[str, list[str]] = {}
        for name in self._by_folded:
            self._by_length[len(name)].append(name)
            self._by_skeleton.setdefault(FLOATING.sub("", name), []).append(name)
        self.starts: Lexicon[Start] = Lexicon(starts.items())
        self._kind_words = {fold(text) for kind in knowledge.agency_kinds for text in (kind.name_th, *kind.prefixes)}
        closed = self.groups["official_only"] - self.groups["has_branches"] | self.groups["places"]
        in_prose: dict[str, Start | Official] = {
            phrase: start for phrase, start in starts.items() if start.kind not in closed and fold_phrase(phrase) not in weak
        }
        self.prose: Lexicon[Start | Official] = Lexicon((in_prose | dict(officials)).items())
        bare = ((FLOATING.sub("", fold(phrase)), start) for phrase, start in starts.items())
        self._skeletons: Lexicon[Start] = Lexicon((phrase, start) for phrase, start in bare if len(phrase) >= _SKELETON_FROM)
        self._long_starts: defaultdict[str, list[tuple[str, Start]]] = defaultdict(list)
        for phrase, start in starts.items():
            if len(folded := fold(phrase)) >= _START_FUZZY_FROM:
                self._long_starts[folded[:1]].append((folded, start))
        named_for_places = self.groups["named_by_subdistrict"] | self.groups["named_by_town"] | self.groups["named_by_province"]
        self._all_long = {
            phrase: start for group in self._long_starts.values() for phrase, start in group if start.kind in named_for_places
        }
        self._longest_start = max(map(len, self._all_long))
        local = {fold(start.full): start for start in self._all_long.values() if self.levels[start.kind] == "local"}
        self.damaged: DamagedWords[Start | Official] = DamagedWords(local)
        self.bracketed_endings = tuple(ending for ending in self._endings if ending.startswith("("))
        branched = next(kind for kind in knowledge.agency_kinds if kind.code in self.groups["has_branches"])
        self.branch_kind, self.branch_beginnings = branched.code, branched.name_th
        self.stop = self.places.stop
        self.stop_office = StopWords(set(words["stop"]) - set(words["in_offices"]))
        self.also_names = frozenset(fold_phrase(text) for text in words["also_name"])
        self.parent = re.compile(f"[,(]*(?:{options(fold_phrase(text) for text in words['parent'])})?$")
        self.parent_word = re.compile(options(fold_phrase(text) for text in words["parent"]))
        self.introducer = re.compile(f"(?:{options(fold_phrase(text) for text in words['introducer'])})[:.]*")
        self.within = re.compile(f"(?:{options(fold_phrase(text) for text in words['within'])})$")
        self.internal = re.compile(options(fold_phrase(text) for text in words["internal"]))
        self.number = re.compile(f"(?:{options(fold_phrase(text) for text in words['number'])})\\d{{1,2}}")

    @property
    def index(self) -> PlaceIndex:
        """Every place there is; read when first asked for."""
        return place_index(self._knowledge)

    def place_group(self, kind: str) -> str:
        """The group of kinds named for places that a kind is in: a key of `placing.OWN_NAME`; empty where it is in none."""
        return next((group for group in OWN_NAME if kind in self.groups[group]), "")

    def without_ending(self, folded: str) -> str:
        """A folded name without the ending that may be left out."""
        for ending in self._endings:
            if folded.endswith(ending) and len(folded) > len(ending):
                return folded[: -len(ending)]
        return folded

    def is_kind(self, folded: str) -> bool:
        """Whether a folded text is a kind's word and no more, as over a group of agencies; an official name is not."""
        return folded in self._kind_words and folded not in self._by_folded

    def starts_here(self, folded: str) -> bool:
        """Whether a folded text begins with an agency's name, or with a kind's word."""
        hit = next(self.prose.find(folded), None)
        return hit is not None and hit.start == 0

    def official(self, folded: str) -> tuple[Official, float] | None:
        """The only official name that a whole folded text is, and how like it is (0–1); None where there are none or two."""
        folded = self.without_ending(folded)
        exact = self._by_folded.get(folded)
        if exact is not None:
            return exact, 1.0
        if len(folded) < _FUZZY_FROM:
            return None
        limit = max(1, round(len(folded) * _SLIPS_PER_LETTER))
        found: dict[str, tuple[int, Official]] = {}
        for name in self._by_skeleton.get(FLOATING.sub("", folded), ()):
            found[self._by_folded[name].name] = limit, self._by_folded[name]
        alike = [name for length in range(len(folded) - limit, len(folded) + limit + 1) for name in self._by_length.get(length, ())]
        for name, slips, _ in process.extract(folded, alike, scorer=OSA.distance, score_cutoff=limit, limit=4):
            official = self._by_folded[name]
            if official.name not in found or slips < found[official.name][0]:
                found[official.name] = int(slips), official
        nearest = sorted(found.values(), key=lambda item: item[0])
        # Twins such as the Rajabhat universities of two like-named provinces are one slip apart: better none than the wrong one.
        if not nearest or (len(nearest) > 1 and nearest[1][0] <= nearest[0][0] + 1):
            return None
        slips, official = nearest[0]
        return official, 1 - slips / len(folded)

    def place_start(self, folded: str) -> tuple[Start, int] | None:
        """How a text begins if it begins, without a slip, like the name of an agency that is named for a place."""
        hit = next(self.starts.find(folded), None)
        is_found = hit is not None and hit.start == 0 and not hit.meaning.is_short and self.place_group(hit.meaning.kind)
        return (hit.meaning, hit.end) if hit is not None and is_found else None

    def start_of(self, folded: str) -> tuple[Start, int] | None:
        """How a folded text begins if it begins like an agency's name, and where the rest begins; one slip in a long word is let pass."""
        hit = next(self.starts.find(folded), None)
        found = (hit.meaning, hit.end) if hit is not None and hit.start == 0 else None
        near: tuple[int, Start, int] | None = None
        # A long beginning with a slip is nearer than a short one without: the short one is what begins it.
        for phrase, start in self._long_starts.get(folded[:1], ()):
            if found is not None and len(phrase) <= found[1]:
                continue
            limit = max(1, len(phrase) // _LETTERS_PER_START_SLIP)
            for length in (len(phrase), len(phrase) + 1, len(phrase) - 1):
                if length >= len(folded):
                    continue
                slips = OSA.distance(folded[:length], phrase, score_cutoff=limit)
                if slips <= limit and (near is None or slips < near[0]):
                    near = slips, start, length
        if near is not None:
            return near[1], near[2]
        if found is not None:
            return found
        damaged = self._damaged_start(folded)
        if damaged is not None:
            return damaged
        # Marks out of order are too many slips for a word as short as that for a province.
        hit = next(self._skeletons.find(FLOATING.sub("", folded)), None)
        if hit is None or hit.start != 0:
            return None
        return hit.meaning, _unfloated(folded, hit.end)

    def _damaged_start(self, folded: str) -> tuple[Start, int] | None:
        """A long beginning of which OCR lost or took for others many letters, or put some before it, and where the rest begins.

        It must be nearer to what is printed than the beginning of any other kind.
        """
        head = folded[: self._longest_start + _JUNK + _SPARE]
        if len(head) < _START_FUZZY_FROM:
            return None
        near: list[tuple[float, str, int]] = []
        for phrase, _, _ in process.extract(head, tuple(self._all_long), scorer=fuzz.partial_ratio, score_cutoff=_PARTIAL, limit=8):
            spot = fuzz.partial_ratio_alignment(phrase, head, score_cutoff=_PARTIAL)
            if spot is None or spot.dest_start > _JUNK:
                continue
            _, end = min(
                (OSA.distance(head[spot.dest_start : end], phrase), abs(end - spot.dest_end), end)
                for end in range(max(1, spot.dest_end - _SPARE), min(len(head), spot.dest_end + _SPARE) + 1)
            )[::2]
            cost = self.likeness.cost(head[spot.dest_start : end], phrase)
            if cost <= _DAMAGE_A_LETTER * len(phrase) and end < len(folded):
                near.append((cost, phrase, end))
        near.sort()
        if not near:
            return None
        cost, phrase, end = near[0]
        start = self._all_long[phrase]
        if any(other - cost < _DAMAGE_APART and self._all_long[rival].full != start.full for other, rival, _ in near[1:]):
            return None
        return start, end

    def _officials(self, knowledge: Knowledge) -> Iterator[tuple[str, Official]]:
        everywhere = {fold_phrase(text) for text in knowledge.agency_cues.words["everywhere"]}
        by_name = {}
        for entry in knowledge.agency_names:
            official = self._official_of(entry, everywhere)
            by_name[entry.name] = official
            yield official.name, official
            if official.name != entry.name:
                yield entry.name, official
            for ending in self._endings_raw:
                if entry.name.endswith(ending):
                    yield entry.name.removesuffix(ending).strip(), official
        for short in knowledge.agency_cues.short_names:
            for printed in short.printed:
                yield printed, by_name[short.name]

    def _official_of(self, entry: AgencyName, everywhere: set[str]) -> Official:
        brackets = [ending for ending in self._endings_raw if ending.startswith("(") and entry.kind == "public-organization"]
        name = next((entry.name.removesuffix(ending).strip() for ending in brackets if entry.name.endswith(ending)), entry.name)
        return Official(name, entry.kind, entry.ministry, fold_phrase(entry.name) in everywhere)


@lru_cache(maxsize=4)
def agency_words(knowledge: Knowledge) -> AgencyWords:
    """The words over one `Knowledge`, made once per process."""
    return AgencyWords(knowledge)


def _unfloated(folded: str, length: int) -> int:
    """Where in a folded text the first `length` letters on the line end, with the vowels over them."""
    at = seen = 0
    while at < len(folded) and (seen < length or FLOATING.match(folded[at])):
        seen += FLOATING.match(folded[at]) is None
        at += 1
    return at


def _starts(knowledge: Knowledge) -> Iterator[tuple[str, Start]]:
    never = set(knowledge.agency_cues.kinds["never_begin"])
    for beginning in knowledge.agency_cues.beginnings:
        for printed in (beginning.full, *beginning.printed):
            yield printed, Start(beginning.kind, beginning.full, "." in printed or not is_letter(printed[0]) or len(printed) < 4)
    taken = {printed for beginning in knowledge.agency_cues.beginnings for printed in beginning.printed}
    for kind in knowledge.agency_kinds:
        if kind.level == "place":
            continue
        if kind.code not in never:
            yield kind.name_th, Start(kind.code, kind.name_th)
        for prefix in kind.prefixes:
            yield prefix, Start(kind.code, prefix)
        for short in kind.abbreviations:
            if short not in taken and kind.code not in never:
                yield short, Start(kind.code, kind.name_th, is_short=True)
