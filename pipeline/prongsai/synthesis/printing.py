"""How numbers, codes and names are printed in one report: digits, signs, letters, and templates filled with pieces."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

from .agency import Agency
from .document import AgencyName, Content, Figure, FigureKind, Label, Piece
from .truth import FULL, Result, round_half_up
from .wording import Wording

if TYPE_CHECKING:
    from prongsai.knowledge import Framework, Question

THAI_ZERO = "\N{THAI DIGIT ZERO}"
TO_THAI = {ord(str(digit)): chr(ord(THAI_ZERO) + digit) for digit in range(10)}
LETTERS = ("plain", "plain", "plain", "upper", "zero", "spaced")
"""Ways to print a question's letter; `zero` prints o as the digit zero of the report's digits."""


def fill(template: str, **pieces: Piece | Content) -> Content:
    """A template with each {name} exchanged for its piece or pieces; empty text is left out.

    Raises KeyError where the template names a piece that is not given.
    """
    content: list[Piece] = []
    for number, part in enumerate(re.split(r"\{(\w+)\}", template)):
        if number % 2 == 0:
            content.append(part)
            continue
        piece = pieces[part]
        content.extend(piece if isinstance(piece, tuple) else (piece,))
    return tuple(piece for piece in content if piece != "")


@dataclass(frozen=True, slots=True)
class Printer:
    """How one part of a report (its tables, or its prose) prints numbers and codes."""

    is_thai: bool
    has_short_full: bool
    """Whether 100.00 is printed as 100."""
    letters: str = "plain"
    has_plus: bool = True

    def digits(self, text: object) -> str:
        """The text with its digits in the report's numerals."""
        return str(text).translate(TO_THAI) if self.is_thai else str(text)

    def number(self, value: Decimal) -> str:
        """A score with two decimals, or 100 as the report prints it."""
        return self.digits("100" if value == FULL and self.has_short_full else value)

    def score(self, result: Result, code: str, agency: str = "", basis: str = "") -> Figure:
        """A result's score for a code; `basis` part1 takes an e-question of EIT part 1."""
        value = result.part1[code] if basis == "part1" else result.scores[code]
        kept = basis if result.has_parts and code.startswith("e") else ""
        return Figure(self.number(value), FigureKind.SCORE, code, result.fiscal_year, value, 100, agency, kept)

    def weighted(self, result: Result, code: str, weight: Decimal, agency: str = "") -> Figure:
        """A result's score on the scale of its weight (0–1); its value is the print brought back to 0–100."""
        printed = result.weighted(code, Fraction(weight))
        scale = int(weight * 100)
        return Figure(self.digits(printed), FigureKind.SCORE, code, result.fiscal_year, printed / weight, scale, agency)

    def difference(self, new: Figure, old: Figure) -> Figure:
        """The difference of two printed scores, with the report's signs."""
        assert new.value is not None
        assert old.value is not None
        value = new.value - old.value
        text = f"+{value}" if value > 0 and self.has_plus else str(value)
        if value == 0:
            text = "0.00"
        return Figure(self.digits(text), FigureKind.DIFFERENCE, new.code, new.year, value, 100, new.agency, new.basis)

    def code(self, code: str, year: int) -> Label:
        """A question's code in the report's letters and digits."""
        letter, number = code[0], code[1:]
        if self.letters == "upper":
            letter = letter.upper()
        elif self.letters == "zero" and letter == "o":
            letter = THAI_ZERO if self.is_thai else "0"
        elif self.letters == "spaced":
            letter += " "
        return Label(letter + self.digits(number), code, year, is_code=True)


@dataclass(frozen=True, slots=True)
class Brief:
    """What a layout needs to know of the report that it lays out."""

    wording: Wording
    rng: Random
    agency: Agency
    framework: Framework
    result: Result
    previous: Result | None
    table: Printer
    prose: Printer
    is_later: bool
    """Whether the report is next year's plan, which rests on this year's result."""

    def pick(self, section: str, key: str) -> str:
        """One of the phrases under `section`.`key`."""
        return self.wording.pick(self.rng, section, key)

    def say(self, section: str, key: str, **pieces: Piece | Content) -> Content:
        """A phrase drawn from `section`.`key`, filled with the report's names and years and with `pieces`."""
        return self.fill(self.pick(section, key), **pieces)

    def fill(self, template: str, **pieces: Piece | Content) -> Content:
        """The template filled with the report's names and years (in the prose's digits) and with `pieces`."""
        year = self.result.fiscal_year
        named: dict[str, Piece | Content] = {
            "agency": AgencyName(self.agency.name),
            "place": self.agency.place,
            "province": self.agency.province,
            "head": self.agency.head,
            "year": self.prose.digits(year),
            "previous": self.prose.digits(year - 1),
            "next": self.prose.digits(year + 1),
            "short_year": self.prose.digits((year + 1) % 100),
        }
        return fill(template, **{**named, **pieces})

    def instrument(self, code: str, printer: Printer, style: int) -> Label:
        """The name of an instrument in one of its styles (0 is the bare code)."""
        template = self.wording.many("instruments", code)[style]
        return Label(template.format(one=printer.digits(1), two=printer.digits(2)), code, self.result.fiscal_year)

    def indicator(self, code: str, template: str, printer: Printer) -> Label:
        """An indicator's name, and number where the template has one."""
        indicator = next(one for one in self.framework.indicators if one.code == code)
        return Label(template.format(number=printer.digits(indicator.number), name=indicator.name), code, self.result.fiscal_year)

    def wording_of(self, question: Question) -> str:
        """A question's wording in its year, or a neutral one where the year's file has none."""
        if question.wording:
            return question.wording
        name = next(one.name for one in self.framework.indicators if one.code == question.indicator)
        key = "evidence_of" if question.instrument == "OIT" else "question_of"
        position = [one.code for one in self.framework.questions_in(question.indicator)].index(question.code) + 1
        return self.wording.one("words", key).format(name=name, n=self.prose.digits(position))

    @property
    def instruments(self) -> tuple[str, ...]:
        """The instruments that the report prints: IIT, EIT or its parts, OIT."""
        return ("IIT", "EIT1", "EIT2", "OIT") if self.result.has_parts else ("IIT", "EIT", "OIT")

    def has_same_questions(self, letter: str) -> bool:
        """Whether last year's result has the same codes of a letter, so that both fit side by side."""
        if self.previous is None:
            return False
        now = {code for code in self.result.scores if code[0] == letter and code[1:].isdigit()}
        before = {code for code in self.previous.scores if code[0] == letter and code[1:].isdigit()}
        return now == before


def draw_printers(rng: Random) -> tuple[Printer, Printer]:
    """How a report's tables and its prose print; about one in six mixes the two kinds of digits."""
    is_thai = rng.random() < 0.6
    is_mixed = rng.random() < 0.17
    has_short_full, letters, has_plus = rng.random() < 0.5, rng.choice(LETTERS), rng.random() < 0.6
    table = Printer(is_thai, has_short_full, letters, has_plus)
    return table, Printer(is_thai != is_mixed, has_short_full, letters, has_plus)


def mean_row(results: tuple[Result, ...], code: str) -> Decimal:
    """The mean of a printed column, as the row of totals prints it."""
    return round_half_up(sum((Fraction(one.scores[code]) for one in results), Fraction(0)) / len(results))
