"""What the tests of made reports share."""

from __future__ import annotations

import importlib.util

import pytest

from prongsai.errors import ToolMissing
from prongsai.knowledge import Knowledge, load_knowledge


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def _pdf_tools() -> None:
    missing = [name for name in ("fpdf", "uharfbuzz", "pypdfium2", "pythainlp") if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(f"made PDFs need {', '.join(missing)}: pip install 'prongsai[synth]'")
    from prongsai.synthesis.fonts import find_families

    try:
        find_families()
    except ToolMissing as absent:
        pytest.skip(str(absent))
