"""What is installed, what is missing, and how to get it: the report of `prongsai doctor`."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from prongsai import __version__
from prongsai.console.layout import pad, wrap
from prongsai.console.words import say
from prongsai.errors import ProngsaiError
from prongsai.knowledge import load_knowledge

if TYPE_CHECKING:
    from prongsai.reading.probe import Installed

NEEDED_PACKAGES = (
    "altair",
    "duckdb",
    "filelock",
    "fsspec",
    "geothai",
    "jinja2",
    "markupsafe",
    "msgspec",
    "numpy",
    "onnxruntime",
    "opencv-python-headless",
    "ortools",
    "pandas",
    "pdfplumber",
    "pillow",
    "platformdirs",
    "pyarrow",
    "pypdfium2",
    "pytesseract",
    "pythainlp",
    "rapidfuzz",
    "rich",
    "starlette",
    "tenacity",
    "uvicorn",
    "vl-convert-python",
    "xlsxwriter",
)
SYNTH_PACKAGES = ("fpdf2", "uharfbuzz")


def examine() -> tuple[str, bool]:
    """The report, and whether nothing that a run needs is missing."""
    needed = {name: _version(name) for name in NEEDED_PACKAGES}
    synth = {name: _version(name) for name in SYNTH_PACKAGES}
    missing = [name for name, found in needed.items() if found is None]
    rows = [("Prongsai", __version__), ("Python", f"{platform.python_version()} on {platform.system()} {platform.machine()}")]
    advice = [f"Packages are missing: pip install {' '.join(missing)}"] if missing else []
    try:
        knowledge = load_knowledge()
        years = sorted(knowledge.frameworks)
        rows.append(("patterns", f"{knowledge.version}, fiscal years {years[0]} to {years[-1]}"))
    except ProngsaiError as error:
        rows.append(("patterns", "cannot be used"))
        advice.append(str(error))
    if not missing:
        # The probe itself imports packages, so that it can only be asked where they are all there.
        from prongsai.reading.probe import installed

        found = installed()
        rows += _of_reading(found)
        advice += found.advice
    is_healthy = not advice
    if None in synth.values():
        advice.append("Only `prongsai synth` needs these: pip install 'prongsai[synth]'")
    lines = [f"{pad(name, 12)}{what}" for name, what in rows]
    # No line ends between a name and its version.
    told = (f"{name}\N{NO-BREAK SPACE}{found or 'MISSING'}" for name, found in {**needed, **synth}.items())
    lines += ["packages", wrap(", ".join(told), "  ").replace("\N{NO-BREAK SPACE}", " ")]
    lines += [wrap(one, "! ") for one in advice]
    lines.append("Ready to run." if is_healthy else "Something is missing; the lines above that begin with ! say how to get it.")
    lines.append(say("doctor.ready" if is_healthy else "doctor.missing"))
    return "\n".join(lines), is_healthy


def _of_reading(found: Installed) -> list[tuple[str, str]]:
    languages = ", ".join(found.languages) or "none"
    return [
        ("pdfium", found.pdfium),
        ("Tesseract", f"{found.tesseract}, languages {languages}" if found.tesseract else "MISSING"),
        ("numerals", found.numerals or "MISSING"),
        ("letters", found.letters or "MISSING"),
        ("fonts", found.fonts_note),
    ]


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
