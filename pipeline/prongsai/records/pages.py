"""What is looked at and read: an input, and its pages as words and rules."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from prongsai.records.box import Box
from prongsai.records.corrections import Correction

UNREAD = "\N{REPLACEMENT CHARACTER}"
"""Stands in a word's text for a numeral that was seen and could not be read; never a digit in disguise."""


class Kind(StrEnum):
    """What an input is, told by its bytes and not by its name."""

    PDF = "pdf"
    IMAGE = "image"
    TEXT = "text"
    UNKNOWN = "unknown"


class Reader(StrEnum):
    """Who turned a page into words."""

    TEXT = "text"
    OCR = "ocr"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Source:
    """An input that was looked at: its bytes' hash, its kind, and where it lies."""

    path: str
    """As the user named it, with forward slashes."""
    sha256: str
    kind: Kind
    size_bytes: int
    aliases: tuple[str, ...] = ()
    """Other paths with the same bytes: one document all the same."""
    local_path: str = ""
    """Where its bytes lie on this machine while they are read, where `path` is an address elsewhere."""
    corrections: tuple[Correction, ...] = ()
    """What people said of its values, in the order in which they said it."""

    @property
    def file(self) -> str:
        """The path to open; `path` is what to name."""
        return self.local_path or self.path

    @property
    def doc_id(self) -> str:
        """The first 16 hex digits of the SHA-256."""
        return self.sha256[:16]


@dataclass(frozen=True, slots=True)
class Repair:
    """A named change to a page's text, and how often it was made there."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """One likely reading of a numeral, as it would stand in print."""

    text: str
    probability: float
    """0–1, calibrated: of a hundred such readings that state 0.9, ninety are right."""


@dataclass(frozen=True, slots=True)
class Word:
    """A run of characters without a space, and where it stands.

    In text that somebody else's OCR produced there are no boxes; `box` is None and `line` is what places it.
    """

    text: str
    box: Box | None
    line: int
    """1-based line of the page in reading order; words of one line share it."""
    confidence: float | None = None
    """0–1 as the reader states it, None where the reader states nothing."""
    read_as: str | None = None
    """For an unread numeral, what the reader claimed; evidence only, never a value."""
    candidates: tuple[Candidate, ...] = ()
    """For a numeral read off an image, its likely readings, the likeliest first; the first is `text` where that was read."""
    reader_version: str = ""
    """Who read this word off an image, where that is not the reader of the page."""

    @property
    def is_unread(self) -> bool:
        return UNREAD in self.text


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight ruled line on a page: horizontal where `top` and `bottom` agree, else vertical."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_horizontal(self) -> bool:
        return self.x1 - self.x0 >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Page:
    """A page turned into words and rules, with what was thought of its text layer."""

    number: int
    """1-based."""
    width_pt: float
    height_pt: float
    reader: Reader
    reader_version: str
    words: tuple[Word, ...] = ()
    """In reading order; spaces are not words."""
    rules: tuple[Rule, ...] = ()
    cells_given: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """Given text only: (line, cells) for each line that holds tabs, cells as they stand between them."""
    judgement: str = ""
    """Why the text layer was kept or not, in a few words: `good`, `repaired`, `no text`, `lost sara am` …"""
    repairs: tuple[Repair, ...] = ()
    failure: str = ""
    """Why the page could not be read; empty where it was."""
    is_skimmed: bool = False
    """Whether an image without a numeral was left at that, and its words not read."""
    may_pass: bool = False
    """Whether what kept it, or a picture on it, from being read may be gone another time: it was no fault of the page."""
    is_left: bool = False
    """Whether the page, which has to be read by OCR, was left to be read by itself: nothing of it is here yet."""
    turned_degrees: int = 0
    """By how much it was turned clockwise from how it is shown, to stand upright: 0, 90, 180 or 270. Words and size are those of the
    page turned."""
    straightened_degrees: float = 0.0
    """By how much its image was then turned clockwise about its middle to lie level."""
