"""Repairs of Thai text: small, named, ordered, pure str -> str, run until nothing changes, each one counted.

Never NFKC, which splits sara am, and never a blanket `normalize`: a repair is made only where the text as it stands
cannot be Thai. Better a miss than a false repair: a word that is merely unusual is left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from prongsai.records import Repair

SARA_AA = "\N{THAI CHARACTER SARA AA}"
SARA_AM = "\N{THAI CHARACTER SARA AM}"
NIKHAHIT = "\N{THAI CHARACTER NIKHAHIT}"
SARA_E = "\N{THAI CHARACTER SARA E}"
SARA_AE = "\N{THAI CHARACTER SARA AE}"

CONSONANTS = f"{chr(0x0E01)}-{chr(0x0E2E)}"
"""KO KAI to HO NOKHUK, as the inside of a regular expression's class."""
VOWEL_MARKS = (
    "\N{THAI CHARACTER MAI HAN-AKAT}"
    "\N{THAI CHARACTER SARA I}\N{THAI CHARACTER SARA II}\N{THAI CHARACTER SARA UE}\N{THAI CHARACTER SARA UEE}"
    "\N{THAI CHARACTER SARA U}\N{THAI CHARACTER SARA UU}\N{THAI CHARACTER PHINTHU}\N{THAI CHARACTER MAITAIKHU}"
)
"""Marks that stand next to the consonant, below any tone mark."""
TONE_MARKS = (
    "\N{THAI CHARACTER MAI EK}\N{THAI CHARACTER MAI THO}\N{THAI CHARACTER MAI TRI}\N{THAI CHARACTER MAI CHATTAWA}"
    "\N{THAI CHARACTER THANTHAKHAT}\N{THAI CHARACTER YAMAKKAN}"
)
MARKS = VOWEL_MARKS + TONE_MARKS + NIKHAHIT
"""Every Thai character that is written over or under another and so can never begin a word."""
DEPENDENT_VOWELS = f"{SARA_AA}{SARA_AM}\N{THAI CHARACTER SARA A}\N{THAI CHARACTER LAKKHANGYAO}"
LEADING_VOWELS = "".join(map(chr, range(ord(SARA_E), ord("\N{THAI CHARACTER SARA AI MAIMALAI}") + 1)))
"""Vowels that take up room of their own and yet follow a consonant: they can begin no word either."""

_UNPRINTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}\N{WORD JOINER}\N{SOFT HYPHEN}]"
)
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")
_CID = re.compile(r"\(cid:\d+\)")


class GlyphKnowledge(Protocol):
    """The part of `prongsai.knowledge.Knowledge` that a repair needs."""

    @property
    def glyphs(self) -> Mapping[str, str]:
        """Private-use character -> the characters of Unicode that it draws."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """Text after its repairs, and which were made how often."""

    text: str
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One named repair: a pattern that no Thai text contains, and what is put in its place."""

    name: str
    pattern: re.Pattern[str]
    replacement: str | Callable[[re.Match[str]], str]


def _ordered(match: re.Match[str]) -> str:
    """The marks of one consonant in the order in which Thai is typed: vowel, tone, nikhahit; none twice."""
    return "".join(sorted(dict.fromkeys(match.group()), key=mark_rank))


def mark_rank(mark: str) -> int:
    """0 for vowel marks, 1 for tone marks and thanthakhat, 2 for nikhahit, which ends a decomposed sara am."""
    return 0 if mark in VOWEL_MARKS else 2 if mark == NIKHAHIT else 1


# Order matters: sara am is put together before the marks around it are ordered, since it swallows a nikhahit.
_RULES: tuple[Rule, ...] = (
    Rule("unprinted characters removed", _UNPRINTED, ""),
    # Office programs print a lost nikhahit as a space. Sara aa cannot begin a word, so nothing Thai has this shape.
    Rule("lost sara am", re.compile(f"(?<=[{CONSONANTS}])([{TONE_MARKS}]?) {SARA_AA}"), rf"\1{SARA_AM}"),
    # The same where the font's sara aa is mapped to sara am: the space is the nikhahit of this one.
    Rule("lost sara am", re.compile(f"(?<=[{CONSONANTS}])([{TONE_MARKS}]?) {SARA_AM}"), rf"\1{SARA_AM}"),
    Rule("decomposed sara am", re.compile(f"{NIKHAHIT}([{TONE_MARKS}]*){SARA_AA}"), rf"\1{SARA_AM}"),
    # A nikhahit beside sara am is the ring of the same letter, mapped twice: no word has both.
    Rule("doubled sara am", re.compile(f"{NIKHAHIT}([{TONE_MARKS}]*){SARA_AM}"), rf"\1{SARA_AM}"),
    Rule("doubled sara am", re.compile(f"{SARA_AM}[{SARA_AM}{SARA_AA}]"), SARA_AM),
    # A tone is typed before sara am; some producers put it after.
    Rule("marks out of order", re.compile(f"{SARA_AM}([{TONE_MARKS}]+)"), rf"\1{SARA_AM}"),
    Rule("mark after a space", re.compile(f"(?<=[{CONSONANTS}{MARKS}]) +(?=[{MARKS}])"), ""),
    Rule("two sara e for sara ae", re.compile(SARA_E + SARA_E), SARA_AE),
    Rule("marks out of order", re.compile(f"[{MARKS}]{{2,}}"), _ordered),
)
_SUSPECT = re.compile(
    f"{_UNPRINTED.pattern}|[\ue000-\uf8ff]|{NIKHAHIT}|[{TONE_MARKS}][{VOWEL_MARKS}]|([{MARKS}])\\1"
    f"| [{MARKS}{SARA_AA}{SARA_AM}]|{SARA_AM}[{TONE_MARKS}{SARA_AA}{SARA_AM}]|{SARA_E}{SARA_E}"
)
"""Matches wherever any repair would: most words are sound, and this tells so in one pass."""
_MOST_ROUNDS = 20


def repair(text: str, knowledge: GlyphKnowledge) -> Repaired:
    """`text` (characters, any length) with every repair made until none applies; idempotent.

    Private-use glyphs that `knowledge` does not know stay as they are, so that `count_defects` still sees them.
    """
    if not _SUSPECT.search(text):
        return Repaired(text)
    counts: Counter[str] = Counter()
    for _ in range(_MOST_ROUNDS):
        before = text
        text = _replace_glyphs(text, knowledge.glyphs, counts)
        for rule in _RULES:
            text = _apply(rule, text, counts)
        if text == before:
            break
    return Repaired(text, tally(counts))


def tally(counts: Mapping[str, int]) -> tuple[Repair, ...]:
    """Counts by name as records, sorted by name, zeros left out."""
    return tuple(Repair(name, count) for name, count in sorted(counts.items()) if count)


def _apply(rule: Rule, text: str, counts: Counter[str]) -> str:
    """One rule over `text`; only matches that really change are counted."""
    made = 0

    def change(match: re.Match[str]) -> str:
        nonlocal made
        new = rule.replacement(match) if callable(rule.replacement) else match.expand(rule.replacement)
        made += new != match.group()
        return new

    text = rule.pattern.sub(change, text)
    if made:
        counts[rule.name] += made
    return text


def _replace_glyphs(text: str, glyphs: Mapping[str, str], counts: Counter[str]) -> str:
    """Private-use characters that are known, as Unicode."""
    if not _PRIVATE_USE.search(text):
        return text
    known = sum(character in glyphs for character in text)
    if known:
        counts["private-use glyphs"] += known
        text = "".join(glyphs.get(character, character) for character in text)
    return text


def as_thai_bytes(character: str) -> str:
    """A Latin-1 letter as the Thai one that has the same byte in TIS-620, else the character itself.

    Source: TIS 620-2533 lays U+0E01-U+0E5B on bytes A1-FB, which a PDF without a character map shows as Latin-1.
    """
    code = ord(character)
    if 0xA1 <= code <= 0xDA or 0xDF <= code <= 0xFB:
        return chr(code - 0xA0 + 0x0E00)
    return character


def count_defects(text: str) -> Counter[str]:
    """What is still wrong with `text`, by name: nothing here can be put right without looking at the page."""
    found: Counter[str] = Counter()
    found["unmapped private-use glyphs"] = len(_PRIVATE_USE.findall(text))
    found["unmapped glyphs (cid)"] = len(_CID.findall(text))
    found["replacement characters"] = text.count("\N{REPLACEMENT CHARACTER}")
    found["words that begin with a mark"] = len(_begins_with_mark().findall(text))
    return +found


@lru_cache(maxsize=1)
def _begins_with_mark() -> re.Pattern[str]:
    return re.compile(f"(?:^|\\s)[{MARKS}{SARA_AA}{SARA_AM}]")
