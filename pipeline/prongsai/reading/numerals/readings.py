"""What comes out of the numeral reader: the tokens of a line with their likely readings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from prongsai.records import Candidate


class Shape(StrEnum):
    """What a token looks like, whatever it means."""

    SCORE = "score"
    """Two decimals, 0.00 to 100.00."""
    DIFFERENCE = "difference"
    """A sign and two decimals."""
    CODE = "code"
    """A letter of a question code, or a zero in its place, and digits."""
    YEAR = "year"
    NUMBER = "number"
    LISTED = "listed"
    """A number with the bracket or point of a list: `(1)`, `1)`, `1.`, `9.1.2`."""
    RANGE = "range"
    PERCENTAGE = "percentage"
    DATE = "date"
    """Numbers parted by slashes or a colon: dates, times, numbers of letters."""
    NAME = "name"
    """An instrument's or system's Latin name."""
    GRADE = "grade"
    """A grade of one or two Latin letters."""
    MARK = "mark"
    """A sign or dash by itself."""
    ODD = "odd"
    """Digits that no other shape fits and that may still be a number: a telephone number, a score without its point."""
    BROKEN = "broken"
    """Digits and letters in an order in which nobody prints them."""
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Token:
    """A numeral, code or Latin name in a line, or a run of words between those.

    Digits stand as they are printed, Thai or Arabic, without spaces.
    """

    text: str
    """Empty where it is a run of words."""
    x0: float
    x1: float
    """Left and right edge of its ink, in pixels of the line image."""
    probability: float
    """0–1 that the token means what `text` means (for words: that they are no numeral). Spellings of one meaning count
    together: round zero and Thai zero, capital and small letter of a code, a full stop at the end or none."""
    candidates: tuple[Candidate, ...]
    """Likely readings, the first is `text`, the others follow by likelihood; empty for words."""
    is_word: bool
    shape: Shape = Shape.WORD

    @property
    def is_trusted(self) -> bool:
        """Whether it is printed the way numerals, codes and names are."""
        return self.shape not in (Shape.WORD, Shape.ODD, Shape.BROKEN)


@dataclass(frozen=True, slots=True)
class LineReading:
    """A line from left to right."""

    tokens: tuple[Token, ...]
    flipped: float
    """0–1, the share of its glyphs that look as if they stood on their heads."""
