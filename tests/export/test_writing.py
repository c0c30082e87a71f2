"""How a run's files get to their place: the same bytes each time, whole or not at all, and refusals that say what to do."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from prongsai.errors import OutputError
from prongsai.export import TableWriter, read_tables, write_tables
from prongsai.records import Mention, MentionKind, Reader, Scope, Tables

MANY = 130_000
"""More than one row group, text segment and Arrow chunk, which is where DuckDB's files used to differ."""


def hashes(folder: Path) -> Mapping[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def many_mentions(count: int) -> Tables:
    """As many mentions, with texts that do not repeat."""
    blank = Mention(
        "", "d" * 16, "a.pdf", 1, None, None, None, None, None, "", "", 2568, "", Scope.QUESTION, "", "", "i1", MentionKind.SCORE,
        None, 100, "", "", "", Reader.TEXT, "", None,
    )  # fmt: skip
    texts = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(count)]
    return Tables(
        mentions=tuple(
            replace(
                blank,
                mention_id=f"{'d' * 16}:{number}",
                value=Decimal(number % 10_001).scaleb(-2),
                question=f"หน่วยงานของท่าน {text[: number % 60]}",
                printed_value=text[:5] if number % 3 else "",
            )
            for number, text in enumerate(texts)
        )
    )


def test_the_same_tables_give_the_same_bytes(tables: Tables, folder: Path, tmp_path: Path) -> None:
    write_tables(tables, tmp_path / "another folder with a 'longer' name")
    assert hashes(tmp_path / "another folder with a 'longer' name") == hashes(folder)


def test_the_same_bytes_from_another_process(tmp_path: Path) -> None:
    """Addresses, hash seeds and what the memory held before all differ there."""
    script = "import sys, pathlib; sys.path[:0] = sys.argv[2:]; import test_writing as t; t.write_many(pathlib.Path(sys.argv[1]))"
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / seed), str(Path(__file__).parent), *sys.path],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        )
    first, second = hashes(tmp_path / "1"), hashes(tmp_path / "2")
    assert (tmp_path / "1" / "prongsai.duckdb").stat().st_size > 2_000_000
    assert first == second
    write_many(tmp_path / "3")
    assert hashes(tmp_path / "3") == first


def test_the_same_bytes_where_whole_numbers_are_missing(tmp_path: Path) -> None:
    """Where a value is missing, bit packing kept what the memory held: two files in three differed."""
    mentions = many_mentions(600).mentions
    gaps = tuple(replace(one, row=None if at % 3 else at % 50, column=None if at % 3 else at % 7) for at, one in enumerate(mentions))
    for number in range(6):
        write_tables(Tables(mentions=gaps), tmp_path / str(number), ["duckdb"])
    assert len({(tmp_path / str(number) / "prongsai.duckdb").read_bytes() for number in range(6)}) == 1


def write_many(folder: Path) -> None:
    """The large run, but for Excel, which takes long and is compared on the small one."""
    write_tables(many_mentions(MANY), folder, ["csv", "parquet", "duckdb"])


def test_a_run_replaces_what_it_writes(tables: Tables, tmp_path: Path) -> None:
    write_tables(tables, tmp_path)
    write_tables(Tables(documents=tables.documents[:1]), tmp_path)
    frames = read_tables(tmp_path)
    assert {name: len(frame) for name, frame in frames.items()} == {"documents": 1} | dict.fromkeys(list(frames)[1:], 0)
    with duckdb.connect(str(tmp_path / "prongsai.duckdb"), read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM mentions").fetchone() == (0,)


def test_formats_not_asked_for_are_left_and_named(tables: Tables, tmp_path: Path) -> None:
    write_tables(tables, tmp_path, ["duckdb", "parquet"])
    before = (tmp_path / "prongsai.duckdb").read_bytes()
    written = write_tables(Tables(), tmp_path, ["csv"])
    assert (tmp_path / "prongsai.duckdb").read_bytes() == before
    assert [note.split()[0] for note in written.notes] == ["parquet", "prongsai.duckdb"]
    assert written.files[-1] == "datapackage.json"


def test_only_what_was_asked_for_is_written(tables: Tables, tmp_path: Path) -> None:
    write_tables(tables, tmp_path, ["duckdb"])
    assert [path.name for path in tmp_path.iterdir()] == ["prongsai.duckdb"]


def test_an_unknown_format_is_refused_before_anything_is_written(tables: Tables, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ods"):
        write_tables(tables, tmp_path / "out", ["ods"])
    assert not (tmp_path / "out").exists()


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OutputError, match="choose another folder") as caught:
        write_tables(Tables(), tmp_path / "out")
    assert str(tmp_path / "out") in str(caught.value)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write to a read-only folder")
def test_a_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="may write to"):
        write_tables(Tables(), tmp_path)


@pytest.mark.parametrize(
    ("code", "advice"),
    [(errno.ENOSPC, "Free some space"), (errno.EROFS, "may write to"), (errno.EACCES, "close its files"), (errno.EIO, "try again")],
)
@pytest.mark.parametrize("victim", ["csv_file.write_csv", "xlsx_file.xlsxwriter.worksheet.Worksheet._write_row"])
def test_a_disk_that_fails_half_way_leaves_the_earlier_run_whole(
    tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, advice: str, victim: str
) -> None:
    write_tables(Tables(), tmp_path)
    before = hashes(tmp_path)

    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(f"prongsai.export.{victim}", fail)
    with pytest.raises(OutputError, match=advice):
        write_tables(tables, tmp_path)
    assert hashes(tmp_path) == before, "nothing changed, and the working folder is gone"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize(("format_name", "file"), [("csv", "csv/mentions.csv"), ("parquet", "parquet/mentions.parquet")])
def test_a_disk_that_is_really_full(tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format_name: str, file: str) -> None:
    make = Path.mkdir

    def mkdir(self: Path, *args: object, **options: object) -> None:
        make(self, *args, **options)  # type: ignore[arg-type]
        if self.name == format_name and self.parent != tmp_path:
            (self.parent / file).symlink_to("/dev/full")

    monkeypatch.setattr(Path, "mkdir", mkdir)
    with pytest.raises(OutputError, match="Free some space"):
        write_tables(tables, tmp_path, [format_name])


def test_rows_added_in_parts_give_the_same_bytes_as_all_at_once(tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prongsai.export.spool.CHUNK_ROWS", 4)
    monkeypatch.setattr("prongsai.export.spool.PIECES", 2)
    write_tables(tables, tmp_path / "once")
    with TableWriter(tmp_path / "parts") as writer:
        for mention in tables.mentions:
            writer.add(Tables(mentions=(mention,)))
        writer.add(replace(tables, mentions=()))
        writer.finish()
    assert hashes(tmp_path / "parts") == hashes(tmp_path / "once")


def test_a_writer_that_is_left_by_an_error_leaves_nothing(tables: Tables, tmp_path: Path) -> None:
    def stop_half_way() -> None:
        with TableWriter(tmp_path) as writer:
            writer.add(tables)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop_half_way()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("field", "value", "complaint"), [("doc_id", "", "no doc_id"), ("kind", "guess", "'guess' is none of score, difference")]
)
def test_a_row_that_breaks_the_schema_is_a_defect_and_says_where(
    tables: Tables, tmp_path: Path, field: str, value: str, complaint: str
) -> None:
    broken = replace(tables, mentions=(replace(tables.mentions[0], **{field: value}),))  # type: ignore[arg-type]
    with pytest.raises(OutputError, match=complaint) as caught:
        write_tables(broken, tmp_path)
    assert f"mentions.{field}" in str(caught.value)
