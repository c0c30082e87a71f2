"""Question codes: what stands printed, decoded against the closed list of the year.

A whole column, list or paragraph is decided at once. Each row has a likelihood for each code, from its printed glyphs,
its wording, its section and its value; going from row to row, codes mostly rise by one. The confidence of a code is its
posterior, its share of all ways through the column, said with caution.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from prongsai.knowledge import Framework, Knowledge, Question
from prongsai.language.folding import fold_phrase
from prongsai.matching.codes.channel import IS_BAD, LEVEL_PRIOR, LEVELS, Channel
from prongsai.matching.codes.paths import IS_RISING, Paths
from prongsai.matching.codes.tokens import Token
from prongsai.matching.codes.wordings import Wordings

Odds = npt.NDArray[np.float64]

_UNCODED = 0.03
"""How often a question's row prints no code."""
_NO_QUESTION_UNCODED, _NO_QUESTION_GLYPH = 0.7, 0.03
"""How often a row that is no question has nothing where codes stand, and each glyph of what it has otherwise."""
_OTHER_SECTION, _OTHER_INSTRUMENT = 0.02, 0.01
"""How likely it is, against 1, that a question stands in the section of another indicator, or of another instrument."""
_ONE_HEADING = -0.5
"""Power of the number of rows under one heading by which each row's share of what it says grows less."""
_OTHER_PLACE = 0.05
"""How likely it is, against 1, that a number in a list is not that of the question within its indicator."""
_SAME_VALUE = 300.0
"""How much likelier a value is for a code that has it elsewhere: two decimals rarely agree by chance."""
_SAME_AGAIN = 0.9
"""How often a row that repeats the one before it has its value too."""
_SAME_BY_CHANCE, _PAIRS_KNOWN = 0.03, 20
"""How often two questions in a row have one value (2 of 67 in the reports seen, 100 left out), and as how many pairs of a
column that counts."""
_CAUTION = 0.45
"""Power of a code's odds in a column that is read badly. As they come they are right as often as they say where damage
follows the model's own rules; on a page rows are damaged together, by habits that no list knows."""
_TELLS = 3.0
"""How far apart evidence sets the code that was chosen and those that were not, so that it counts as having decided."""


@dataclass(frozen=True, slots=True)
class Item:
    """One row to be decoded: what is printed as its code, its wording, and what surrounds it."""

    token: Token | None
    wording: str = ""
    """Folded."""
    indicator: str = ""
    instrument: str = ""
    value_codes: frozenset[str] = frozenset()
    """Codes that have this row's value elsewhere in the document."""
    is_ordinal: bool = False
    """The digits number the item in its list, `(1)`, and are no code."""
    value: Decimal | None = None
    """The row's first number."""
    readings: tuple[tuple[Token, float], ...] = ()
    """What a reader took the printed code for, with probabilities, where it was not sure."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The code of a row, its posterior, and the evidence that carried it; code is empty where the row is likely no question."""

    code: str
    confidence: float
    matched_by: tuple[str, ...]


class Decoder:
    """Decodes columns against one framework; holds what is the same for all of them."""

    def __init__(self, framework: Framework, knowledge: Knowledge) -> None:
        self.questions: tuple[Question, ...] = framework.questions
        codes = [question.code for question in self.questions]
        self._at = {code: at for at, code in enumerate(codes)}
        known = {
            question.code: [fold_phrase(text) for text in (question.wording, *question.aliases) if text] for question in self.questions
        }
        self._texts = {f"{code}#{at}": text for code in codes for at, text in enumerate(known[code])}
        self._wordings = Wordings(codes, known)
        self._channel = Channel(codes, knowledge.code_confusions)
        firsts = {question.indicator: question.code for question in reversed(self.questions)}
        self._paths = Paths(codes, frozenset(firsts.values()))
        self._sections: dict[tuple[str, str], Odds] = {}
        self._ordinals: dict[tuple[str, str], Odds] = {}

    def decode(self, items: Sequence[Item], is_rising: float = IS_RISING) -> list[Decoded]:
        """A decision for each item, in order; see the module's head for the model.

        `is_rising`: how likely it is beforehand that the codes stand in their order.
        """
        if not items:
            return []
        prints, none = self._prints(items)
        words, no_words = self._words(items)
        # Rows of one section have their heading in common: where it is stale, it is so for all of them.
        shared = Counter((item.indicator, item.instrument) for item in items)
        around = np.stack([self._section(item) ** (shared[item.indicator, item.instrument] ** _ONE_HEADING) for item in items])
        for row, item in enumerate(items):
            if item.value_codes:
                around[row] *= [_SAME_VALUE if question.code in item.value_codes else 1.0 for question in self.questions]
        levels = _levels(prints * (around * words)[:, None, :])
        prints = np.matmul(levels, prints)
        again = _again([item.value for item in items])
        found = self._paths.posterior(prints * around * words, none * no_words, is_rising, again)

        best = np.arange(len(items)), found.codes.argmax(axis=1)
        confidences = found.codes[best]
        power = 1 - (1 - _CAUTION) * float(levels[IS_BAD].sum())
        # Which evidence sets the chosen code apart.
        by_code = prints[best] * _TELLS > prints.max(axis=1)
        by_words = (words[best] * _TELLS > words.max(axis=1)) & (words[best] > _TELLS * words.mean(axis=1))
        by_order = (1 - confidences) * _TELLS < 1 - found.alone[best]
        told = (each.tolist() for each in (best[1], confidences, found.no_question, by_code, by_words, by_order))
        decided = []
        for item, at, confidence, other, code_tells, words_tell, order_tells in zip(items, *told, strict=True):
            if confidence < other:
                decided.append(Decoded("", _cautious(other, power), ()))
                continue
            question = self.questions[at]
            evidence = (
                ("code", code_tells and item.token is not None and not item.is_ordinal),
                ("wording", words_tell),
                ("value", question.code in item.value_codes),
                ("section", question.indicator == item.indicator or question.instrument == item.instrument[:3]),
                ("order", order_tells and len(items) > 1),
            )
            # What a row's own words and value say does not hang on the rows around it.
            sure = _cautious(confidence, 1.0 if words_tell or question.code in item.value_codes else power)
            decided.append(Decoded(question.code, sure, tuple([name for name, tells in evidence if tells])))
        return decided

    def printed_in_full(self, token: Token) -> str:
        """The code that a token is as it stands, letter and number, if the year has it; else empty."""
        code = token.letter + str(int(token.digits)) if token.digits.isdigit() else ""
        return code if code in self._at else ""

    def wording_of(self, wording: str) -> tuple[str, float] | None:
        """The question whose wording is nearest a folded text, and how near (0–100), if it is near at all."""
        if len(wording) < 6:
            return None
        best = process.extractOne(wording, self._texts, scorer=fuzz.ratio, score_cutoff=70)
        return None if best is None else (best[2].partition("#")[0], best[1])

    def _prints(self, items: Sequence[Item]) -> tuple[Odds, Odds]:
        """Likelihood of what is printed as code: rows × levels × codes, and by row if it is no question."""
        found = np.full((len(items), len(LEVELS), len(self.questions)), _UNCODED)
        none = np.full(len(items), _NO_QUESTION_UNCODED)
        for row, item in enumerate(items):
            if item.token is not None and item.token.glyphs and not item.is_ordinal:
                readings = item.readings or ((item.token, 1.0),)
                found[row] = sum((1 - _UNCODED) * share * self._channel.odds(token.glyphs) for token, share in readings)
                none[row] = (1 - _NO_QUESTION_UNCODED) * _NO_QUESTION_GLYPH ** len(item.token.glyphs)
        return found, none

    def _words(self, items: Sequence[Item]) -> tuple[Odds, Odds]:
        """Likelihood of the wordings: rows × codes, and by row if it is no question."""
        found, none = np.ones((len(items), len(self.questions))), np.ones(len(items))
        for row, odds in enumerate(self._wordings.odds([item.wording for item in items])):
            if odds is not None:
                found[row], none[row] = odds
        return found, none

    def _section(self, item: Item) -> Odds:
        """Likelihood of a row's section, by code; of its number in a list too."""
        key = (item.indicator, item.instrument)
        if key not in self._sections:
            self._sections[key] = np.array([_of_section(question, *key) for question in self.questions])
        odds = self._sections[key]
        if item.is_ordinal and item.token is not None:
            place = (item.indicator, item.token.digits)
            if place not in self._ordinals:
                same = [question.code for question in self.questions if question.indicator == item.indicator]
                nth = int(item.token.digits) - 1
                meant = same[nth] if 0 <= nth < len(same) else ""
                self._ordinals[place] = np.array([1.0 if question.code == meant else _OTHER_PLACE for question in self.questions])
            odds = odds * self._ordinals[place]
        return odds


def _levels(odds: Odds) -> Odds:
    """How likely each level of damage is: what it makes of the rows (rows × levels × codes), one by one."""
    explained = np.log(np.maximum(odds.sum(axis=2), 1e-300)).sum(axis=0) + np.log(LEVEL_PRIOR)
    weights = np.exp(explained - explained.max())
    shares: Odds = weights / weights.sum()
    return shares


def _again(values: Sequence[Decimal | None]) -> list[float]:
    """By how much likelier each row repeats the one before it for what the values of both say: little, where most rows of the
    column have one value."""
    pairs = [None if None in pair else pair[0] == pair[1] for pair in pairwise(values)]
    by_chance = (_SAME_BY_CHANCE * _PAIRS_KNOWN + pairs.count(True)) / (_PAIRS_KNOWN + len(pairs))
    tells = {None: 1.0, True: _SAME_AGAIN / by_chance, False: (1 - _SAME_AGAIN) / (1 - by_chance)}
    return [1.0, *(tells[pair] for pair in pairs)]


def _cautious(odds: float, power: float) -> float:
    """A posterior said with caution: the odds for what is likelier than not count for less."""
    for_it, against = float(odds**power), float(max(0.0, 1 - odds) ** power)
    return round(min(odds, for_it / (for_it + against)), 4)


def _of_section(question: Question, indicator: str, instrument: str) -> float:
    if indicator:
        if question.indicator == indicator:
            return 1.0
        return _OTHER_SECTION if not instrument or question.instrument == instrument[:3] else _OTHER_INSTRUMENT
    return 1.0 if not instrument or question.instrument == instrument[:3] else _OTHER_INSTRUMENT


@lru_cache(maxsize=16)
def decoder_of(framework: Framework, knowledge: Knowledge) -> Decoder:
    """The decoder of a framework, made once a process: it remembers how likely each printed code is."""
    return Decoder(framework, knowledge)
