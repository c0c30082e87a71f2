"""Question codes: what stands printed, decoded against the closed list of the year.

A whole column is decided at once. Each row offers candidates with a cost from its printed glyphs, its wording and its
section; going from one row to the next costs little where codes rise by one and more where they jump, repeat or fall.
The posterior of the cheapest candidate, over all ways through the column, is the confidence.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from prongsai.knowledge import Framework, Knowledge, Question
from prongsai.language.folding import Folded, fold, fold_phrase
from prongsai.matching.paths import Paths

_TOKEN = re.compile(r"^[\W_]*?(?P<letter>[a-z|!\[\]])?[\s.\-]*(?P<digits>\d{1,3})(?![\d.,/%])")
_BARE = re.compile(r"^\(?(?P<digits>\d{1,2})[.)]")
_IN_TEXT = re.compile(r"(?<![a-z0-9])(?P<letter>[ieo])(?P<digits>\d{1,2})(?!\d|\.\d|[a-z])")
_RANGE = re.compile(r"[ieo]\d{1,2}-[ieo]?\d{1,2}(?!\d)")
_ZERO_IN_TEXT = re.compile(r"(?<![\d.,/])0(?P<digits>\d{1,2})(?![\d.,/])")
_AT_HEAD = re.compile(r"^\W*(?P<digits>\d{1,3})(?![\d.,)])")
_NEUTRAL_WORDING = 2.5
"""What a question without known wording costs: between a good match (0) and none (5)."""
_MAX_CANDIDATES = 12
_UNPRINTED = 0.3
"""The most that can be made sure of by order and section alone, where nothing is printed."""
_LED_BY_ZERO = 6.0
_KEPT = 1.0
"""What it costs more to change a print that is itself a code of the year: `i2` twice in a column is no sign of `i7`."""
_SLIP = 3.0
"""Cost of a letter or digit that no table of confusions explains."""


@dataclass(frozen=True, slots=True)
class Token:
    """A printed code: its first glyph (may be empty) and digits, Arabic and small after folding."""

    letter: str
    digits: str

    @property
    def glyphs(self) -> str:
        return self.letter + self.digits


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


@dataclass(frozen=True, slots=True)
class Decoded:
    """The code of a row, its posterior, and the evidence that carried it; code is empty where none is likely."""

    code: str
    confidence: float
    matched_by: tuple[str, ...]


def code_token(folded: str) -> tuple[Token, int] | None:
    """The code at the start of a folded cell and where it ends, or None; `97.61`, `1.` and `0` are none."""
    match = _TOKEN.match(folded)
    if match is None:
        return None
    digits = match.group("digits")
    if not digits.strip("0"):
        return None
    if len(digits) > 2 and (digits[0] not in "01" or digits[1] == "0"):
        return None
    return Token(match.group("letter") or "", match.group("digits")), match.end()


def ordinal_token(folded: str) -> tuple[Token, int] | None:
    """A list number such as `(1)` or `1.` at the start of a folded cell."""
    match = _BARE.match(folded)
    return None if match is None else (Token("", match.group("digits")), match.end())


def heading_code(folded: str, code_after: re.Pattern[str]) -> tuple[int, int, Token] | None:
    """Bare digits that head a text and are followed by a word for the point a question makes: a code without its letter."""
    match = _AT_HEAD.match(folded)
    if match is None or not code_after.match(folded[match.end() :]):
        return None
    return match.start("digits"), match.end("digits"), Token("", match.group("digits"))


def codes_in_text(folded: Folded) -> Iterator[tuple[int, int, Token]]:
    """Codes with their letter in running text, as (start, end, token) over folded characters."""
    for match in _IN_TEXT.finditer(folded.text):
        yield match.start(), match.end(), Token(match.group("letter"), match.group("digits"))


def ranges_in_text(folded: str) -> Iterator[tuple[int, int]]:
    """Ranges of codes (`i1-i3`), as (start, end) over folded characters: they list questions and none of them has a score."""
    return (match.span() for match in _RANGE.finditer(folded))


def zero_codes_in_text(folded: Folded) -> Iterator[tuple[int, int, Token]]:
    """Digits led by a zero in running text (`08`), which are OIT codes if something beside them says so."""
    for match in _ZERO_IN_TEXT.finditer(folded.text):
        yield match.start(), match.end(), Token("0", match.group("digits"))


def is_canonical(printed: str, code: str) -> bool:
    """Whether a code is printed as it should be: its small letter and its number, in Thai or Arabic digits."""
    squeezed = "".join(printed.split())
    return squeezed[:1] == code[0] and fold(squeezed) == code


def reason_for(token: Token | None, printed: str, code: str) -> str:
    """Why a printed code is in the table `codes`, as one word of a closed list."""
    if token is None or not token.digits:
        return "no-code"
    letter, digits = code[0], code[1:]
    if token.glyphs == "0" + digits and letter == "o":
        return "letter-as-zero"
    if token.glyphs == "1" + digits and letter == "i":
        return "letter-as-one"
    if token.digits == digits and not token.letter:
        return "letter-lost"
    if token.digits == digits and token.letter == letter:
        return "capital" if any(character.isupper() for character in printed) else "spacing"
    if token.digits == digits:
        return "letter-misprinted"
    return "digit-misprinted" if token.letter == letter else "misprinted"


class Decoder:
    """Decodes columns against one framework; holds what is the same for all of them."""

    def __init__(self, framework: Framework, knowledge: Knowledge) -> None:
        self.questions: tuple[Question, ...] = framework.questions
        self._by_code: Mapping[str, Question] = {question.code: question for question in self.questions}
        self._confusions = _folded_confusions(knowledge)
        self._wordings = {
            f"{question.code}#{index}": fold_phrase(text)
            for question in self.questions
            for index, text in enumerate((question.wording, *question.aliases))
            if text
        }
        self._with_wording = {key.partition("#")[0] for key in self._wordings}
        self._print_costs: dict[Token, dict[str, float]] = {}
        self._paths = Paths([question.code for question in self.questions])

    def decode(self, items: Sequence[Item]) -> list[Decoded]:
        """A decision for each item, in order; see the module's head for the model."""
        columns = [self._candidates(item) for item in items]
        odds = self._paths.odds([{code: cost for code, (cost, _) in column.items()} for column in columns])
        return [self._decided(*one, n_items=len(items)) for one in zip(columns, items, odds, strict=True)]

    def _decided(
        self, column: Mapping[str, tuple[float, tuple[str, ...]]], item: Item, odds: Mapping[str, float], *, n_items: int
    ) -> Decoded:
        """The likeliest code of a row; of two equally likely ones the lower."""
        best = max(odds, key=lambda code: (odds[code], -self._by_code[code].number))
        why = column[best][1]
        confidence = odds[best]
        if item.token is None and "wording" not in why and "value" not in why:
            confidence = min(confidence, _UNPRINTED)
        return Decoded(best, round(confidence, 4), (*why, "order") if n_items > 2 else why)

    def printed_in_full(self, token: Token) -> str:
        """The code that a token is as it stands, letter and number, if the year has it; else empty."""
        code = token.letter + str(int(token.digits))
        return code if code in self._by_code else ""

    def wording_of(self, wording: str) -> tuple[str, float] | None:
        """The question whose wording is nearest a folded text, and how near (0–100), if it is near at all."""
        if len(wording) < 6:
            return None
        best = process.extractOne(wording, self._wordings, scorer=fuzz.ratio, score_cutoff=70)
        return None if best is None else (best[2].partition("#")[0], best[1])

    def _candidates(self, item: Item) -> dict[str, tuple[float, tuple[str, ...]]]:
        prints = self._print_cost(item.token) if item.token and not item.is_ordinal else {}
        wordings = self._wording_cost(item.wording) if item.wording else {}
        costs: dict[str, tuple[float, tuple[str, ...]]] = {}
        for question in self.questions:
            code = question.code
            cost = prints.get(code, 8.0) if prints else 3.0
            why: list[str] = []
            if prints and code in prints:
                why.append("code")
            if item.wording:
                near = wordings.get(code)
                cost += near if near is not None else (_NEUTRAL_WORDING if code not in self._with_wording else 5.0)
                if near is not None and near < 1.8:
                    why.append("wording")
            if item.indicator:
                cost += 0.0 if question.indicator == item.indicator else 3.0
            elif item.instrument:
                cost += 0.0 if question.instrument == item.instrument[:3] else 3.0
            if item.is_ordinal and item.token is not None and question.indicator == item.indicator:
                place = int(item.token.digits) - 1
                same = [other.code for other in self.questions if other.indicator == item.indicator]
                cost += 0.0 if place < len(same) and same[place] == code else 2.0
            if code in item.value_codes:
                cost -= 4.0
                why.append("value")
            if question.indicator == item.indicator or (item.instrument and question.instrument == item.instrument[:3]):
                why.append("section")
            costs[code] = (cost, tuple(why))
        cheapest = sorted(costs.items(), key=lambda entry: (entry[1][0], entry[0]))[:_MAX_CANDIDATES]
        return dict(cheapest)

    def _wording_cost(self, wording: str) -> dict[str, float]:
        scores = process.extract(wording, self._wordings, scorer=fuzz.ratio, limit=None, score_cutoff=45)
        costs: dict[str, float] = {}
        for _, score, key in scores:
            code = key.partition("#")[0]
            cost = max(0.0, (98 - score) / 12)
            costs[code] = min(cost, costs.get(code, math.inf))
        return costs

    def _print_cost(self, token: Token) -> dict[str, float]:
        if token not in self._print_costs:
            found: dict[str, float] = {}
            for question in self.questions:
                cost = self._glyph_cost(token, question.letter, str(question.number))
                if token.glyphs in self._by_code and token.glyphs != question.code:
                    cost += _KEPT
                if cost < 7.0:
                    found[question.code] = cost
            self._print_costs[token] = found
        return self._print_costs[token]

    def _glyph_cost(self, token: Token, letter: str, number: str) -> float:
        """The cheapest way from printed glyphs to a code: the first glyph is its letter, or the letter was lost."""
        best = math.inf
        glyphs = token.glyphs
        if len(glyphs) >= 2:
            first = 0.0 if glyphs[0] == letter else self._confusion(glyphs[0], letter)
            best = first + self._digit_cost(glyphs[1:], number)
        if not token.letter:
            # A zero in front is the letter o, not a digit of a code whose letter was lost.
            led = _LED_BY_ZERO if glyphs.startswith("0") else 0.0
            best = min(best, self._confusion("", letter) + led + self._digit_cost(glyphs, number))
        return best

    def _digit_cost(self, printed: str, number: str) -> float:
        if printed == number:
            return 0.0
        if printed.lstrip("0") == number:
            return 0.4
        if len(printed) == len(number):
            return sum(0.0 if a == b else self._confusion(a, b) for a, b in zip(printed, number, strict=True))
        if abs(len(printed) - len(number)) == 1:
            longer, shorter = (printed, number) if len(printed) > len(number) else (number, printed)
            if any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))):
                return 3.5
        return 9.0

    def _confusion(self, printed: str, meant: str) -> float:
        return self._confusions.get(printed, {}).get(meant, _SLIP)


@lru_cache(maxsize=16)
def decoder_of(framework: Framework, knowledge: Knowledge) -> Decoder:
    """The decoder of a framework, made once a process: it remembers what each printed code costs."""
    return Decoder(framework, knowledge)


def _folded_confusions(knowledge: Knowledge) -> dict[str, dict[str, float]]:
    """What each folded glyph can mean and at what cost: capitals and Thai digits share the entry of their folded form."""
    found: dict[str, dict[str, float]] = {}
    for printed, options in knowledge.code_confusions.items():
        meanings = found.setdefault(fold(printed), {})
        for meant, cost in options:
            meanings[meant] = min(float(cost), meanings.get(meant, math.inf))
    return found
