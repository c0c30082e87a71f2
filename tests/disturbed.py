"""The command `prongsai run` with every call noted, and pages of scans made up: for tests that break it on its way.

    python -c "from tests.disturbed import main; main()" LOG ARGUMENTS

The scans' pages take a moment each, but no OCR.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from importlib import import_module
from pathlib import Path

from prongsai import cli, dealing
from prongsai.document import begin, finish
from prongsai.records import Box, Options, Page, Reader, Source, Word
from prongsai.records.codec import encode

LOG = "PRONGSAI_TEST_LOG"
UNSURE = "PRONGSAI_TEST_UNSURE"
"""Environment variable: where it is set, every word of a scan is read by Tesseract too."""
PAGE_S = 0.05


def noted(what: str, source: Source) -> None:
    """Adds a line to the log, whole or not at all."""
    file = os.open(os.environ[LOG], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    try:
        os.write(file, f"{what} {Path(source.path).name}\n".encode())
    finally:
        os.close(file)


def noted_begin(source: Source, options: Options) -> bytes:
    noted("begin", source)
    if UNSURE in os.environ:
        setattr(import_module("prongsai.reading.wording"), "_STRANGE", 2.0)  # noqa: B010
    return begin(source, options)


def noted_page(source: Source, options: Options, number: int) -> bytes:
    """Made up from the document and its number, so that a page in another's place would show."""
    noted(f"page {number}", source)
    time.sleep(PAGE_S)
    words = tuple(
        Word(text, Box(50 + 90 * at, 80, 120 + 90 * at, 96), 1, 0.9) for at, text in enumerate((source.doc_id[:6], f"{number}", "9.50"))
    )
    return encode(Page(number, 595.0, 842.0, Reader.OCR, "made up", words))


def noted_finish(source: Source, options: Options, pages: list[bytes]) -> bytes:
    noted("finish", source)
    return finish(source, options, pages)


def main() -> None:
    """Runs the command; its log is the first argument."""
    os.environ[LOG] = sys.argv[1]
    # A shell that runs the tests in the background has its children ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # Somebody may edit the program while its tests run.
    setattr(import_module("prongsai.run"), "versions_here", lambda: "these")  # noqa: B010 - a module has no such attribute to mypy
    for name, call in (("begin", noted_begin), ("read_left_page", noted_page), ("finish", noted_finish)):
        setattr(dealing, name, call)
    sys.exit(cli.main(sys.argv[2:]))
