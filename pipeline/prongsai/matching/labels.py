"""Names of instruments, indicators and the overall score in text, with the numbers printed beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from prongsai.language.folding import Folded, fold_with_index
from prongsai.matching.model import Label
from prongsai.matching.vocabulary import Vocabulary

_NOISE = re.compile(r"[\d().,:;\-/|\"'\u201c\u201d?]+")
_FUZZY_FLOOR = 84.0
"""Damaged names of one indicator stay above this, two different indicators below: the nearest pair, 5 and 10, has 76."""
_LISTED_FLOOR, _NUMBERED_FLOOR = 75.0, 55.0
"""A name damaged down to this is still told where the number before it is its own: one of a list, one after a word for
indicator."""
_PARTS = ("EIT1", "EIT2")
_PART_REACH = 40
"""A bare `part 1` is EIT's only where EIT is named at most so many folded characters before it."""
_FULL = 0.8
"""A cell is a label when its name is this share of its letters; question wordings that contain a name stay below."""


def find_labels(folded: Folded, vocabulary: Vocabulary) -> Iterator[Label]:
    """Every name in a folded text, left to right, indicator numbers before the name included in its span."""
    for hit in vocabulary.labels.find(folded.text):
        code, is_weak = hit.meaning
        if _inside_latin_word(folded, hit.start, hit.end):
            continue
        if code in _PARTS and not _speaks_of_eit(folded.text, hit.start, hit.end):
            continue
        start, number = hit.start, None
        if code.startswith("ind"):
            before = vocabulary.indicator_number.search(folded.text[max(0, hit.start - 24) : hit.start])
            if before:
                number = int(before.group(1))
                start = hit.start - (len(before.group(0)))
        printed_start, printed_end = folded.span(start, hit.end)
        yield Label(printed_start, printed_end, code, ("name",) if number is None else ("name", "number"), is_weak, number)


def numbered_labels(folded: Folded, vocabulary: Vocabulary) -> Iterator[Label]:
    """Indicators that a text names by number alone and scores at once: `indicator 1: 92.15`."""
    for match in vocabulary.indicator_scored.finditer(folded.text):
        start, end = folded.span(match.start(), match.end())
        number = int(match.group("number"))
        yield Label(start, end, f"ind{number}", ("number",), number=number)


def read_label(text: str, vocabulary: Vocabulary) -> Label | None:
    """What a cell or heading names, if naming is all it does.

    The name decides over the number printed with it; where OCR damaged the name the nearest one is taken, and a number
    alone counts only after a word for indicator. None where the text says more than a label or names two things.
    """
    folded = fold_with_index(text)
    if not folded.text or len(folded.text) > 160:
        return None
    sub = vocabulary.subindicator_number.match(folded.text)
    if sub:
        return Label(0, len(text), "ind" + sub.group("code"), ("number",))
    by_name = vocabulary.subindicators.get(folded.text.strip("().:- "))
    if by_name is not None:
        return Label(0, len(text), by_name, ("name",))
    start = vocabulary.indicator_number_start.match(folded.text)
    number = int(start.group(1) or start.group(2)) if start else None
    is_said = start is not None and start.group(1) is not None
    labels = [label for label in find_labels(folded, vocabulary) if not label.is_weak]
    letters = len(_NOISE.sub("", vocabulary.filler.sub("", folded.text)))
    if labels:
        codes = {label.code for label in labels}
        narrowest = _narrowest(codes)
        if narrowest is None:
            return None
        named = sum(len(_NOISE.sub("", vocabulary.filler.sub("", _folded_part(folded, label)))) for label in labels)
        if letters == 0 or named / letters >= _FULL:
            by = ("name",) if number is None else ("name", "number")
            return Label(labels[0].start, labels[-1].end, narrowest, by, number=number if narrowest.startswith("ind") else None)
    rest = _NOISE.sub("", folded.text[start.end() :] if start else folded.text)
    if 6 <= len(rest) <= 60:
        floor = _FUZZY_FLOOR if number is None else _NUMBERED_FLOOR if is_said else _LISTED_FLOOR
        best = process.extractOne(rest, vocabulary.names.keys(), scorer=fuzz.ratio, score_cutoff=floor)
        if best is not None:
            code = vocabulary.names[best[0]]
            if code == f"ind{number}":
                return Label(0, len(text), code, ("name", "number", "fuzzy"), number=number)
            if best[1] >= _FUZZY_FLOOR:
                return Label(0, len(text), code, ("name", "fuzzy"), number=number)
    if is_said and number is not None and 1 <= number <= 10 and not rest:
        return Label(0, len(text), f"ind{number}", ("number",), number=number)
    return None


def _folded_part(folded: Folded, label: Label) -> str:
    return "".join(character for character, at in zip(folded.text, folded.index, strict=True) if label.start <= at < label.end)


def _narrowest(codes: set[str]) -> str | None:
    """The one code that the others only surround (an instrument around its part, the overall around an instrument)."""
    if len(codes) == 1:
        return next(iter(codes))
    without = codes - {"ITA"}
    parts = {code for code in without if code in ("EIT1", "EIT2")}
    if len(parts) == 1 and without <= parts | {"EIT"}:
        return next(iter(parts))
    indicators = {code for code in without if code.startswith("ind")}
    if len(indicators) == 1 and all(code in ("IIT", "EIT", "OIT") for code in without - indicators):
        return next(iter(indicators))
    return next(iter(without)) if len(without) == 1 else None


def _inside_latin_word(folded: Folded, start: int, end: int) -> bool:
    """Whether a Latin name such as `eit` is part of a longer word; in `IIT EIT` a space is printed, and folded away."""
    return any(_is_latin_pair(folded, at) for at in (start, end) if 0 < at < len(folded.text))


def _is_latin_pair(folded: Folded, at: int) -> bool:
    pair = folded.text[at - 1 : at + 1]
    return pair.isascii() and pair.isalpha() and folded.index[at] - folded.index[at - 1] == 1


def _speaks_of_eit(text: str, start: int, end: int) -> bool:
    return "eit" in text[max(0, start - _PART_REACH) : end]
