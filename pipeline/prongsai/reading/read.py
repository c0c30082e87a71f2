"""A source becomes pages, one at a time, whatever its kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from prongsai.errors import InputRejected, PageFailed, ToolMissing
from prongsai.language.repair import GlyphKnowledge
from prongsai.records import Kind, OcrMode, Options, Page, Reader, Source

if TYPE_CHECKING:
    from PIL import Image


def read_pages(source: Source, options: Options, knowledge: GlyphKnowledge, *, leaves_scans: bool = False) -> Iterator[Page]:
    """The pages of a document in order, opened, given and closed one at a time, so that memory stays flat.

    `knowledge` is a `prongsai.knowledge.Knowledge`, of which only the glyphs are used. A page that cannot be read has a
    `failure` and no words. Where it `leaves_scans`, pages that have to be read by OCR come as `is_left`: their numbers alone, to
    be asked for one by one with `options.pages`. A document with more than `options.max_pages` pages ends in one more page that is
    numbered after the last one read and whose `failure` says how many were left out.
    Raises InputRejected, when the first page is asked for, where the document cannot be opened at all.
    """
    wanted = [number for number in range(1, count_pages(source) + 1) if options.wants(number)]
    left_out = len(wanted) - options.max_pages
    for read, page in enumerate(_pages(source, options, knowledge, leaves_scans), start=1):
        yield page
        if read >= options.max_pages and left_out > 0:
            failure = f"{left_out:,} more pages not read: raise --max-pages above {options.max_pages}"
            yield Page(page.number + 1, 0.0, 0.0, Reader.TEXT, "", failure=failure)
            return


def count_pages(source: Source) -> int:
    """How many pages a document states, without reading them. Raises InputRejected as `read_pages` does."""
    if source.kind is Kind.PDF:
        from prongsai.reading.pdf import count_pdf_pages

        return count_pdf_pages(source)
    if source.kind is Kind.IMAGE:
        from prongsai.reading.images import count_frames

        return count_frames(source)
    if source.kind is Kind.TEXT:
        from prongsai.reading.given import count_text_pages

        return count_text_pages(source)
    raise InputRejected("the file is of no kind that can be read", source.path, "Give PDF, PNG, JPEG, TIFF or text")


def _pages(source: Source, options: Options, knowledge: GlyphKnowledge, leaves_scans: bool) -> Iterator[Page]:
    if source.kind is Kind.PDF:
        from prongsai.reading.pdf import read_pdf

        return read_pdf(source, options, knowledge, leaves_scans=leaves_scans)
    if source.kind is Kind.IMAGE:
        return _read_frames(source, options, knowledge, leaves_scans)
    from prongsai.reading.given import read_given

    return read_given(source, options, knowledge)


def _read_frames(source: Source, options: Options, knowledge: GlyphKnowledge, leaves_scans: bool) -> Iterator[Page]:
    from prongsai.reading.images import open_image

    with open_image(source) as image:
        for number in range(1, int(getattr(image, "n_frames", 1)) + 1):
            if options.wants(number):
                is_left = leaves_scans and options.ocr is not OcrMode.NEVER
                yield Page(number, 0.0, 0.0, Reader.OCR, "", is_left=True) if is_left else _read_frame(image, number, options, knowledge)


def _read_frame(image: Image.Image, number: int, options: Options, knowledge: GlyphKnowledge) -> Page:
    """One frame read as a scan, its size in points from its resolution."""
    from prongsai.reading.images import FIRST_PAGES, load_frame
    from prongsai.reading.scan import read_scan

    width = height = 0.0
    try:
        loaded, dpi = load_frame(image, number, options)
        width, height = loaded.width / dpi * 72, loaded.height / dpi * 72
        if options.ocr is OcrMode.NEVER:
            raise PageFailed("an image can only be read by OCR, and OCR is off", next_step="Leave out --ocr never")
        found = read_scan(loaded, dpi, options.ocr_timeout_s, knowledge, must_read=number <= FIRST_PAGES)
    except (PageFailed, ToolMissing) as error:
        return Page(number, width, height, Reader.OCR, "", judgement="an image", failure=str(error), may_pass=error.may_pass)
    return Page(
        number=number,
        width_pt=found.width_pt,
        height_pt=found.height_pt,
        reader=Reader.OCR,
        reader_version=found.version,
        words=found.words,
        rules=found.rules,
        judgement="an image",
        is_skimmed=found.is_skimmed,
        turned_degrees=found.turned_degrees,
        straightened_degrees=found.skew_degrees,
    )
