"""A whole run from and to a real S3 server: the same bytes as here, through outages, and nothing fetched twice."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

import prongsai
from prongsai import cli
from prongsai.errors import ExitCode
from prongsai.keeping.store import FOLDER
from prongsai.records import Status
from prongsai.storage import addresses

from .conftest import reports
from .s3 import Door

FILES = [*reports(".txt")[:3], *reports(".pdf")[:1]]
FORMATS = ("csv", "parquet")
OUTAGE_S = 6.0


@pytest.fixture
def full(bucket: str, door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A bucket with reports in its folder `in`; results are kept in a cache of this test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path))
    system, path = addresses.open_service(bucket)
    for file in FILES:
        system.put_file(str(file), f"{path}/in/{file.name}")
    return bucket


def put_there(url: str) -> dict[str, bytes]:
    system, path = addresses.open_service(url)
    system.invalidate_cache()
    return {name.removeprefix(f"{path}/"): system.cat_file(name) for name in system.find(path)}


def written(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file() and FOLDER not in path.parts
    }


def digests(files: dict[str, bytes], before: bytes, after: bytes) -> dict[str, str]:
    """Of CSV files, in which the inputs' addresses are made the same."""
    return {name: hashlib.sha256(data.replace(before, after)).hexdigest() for name, data in files.items() if name.endswith(".csv")}


def test_a_run_over_s3_gives_what_a_run_here_gives_although_the_server_is_away_for_a_while(full: str, door: Door, tmp_path: Path) -> None:
    here = tmp_path / "in"
    here.mkdir()
    for file in FILES:
        shutil.copy(file, here)
    assert prongsai.run(here, out=tmp_path / "out", ocr="never", formats=FORMATS).exit_code is ExitCode.ALL_READ
    door.after(2.0, "shut")
    door.after(2.0 + OUTAGE_S / 2, "busy")
    door.after(2.0 + OUTAGE_S, "open")
    report = prongsai.run(f"{full}/in", out=f"{full}/out", ocr="never", formats=FORMATS, jobs=2)
    assert report.folder == f"{full}/out"
    assert [document.status for document in report.tables.documents] == [Status.COMPLETE] * len(FILES)
    there, same = put_there(f"{full}/out"), written(tmp_path / "out")
    assert there.keys() == same.keys()
    assert digests(there, f"{full}/in".encode(), here.as_posix().encode()) == digests(same, b"", b"")


def test_a_second_run_fetches_nothing_and_tables_are_read_back_from_there(full: str, door: Door) -> None:
    arguments = ["run", f"{full}/in", "--out", f"{full}/out", "--ocr", "never", "--format", "csv,parquet", "--quiet"]
    assert cli.main(arguments) == ExitCode.ALL_READ
    once = put_there(f"{full}/out")
    asked = door.asked
    assert cli.main(arguments) == ExitCode.ALL_READ
    # A listing of inputs and one of outputs, and whether the address can be written: no file.
    assert door.asked - asked <= 8
    assert put_there(f"{full}/out") == once
    frames = prongsai.read_tables(f"{full}/out")
    assert len(frames["documents"]) == len(FILES)
    assert len(prongsai.audit(f"{full}/out").mentions) == len(frames["mentions"])
    code = str(frames["scores"]["code"].iloc[0])
    assert prongsai.explain(f"{full}/out", code)
    assert prongsai.status(f"{full}/out").done == len(FILES)
    system, path = addresses.open_service(full)
    system.rm_file(f"{path}/out/csv/scores.csv")
    assert cli.main(arguments) == ExitCode.ALL_READ
    assert put_there(f"{full}/out") == once, "what somebody took away is put back"


def test_an_address_that_cannot_be_written_is_told_before_anything_is_read(full: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = cli.main(["run", f"{full}/in", "--out", "s3://no-such-bucket-of-ours/out", "--ocr", "never"])
    assert code == ExitCode.WRONG_USE
    assert "no-such-bucket-of-ours" in capsys.readouterr().err
