"""Districts and provinces as agencies print them after their names, written out, abbreviated or run together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from prongsai.knowledge import Knowledge
from prongsai.language.folding import fold, fold_phrase
from prongsai.matching.lines import Line, StopWords, is_letter, joined, options

_FUZZY_FROM = 5
"""Folded letters; shorter names of provinces are one letter apart from each other (Tak, Trang, Trat)."""


@dataclass(frozen=True, slots=True)
class Where:
    """A district and a province, either empty, and where in the folded text their print ends."""

    district: str
    province: str
    end: int
    is_fuzzy: bool = False
    """The province is printed with a letter wrong."""


class Gazetteer:
    """The provinces, and the words that announce a place."""

    def __init__(self, knowledge: Knowledge) -> None:
        # Imported late: pythainlp is not needed to say what the program can do.
        from pythainlp.corpus import provinces

        cues = knowledge.agency_cues
        self.provinces: dict[str, str] = {fold(name): name for name in sorted(str(name) for name in provinces())}
        shorts = {fold_phrase(text): entry.name for entry in cues.short_provinces for text in entry.printed}
        self.named = self.provinces | shorts
        self._province = re.compile(options(self.named))
        words = cues.words
        self.province_word = re.compile(options(fold_phrase(word) for word in words["province"]))
        self._district_word = re.compile(options(fold_phrase(word) for word in words["district"]))
        self._subdistrict_word = re.compile(options(fold_phrase(word) for word in words["subdistrict"]))
        self._capital = tuple((fold_phrase(word), word) for word in words["capital"])
        written = [fold_phrase(word) for word in (*words["district"], *words["province"]) if "." not in word]
        self.written = re.compile(options(written))
        """A word for a district or a province, written out: a run of letters holds another name from here on."""
        self.stop = StopWords(words["stop"])

    def province_at(self, line: Line, at: int, is_exact: bool = False) -> tuple[str, int, bool] | None:
        """(province, end, whether a letter is wrong) of the name that begins at `at`, also where words follow unspaced."""
        found = self._province.match(line.text, at)
        if found is not None:
            return self.named[found.group()], found.end(), False
        if is_exact:
            return None
        end = line.run_end(at)
        name = self.province_like(line.text[at:end])
        return None if name is None else (name, end, True)

    def province_like(self, folded: str) -> str | None:
        """The only province that is at most one letter from a folded word; None where there are none or two."""
        from rapidfuzz.distance import OSA

        if len(folded) < _FUZZY_FROM:
            return None
        near = [name for key, name in self.provinces.items() if len(key) >= _FUZZY_FROM and OSA.distance(folded, key, score_cutoff=1) <= 1]
        return near[0] if len(near) == 1 else None

    def where(self, line: Line, at: int) -> Where | None:
        """The places printed from `at` on, one after another: a subdistrict, a district, a province; None where none is.

        A district's name ends at a space or at the word for a province; its province is read only if it is one.
        """
        district = province = ""
        is_fuzzy = False
        end = at
        start = _skip(line, at)
        if (found := self._word(self._subdistrict_word, line, start)) is not None:
            start = _skip(line, self._name_end(line, found))
        if (found := self._word(self._district_word, line, start)) is not None:
            end = self._name_end(line, found)
            district = joined(line.printed(found, end))
            start = _skip(line, end)
        if (found := self._word(self.province_word, line, start)) is not None:
            named = self.province_at(line, found)
            if named is not None:
                province, end, is_fuzzy = named
            elif not district:
                return None
        elif district and start < len(line.text) and line.has_gap(start):
            named = self.province_at(line, start, is_exact=True)
            if named is not None and (named[1] >= len(line.text) or line.has_gap(named[1])):
                province, end, is_fuzzy = named
        if not district and not province:
            return None
        return Where(self._full(district, province), province, end, is_fuzzy)

    def _full(self, district: str, province: str) -> str:
        folded = fold(district)
        for key, word in self._capital:
            if folded == key and province:
                return word + province
        return district

    def _name_end(self, line: Line, start: int) -> int:
        end = line.run_end(start)
        place = self.written.search(line.text, start + 1, end)
        end = end if place is None else place.start()
        stop = self.stop.find(line, start + 1, end)
        return end if stop is None else stop[0]

    def _word(self, pattern: re.Pattern[str], line: Line, at: int) -> int | None:
        """Where the name after a place word begins; None where `at` holds no such word or no letter follows it."""
        found = pattern.match(line.text, at)
        if found is None or found.end() >= len(line.text) or not is_letter(line.text[found.end()]):
            return None
        return found.end()


@lru_cache(maxsize=4)
def gazetteer(knowledge: Knowledge) -> Gazetteer:
    """The gazetteer over one `Knowledge`, made once per process."""
    return Gazetteer(knowledge)


def _skip(line: Line, at: int) -> int:
    """Past commas, colons and opening brackets."""
    while at < len(line.text) and line.text[at] in ",:(":
        at += 1
    return at
