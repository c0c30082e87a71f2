"""A site over a run of the sample corpus, made once, and a browser to look at it: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

import prongsai
from prongsai.records import DEFAULT_LIMITS, EngineOptions
from prongsai.report import SiteReport, make_site

ROOT = Path(__file__).parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# Without these Chromium looks for its maker's servers at every start, which a machine without a network refuses one by one.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE, NARROW = (1440, 900), (390, 844)


@dataclass
class Made:
    """A run's folder with its site."""

    folder: Path
    report: SiteReport

    def page(self, name: str) -> str:
        """The address of a page of the site, from disk."""
        return (self.folder / "report" / name).as_uri()


@dataclass
class Seen:
    """What a page did while it was looked at."""

    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    """Addresses that it asked for and that are no files."""


Look = Callable[..., tuple[Page, Seen]]
"""`look(address, size)`: an open page and what it does."""


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("site")
    before = Path.cwd()
    os.chdir(ROOT)
    try:
        prongsai.run(["corpus/reports"], out=folder, formats=["parquet"], keep_tables=False)
        return Made(folder, make_site(folder, engine=EngineOptions(jobs=1, limits=DEFAULT_LIMITS)))
    finally:
        os.chdir(before)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def look(browser: Browser) -> Iterator[Look]:
    """Opens a page: `look(address, width=…)` gives it, and what it complains of and asks for from then on."""
    opened = []

    def open_page(address: str, size: tuple[int, int] = WIDE) -> tuple[Page, Seen]:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]})
        opened.append(context)
        page, seen = context.new_page(), Seen()
        page.on("console", lambda message: seen.complaints.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        page.on("requestfailed", lambda request: seen.complaints.append(f"failed: {request.url}"))
        page.on("request", lambda request: seen.asked.append(request.url) if not request.url.startswith(("file:", "data:")) else None)
        page.goto(address)
        return page, seen

    yield open_page
    for context in opened:
        context.close()
