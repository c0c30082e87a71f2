"""What the words around a number in running text make of it: a score, a difference, or neither; and its year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from prongsai.language.folding import Folded, fold_with_index
from prongsai.language.numerals import Numeral
from prongsai.matching.model import YearHit
from prongsai.matching.scale import can_be_score, lacks_point
from prongsai.matching.vocabulary import Vocabulary
from prongsai.records import MentionKind

_LEAD, _TAIL, _TARGET = 48, 28, 18
"""How far, in folded characters, a cue may reach before or after its number, and a goal before it."""
_YEAR_NEAR, _YEAR_FAR, _YEAR_BEFORE = 24, 60, 40
"""How far behind its number a year may stand, folded: near where another stands before, further where none does; and
how far the one before must be to give way, in printed characters."""
_HUNDRED = Decimal(100)
_LAST_LIST_NUMBER = 60


class Strength(Enum):
    """How outright the words before a number say that it is a score."""

    NONE = 0
    WEAK = 1
    """`has 85.55 points`: a score of whatever is named close before."""
    STRONG = 2


@dataclass(frozen=True, slots=True)
class Cue:
    """What a number is by the words around it."""

    kind: MentionKind
    strength: Strength = Strength.NONE
    is_overall: bool = False
    """The words between cue and number say that it is the overall score."""
    is_former: bool = False
    """What the score was before it changed; its own year follows it."""


def read_cue(text: str, start: int, end: int, numeral: Numeral, reach: int, vocabulary: Vocabulary) -> Cue | None:
    """What the folded number at `start` to `end` is, or None if it counts, bounds or numbers something.

    Words before `reach` belong to an earlier number.
    """
    tail = text[end : end + _TAIL].lstrip(")")
    lead = text[max(reach, start - _LEAD) : start].rstrip("(")
    if lead.endswith("-") or (tail[:1] == "-" and tail[1:2].isdigit()) or is_list_number(text, start, end, numeral):
        return None
    is_count = numeral.is_integer and vocabulary.counted_after.match(tail) and not vocabulary.label_follows.match(tail)
    if (is_count and not vocabulary.percent_before.search(lead)) or vocabulary.bound_after.match(tail):
        return None
    has_unit = vocabulary.unit_after.match(tail) is not None
    if vocabulary.difference_cue.search(lead):
        if vocabulary.was_before.search(lead):
            # `rose from 80.10 points in FY2567 to 88.20`; without its year it cannot be placed.
            if vocabulary.year_after.match(text[end : end + _LEAD].lstrip(")")):
                return Cue(MentionKind.SCORE, Strength.STRONG, is_former=True)
            if vocabulary.becomes_after.match(tail):
                return None
        return Cue(MentionKind.DIFFERENCE, Strength.STRONG) if has_unit or numeral.decimals else None
    if vocabulary.target.search(lead[-_TARGET:]):
        return None
    score = vocabulary.score_cue.search(lead)
    if score and vocabulary.target_before.search(lead[: score.start()]):
        return None
    if score:
        is_beyond = not can_be_score(numeral) and vocabulary.weak_cue.search(lead) is not None
        if numeral.is_integer and not has_unit and numeral.value != _HUNDRED and not (lacks_point(numeral) or is_beyond):
            return None
        return Cue(MentionKind.SCORE, Strength.STRONG, vocabulary.connector_overall.search(score.group("connector")) is not None)
    is_weak = has_unit and vocabulary.weak_cue.search(lead) is not None
    return Cue(MentionKind.SCORE, Strength.WEAK if is_weak else Strength.NONE)


def words_behind(text: str, start: int, end: int, numeral: Numeral, vocabulary: Vocabulary) -> int:
    """Where words that can belong to the next number begin: behind a number and its unit, so that the unit of one
    (`of 15 points, together 30 points`) is not taken for the cue of the next."""
    if is_list_number(text, start, end, numeral):
        return end
    unit = vocabulary.unit_after.match(text[end : end + _TAIL])
    return end + (unit.end() if unit else 0)


def is_list_number(text: str, start: int, end: int, numeral: Numeral) -> bool:
    """Whether a number only counts list items: `(1)`, `1)`, `2.` before a word."""
    if not numeral.is_integer or numeral.value is None or numeral.value > _LAST_LIST_NUMBER:
        return False
    return text[end : end + 1] == ")" or (text[end : end + 1] == "." and not text[end + 1 : end + 2].isdigit())


def year_of(numeral: Numeral, text: str, years: Sequence[YearHit], vocabulary: Vocabulary, former: YearHit | None = None) -> YearHit | None:
    """The year of a number in running text: one that follows it closely, else the nearest before it.

    `former` is the year of what the score was before; what it became has another.
    """
    own = [year for year in years if year.end <= numeral.start and not year.is_comparison and (former is None or year.start > former.start)]
    after = next((year for year in years if year.start >= numeral.end), None)
    if after is not None and not after.is_comparison and after.is_named:
        between = fold_with_index(text[numeral.end : after.start]).text
        if len(between) <= (_YEAR_NEAR if own else _YEAR_FAR) and not any(character.isdigit() for character in between):
            words = vocabulary.fiscal_before.sub("", vocabulary.unit_after.sub("", between.lstrip(")")))
            is_next = len(vocabulary.of_year.sub("", words)) <= 2
            if not own or (is_next and numeral.start - own[-1].end > _YEAR_BEFORE):
                return after
    return own[-1] if own else None


def says_previous(text: str, vocabulary: Vocabulary) -> bool:
    """Whether folded words before a number say that it is of the year before (`the year before it had 80.10 points`), and do
    not only compare with it (`more than the year before`)."""
    said = list(vocabulary.previous_year.finditer(text))
    return bool(said) and vocabulary.compared_before.search(text[: said[-1].start()]) is None


def folded_at(folded: Folded, at: int) -> int:
    """The folded index of the first kept character at or after a printed one."""
    low, high = 0, len(folded.index)
    while low < high:
        middle = (low + high) // 2
        if folded.index[middle] < at:
            low = middle + 1
        else:
            high = middle
    return low
