"""How many scores rose, fell or lie on one side of a bound, and that each of a group does, as running text claims it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from prongsai.matching.claims.said import Said, Text, number
from prongsai.records import ClaimKind, Relation, Scope

_SCORE_BEFORE = 80
"""A word for score stands at most so many folded characters before a change or bound."""
_REACH = 80
"""How far before a bound what is counted may begin, in folded characters."""
_LEVELS = {"question": Scope.QUESTION, "indicator": Scope.INDICATOR, "instrument": Scope.INSTRUMENT}
_SIDES = (Relation.AT_LEAST, Relation.AT_MOST, Relation.ABOVE, Relation.BELOW)
_TOO_LOW = Decimal(20)
"""A bound below this is a list number, or of another scale."""


def find_counts(text: Text) -> Iterator[Said]:
    """Each claim of a count, left to right, and each that holds for every member of a group."""
    found: list[tuple[int, int, Said]] = []
    for start, end, said in sorted(_claims(text), key=lambda each: each[:2]):
        # Readings that share words are one claim, read two ways: the first is it.
        if not found or start >= found[-1][1]:
            found.append((start, end, said))
    yield from (said for _, _, said in found)


def _claims(text: Text) -> Iterator[tuple[int, int, Said]]:
    for pattern in (text.cues.changed, text.cues.changing):
        for match in pattern.finditer(text.text):
            change = next(Relation(name) for name in ("rose", "fell", "same") if match[name])
            said = _said(text, match, match.start(), match.end(), ClaimKind.COUNT, change, None)
            if said is not None:
                yield match.start(), match.end(), said
    for match, relation, bound in _bounds(text):
        reach = max(0, match.start() - _REACH)
        for kind, other, is_behind in (
            (ClaimKind.COUNT, text.cues.counted_behind.match(text.text, match.end()), True),
            (ClaimKind.EACH, text.cues.every_behind.match(text.text, match.end()), True),
            (ClaimKind.COUNT, text.cues.counted_before.search(text.text, reach, match.start()), False),
            (ClaimKind.EACH, text.cues.every_before.search(text.text, reach, match.start()), False),
        ):
            if other is None:
                continue
            start, end = (match.start(), other.end()) if is_behind else (other.start(), match.end())
            said = _said(text, other, start, end, kind, relation, bound)
            if said is not None:
                yield start, end, said
                break
        else:
            yield from _named(text, match, relation, bound)


def _bounds(text: Text) -> Iterator[tuple[re.Match[str], Relation, Decimal]]:
    """Each bound that scores may lie on one side of: behind a word for the side, or with one behind it alone."""
    found = list(text.cues.bound.finditer(text.text))
    ends = {match.end() for match in found}
    found += (match for match in text.cues.bound_beyond.finditer(text.text) if match.end() not in ends)
    for match in found:
        bound, relation = number(match["bound"]), relation_of(match)
        if relation is not None and bound is not None and bound >= _TOO_LOW:
            yield match, relation, bound


def _named(text: Text, match: re.Match[str], relation: Relation, bound: Decimal) -> Iterator[tuple[int, int, Said]]:
    """Scores that are named one by one and lie on one side of a bound: `those below 95 points are X and Y`, `i1 and i2 are
    below 95 points`."""
    has_score = match["unit"] or text.cues.score.search(text.text, max(0, match.start() - _SCORE_BEFORE), match.end())
    if not has_score or text.is_wished(match.start()):
        return
    names, lead = text.behind(match.end())
    start, end = match.span()
    if names and lead is not None and lead["value"] is None:
        end = names[-1].end
    else:
        before = [named for named in text.names if named.end <= start and named.scope is Scope.QUESTION]
        if not before or text.cues.has.fullmatch(text.text, before[-1].end, start) is None:
            return
        names = text.listed_before(before[-1])
        start = names[0].start
    year, _ = text.years(end)
    codes = tuple(dict.fromkeys(named.code for named in names))
    span = text.folded.span(start, end)
    yield start, end, Said(text.passage, *span, ClaimKind.EACH, year, names[0].scope, "", codes, relation, bound)


def relation_of(match: re.Match[str]) -> Relation | None:
    """How scores stand to a bound; `above 85 and more` is at least 85."""
    if match["or_more"]:
        return Relation.AT_LEAST
    if match["or_less"]:
        return Relation.AT_MOST
    return next((relation for relation in _SIDES if match[relation.name.lower()]), None)


def _said(
    text: Text, match: re.Match[str], start: int, end: int, kind: ClaimKind, relation: Relation, bound: Decimal | None
) -> Said | None:
    """The claim that the folded characters `start` to `end` make, None where it is a wish, or where nothing surely says which
    scores are counted. `match` holds the count and what is counted."""
    scope = next(level for name, level in _LEVELS.items() if match[name])
    if text.is_wished(start) or text.cues.score.search(text.text, max(0, start - _SCORE_BEFORE), end) is None:
        return None
    within = _within(text, scope, start)
    if scope is Scope.QUESTION and not within:
        return None
    members = text.members(scope, within)
    count = int(match["count"]) if kind is ClaimKind.COUNT else None
    if not members or (count is not None and not 0 < count <= len(members)):
        return None
    year, since = text.years(end, is_change=bound is None)
    span = text.folded.span(start, end)
    return Said(text.passage, *span, kind, year, scope, within, (), relation, bound, count, since=since)


def _within(text: Text, scope: Scope, start: int) -> str:
    """Whose members are counted: those of what the sentence names last, else of the section. Indicators are those of an
    instrument only where the sentence names one alone."""
    afresh = max((match.end() for match in text.cues.afresh.finditer(text.text, 0, start)), default=0)
    before = [named for named in text.names if afresh <= named.start and named.end <= start]
    instruments = [named.code[:3] for named in before if named.scope is Scope.INSTRUMENT]
    if scope is Scope.INDICATOR:
        return instruments[0] if len(set(instruments)) == 1 else ""
    if scope is not Scope.QUESTION:
        return ""
    said = [named.code for named in before if named.scope is Scope.INSTRUMENT or (named.scope is Scope.INDICATOR and named.is_numbered)]
    group = said[-1] if said else text.section.indicator or text.section.instrument
    return group if group.startswith("ind") else group[:3]
