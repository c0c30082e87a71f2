"""The classes of the letter reader, in the order of the model's outputs. Training and reading share this list."""

from __future__ import annotations

from string import ascii_lowercase, ascii_uppercase

from prongsai.language.numerals import THAI_DIGITS

BLANK, SPACE = "", " "
"""No letter (CTC's blank); a space."""

_THAI = (*map(chr, range(0x0E01, 0x0E3A)), *map(chr, range(0x0E40, 0x0E4E)))
"""Consonants, signs, vowels and tone marks, each of them a class: marks above and below are read one after the other."""
_SIGNS = ".,;:!?'\"()[]/|-_+=*%&@#<>\N{EN DASH}\N{BULLET}\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"

ALPHABET: tuple[str, ...] = (BLANK, SPACE, *_THAI, *THAI_DIGITS, *"0123456789", *ascii_lowercase, *ascii_uppercase, *_SIGNS)
