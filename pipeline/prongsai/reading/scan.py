"""A page image becomes words with boxes: prepared, its numerals read by one reader, its words by another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prongsai.language.repair import GlyphKnowledge
from prongsai.reading.imaging import prepare
from prongsai.reading.letters import letter_reader
from prongsai.reading.merging import cut_line, is_numeral, stained_share, words_of
from prongsai.reading.numerals import LineImage, NumeralReader, numeral_reader
from prongsai.reading.ocr import require_tesseract
from prongsai.reading.wording import read_words
from prongsai.records import Rule, Word

if TYPE_CHECKING:
    from PIL import Image

    from prongsai.reading.imaging.model import Pixels

_LEAST_SIGHT = 0.5
"""A page has no numeral where the probabilities of all that looks like one add up to less."""
_UPSIDE_DOWN = 0.5


@dataclass(frozen=True, slots=True)
class ScanPage:
    """What was read off one page image; lengths in points of the page set upright."""

    words: tuple[Word, ...]
    rules: tuple[Rule, ...]
    version: str
    """Who read the words; numerals carry their own reader's."""
    turned_degrees: int
    """By how much the image was turned clockwise to stand upright, in steps of 90."""
    skew_degrees: float
    """By how much it was then turned clockwise to lie level."""
    width_pt: float
    height_pt: float
    is_skimmed: bool = False
    """Whether the page was left at a look for numerals, of which there are none."""


def read_scan(image: Image.Image, dpi: float, timeout_s: float, knowledge: GlyphKnowledge, *, must_read: bool = True) -> ScanPage:
    """The words of a page image (in colour or grey, `dpi` pixels an inch) in reading order, and its ruled lines.

    Numerals that are not sure come out as UNREAD with their likely readings. Unless `must_read`, a page on which no
    numeral is seen is skimmed: its words are not read. Raises ToolMissing, and PageFailed where Tesseract fails or takes
    longer than `timeout_s`.
    """
    require_tesseract()
    reader = numeral_reader()
    page = prepare(image, dpi, _looks_flipped(reader))
    lines = reader.read([LineImage.cut(page.grey, one.x0, one.top, one.x1, one.bottom) for one in page.segments])
    cuts = [cut_line(segment, line, page.dpi) for segment, line in zip(page.segments, lines, strict=True)]
    seen = sum(token.probability for line in lines for token in line.tokens if is_numeral(token))
    is_skimmed = seen < _LEAST_SIGHT and not must_read
    pieces = [] if is_skimmed else [piece for cut in cuts for piece in cut.pieces]
    readings = read_words(page, pieces, timeout_s, knowledge)
    words = words_of(cuts, readings, 72 / page.dpi, reader.version, stained_share(page.stains))
    return ScanPage(
        words=words,
        rules=page.rules,
        version=letter_reader().version if pieces else reader.version,
        turned_degrees=page.turned_degrees,
        skew_degrees=page.skew_degrees,
        width_pt=page.grey.shape[1] / page.dpi * 72,
        height_pt=page.grey.shape[0] / page.dpi * 72,
        is_skimmed=is_skimmed,
    )


def _looks_flipped(reader: NumeralReader) -> Callable[[Sequence[Pixels]], bool]:
    def look(crops: Sequence[Pixels]) -> bool:
        readings = reader.read([LineImage(crop) for crop in crops])
        return bool(readings) and sum(reading.flipped for reading in readings) > _UPSIDE_DOWN * len(readings)

    return look
