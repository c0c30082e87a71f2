"""The words of a page image: read by the letter reader, and once more by Tesseract where that one is not sure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from prongsai.language.repair import LEADING_VOWELS, GlyphKnowledge, repair
from prongsai.reading.letters import Letter, LetterReader, letter_reader
from prongsai.reading.network import LineImage
from prongsai.reading.ocr import read_letters, require_tesseract
from prongsai.reading.pieces import Piece, Reading, Spot, words_on
from prongsai.reading.strips import SHEET_DPI, compose, put_back

if TYPE_CHECKING:
    from prongsai.reading.imaging import PreparedPage

_UNSURE, _FEW = 0.8, 3
"""A piece whose letters are on average less sure than this is read by Tesseract too, if they are not fewer than these: of
1,638 pieces of 57 scanned pages 45 were as unsure, and all of these with one or two letters were strokes, specks and ticks."""
_STRANGE = 0.965
"""A page whose letters are on average less sure than this is in a face that the letter reader does not know: 0.984 and more
on 48 pages in four faces at 120 to 200 dpi, where it read better than Tesseract but for three, 0.940 and less on 12 pages in a fifth, where
Tesseract had 0.92 of all runs of four letters right and the letter reader 0.62."""
_SPECK = 0.3
"""One or two letters less sure than this are no letters."""
_LONE_VOWEL = re.compile(f"[{LEADING_VOWELS}](?=[^\N{THAI CHARACTER KO KAI}-{LEADING_VOWELS[-1]}])")
"""A vowel that is written before its consonant, with no consonant after it; nobody prints that."""


def read_words(page: PreparedPage, pieces: Sequence[Piece], timeout_s: float, knowledge: GlyphKnowledge) -> list[list[Reading]]:
    """The words of each piece of the page from left to right; Tesseract is called once, or not at all.

    Raises ToolMissing where the letter reader's model is not there, and PageFailed where Tesseract fails or takes longer
    than `timeout_s`.
    """
    reader = letter_reader()
    letters = reader.read([LineImage.cut(page.grey, piece.x0, piece.top, piece.x1, piece.bottom) for piece in pieces])
    readings = [_words(found, reader, page, piece) for found, piece in zip(letters, pieces, strict=True)]
    least = 1.0 if _sureness([letter for found in letters for letter in found]) < _STRANGE else _UNSURE
    unsure = [at for at, found in enumerate(letters) if len(found) >= _FEW and _sureness(found) < least]
    if unsure:
        again = _by_tesseract(page, [pieces[at] for at in unsure], timeout_s)
        for at, other in zip(unsure, again, strict=True):
            readings[at] = max(readings[at], other, key=_confidence)
    return [[_mended(reading, knowledge) for reading in found if not _is_speck(found)] for found in readings]


def _words(letters: Sequence[Letter], reader: LetterReader, page: PreparedPage, piece: Piece) -> list[Reading]:
    spots = [Spot(one.text, piece.x0 + one.middle, reader.sureness(one.probability)) for one in letters if one.text.strip()]
    return words_on(spots, page.grey, piece)


def _sureness(letters: Sequence[Letter]) -> float:
    """How sure the letters are on average; 1 where there is none."""
    return sum(one.probability for one in letters) / len(letters) if letters else 1.0


def _by_tesseract(page: PreparedPage, pieces: Sequence[Piece], timeout_s: float) -> list[list[Reading]]:
    sheets = compose(page.grey, page.dpi, pieces)
    letters = read_letters([sheet.pixels for sheet in sheets], SHEET_DPI, timeout_s)
    label = require_tesseract().label
    return [[replace(one, reader_version=label) for one in found] for found in put_back(sheets, letters, page.grey, pieces)]


def _confidence(readings: Sequence[Reading]) -> float:
    """How sure the words are on average, each as much as it has letters; 0 where there is none."""
    return sum(one.confidence * len(one.text) for one in readings) / max(1, sum(len(one.text) for one in readings))


def _is_speck(readings: Sequence[Reading]) -> bool:
    return sum(len(one.text) for one in readings) < _FEW and max(one.confidence for one in readings) < _SPECK


def _mended(reading: Reading, knowledge: GlyphKnowledge) -> Reading:
    """The repairs of text layers serve here too: both readers print letters, not what is usual among them."""
    text = repair(_LONE_VOWEL.sub("", reading.text), knowledge).text
    return reading if text == reading.text else replace(reading, text=text)
