"""Districts and provinces as agencies print them after their names, written out, abbreviated or run together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from prongsai.knowledge import Knowledge
from prongsai.language.folding import fold, fold_phrase
from prongsai.matching.agencies.likeness import likeness
from prongsai.matching.agencies.place_index import place_index
from prongsai.matching.lines import Line, StopWords, is_letter, joined, options

_SHORTEST = 2
"""Folded letters of the shortest province's name, with one lost."""
_MOST_A_LETTER, _MOST = 0.8, 8.0
"""What a misprint of a province may cost (`likeness`): for each folded letter, and in all."""
_APART = 1.5
"""By how much the next province must be further off: short names are one letter apart from each other (Tak, Trang, Trat)."""
_MOST_LOST = 3
"""So many different letters of a word may be missing in a text that is held against it; it spares most of that."""
_ADDRESS_PARTS = 3
"""A subdistrict, a district and a province."""
_KEPT = 4096
"""Words kept that were held against the provinces."""


@dataclass(frozen=True, slots=True)
class Where:
    """A district and a province, either empty, and where in the folded text their print ends."""

    district: str
    province: str
    end: int
    is_fuzzy: bool = False
    """The province is printed with a letter wrong."""
    printed: str = ""
    """District and province as they stand there, with the words before them."""


class Gazetteer:
    """The provinces, and the words that announce a place."""

    def __init__(self, knowledge: Knowledge) -> None:
        cues = knowledge.agency_cues
        index = place_index(knowledge)
        self._likeness = likeness(knowledge)
        self.provinces: dict[str, str] = {fold(name): name for name in sorted(index.provinces)}
        self._forms = [self._likeness.forms(name) for name in self.provinces.values()]
        shorts = {fold_phrase(text): entry.name for entry in cues.short_provinces for text in entry.printed}
        self.named = self.provinces | shorts
        self._province = re.compile(options(self.named))
        words = cues.words
        self.province_word = re.compile(options(fold_phrase(word) for word in words["province"]))
        self._district_word = re.compile(options(fold_phrase(word) for word in words["district"]))
        self._subdistrict_word = re.compile(options(fold_phrase(word) for word in words["subdistrict"]))
        self._capital = tuple((fold_phrase(word), word) for word in words["capital"])
        self._district_name, self._province_name = words["district"][0], words["province"][0]
        written = [fold_phrase(word) for word in (*words["district"], *words["province"]) if "." not in word]
        self.written = re.compile(options(written))
        """A word for a district or a province, written out: a run of letters holds another name from here on."""
        self.stop = StopWords(words["stop"])
        self._near: dict[str, str | None] = {}

    def written_out(self, district: str, province: str) -> str:
        """A district and a province, either of which may be empty, with the words before them."""
        parts = (self._district_name + district if district else "", self._province_name + province if province else "")
        return " ".join(part for part in parts if part)

    def province_in(self, cell: str) -> str:
        """The province that a cell is and no more, with or without the word for one; empty where it is none."""
        folded = fold(cell)
        word = self.province_word.match(folded)
        return self.named.get(folded) or (self.named.get(folded[word.end() :]) if word is not None else None) or ""

    def provinces_in(self, texts: Iterable[str]) -> Iterator[str]:
        """The provinces that stand, with the word for one, in some texts, each as often as it stands there."""
        for text in texts:
            line = Line(text)
            for found in self.province_word.finditer(line.text):
                named = self.province_at(line, found.end(), is_exact=True) if found.end() < len(line.text) else None
                if named is not None:
                    yield named[0]

    def province_at(self, line: Line, at: int, is_exact: bool = False) -> tuple[str, int, bool] | None:
        """(province, end, whether a letter is wrong) of the name that begins at `at`, also where words follow unspaced."""
        found = self._province.match(line.text, at)
        if found is not None:
            return self.named[found.group()], found.end(), False
        if is_exact:
            return None
        end = line.run_end(at)
        name = self.province_like(joined(line.printed(at, end)))
        return None if name is None else (name, end, True)

    def province_like(self, printed: str) -> str | None:
        """The only province that a printed word is nearly; None where none is, or two are about as near."""
        return self._near.get(printed) if printed in self._near else self._province_near(printed)

    def _province_near(self, printed: str) -> str | None:
        import numpy as np

        folded = fold(printed)
        found = None
        if len(folded) >= _SHORTEST:
            costs = self._likeness.costs(printed, self._forms)
            first, second = (int(at) for at in np.argsort(costs, kind="stable")[:2])
            most = min(_MOST_A_LETTER * len(folded), _MOST)
            if costs[first] <= most and costs[second] - costs[first] >= max(_APART, float(costs[first]) / 2):
                found = list(self.provinces.values())[first]
        if len(self._near) >= _KEPT:
            self._near.clear()
        self._near[printed] = found
        return found

    def where(self, line: Line, at: int) -> Where | None:
        """The places printed from `at` on, one after another: a subdistrict, a district, a province; None where none is.

        A district's name ends at a space or at the word for a province; its province is read only if it is one.
        """
        district = province = ""
        is_fuzzy = False
        end = at
        begin = start = _skip(line, at)
        if (found := self._word(self._subdistrict_word, line, start)) is not None:
            begin = start = _skip(line, self._name_end(line, found))
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
        return Where(self._full(district, province), province, end, is_fuzzy, " ".join(line.printed(begin, end).split()))

    def damaged(self, line: Line) -> Where | None:
        """District and province of a line that is nothing else, with letters wrong in the words for them too; None where it is not.

        Both must stand there, or a word for one of them that is whole. The district is left as it is printed.
        """
        parts = [joined(part) for part in line.raw.replace(",", " ").split()]
        if not 1 <= len(parts) <= _ADDRESS_PARTS:
            return None
        province = next((name for part in parts[-1:] for name in (self._after(part, self._province_name),) if name), "")
        known = self.province_like(province) if province else None
        if known is None:
            return None
        district = next((name for part in parts[:-1] for name in (self._after(part, self._district_name),) if name), "")
        if len(parts) > 1 and not district:
            return None
        return Where(self._full(district, known), known, len(line.text), True, " ".join(line.raw.split()))

    def _after(self, part: str, word: str) -> str:
        """What follows a damaged word at the beginning of a part; empty where it does not begin with it, or nothing follows."""
        length = len(word)
        if len(set(word).difference(part[: length + 1])) > _MOST_LOST:
            return ""
        costs = [
            (self._likeness.cost(part[:end], word), abs(end - length), end) for end in range(length - 2, length + 2) if end < len(part)
        ]
        if not costs:
            return ""
        cost, _, end = min(costs)
        return part[end:] if cost <= _MOST_A_LETTER * len(fold(word)) else ""

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
