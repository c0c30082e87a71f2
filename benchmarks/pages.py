"""The pages for people: how long a site takes to be made, how large it is, and how soon its pages open; Markdown tables.

    python -m benchmarks.pages OUTPUTS [--inputs FOLDER] [--jobs 2]

OUTPUTS is the folder of a run with Parquet tables; an earlier site in it is removed first, its pictures too. Pages are opened from
disk in Chromium, if it is there: `opens` is the time until a page can be used, its data and charts drawn.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from prongsai.records import EngineOptions
from prongsai.report import FOLDER, SiteReport, make_site

from .table import markdown

ROUNDS = 5
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")


def make(folder: Path, inputs: list[str], jobs: int) -> Iterator[str]:
    """Tables of the making of a site: the first time, and again with its pictures there."""
    shutil.rmtree(folder / FOLDER, ignore_errors=True)
    rows = []
    for name in ("first", "again"):
        began = time.monotonic()
        made = make_site(folder, inputs=inputs, engine=EngineOptions(jobs=jobs))
        rows.append(_told(name, made, time.monotonic() - began, folder / FOLDER))
    yield markdown(("site", "documents", "agencies", "pictures", "without", "seconds", "MB", "of that pictures", "files"), rows)
    yield markdown(("page", "kB of HTML", "opens, ms (median)"), list(_opened(folder / FOLDER)))


def _told(name: str, made: SiteReport, seconds: float, site: Path) -> tuple[str, ...]:
    sizes = {path: path.stat().st_size for path in site.rglob("*") if path.is_file()}
    pictures = sum(size for path, size in sizes.items() if path.suffix == ".webp")
    counts = (made.documents, made.agencies, made.pictures, len(made.missing))
    return (
        name,
        *(f"{count:,}" for count in counts),
        f"{seconds:,.0f}",
        f"{sum(sizes.values()) / 1e6:,.0f}",
        f"{pictures / 1e6:,.0f}",
        f"{len(sizes):,}",
    )


def _opened(site: Path) -> Iterator[tuple[str, ...]]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("no Chromium here: nothing is opened", file=sys.stderr)
        return
    from playwright.sync_api import sync_playwright

    largest = [max((site / name).glob("*.html"), key=lambda path: path.stat().st_size) for name in ("agencies", "documents")]
    pages = [*(site / f"{name}.html" for name in ("index", "comparison", "findings", "documents")), *largest]
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=chromium, args=list(ARGUMENTS)) as browser:
        for path in pages:
            times = []
            for _ in range(ROUNDS):
                page = browser.new_page()
                began = time.monotonic()
                page.goto(path.as_uri())
                page.wait_for_load_state("load")
                times.append(1000 * (time.monotonic() - began))
                page.close()
            yield (str(path.relative_to(site)), f"{path.stat().st_size / 1000:,.0f}", f"{statistics.median(times):,.0f}")


def main() -> None:
    """Prints the tables as they are ready."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description="The pages for people.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--inputs", action="append", default=[])
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    for table in make(asked.folder.resolve(), asked.inputs, asked.jobs):
        print(table, end="\n\n", flush=True)


if __name__ == "__main__":
    main()
