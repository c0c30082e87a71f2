"""What a scan does to a page: words and rules found on an image stand a little elsewhere, broken, doubled or not at all."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random

from prongsai.records import Box, Page, Rule, Word

GAP_PT = 2.0
"""Pieces of a border that stand this close are one line on an image."""


@dataclass(frozen=True, slots=True)
class Wear:
    """How much is done to a page; lengths in points, shares 0–1."""

    words_pt: float = 0.0
    """Each edge of a word's box moves by up to this much."""
    merged: float = 0.0
    """Share of neighbours in a line that become one word; words with digits stay by themselves."""
    split: float = 0.0
    """Share of longer words without digits that become two."""
    rules_pt: float = 0.0
    """Each rule moves across by up to this much, and each of its ends along by twice as much."""
    broken: float = 0.0
    """Share of rules with gaps of up to 8 pt in them."""
    dropped: float = 0.0
    """Share of rules that are not found."""
    doubled: float = 0.0
    """Share of rules that are found twice, up to 2.5 pt apart."""
    tilt_degrees: float = 0.0

    def on(self, page: Page, seed: int) -> Page:
        """The page as a scan might give it; the same for the same seed."""
        random = Random(seed)
        words = [self._moved(word, random) for word in self._cut(page.words, random)]
        rules = [rule for whole in drawn_lines(page.rules) for rule in self._worn(whole, random)]
        return replace(page, words=tuple(self._tilted(w, page) for w in words), rules=tuple(self._turned(r, page) for r in rules))

    def _cut(self, words: Sequence[Word], random: Random) -> Iterator[Word]:
        held: Word | None = None
        for word in words:
            if held is not None and _may_merge(held, word) and random.random() < self.merged:
                assert held.box is not None
                assert word.box is not None
                held = replace(held, text=held.text + word.text, box=held.box.join(word.box))
                continue
            if held is not None:
                yield from self._split(held, random)
            held = word
        if held is not None:
            yield from self._split(held, random)

    def _split(self, word: Word, random: Random) -> Iterator[Word]:
        if word.box is None or len(word.text) < 6 or _has_digit(word) or random.random() >= self.split:
            yield word
            return
        at = len(word.text) // 2
        x = word.box.x0 + word.box.width * at / len(word.text)
        yield replace(word, text=word.text[:at], box=replace(word.box, x1=x - 0.5))
        yield replace(word, text=word.text[at:], box=replace(word.box, x0=x + 0.5))

    def _moved(self, word: Word, random: Random) -> Word:
        if word.box is None or not self.words_pt:
            return word
        x0, top, x1, bottom = (edge + random.uniform(-self.words_pt, self.words_pt) for edge in _edges(word.box))
        return replace(word, box=Box(min(x0, x1 - 1), min(top, bottom - 1), x1, bottom))

    def _worn(self, rule: Rule, random: Random) -> Iterator[Rule]:
        if random.random() < self.dropped:
            return
        across = random.uniform(-self.rules_pt, self.rules_pt)
        ends = random.uniform(-2, 2) * self.rules_pt, random.uniform(-2, 2) * self.rules_pt
        whole = _shifted(rule, across, *ends)
        pieces = list(_pieces(whole, random)) if random.random() < self.broken else [whole]
        if random.random() < self.doubled:
            pieces.append(_shifted(whole, random.uniform(1, 2.5), 0, 0))
        yield from pieces

    def _tilted(self, word: Word, page: Page) -> Word:
        if word.box is None or not self.tilt_degrees:
            return word
        x, y = word.box.middle
        dx, dy = self._turn(x, y, page)
        return replace(word, box=Box(word.box.x0 + dx, word.box.top + dy, word.box.x1 + dx, word.box.bottom + dy))

    def _turned(self, rule: Rule, page: Page) -> Rule:
        dx, dy = self._turn((rule.x0 + rule.x1) / 2, (rule.top + rule.bottom) / 2, page)
        return Rule(rule.x0 + dx, rule.top + dy, rule.x1 + dx, rule.bottom + dy)

    def _turn(self, x: float, y: float, page: Page) -> tuple[float, float]:
        """How far a point moves when the page is turned about its middle by a small angle."""
        angle = math.radians(self.tilt_degrees)
        return -angle * (y - page.height_pt / 2), angle * (x - page.width_pt / 2)


def drawn_lines(rules: Iterable[Rule]) -> list[Rule]:
    """Rules as an image shows them: the pieces of a border that touch are one line."""
    found: list[Rule] = []
    for is_level in (True, False):
        for together in _level_with_one_another([rule for rule in rules if rule.is_horizontal == is_level]):
            pieces = sorted(together, key=_span)
            whole = pieces[0]
            for piece in pieces[1:]:
                if _span(piece)[0] <= _span(whole)[1] + GAP_PT:
                    x1, bottom = max(whole.x1, piece.x1), max(whole.bottom, piece.bottom)
                    whole = replace(whole, x1=x1) if is_level else replace(whole, bottom=bottom)
                else:
                    found.append(whole)
                    whole = piece
            found.append(whole)
    return found


def _level_with_one_another(rules: Sequence[Rule]) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=_axis):
        if groups and _axis(rule) - _axis(groups[-1][0]) <= 1:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def without(page: Page, text: str, becomes: str = "") -> Page:
    """The page with a word's text hidden: the word gone, or another text in its place."""
    words = (replace(word, text=becomes) if word.text == text else word for word in page.words)
    return replace(page, words=tuple(word for word in words if word.text))


def _pieces(rule: Rule, random: Random) -> Iterator[Rule]:
    start, end = _span(rule)
    cuts = sorted(random.uniform(start, end) for _ in range(1 + int((end - start) / 150)))
    bounds = [start, *cuts, end]
    for number, (low, high) in enumerate(pairwise(bounds)):
        low += random.uniform(1, 8) if number else 0
        if high - low > 1:
            piece = replace(rule, x0=low, x1=high) if rule.is_horizontal else replace(rule, top=low, bottom=high)
            yield _shifted(piece, random.uniform(-0.5, 0.5), 0, 0)


def _shifted(rule: Rule, across: float, first: float, last: float) -> Rule:
    if rule.is_horizontal:
        return Rule(rule.x0 + first, rule.top + across, max(rule.x1 + last, rule.x0 + first + 1), rule.bottom + across)
    return Rule(rule.x0 + across, rule.top + first, rule.x1 + across, max(rule.bottom + last, rule.top + first + 1))


def _may_merge(one: Word, other: Word) -> bool:
    if one.box is None or other.box is None or one.line != other.line or _has_digit(one) or _has_digit(other):
        return False
    return abs(one.box.middle[1] - other.box.middle[1]) < 1 and 0 <= other.box.x0 - one.box.x1 < 6


def _has_digit(word: Word) -> bool:
    return any(character.isdigit() for character in word.text)


def _edges(box: Box) -> tuple[float, float, float, float]:
    return box.x0, box.top, box.x1, box.bottom


def _axis(rule: Rule) -> float:
    return (rule.top + rule.bottom) / 2 if rule.is_horizontal else (rule.x0 + rule.x1) / 2


def _span(rule: Rule) -> tuple[float, float]:
    return (rule.x0, rule.x1) if rule.is_horizontal else (rule.top, rule.bottom)
