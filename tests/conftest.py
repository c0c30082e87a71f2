"""Where the sample reports are, for the tests of whole runs."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from hypothesis import settings

from .s3 import bucket, door, moto, way

__all__ = ["bucket", "door", "moto", "way"]

# A machine that does other work meanwhile is slow, not wrong; and the same examples are tried everywhere.
settings.register_profile("prongsai", deadline=None, derandomize=True)
settings.load_profile("prongsai")

CORPUS = Path(__file__).parents[1] / "corpus"


def has_text(path: Path) -> bool:
    """Whether a document has text to read; asked of pdfium itself, not of the program's own judgement."""
    if path.suffix != ".pdf":
        return path.suffix in (".txt", ".md")
    document = pypdfium2.PdfDocument(path)
    try:
        return all(document[number].get_textpage().count_chars() > 50 for number in range(len(document)))
    finally:
        document.close()


def reports(*suffixes: str) -> list[Path]:
    """The corpus' documents that have text, of these kinds, in order."""
    found = sorted(path for suffix in suffixes for path in CORPUS.rglob(f"*{suffix}") if "truth" not in path.parts)
    return [path for path in found if path.name != "README.md" and has_text(path)]
