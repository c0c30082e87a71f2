"""A corpus: the same bytes for the same seed, formats and layouts dealt in order, the truth beside it."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest

from prongsai.errors import UsageError
from prongsai.synthesis import make_corpus
from prongsai.synthesis.corpus import IMAGES, plan_corpus
from prongsai.synthesis.layouts import DEFAULT_ORDER, ONE_PAGE

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "reports"
FORMATS = ("pdf", "scan", "txt", "png", "tiff", "jpeg", "tis620")


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_texts_are_the_same_bytes(tmp_path: Path) -> None:
    make_corpus(16, 11, tmp_path / "one", ("txt", "tis620"))
    make_corpus(16, 11, tmp_path / "two", ("txt", "tis620"))
    make_corpus(16, 12, tmp_path / "three", ("txt", "tis620"))
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    assert not set(digests(tmp_path / "one").values()) & set(digests(tmp_path / "three").values())


@pytest.mark.usefixtures("_pdf_tools")
def test_pages_are_the_same_bytes(tmp_path: Path) -> None:
    layouts = ("ranked", "weighted", "sheet", "sheet", "sheet", "sheet", "sheet")
    for name in ("one", "two"):
        make_corpus(7, 4, tmp_path / name, FORMATS, layouts, dpi=100)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    assert len(digests(tmp_path / "one")) == 7 + 3


def test_the_truth_names_every_document(tmp_path: Path) -> None:
    made = make_corpus(15, 3, tmp_path, ("txt",))
    with (tmp_path / "truth" / "scores.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == ["doc", "agency", "fiscal_year", "code", "value", "optional", "note"]
    assert {row["doc"] for row in rows} == {one.stem for one in made}
    assert len({one.stem for one in made}) == 15
    assert {one.layout for one in made} == set(DEFAULT_ORDER)


def test_more_documents_do_not_change_the_first(tmp_path: Path) -> None:
    make_corpus(3, 8, tmp_path / "few", ("txt",))
    make_corpus(9, 8, tmp_path / "many", ("txt",))
    few, many = digests(tmp_path / "few"), digests(tmp_path / "many")
    texts = [name for name in few if name.endswith(".txt")]
    assert len(texts) == 3
    assert all(few[name] == many[name] for name in texts)


def test_images_hold_one_page() -> None:
    plans = plan_corpus(40, 1, FORMATS)
    assert {plan.layout for plan in plans if plan.format in IMAGES} <= set(ONE_PAGE)


@pytest.mark.parametrize(
    ("count", "formats", "layouts"), [(0, ("txt",), None), (1, ("docx",), None), (1, (), None), (1, ("txt",), ("novel",))]
)
def test_nonsense_is_refused(count: int, formats: tuple[str, ...], layouts: tuple[str, ...] | None) -> None:
    with pytest.raises(UsageError):
        plan_corpus(count, 1, formats, layouts)


def test_the_sample_is_small_and_its_truth_complete() -> None:
    documents = [path for path in CORPUS.iterdir() if path.is_file() and path.suffix != ".md"]
    assert sum(path.stat().st_size for path in CORPUS.rglob("*") if path.is_file()) < 2_000_000
    with (CORPUS / "truth" / "scores.csv").open(encoding="utf-8", newline="") as stream:
        named = {row["doc"] for row in csv.DictReader(stream)}
    assert named == {path.stem for path in documents}
    assert len(named) == len(documents) >= 8
