"""The command, up to the moment when it serves; that is in test_pages.py."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from prongsai.console.reviewed import review as command
from prongsai.errors import OutputError, UsageError
from prongsai.report.review.desk import is_older
from prongsai.report.review.server import HOST, open_socket
from prongsai.report.writing import MANIFEST, Site


@pytest.mark.parametrize("port", ["-1", "x", "65536", "๘๐๘๐", ""])
def test_a_port_that_is_none(folder: Path, port: str) -> None:
    with pytest.raises(UsageError, match="is no port"):
        command(str(folder), port=port)


def test_a_port_that_is_taken(folder: Path) -> None:
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        with pytest.raises(UsageError, match="cannot be had"):
            command(str(folder), port=other.getsockname()[1])


def test_a_folder_has_its_own_port_so_that_browsers_find_it_again(tmp_path: Path) -> None:
    with open_socket(None, tmp_path) as first:
        first.listen()
        usual = first.getsockname()
        assert usual[0] == "127.0.0.1"
        with open_socket(None, tmp_path) as second:
            assert second.getsockname()[1] != usual[1], "taken: another one rather than none"
    with open_socket(None, tmp_path) as again:
        assert again.getsockname() == usual


def test_a_folder_without_tables_or_of_another_machine(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        command(str(tmp_path), port=0)
    with pytest.raises(UsageError, match="folder of this machine"):
        command("s3://bucket/outputs")


def test_a_broken_file_of_answers_is_told_before_anything_else(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "corrections.csv").write_text("x\n", encoding="utf-8")
    with pytest.raises(UsageError, match="lacks the columns"):
        command(str(folder), port=0, corrections=str(tmp_path / "corrections.csv"))


def test_pages_are_old_where_tables_are_newer(tmp_path: Path) -> None:
    site, tables = tmp_path / "report", tmp_path / "parquet" / "mentions.parquet"
    assert is_older(site, tmp_path)
    with Site(site) as written:
        written.script("index.html", "")
    assert not is_older(site, tmp_path)
    tables.parent.mkdir()
    tables.touch()
    os.utime(site / MANIFEST, (1, 1))
    assert is_older(site, tmp_path)


def test_half_a_site_is_old(tmp_path: Path) -> None:
    def begin() -> None:
        with Site(tmp_path / "report") as written:
            written.script("index.html", "")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        begin()
    assert (tmp_path / "report" / "index.html").is_file()
    assert is_older(tmp_path / "report", tmp_path)
