"""The lowest, the highest and the one next to it, as running text claims them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from prongsai.matching.claims.said import Named, Said, Text, indicator_of, is_within, number
from prongsai.matching.model import instrument_of
from prongsai.records import ClaimKind, Scope

_WORDING = 260
"""How long the wording between a question's code and the word for its score may be, in folded characters."""
_BETWEEN = 80
"""How long what stands between a name and the words for an extreme may be, a score in it."""
_FULL, _LEAD = 16, 24
"""How far before what it belongs to a full score, or a word for question, may begin."""
_VALUE = 160
"""How far behind a question's code its score may stand."""
_SCORED = 40
"""How far before a word for an extreme the word for score that it is of may begin."""
_NEXT = {ClaimKind.HIGHEST: ClaimKind.NEXT_HIGHEST, ClaimKind.LOWEST: ClaimKind.NEXT_LOWEST}
_LEVELS = (Scope.QUESTION, Scope.INDICATOR, Scope.INSTRUMENT)


@dataclass(frozen=True, slots=True)
class _Extreme:
    """The words for an extreme, over folded characters."""

    start: int
    end: int
    kind: ClaimKind | None
    """None where they say only that it is next."""
    is_scored: bool
    """Whether a word for score is among them; without it only a name behind them makes a claim."""


def find_extremes(text: Text, scored: Scope | None = None) -> Iterator[Said]:
    """Each claim of a highest or lowest score, left to right: of the names behind the words or before them, or of a score
    alone where `scored` says at what level the table before it has its scores."""
    kind, within, is_next_open = ClaimKind.HIGHEST, "", False
    for match in text.cues.extreme.finditer(text.text):
        said = _extreme(text, match)
        is_next = said.kind is None
        if text.is_wished(said.start) or not text.cues.score.search(text.text, 0, said.end):
            continue
        found = _behind(text, said) or (_before(text, said) if said.is_scored else None)
        if said.kind is not None and (said.is_scored or found is not None):
            kind, is_next_open = said.kind, False
        if found is None:
            if said.is_scored and scored is not None and (alone := _alone(text, said, kind, scored)) is not None:
                yield alone
            continue
        # Without an extreme, next to what? Only to a full score, right before it, is the second of all.
        if is_next and not is_next_open and text.cues.full_before.search(text.text, max(0, said.start - _FULL), said.start) is None:
            continue
        start, end, names, value = found
        scope, codes = names[0].scope, tuple(dict.fromkeys(named.code for named in names))
        group = _group(text, codes, scope, said, within if is_next else None)
        if scope not in _LEVELS or set(codes) >= text.members(scope, group):
            continue
        if not is_next:
            within = group
        is_next_open = not is_next
        year, _ = text.years(max(end, said.end))
        span = text.folded.span(start, end)
        yield Said(text.passage, *span, _NEXT[kind] if is_next else kind, year, scope, group, codes, value=value)


def _extreme(text: Text, match: re.Match[str]) -> _Extreme:
    scored = text.cues.scored.search(text.text, max(0, match.start() - _SCORED), match.start())
    kind = ClaimKind.HIGHEST if match["highest"] else ClaimKind.LOWEST if match["lowest"] else None
    is_scored = scored is not None and kind is not None
    return _Extreme(scored.start() if scored is not None and is_scored else match.start(), match.end(), kind, is_scored)


def _alone(text: Text, said: _Extreme, kind: ClaimKind, scope: Scope) -> Said | None:
    """An extreme of which the score alone is printed, `highest score: 100.00`, where nothing named before can have it."""
    alone = text.cues.is_value.match(text.text, said.end)
    if alone is None or "." not in alone["value"] or any(named.end <= said.start for named in text.names):
        return None
    year, _ = text.years(alone.end())
    return Said(text.passage, *text.folded.span(said.start, alone.end()), kind, year, scope, value=number(alone["value"]))


def _behind(text: Text, said: _Extreme) -> tuple[int, int, list[Named], Decimal | None] | None:
    """The names that stand behind the words for an extreme, `the lowest is X with 87.50`, from where to where, and the score."""
    names, lead = text.behind(said.end)
    if not names or lead is None:
        return None
    if lead["value"] is not None:
        return said.start, names[-1].end, names, number(lead["value"])
    value = _value_behind(text, names)
    if said.kind is None and value is None:
        # Several names without a score of their own follow each other in the order; only the first is next.
        names = names[:1]
    return said.start, names[-1].end if value is None else value.end(), names, None if value is None else number(value["value"])


def _value_behind(text: Text, names: Sequence[Named]) -> re.Match[str] | None:
    last = names[-1]
    close = text.cues.value_behind.match(text.text, last.end)
    if close is not None and not (close["says"] or close["unit"]):
        close = None
    if close is not None or last.scope is not Scope.QUESTION:
        return close
    others = [named.start for named in text.names if named.start >= last.end and named.scope is Scope.QUESTION]
    return text.cues.value_further.search(text.text, last.end, min([last.end + _VALUE, *others]))


def _before(text: Text, said: _Extreme) -> tuple[int, int, list[Named], Decimal | None] | None:
    """The names that stand before the words for an extreme, `X has the lowest score`, and the score between, if there is one.

    A question's wording may stand between its code and those words, and in it the name of an indicator.
    """
    before = [named for named in text.names if named.end <= said.start]
    if not before:
        return None
    asked = next((named for named in reversed(before) if named.scope is Scope.QUESTION), None)
    between = text.text[asked.end : said.start] if asked is not None else ""
    if (
        asked is not None
        and len(between) <= _WORDING
        and not any(character.isdigit() for character in between)
        and text.cues.question_lead.search(text.text, max(0, asked.start - _LEAD), asked.start)
    ):
        names, value = text.listed_before(asked), None
    else:
        last = max(before, key=lambda named: named.end)
        begin = last.end + (text.text[last.end : last.end + 1] == ")")
        has = text.cues.has.fullmatch(text.text, begin, said.start) if said.start - begin <= _BETWEEN else None
        if has is None:
            return None
        if last.scope is Scope.INSTRUMENT:
            # `X of EIT has the lowest score`.
            last = next((named for named in before if text.cues.of_lead.fullmatch(text.text, named.end, last.start)), last)
        names, value = text.listed_before(last), number(has["value"])
    end = said.end
    if value is None and (behind := text.cues.is_value.match(text.text, end)) is not None:
        end, value = behind.end(), number(behind["value"])
        other = text.cues.extreme.search(text.text, end)
        is_twice = other is not None and other["next"] is None and not any(end <= named.start < other.start() for named in text.names)
        if is_twice and names[0].scope is Scope.INSTRUMENT:
            # `IIT has 81.64 as its highest score and 74.10 as its lowest`: of its own indicators.
            return None
    return names[0].start, end, names, value


def _group(text: Text, codes: Sequence[str], scope: Scope, said: _Extreme, former: str | None) -> str:
    """Among which scores an extreme is one: of the narrowest group that the sentence or the section names and that holds
    them all, since it is that of any narrower one too. What is next (`former`: the extreme's group) has the extreme's."""
    if former is not None:
        return former if former and all(is_within(code, former, text.framework) for code in codes) else ""
    instruments = {instrument_of(code) for code in codes}
    if scope is Scope.INSTRUMENT or len(instruments) != 1:
        return ""
    instrument = next(iter(instruments))
    if scope is Scope.INDICATOR:
        is_said = text.cues.group.match(text.text, said.end) or any(named.code[:3] == instrument for named in text.names)
        return instrument if is_said or text.section.instrument[:3] == instrument else ""
    indicators = {indicator_of(text.framework, code) for code in codes}
    return text.section.indicator if indicators == {text.section.indicator} else instrument
