"""A form of Thai text that is only for comparing: what damaged text layers and OCR change first is left out of it.

Folding drops spaces, tone marks and silencers, writes every sara am (whole, split or with its ring lost) as sara aa,
Thai digits as Arabic ones and Latin letters small. A folded text is never shown or stored; `Folded.span` leads back
to the characters that were printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

T = TypeVar("T")

_SARA_AM = "\N{THAI CHARACTER SARA AM}"
_SARA_AA = "\N{THAI CHARACTER SARA AA}"
_DROPPED = (
    " \t\r\n\f\v\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}\N{WORD JOINER}"
    "\N{ZERO WIDTH NO-BREAK SPACE}\N{SOFT HYPHEN}\N{NARROW NO-BREAK SPACE}\N{EN SPACE}\N{EM SPACE}\N{THIN SPACE}"
    "\N{THAI CHARACTER NIKHAHIT}\N{THAI CHARACTER MAI EK}\N{THAI CHARACTER MAI THO}\N{THAI CHARACTER MAI TRI}"
    "\N{THAI CHARACTER MAI CHATTAWA}\N{THAI CHARACTER THANTHAKHAT}\N{THAI CHARACTER MAITAIKHU}\N{THAI CHARACTER PHINTHU}"
    "*"
)
_DROPPED_SET = frozenset(_DROPPED)
_TABLE = {ord(character): None for character in _DROPPED} | {ord(_SARA_AM): _SARA_AA}
_TABLE |= {ord("\N{THAI DIGIT ZERO}") + digit: str(digit) for digit in range(10)}
_TABLE |= {ord("A") + letter: chr(ord("a") + letter) for letter in range(26)}
_TABLE |= {ord(dash): "-" for dash in "\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}\N{HYPHEN}\N{NON-BREAKING HYPHEN}"}


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its characters, the index of the printed one."""

    text: str
    index: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The printed characters under folded characters `start` to `end`, as a half-open range."""
        if start >= end:
            at = self.index[start] if start < len(self.index) else (self.index[-1] + 1 if self.index else 0)
            return at, at
        return self.index[start], self.index[end - 1] + 1


def fold(text: str) -> str:
    """The folded form of a text, without the way back."""
    return text.translate(_TABLE)


@lru_cache(maxsize=2048)
def fold_with_index(text: str) -> Folded:
    """The folded form of a text with the way back; every kept character folds to exactly one.

    Kept for a while: each of a cell's readers asks for it anew.
    """
    return Folded(text.translate(_TABLE), tuple(at for at, character in enumerate(text) if character not in _DROPPED_SET))


@lru_cache(maxsize=4096)
def fold_phrase(phrase: str) -> str:
    """`fold` for phrases of `patterns/`, which are asked for again and again."""
    return fold(phrase)


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A phrase found in a folded text: characters `start` to `end` of it, and what the phrase stands for."""

    start: int
    end: int
    meaning: T


class Lexicon(Generic[T]):
    """Many phrases looked for at once in folded text; of those that begin at one place the longest is taken."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._meanings: dict[str, T] = {}
        for phrase, meaning in phrases:
            self._meanings.setdefault(fold_phrase(phrase), meaning)
        self._meanings.pop("", None)
        self._pattern = re.compile(_alternation(self._meanings)) if self._meanings else None

    def find(self, folded: str) -> Iterator[Hit[T]]:
        """Every phrase in a folded text, left to right, none overlapping another."""
        if self._pattern is None:
            return
        for match in self._pattern.finditer(folded):
            yield Hit(match.start(), match.end(), self._meanings[match.group()])

    def full(self, folded: str) -> T | None:
        """What the whole folded text stands for, if it is one phrase."""
        return self._meanings.get(folded)

    def items(self) -> Iterable[tuple[str, T]]:
        """Each folded phrase and its meaning."""
        return self._meanings.items()


def _alternation(words: Iterable[str]) -> str:
    """One regular expression for many words, shared beginnings written once: `re` tries plain alternatives one by one."""
    trie: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = trie
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _branch(trie)


def _branch(node: dict[str, dict]) -> str:  # type: ignore[type-arg]
    options = [re.escape(character) + _branch(below) for character, below in node.items() if character]
    if not options:
        return ""
    joined = options[0] if len(options) == 1 else "(?:" + "|".join(options) + ")"
    if "" in node:
        return f"(?:{joined})?"
    return joined
