"""Small PDFs written by hand, and the knowledge that reading needs."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from prongsai.reading.probe import installed
from prongsai.records import Kind, Source

SHARED = Path(__file__).parents[3] / "shared"


@dataclass(frozen=True)
class Glyphs:
    """Stands for the part of the knowledge that reading uses."""

    glyphs: Mapping[str, str] = field(default_factory=lambda: {"\uf70a": "่", "\uf70b": "้"})


@dataclass(frozen=True)
class PdfPage:
    """A page to be written: its content stream, and entries of its dictionary."""

    content: str = ""
    box: tuple[float, float, float, float] = (0, 0, 595, 842)
    extra: str = ""


def pdf_bytes(pages: Sequence[PdfPage], objects: Mapping[int, str] | None = None, to_unicode: Mapping[int, str] | None = None) -> bytes:
    """A PDF of these pages; `objects` replaces objects by number, `to_unicode` says what the codes of font F1 mean.

    Object 1 is the catalogue, 2 the page tree, 3 the font, 4 its map, then a page and its content by turns.
    """
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(len(pages)))
    lines = "\n".join(f"<{code:02x}> <{text.encode('utf-16-be').hex()}>" for code, text in (to_unicode or {}).items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(to_unicode or {})} beginbfchar\n{lines}\nendbfchar\nendcmap end end"
    )
    has_map = "/ToUnicode 4 0 R" if to_unicode else ""
    bodies = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        3: f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding {has_map}>>",
        4: f"<</Length {len(cmap)}>>stream\n{cmap}\nendstream",
    }
    for at, page in enumerate(pages):
        box = " ".join(f"{side:g}" for side in page.box)
        bodies[5 + 2 * at] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Resources<</Font<</F1 3 0 R>>>>/Contents {6 + 2 * at} 0 R {page.extra}>>"
        )
        bodies[6 + 2 * at] = f"<</Length {len(page.content.encode('latin-1'))}>>stream\n{page.content}\nendstream"
    bodies |= dict(objects or {})
    out = bytearray(b"%PDF-1.7\n")
    offsets = {}
    for number in sorted(bodies):
        offsets[number] = len(out)
        out += f"{number} 0 obj\n{bodies[number]}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    for number in sorted(bodies):
        out += f"{offsets[number]:010d} 00000 n \n".encode()
    out += f"trailer<</Size {len(bodies) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


@pytest.fixture
def knowledge() -> Glyphs:
    return Glyphs()


@pytest.fixture
def source(tmp_path: Path) -> Callable[[bytes, Kind], Source]:
    """Writes bytes to a file and gives the source that intake would make of it."""

    def make(data: bytes, kind: Kind) -> Source:
        path = tmp_path / f"input-{len(list(tmp_path.iterdir()))}"
        path.write_bytes(data)
        return Source(path.as_posix(), hashlib.sha256(data).hexdigest(), kind, len(data))

    return make


@pytest.fixture
def pdf(source: Callable[[bytes, Kind], Source]) -> Callable[..., Source]:
    """Writes a PDF of content streams or `PdfPage`s."""

    def make(*pages: str | PdfPage, **options: Mapping[int, str]) -> Source:
        return source(pdf_bytes([PdfPage(page) if isinstance(page, str) else page for page in pages], **options), Kind.PDF)

    return make


@pytest.fixture
def shared() -> Path:
    """The folder of shared reports; tests that need it are skipped where it is not there."""
    if not (SHARED / "pdf").is_dir():
        pytest.skip("the shared reports are not on this machine")
    return SHARED


@pytest.fixture
def tesseract() -> None:
    """Tests that need Tesseract with Thai are skipped where it is not installed."""
    if not installed().has_thai:
        pytest.skip("Tesseract with its model for Thai is not installed")
