"""What results depend on beside the documents: the program with its models, `patterns/`, the libraries and Tesseract."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from prongsai.knowledge import patterns_folder

READ_WITH = (
    "geothai",
    "numpy",
    "onnxruntime",
    "opencv-python-headless",
    "ortools",
    "pdfplumber",
    "pillow",
    "pypdfium2",
    "pythainlp",
    "rapidfuzz",
)
"""Packages whose other version may read another number."""


def versions_here() -> str:
    """All of them as one line of JSON: the same on two machines that read alike."""
    from prongsai.reading.ocr import find_tesseract

    tesseract = find_tesseract()
    told = {
        "program": _digest(Path(__file__).parents[1], "*.py", "*.onnx", "*.json", "*.toml"),
        "patterns": _digest(patterns_folder(), "*.toml", "*.csv"),
        "tesseract": f"{tesseract.label} {tesseract.model_sha256}" if tesseract else "",
        **{name: _version(name) for name in READ_WITH},
    }
    return json.dumps(told, sort_keys=True)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _digest(folder: Path, *patterns: str) -> str:
    """Of the files' names and bytes."""
    digest = hashlib.sha256()
    for path in sorted(_files(folder, patterns)):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _files(folder: Path, patterns: tuple[str, ...]) -> Iterator[Path]:
    for pattern in patterns:
        yield from folder.rglob(pattern)
