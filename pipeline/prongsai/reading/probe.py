"""What is installed that reading needs, and how to get what is missing: the ground of `prongsai doctor`."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from prongsai.errors import ToolMissing
from prongsai.reading.letters import LetterReader, letter_reader
from prongsai.reading.numerals import NumeralReader, numeral_reader
from prongsai.reading.ocr import HOW_TO_INSTALL, THAI, find_tesseract
from prongsai.reading.pdf import pdfium_version

_PACKAGES = ("pypdfium2", "onnxruntime", "opencv-python-headless", "pythainlp", "pillow", "numpy")


@dataclass(frozen=True, slots=True)
class Installed:
    """The foreign programs and libraries that reading uses, and what to do about those that are not there."""

    tesseract: str | None
    """Version, None where it is not installed."""
    languages: tuple[str, ...]
    has_thai: bool
    """Whether Tesseract has its model for Thai: without it pages without a text layer fail."""
    numerals: str | None
    """Version of the numeral reader's model, None where it is missing or broken."""
    letters: str | None
    """The same of the letter reader's."""
    pdfium: str
    packages: tuple[tuple[str, str], ...]
    """(name, version) of the libraries."""
    fonts_note: str
    """Whether this machine has Thai fonts: only drawing needs them, for PDFs that embed none."""
    advice: tuple[str, ...]
    """What to do, one line each; empty where nothing is missing."""


def installed() -> Installed:
    """Asks Tesseract, pdfium and fontconfig, each of which may be missing; never raises for that."""
    tesseract = find_tesseract()
    languages = tesseract.languages if tesseract else ()
    advice = []
    if tesseract is None or THAI not in languages:
        what = "Tesseract is not installed" if tesseract is None else "Tesseract has no model for Thai"
        advice.append(f"{what}: pages without a text layer will fail. {HOW_TO_INSTALL}")
    numerals = _version_of(numeral_reader, advice)
    letters = _version_of(letter_reader, advice)
    fonts = _count_thai_fonts()
    if fonts == 0:
        advice.append("No Thai font: PDFs that embed none cannot be drawn for OCR. apt-get install fonts-thai-tlwg")
    return Installed(
        tesseract=tesseract.version if tesseract else None,
        languages=languages,
        has_thai=THAI in languages,
        numerals=numerals,
        letters=letters,
        pdfium=pdfium_version(),
        packages=tuple((name, _version(name)) for name in _PACKAGES),
        fonts_note="not known: fontconfig is not installed" if fonts is None else f"{fonts} Thai fonts",
        advice=tuple(advice),
    )


def _version_of(reader: Callable[[], NumeralReader | LetterReader], advice: list[str]) -> str | None:
    """The version of a reader's model; where it cannot be used, None and what to do about it."""
    try:
        return reader().version
    except ToolMissing as error:
        advice.append(str(error))
        return None


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


def _count_thai_fonts() -> int | None:
    """How many fonts cover Thai, None where fontconfig cannot say."""
    program = shutil.which("fc-list")
    if program is None:
        return None
    try:
        done = subprocess.run([program, ":lang=th", "file"], capture_output=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return len(done.stdout.splitlines())
