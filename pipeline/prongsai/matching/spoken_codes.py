"""Codes that running text prints, whether a score stands beside them or not: `item i20`, `(see 08)`, `E6`."""

from __future__ import annotations

from collections.abc import Iterator

from prongsai.language.folding import Folded, fold_with_index
from prongsai.matching.codes import Decoder, Item, Token, codes_in_text, heading_code, is_canonical, reason_for, zero_codes_in_text
from prongsai.matching.labels import find_labels
from prongsai.matching.model import CodePrint
from prongsai.matching.vocabulary import Vocabulary
from prongsai.records import Passage

_CONTEXT = 60


def spoken_codes(passage: Passage, indicator: str, instrument: str, vocabulary: Vocabulary, decoder: Decoder) -> Iterator[CodePrint]:
    """Each code in running text that is not printed as it should be, decoded alone with what its section says."""
    folded = fold_with_index(passage.text)
    if not folded.text:
        return
    found: list[tuple[int, int, Token, bool]] = []
    for start, end, token in codes_in_text(folded):
        printed = _printed(passage.text, folded, start, end)
        if len(printed) > 5 or (printed[:1] in "eE" and not printed[1:2].strip()):
            continue
        found.append((start, end, token, False))
    for start, end, token in zero_codes_in_text(folded):
        if vocabulary.reference.search(folded.text[max(0, start - 16) : start]):
            found.append((start, end, token, False))
    first = heading_code(folded.text, vocabulary.code_after)
    if first is not None and indicator:
        found.append((*first, True))
    for start, end, token, is_bare in sorted(found):
        printed = _printed(passage.text, folded, start, end)
        if full := decoder.printed_in_full(token):
            code, confidence = full, 0.99
        else:
            item = Item(token, "", indicator if is_bare else "", instrument if is_bare else "")
            decoded = decoder.decode([item])[0]
            code, confidence = decoded.code, decoded.confidence
        if not code or confidence < 0.3 or is_canonical(printed, code):
            continue
        printed_start, printed_end = folded.span(start, end)
        context = passage.text[max(0, printed_start - _CONTEXT) : printed_end + _CONTEXT]
        if is_bare:
            printed += " " + passage.text[printed_end:].split()[0] if passage.text[printed_end:].split() else ""
        yield CodePrint(
            passage, printed_start, printed_end, printed, code, reason_for(token, printed, code), confidence, " ".join(context.split())
        )


def disagreeing_labels(passage: Passage, folded: Folded, vocabulary: Vocabulary) -> Iterator[CodePrint]:
    """Indicators whose printed number is not their name's; the name decides."""
    for label in find_labels(folded, vocabulary):
        if label.number is None or not label.code.startswith("ind") or label.code == f"ind{label.number}":
            continue
        printed = " ".join(passage.text[label.start : label.end].split())
        start = max(0, label.start - _CONTEXT)
        yield CodePrint(
            passage,
            label.start,
            label.end,
            printed,
            label.code,
            "number-against-name",
            0.9,
            " ".join(passage.text[start : label.end + _CONTEXT].split()),
        )


def _printed(text: str, folded: Folded, start: int, end: int) -> str:
    begin, stop = folded.span(start, end)
    return text[begin:stop]
