"""What is kept from one run to the next: whole or absent, of these versions only, and by one run at a time."""

from __future__ import annotations

import errno
import logging
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from prongsai.errors import OutputError, UsageError
from prongsai.keeping.store import FILE, FOLDER, LAYOUT, Kept, Listed, Store
from prongsai.records import Kind, Options, Source

KEPT = Kept(b"result" * 1000, "complete", "", 3, 1.5)
SOURCE = Source("in/a.pdf", "ab" * 32, Kind.PDF, 10)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path, "versions") as store:
        yield store


def file(folder: Path) -> Path:
    return folder / FOLDER / FILE


def fill(folder: Path, results: int = 1) -> None:
    with Store(folder, "versions") as store:
        for number in range(results):
            store.keep(f"key {number}", KEPT)


def test_a_result_is_kept_and_found(tmp_path: Path) -> None:
    fill(tmp_path)
    with Store(tmp_path, "versions") as store:
        assert store.find("key 0") == KEPT
        assert store.find("another") is None


def test_pages_are_kept_until_their_document_is(store: Store) -> None:
    store.keep_page("key", 2, b"two", 0.1)
    store.keep_page("key", 1, b"one", 0.1)
    store.keep_page("other", 7, b"seven", 0.1)
    assert store.pages("key") == {1: b"one", 2: b"two"}
    store.keep("key", KEPT)
    assert store.pages("key") == {}
    assert store.pages("other") == {7: b"seven"}


def test_a_key_depends_on_bytes_kind_options_and_versions_and_not_on_the_path(store: Store, tmp_path: Path) -> None:
    key = store.key(SOURCE, Options())
    assert store.key(Source("elsewhere/b.pdf", SOURCE.sha256, Kind.PDF, 10, ("in/c.pdf",)), Options()) == key
    others = {
        store.key(Source("in/a.pdf", "cd" * 32, Kind.PDF, 10), Options()),
        store.key(Source("in/a.pdf", SOURCE.sha256, Kind.TEXT, 10), Options()),
        store.key(SOURCE, Options(fiscal_year=2568)),
        store.key(SOURCE, Options(pages=((1, 2),))),
        Store(tmp_path, "other versions").key(SOURCE, Options()),
    }
    assert len(others | {key}) == 6


def test_another_run_is_kept_out_and_told_so(tmp_path: Path) -> None:
    with Store(tmp_path, "versions"):
        with pytest.raises(UsageError, match="another run is writing to this folder") as refused:
            Store(tmp_path, "versions").__enter__()
        assert "--out" in refused.value.next_step
    fill(tmp_path)


def test_what_a_killed_run_left_is_cleared_away(tmp_path: Path) -> None:
    with Store(tmp_path, "versions") as store:
        (store.scratch / "half").mkdir()
        (store.scratch / "half" / "mentions.arrow").write_bytes(b"half")
    with Store(tmp_path, "versions") as store:
        assert list(store.scratch.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\0" + bytes(5000)])
def test_a_file_that_is_no_database_is_begun_anew(tmp_path: Path, content: bytes) -> None:
    file(tmp_path).parent.mkdir()
    file(tmp_path).write_bytes(content)
    fill(tmp_path)
    with Store(tmp_path, "versions") as store:
        assert store.find("key 0") == KEPT


def test_a_database_that_is_damaged_inside_is_begun_anew_and_this_is_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    fill(tmp_path, 200)
    content = bytearray(file(tmp_path).read_bytes())
    # The first page, with the tables' names, is left as it is.
    content[4096:] = b"\xa5" * len(content[4096:])
    file(tmp_path).write_bytes(content)
    with caplog.at_level(logging.WARNING, "prongsai"), Store(tmp_path, "versions") as store:
        assert store.find("key 0") is None
        store.keep("key 0", KEPT)
        assert store.find("key 0") == KEPT
    assert "damaged" in caplog.text


def test_damaged_bytes_of_a_result_or_page_are_not_given(tmp_path: Path) -> None:
    with Store(tmp_path, "versions") as store:
        store.keep("key", KEPT)
        store.keep_page("other", 1, b"one" * 100, 0.1)
        store.keep_page("other", 2, b"two" * 100, 0.1)
    with closing(sqlite3.connect(file(tmp_path))) as database, database:
        (packed,) = database.execute("SELECT result FROM results").fetchone()
        database.execute("UPDATE results SET result = ?", (packed[:-1] + bytes([packed[-1] ^ 1]),))
        database.execute("UPDATE pages SET page = x'00' WHERE number = 1")
    with Store(tmp_path, "versions") as store:
        assert store.find("key") is None
        assert store.pages("other") == {2: b"two" * 100}


def test_a_database_of_another_layout_is_begun_anew(tmp_path: Path) -> None:
    fill(tmp_path)
    with closing(sqlite3.connect(file(tmp_path))) as database, database:
        database.execute("ALTER TABLE results RENAME TO older")
        database.execute("CREATE TABLE results (something)")
        database.execute(f"PRAGMA user_version = {LAYOUT + 1}")
    with Store(tmp_path, "versions") as store:
        assert store.find("key 0") is None
        store.keep("key 0", KEPT)
    with closing(sqlite3.connect(file(tmp_path))) as database:
        assert database.execute("SELECT count(*) FROM sqlite_master WHERE name = 'older'").fetchone() == (0,)


def test_a_full_disk_is_said_and_what_was_kept_stays(tmp_path: Path) -> None:
    fill(tmp_path)
    with Store(tmp_path, "versions") as store:
        store._database.execute("PRAGMA max_page_count = 1")
        with pytest.raises(OutputError, match="full") as refused:
            store.keep("key 1", Kept(random.Random(1).randbytes(1_000_000), "complete", "", 1, 1.0))
        assert "Free some space" in refused.value.next_step
        assert "is kept" in refused.value.next_step
        assert store.find("key 0") == KEPT


def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(OutputError, match=r"Read-only file system.*that you may write to"):
        Store(tmp_path / "out", "versions").__enter__()


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputError, match="choose another folder"):
        Store(tmp_path / "out", "versions").__enter__()


def test_the_end_drops_what_other_versions_read_and_keeps_what_other_inputs_gave(tmp_path: Path) -> None:
    with Store(tmp_path, "old") as old:
        stale = old.key(SOURCE, Options())
        old.keep(stale, KEPT)
        old.keep_page(stale, 1, b"one", 0.1)
    with Store(tmp_path, "new") as new:
        ours = new.key(SOURCE, Options())
        other = new.key(replace(SOURCE, sha256="f" * 64), Options())
        new.keep(ours, KEPT)
        new.keep_page(other, 1, b"one", 0.1)
        new.list_all([Listed("a.pdf", ours, "pdf", 1), Listed("c.pdf", "", "", 0, "empty")])
        new.end()
        assert (new.find(ours), new.pages(other)) == (KEPT, {1: b"one"})
        assert (new.find(stale), new.pages(stale)) == (None, {})


def test_all_can_be_forgotten(store: Store) -> None:
    store.keep("key", KEPT)
    store.keep_page("other", 1, b"one", 0.1)
    store.note("receipt", {"a": 1})
    assert store.noted("receipt") == {"a": 1}
    store.forget()
    assert (store.find("key"), store.pages("other"), store.noted("receipt")) == (None, {}, None)
