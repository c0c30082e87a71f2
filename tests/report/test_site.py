"""Every kind of page in a browser: no complaint, nothing asked of a network, both languages, two widths, no serious barrier."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from axe_playwright_python.sync_playwright import Axe

from prongsai.records import EngineOptions
from prongsai.report import make_site
from prongsai.report.model import document_page, open_model

from .conftest import NARROW, ROOT, WIDE, Look, Made

KINDS = ("index", "comparison", "findings", "documents", "agency", "pdf", "image", "text")


def page_of(made: Made, kind: str) -> str:
    """The address of a page: one of the four lists, or that of the first agency or document of a kind."""
    with open_model(made.folder) as model:
        if kind == "agency":
            return made.page(next(iter(model.agencies.values())).page)
        found = list(model.rows("SELECT doc_id, path FROM documents WHERE kind = ? ORDER BY path", kind))
    return made.page(document_page(**found[0]) if found else f"{kind}.html")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1440", "390"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_opens_from_disk_without_a_complaint(made: Made, look: Look, kind: str, size: tuple[int, int]) -> None:
    page, seen = look(page_of(made, kind), size)
    page.wait_for_load_state("networkidle")
    assert (seen.complaints, seen.asked) == ([], [])
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0], "the page itself must not scroll sideways"
    broken = "Array.from(document.images).filter(one => one.complete && !one.naturalWidth).map(one => one.src)"
    assert page.evaluate(broken) == []


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_has_no_serious_barrier(made: Made, look: Look, kind: str, language: str) -> None:
    page, _ = look(f"{page_of(made, kind)}?lang={language}")
    page.wait_for_load_state("networkidle")
    found = Axe().run(page).response["violations"]
    grave = [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in ("serious", "critical")]
    assert grave == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_speaks_both_languages_and_remembers_which(made: Made, look: Look, kind: str) -> None:
    page, _ = look(page_of(made, kind))
    assert page.evaluate("document.documentElement.lang") == "th"
    heading, title = page.inner_text("nav"), page.title()
    page.click("[data-speak=en]")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.inner_text("nav") != heading
    assert page.title() != title or kind in ("agency", "pdf", "image", "text"), "names of agencies are Thai in both languages"
    left = page.evaluate("Array.from(document.querySelectorAll('.th')).filter(one => one.offsetParent).length")
    assert left == 0
    page.reload()
    assert page.evaluate("document.documentElement.lang") == "en"


def test_the_menu_leads_everywhere_by_keyboard(made: Made, look: Look) -> None:
    page, _ = look(made.page("index.html"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for name in ("comparison", "findings", "documents"):
        page.locator(f"nav a[href$='{name}.html']").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{name}.html*")
        assert page.locator("nav [aria-current=page]").count() == 1


def test_all_links_within_the_site_lead_somewhere(made: Made, look: Look) -> None:
    page, _ = look(made.page("index.html"))
    site = made.folder / "report"
    script = "Array.from(document.querySelectorAll('a[href]')).map(one => one.href)"
    for start in sorted(site.rglob("*.html")):
        page.goto(start.as_uri())
        for link in page.evaluate(script):
            address, _, place = link.removeprefix("file://").partition("#")
            path = Path(address.partition("?")[0])
            assert path.is_file(), f"{start.name} leads to {path}, which is not there"
            if place and path.parent.name == "documents":
                assert f'id="{place}"' in path.read_text(encoding="utf-8"), f"{start.name} leads to {place}, which {path.name} lacks"


def test_the_same_tables_give_the_same_site(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "parquet").symlink_to(made.folder / "parquet")
    monkeypatch.chdir(ROOT)
    make_site(tmp_path, engine=EngineOptions(jobs=2))

    def content(folder: Path) -> dict[str, bytes]:
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    assert content(tmp_path / "report") == content(made.folder / "report")


def test_what_an_earlier_site_had_goes_and_what_it_never_had_stays(made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    parquet = tmp_path / "parquet"
    parquet.mkdir()
    for file in (made.folder / "parquet").iterdir():
        (parquet / file.name).symlink_to(file)
    make_site(tmp_path)
    pages = tmp_path / "report" / "documents"
    before = sorted(path.name for path in pages.iterdir())
    (pages / "mine.txt").touch()
    kept = before[0].removesuffix(".html")
    for name in ("documents", "mentions", "scores", "codes", "grades", "findings", "claims", "pages"):
        target = parquet / f"{name}.parquet"
        whole = target.resolve()
        target.unlink()
        duckdb.sql(f"COPY (SELECT * FROM '{whole}' WHERE doc_id = '{kept}') TO '{target}'")
    make_site(tmp_path)
    assert sorted(path.name for path in pages.iterdir()) == [before[0], "mine.txt"]
    assert {path.name for path in (tmp_path / "report" / "pages").iterdir()} <= {kept}
