"""From a code to its print: how likely each code of a closed list is to be printed as what stands there.

The print is taken for a damaged copy: each glyph stays, is taken for another, is lost, or one comes in that is not
there. What is taken for what comes from `patterns/confusions.csv`; how often is not known of a document beforehand, so
that the likelihood is given at several levels of damage, and the whole column says which of them fits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from prongsai.language.folding import fold

Odds = npt.NDArray[np.float64]

LEVELS = (
    (0.03, 0.005, 0.05, 0.8),
    (0.7, 0.005, 0.15, 0.8),
    (0.97, 0.005, 1.0, 0.8),
    (0.1, 0.06, 0.1, 0.2),
    (0.25, 0.15, 0.1, 0.2),
    (0.5, 0.35, 0.1, 0.2),
)
"""How often the letter and how often a digit is printed wrong, how many of the wrong letters are lost, and how many of the
wrong digits are any other: well printed, where a wrong digit is one that somebody typed; a letter taken for another
throughout, as o for zero, or left out, neither a sign that digits are wrong; and read badly, ever worse."""
LEVEL_PRIOR = np.array((0.7, 0.12, 0.03, 0.08, 0.05, 0.02))
IS_BAD = np.array([digit > 0.01 for _, digit, _, _ in LEVELS])
"""The levels at which reading is bad."""
_COST_UNIT = 0.2
"""A cost of the table that makes a confusion rarer by a factor of e."""
_STRAY = 0.2
"""Share of wrong letters that no table explains."""
_STRAY_DIGIT = 0.5
"""Of wrong digits that no table explains, the share that is another digit; the rest may be anything."""
_ALPHABET = 60.0
"""How many glyphs a stray one is drawn from."""
_DIGIT_LOST = 0.06
_GLYPH_ADDED = 0.08
"""Of wrong digits: those that are lost, and glyphs that came in."""
_ZERO_LED = 0.03
"""How often a number is printed with a zero before it, `o01`, well printed or not."""
_MEANT = "ieo0123456789"
_N_LETTERS = 3
_LONGEST = 3
"""Glyphs of a code."""
_KEPT = 1_000
"""Prints whose likelihoods are kept, with those of their beginnings."""


class Channel:
    """The likelihood of prints for one closed list of codes."""

    def __init__(self, codes: Sequence[str], confusions: Mapping[str, Sequence[tuple[str, Decimal]]]) -> None:
        self._glyphs, self._several = _alphabet(confusions)
        self._seen = _seen_as(confusions, self._glyphs)
        meant = np.full((_LONGEST, len(codes)), len(_MEANT))
        for at, code in enumerate(codes):
            for place, glyph in enumerate(code):
                meant[place, at] = _MEANT.index(glyph)
        self._meant = meant
        self._is_long = meant[2] < len(_MEANT)
        wrong = np.array([[level[0]] * _N_LETTERS + [level[1]] * (len(_MEANT) - _N_LETTERS) for level in LEVELS])
        self._wrong = wrong
        lost = [[level[2]] * _N_LETTERS + [_DIGIT_LOST] * (len(_MEANT) - _N_LETTERS) for level in LEVELS]
        self._lost = self._by_code(wrong * np.array(lost))
        self._other = wrong * (1 - np.array(lost))
        self._added = np.array([level[1] for level in LEVELS])[:, None] * _GLYPH_ADDED / _ALPHABET
        self._by_glyph: dict[str, Odds] = {}
        self._beginnings: dict[str, Odds] = {}
        self._known: dict[str, Odds] = {}

    def odds(self, glyphs: str) -> Odds:
        """The likelihood of a folded print, levels of damage × codes; over all prints of a code they add up to about 1."""
        if glyphs not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
                self._beginnings.clear()
            seen = glyphs
            for whole, stand_in in self._several:
                seen = seen.replace(whole, stand_in)
            begun = self._begun(seen)
            self._known[glyphs] = np.where(self._is_long, begun[3], begun[2])
        return self._known[glyphs]

    def _begun(self, glyphs: str) -> Odds:
        """How likely the first places of a code, none to all, are printed as these glyphs: the sum over all ways to come from
        the ones to the others, places + 1 × levels × codes."""
        if glyphs in self._beginnings:
            return self._beginnings[glyphs]
        if glyphs:
            before = self._begun(glyphs[:-1])
            after = before * self._added
            if glyphs[-1] == "0":
                after[1] = before[1] * _ZERO_LED
            after[1:] += before[:-1] * self._of_glyph(glyphs[-1])
        else:
            after = np.zeros((_LONGEST + 1, *self._lost.shape[1:]))
            after[0] = 1.0
        for place in range(_LONGEST):
            after[place + 1] += after[place] * self._lost[place]
        self._beginnings[glyphs] = after
        return after

    def _of_glyph(self, glyph: str) -> Odds:
        """Likelihood of one printed glyph, places of a code × levels × codes."""
        if glyph not in self._by_glyph:
            self._by_glyph[glyph] = self._by_code(self._printed_as(glyph))
        return self._by_glyph[glyph]

    def _printed_as(self, glyph: str) -> Odds:
        """Likelihood of one printed glyph, levels × meant glyphs."""
        at = self._glyphs.get(glyph)
        seen = self._seen[at] if at is not None else np.zeros(len(_MEANT))
        is_itself = np.array([glyph == meant for meant in _MEANT])
        is_digit = np.array([meant.isdigit() for meant in _MEANT])
        typed = _STRAY_DIGIT * glyph.isdigit() / 9 + (1 - _STRAY_DIGIT) / _ALPHABET
        stray = np.where(is_digit, typed, 1 / _ALPHABET)
        share = np.array([[level[3]] for level in LEVELS])
        share = np.where(is_digit, share, _STRAY)
        odds: Odds = np.where(is_itself, 1 - self._wrong, self._other * ((1 - share) * seen + share * stray))
        return odds

    def _by_code(self, by_glyph: Odds) -> Odds:
        """Levels × meant glyphs as places of a code × levels × codes; 0 beyond a code's last glyph."""
        padded = np.concatenate([by_glyph, np.zeros((len(LEVELS), 1))], axis=1)
        return np.stack([padded[:, place] for place in self._meant])


def _alphabet(confusions: Mapping[str, Sequence[tuple[str, Decimal]]]) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """Each folded printed glyph's number, and what stands in for entries of several glyphs."""
    numbers: dict[str, int] = {}
    several: list[tuple[str, str]] = []
    for printed in confusions:
        glyph = fold(printed)
        if len(glyph) > 1:
            several.append((glyph, chr(0xE000 + len(several))))
            glyph = several[-1][1]
        if glyph:
            numbers.setdefault(glyph, len(numbers))
    return numbers, several


def _seen_as(confusions: Mapping[str, Sequence[tuple[str, Decimal]]], glyphs: Mapping[str, int]) -> Odds:
    """How often each printed glyph is what a wrongly printed one turned into, printed × meant; each meant adds up to 1."""
    weights = np.zeros((len(glyphs), len(_MEANT)))
    stand_ins = iter(glyph for glyph in glyphs if glyph >= "\ue000" and glyph < "\uf000")
    for printed, options in confusions.items():
        folded = fold(printed)
        glyph = next(stand_ins) if len(folded) > 1 else folded
        for meant, cost in options if glyph else ():
            if glyph != meant and cost:
                at = glyphs[glyph], _MEANT.index(meant)
                weights[at] = max(weights[at], np.exp(-float(cost) / _COST_UNIT))
    shares: Odds = weights / np.maximum(weights.sum(axis=0), 1e-9)
    return shares
