"""What only the whole document decides: the year of a claim that says none, and printed codes in running text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from prongsai.language.folding import fold
from prongsai.matching.codes.columns import Decoded, Decoder, Item, decoder_of
from prongsai.matching.codes.indicators import settled
from prongsai.matching.codes.spoken import SpokenCode, decoded_prints
from prongsai.matching.codes.tokens import Token, is_canonical, reason_for
from prongsai.matching.document import Entry
from prongsai.matching.model import UNREAD_YEAR, Claim, CodePrint, Dated, scope_of
from prongsai.matching.vocabulary import Vocabulary
from prongsai.records import MentionKind, Scope

_IN_ORDER = 0.3
"""How often the codes of scores in prose stand in their order."""
_SURE = 0.7
"""A code in prose below this posterior is no score's code."""


def resolved(
    entries: Sequence[Entry], spoken: Mapping[int, Sequence[SpokenCode]], prints: list[CodePrint], words: Vocabulary
) -> tuple[list[Claim], list[CodePrint]]:
    """All claims with their year and code decided, and the printed codes; those in prose may lean on values that tables print.

    `spoken`: codes in running text, by the fiscal year whose list they are of.
    """
    prints = [*prints, *(one for year, said in spoken.items() for one in decoded_prints(said, _decoder(year, words)))]
    for entry in entries:
        entry.claim = _dated(entry.claim, entry.dated)
    values = _codes_by_value([entry.claim for entry in entries if entry.token is None])
    by_year: defaultdict[int | None, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.token is not None:
            by_year[entry.claim.year].append(entry)
    for said, alike in by_year.items():
        _decode_spoken(alike, _decoder(said, words), values, prints)
    claims, prints = settled([entry.claim for entry in entries if entry.claim.code], prints, words)
    return _without_contradicted(claims), prints


def _decoder(year: int | None, words: Vocabulary) -> Decoder:
    return decoder_of(words.framework(year), words.knowledge)


def _decode_spoken(
    entries: Sequence[Entry],
    decoder: Decoder,
    values: Mapping[tuple[int | None, Decimal], frozenset[str]],
    prints: list[CodePrint],
) -> None:
    """Decides the codes of scores in prose, all of one year together."""
    items = []
    for entry in entries:
        value = entry.claim.numeral.value
        alike = values.get((entry.claim.year, value), frozenset()) if value is not None else frozenset()
        section = ("", "") if entry.token is None or entry.token.letter else (entry.indicator, entry.instrument)
        items.append(Item(entry.token, "", *section, value_codes=alike))
    for entry, decoded in zip(entries, decoder.decode(items, _IN_ORDER), strict=True):
        claim = entry.claim
        if entry.token is not None and (full := decoder.printed_in_full(entry.token)):
            entry.claim = replace(claim, code=full, matched_by=("code",))
        elif decoded.code and decoded.confidence >= _SURE:
            _reprint(prints, claim, decoded)
            entry.claim = replace(claim, code=decoded.code, matched_by=decoded.matched_by, code_confidence=decoded.confidence)


def _reprint(prints: list[CodePrint], claim: Claim, decoded: Decoded) -> None:
    """What a value decided about a printed code stands in `codes` too, wherever else that form is printed."""
    for at, seen in enumerate(prints):
        if fold(seen.printed) == fold(claim.printed_code) and not is_canonical(seen.printed, decoded.code):
            token = Token(fold(seen.printed)[:1], fold(seen.printed)[1:])
            reason = reason_for(token, seen.printed, decoded.code)
            prints[at] = replace(seen, code=decoded.code, confidence=decoded.confidence, reason=reason, matched_by=decoded.matched_by)


def _dated(claim: Claim, around: Dated) -> Claim:
    """A claim with the year of its surroundings, where it says none of its own."""
    if claim.year is not None:
        return replace(claim, year=claim.year - claim.years_back)
    if claim.year_from == UNREAD_YEAR or around.year is None:
        return replace(claim, year_from=claim.year_from or (around.by if around.by == UNREAD_YEAR else ""))
    return replace(claim, year=around.year - claim.years_back, year_from=around.by, year_confidence=around.confidence)


def _without_contradicted(claims: Sequence[Claim]) -> list[Claim]:
    """The claims without those by which names share a number though each has another of its own elsewhere: a list of
    names before the first one's score reads like names that share it."""
    own: defaultdict[tuple[str, int | None, str], set[Decimal | None]] = defaultdict(set)
    for claim in claims:
        if not claim.is_shared and claim.kind is MentionKind.SCORE:
            own[(claim.agency, claim.year, claim.code)].add(claim.numeral.value)
    kept = []
    for claim in claims:
        values = own.get((claim.agency, claim.year, claim.code), set())
        if not (claim.is_shared and values and claim.numeral.value not in values):
            kept.append(claim)
    return kept


def _codes_by_value(claims: Sequence[Claim]) -> dict[tuple[int | None, Decimal], frozenset[str]]:
    found: defaultdict[tuple[int | None, Decimal], set[str]] = defaultdict(set)
    for claim in claims:
        value = claim.numeral.value
        if claim.kind is MentionKind.SCORE and value is not None and value != 100 and scope_of(claim.code) is Scope.QUESTION:
            found[(claim.year, value)].add(claim.code)
    return {key: frozenset(codes) for key, codes in found.items()}
