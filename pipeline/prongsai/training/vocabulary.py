"""Thai words that training lines are drawn with."""

from __future__ import annotations

import math

_OFTEN = 250
"""A word that is used as often as the most frequent one is drawn this much oftener than one that is not."""


def thai_vocabulary() -> list[str]:
    """Thai words to draw numerals beside, in a fixed order."""
    from pythainlp.corpus import thai_words

    return sorted(word for word in thai_words() if 1 < len(word) <= 12 and word.isprintable() and " " not in word)


def reading_vocabulary() -> list[str]:
    """Thai words to learn to read by: a dictionary's and names of people and places, those in use the more often the more
    they are used (pythainlp's counts of the Thai National Corpus)."""
    from pythainlp.corpus import provinces, thai_family_names, thai_female_names, thai_male_names, tnc

    known = {*thai_vocabulary(), *provinces(), *thai_family_names(), *thai_female_names(), *thai_male_names()}
    used = dict(tnc.word_freqs())
    most = math.sqrt(max(used.values()))
    words: list[str] = []
    for word in sorted(word for word in known if len(word) <= 14 and word.isprintable() and " " not in word):
        words += [word] * (1 + round(_OFTEN * math.sqrt(used.get(word, 0)) / most))
    return words
