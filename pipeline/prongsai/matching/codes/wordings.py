"""From a question to its wording in print: how likely each question of a year is to be printed in these words.

What counts is how many letters differ (indel distance, rapidfuzz), against a background of words that are none of the
year's: a wording may be damaged, shortened, of another year, or no question at all. Whether an agency prints the year's
wordings or words of its own, it does so for many rows: the column says how often.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import Indel

Odds = npt.NDArray[np.float64]

_BY_LETTER = 0.3
"""How much rarer, in nats, each differing letter makes a wording; less than letters read wrong one by one would, since
agencies change whole words."""
_UNRELATED = 0.6
"""Differing letters by letter of a text that is no known wording; of 386 lines of reports nine in ten of those that are
none have more (median 0.9)."""
_NOT_LISTED = 0.03
"""How often a question's wording is none of those known for it, beforehand."""
_ROWS_KNOWN = 10
"""As how many rows of a column that counts."""
_OTHERS = 0.0005
"""How often the wording of one other question stands in a row: in print, and where cells slipped."""
_NO_QUESTIONS = 0.0002
"""How often a question's wording stands in a row that is none."""
_NEAR = 0.7
"""A known wording this near, against words that are none, is compared whole."""
_CUT = 0.75
"""A wording this much shorter or longer than a known one is compared with its beginning."""
_CUT_COST = 4.0
"""Differing letters that a cut counts as."""
_SHORTEST_START = 8
_KEPT = 8_000


class _Likeness(NamedTuple):
    """How likely one wording is, but for a constant."""

    known: Odds
    """By code, by the wordings known for it; 0 where there are none."""
    unlisted: float
    """As words that are no known wording."""
    no_question: float
    """Where the row is no question, against the likeliest question."""

    @property
    def is_unlisted(self) -> bool:
        return bool(self.known.max() < self.unlisted)


class Wordings:
    """The wordings of one year's questions; texts are folded."""

    def __init__(self, codes: Sequence[str], known: Mapping[str, Sequence[str]]) -> None:
        """`known`: for each code its folded wordings, none where the year's is not known."""
        self._texts = [text for code in codes for text in known.get(code, ())]
        self._lengths = np.array([len(text) for text in self._texts])
        counts = [len(known.get(code, ())) for code in codes]
        self._owners = np.flatnonzero(counts)
        self._starts = np.cumsum([0, *counts])[self._owners]
        self._is_listed = np.array(counts) > 0
        self._known: dict[str, _Likeness] = {}
        # Most wordings in print are letter by letter one of these.
        self.odds(self._texts)

    def odds(self, wordings: Sequence[str]) -> list[tuple[Odds, float] | None]:
        """For each wording of a column its likelihood by code, the likeliest about 1, and where the row is no question; None
        where there is none to compare."""
        new = list(dict.fromkeys(wording for wording in wordings if wording and wording not in self._known))
        if new and self._texts:
            if len(self._known) + len(new) > _KEPT:
                self._known.clear()
                new = list(dict.fromkeys(wording for wording in wordings if wording))
            self._known.update(zip(new, self._likenesses(new), strict=True))
        found = [self._known.get(wording) if wording else None for wording in wordings]
        flags = [one.is_unlisted for one in found if one is not None]
        n_unlisted, n_others = sum(flags), len(flags) - 1
        shares = [(_NOT_LISTED * _ROWS_KNOWN + n_unlisted - is_unlisted) / (_ROWS_KNOWN + n_others) for is_unlisted in (False, True)]
        return [one if one is None else (self._by_code(one, shares[one.is_unlisted]), one.no_question) for one in found]

    def _by_code(self, one: _Likeness, not_listed: float) -> Odds:
        """The likelihood by code, the likeliest 1, where so many of the column's other wordings (0-1) are no known ones: then these
        tell less for codes whose wording is not known. Among the others damaged wordings go on telling what they do."""
        odds: Odds = np.where(self._is_listed, _NOT_LISTED, _NOT_LISTED / not_listed) * one.unlisted + (1 - _NOT_LISTED) * one.known
        odds /= odds.max()
        return odds + _OTHERS

    def _likenesses(self, wordings: Sequence[str]) -> list[_Likeness]:
        distances = process.cdist(wordings, self._texts, scorer=Indel.distance, dtype=np.int32).astype(np.float64)
        background = _UNRELATED * np.array([len(wording) for wording in wordings])
        for row in np.flatnonzero(distances.min(axis=1) > _NEAR * background).tolist():
            distances[row] = np.minimum(distances[row], self._of_cut(wordings[row]))
        nearest = np.full((len(wordings), len(self._is_listed)), np.inf)
        nearest[:, self._owners] = np.minimum.reduceat(distances, self._starts, axis=1)
        # From the likelier of the two on, lest long wordings come near the smallest numbers.
        least = np.minimum(nearest.min(axis=1), background)
        known, unlisted = np.exp(-_BY_LETTER * (nearest - least[:, None])), np.exp(-_BY_LETTER * (background - least))
        most = self._most(known, unlisted)
        return [_Likeness(*each) for each in zip(known, unlisted.tolist(), (unlisted / most + _NO_QUESTIONS).tolist(), strict=True)]

    def _most(self, known: Odds, unlisted: Odds) -> Odds:
        """By row how likely the likeliest question is, as far as the row alone says."""
        odds: Odds = np.where(self._is_listed, _NOT_LISTED, 1.0) * unlisted[:, None] + (1 - _NOT_LISTED) * known
        most: Odds = odds.max(axis=1)
        return most

    def _of_cut(self, wording: str) -> Odds:
        """Distances to known wordings where one of the two goes on: its rest counts as words that are no wording."""
        size = len(wording)
        found = np.full(len(self._texts), np.inf)
        longer = np.flatnonzero(self._lengths * _CUT > size)
        if longer.size:
            found[longer] = _distances(wording, [self._texts[at][: size + 2] for at in longer]) + _CUT_COST
        for at in np.flatnonzero((self._lengths < _CUT * size) & (self._lengths > _SHORTEST_START)):
            length = int(self._lengths[at])
            found[at] = Indel.distance(wording[: length + 2], self._texts[at]) + _CUT_COST + _UNRELATED * (size - length)
        return found


def _distances(wording: str, texts: Sequence[str]) -> Odds:
    distances: Odds = process.cdist([wording], texts, scorer=Indel.distance, dtype=np.int32)[0].astype(np.float64)
    return distances
