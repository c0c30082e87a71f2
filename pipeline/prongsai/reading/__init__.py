"""Reading: a page becomes words with boxes, by its text layer, by OCR, or as text that was given."""

from __future__ import annotations

from prongsai.reading.read import count_pages, read_pages

__all__ = ["count_pages", "read_pages"]
