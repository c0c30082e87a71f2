"""Text for a terminal of 80 columns, in which Thai vowels and tone marks take no column of their own."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable

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


def size(count: float) -> str:
    """`512 bytes`, `1.5 MB`, in powers of ten as disks are sold."""
    for unit, bytes_each in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= bytes_each:
            return f"{count / bytes_each:.3g} {unit}"
    return plural(round(count), "byte")


def wrap(text: str, indent: str = "") -> str:
    """The text in lines of at most 80 columns, each after `indent`; words and paths stay whole."""
    lines = textwrap.wrap(text, COLUMNS, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines)


def name_files(files: Iterable[str]) -> str:
    """The files that were written; parts, of which there are many, by the file that lists them."""
    from prongsai.export.listing import FOLDER, MANIFEST

    return ", ".join(file for file in files if not file.startswith(f"{FOLDER}/") or file == f"{FOLDER}/{MANIFEST}")
