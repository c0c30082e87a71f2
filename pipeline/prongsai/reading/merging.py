"""Numerals and words of a page put together again, line by line: each stands where it was seen, whoever read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prongsai.reading.numerals import LineReading, Shape, Token
from prongsai.reading.pieces import Piece, Reading
from prongsai.reading.withholding import has_digit, without_digits
from prongsai.records import UNREAD, Box, Word

if TYPE_CHECKING:
    from prongsai.reading.imaging import Segment
    from prongsai.reading.imaging.model import Flags

LEAST = 0.5
"""A numeral less likely than this to be read right is unread."""
LEAST_UNDER_STAIN = 0.8
"""The same where a stamp or pen lies over it: what a stamp adds to a digit makes another digit."""
_STAINED = 0.1
"""Share of a numeral's box under a stain from which it counts as stained."""
_SURE_WORD = 0.9
"""Where the numeral reader is this sure that it saw words, digits that the reader of words claims there are no sign of numerals."""
_UNSURE_WORD, _STAIN_ITSELF = 0.5, 0.7
"""Ink of which it is less sure may be a numeral that cannot be read. Where a stain touches it, and it is not surer than the
second, it is the stain's: a second word in a cell would hide the score that stands there."""
_PROSE, _PROSE_UNDER_STAIN = 8, 15
"""Letters from which on ink is words all the same, however unsure one glyph of it is: no numeral is as long."""
LEAST_FOR_YEAR = 0.6
"""A year less likely to be read right is unread: a wrong one moves every score that leans on it. So does a missing one, for
which another year of the document steps in: at 0.8 a report lost its own year and all its scores went to the next."""
_MARGIN_IN = 0.03
_LETTERED = frozenset({Shape.NAME, Shape.GRADE, Shape.MARK})

Stained = Callable[[int, int, int, int], float]
"""Share of a box in pixels (left, top, right, bottom) that lies under a stain, 0–1."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A segment cut into tokens that the numeral reader read and pieces left for the reader of words."""

    segment: Segment
    tokens: tuple[Token, ...]
    pieces: tuple[Piece, ...]
    sureness: tuple[float, ...]
    """For each piece how sure it is that no numeral stands there, 0–1."""


def is_numeral(token: Token) -> bool:
    """Whether a token has digits: names, grades and lone signs have none."""
    return not token.is_word and token.shape not in _LETTERED


def _is_kept(token: Token) -> bool:
    """Whether a token is the numeral reader's. A name of which it is not sure is a word like others; a numeral never is."""
    return not token.is_word and (is_numeral(token) or token.probability >= LEAST)


def cut_line(segment: Segment, line: LineReading, dpi: float) -> Cut:
    """A segment's numerals, and the pieces between them with a little paper around, as far as the next numeral."""
    margin = _MARGIN_IN * dpi
    pieces: list[Piece] = []
    sureness: list[float] = []
    run: list[Token] = []
    left = 0.0
    width = float(segment.x1 - segment.x0)
    for token in (*line.tokens, None):
        if token is not None and not _is_kept(token):
            run.append(token)
            continue
        right = width if token is None else max(token.x0, left)
        if run:
            x0, x1 = max(run[0].x0 - margin, left), min(run[-1].x1 + margin, right)
            if x1 - x0 >= 1:
                pieces.append(Piece(segment.x0 + int(x0), segment.top, segment.x0 + round(x1), segment.bottom))
                sureness.append(min(one.probability for one in run))
            run = []
        if token is not None:
            left = token.x1
    return Cut(segment, tuple(token for token in line.tokens if _is_kept(token)), tuple(pieces), tuple(sureness))


def stained_share(stains: Flags | None) -> Stained:
    """Tells of a box how much of it lies under the page's stains."""

    def share(x0: int, top: int, x1: int, bottom: int) -> float:
        return float(stains[top:bottom, x0:x1].mean()) if stains is not None and x1 > x0 and bottom > top else 0.0

    return share


def words_of(
    cuts: Sequence[Cut], readings: Sequence[Sequence[Reading]], unit_pt: float, version: str, stained: Stained
) -> tuple[Word, ...]:
    """The words of a page in reading order: top to bottom by the segments' rows, left to right in each.

    `readings` has the words of all pieces in their order, or nothing where they were not read; `unit_pt` is the length
    of a pixel in points, `version` names the numeral reader. Every word is as tall as its segment, so that words of one
    line lie level.
    """
    of_piece = iter(readings)
    words: list[Word] = []
    for cut in cuts:
        words += (word for token in cut.tokens if (word := _numeral(token, cut.segment, unit_pt, version, stained)) is not None)
        for piece, sure, found in zip(cut.pieces, cut.sureness, of_piece, strict=False):
            is_stained = stained(piece.x0, piece.top, piece.x1, piece.bottom) > 0
            n_letters = sum(character.isalpha() for reading in found for character in reading.text)
            is_prose = n_letters >= (_PROSE_UNDER_STAIN if is_stained else _PROSE)
            if is_prose or sure >= (_STAIN_ITSELF if is_stained else _UNSURE_WORD):
                words += _words(found, sure, is_stained, cut.segment, unit_pt)
            elif not is_stained:
                claimed = " ".join(reading.text for reading in found)
                words.append(
                    Word(UNREAD, _box(piece.x0, piece.x1, cut.segment, unit_pt), cut.segment.row, round(1 - sure, 4), claimed or None)
                )
    words.sort(key=lambda word: (word.line, word.box.x0 if word.box else 0.0))
    return tuple(words)


def _numeral(token: Token, segment: Segment, unit_pt: float, version: str, stained: Stained) -> Word | None:
    """The word of a token; none for letters and signs under a stain, which are those of the stamp."""
    is_stained = stained(segment.x0 + int(token.x0), segment.top, segment.x0 + round(token.x1), segment.bottom) > _STAINED
    if is_stained and not is_numeral(token):
        return None
    least = LEAST_FOR_YEAR if token.shape is Shape.YEAR else LEAST
    is_read = token.probability >= (max(least, LEAST_UNDER_STAIN) if is_stained else least)
    return Word(
        text=token.text if is_read else UNREAD,
        box=_box(segment.x0 + token.x0, segment.x0 + token.x1, segment, unit_pt),
        line=segment.row,
        confidence=round(token.probability, 4),
        read_as=None if is_read else token.text,
        candidates=token.candidates,
        reader_version=version,
    )


def _words(readings: Sequence[Reading], sure: float, is_stained: bool, segment: Segment, unit_pt: float) -> Iterator[Word]:
    """The words read in one piece; digits among them are never digits. A word of digits alone is a numeral that was seen and
    not read, unless the numeral reader is sure that it is none or it may be a stamp's."""
    for reading in readings:
        text = without_digits(reading.text)
        box = _box(reading.x0, reading.x1, segment, unit_pt)
        if text:
            yield Word(text, box, segment.row, round(reading.confidence, 4), reader_version=reading.reader_version)
        elif has_digit(reading.text) and sure < _SURE_WORD and not is_stained:
            yield Word(UNREAD, box, segment.row, round(reading.confidence, 4), reading.text)


def _box(x0: float, x1: float, segment: Segment, unit_pt: float) -> Box:
    return Box(x0 * unit_pt, segment.top * unit_pt, x1 * unit_pt, segment.bottom * unit_pt)
