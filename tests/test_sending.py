"""Parts on their way to an S3 server: there while the run goes on, and at its end what the run wrote and nothing of the one before."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from prongsai.errors import OutputError
from prongsai.export import TableWriter, read_records
from prongsai.keeping import sending
from prongsai.keeping.home import Home
from prongsai.keeping.sending import Sender
from prongsai.records import Document, Kind, Status, Tables
from prongsai.storage import addresses, local_folder, publishing, waiting

from .s3 import Door, put_all


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two documents in a part."""
    monkeypatch.setattr("prongsai.export.parts.DOCUMENTS_IN_A_PART", 2)


@pytest.fixture
def out(bucket: str) -> str:
    return f"{bucket}/out"


def documents(count: int, year: int = 2568) -> list[Tables]:
    return [
        Tables(documents=(Document(f"{n:016x}", f"{n}.pdf", f"{n:064x}", Kind.PDF, 1, "", "", "", "", year, "", Status.COMPLETE, ""),))
        for n in range(count)
    ]


def part(number: int, year: int = 2568) -> str:
    return f"documents/report_year={year}/part-{number:05}.parquet"


def there(url: str) -> Mapping[str, bytes]:
    system, path = addresses.open_service(url)
    system.invalidate_cache()
    return {name.removeprefix(f"{path}/"): system.cat_file(name) for name in system.find(path)}


def here(folder: Path) -> Mapping[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def listed(files: Mapping[str, bytes], place: str) -> tuple[bool, int]:
    listing = json.loads(files[f"{place}/run.json"])
    return listing["is_finished"], listing["documents"]


def write(folder: Path, out: str, rows: Iterable[Tables], seen: Callable[[], None] = lambda: None) -> None:
    """As a run does; `seen` is called after each document, when what there is of it has been sent."""
    sender = Sender(folder, out)
    with TableWriter(folder, ["parts", "csv"], grown=sender.grown) as writer, sender:
        for some in rows:
            writer.add(some)
            if sender._following is not None:
                sender._following.result()
            seen()
        sender.send(writer.finish().files)


def test_parts_are_there_while_the_run_goes_on(out: str, tmp_path: Path) -> None:
    seen: list[tuple[bool, int]] = []

    def look() -> None:
        seen.append(listed(there(out), "parts"))
        assert here(tmp_path / "parts") == there(f"{out}/parts")

    write(tmp_path, out, documents(5), look)
    assert seen == [(False, 0), (False, 2), (False, 2), (False, 4), (False, 4)]
    assert there(out) == here(tmp_path)
    assert listed(there(out), "parts") == (True, 5)
    with local_folder(out) as folder:
        assert len(read_records(folder, "parts").documents) == 5


def test_each_part_is_sent_once_and_the_list_after_it(out: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    real_put, real_text = publishing.put, publishing.put_text

    def put(file: Path, url: str) -> None:
        order.append(url.removeprefix(f"{out}/parts/"))
        real_put(file, url)

    def put_text(text: str, url: str) -> None:
        order.append("list")
        real_text(text, url)

    for module in (publishing, sending):
        monkeypatch.setattr(module, "put", put)
    monkeypatch.setattr(sending, "put_text", put_text)
    write(tmp_path, out, documents(4))
    parts = [one for one in order if one.startswith(("documents/", "list", "run.json"))]
    assert parts[:5] == ["list", part(0), "list", part(1), "list"]
    assert set(parts[5:-1]) == {"list"}, "of no more parts, and that what is there is being replaced"
    assert parts[-1] == "run.json"


def test_a_finished_run_stays_until_the_next_is_done_and_then_goes(out: str, tmp_path: Path) -> None:
    """With the cache of this machine, and without it."""
    for folder in (tmp_path / "one", tmp_path / "two"):
        write(tmp_path / "one", out, documents(6, 2567))
        mine = {"parts/mine.txt", f"parts/{part(7, 2567)}"}
        put_all(out.removesuffix("/out"), [f"out/{name}" for name in mine], b"mine")
        before = there(f"{out}/parts")
        seen: list[tuple[bool, int]] = []

        def look(before: Mapping[str, bytes] = before, seen: list[tuple[bool, int]] = seen) -> None:
            assert there(f"{out}/parts") == before
            seen.append(listed(there(out), "parts-next"))

        write(folder, out, documents(3), look)
        assert seen == [(False, 0), (False, 2), (False, 2)]
        assert there(out) == {**here(folder), **dict.fromkeys(mine, b"mine")}
        put_all(out.removesuffix("/out"), [f"out/{name}" for name in mine], b"mine")


def test_what_a_run_left_that_was_stopped_is_removed(out: str, tmp_path: Path) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            write(tmp_path, out, [*documents(4, 2566), Tables()], lambda: stop() if part(1, 2566) in there(f"{out}/parts") else None)
        assert listed(there(out), "parts") == (False, 4)
    write(tmp_path, out, documents(2))
    assert there(out) == here(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, out, documents(4, 2566), lambda: stop() if "parts-next/run.json" in there(out) else None)
    assert listed(there(out), "parts") == (True, 2)
    write(tmp_path, out, documents(2))
    assert there(out) == here(tmp_path)


def test_a_server_that_is_away_holds_nobody_up(
    out: str, tmp_path: Path, door: Door, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(waiting.PATIENCE, "1")
    monkeypatch.setattr(waiting, "_REST_S", 0.0)
    told = threading.Event()

    def away() -> None:
        door.state = "open" if told.is_set() else "shut"
        told.set()

    with caplog.at_level(logging.WARNING):
        write(tmp_path, out, documents(6), away)
    assert "the server did not answer" in caplog.text
    assert there(out) == here(tmp_path)
    caplog.clear()
    with caplog.at_level(logging.WARNING):
        write(tmp_path, out, documents(6))
    assert caplog.text == ""


def test_files_that_may_not_be_removed_are_said(
    out: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    write(tmp_path, out, documents(4))
    system, _ = addresses.open_service(out)

    def refuse(path: str) -> None:
        raise PermissionError(path)

    monkeypatch.setattr(system, "rm_file", refuse)
    with caplog.at_level(logging.WARNING):
        write(tmp_path, out, documents(2))
    assert "files of an earlier run stay there" in caplog.text
    with local_folder(out) as folder:
        assert len(read_records(folder, "parts").documents) == 2


def test_a_run_whose_replacement_broke_off_is_not_taken_for_a_whole_one(out: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, out, documents(6, 2567))

    def broken(*_: object) -> None:
        raise OutputError("the server is gone")

    with monkeypatch.context() as patched:
        patched.setattr(sending, "remove", broken)
        with pytest.raises(OutputError, match="gone"):
            write(tmp_path, out, documents(2))
    with local_folder(out) as folder, pytest.raises(OutputError, match="is not done"):
        read_records(folder, "parts")
    write(tmp_path, out, documents(2))
    assert there(out) == here(tmp_path)


def test_a_run_without_a_whole_part_leaves_no_folder_behind(out: str, tmp_path: Path) -> None:
    for _ in range(2):
        write(tmp_path, out, documents(1))
        assert there(out) == here(tmp_path)


@pytest.mark.parametrize("text", ["[]", "{", '{"is_finished": true, "files": {"documents": [1]}}'])
def test_a_broken_list_is_written_anew(out: str, tmp_path: Path, text: str) -> None:
    put_all(out.removesuffix("/out"), ["out/parts/run.json"], text.encode())
    write(tmp_path, out, documents(2))
    assert there(out) == here(tmp_path)


def test_a_list_of_another_version_counts_and_names_nothing_but_parts(out: str, tmp_path: Path) -> None:
    old = ["measures/fiscal_year=0/part-00000.parquet", "notes/part-00001.parquet"]
    mine = ["../mine.parquet", "mine.txt", "documents/mine/part-00000.parquet"]
    put_all(out.removesuffix("/out"), [f"out/parts/{name}" for name in (*old, *mine[1:])], b"old")
    put_all(out.removesuffix("/out"), ["out/mine.parquet"], b"old")
    text = json.dumps({"is_finished": True, "files": {"measures": old, "documents": mine}})
    put_all(out.removesuffix("/out"), ["out/parts/run.json"], text.encode())
    write(tmp_path, out, documents(3))
    assert there(out).keys() - here(tmp_path).keys() == {"mine.parquet", *(f"parts/{name}" for name in mine[1:])}


def test_tables_that_are_sent_at_once_replace_those_before(out: str, tmp_path: Path) -> None:
    write(tmp_path / "one", out, documents(6, 2567))
    with TableWriter(tmp_path / "two", ["parts", "csv"]) as writer:
        writer.add(documents(1)[0])
        files = writer.finish().files
    Home(out, tmp_path / "two").send(files)
    assert there(out) == here(tmp_path / "two")


def test_nothing_is_sent_from_a_local_folder_to_itself(tmp_path: Path) -> None:
    write(tmp_path, str(tmp_path), documents(3))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["csv", "datapackage.json", "parts"]
