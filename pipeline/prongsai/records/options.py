"""What a user may say about how documents are read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class OcrMode(StrEnum):
    """When pages are read by OCR: where the text layer fails, on every page, or not at all."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Options:
    """What a user may say about how documents are read; the same for every document of a run."""

    ocr: OcrMode = OcrMode.AUTO
    fiscal_year: int | None = None
    """The year of the result where the documents themselves leave it open."""
    pages: tuple[tuple[int, int], ...] = ()
    """1-based, inclusive ranges; empty means every page."""
    max_pages: int = 2000
    """A document with more pages is read up to here and is `partial`."""
    max_page_side_pt: float = 14400.0
    """A page with a longer side is not rendered: 200 inches is the limit of PDF 1.7, section C.2."""
    ocr_timeout_s: float = 120.0

    def wants(self, page: int) -> bool:
        """Whether the page with this 1-based number is to be read."""
        return not self.pages or any(first <= page <= last for first, last in self.pages)
