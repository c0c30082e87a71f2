"""The only door to Tesseract: probed once, timed out, its complaints translated.

Settings were chosen on 16 scanned pages of three reports in Thai numerals (200 and 300 dpi) and a table of 255 decimals
in Arabic ones; mode 6 lost the whole table.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import TYPE_CHECKING, Any

from prongsai.errors import PageFailed, ToolMissing
from prongsai.language.repair import GlyphKnowledge, repair
from prongsai.reading.numerals import has_read_numeral, withhold_poor, withhold_unconfirmed, withhold_unsure
from prongsai.records import Box, Word

if TYPE_CHECKING:
    from PIL import Image

OCR_DPI = 300
"""Resolution at which pages are drawn for Tesseract: its models were trained at 300 dpi."""
PAGE_MODE = 11
"""Sparse text. On pages of ruled tables it sees up to 28 numerals where mode 3 sees 1 to 12, at 2 % fewer words."""
THAI, LATIN = "tha", "eng"
"""`tha` alone has no Latin letters and writes digits for them: 3 to 10 false Arabic ones a page, with `eng` none on most."""
HOW_TO_INSTALL = (
    "Install it (Debian, Ubuntu: apt-get install tesseract-ocr tesseract-ocr-tha; macOS: brew install tesseract tesseract-lang)"
)
_JOIN = 0.45
"""Tesseract gives Thai letter by letter: boxes nearer than this share of their height are one word."""
_SECOND_SCALE = 1.2
"""Pages of Arabic numerals are read again at another size, and only what is read alike both times passes: one score in
250 was wrong at a confidence of 0.93."""
_STEEPEST_DEGREES = 3.0
_LEAST_DEGREES = 0.15


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The Tesseract that is installed."""

    version: str
    languages: tuple[str, ...]

    @property
    def model(self) -> str:
        """The languages a page is read with."""
        return f"{THAI}+{LATIN}" if LATIN in self.languages else THAI

    @property
    def label(self) -> str:
        """For the column `reader_version`."""
        return f"tesseract {self.version} {self.model}"


@dataclass(frozen=True, slots=True)
class OcrPage:
    """What OCR made of one page image."""

    words: tuple[Word, ...]
    version: str
    skew_degrees: float
    """By how much the image was turned clockwise about its middle before reading; boxes are those of the turned page."""


@lru_cache(maxsize=1)
def find_tesseract() -> Tesseract | None:
    """The installed Tesseract, None where there is none that starts; asked once in a process."""
    import pytesseract

    try:
        version = str(pytesseract.get_tesseract_version())
        languages = tuple(sorted(pytesseract.get_languages(config="")))
    except (OSError, pytesseract.TesseractError, SystemExit):
        # TesseractNotFoundError is an OSError; pytesseract leaves by SystemExit where the version makes no sense to it.
        return None
    return Tesseract(version, languages)


def require_tesseract() -> Tesseract:
    """The installed Tesseract with a model for Thai; raises ToolMissing with how to get what is missing."""
    found = find_tesseract()
    if found is None:
        raise ToolMissing("Tesseract is not installed, so pages without a text layer cannot be read", next_step=HOW_TO_INSTALL)
    if THAI not in found.languages:
        raise ToolMissing(f"Tesseract {found.version} has no model for Thai", next_step=HOW_TO_INSTALL)
    return found


def read_image(image: Image.Image, dpi: float, scan_dpi: float, timeout_s: float, knowledge: GlyphKnowledge) -> OcrPage:
    """The words of a page image (grey, `dpi` pixels an inch), line by line, boxes in points, confidence 0-1.

    `scan_dpi` is the resolution at which the page was scanned, before it was drawn at `dpi`. Numerals that cannot be
    trusted come out unread. Raises ToolMissing, and PageFailed where Tesseract fails or takes longer than `timeout_s`.
    """
    tesseract = require_tesseract()
    skew = find_skew(image)
    if skew:
        image = straighten(image, skew)
    words = withhold_unsure(_read_once(image, dpi, timeout_s, tesseract, knowledge), scan_dpi)
    if has_read_numeral(words):
        size = (round(image.width * _SECOND_SCALE), round(image.height * _SECOND_SCALE))
        again = _read_once(image.resize(size), dpi * _SECOND_SCALE, timeout_s, tesseract, knowledge)
        words = withhold_poor(withhold_unconfirmed(words, again))
    # The call site of a reader of numerals: it would get crops of `image` along these lines, and settle what is withheld.
    return OcrPage(words, tesseract.label, skew)


def _read_once(image: Image.Image, dpi: float, timeout_s: float, tesseract: Tesseract, knowledge: GlyphKnowledge) -> list[Word]:
    return [_mended(word, knowledge) for word in _words(_ask(image, dpi, timeout_s, tesseract), 72 / dpi)]


def _ask(image: Image.Image, dpi: float, timeout_s: float, tesseract: Tesseract) -> dict[str, list[Any]]:
    import pytesseract

    # Four times faster on two cores when several workers run; Tesseract reads it when it starts.
    os.environ["OMP_THREAD_LIMIT"] = "1"
    try:
        found: dict[str, list[Any]] = pytesseract.image_to_data(
            image,
            lang=tesseract.model,
            config=f"--psm {PAGE_MODE} --dpi {round(dpi)}",
            timeout=timeout_s,
            output_type=pytesseract.Output.DICT,
        )
    except RuntimeError as error:
        if isinstance(error, pytesseract.TesseractError):
            lines = str(error.message).strip().splitlines() or ["no message"]
            raise PageFailed(f"Tesseract failed: {lines[-1][:200]}", next_step="See `prongsai doctor`") from error
        raise PageFailed(f"Tesseract took longer than {timeout_s:g} s", next_step="Give a cleaner or smaller scan of this page") from error
    except (OSError, UnicodeDecodeError) as error:
        raise PageFailed(f"Tesseract could not be run: {error}", next_step="See `prongsai doctor`") from error
    return found


@dataclass(slots=True)
class _Line:
    """A line of Tesseract's, cut into words; lengths in points."""

    middle: float
    height: float
    words: list[tuple[str, Box, float]]


def _words(rows: dict[str, list[Any]], unit: float) -> list[Word]:
    """Tesseract's boxes as words in reading order: letters joined, lines of several blocks on one level numbered as one."""
    found: dict[tuple[int, int, int], list[tuple[str, Box, float]]] = {}
    columns = ("level", "block_num", "par_num", "line_num", "text", "left", "top", "width", "height", "conf")
    for level, block, paragraph, line, text, left, top, width, height, confidence in zip(*(rows[name] for name in columns), strict=True):
        text = str(text).strip()
        if int(level) == 5 and text:
            box = Box(left * unit, top * unit, (left + width) * unit, (top + height) * unit)
            found.setdefault((block, paragraph, line), []).append((text, box, max(float(confidence), 0.0) / 100))
    lines = sorted((_line(pieces) for pieces in found.values()), key=lambda line: line.middle)
    words: list[Word] = []
    number = 0
    level_line: list[_Line] = []
    for line in [*lines, None]:
        if line is not None and level_line and line.middle - level_line[0].middle < 0.4 * min(line.height, level_line[0].height):
            level_line.append(line)
            continue
        if level_line:
            number += 1
            members = sorted((word for member in level_line for word in member.words), key=lambda word: word[1].x0)
            words += [Word(text, box, number, round(confidence, 4)) for text, box, confidence in members]
        level_line = [] if line is None else [line]
    return words


def _line(pieces: list[tuple[str, Box, float]]) -> _Line:
    height = median(box.height for _, box, _ in pieces)
    middle = median((box.top + box.bottom) / 2 for _, box, _ in pieces)
    joined: list[tuple[str, Box, float]] = []
    for text, box, confidence in pieces:
        if joined and -height < box.x0 - joined[-1][1].x1 < _JOIN * height:
            before, around, least = joined[-1]
            joined[-1] = (before + text, around.join(box), min(least, confidence))
        else:
            joined.append((text, box, confidence))
    return _Line(middle, height, joined)


def _mended(word: Word, knowledge: GlyphKnowledge) -> Word:
    """Tesseract prints sara am in two; the repairs of text layers serve here too."""
    text = repair(word.text, knowledge).text
    return word if text == word.text else Word(text, word.box, word.line, word.confidence)


def find_skew(image: Image.Image) -> float:
    """By how many degrees clockwise an image must be turned so that its lines are level, 0 where it is level already.

    The angle at which the rows' darkness varies most (Postl's projection), on a copy of about 60 dpi: some 0.3 s a page.
    """
    import numpy as np
    import PIL.Image

    small = image.convert("L")
    small.thumbnail((700, 700), PIL.Image.Resampling.BOX)
    ink = PIL.Image.fromarray((255 - np.asarray(small)).astype(np.uint8))

    def sharpness(degrees: float) -> float:
        rows = np.asarray(ink.rotate(-degrees, PIL.Image.Resampling.BILINEAR), dtype=np.float64).sum(axis=1)
        return float(np.square(np.diff(rows)).sum())

    coarse = max(np.arange(-_STEEPEST_DEGREES, _STEEPEST_DEGREES + 0.01, 0.5), key=sharpness)
    fine = float(max(np.arange(coarse - 0.4, coarse + 0.41, 0.1), key=sharpness))
    return round(fine, 2) if _LEAST_DEGREES <= abs(fine) < _STEEPEST_DEGREES and sharpness(fine) > 1.05 * sharpness(0.0) else 0.0


def straighten(image: Image.Image, degrees: float) -> Image.Image:
    """The image turned clockwise about its middle by `degrees`, same size, white where nothing was."""
    import PIL.Image

    return image.convert("L").rotate(-degrees, PIL.Image.Resampling.BICUBIC, fillcolor=255)
