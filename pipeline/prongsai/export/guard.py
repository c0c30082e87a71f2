"""What a spreadsheet may take for a formula, and the mark that keeps it text.

Source: the OWASP page on CSV injection, which names = + - @, tab and line breaks, and the full-width forms.
"""

from __future__ import annotations

import re

GUARD = "'"
RISKY = (GUARD, *"=+-@\t\r\n\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}")
"""First characters that need the guard; it is one of them, so that taking one guard away always gives the text back."""

# A sign and a plain number is no formula, and a difference like -0.49 should come out of a CSV file as it was printed.
PLAIN_NUMBER_RE2 = r"^[+-][0-9]+(\.[0-9]+)?$"
RISKY_RE2 = "^[" + "".join(f"\\x{{{ord(character):x}}}" for character in RISKY) + "]"


def guarded(text: str) -> str:
    """A text as it stands in a cell."""
    return GUARD + text if text.startswith(RISKY) and not re.fullmatch(PLAIN_NUMBER_RE2, text) else text


def unguarded(cell: str) -> str:
    """The text of a cell."""
    return cell.removeprefix(GUARD)
