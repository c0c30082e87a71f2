"""Text for a terminal of 80 columns, in which Thai vowels and tone marks take no column of their own."""

from __future__ import annotations

import textwrap
import unicodedata

COLUMNS = 80


def width(text: str) -> int:
    """How many columns the text takes: marks that stand above or below take none."""
    return sum(unicodedata.category(character) not in ("Mn", "Me", "Cf") for character in text)


def pad(text: str, columns: int) -> str:
    """The text with spaces after it up to that many columns."""
    return text + " " * (columns - width(text))


def plural(count: int, noun: str) -> str:
    """`1 page`, `1,200 pages`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def wrap(text: str, indent: str = "") -> str:
    """The text in lines of at most 80 columns, each after `indent`; words and paths stay whole."""
    lines = textwrap.wrap(text, COLUMNS, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines)
