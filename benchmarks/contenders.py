"""One contender over one list of files, in this process; `speed` starts a fresh one for each measurement.

    python -m benchmarks.contenders NAME LIST FOLDER [OCR]

LIST is a file with one path a line, FOLDER takes what the contender writes. The answer is one line of JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

from .process import cpu_s, peak_mib, peak_of_children_mib


@dataclass(frozen=True, slots=True)
class Gain:
    """What a contender got out of the files: enough to see that it did its work."""

    pages: int
    got: str
    """What it gave and how much, like `812 scores`."""
    readers: tuple[tuple[str, int], ...] = ()
    """Prongsai alone: the pages by the reader that read them."""
    version: str = ""
    """Of a program that is no package of this environment."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A row of the table, and the work behind it."""

    title: str
    package: str
    work: Callable[[Sequence[str], Path, str], Gain]


def prongsai_work(jobs: int) -> Callable[[Sequence[str], Path, str], Gain]:
    """Prongsai end to end with a number of jobs."""

    def work(files: Sequence[str], folder: Path, ocr: str) -> Gain:
        import prongsai

        report = prongsai.run(files, out=folder, jobs=jobs, ocr=ocr)
        readers: Counter[str] = Counter()
        for document in report.tables.documents:
            readers.update(document.pages_by_reader)
        return Gain(report.pages, f"{len(report.tables.scores)} scores", tuple(sorted(readers.items())))

    return work


def _pdfplumber_tables(files: Sequence[str], folder: Path, ocr: str) -> Gain:
    import pdfplumber

    pages = tables = 0
    for file in files:
        with pdfplumber.open(file) as document:
            for page in document.pages:
                tables += len(page.extract_tables())
                pages += 1
                # Without it every page's objects stay until the file is closed; its own documentation advises it.
                page.close()
    return Gain(pages, f"{tables} tables")


def _pdfplumber_text(files: Sequence[str], folder: Path, ocr: str) -> Gain:
    import pdfplumber

    pages = characters = 0
    for file in files:
        with pdfplumber.open(file) as document:
            for page in document.pages:
                characters += len(page.extract_text())
                pages += 1
                page.close()
    return Gain(pages, f"{characters} characters")


def _pypdfium2_text(files: Sequence[str], folder: Path, ocr: str) -> Gain:
    import pypdfium2

    pages = characters = 0
    for file in files:
        with pypdfium2.PdfDocument(file) as document:
            for page in document:
                text = page.get_textpage()
                characters += len(text.get_text_range())
                text.close()
                page.close()
                pages += 1
    return Gain(pages, f"{characters} characters")


def _kreuzberg_text(files: Sequence[str], folder: Path, ocr: str) -> Gain:
    # By name, because only the extra `bench` has it: checks of types run without it.
    kreuzberg = import_module("kreuzberg")
    # Without the cache off, the second round would measure a look-up in it.
    config = kreuzberg.ExtractionConfig(use_cache=False, disable_ocr=True)
    pages = characters = 0
    for file in files:
        result = kreuzberg.extract_file_sync(file, config=config)
        characters += len(result.content)
        pages += int(result.metadata["page_count"])
    return Gain(pages, f"{characters} characters")


CONTENDERS = {
    "prongsai-1": Contender("Prongsai, end to end, 1 job", "prongsai", prongsai_work(1)),
    "prongsai-2": Contender("Prongsai, end to end, 2 jobs", "prongsai", prongsai_work(2)),
    "pdfplumber-tables": Contender("pdfplumber extract_tables", "pdfplumber", _pdfplumber_tables),
    "pdfplumber-text": Contender("pdfplumber extract_text", "pdfplumber", _pdfplumber_text),
    "pypdfium2-text": Contender("pypdfium2, text only", "pypdfium2", _pypdfium2_text),
    "kreuzberg-text": Contender("kreuzberg, text only", "kreuzberg", _kreuzberg_text),
}
"""In the order of the table."""


def main(name: str, list_of_files: str, folder: str, ocr: str = "auto") -> None:
    """Does the work once and prints what it took, from before the contender's import to its last result."""
    print(json.dumps(timed(CONTENDERS[name], Path(list_of_files).read_text(encoding="utf-8").splitlines(), Path(folder), ocr)))


def timed(contender: Contender, files: Sequence[str], folder: Path, ocr: str) -> Mapping[str, Any]:
    """What a contender got out of the files, and its seconds and memory."""
    began, cpu_began = time.perf_counter(), cpu_s()
    gain = contender.work(files, folder, ocr)
    took = {"wall_s": time.perf_counter() - began, "cpu_s": cpu_s() - cpu_began}
    # The largest single process, children being Prongsai's workers.
    peak = max(peak_mib() or 0.0, peak_of_children_mib())
    return {**asdict(gain), **took, "peak_mib": peak, "version": gain.version or version(contender.package)}


if __name__ == "__main__":
    main(*sys.argv[1:])
