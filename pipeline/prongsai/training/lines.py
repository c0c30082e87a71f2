"""What stands on a training line: text as drawn, and the glyph classes that the reader is to give for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from prongsai.language.numerals import THAI_DIGITS
from prongsai.reading.numerals.alphabet import ALPHABET, FLIPPED, OTHER, SPACE

_THAI_SHARE = 0.78
"""Lines in Thai digits; reports print most of their scores so."""
_CONSONANTS = [chr(code) for code in range(0x0E01, 0x0E2F)]
_LEADING = [chr(code) for code in range(0x0E40, 0x0E45)]
_ABOVE_BELOW = [chr(code) for code in (0x0E31, *range(0x0E34, 0x0E3A), 0x0E47)]
_TONES = [chr(code) for code in (*range(0x0E48, 0x0E4D), 0x0E4C)]
_TRAILING = [chr(code) for code in (0x0E30, 0x0E32, 0x0E33)]
_SIGNS = [chr(code) for code in (0x0E2F, 0x0E46)]
MARKS = frozenset(_ABOVE_BELOW + _TONES + ["\N{THAI CHARACTER NIKHAHIT}", "\N{THAI CHARACTER PHINTHU}", "\N{THAI CHARACTER YAMAKKAN}"])
"""What stands above or below a letter and takes no place of its own."""
_DASHES = ("-", "-", "-", "\N{EN DASH}", "\N{MINUS SIGN}")
_TO_THAI = str.maketrans("0123456789", THAI_DIGITS)


@dataclass(frozen=True, slots=True)
class TrainingLine:
    """A line as drawn, and its classes: one of ALPHABET for each glyph that takes a place of its own."""

    text: str
    classes: str


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    classes: str


def _numeral(text: str) -> _Piece:
    """A numeral, a code or a name in the reader's own letters; dashes of all lengths are one class."""
    classes = "".join("-" if character in _DASHES else character for character in text)
    return _Piece(text, "".join(character if character in ALPHABET else OTHER for character in classes))


def _word(text: str) -> _Piece:
    """Glyphs that are no numerals; marks above and below a letter take no place of their own."""
    classes = "".join(SPACE if character == " " else OTHER for character in text if character not in MARKS)
    return _Piece(text, classes)


def make_line(rng: Random, words: list[str]) -> TrainingLine:
    """A line as reports print them; `words` are Thai words to draw from."""
    draw = _Draw(rng, words)
    kinds: list[tuple[int, Callable[[], list[_Piece]]]] = [
        (22, lambda: [draw.score()]),
        (7, lambda: [draw.difference()]),
        (11, lambda: [draw.code()]),
        (4, lambda: [draw.year()]),
        (5, lambda: [draw.number()]),
        (3, lambda: [draw.range()]),
        (2, lambda: [draw.percentage()]),
        (3, lambda: [draw.thousands()]),
        (2, lambda: [draw.date()]),
        (3, lambda: [draw.name()]),
        (8, draw.several),
        (8, lambda: [draw.code(), _word(" "), draw.words(1, 5)]),
        (5, lambda: [draw.list_number(), _word(" "), draw.words(1, 5)]),
        (9, draw.mixed),
        (10, lambda: [draw.words(1, 6)]),
        (2, lambda: [draw.leaders()]),
        (3, lambda: [draw.words(1, 3), _word(" "), draw.name(), _word(" "), draw.words(0, 2)]),
        (2, lambda: [draw.score(), _word(" "), _word("("), draw.words(1, 1), _word(")")]),
        (2, draw.soup),
    ]
    pieces = rng.choices([make for _, make in kinds], [weight for weight, _ in kinds])[0]()
    text = "".join(piece.text for piece in pieces)
    classes = "".join(piece.classes for piece in pieces)
    return TrainingLine(text.strip(), classes.strip())


def make_one(kind: str, rng: Random, words: list[str]) -> TrainingLine:
    """A line of one kind alone: `score`, `difference`, `code`, `year`, or `words`."""
    draw = _Draw(rng, words)
    piece = draw.words(1, 6) if kind == "words" else getattr(draw, kind)()
    return TrainingLine(piece.text, piece.classes)


def make_syllable(rng: Random) -> str:
    """A syllable as Thai writes them, whether or not there is such a one."""
    lead = rng.choice(_LEADING) if rng.random() < 0.25 else ""
    mark = rng.choice(_ABOVE_BELOW) if rng.random() < 0.35 else ""
    tone = rng.choice(_TONES) if rng.random() < 0.3 else ""
    tail = rng.choice(_TRAILING) if not mark and rng.random() < 0.3 else ""
    return lead + rng.choice(_CONSONANTS) + mark + tone + tail + (rng.choice(_CONSONANTS) if rng.random() < 0.5 else "")


def stood_on_its_head(line: TrainingLine) -> TrainingLine:
    """The same line turned by 180 degrees."""
    return TrainingLine(line.text, "".join(SPACE if one == SPACE else FLIPPED for one in reversed(line.classes)))


class _Draw:
    def __init__(self, rng: Random, words: list[str]) -> None:
        self.rng, self.vocabulary = rng, words
        self.is_thai = rng.random() < _THAI_SHARE

    def _print(self, arabic: str) -> str:
        return arabic.translate(_TO_THAI) if self.is_thai else arabic

    def _dash(self) -> str:
        return self.rng.choice(_DASHES)

    def score(self) -> _Piece:
        kind = self.rng.random()
        if kind < 0.05:
            value = "100" + self.rng.choice(("", ".00", ".00", ".0"))
        elif kind < 0.09:
            value = f"{self.rng.uniform(0, 100):.1f}"
        elif kind < 0.12:
            value = str(self.rng.randint(0, 100))
        elif kind < 0.18:
            value = f"{self.rng.uniform(0, 10):.2f}"
        elif kind < 0.20:
            value = f"{self.rng.uniform(0, 100):.{self.rng.choice((3, 4))}f}"
        elif kind < 0.45:
            value = f"{self.rng.randint(0, 99)}.{self.rng.randint(0, 99):02d}"
        else:
            value = f"{self.rng.uniform(55, 100):.2f}"
        return _numeral(self._print(value))

    def difference(self) -> _Piece:
        sign = self.rng.choice(("+", "+", "+", self._dash(), self._dash(), self._dash()))
        gap = " " if self.rng.random() < 0.2 else ""
        size = self.rng.choice((1, 10, 30))
        return _numeral(sign + gap + self._print(f"{self.rng.uniform(0, size):.2f}"))

    def code(self) -> _Piece:
        letter = self.rng.choice("iiiieeeeooooIEOO") if self.rng.random() < 0.88 else self._print("0")
        gap = " " if self.rng.random() < 0.12 else ""
        number = self.rng.randint(1, 43) if letter in "oO" or letter in self._print("0") else self.rng.randint(1, 30)
        body = letter + gap + self._print(str(number))
        tail = self.rng.random()
        if tail < 0.06:
            return _numeral(f"({body})")
        if tail < 0.12:
            return _numeral(body + self.rng.choice(".):"))
        if tail < 0.16:
            dash = self._dash()
            around = self.rng.choice(("", " "))
            return _numeral(f"{body}{around}{dash}{around}{letter}{self._print(str(number + self.rng.randint(1, 9)))}")
        return _numeral(body)

    def year(self) -> _Piece:
        year = self.rng.choice((self.rng.randint(2550, 2575), self.rng.randint(2007, 2032)))
        if self.rng.random() < 0.15:
            prefix = self._letters(1) + "." + self._letters(1) + "."
            return _Piece(prefix + " " + self._print(str(year)), _word(prefix).classes + " " + self._print(str(year)))
        return _numeral(self._print(str(year) if self.rng.random() < 0.9 else str(year)[2:]))

    def number(self) -> _Piece:
        kind = self.rng.random()
        if kind < 0.4:
            return _numeral(self._print(str(self.rng.randint(1, 99))))
        if kind < 0.7:
            return _numeral(self._print(f"{self.rng.randint(1, 10)}.{self.rng.randint(1, 12)}"))
        if kind < 0.8:
            return _numeral(self._print(f"{self.rng.randint(1, 10)}.{self.rng.randint(1, 9)}.{self.rng.randint(1, 9)}"))
        return self.list_number()

    def list_number(self) -> _Piece:
        number = self._print(str(self.rng.choice((self.rng.randint(1, 10), self.rng.randint(1, 43)))))
        return _numeral(self.rng.choice((f"{number}.", f"{number}.", f"{number})", f"({number})", number, f"{number}.")))

    def range(self) -> _Piece:
        low, high = sorted((self.rng.uniform(0, 100), self.rng.uniform(0, 100)))
        gap = self.rng.choice(("", " "))
        places = self.rng.choice((0, 2, 2))
        return _numeral(f"{self._print(f'{low:.{places}f}')}{gap}{self._dash()}{gap}{self._print(f'{high:.{places}f}')}")

    def percentage(self) -> _Piece:
        return _numeral(self.score().text + self.rng.choice(("%", " %")))

    def thousands(self) -> _Piece:
        number = self.rng.choice((self.rng.randint(1_000, 99_999), self.rng.randint(100_000, 9_999_999)))
        return _numeral(self._print(f"{number:,}" + self.rng.choice(("", "", ".00"))))

    def date(self) -> _Piece:
        if self.rng.random() < 0.5:
            return _numeral(self._print(f"{self.rng.randint(1, 31)}/{self.rng.randint(1, 12)}/{self.rng.randint(2560, 2570)}"))
        day, month, year = self._print(str(self.rng.randint(1, 31))), self._one(), self._print(str(self.rng.randint(2560, 2570)))
        return _Piece(f"{day} {month} {year}", f"{day} {_word(month).classes} {year}")

    def name(self) -> _Piece:
        kind = self.rng.random()
        if kind < 0.7:
            return _numeral(self.rng.choice(("IIT", "EIT", "OIT", "ITA", "ITAS")))
        if kind < 0.9:
            return _numeral(self.rng.choice(("A", "AA", "B", "C", "D", "E", "F")))
        return _numeral(f"({self.rng.choice(('IIT', 'EIT', 'OIT', 'ITA'))})")

    def words(self, least: int, most: int) -> _Piece:
        count = self.rng.randint(least, most)
        return _word(" ".join(self._one() for _ in range(count)))

    def _one(self) -> str:
        kind = self.rng.random()
        if kind < 0.55 and self.vocabulary:
            return "".join(self.rng.choice(self.vocabulary) for _ in range(self.rng.choice((1, 1, 2, 3))))
        if kind < 0.93:
            return "".join(make_syllable(self.rng) for _ in range(self.rng.randint(1, 5))) + (
                self.rng.choice(_SIGNS) if self.rng.random() < 0.05 else ""
            )
        letters = "abcdefghijklmnopqrstuvwxyz"
        word = "".join(self.rng.choice(letters) for _ in range(self.rng.randint(2, 9)))
        return self.rng.choice(
            (word, word.capitalize(), "".join(self.rng.choice("GHJKLMNPQRUVWXYZ") for _ in range(self.rng.randint(2, 5))))
        )

    def _letters(self, count: int) -> str:
        return "".join(self.rng.choice(_CONSONANTS) for _ in range(count))

    def several(self) -> list[_Piece]:
        makes = self.rng.choice((self.score, self.score, self.difference, self.number))
        pieces: list[_Piece] = [self.code()] if self.rng.random() < 0.3 else []
        for _ in range(self.rng.randint(2, 4)):
            if pieces:
                pieces.append(_word(" " * self.rng.choice((1, 1, 2, 4))))
            pieces.append(makes())
        return pieces

    def mixed(self) -> list[_Piece]:
        """Words and numbers as prose has them, with a space between or without."""
        pieces: list[_Piece] = []
        for _ in range(self.rng.randint(1, 3)):
            gap = " " if self.rng.random() < 0.85 else ""
            make = self.rng.choice((self.score, self.score, self.year, self.number, self.code, self.percentage, self.range, self.name))
            pieces += [self.words(1, 2), _word(gap), make(), _word(" ")]
        if self.rng.random() < 0.5:
            pieces.append(self.words(1, 2))
        return pieces

    def leaders(self) -> _Piece:
        """Dotted lines, bullets and the like. A dash by itself is a sign still: a space may part it from its number."""
        mark = self.rng.choice("._-*=\N{HORIZONTAL ELLIPSIS}\N{BULLET}\N{BLACK SQUARE}\N{CHECK MARK}")
        if mark == "-":
            return _numeral(self._dash())
        return _word(mark * self.rng.choice((1, 3, 8, 20)) if mark in "._\N{HORIZONTAL ELLIPSIS}" else mark)

    def soup(self) -> list[_Piece]:
        """Digits in no order that a grammar knows: so that the reader reads glyphs and guesses no words."""
        marks = self._print("0123456789") * 3 + ".,-+%/():"
        text = "".join(self.rng.choice(marks) for _ in range(self.rng.randint(2, 9)))
        return [_numeral(text.strip() or self._print("0"))]
