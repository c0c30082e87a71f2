"""Letters of which the network is unsure, decided by the words that they make: each against its runner-up.

The odds of the network and those of the words (pythainlp's tokens, and their counts in the Thai National Corpus) are
multiplied. Names of people and places are rare in any corpus; a letter of theirs changes only where the network doubts it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from prongsai.reading.letters.readings import Letter

UNSURE, _LEAST_RIVAL = 0.95, 0.03
"""Letters less sure than the first are asked about, where another letter has the second or more."""
_WEIGHT = 1.0
_MOST = 12
"""Letters asked about in one line."""
_UNKNOWN = -14.0
"""Log odds of each letter of a token that is no word."""


def spelt(letters: Sequence[Letter]) -> list[Letter]:
    """The letters of a line, runners-up in the place of those that make less likely words."""
    found = list(letters)
    doubtful = [at for at, one in enumerate(found) if one.probability < UNSURE and one.rival_probability >= _LEAST_RIVAL]
    if not doubtful:
        return found
    now = _odds("".join(one.text for one in found))
    for at in sorted(doubtful, key=lambda place: found[place].probability)[:_MOST]:
        one = found[at]
        other = replace(one, text=one.rival, probability=one.rival_probability, rival=one.text, rival_probability=one.probability)
        changed = [*found[:at], other, *found[at + 1 :]]
        then = _odds("".join(letter.text for letter in changed))
        if math.log(other.probability / max(one.probability, 1e-6)) + _WEIGHT * (then - now) > 0:
            # As sure as either was: the words have settled which of the two it is.
            found[at] = replace(other, probability=max(one.probability, other.probability))
            now = then
    return found


@lru_cache(maxsize=4096)
def _odds(text: str) -> float:
    """The log likelihood of a text as a row of words, each by itself."""
    from pythainlp.tokenize import word_tokenize

    counts, total = _counts()
    odds = 0.0
    for token in word_tokenize(text, engine="newmm", keep_whitespace=False):
        count = counts.get(token)
        odds += math.log((count + 0.5) / total) if count is not None else _UNKNOWN * len(token)
    return odds


@lru_cache(maxsize=1)
def _counts() -> tuple[dict[str, int], int]:
    """How often each known word is used, 0 where the corpus does not have it; and the sum of all."""
    from pythainlp.corpus import thai_words, tnc

    counts = dict.fromkeys(thai_words(), 0)
    used = dict(tnc.word_freqs())
    for word in counts:
        counts[word] = used.get(word, 0)
    return counts, sum(counts.values()) + len(counts)
