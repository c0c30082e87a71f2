"""The review as a person uses it: in Chromium, against the server as the command starts it."""

from __future__ import annotations

import csv
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserContext, Page, expect

from prongsai.report.words import word
from prongsai.report.writing import Site

from .conftest import SCAN, TEXT

_COMMAND = (
    "import sys; from prongsai.console.reviewed import review;"
    "review(sys.argv[1], port=int(sys.argv[2]), corrections=sys.argv[3], who='somchai')"
)
WAIT_MS = 30_000
"""A machine that does other work meanwhile is slow, not wrong."""


@dataclass
class Server:
    """The command, running or not."""

    folder: Path
    file: Path
    port: int
    link: str = ""
    process: subprocess.Popen[str] | None = None

    def start(self) -> str:
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3] / "pipeline"), "PYTHONIOENCODING": "utf-8"}
        command = [sys.executable, "-c", _COMMAND, str(self.folder), str(self.port), str(self.file)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment)
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if found := re.search(r"http://\S+", line):
                self.link = found[0]
                return self.link
        raise AssertionError("it ended before it said its link")

    def stop(self) -> tuple[int, str]:
        """As Ctrl-C does."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        said, _ = self.process.communicate(timeout=60)
        return self.process.returncode, said

    def rows(self) -> list[dict[str, str]]:
        with self.file.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def site(folder: Path) -> Path:
    """The folder with what the pages need: assets, a page's picture, and the page of a document."""
    with Site(folder / "report") as site:
        site.assets()
    place = folder / "report" / "pages" / SCAN / "1.webp"
    place.parent.mkdir(parents=True)
    picture = Image.new("RGB", (1000, 1415), "white")
    for nth in range(7):
        ImageDraw.Draw(picture).text((1000 / 595 * 402, 1000 / 595 * (102 + 20 * nth)), f"9{nth}.32", fill="black", font_size=20)
    picture.save(place)
    head = '<!DOCTYPE html><html lang="th"><head><title>x</title><link rel="stylesheet" href="../assets/site.css">'
    head += '<script src="../assets/site.js"></script><script src="../assets/words.js"></script></head>'
    row = '<tr data-mention="{0}:{1}"><th scope="row">i{1} <span>x</span></th><td lang="th">{2} <span class="small">i๑</span></td>'
    row += '<td><button class="place">97.32</button></td></tr>'
    body = '<body><header class="top"><nav></nav></header><main><h1>x</h1><table>{}</table></main></body></html>'
    for doc_id in (SCAN, TEXT):
        rows = "".join(row.format(doc_id, number, "๙๗.๓๒") for number in (1, 2))
        lines = "<ol>" + "".join(f'<li id="p1-l{number}">line {number} ๙๗.๓๒</li>' for number in range(1, 9)) + "</ol>"
        (folder / "report" / "documents" / f"{doc_id}.html").write_text(head + body.format(rows) + lines, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def running(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(site, tmp_path_factory.mktemp("corpus") / "corrections.csv", port)
    server.start()
    yield server
    assert server.stop()[0] == 0


@pytest.fixture
def server(running: Server) -> Server:
    """The server, with no answers yet."""
    running.file.unlink(missing_ok=True)
    return running


@pytest.fixture
def visit(browser: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """Opens the link: `visit()` in a browser of its own, `visit(width=390)`, or `visit(beside=page)` in another tab."""
    opened: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(*, width: int = 1440, language: str = "en", beside: Page | None = None) -> Page:
        context = beside.context if beside is not None else browser.new_context(viewport={"width": width, "height": 860})
        context.set_default_timeout(WAIT_MS)
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: complaints.append(request.url) if f":{server.port}/" not in request.url else None)
        page.goto(f"{server.link}&lang={language}")
        expect(page.locator("#asking")).to_be_visible(timeout=WAIT_MS)
        return page

    yield open_page
    for context in dict.fromkeys(opened):
        context.close()
    assert complaints == []


def until(page: Page, text: str) -> None:
    """Waits for how far the review is: once the server has the answer, and the next question is there."""
    expect(page.locator("#standing")).to_contain_text(text, timeout=WAIT_MS)


def shown(page: Page) -> tuple[str, str]:
    return page.inner_text("#code"), page.inner_text("#read")


def test_by_keyboard_alone(visit: Callable[..., Page], server: Server) -> None:
    page = visit()
    assert "token" not in page.url
    until(page, "0 answered, 7 left")
    assert page.inner_text("#question") == "Whose report is this?"
    page.keyboard.press("s")
    expect(page.locator("#code")).to_have_text("ITA")
    assert page.inner_text("#said").startswith("Which number stands on the page? ITA, FY2568")
    expect(page.locator("#zoom .frame")).to_be_visible(timeout=WAIT_MS)
    page.keyboard.press("Enter")
    until(page, "1 answered")
    expect(page.locator("#read")).to_have_text("unread", use_inner_text=True)
    page.keyboard.press("Enter")
    assert shown(page) == ("i2", "unread"), "nothing was read that could be right"
    page.keyboard.type("1")
    expect(page.locator("#intent")).to_have_text("Enter = number 1: 92.06", use_inner_text=True)
    page.keyboard.press("Enter")
    until(page, "2 answered")
    code = page.inner_text("#code")
    page.keyboard.press("x")
    until(page, "3 answered")
    page.keyboard.press("u")
    until(page, "2 answered")
    expect(page.locator("#code")).to_have_text(code)
    assert [(row["verdict"], row["corrected"]) for row in server.rows()] == [
        ("confirm", ""),
        ("correct", "92.06"),
        ("reject", ""),
        ("reject", ""),
        ("withdraw", ""),
        ("withdraw", ""),
    ], "two numbers are dated by one print"
    page.keyboard.press("Shift+?")
    expect(page.locator("#help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()


def test_a_typed_number_and_one_that_cannot_be(visit: Callable[..., Page], server: Server) -> None:
    page = visit()
    page.goto(f"http://127.0.0.1:{server.port}/review/?lang=en&key=value:{SCAN}:3")
    expect(page.locator("#code")).to_have_text("i3")
    page.keyboard.type("888")
    page.keyboard.press("Enter")
    expect(page.locator("#wrong")).to_contain_text("not between 0 and 100", use_inner_text=True)
    page.keyboard.press("Escape")
    page.keyboard.type("๘๓.๔๐")
    expect(page.locator("#intent")).to_have_text("Enter = it says ๘๓.๔๐", use_inner_text=True)
    page.keyboard.press("Enter")
    until(page, "1 answered")
    assert [row["corrected"] for row in server.rows()] == ["๘๓.๔๐"]


def test_answers_wait_for_a_server_that_is_away(visit: Callable[..., Page], server: Server) -> None:
    page = visit()
    page.keyboard.press("s")
    expect(page.locator("#code")).to_have_text("ITA")
    code, said = server.stop()
    assert code == 0
    assert str(server.file) in said
    page.keyboard.press("Enter")
    expect(page.locator("#aside")).to_contain_text("1 answers wait in this browser")
    expect(page.locator("#read")).to_have_text("unread", use_inner_text=True)
    assert not server.file.exists()
    server.start()
    expect(page.locator("#aside")).to_contain_text("open the new link", timeout=WAIT_MS)
    again = visit(beside=page)
    until(again, "1 answered")
    assert [(row["verdict"], row["printed"]) for row in server.rows()] == [("confirm", "89.71")]


def test_two_tabs_that_disagree(visit: Callable[..., Page], server: Server) -> None:
    one = visit()
    other = visit(beside=one)
    for page in (one, other):
        page.goto(f"http://127.0.0.1:{server.port}/review/?lang=en&key=value:{SCAN}:3")
        expect(page.locator("#code")).to_have_text("i3")
    one.bring_to_front()
    one.keyboard.press("Enter")
    until(one, "1 answered")
    other.bring_to_front()
    expect(other.locator("#wrong")).to_contain_text("in another tab")
    other.keyboard.type("83.40")
    other.keyboard.press("Enter")
    expect(other.locator("#aside")).to_contain_text("confirmed by somchai", use_inner_text=True)
    assert len(server.rows()) == 1
    other.get_by_role("button", name="Mine instead").click()
    expect(other.locator("#aside")).to_be_empty()
    assert [row["verdict"] for row in server.rows()] == ["confirm", "correct"]


def test_a_number_is_answered_where_it_stands(visit: Callable[..., Page], server: Server) -> None:
    page = visit()
    page.goto(f"http://127.0.0.1:{server.port}/documents/{SCAN}.html?lang=en")
    page.get_by_role("button", name="Review i1 97.32").click()
    page.get_by_label("Type the number").fill("79.32")
    page.keyboard.press("Enter")
    expect(page.locator(f'tr[data-mention="{SCAN}:1"] .ask')).to_have_class(re.compile("is-answered"))
    assert [row["corrected"] for row in server.rows()] == ["79.32"]
    page.reload()
    expect(page.locator(f'tr[data-mention="{SCAN}:1"] .ask')).to_have_class(re.compile("is-answered"))


def test_a_page_that_is_older_than_the_tables_is_no_place_to_answer(visit: Callable[..., Page], server: Server) -> None:
    page = visit()
    page.goto(f"http://127.0.0.1:{server.port}/documents/{SCAN}.html?lang=en")
    page.get_by_role("button", name="Review i2 97.32").click()
    expect(page.locator(".answering")).to_contain_text("older than the tables", use_inner_text=True)
    assert page.locator(".answering input").count() == 0
    page.get_by_role("button", name="Review i1 97.32").click()
    page.get_by_label("What to review").select_option("code")
    expect(page.get_by_label("Type the right code")).to_be_visible()


@pytest.mark.parametrize(("status", "told"), [(403, "open the new link"), (500, "does not answer")])
def test_a_failure_without_a_word_is_told_too(visit: Callable[..., Page], server: Server, status: int, told: str) -> None:
    page = visit()
    page.goto(f"http://127.0.0.1:{server.port}/documents/{SCAN}.html?lang=en")
    page.get_by_role("button", name="Review i1 97.32").click()
    page.route("**/review/api/answers", lambda route: route.fulfill(status=status, body="x", content_type="text/html"))
    page.get_by_label("Type the number").fill("79.32")
    page.keyboard.press("Enter")
    expect(page.locator(".answering .wrong")).to_contain_text(told, use_inner_text=True)


def test_a_waiting_answer_to_what_has_changed_stays_until_it_is_seen(visit: Callable[..., Page], server: Server) -> None:
    page = visit()
    page.evaluate(
        "key => prongsai.review.give({key: key, seen: 'of an earlier run', verdict: 'correct', corrected: '12.34'}, 'i3 88.40')",
        f"value:{SCAN}:3",
    )
    for _ in range(2):
        expect(page.locator("#aside")).to_contain_text("i3 88.40 The tables have changed", use_inner_text=True)
        expect(page.locator("#aside")).to_contain_text("corrected to 12.34", use_inner_text=True)
        page.reload()
    page.goto(f"http://127.0.0.1:{server.port}/review/?lang=en&key=value:{SCAN}:3")
    expect(page.locator("#code")).to_have_text("i3")
    page.keyboard.type("83.40")
    page.keyboard.press("Enter")
    until(page, "1 answered")
    expect(page.locator("#aside")).to_contain_text("corrected to 12.34", use_inner_text=True)
    page.get_by_role("button", name="Drop it").click()
    expect(page.locator("#aside")).to_be_empty()
    page.reload()
    expect(page.locator("#asking")).to_be_visible()
    expect(page.locator("#aside")).to_be_empty()
    assert [row["corrected"] for row in server.rows()] == ["83.40"]


def test_given_text_is_shown_by_its_lines(visit: Callable[..., Page], server: Server) -> None:
    page = visit()
    page.goto(f"http://127.0.0.1:{server.port}/review/?lang=en&key=value:{TEXT}:1")
    expect(page.locator("#lines .lit")).to_have_text("line 5 ๙๗.๓๒")
    assert page.inner_text("#lines mark") == "๙๗.๓๒"


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("language", ["th", "en"])
def test_for_everyone(visit: Callable[..., Page], width: int, language: str) -> None:
    page = visit(width=width, language=language)
    page.get_by_role("button", name=getattr(word("review.later"), language)).click()
    expect(page.locator("#code")).to_have_text("ITA")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "nothing lies beside the screen"
    assert page.locator("#question").inner_text() == getattr(word("review.ask_value"), language)
    grave = [one for one in violations(page) if one["impact"] in ("serious", "critical")]
    assert grave == []


def violations(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [{"id": one["id"], "impact": one["impact"], "nodes": [node["html"] for node in one["nodes"]]} for one in found]
