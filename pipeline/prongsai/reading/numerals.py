"""Numerals that OCR saw: which of them may pass as read, and the place of a reader of Thai numerals.

Stock Tesseract models for Thai lack five of the ten digits (langdata_lstm issue 42): the score 80.58 in Thai digits comes
back as 50.55 with a confidence over 90. So nothing with a Thai digit passes, and on pages whose numerals are mostly
Thai no Arabic digit either: it stands for a Thai one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from prongsai.records import UNREAD, Box, Word

if TYPE_CHECKING:
    from PIL import Image

THAI_DIGIT = re.compile("[\N{THAI DIGIT ZERO}-\N{THAI DIGIT NINE}]")
ARABIC_DIGIT = re.compile("[0-9]")
_ANY_DIGIT = re.compile("[0-9\N{THAI DIGIT ZERO}-\N{THAI DIGIT NINE}]")
_NUMERAL = re.compile(
    r"[A-Za-z|!\[(]{0,2}[+\-\N{EN DASH}\N{MINUS SIGN}]?[0-9\N{THAI DIGIT ZERO}-\N{THAI DIGIT NINE}]"
    r"(?:[.,:/%\-\N{EN DASH}|)\]]*[0-9\N{THAI DIGIT ZERO}-\N{THAI DIGIT NINE}])*%?"
)
_ARABIC_PAGE = 4
"""Arabic numerals must be this many times as many as Thai ones for a page's numerals to count as Arabic."""
_COARSE_DPI = 190
_SURE, _SURE_COARSE = 0.80, 0.92
"""Arabic numerals below this confidence are unread; the second holds for pages scanned below `_COARSE_DPI`.

Measured on a table of 255 decimals: drawn at 300 dpi 252 read, none wrong; at 200 dpi 249 of them at 0.80 or more, none
wrong; at 150 dpi 157 read at 0.90 or more and one of them wrong (2.34 for 92.34, at 0.91).
"""
_CUT = re.compile(r"0\d")
"""A numeral that begins like this lost its first digit: 00.00 for 100.00, read nine times at a confidence of 0.97."""
_LOST_POINT = re.compile(r"(?!(?:2[45]|19|20)\d\d(?!\d))[+-]?\d{4,}%?")
"""Four digits and more in a row that are no year: 91.34 without its point, which second readings confirm."""
_POOR = 0.6
"""A page of whose numerals fewer than this share pass gives none: on a blurred JPEG at 200 dpi 96 of 253 scores passed, and
two of them were wrong."""


@dataclass(frozen=True, slots=True)
class Crop:
    """A line or cell of a page image (grey, upright) and where it stands, in points."""

    image: Image.Image
    box: Box


@dataclass(frozen=True, slots=True)
class NumeralReading:
    """What a reader makes of one numeral in a crop."""

    text: str
    box: Box
    probability: float
    candidates: tuple[str, ...] = ()
    """Other readings, the likeliest first."""


class NumeralReader(Protocol):
    """Reads Thai and Arabic numerals off line images, and says how sure it is."""

    @property
    def version(self) -> str:
        """Name and version, for the column `reader_version`."""

    def read(self, crops: Sequence[Crop]) -> Sequence[tuple[NumeralReading, ...]]:
        """For each crop the numerals in it from left to right; empty where it holds none."""


def withhold_unsure(words: Sequence[Word], scan_dpi: float) -> tuple[Word, ...]:
    """Words off a page image with every numeral that cannot be trusted as UNREAD, what was claimed in `read_as`.

    A word of letters and digits is split, so that its letters stay readable; boxes are split in proportion.
    `scan_dpi` is the resolution of the scan itself, whatever it was drawn at for reading.
    """
    words = [part for word in words for part in _parts(word)]
    n_thai = sum(1 for word in words if THAI_DIGIT.search(word.text))
    n_arabic = sum(1 for word in words if ARABIC_DIGIT.search(word.text) and not THAI_DIGIT.search(word.text))
    is_arabic_page = n_arabic > _ARABIC_PAGE * n_thai
    least = (_SURE if scan_dpi >= _COARSE_DPI else _SURE_COARSE) if is_arabic_page else 2.0
    return tuple(_withhold(word) if _is_unsure(word, least) else word for word in words)


def has_read_numeral(words: Sequence[Word]) -> bool:
    """Whether any word passes for a numeral."""
    return any(_ANY_DIGIT.search(word.text) for word in words)


def withhold_unconfirmed(words: Sequence[Word], again: Sequence[Word]) -> tuple[Word, ...]:
    """Words with every numeral as UNREAD that a second reading of the same page does not give at the same place."""
    seconds = [part for word in again for part in _parts(word) if part.box is not None and _ANY_DIGIT.search(part.text)]
    return tuple(word if not _ANY_DIGIT.search(word.text) or _is_confirmed(word, seconds) else _withhold(word) for word in words)


def withhold_poor(words: Sequence[Word]) -> tuple[Word, ...]:
    """Words with all numerals as UNREAD where most of them are already: what passes on such a page passed by chance."""
    read = sum(1 for word in words if _ANY_DIGIT.search(word.text))
    unread = sum(1 for word in words if word.is_unread)
    if read >= _POOR * (read + unread):
        return tuple(words)
    return tuple(_withhold(word) if _ANY_DIGIT.search(word.text) else word for word in words)


def _is_confirmed(word: Word, seconds: Sequence[Word]) -> bool:
    if word.box is None:
        return False
    x, y = word.box.middle
    return any(second.text == word.text and second.box is not None and second.box.contains(x, y) for second in seconds)


def _is_unsure(word: Word, least: float) -> bool:
    if THAI_DIGIT.search(word.text):
        return True
    if not ARABIC_DIGIT.search(word.text):
        return False
    return word.confidence is None or word.confidence < least or bool(_CUT.match(word.text) or _LOST_POINT.fullmatch(word.text))


def _withhold(word: Word) -> Word:
    return replace(word, text=UNREAD, read_as=word.text)


def _parts(word: Word) -> list[Word]:
    """A word cut into numerals and what stands between them."""
    if not _ANY_DIGIT.search(word.text):
        return [word]
    cuts = sorted({0, len(word.text), *(edge for match in _NUMERAL.finditer(word.text) for edge in match.span())})
    return [replace(word, text=word.text[start:end], box=_slice(word, start, end)) for start, end in pairwise(cuts)]


def _slice(word: Word, start: int, end: int) -> Box | None:
    if word.box is None:
        return None
    unit = word.box.width / len(word.text)
    return Box(word.box.x0 + unit * start, word.box.top, word.box.x0 + unit * end, word.box.bottom)
