"""From a question to its wording in print: how likely each question of a year is to be printed in these words.

What counts is how many letters differ (indel distance, rapidfuzz), against a background of words that are none of the
year's: a wording may be damaged, shortened, of another year, or no question at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
"""How often a question's wording is none of those known for it."""
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


class Wordings:
    """The wordings of one year's questions; texts are folded."""

    def __init__(self, codes: Sequence[str], known: Mapping[str, Sequence[str]]) -> None:
        """`known`: for each code its folded wordings, none where the year's is not known."""
        self._texts = [text for code in codes for text in known.get(code, ())]
        self._lengths = np.array([len(text) for text in self._texts])
        counts = [len(known.get(code, ())) for code in codes]
        self._owners = np.flatnonzero(counts)
        self._starts = np.cumsum([0, *counts])[self._owners]
        self._n_codes = len(codes)
        self._known: dict[str, tuple[Odds, float]] = {}
        # Most wordings in print are letter by letter one of these.
        self.odds(self._texts)

    def odds(self, wordings: Sequence[str]) -> list[tuple[Odds, float] | None]:
        """For each wording its likelihood by code, the likeliest about 1, and where the row is no question; None where
        there is none to compare."""
        new = list(dict.fromkeys(wording for wording in wordings if wording and wording not in self._known))
        if new and self._texts:
            if len(self._known) + len(new) > _KEPT:
                self._known.clear()
                new = list(dict.fromkeys(wording for wording in wordings if wording))
            for wording, *likelihoods in zip(new, *self._likelihoods(new), strict=True):
                self._known[wording] = likelihoods[0], float(likelihoods[1])
        return [self._known.get(wording) if wording else None for wording in wordings]

    def _likelihoods(self, wordings: Sequence[str]) -> tuple[Odds, Odds]:
        """Wordings × codes, and by wording where the row is no question."""
        distances = process.cdist(wordings, self._texts, scorer=Indel.distance, dtype=np.int32).astype(np.float64)
        background = _UNRELATED * np.array([len(wording) for wording in wordings])
        for row in np.flatnonzero(distances.min(axis=1) > _NEAR * background).tolist():
            distances[row] = np.minimum(distances[row], self._of_cut(wordings[row]))
        nearest = np.full((len(wordings), self._n_codes), np.inf)
        nearest[:, self._owners] = np.minimum.reduceat(distances, self._starts, axis=1)
        unlisted = np.exp(-_BY_LETTER * background)[:, None]
        odds = np.where(np.isfinite(nearest), _NOT_LISTED, 1.0) * unlisted + (1 - _NOT_LISTED) * np.exp(-_BY_LETTER * nearest)
        most = odds.max(axis=1, keepdims=True)
        return odds / most + _OTHERS, (unlisted / most)[:, 0] + _NO_QUESTIONS

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
