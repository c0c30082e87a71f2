"""Pictures of pages: found again where documents lie now, drawn once, and one bad page costs itself alone."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PIL import Image

from prongsai.errors import InputLost, OutputError, UsageError
from prongsai.reading.picture import View
from prongsai.records import EngineOptions, Kind, Source
from prongsai.report.drawing import Drawn, Places, draw_pictures, find_source

PAGES = (View(1), View(2))


def pdf(pages: int) -> bytes:
    written = io.BytesIO()
    first, *rest = [Image.new("L", (60, 90), shade) for shade in range(pages)]
    first.save(written, "PDF", save_all=True, append_images=rest, creationDate=None, modDate=None)
    return written.getvalue()


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Source]:
    def made(name: str = "in/a.pdf", data: bytes = b"", kind: Kind = Kind.PDF) -> Source:
        data = data or pdf(2)
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return Source(path.as_posix(), hashlib.sha256(data).hexdigest(), kind, 0)

    return made


def draw(
    folder: Path, *wanted: tuple[Source, Sequence[View]], inputs: Sequence[Path] = (), width_px: int = 100, jobs: int = 1
) -> list[Drawn]:
    places = Places([str(one) for one in inputs])
    return list(draw_pictures(wanted, folder, places, engine=EngineOptions(jobs=jobs), width_px=width_px))


def pictures(folder: Path) -> dict[str, int]:
    """Each picture, and when it was written."""
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in sorted(folder.rglob("*.webp"))}


def test_pictures_are_drawn_once_and_anew_where_they_would_come_out_otherwise(make: Callable[..., Source], tmp_path: Path) -> None:
    source, out = make(), tmp_path / "out"
    (drawn,) = draw(out, (source, PAGES))
    assert (drawn.doc_id, drawn.pages, drawn.failures) == (source.doc_id, (1, 2), {})
    first = pictures(out)
    assert list(first) == [f"{source.doc_id}/1.webp", f"{source.doc_id}/2.webp"]
    assert all(path.read_bytes()[8:12] == b"WEBP" for path in out.rglob("*.webp"))
    # Not even the document is needed.
    Path(source.path).unlink()
    assert draw(out, (source, PAGES)) == [drawn]
    assert pictures(out) == first
    (turned,) = draw(out, (source, (View(1, 90), View(2))))
    assert (turned.pages, turned.failures) == ((2,), {1: "it is not where it was when it was read"})
    make()
    (turned,) = draw(out, (source, (View(1, 90), View(2))))
    assert turned.pages == (1, 2)
    assert [time == first[name] for name, time in pictures(out).items()] == [False, True]
    (out / source.doc_id / "drawn.json").write_text("[", encoding="utf-8")
    (wider,) = draw(out, (source, (View(2),)), width_px=120)
    assert wider.pages == (2,)


def test_documents_come_in_order_with_all_that_can_be_said_of_them(make: Callable[..., Source], tmp_path: Path) -> None:
    broken = make("in/broken.pdf", b"%PDF-1.7 and no more")
    short = make("in/short.pdf", pdf(1))
    text = make("in/a.txt", b"first\fone\ntwo", Kind.TEXT)
    wanted = [(broken, PAGES), (make(), PAGES), (text, PAGES), (short, PAGES)]
    found = draw(tmp_path / "out", *wanted, jobs=2)
    assert [one.doc_id for one in found] == [source.doc_id for source, _ in wanted]
    assert [one.pages for one in found] == [(), (1, 2), (), (1,)]
    assert found[0].failures == {1: "the PDF is broken or cut off", 2: "the PDF is broken or cut off"}
    assert found[2].lines == {1: ("first",), 2: ("one", "two")}
    assert found[3].failures == {2: "the document has 1 pages"}
    assert found[3].why == "the document has 1 pages"
    assert found == draw(tmp_path / "again", *wanted)


def test_a_document_is_found_again_wherever_it_went(make: Callable[..., Source], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work, moved = tmp_path / "work", tmp_path / "moved"
    work.mkdir()
    monkeypatch.chdir(work)
    data = pdf(1)
    source = Source("in/a.pdf", hashlib.sha256(data).hexdigest(), Kind.PDF, 0, ("old/b.pdf",))
    make("work/in/a.pdf", data)
    assert Places().of(source) == ("in/a.pdf",)
    shutil.rmtree(work / "in")
    assert Places([str(moved.parent)]).of(source) == ()
    make("work/old/b.pdf", data)
    assert Places().of(source) == ("old/b.pdf",)
    shutil.rmtree(work / "old")
    for name in ("in/a.pdf", "deep/er/b.pdf", "deep/a.pdf"):
        make(f"moved/{name}", data)
        assert find_source(source, Places([str(moved)]).of(source)).path == (moved / name).as_posix()
        shutil.rmtree(moved / name.partition("/")[0])
    # Another file of that name is not taken for it.
    make("moved/1/a.pdf", b"other")
    make("moved/2/a.pdf", data)
    assert find_source(source, Places([str(moved)]).of(source)).path == (moved / "2/a.pdf").as_posix()


def test_why_a_document_is_not_found(make: Callable[..., Source], tmp_path: Path) -> None:
    source = make()
    Path(source.path).write_bytes(b"changed")
    with pytest.raises(InputLost, match=r"has changed since it was read.*--inputs"):
        find_source(source, Places().of(source))
    (drawn,) = draw(tmp_path / "out", (source, PAGES))
    assert drawn.failures == dict.fromkeys((1, 2), f"{source.path} has changed since it was read")
    remote = Source("ftp://nowhere/a.pdf", source.sha256, Kind.PDF, 0)
    (drawn,) = draw(tmp_path / "out", (remote, (View(1),)))
    assert "is no kind of address that can be read" in drawn.why
    with pytest.raises(UsageError, match="no such folder"):
        Places([str(tmp_path / "none")])


def test_a_page_that_kills_its_process_costs_itself_alone(
    make: Callable[..., Source], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "lib").mkdir()
    # Loaded by each child when it starts: page 2 ends it, as a crash in a library would.
    (tmp_path / "lib/sitecustomize.py").write_text(
        "import os, prongsai.reading.picture as picture\n"
        "draw = picture.draw_page\n"
        "picture.draw_page = lambda source, page, *rest: os._exit(9) if page.page == 2 else draw(source, page, *rest)\n",
        encoding="utf-8",
    )
    monkeypatch.syspath_prepend(str(tmp_path / "lib"))
    source, other = make(data=pdf(3)), make("in/b.pdf", pdf(1))
    first, second = draw(tmp_path / "out", (source, (*PAGES, View(3))), (other, (View(1),)))
    assert first.pages == (1, 3)
    assert "the process that read it died" in first.failures[2]
    assert second.pages == (1,)


@pytest.mark.skipif(os.name != "posix", reason="folders are shut otherwise there")
def test_a_folder_that_cannot_be_written_ends_it_with_what_to_do(make: Callable[..., Source], tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(OutputError, match="keep page pictures"):
        draw(tmp_path / "out", (make(), PAGES))
