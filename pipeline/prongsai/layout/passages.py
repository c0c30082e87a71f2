"""Words become passages: text that remembers where each character stood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from prongsai.records import Page, Passage, Place, Run, Word

_THAI_FIRST, _THAI_LAST = "\N{THAI CHARACTER KO KAI}", "\N{THAI CHARACTER YAMAKKAN}"


def is_thai_letter(character: str) -> bool:
    """Whether the character is a Thai consonant, vowel or mark; Thai digits are not."""
    return _THAI_FIRST <= character <= _THAI_LAST and character != "\N{THAI CURRENCY SYMBOL BAHT}"


def glue(before: str, after: str) -> str:
    """What belongs between two lines of one paragraph: Thai breaks lines inside words, so nothing between Thai letters."""
    if not before or not after or before[-1] == " " or after[0] == " ":
        return ""
    return "" if is_thai_letter(before[-1]) and is_thai_letter(after[0]) else " "


def passage_of(lines: Iterable[Sequence[Word]], page: Page, *, is_prose: bool = False) -> Passage:
    """A passage of one page's words, those of a line joined by single spaces.

    Lines are joined by a single space too, unless `is_prose`: then a line that ends and goes on in Thai letters is
    joined without one.
    """
    pieces: list[str] = []
    runs: list[Run] = []
    at = 0
    number = page.number
    last = ""
    for words in lines:
        for position, word in enumerate(words):
            text = word.text
            if pieces:
                between = glue(last, text) if is_prose and position == 0 else " "
                if between:
                    pieces.append(between)
                    at += 1
            end = at + len(text)
            runs.append(run_of(word, at, Place(number, word.box, word.line)))
            pieces.append(text)
            at, last = end, text
    return Passage("".join(pieces), tuple(runs), page.reader, page.reader_version)


def run_of(word: Word, start: int, place: Place) -> Run:
    """The run of a word that stands at character `start` of its passage."""
    return Run(start, start + len(word.text), place, word.confidence, word.read_as, word.candidates, word.reader_version)


def join_passages(first: Passage, second: Passage, between: str) -> Passage:
    """Both passages as one, `between` standing where they meet unless either is empty; the first one's reader is kept."""
    if not first.text:
        return second
    if not second.text:
        return first
    shift = len(first.text) + len(between)
    moved = tuple(replace(run, start=run.start + shift, end=run.end + shift) for run in second.runs)
    return replace(first, text=first.text + between + second.text, runs=first.runs + moved)
