"""The real reports, printed, stamped and scanned: their tables come out whole."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from prongsai.layout.grids import find_grids
from prongsai.reading.imaging import prepare

PDFS = Path(__file__).parents[4] / "shared" / "pdf"
CASES = [
    ("bang-krabue-2565.scan200.pdf", 1, 200, [(11, 3, 33), (9, 2, 13)]),
    ("lopburi-pao-2568.scan300.pdf", 4, 300, [(7, 3, 21)]),
]


@pytest.mark.skipif(not PDFS.is_dir(), reason="the scans of the real reports (../shared/pdf) are not on this machine")
@pytest.mark.parametrize(("name", "number", "dpi", "shapes"), CASES)
def test_tables_come_out_whole(name: str, number: int, dpi: int, shapes: list[tuple[int, int, int]]) -> None:
    document = pypdfium2.PdfDocument(PDFS / name)
    try:
        image = document[number - 1].render(scale=dpi / 72).to_pil().convert("RGB")
    finally:
        document.close()
    grids = find_grids(prepare(image, dpi).rules)
    assert [(len(grid.ys) - 1, len(grid.xs) - 1, len(grid.regions)) for grid in grids] == shapes
