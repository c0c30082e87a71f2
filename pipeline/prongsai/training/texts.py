"""What stands on a line of words, and the classes that the letter reader is to give for it: the text itself."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from string import ascii_lowercase, ascii_uppercase

from prongsai.language.numerals import THAI_DIGITS
from prongsai.reading.letters.alphabet import ALPHABET
from prongsai.training.lines import TrainingLine, make_line, make_syllable

_KNOWN = frozenset(ALPHABET)
_SAME = str.maketrans({"\N{MINUS SIGN}": "-", "\N{HORIZONTAL ELLIPSIS}": "..."})
_TWO_E, _AE = "\N{THAI CHARACTER SARA E}" * 2, "\N{THAI CHARACTER SARA AE}"
_SPACED = 0.14
"""Words with a space after them; Thai has few."""
_QUOTES = (
    ("\N{LEFT DOUBLE QUOTATION MARK}", "\N{RIGHT DOUBLE QUOTATION MARK}"),
    ('"', '"'),
    ("(", ")"),
    ("(", ")"),
    ("(", ")"),
    ("[", "]"),
)
_AGAIN, _ETC = "\N{THAI CHARACTER MAIYAMOK}", "\N{THAI CHARACTER PAIYANNOI}"
_CONSONANTS = [chr(code) for code in range(0x0E01, 0x0E2F)]


def make_text(rng: Random, words: list[str]) -> TrainingLine:
    """A line of words as reports print them; `words` are Thai words to draw from."""
    draw = _Draw(rng, words)
    kinds: list[tuple[int, Callable[[], str]]] = [
        (46, lambda: draw.phrase(1, 7)),
        (8, lambda: f"{draw.phrase(0, 3)}{draw.quoted()}{draw.phrase(0, 2)}"),
        (7, lambda: f"{draw.bullet()} {draw.phrase(1, 6)}"),
        (6, lambda: f"{draw.phrase(0, 3)} {draw.number()} {draw.phrase(0, 3)}"),
        (4, lambda: f"{draw.phrase(1, 3)}{draw.number()}{draw.phrase(0, 2)}"),
        (6, draw.latin),
        (5, lambda: f"{draw.phrase(1, 3)} {draw.latin()} {draw.phrase(0, 2)}"),
        (4, lambda: f"{draw.phrase(0, 2)}{draw.short()}{draw.phrase(0, 3)}"),
        (8, draw.syllables),
        (2, draw.letters),
        (10, lambda: make_line(rng, words).text),
        (2, draw.leaders),
    ]
    text = rng.choices([make for _, make in kinds], [weight for weight, _ in kinds])[0]()
    return TrainingLine(text.strip(), _classes(text))


def _classes(text: str) -> str:
    """The text as the reader is to give it: one space for many, one vowel for two that look like it; nothing where it holds
    a glyph that the reader has no class for."""
    classes = " ".join(text.translate(_SAME).replace(_TWO_E, _AE).split())
    return classes if _KNOWN.issuperset(classes) else ""


class _Draw:
    def __init__(self, rng: Random, words: list[str]) -> None:
        self.rng, self.vocabulary = rng, words

    def phrase(self, least: int, most: int) -> str:
        words = []
        for _ in range(self.rng.randint(least, most)):
            word = self.rng.choice(self.vocabulary)
            if self.rng.random() < 0.02:
                word += self.rng.choice((_AGAIN, _AGAIN + " ", _ETC))
            words.append(word + (" " if self.rng.random() < _SPACED else ""))
        return "".join(words) + (self.rng.choice(("", "", ":", ",", ";", "?", "!", ".")) if self.rng.random() < 0.15 else "")

    def quoted(self) -> str:
        opened, closed = self.rng.choice(_QUOTES)
        inside = self.rng.choice((self.phrase(1, 3), self.phrase(1, 2), self.latin(), self.number()))
        return f"{self.rng.choice(('', ' '))}{opened}{inside.strip()}{closed}{self.rng.choice(('', ' '))}"

    def bullet(self) -> str:
        number = self._print(str(self.rng.randint(1, 30)))
        sub = f"{self._print(str(self.rng.randint(1, 9)))}.{number}"
        return self.rng.choice(("-", "-", "*", "\N{BULLET}", f"{number}.", f"{number})", f"({number})", sub, "\N{EN DASH}"))

    def number(self) -> str:
        text = self.rng.choice(
            (
                str(self.rng.randint(0, 99)),
                str(self.rng.randint(100, 9999)),
                f"{self.rng.uniform(0, 100):.2f}",
                f"{self.rng.randint(1, 99999):,}",
            )
        )
        return self._print(text) + self.rng.choice(("", "", "", "%"))

    def short(self) -> str:
        """Abbreviations: letters with dots, or the first letters of a name."""
        letters = [self.rng.choice(_CONSONANTS) for _ in range(self.rng.randint(1, 4))]
        dotted = "".join(f"{letter}." for letter in letters)
        return self.rng.choice((dotted, dotted + " ", "".join(letters) + ".", " " + dotted + " "))

    def latin(self) -> str:
        rng = self.rng
        word = "".join(rng.choice(ascii_lowercase) for _ in range(rng.randint(1, 9)))
        again = "".join(rng.choice(ascii_lowercase) for _ in range(rng.randint(2, 7)))
        name = "".join(rng.choice(ascii_uppercase) for _ in range(rng.randint(1, 5)))
        names = (word.capitalize(), f"{word.capitalize()} {again}", name, f"{name} {word}", f"{name}{rng.randint(0, 99)}")
        joined = (f"{name[:1]}-{again.capitalize()}", f"{word}/{again}", f"{word} & {again}", f"{again}_{word}")
        return rng.choice((word, *names, *joined, f"www.{word}.{again}", f"{word}@{again}.com"))

    def syllables(self) -> str:
        return "".join(make_syllable(self.rng) + (" " if self.rng.random() < _SPACED else "") for _ in range(self.rng.randint(1, 9)))

    def letters(self) -> str:
        """Letters in an order that no word has: so that the reader looks at each."""
        letters = [one for one in ALPHABET[1:] if one.strip()]
        return "".join(self.rng.choice(_CONSONANTS if self.rng.random() < 0.6 else letters[57:]) for _ in range(self.rng.randint(1, 10)))

    def leaders(self) -> str:
        return f"{self.phrase(1, 3)}{'.' * self.rng.randint(3, 12)}{self.rng.choice(('', self.number()))}"

    def _print(self, arabic: str) -> str:
        return arabic.translate(str.maketrans("0123456789", THAI_DIGITS)) if self.rng.random() < 0.6 else arabic
