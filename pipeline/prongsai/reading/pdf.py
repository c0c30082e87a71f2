"""PDF through pdfium: opened under guard, read page by page, the text layer where it can be trusted and OCR where not."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from prongsai.errors import InputLost, InputRejected, PageFailed, ToolMissing
from prongsai.language.repair import GlyphKnowledge
from prongsai.reading.drawing import Drawing, read_drawing
from prongsai.reading.figures import FigureReader, Figures
from prongsai.reading.frame import Frame
from prongsai.reading.glyphs import page_frame, read_glyphs
from prongsai.reading.images import FIRST_PAGES
from prongsai.reading.scan import ScanPage, read_scan
from prongsai.reading.triage import Verdict, judge
from prongsai.reading.withholding import withhold_numerals
from prongsai.reading.words import Layer, build_layer
from prongsai.records import OcrMode, Options, Page, Reader, Source

if TYPE_CHECKING:
    import pypdfium2
    from PIL import Image

_MOST_CHARACTERS = 200_000
"""Characters of one page; a full page of small print has 10,000."""
_MOST_LOST_IN_A_ROW = 50
"""A document that cannot give this many pages one after the other states more pages than it has."""
_LEAST_DPI = 100
_LEAST_DRAWN_DPI, _MOST_DRAWN_DPI = 200.0, 300.0
"""Print that is drawn and not scanned is clear at the first of these; finer scans than the second read no better."""


@lru_cache(maxsize=1)
def pdfium_version() -> str:
    """For the column `reader_version`."""
    from pypdfium2.version import PDFIUM_INFO

    return f"pdfium {PDFIUM_INFO}"


@contextmanager
def open_pdf(source: Source) -> Iterator[pypdfium2.PdfDocument]:
    """The document, closed again whatever happens. Raises InputRejected where it is locked, broken or empty."""
    import pypdfium2

    if not Path(source.file).exists():
        raise InputLost("the file is gone", source.path, "Check that it is still there")
    _forget_last_error()
    try:
        document = pypdfium2.PdfDocument(source.file)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise InputRejected("the PDF is locked with a password", source.path, "Give an unlocked copy") from error
        if "security" in str(error).lower():
            raise InputRejected("the PDF is locked in a way that cannot be opened", source.path, "Give an unlocked copy") from error
        raise InputRejected("the PDF is broken or cut off", source.path, "Download it again, or print it to a new PDF") from error
    except OSError as error:
        raise InputLost(f"the file cannot be read ({error.strerror or error})", source.path, "Check its permissions") from error
    try:
        if len(document) < 1:
            raise InputRejected("the PDF has no pages", source.path, "Download it again, or print it to a new PDF")
        yield document
    finally:
        document.close()


def _forget_last_error() -> None:
    """Leaves a format error as pdfium's last one: it sets none for a document without pages, so that such a document
    was called locked in the worker that had met a locked one before, and only there.
    """
    import pypdfium2.raw as raw

    raw.FPDF_LoadMemDocument(b"", 0, None)


def count_pdf_pages(source: Source) -> int:
    """How many pages the document states."""
    with open_pdf(source) as document:
        return len(document)


def read_pdf(source: Source, options: Options, knowledge: GlyphKnowledge, *, leaves_scans: bool = False) -> Iterator[Page]:
    """The pages that the user wants, one at a time, each closed before the next is opened; see `read_pages`."""
    with open_pdf(source) as document:
        lost = 0
        count = len(document)
        figures = FigureReader(partial(_read_figure, options=options, knowledge=knowledge))
        for number in range(1, count + 1):
            if not options.wants(number):
                continue
            page = _read_numbered(document, number, options, knowledge, figures, leaves_scans)
            yield page
            lost = lost + 1 if page.failure and not page.width_pt else 0
            if lost >= _MOST_LOST_IN_A_ROW:
                yield failed_page(number + 1, f"{count - number:,} more pages not read: none of the last {lost} could be opened")
                return


def _read_numbered(
    document: pypdfium2.PdfDocument,
    number: int,
    options: Options,
    knowledge: GlyphKnowledge,
    figures: FigureReader,
    leaves_scans: bool,
) -> Page:
    import pypdfium2

    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return failed_page(number, "the page is broken. Print the document to a new PDF")
    try:
        return read_pdf_page(page, number, options, knowledge, figures, leaves_scans=leaves_scans)
    except pypdfium2.PdfiumError as error:
        return failed_page(number, f"the page is broken ({error}). Print the document to a new PDF")
    finally:
        page.close()


def failed_page(number: int, failure: str, frame: Frame | None = None, judgement: str = "", *, may_pass: bool = False) -> Page:
    """A page that could not be read, and why."""
    width, height, turned = (frame.width_pt, frame.height_pt, frame.turned_degrees) if frame else (0.0, 0.0, 0)
    page = Page(number, width, height, Reader.TEXT, pdfium_version(), judgement=judgement, failure=failure, may_pass=may_pass)
    return replace(page, turned_degrees=turned)


def _read_figure(image: Image.Image, dpi: float, options: Options, knowledge: GlyphKnowledge) -> ScanPage:
    """A picture on a page; where it holds no numeral, it is left at a look."""
    return read_scan(image, dpi, options.ocr_timeout_s, knowledge, must_read=False)


def read_pdf_page(
    page: pypdfium2.PdfPage,
    number: int,
    options: Options,
    knowledge: GlyphKnowledge,
    figures: FigureReader | None = None,
    *,
    leaves_scans: bool = False,
) -> Page:
    """One page: its text layer if `judge` keeps it, with what stands in its pictures; else OCR; as a failed page where
    neither gives words."""
    frame = page_frame(page)
    frame, layer, has_more = _read_layer(page, frame, knowledge)
    drawing = read_drawing(page, frame)
    verdict = judge(layer, drawing)
    wants_ocr = options.ocr is OcrMode.ALWAYS or (options.ocr is OcrMode.AUTO and not verdict.is_kept)
    if wants_ocr and not verdict.is_blank:
        if leaves_scans:
            return Page(number, frame.width_pt, frame.height_pt, Reader.OCR, "", is_left=True)
        return _read_by_ocr(page, number, frame, drawing, verdict, options, knowledge)
    if not verdict.is_kept and not layer.words:
        return failed_page(number, f"{verdict.label}, and OCR is off: leave out --ocr never", frame, verdict.label)
    seen, missed, may_pass = Figures(), "", False
    if figures is not None and options.ocr is not OcrMode.NEVER:
        try:
            seen = figures.look(page, frame, layer.words)
        except (PageFailed, ToolMissing) as error:
            missed, may_pass = f"pictures not read ({error.what})", error.may_pass
    pictures = f"{seen.n_read} pictures read" if seen.n_read else missed
    notes = [verdict.label, drawing.note, f"more than {_MOST_CHARACTERS} characters" if has_more else "", pictures]
    return Page(
        number=number,
        width_pt=frame.width_pt,
        height_pt=frame.height_pt,
        reader=Reader.TEXT,
        reader_version=pdfium_version(),
        # Where the user wants no OCR, an old one is trusted for its words only.
        words=(*(withhold_numerals(layer.words) if verdict.is_old_ocr else layer.words), *seen.words),
        rules=(*drawing.rules, *seen.rules),
        judgement="; ".join(note for note in notes if note),
        repairs=layer.repairs,
        may_pass=may_pass,
        turned_degrees=frame.turned_degrees,
    )


def _read_layer(page: pypdfium2.PdfPage, frame: Frame, knowledge: GlyphKnowledge) -> tuple[Frame, Layer, bool]:
    """The text layer, the page turned upright first where most of its writing runs up or down."""
    glyphs, has_more = read_glyphs(page, frame, _MOST_CHARACTERS)
    if len(glyphs) >= 20:
        for turn in (90, 180, 270):
            if (glyphs.turn == turn).mean() > 0.6:
                frame = frame.turned(turn)
                glyphs, has_more = read_glyphs(page, frame, _MOST_CHARACTERS)
                break
    return frame, build_layer(glyphs, frame, knowledge), has_more


def _read_by_ocr(
    page: pypdfium2.PdfPage, number: int, frame: Frame, drawing: Drawing, verdict: Verdict, options: Options, knowledge: GlyphKnowledge
) -> Page:
    try:
        dpi = drawing_dpi(frame, drawing, options)
        # In the byte order of PIL, so that nothing is copied.
        image = page.render(scale=dpi / 72, rotation=frame.turned_degrees, rev_byteorder=True).to_pil()
        found = read_scan(image, dpi, options.ocr_timeout_s, knowledge, must_read=number <= FIRST_PAGES)
    except (PageFailed, ToolMissing) as error:
        return failed_page(number, str(error), frame, verdict.label, may_pass=error.may_pass)
    width, height = (frame.height_pt, frame.width_pt) if found.turned_degrees % 180 else (frame.width_pt, frame.height_pt)
    return Page(
        number=number,
        width_pt=width,
        height_pt=height,
        reader=Reader.OCR,
        reader_version=found.version,
        words=found.words,
        rules=found.rules,
        judgement=verdict.label,
        is_skimmed=found.is_skimmed,
        turned_degrees=(frame.turned_degrees + found.turned_degrees) % 360,
        straightened_degrees=found.skew_degrees,
    )


def drawing_dpi(frame: Frame, drawing: Drawing, options: Options) -> float:
    """The resolution at which to draw a page for reading: that of the scan on it, within bounds. Raises PageFailed where the page,
    or an image on it, is too large."""
    area = frame.width_pt * frame.height_pt / 72**2
    is_within = max(frame.width_pt, frame.height_pt) <= options.max_page_side_pt and drawing.largest_image_px <= options.max_pixels
    dpi = min(max(drawing.image_dpi, _LEAST_DRAWN_DPI), _MOST_DRAWN_DPI, math.sqrt(options.max_pixels / 2 / area)) if area > 0 else 0.0
    if not is_within or dpi < _LEAST_DPI:
        size = f"{frame.width_pt:,.0f} x {frame.height_pt:,.0f} points, {drawing.largest_image_px:,} pixels in its largest image"
        raise PageFailed(f"the page is too large to draw ({size})", next_step="Scan it again at 300 dpi")
    return dpi
