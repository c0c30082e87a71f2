"""The agencies that a document may be of: votes by name, and which names are one agency's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from prongsai.matching.agencies.words import AgencyWords
from prongsai.matching.lines import Line

_RUN_ON = 12
"""Letters that a name has more than another which begins it: with so many it is that name and the sentence's next words."""
_OPEN_ENDED = 60
"""Names that go on above which they are a list in prose: each is compared with each."""
_VARIANTS = 6
"""Names of one kind above which a document lists neighbours, and likeness is no slip."""
_DAMAGE_A_LETTER = 1.2
"""What two prints of one name may differ by (`likeness`), for each letter: of eight letters two are others or lost."""
_LEADING = re.compile("[\N{THAI CHARACTER SARA E}-\N{THAI CHARACTER SARA AI MAIMALAI}]+$")
_DEPENDENT = re.compile("[\N{THAI CHARACTER SARA A}-\N{THAI CHARACTER SARA UU}]")


@dataclass(slots=True)
class Candidate:
    """An agency, by kind and folded name, and the votes for it."""

    name: str
    kind: str
    full: str
    body: str
    is_official: bool
    is_everywhere: bool
    weight: float = 0.0
    cover: float = 0.0
    names: Counter[str] = field(default_factory=Counter)
    by: set[str] = field(default_factory=set)
    places: Counter[tuple[str, str]] = field(default_factory=Counter)
    """District and province that stand beside it, either of which may be empty."""
    place_prints: Counter[str] = field(default_factory=Counter)
    """The same as they are printed."""
    first: int = 0
    alone: int = 0
    """How often nothing but its place follows it: then that is where the name ends."""

    @property
    def count(self) -> int:
        return sum(self.names.values())

    def take(self, other: Candidate, name: str = "") -> None:
        """Count another's votes as this one's, its names as `name` where one is given."""
        self.weight += other.weight
        self.cover += other.cover
        self.by |= other.by
        self.places += other.places
        self.place_prints += other.place_prints
        self.first = min(self.first, other.first)
        self.alone += other.alone
        self.names.update({name: other.count} if name else other.names)


def merged(candidates: Sequence[Candidate], words: AgencyWords) -> Iterator[Candidate]:
    """One candidate an agency: names that run on are cut, spellings of one name are joined."""
    groups: dict[tuple[str, str], list[Candidate]] = {}
    for candidate in candidates:
        groups.setdefault((candidate.kind, candidate.full), []).append(candidate)
    for (kind, full), group in groups.items():
        if not full or kind in words.groups["named_by_province"]:
            yield from group
            continue
        cut = _without_run_on(group, words)
        yield from cut if len(cut) > _VARIANTS else _spellings(cut, words)


def _without_run_on(group: Sequence[Candidate], words: AgencyWords) -> list[Candidate]:
    kept: dict[str, Candidate] = {}
    for candidate in sorted(group, key=lambda candidate: len(candidate.body)):
        begins = (kept[candidate.body[:end]] for end in range(1, len(candidate.body)) if candidate.body[:end] in kept)
        shorter = next((other for other in begins if _runs_on(candidate, other, words)), None)
        if shorter is not None:
            shorter.take(candidate, shorter.name)
        else:
            kept[candidate.body] = candidate
    return _cut_to_shared(list(kept.values()), words)


def _is_place(candidate: Candidate, words: AgencyWords) -> bool:
    """Whether it is named for a place of just this name: then that is where its name ends."""
    return bool(words.place_group(candidate.kind)) and bool(words.index.of_name(candidate.name.removeprefix(candidate.full)))


def _runs_on(candidate: Candidate, shorter: Candidate, words: AgencyWords) -> bool:
    """Whether a name is a shorter one and the next words: it never stands alone and is rarer, or is longer by more than names are."""
    if len(candidate.body) - len(shorter.body) >= _RUN_ON:
        return True
    return not candidate.alone and candidate.weight <= shorter.weight and not _is_place(candidate, words)


def _cut_to_shared(group: list[Candidate], words: AgencyWords) -> list[Candidate]:
    """Where each name runs on into another sentence and none stands alone, what they share is the name."""
    shared: dict[str, list[Candidate]] = {}
    open_ended = [entry for entry in group if not entry.alone and not _is_place(entry, words)]
    if len(open_ended) > _OPEN_ENDED:
        return group
    for first in open_ended:
        for second in open_ended:
            if first is second or _is_slip(first, second, words):
                continue
            prefix = _shared_start(first.body, second.body)
            if any(_DEPENDENT.match(body[len(prefix) : len(prefix) + 1]) for body in (first.body, second.body)):
                prefix = prefix[:-1]
            prefix = _LEADING.sub("", prefix)
            if len(prefix) >= 3 and min(len(first.body), len(second.body)) - len(prefix) >= 4:
                shared.setdefault(prefix, [entry for entry in open_ended if entry.body.startswith(prefix)])
    if not shared:
        return group
    prefix, members = max(shared.items(), key=lambda item: (len(item[1]), len(item[0])))
    base = min(members, key=lambda candidate: candidate.first)
    tail = base.name.removeprefix(base.full)
    line = Line(tail)
    name = base.full + line.printed(0, len(prefix))
    joint = Candidate(name, base.kind, base.full, prefix, base.is_official, base.is_everywhere, first=base.first)
    for member in members:
        joint.take(member, name)
    return [joint, *(entry for entry in group if all(entry is not member for member in members))]


def _spellings(group: Sequence[Candidate], words: AgencyWords) -> Iterator[Candidate]:
    """Names a letter or two apart as one: of the most frequent, or of two alike the one on the cover, is the name."""
    left = sorted(group, key=lambda candidate: (-candidate.count, -candidate.weight, candidate.first))
    while left:
        cluster = [left.pop(0)]
        grew = True
        while grew:
            near = [entry for entry in left if any(_is_slip(entry, member, words) for member in cluster)]
            left = [entry for entry in left if all(entry is not other for other in near)]
            cluster.extend(near)
            grew = bool(near)
        winner = cluster[0]
        for other in cluster[1:]:
            winner.take(other)
        yield winner


def _is_slip(one: Candidate, other: Candidate, words: AgencyWords) -> bool:
    """Whether two names are a letter or two apart; or further, where one of them is no place's and so may be damaged more."""
    first, second = one.body, other.body
    limit = 1 if min(len(first), len(second)) < 5 else 2
    is_near = abs(len(first) - len(second)) <= 1 and OSA.distance(first, second, score_cutoff=limit) <= limit
    if is_near and first[:1] == second[:1]:
        return True
    if not words.place_group(one.kind) or (_is_place(one, words) and _is_place(other, words)):
        return False
    return words.likeness.cost(first, second) <= _DAMAGE_A_LETTER * min(len(first), len(second))


def _shared_start(first: str, second: str) -> str:
    """The letters with which both begin."""
    length = next((at for at, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]), min(len(first), len(second)))
    return first[:length]
