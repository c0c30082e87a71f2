"""How right agencies are named and placed when letters of their print are wrong, as Markdown tables.

    python -m benchmarks.agencies [--count 200] [--seed 2568]

Reports are a cover and five paragraphs that name one agency, named for a subdistrict drawn from the gazetteer; lists
print each agency once. Of the letters of every name, of the word for its kind (but in lists) and of its district and
province, a share is damaged: tone marks lost, vowels lost or changed, consonants taken for ones that look like them (7 of
10), for any other, or lost. `as printed` is the print that stands most often. Own names are those of towns that no
gazetteer has: subdistricts' names with another usual beginning; there, any other name is wrong.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from .table import markdown

if TYPE_CHECKING:
    from prongsai.knowledge import Knowledge
    from prongsai.matching.agencies.place_index import Place, PlaceIndex

NOISE = (0.0, 0.05, 0.1, 0.2, 0.4)
PRINTS = 6
COMMON = 40
"""Names that have a common beginning, such as the words for a village or a marsh."""
MARKS = (
    "\N{THAI CHARACTER MAITAIKHU}\N{THAI CHARACTER MAI EK}\N{THAI CHARACTER MAI THO}\N{THAI CHARACTER MAI TRI}"
    "\N{THAI CHARACTER THANTHAKHAT}"
)
VOWELS = (
    "\N{THAI CHARACTER MAI HAN-AKAT}\N{THAI CHARACTER SARA I}\N{THAI CHARACTER SARA II}\N{THAI CHARACTER SARA UE}"
    "\N{THAI CHARACTER SARA UEE}\N{THAI CHARACTER SARA U}\N{THAI CHARACTER SARA UU}"
)
CONSONANTS = "".join(chr(code) for code in range(ord("\N{THAI CHARACTER KO KAI}"), ord("\N{THAI CHARACTER HO NOKHUK}") + 1))
PROSE = "ITA " * 30
"""What stands around a name in a paragraph: too much for the paragraph to be a cover's line."""
MARKS_LOST = 2.0
"""How many times as often as another letter a tone mark is lost."""


class Damage:
    """Damages texts at a rate, the same texts alike for the same seed."""

    def __init__(self, knowledge: Knowledge, rate: float, seed: int) -> None:
        self.rate, self.rng = rate, Random(seed)
        self.alike = {letter: group.replace(letter, "") for group in knowledge.letter_groups["shape"] for letter in group}

    def __call__(self, text: str) -> str:
        return "".join(self._letter(letter) for letter in text) or text

    def _letter(self, letter: str) -> str:
        rng = self.rng
        if rng.random() >= min(0.9, self.rate * (MARKS_LOST if letter in MARKS else 1)) or letter < "\N{THAI CHARACTER KO KAI}":
            return letter
        if letter in MARKS:
            return ""
        if letter in VOWELS:
            return rng.choice(VOWELS) if rng.random() < 0.5 else ""
        drawn = rng.random()
        if drawn < 0.7 and self.alike.get(letter):
            return rng.choice(self.alike[letter])
        return rng.choice(CONSONANTS) if drawn < 0.85 else ""


@dataclass(slots=True)
class Tally:
    """How many agencies were named right, wrong, or left as printed, and how many places right and wrong."""

    count: int = 0
    right: int = 0
    changed_wrongly: int = 0
    as_printed: int = 0
    place: int = 0
    place_wrong: int = 0

    def cells(self) -> tuple[str, ...]:
        values = (self.as_printed, self.right, self.changed_wrongly, self.place, self.place_wrong)
        return tuple(f"{value / max(1, self.count):.3f}" for value in values)


def kinds(knowledge: Knowledge) -> list[str]:
    """The beginnings of a subdistrict organization and of a subdistrict municipality."""
    wanted = ("subdistrict-administration", "subdistrict-municipality")
    return [kind.name_th for code in wanted for kind in knowledge.agency_kinds if kind.code == code]


def report(full: str, place: Place, where: str, damage: Damage) -> list[str]:
    """A cover with the place, and paragraphs that name the agency."""
    texts = [damage(full) + damage(place.name)]
    if where:
        texts.append(damage(where))
    return [*texts, *(f"{PROSE} {damage(full)}{damage(place.name)} 2567 {PROSE}" for _ in range(PRINTS - 1))]


def reports(knowledge: Knowledge, count: int, seed: int) -> Iterator[tuple[str, ...]]:
    """A row for each rate of damage and each of: no place printed, the province, district and province."""
    from prongsai.matching.agencies.names import identify
    from prongsai.matching.agencies.words import agency_words

    words = agency_words(knowledge)
    places = [place for place in words.index.places if place.subdistrict]
    for shown in ("name alone", "province", "district and province"):
        for rate in NOISE:
            damage, rng, tally = Damage(knowledge, rate, seed), Random(seed), Tally()
            for number, place in enumerate(rng.sample(places, count)):
                full = kinds(knowledge)[number % 2]
                district = place.district if shown == "district and province" else ""
                where = words.places.written_out(district, "" if shown == "name alone" else place.province)
                found = identify(report(full, place, where, damage), knowledge)
                printed = found.spellings[0][0] if found.spellings else ""
                _count(tally, full + place.name, printed, found.agency, place.code, found.place_code)
            yield (shown, f"{rate:.0%}", *tally.cells())


def lists(knowledge: Knowledge, count: int, seed: int) -> Iterator[tuple[str, ...]]:
    """A row for each rate of damage and each of: all of the country, that with each province beside the name, one province
    named in the title; names a second in the last column."""
    from prongsai.matching.agencies.listed import settle_listed
    from prongsai.matching.agencies.words import agency_words

    words = agency_words(knowledge)
    places = [place for place in words.index.places if place.subdistrict]
    province = Counter(place.province for place in places).most_common(1)[0][0]
    country = Random(seed).sample(places, count)
    in_one = [place for place in places if place.province == province][:count]
    for label, chosen in (("country", country), ("province beside", country), ("province", in_one)):
        titles = [words.places.written_out("", province)] if label == "province" else []
        for rate in NOISE:
            damage, tally = Damage(knowledge, rate, seed), Tally()
            printed = [
                (f"{kinds(knowledge)[number % 2]}{damage(place.name)}{f' {place.province}' if label == 'province beside' else ''}", place)
                for number, place in enumerate(chosen)
            ]
            start = time.process_time()
            found = settle_listed([text for text, _ in printed], titles, words)
            taken = time.process_time() - start
            for number, (text, place) in enumerate(printed):
                one = found.get(text)
                name, code = (one.name, one.code) if one is not None else (text, "")
                as_printed = text.removesuffix(f" {place.province}")
                _count(tally, kinds(knowledge)[number % 2] + place.name, as_printed, name, place.code, code)
            yield (label, f"{rate:.0%}", *tally.cells(), f"{len(printed) / max(taken, 1e-9):.0f}")


def own_names(knowledge: Knowledge, count: int, seed: int) -> Iterator[tuple[str, ...]]:
    """Towns whose name no gazetteer has: how often their name is kept, left open, or taken for another."""
    from prongsai.matching.agencies.place_index import place_index
    from prongsai.matching.agencies.placing import Printed, place_named

    index = place_index(knowledge)
    for prints in (1, PRINTS):
        for shown in (False, True):
            kept = other = 0
            for name, place in _invented(index, count, Random(seed)):
                wheres = ((place.district, place.province, 1.0),) if shown else ()
                found = place_named(Printed(((name, float(prints)),), wheres), "named_by_town", index)
                kept += found.name == name
                other += found.name not in ("", name)
            shares = (kept / count, 1 - (kept + other) / count, other / count)
            yield (f"{prints}", "district and province" if shown else "nothing", *(f"{share:.3f}" for share in shares))


def _invented(index: PlaceIndex, count: int, rng: Random) -> Iterator[tuple[str, Place]]:
    """Names of no place, each a subdistrict's with a beginning that many names have in place of another such, and a place
    in whose district each may be."""
    begun = Counter(name[:length] for name in index.names for length in (3, 4) if len(name) > length + 2)
    beginnings = sorted(begin for begin, times in begun.items() if times >= COMMON and index.of_name(begin))
    while count:
        place = rng.choice(index.places)
        begin = max((begin for begin in beginnings if place.name.startswith(begin)), key=len, default="")
        name = rng.choice(beginnings) + place.name.removeprefix(begin)
        if begin and not index.of_name(name):
            count -= 1
            yield name, rng.choice(index.places)


def _count(tally: Tally, wanted: str, printed: str, found: str, code: str, found_code: str) -> None:
    tally.count += 1
    tally.as_printed += printed == wanted
    tally.right += found == wanted
    tally.changed_wrongly += found not in (wanted, printed)
    tally.place += found_code == code
    tally.place_wrong += found_code not in ("", code)


HEADER = ("printed", "damaged", "as printed", "right", "wrongly changed", "place right", "place wrong")


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the tables."""
    from prongsai.knowledge import load_knowledge

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=2568)
    options = parser.parse_args(arguments)
    knowledge = load_knowledge()
    print(f"Reports, {PRINTS} prints of the name\n")
    print(markdown(HEADER, list(reports(knowledge, options.count, options.seed))))
    print("\nLists, each name once\n")
    print(markdown((*HEADER, "names a second"), list(lists(knowledge, options.count * 5, options.seed))))
    print("\nTowns with a name that no gazetteer has\n")
    header = ("prints", "printed beside it", "kept", "left open", "taken for another")
    print(markdown(header, list(own_names(knowledge, options.count, options.seed))))


if __name__ == "__main__":
    main()
