"""A text and its folded form side by side, for searches that need to know what is printed between two letters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from prongsai.language.folding import fold, fold_phrase, fold_with_index

_MARKS = frozenset(
    "\N{THAI CHARACTER MAITAIKHU}\N{THAI CHARACTER MAI EK}\N{THAI CHARACTER MAI THO}\N{THAI CHARACTER MAI TRI}"
    "\N{THAI CHARACTER MAI CHATTAWA}\N{THAI CHARACTER THANTHAKHAT}\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER PHINTHU}"
)
_SIGNS = "\N{THAI CHARACTER PAIYANNOI}\N{THAI CHARACTER MAIYAMOK}\N{THAI CURRENCY SYMBOL BAHT}"
_FIRST, _LAST = "\N{THAI CHARACTER KO KAI}", "\N{THAI CHARACTER LAKKHANGYAO}"
_BETWEEN_LETTERS = re.compile(f"(?<=[{_FIRST}-\N{THAI CHARACTER YAMAKKAN}])\\s+(?=[{_FIRST}-\N{THAI CHARACTER YAMAKKAN}])")
_UNSEEN = dict.fromkeys(
    map(
        ord,
        "*\N{ZERO WIDTH SPACE}\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}\N{WORD JOINER}\N{SOFT HYPHEN}\N{ZERO WIDTH NO-BREAK SPACE}",
    )
)
_NEVER_FIRST = frozenset(map(chr, range(ord("\N{THAI CHARACTER SARA A}"), ord("\N{THAI CHARACTER SARA UU}") + 1)))
"""Vowels that stand after, above or below a consonant."""
_MARKS_EXPECTED = 120
"""Folded letters; in Thai prose about every sixth letter bears a tone mark."""
_LONGEST_NAME = 60
"""Folded letters; no place and few agencies have a longer name, but prose without spaces runs on for hundreds."""


class Line:
    """A text and its folded form, with the questions that a search for names asks of both."""

    def __init__(self, raw: str) -> None:
        self.raw, self.text = raw, fold(raw)

    @cached_property
    def index(self) -> tuple[int, ...]:
        """For each folded character the printed one; made when first asked for, since most texts name no agency."""
        return fold_with_index(self.raw).index

    @cached_property
    def has_lost_marks(self) -> bool:
        """Whether no tone mark is printed where many should be: some damaged text layers have lost them all."""
        return len(self.text) >= _MARKS_EXPECTED and _MARKS.isdisjoint(self.raw)

    def has_gap(self, at: int) -> bool:
        """Whether white space, or a mark for bold type, stands in print before the folded character `at`."""
        if at <= 0 or at >= len(self.text):
            return True
        if self.text[at] in _NEVER_FIRST:
            # A space here is what is left of a sara am that a text layer lost, not the end of a word.
            return False
        between = self.raw[self.index[at - 1] + 1 : self.index[at]]
        return any(character.isspace() or character == "*" for character in between)

    def run_end(self, start: int) -> int:
        """Where the run of Thai letters that begins at `start` ends: at a space, a digit, a sign or another script."""
        at, last = start, min(len(self.text), start + _LONGEST_NAME)
        while at < last and is_letter(self.text[at]) and (at == start or not self.has_gap(at)):
            at += 1
        return at

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The printed characters under folded `start` to `end`, with the marks over the last of them."""
        if start >= end:
            at = self.index[start] if start < len(self.index) else len(self.raw)
            return at, at
        first, last = self.index[start], self.index[end - 1] + 1
        while last < len(self.raw) and self.raw[last] in _MARKS:
            last += 1
        return first, last

    def printed(self, start: int, end: int) -> str:
        """What is printed under folded `start` to `end`."""
        first, last = self.span(start, end)
        return self.raw[first:last]


class StopWords:
    """Words that go on with a sentence after a name.

    They are looked for in folded text and then compared with their tone marks: without these every fifth of them
    stands across the end of some subdistrict's name and the word after it, and some inside names.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._printed: dict[str, set[str]] = {}
        for word in words:
            self._printed.setdefault(fold_phrase(word), set()).add(plain(word))
        self._pattern = re.compile(options(self._printed))
        self._longest = max(map(len, self._printed))

    def find(self, line: Line, start: int, end: int) -> tuple[int, int] | None:
        """The first of the words that begins in folded `start` to `end`, as a half-open range."""
        at = start
        while (found := self._pattern.search(line.text, at, end + self._longest)) is not None and found.start() < end:
            if self._is_meant(line, found):
                return found.span()
            at = found.start() + 1
        return None

    def at(self, line: Line, at: int, is_exact: bool = True) -> tuple[int, int] | None:
        """The word that begins at folded `at`, as a half-open range; not `is_exact`: whatever its marks."""
        found = self._pattern.match(line.text, at)
        return found.span() if found is not None and (not is_exact or self._is_meant(line, found)) else None

    def _is_meant(self, line: Line, found: re.Match[str]) -> bool:
        return line.has_lost_marks or plain(line.printed(*found.span())) in self._printed[found.group()]


def is_letter(character: str) -> bool:
    """Whether a folded character is a Thai consonant or vowel, and no sign or digit."""
    return _FIRST <= character <= _LAST and character not in _SIGNS


def joined(printed: str) -> str:
    """Printed text without the spaces between Thai letters, other runs of white space as one space."""
    return " ".join(_BETWEEN_LETTERS.sub("", printed.translate(_UNSEEN)).split())


def options(words: Iterable[str]) -> str:
    """A regular expression for any of some folded words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))


def plain(text: str) -> str:
    """A text as it is compared with its marks: no spaces, sara am in one."""
    whole = "".join(text.translate(_UNSEEN).split())
    return whole.replace("\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER SARA AA}", "\N{THAI CHARACTER SARA AM}")
