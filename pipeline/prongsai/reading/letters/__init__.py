"""The letter reader: Thai and Latin words off images of lines, with what the numeral reader leaves."""

from __future__ import annotations

from prongsai.reading.letters.reader import LetterReader, letter_reader
from prongsai.reading.letters.readings import Letter

__all__ = ["Letter", "LetterReader", "letter_reader"]
