"""What a part reads: the likeliest *meaning*. Its texts are weighed by their shapes and counted together where they mean the
same; what does not look like anything printed never counts as sure."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from prongsai.reading.numerals.alphabet import SPACE
from prongsai.reading.numerals.parts import Part, is_other
from prongsai.reading.numerals.readings import Shape, Token
from prongsai.reading.numerals.shapes import Grammar, both_scripts, has_digit, in_one_script, is_mixed, meaning_of, with_zeros
from prongsai.records import Candidate

_N_CANDIDATES = 5
_LEAST = 1e-4
_LEAST_SEEN, _MOST_SEEN = 0.02, 0.3
"""The least share of readings without a word glyph from which a unit with glyphs not made out is a numeral, and the most
that it is trusted."""


def settle(part: Part, grammar: Grammar, calibrate: Callable[[float], float]) -> Token:
    """The token that a part is, read as its likeliest meaning."""
    if part.is_word:
        return word_token(part)
    groups, word_share = _weighed(part, grammar)
    raw, text = groups[0] if groups else (0.0, "")
    shape = grammar.shape(text)
    if part.is_seen and (raw < _LEAST_SEEN or shape == Shape.BROKEN):
        return word_token(part)
    if not part.is_seen and (word_share > raw or (shape == Shape.BROKEN and not has_digit(text))):
        return word_token(part)
    probability = min(calibrate(raw) * part.sure, grammar.most(text), _MOST_SEEN if part.is_seen else 1.0)
    share = (1 - probability) / (1 - raw) if raw < 1 - 1e-9 else 0.0
    others = [Candidate(other, min(1.0, share) * mass) for mass, other in groups[1:] if mass > _LEAST]
    if is_mixed(text):
        others += [Candidate(other, (1 - probability) / 4) for other in both_scripts(text)]
    others = [Candidate(one.text, min(one.probability, probability)) for one in others]
    others.sort(key=lambda one: -one.probability)
    candidates = (Candidate(text, probability), *others[: _N_CANDIDATES - 1])
    return Token(text, 0.0, 0.0, probability, candidates, is_word=False, shape=shape)


def _weighed(part: Part, grammar: Grammar) -> tuple[list[tuple[float, str]], float]:
    """The meanings that a part may have, likeliest first, each with its share and a spelling; and the share of words."""
    masses: dict[str, list[tuple[float, str]]] = {}
    words = cut = 0.0
    for spaced, mass in part.texts:
        text = with_zeros(_without_spaces(spaced, grammar))
        if SPACE in text:
            cut += mass
        elif grammar.shape(text) == Shape.WORD:
            words += mass
        else:
            masses.setdefault(meaning_of(text), []).append((mass * grammar.weight(text), text))
    whole = words + cut + sum(mass for group in masses.values() for mass, _ in group)
    groups = [(sum(mass for mass, _ in group) / whole, _print(group)) for group in masses.values() if whole > 0]
    return sorted(groups, key=lambda one: (-one[0], one[1])), words / whole if whole > 0 else 1.0


def _without_spaces(text: str, grammar: Grammar) -> str:
    """A text whose spaces part nothing without them: `o 13` is the code o13, `+ 1.05` a difference, `97. 32` a score."""
    if SPACE not in text:
        return text
    squeezed = text.replace(SPACE, "")
    shape = grammar.shape(squeezed)
    is_one = shape in (Shape.NAME, Shape.CODE, Shape.DIFFERENCE) or (shape == Shape.SCORE and (". " in text or " ." in text))
    return squeezed if is_one else text


def _print(group: Sequence[tuple[float, str]]) -> str:
    """The likeliest spelling of a meaning."""
    return in_one_script(max(group, key=lambda one: (one[0], one[1]))[1])


def word_token(part: Part) -> Token:
    """A run of words, as sure as its glyphs are no digits on the average. A letter or mark may be half a digit."""
    sure = 0.0
    for glyph in part.glyphs:
        is_digit = has_digit(glyph.character)
        sure += glyph.probability if is_other(glyph) else 1 - glyph.probability * (1.0 if is_digit else 0.5)
    return Token("", 0.0, 0.0, sure / len(part.glyphs), (), is_word=True)
