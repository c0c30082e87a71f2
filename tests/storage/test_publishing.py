"""Tables go to a remote folder and come back."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from tests.s3 import Door, put_all

from prongsai.errors import OutputError, UsageError
from prongsai.storage import check_writable, files_under, local_folder, publish, put

FILES = ("csv/documents.csv", "datapackage.json", "parquet/documents.parquet", "prongsai.xlsx")


@pytest.fixture
def written(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(name.encode())
    return tmp_path


def test_files_are_put_and_read_back(bucket: str, written: Path) -> None:
    done: list[str] = []
    publish(written, FILES, f"{bucket}/out/2568/", done.append)
    assert done == [*sorted(set(FILES) - {"datapackage.json"}), "datapackage.json"]
    assert files_under(f"{bucket}/out/2568") == tuple(sorted(FILES))
    with local_folder(f"{bucket}/out/2568") as folder:
        found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
        assert found == ["csv/documents.csv", "datapackage.json", "parquet/documents.parquet"]
        assert all((folder / name).read_bytes() == name.encode() for name in found)
    assert not folder.exists()


def test_what_is_there_is_written_over(bucket: str, tmp_path: Path) -> None:
    put_all(bucket, ["out/a"], b"old")
    (tmp_path / "a").write_bytes(b"new")
    put(tmp_path / "a", f"{bucket}/out/a")
    with local_folder(f"{bucket}/out", wanted=("a",)) as folder:
        assert (folder / "a").read_bytes() == b"new"


def test_putting_waits_for_the_server(bucket: str, written: Path, door: Door) -> None:
    door.state = "shut"
    door.after(1.0, "open")
    publish(written, FILES, f"{bucket}/out")
    assert files_under(f"{bucket}/out") == tuple(sorted(FILES))


def test_a_local_folder_is_itself(tmp_path: Path) -> None:
    with local_folder(str(tmp_path)) as folder:
        assert folder == tmp_path


def test_a_folder_without_tables_is_told(bucket: str) -> None:
    put_all(bucket, ["other/x.pdf"])
    assert files_under(f"{bucket}/nothing") == ()
    for name in ("other", "nothing"):
        with pytest.raises(OutputError, match="holds no tables of a run"), local_folder(f"{bucket}/{name}"):
            pass


def test_whether_it_can_be_written_is_known_before(bucket: str) -> None:
    check_writable(f"{bucket}/out")
    assert files_under(bucket) == ()
    with pytest.raises(OutputError, match=r"no such file, folder or bucket"):
        check_writable("s3://no-such-bucket/out")
    with pytest.raises(OutputError, match="not written"):
        check_writable("https://host/out")
    with pytest.raises(UsageError, match="is no kind of address"):
        check_writable("sftp://host/out")


def test_nothing_is_asked_of_anyone_for_a_local_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(socket, "socket", None)
    with local_folder(str(tmp_path)):
        pass
