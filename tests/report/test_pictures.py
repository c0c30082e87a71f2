"""Which pages of a run get pictures, and what is said of those that get none."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import prongsai
from prongsai.progress import Silent
from prongsai.records import EngineOptions, Tables
from prongsai.report.drawing import Drawn
from prongsai.report.model import open_model
from prongsai.report.pictures import Pictures, draw_all
from prongsai.report.writing import MANIFEST, Site

CORPUS = Path(__file__).parents[2] / "corpus/reports"


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Tables]:
    """A run over a digital PDF of several pages, a text, and a page without scores."""
    folder = tmp_path_factory.mktemp("pictures")
    (folder / "in").mkdir()
    shutil.copy(next(CORPUS.glob("*two-years.pdf")), folder / "in/report.pdf")
    shutil.copy(next(CORPUS.glob("*labels.txt")), folder / "in/report.txt")
    (folder / "in/empty.txt").write_text("nothing", encoding="utf-8")
    return folder, prongsai.run([folder / "in"], out=folder / "out", formats=["parquet"]).tables


def drawn(folder: Path, tables: Tables, *inputs: str) -> tuple[Pictures, dict[str, Drawn]]:
    with open_model(folder / "out") as model, Site(folder / "out/report") as site:
        pictures = draw_all(site, model, inputs=inputs, engine=EngineOptions(), width_px=80, progress=Silent())
        return pictures, {Path(one.path).name: pictures.of(one.doc_id) for one in sorted(tables.documents, key=lambda one: one.doc_id)}


def test_pages_on_which_something_stands_have_pictures_or_lines(ran: tuple[Path, Tables]) -> None:
    folder, tables = ran
    pictures, found = drawn(folder, tables)
    shown = {(one.doc_id, one.page) for one in tables.mentions} | {(one.doc_id, one.page) for one in tables.codes}
    pdf, text = found["report.pdf"], found["report.txt"]
    assert {(pdf.doc_id, page) for page in pdf.pages} | {(text.doc_id, page) for page in text.lines} == shown
    assert 1 < len(pdf.pages) < sum(one.doc_id == pdf.doc_id for one in tables.pages)
    mentions = [one for one in tables.mentions if one.doc_id == text.doc_id]
    assert mentions
    assert all(one.printed_value in text.lines[one.page][(one.line or 0) - 1] for one in mentions)
    assert found["empty.txt"] == Drawn(found["empty.txt"].doc_id, "")
    assert (pictures.drawn, pictures.missing) == (len(pdf.pages), [])
    listed = json.loads((folder / "out/report" / MANIFEST).read_text(encoding="utf-8"))
    assert {f"pages/{pdf.doc_id}/{page}.webp" for page in pdf.pages} < set(listed)
    assert all((folder / "out/report" / file).is_file() for file in listed)


def test_documents_that_went_away_are_named_and_found_in_folders(ran: tuple[Path, Tables], tmp_path: Path) -> None:
    folder, tables = ran
    moved = folder.rename(tmp_path / "moved")
    try:
        shutil.rmtree(moved / "out/report", ignore_errors=True)
        pictures, found = drawn(moved, tables)
        assert pictures.drawn == 0
        assert [line.rpartition(": ")[2] for line in pictures.missing] == ["it is not where it was when it was read"] * 2
        assert found["report.pdf"].why
        pictures, found = drawn(moved, tables, str(moved / "in"))
        assert (pictures.drawn, pictures.missing) == (len(found["report.pdf"].pages), [])
    finally:
        moved.rename(folder)
