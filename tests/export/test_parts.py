"""Parquet in parts: what stands there at any moment of a run, what a reader sees of it, and that it is the run's tables again."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import duckdb
import pandas
import pyarrow.parquet as pq
import pytest

import prongsai
from prongsai import cli
from prongsai.console.layout import name_files
from prongsai.errors import ExitCode, OutputError
from prongsai.export import TableWriter, formats_in, load_schema, read_about, read_parts, read_records, read_tables, write_tables
from prongsai.records import Tables

CORPUS = Path(__file__).parents[2] / "corpus"
SCHEMA = load_schema()
YEARS = (2566, 2567, None)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two documents in a part, and two rows in a batch."""
    monkeypatch.setattr("prongsai.export.parts.DOCUMENTS_IN_A_PART", 2)
    monkeypatch.setattr("prongsai.export.parts._BATCH_ROWS", 2)


def by_document(tables: Tables, count: int = 7) -> Iterator[Tables]:
    """As many documents with the rows of the small run, whose years come in turns, within documents too; scores last."""
    for number in range(count):
        doc_id = hashlib.sha256(str(number).encode()).hexdigest()[:16]
        own: dict[str, Any] = {"doc_id": doc_id, "path": f"{number}.pdf"}
        yield Tables(
            documents=(replace(tables.documents[0], report_year=YEARS[number % 3], **own),),
            mentions=tuple(
                replace(row, mention_id=f"{doc_id}:{at}", fiscal_year=YEARS[(number + at) % 3], **own)
                # A box too large for the files does not come back.
                for at, row in enumerate(tables.mentions[:-1])
            ),
            codes=tuple(replace(row, fiscal_year=YEARS[number % 3], **own) for row in tables.codes),
            findings=tuple(replace(row, fiscal_year=YEARS[at % 3], **own) for at, row in enumerate(tables.findings * 2)),
            pages=tuple(replace(row, **own) for row in tables.pages),
        )
    yield Tables(scores=tuple(replace(tables.scores[0], fiscal_year=YEARS[at % 3], mentions=at + 1) for at in range(30)))


def joined(parts: list[Tables]) -> Tables:
    return Tables(**{each.name: tuple(row for part in parts for row in getattr(part, each.name)) for each in fields(Tables)})


def write(parts: Iterator[Tables], folder: Path, *formats: str) -> tuple[str, ...]:
    with TableWriter(folder, ["parts", *formats]) as writer:
        for part in parts:
            writer.add(part)
        return writer.finish().files


def hashes(folder: Path) -> Mapping[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def counted(folder: Path, table: str = "documents") -> int:
    with prongsai.connect(folder) as connection:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])


@pytest.fixture
def out(tables: Tables, tmp_path: Path) -> Path:
    write(by_document(tables), tmp_path / "a [folder] with 'marks'")
    return tmp_path / "a [folder] with 'marks'"


def test_where_files_lie(tables: Tables, out: Path) -> None:
    listing = json.loads((out / "parts/run.json").read_text(encoding="utf-8"))
    assert (listing["is_finished"], listing["documents"]) == (True, 7)
    listed = [name for names in listing["files"].values() for name in names]
    assert sorted([*listed, "run.json"]) == sorted(hashes(out / "parts"))
    assert [path.name for path in out.iterdir()] == ["parts"]
    files = write(by_document(tables), out)
    assert (files[-1], sorted(files)) == ("parts/run.json", sorted(hashes(out)))
    assert name_files(["csv/codes.csv", *files]) == "csv/codes.csv, parts/run.json"
    assert "documents/report_year=2566/part-00000.parquet" in listed
    assert "mentions/fiscal_year=0/part-00003.parquet" in listed
    assert len(listing["files"]["scores"]) == 6, "30 rows, no more than 24 in a part, three years each"


def test_records_and_frames_come_back(tables: Tables, tmp_path: Path) -> None:
    parts = list(by_document(tables))
    write(iter(parts), tmp_path, "parquet")
    whole = read_records(tmp_path, "parquet")
    assert read_records(tmp_path, "parts") == whole
    for name, frame in read_tables(tmp_path, "parquet").items():
        pandas.testing.assert_frame_equal(read_tables(tmp_path, "parts")[name], frame)
    assert [one.fiscal_year for one in whole.mentions] == [one.fiscal_year for part in parts for one in part.mentions]


def test_parts_come_one_at_a_time_and_without_scores(tables: Tables, tmp_path: Path) -> None:
    write(by_document(tables), tmp_path)
    parts = list(read_parts(tmp_path))
    assert [len(part.documents) for part in parts] == [2, 2, 2, 1]
    assert joined(parts) == replace(read_records(tmp_path), scores=())


def test_what_is_full_can_be_read_while_the_run_goes_on(tables: Tables, tmp_path: Path) -> None:
    """By the file that lists the parts, and by readers that take all that is in the folder."""
    seen = []
    with TableWriter(tmp_path, ["parts", "csv"]) as writer:
        assert counted(tmp_path) == 0
        for part in by_document(tables, 6):
            writer.add(part)
            seen.append(counted(tmp_path))
            if seen[-1]:
                assert counted(tmp_path, "mentions") == 8 * seen[-1]
                assert len(pandas.read_parquet(tmp_path / "parts/mentions")) == 8 * seen[-1]
                assert pq.read_table(tmp_path / "parts/documents").num_rows == seen[-1]
                glob = duckdb.execute(f"SELECT count(*), sum(fiscal_year) FROM '{tmp_path}/parts/mentions/*/*.parquet'").fetchall()
                assert glob[0][0] == 8 * seen[-1]
                assert isinstance(glob[0][1], int)
        assert seen == [0, 2, 2, 4, 4, 6, 6]
        assert not (tmp_path / "csv").exists()
        with pytest.raises(OutputError, match="the first 6 documents of a run that is not done"):
            read_tables(tmp_path)
        writer.finish()
    assert counted(tmp_path, "scores") == 30


def test_a_finished_run_stays_until_the_next_is_done(tables: Tables, out: Path) -> None:
    before = hashes(out / "parts")
    with TableWriter(out, ["parts"]) as writer:
        for part in by_document(tables, 3):
            writer.add(part)
            assert hashes(out / "parts") == before
            assert counted(out) == 7
        assert pq.read_table(out / "parts-next/documents").num_rows == 2
        writer.finish()
    assert counted(out) == 3
    assert [path.name for path in out.iterdir()] == ["parts"]


def test_rows_read_from_parts_can_be_written_over_them(tables: Tables, out: Path) -> None:
    before = hashes(out)
    scores = read_records(out).scores
    write(iter([*read_parts(out), Tables(scores=scores)]), out)
    assert hashes(out) == before


def test_the_same_bytes_however_rows_are_added(tables: Tables, out: Path, tmp_path: Path) -> None:
    write(iter([joined(list(by_document(tables)))]), tmp_path / "once")
    assert hashes(tmp_path / "once") == hashes(out)


def test_a_run_that_is_stopped_leaves_what_is_whole(tables: Tables, tmp_path: Path) -> None:
    def stop(after: int) -> None:
        with TableWriter(tmp_path, ["parts", "csv"]) as writer:
            for part in list(by_document(tables))[:after]:
                writer.add(part)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop(1)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(KeyboardInterrupt):
        stop(5)
    assert counted(tmp_path) == 4
    assert [path.name for path in tmp_path.iterdir()] == ["parts"]
    with pytest.raises(OutputError, match="is not done"):
        read_records(tmp_path)
    write(by_document(tables), tmp_path)
    with pytest.raises(KeyboardInterrupt):
        stop(5)
    assert counted(tmp_path) == 7, "the finished run is whole"
    assert [path.name for path in tmp_path.iterdir()] == ["parts"]


@pytest.mark.parametrize("left", [("parts", "parts-next"), ("parts-next", "parts-earlier"), ("parts", "parts-earlier"), ("parts",)])
def test_what_a_killed_run_left_is_cleared(tables: Tables, out: Path, left: tuple[str, ...]) -> None:
    """Killed while it wrote, between the two moves in which folders change places, after them, and while it wrote the list."""
    whole = hashes(out)
    for name in left:
        if name != "parts":
            shutil.copytree(out / "parts", out / name)
    if left == ("parts",):
        (out / "parts/run.json").write_text("")
    if "parts" not in left:
        shutil.rmtree(out / "parts")
    write(by_document(tables), out)
    assert hashes(out) == whole


def test_files_of_somebody_else_are_not_touched(tables: Tables, tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/mine.txt").write_text("mine")
    with pytest.raises(OutputError, match="no run wrote"):
        write(by_document(tables), tmp_path)
    assert hashes(tmp_path) == {"parts/mine.txt": hashlib.sha256(b"mine").hexdigest()}


def test_a_full_disk_is_said(tables: Tables, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = hashes(out)

    def fail(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("prongsai.export.parts.pq.write_table", fail)
    with pytest.raises(OutputError, match="Free some space"):
        write(by_document(tables), out)
    assert hashes(out) == before


def test_a_broken_list_is_said(out: Path) -> None:
    (out / "parts/run.json").write_text("[]")
    for read in (prongsai.connect, read_records, read_tables):
        with pytest.raises(OutputError, match=r"run\.json cannot be read.*Run prongsai again"):
            read(out)


def test_parts_of_a_version_without_one_of_the_tables_are_said(tables: Tables, out: Path) -> None:
    listing = out / "parts/run.json"
    data = json.loads(listing.read_text(encoding="utf-8"))
    del data["files"]["pages"]
    listing.write_text(json.dumps(data), encoding="utf-8")
    for read in (prongsai.connect, read_records, read_tables):
        with pytest.raises(OutputError, match=r"run\.json cannot be read: 'pages'.*Run prongsai again"):
            read(out)
    write(by_document(tables), out)
    assert read_records(out).pages == joined(list(by_document(tables))).pages


def test_a_missing_part_is_said(out: Path) -> None:
    (out / "parts/mentions/fiscal_year=2566/part-00001.parquet").unlink()
    with pytest.raises(OutputError, match="Run prongsai again"):
        read_records(out)
    with pytest.raises(OutputError, match="Run prongsai again"):
        prongsai.connect(out)


TYPES = {"string": "VARCHAR", "integer": "INTEGER", "decimal": "DECIMAL(9,4)", "float": "DOUBLE", "boolean": "BOOLEAN"}


@pytest.mark.parametrize("formats", [["parts"], ["parquet"]])
def test_views_have_the_columns_of_the_tables(tables: Tables, tmp_path: Path, formats: list[str]) -> None:
    """Those without rows too."""
    write_tables(tables, tmp_path / "full", formats)
    write_tables(Tables(), tmp_path / "empty", formats)
    for folder in ("full", "empty"):
        with prongsai.connect(tmp_path / folder) as connection:
            for spec in SCHEMA:
                said = connection.execute(f"DESCRIBE {spec.name}").fetchall()
                assert [row[:2] for row in said] == [(column.name, TYPES[column.type]) for column in spec.columns]
                rows = connection.execute(f"SELECT count(*) FROM {spec.name}").fetchall()
                assert rows == [(len(getattr(tables, spec.name)) if folder == "full" else 0,)]
    assert read_records(tmp_path / "empty") == Tables()


def test_rows_without_a_year_have_none_in_views(tables: Tables, out: Path) -> None:
    with prongsai.connect(out) as connection:
        years = connection.execute("SELECT DISTINCT fiscal_year FROM mentions ORDER BY 1").fetchall()
        documents = connection.execute("SELECT count(*) FROM documents WHERE report_year IS NULL").fetchall()
    assert years == [(2566,), (2567,), (None,)]
    assert documents == [(2,)]


@pytest.mark.parametrize(
    ("question", "files"),
    [
        ("mentions WHERE fiscal_year = 2567", 4),
        ("mentions WHERE fiscal_year >= 2567 AND code = 'i1'", 4),
        ("mentions WHERE fiscal_year IS NULL", 4),
        ("mentions", 12),
        ("documents WHERE report_year = 2566", 3),
    ],
)
def test_a_year_opens_its_own_files_alone(out: Path, question: str, files: int) -> None:
    """The files of other years are broken here, so that whoever opens them fails."""
    with prongsai.connect(out) as connection:
        (_, plan), *_ = connection.execute(f"EXPLAIN SELECT * FROM {question}").fetchall()
        if files < 12:
            assert f"Scanning Files: {files}/" in plan
        whole = connection.execute(f"SELECT * FROM {question}").fetchall()
        opened = connection.execute(f"EXPLAIN ANALYZE SELECT * FROM {question}").fetchall()[0][1]
        assert f"Total Files Read: {files}" in opened
    if "2567" in question:
        for path in (out / "parts/mentions").glob("fiscal_year=2566/*"):
            path.write_bytes(path.read_bytes()[:4] + b"\0" * 64)
        with prongsai.connect(out) as connection:
            assert connection.execute(f"SELECT * FROM {question}").fetchall() == whole


def test_a_folder_without_parquet_cannot_be_connected(tables: Tables, tmp_path: Path) -> None:
    write_tables(tables, tmp_path, ["csv"])
    with pytest.raises(OutputError, match="--format parts or parquet"):
        prongsai.connect(tmp_path)


def test_what_is_read_to_explain_a_score(tables: Tables, out: Path) -> None:
    """Only the documents in question, from whichever part."""
    found = read_about(out, "i1", "", "4.pdf")
    assert [one.path for one in found.documents] == ["4.pdf"]
    assert len(found.mentions) == 8
    assert len(read_about(out, "i1", "", "").documents) == 7


def test_parts_are_written_where_they_are_asked_for(tables: Tables, out: Path, tmp_path: Path) -> None:
    assert formats_in(out) == ("parts",)
    assert "parts/run.json" not in write_tables(tables, tmp_path / "usual").files
    assert not (tmp_path / "usual/parts").exists()
    notes = write_tables(tables, out, ["csv"]).notes
    assert notes[-1].startswith("parts is of an earlier run")


def test_an_audit_of_parts_changes_no_byte(tmp_path: Path) -> None:
    prongsai.run(sorted(CORPUS.glob("reports/*.txt")), out=tmp_path, formats=["parts"])
    once = hashes(tmp_path / "parts")
    assert len(once) > 20
    assert cli.main(["audit", str(tmp_path), "--quiet"]) == ExitCode.ALL_READ
    assert hashes(tmp_path / "parts") == once
