"""Words for kinds of agency in running text, found with letters wrong, lost or doubled.

With so many slips one of so many and one more pieces of a word is still whole: where a piece stands, the word is compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Generic, TypeVar

from rapidfuzz.distance import OSA

from prongsai.language.folding import Hit

T = TypeVar("T")

_LETTERS_PER_SLIP = 6
_SHORTEST = 10
"""Folded letters of the shortest word; below, other words are as near."""


class DamagedWords(Generic[T]):
    """Long folded words and what they mean."""

    def __init__(self, words: Mapping[str, T]) -> None:
        self._meanings = {word: meaning for word, meaning in words.items() if len(word) >= _SHORTEST}
        self._pieces: dict[str, list[tuple[str, int]]] = {}
        for word in self._meanings:
            count = len(word) // _LETTERS_PER_SLIP + 1
            cuts = [at * len(word) // count for at in range(count + 1)]
            for begin, end in pairwise(cuts):
                self._pieces.setdefault(word[begin:end], []).append((word, begin))

    def find(self, folded: str) -> Iterator[Hit[T]]:
        """Each place of a folded text that is nearly one of the words, and no other as nearly, left to right; none that is whole."""
        done = 0
        for at, piece in sorted(self._spots(folded)):
            starts = ((at - offset, word) for word, offset in self._pieces[piece])
            whole = next((begin + len(word) for begin, word in starts if folded.startswith(word, max(0, begin))), 0)
            done = max(done, whole)
            if at < done:
                continue
            near = sorted(self._near(folded, at, piece))
            if near and (len(near) == 1 or near[1][0] > near[0][0]):
                _, _, begin, done, word = near[0]
                yield Hit(begin, done, self._meanings[word])

    def _spots(self, folded: str) -> Iterator[tuple[int, str]]:
        """Each piece of a word and where it stands."""
        for piece in self._pieces:
            at = folded.find(piece)
            while at >= 0:
                yield at, piece
                at = folded.find(piece, at + 1)

    def _near(self, folded: str, at: int, piece: str) -> Iterator[tuple[int, int, int, int, str]]:
        """(slips, how much longer or shorter, begin, end, word) of each word that a piece is of, where it is near enough."""
        for word, offset in self._pieces[piece]:
            most, first = len(word) // _LETTERS_PER_SLIP, max(0, at - offset)
            if OSA.distance(folded[first : first + len(word)], word, score_cutoff=3 * most) > 3 * most:
                continue  # Too far off for any other beginning or end.
            spans = (
                (OSA.distance(folded[begin:end], word), abs(end - begin - len(word)), begin, end, word)
                for begin in range(max(0, first - most), min(at, first + most) + 1)
                for end in range(first + len(word) - most, min(len(folded), first + len(word) + most) + 1)
            )
            best = min(spans, default=None)
            if best is not None and best[0] <= most:
                yield best
