"""The glyph classes of the numeral reader, in the order of the model's outputs. Training and reading share this list."""

from __future__ import annotations

from prongsai.language.numerals import THAI_DIGITS

BLANK, SPACE, OTHER, FLIPPED = "", " ", "#", "~"
"""No glyph (CTC's blank); a space; a spacing glyph that is no numeral; a glyph standing on its head."""

ALPHABET: tuple[str, ...] = (BLANK, SPACE, OTHER, FLIPPED, *THAI_DIGITS, *"0123456789", *".,+-%/():", *"ieoIEOTASBCDF")
"""En dash, minus and hyphen are all `-`. Brackets, colon and slash are classes so that they do not become digits."""
