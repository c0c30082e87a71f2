"""What a user may say about how and where documents are read."""

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
    max_pixels: int = 100_000_000
    """A page image with more is not read: an A3 sheet at 600 dpi has 70 million."""
    ocr_timeout_s: float = 120.0

    def wants(self, page: int) -> bool:
        """Whether the page with this 1-based number is to be read."""
        return not self.pages or any(first <= page <= last for first, last in self.pages)


@dataclass(frozen=True, slots=True)
class Limits:
    """The same for every process that reads; how many pages and pixels are read at most is among the options of a run."""

    memory_bytes: int = 4 << 30
    """Of one process, in memory of its own: what the kernel counts as data."""
    step_s: float = 300.0
    """How long a page, or what follows the last one, may take before the process is ended."""
    open_files: int = 512
    pages_per_process: int = 1000
    """After about so many pages a process is renewed, so that what a C library leaks is given back."""


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """Where a run's documents are read, and what each may use."""

    jobs: int = 1
    """Processes of this machine."""
    scheduler: str = ""
    """Address of the scheduler of a Dask cluster; empty for this machine."""
    limits: Limits = DEFAULT_LIMITS
