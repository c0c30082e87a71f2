"""One reader of scans over one list of PDFs, in this process; `scan_speed` starts a fresh one for each measurement.

    python -m benchmarks.scan_contenders NAME LIST FOLDER JOBS

Each writes what it found to FOLDER: Prongsai its tables, the others a text a document. The answer is one line of JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from .contenders import Contender, Gain, prongsai_work, timed

Work = Callable[[Sequence[str], Path, str], Gain]


def _kreuzberg(jobs: int) -> Work:
    def work(files: Sequence[str], folder: Path, ocr: str) -> Gain:
        # By name, because only the extra `bench` has it: checks of types run without it.
        kreuzberg = import_module("kreuzberg")
        config = kreuzberg.ExtractionConfig(
            use_cache=False,
            force_ocr=True,
            ocr=kreuzberg.OcrConfig(backend="tesseract", language="tha"),
            max_concurrent_extractions=jobs,
            concurrency=kreuzberg.ConcurrencyConfig(max_threads=jobs),
        )
        folder.mkdir(parents=True)
        pages = characters = 0
        for file, result in zip(files, kreuzberg.batch_extract_files_sync(list(files), config=config), strict=True):
            pages += int(result.metadata["page_count"])
            characters += len(result.content)
            (folder / f"{Path(file).stem}.txt").write_text(result.content, encoding="utf-8")
        return Gain(pages, f"{characters} characters")

    return work


def _ocrmypdf(jobs: int) -> Work:
    def work(files: Sequence[str], folder: Path, ocr: str) -> Gain:
        import pypdfium2

        beside = str(Path(sys.executable).parent)
        program = shutil.which("ocrmypdf", path=os.pathsep.join((beside, os.environ.get("PATH", ""))))
        if program is None:
            raise FileNotFoundError("ocrmypdf is not installed")
        folder.mkdir(parents=True)
        pages = characters = 0
        for file in files:
            text = folder / f"{Path(file).stem}.txt"
            command = [program, "--quiet", "-l", "tha+eng", "--force-ocr", "--jobs", str(jobs), "--sidecar", str(text)]
            done = subprocess.run([*command, file, str(folder / Path(file).name)], capture_output=True, text=True, check=False)
            if done.returncode:
                raise RuntimeError(f"ocrmypdf ended with {done.returncode}: {done.stderr.strip()[-200:]}")
            characters += len(text.read_text(encoding="utf-8"))
            with pypdfium2.PdfDocument(file) as document:
                pages += len(document)
        told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout.strip()
        return Gain(pages, f"{characters} characters", version=told)

    return work


CONTENDERS: dict[str, tuple[str, str, Callable[[int], Work]]] = {
    "prongsai": ("Prongsai, end to end", "prongsai", prongsai_work),
    "kreuzberg": ("kreuzberg, Tesseract `tha`", "kreuzberg", _kreuzberg),
    "ocrmypdf": ("ocrmypdf -l tha+eng", "ocrmypdf", _ocrmypdf),
}
"""Title, package, and the work for a number of jobs; in the order of the table."""


def main(name: str, list_of_files: str, folder: str, jobs: str) -> None:
    """Does the work once and prints what it took."""
    title, package, work = CONTENDERS[name]
    files = Path(list_of_files).read_text(encoding="utf-8").splitlines()
    print(json.dumps(timed(Contender(title, package, work(int(jobs))), files, Path(folder), "always")))


if __name__ == "__main__":
    main(*sys.argv[1:])
