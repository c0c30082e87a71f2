"""Several numbers in one breath: `IIT, EIT and OIT have 88.12, 90.45 and 100 points respectively`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

from prongsai.matching.vocabulary import Vocabulary

_REACH = 48
"""How far behind the last name the first of its numbers may stand, in folded characters."""
_INSTRUMENTS = {"IIT", "EIT", "OIT"}


class Named(Protocol):
    """Something named in a folded text, characters `start` to `end`, and the level at which it stands."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def level(self) -> str: ...


S = TypeVar("S", bound=Named)


def respective_numbers(text: str, numbers: Sequence[tuple[int, int]], vocabulary: Vocabulary) -> Iterator[range]:
    """Runs of numbers, two or more, that a word for `respectively` ends, as indices into their folded spans."""
    for said in vocabulary.respectively.finditer(text):
        last = max((at for at, (_, end) in enumerate(numbers) if end <= said.start()), default=None)
        if last is None or not vocabulary.between_numbers.match(text[numbers[last][1] : said.start()]):
            continue
        first = last
        while first and vocabulary.between_numbers.match(text[numbers[first - 1][1] : numbers[first][0]]):
            first -= 1
        if first < last:
            yield range(first, last + 1)


def names_before(text: str, start: int, subjects: Sequence[S], count: int, vocabulary: Vocabulary) -> list[S]:
    """The names listed before the first of `count` numbers, or none where they are not as many: then who has which is open."""
    listed = names_listed(text, start, subjects, vocabulary)
    return listed if len(listed) == count else []


def names_listed(text: str, start: int, subjects: Sequence[S], vocabulary: Vocabulary) -> list[S]:
    """The names of one level that are listed right before the folded character `start`."""
    listed: list[S] = []
    for subject in reversed([subject for subject in subjects if subject.end <= start]):
        if not listed:
            if start - subject.end > _REACH:
                break
        elif (
            subject.level != listed[0].level and not {subject.level, listed[0].level} <= _INSTRUMENTS
        ) or not vocabulary.listed_labels.match(text[subject.end : listed[0].start]):
            break
        listed.insert(0, subject)
    return listed


def years_before(text: str, start: int, years: Sequence[S], count: int, vocabulary: Vocabulary) -> list[S]:
    """The years listed before the first of `count` numbers, or none where they are not as many."""
    listed: list[S] = []
    for year in reversed([year for year in years if year.end <= start]):
        if not listed:
            if start - year.end > _REACH:
                break
        else:
            between = text[year.end : listed[0].start]
            word = vocabulary.fiscal_before.search(between)
            if not vocabulary.between_years.fullmatch(between[: word.start()] if word is not None else between):
                break
        listed.insert(0, year)
    return listed if len(listed) == count and len({text[year.start : year.end] for year in listed}) == count else []
