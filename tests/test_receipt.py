"""A run's tables are left as they are only where nothing that they depend on, and none of their bytes, has changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from prongsai.keeping.home import Home
from prongsai.keeping.receipt import describe_job, find_receipt, give_receipt
from prongsai.keeping.store import Store
from prongsai.outcome import Counts
from prongsai.records import Kind, Limits, Options, Source
from prongsai.storage import sha256_of

FILES = ("csv/scores.csv", "datapackage.json", "parts/scores/fiscal_year=2568/part-00000.parquet", "parts/run.json")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Of a folder with files that a run wrote, and its receipt."""
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    with Store(tmp_path, "versions") as store:
        give_receipt(store, "job", Home.of(str(tmp_path)), FILES, Counts(documents=3, pages=7))
        yield store


def test_the_receipt_of_the_same_job_tells_what_was_written(store: Store, tmp_path: Path) -> None:
    receipt = find_receipt(store, "job", Home.of(str(tmp_path)))
    assert receipt is not None
    assert tuple(receipt.files) == FILES
    assert (receipt.counts.documents, receipt.counts.pages) == (3, 7)


def test_another_job_has_no_receipt(store: Store, tmp_path: Path) -> None:
    assert find_receipt(store, "another job", Home.of(str(tmp_path))) is None


@pytest.mark.parametrize("name", FILES)
def test_a_changed_or_missing_file_is_seen(store: Store, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(name.upper())
    assert find_receipt(store, "job", Home.of(str(tmp_path))) is None
    (tmp_path / name).write_text(name)
    assert find_receipt(store, "job", Home.of(str(tmp_path))) is not None
    (tmp_path / name).unlink()
    assert find_receipt(store, "job", Home.of(str(tmp_path))) is None
    (tmp_path / name).mkdir()
    assert find_receipt(store, "job", Home.of(str(tmp_path))) is None


@pytest.mark.parametrize("noted", [None, 7, "no hex", "c0ffee", ""])
def test_what_is_no_receipt_is_none(store: Store, tmp_path: Path, noted: object) -> None:
    store.note("receipt", noted)
    assert find_receipt(store, "job", Home.of(str(tmp_path))) is None


def test_a_job_is_all_that_tables_depend_on() -> None:
    source = Source("a.pdf", "ab" * 32, Kind.PDF, 1)
    jobs = [
        ["versions", Options(), Limits(), ("csv",), source],
        ["other versions", Options(), Limits(), ("csv",), source],
        ["versions", Options(fiscal_year=2568), Limits(), ("csv",), source],
        ["versions", Options(), Limits(step_s=1), ("csv",), source],
        ["versions", Options(), Limits(), ("csv", "parquet"), source],
        ["versions", Options(), Limits(), ("csv",), Source("b.pdf", "ab" * 32, Kind.PDF, 1)],
        ["versions", Options(), Limits(), ("csv",), Source("a.pdf", "ab" * 32, Kind.PDF, 1, ("b.pdf",))],
        ["versions", Options(), Limits(), ("csv",), source, source],
        ["versions", Options(), Limits(), ("csv",)],
    ]
    assert len({describe_job(job) for job in jobs}) == len(jobs)
    assert describe_job(jobs[0]) == describe_job(list(jobs[0]))


def test_a_hash_is_of_the_bytes(tmp_path: Path) -> None:
    (tmp_path / "empty").write_bytes(b"")
    assert sha256_of(tmp_path / "empty") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
