"""What results depend on beside the documents: the program with its models, `patterns/`, the libraries and Tesseract."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from prongsai.knowledge.load import patterns_folder, version_of

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
        "program": version_of(Path(__file__).parents[1], (".py", ".onnx", ".json", ".toml")),
        "patterns": version_of(patterns_folder()),
        "tesseract": f"{tesseract.label} {tesseract.model_sha256}" if tesseract else "",
        **{name: _version(name) for name in READ_WITH},
    }
    return json.dumps(told, sort_keys=True)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
