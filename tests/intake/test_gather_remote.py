"""Remote inputs by the same rules as local ones."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.s3 import DATA, Door, note_fetches, put_all

from prongsai.errors import UsageError
from prongsai.intake import Seen, gather
from prongsai.records import Kind
from prongsai.storage import waiting


class Notes:
    """What is known, as a run's database keeps it."""

    def __init__(self) -> None:
        self.seen: dict[tuple[str, str], Seen] = {}

    def get(self, path: str, tag: str) -> Seen | None:
        return self.seen.get((path, tag))

    def put(self, path: str, tag: str, seen: Seen) -> None:
        self.seen[path, tag] = seen


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The remote files that were fetched."""
    return note_fetches(monkeypatch)


def test_a_remote_folder_gives_what_the_same_local_one_gives(bucket: str, tmp_path: Path) -> None:
    names = ["b/two.pdf", "b/scan.PNG", "a.txt", "sheet.xlsx", ".hidden.pdf", "b/~$two.pdf", "page.pdf"]
    datas = [DATA, b"\x89PNG\r\n\x1a\n" + b"\0" * 20, "คะแนน".encode(), b"PK\x03\x04", DATA, DATA, b"<html>"]
    for name, data in zip(names, datas, strict=True):
        put_all(bucket, [f"in/{name}"], data)
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    here, there = gather([str(tmp_path)]), gather([f"{bucket}/in"])
    told = [(one.path.removeprefix(f"{bucket}/in/"), one.sha256, one.kind, one.size_bytes) for one in there.sources]
    assert told == [(os.path.relpath(one.path, tmp_path), one.sha256, one.kind, one.size_bytes) for one in here.sources]
    assert [one.kind for one in there.sources] == [Kind.TEXT, Kind.IMAGE, Kind.PDF]
    assert [(one.sha256, one.reason) for one in there.rejected] == [(one.sha256, one.reason) for one in here.rejected]
    assert there.n_ignored == here.n_ignored == 3


def test_the_same_bytes_here_and_there_are_one_document(bucket: str, tmp_path: Path) -> None:
    put_all(bucket, ["b.pdf", "a.pdf"])
    (tmp_path / "c.pdf").write_bytes(DATA)
    local = (tmp_path / "c.pdf").as_posix()
    (source,) = gather([bucket, local, f"{bucket}/*.pdf"]).sources
    assert (source.path, source.aliases) == (local, (f"{bucket}/a.pdf", f"{bucket}/b.pdf"))


def test_inputs_that_give_nothing_are_rows(bucket: str) -> None:
    put_all(bucket, ["in/x.docx"])
    found = gather([f"{bucket}/in", f"{bucket}/*.pdf", f"{bucket}/gone.pdf", "https://127.0.0.1/reports/"])
    assert found.sources == ()
    reasons = {one.path.removeprefix(bucket): one.reason for one in found.rejected}
    assert reasons["/in"].startswith("no report lies in the folder")
    assert reasons["/*.pdf"].startswith("no file matches the pattern")
    assert reasons["/gone.pdf"] == "there is no such file, folder or bucket. Check its spelling"
    assert reasons["https://127.0.0.1/reports/"].endswith("Name its files one by one")


def test_a_kind_of_address_that_nobody_reads_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="ftp://"):
        gather(["ftp://host/a.pdf"])


def test_what_is_known_is_not_fetched_again(bucket: str, fetched: list[str]) -> None:
    known = Notes()
    put_all(bucket, ["a.pdf"])
    put_all(bucket, ["b.pdf"], DATA + b"b")
    first = gather([bucket], known)
    assert sorted(fetched) == [f"{bucket}/a.pdf", f"{bucket}/b.pdf"]
    fetched.clear()
    assert gather([bucket], known) == first
    assert fetched == []
    put_all(bucket, ["b.pdf"], DATA + b"changed")
    second = gather([bucket], known)
    assert fetched == [f"{bucket}/b.pdf"]
    assert second.sources[0] == first.sources[0]
    assert second.sources[1].sha256 != first.sources[1].sha256


def test_many_files_are_looked_at_in_order(bucket: str) -> None:
    for number in range(30):
        put_all(bucket, [f"{number:02}.pdf"], DATA + b"%d" % number)
    found = gather([bucket])
    assert [one.path for one in found.sources] == [f"{bucket}/{number:02}.pdf" for number in range(30)]


def test_a_server_that_goes_away_for_good_costs_rows(bucket: str, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(waiting.PATIENCE, "0.3")
    put_all(bucket, [f"{number}.pdf" for number in range(20)])
    known = Notes()
    door.state = "shut"
    found = gather([f"{bucket}/{number}.pdf" for number in range(20)], known)
    assert len(found.rejected) == 20
    assert all(one.sha256 == "" and "did not answer" in one.reason for one in found.rejected)
    assert known.seen == {}
