"""The letter reader: Thai and Latin words off images of lines, with what the numeral reader leaves."""

from __future__ import annotations

from prongsai.reading.letters.reader import Letter, LetterReader, letter_reader

__all__ = ["Letter", "LetterReader", "letter_reader"]
