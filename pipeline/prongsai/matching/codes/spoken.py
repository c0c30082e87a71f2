"""Codes that running text prints, whether a score stands beside them or not: `item i20`, `(see 08)`, `E6`, `o1 to o20`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prongsai.language.folding import Folded, fold_with_index
from prongsai.matching.codes.columns import Decoded, Decoder, Item
from prongsai.matching.codes.tokens import Token, codes_in_text, heading_code, is_canonical, reason_for, zero_codes_in_text
from prongsai.matching.model import CodePrint
from prongsai.matching.vocabulary import Vocabulary
from prongsai.records import Passage

_CONTEXT = 60
_WORDING = 160
"""Folded characters behind a code that heads its text, which may be its question's wording."""
_HEAD = 3
"""A code that begins within so many folded characters heads its text."""
_IN_ORDER, _LIST_IN_ORDER = 0.3, 0.8
"""How often the codes of one paragraph stand in their order, and those that head paragraph after paragraph."""
_LEAST = 0.3
"""A code below this posterior may be anything, and is no row."""


@dataclass(frozen=True, slots=True)
class SpokenCode:
    """A code in running text: its folded token and printed characters, what is known of it, and whether it heads its text."""

    passage: Passage
    start: int
    end: int
    item: Item
    is_heading: bool
    is_bare: bool
    """Digits alone, told for a code by the word behind them."""


def spoken_codes(passage: Passage, indicator: str, instrument: str, vocabulary: Vocabulary) -> Iterator[SpokenCode]:
    """Each code in running text, left to right, with what its section and the words around it say."""
    folded = fold_with_index(passage.text)
    text = folded.text
    if not text:
        return
    found: list[tuple[int, int, Token, Item, bool]] = []
    for start, end, token in codes_in_text(folded):
        printed = _printed(passage.text, folded, start, end)
        if len(printed) > 5 or (printed[:1] in "eE" and not printed[1:2].strip()):
            continue
        found.append((start, end, token, Item(token), False))
    last = 0
    for start, end, token in zero_codes_in_text(folded):
        before, after = text[max(0, start - 16) : start], text[end : end + 16]
        is_said = vocabulary.reference.search(before) or vocabulary.range_began.search(before) or vocabulary.range_goes_on.match(after)
        if is_said or (last and vocabulary.range_word.fullmatch(text, last, start)):
            found.append((start, end, token, Item(token, instrument="OIT"), False))
            last = end
    first = heading_code(text, vocabulary.code_after)
    if first is not None and indicator:
        start, end, token = first
        found.append((start, end, token, Item(token, _words_behind(text, end, vocabulary), indicator, instrument), True))
    for start, end, _, item, is_bare in sorted(found, key=lambda each: each[:2]):
        yield SpokenCode(passage, *folded.span(start, end), item, is_bare or start <= _HEAD, is_bare)


def decoded_prints(spoken: Sequence[SpokenCode], decoder: Decoder) -> Iterator[CodePrint]:
    """The codes that are not printed as they should be: those that head their texts decided as one list, those within a
    text together."""
    decided: dict[int, Decoded] = {}
    for group, is_rising in _groups(spoken):
        found = decoder.decode([spoken[at].item for at in group], is_rising)
        decided.update(zip(group, found, strict=True))
    for at, one in enumerate(spoken):
        token, decoded = one.item.token, decided[at]
        if token is None:
            continue
        text = one.passage.text
        printed, code, why = text[one.start : one.end], decoded.code, decoded.matched_by
        confidence = decoded.confidence
        if full := decoder.printed_in_full(token):
            # What is printed as a code of the year is that code; that others would fit better only makes it less sure.
            code, why, confidence = full, ("code",), confidence if full == code else max(_LEAST, 1 - confidence)
        if not code or confidence < _LEAST or is_canonical(printed, code):
            continue
        context = " ".join(text[max(0, one.start - _CONTEXT) : one.end + _CONTEXT].split())
        if one.is_bare:
            printed += " " + text[one.end :].split()[0] if text[one.end :].split() else ""
        reason = reason_for(token, printed, code)
        yield CodePrint(one.passage, one.start, one.end, printed, code, reason, confidence, context, why)


def _groups(spoken: Sequence[SpokenCode]) -> Iterator[tuple[list[int], float]]:
    """Which codes are decided together, by index, and how likely it is that they stand in their order."""
    headings = [at for at, one in enumerate(spoken) if one.is_heading]
    if headings:
        yield headings, _LIST_IN_ORDER
    by_passage: dict[int, list[int]] = {}
    for at, one in enumerate(spoken):
        if not one.is_heading:
            by_passage.setdefault(id(one.passage), []).append(at)
    for group in by_passage.values():
        yield group, _IN_ORDER


def _words_behind(text: str, end: int, vocabulary: Vocabulary) -> str:
    """The words behind a code and the word for its point: they may be its question's."""
    said = vocabulary.code_after.match(text[end:])
    return text[end + (said.end() if said else 0) :][:_WORDING]


def _printed(text: str, folded: Folded, start: int, end: int) -> str:
    begin, stop = folded.span(start, end)
    return text[begin:stop]
