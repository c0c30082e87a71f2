"""From records to files and back: what a run writes is what a later look reads."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal
from enum import Enum
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import prongsai
from prongsai.errors import OutputError
from prongsai.export import TableSpec, load_schema, read_about, read_parts, read_records, write_tables
from prongsai.records import Box, Reader, Tables

CORPUS = Path(__file__).parents[2] / "corpus"
SOURCES = ("parquet", "csv")
_CONTROLS = [chr(code) for code in range(32) if chr(code) not in "\t\n\r"] + ["\ufffe", "\uffff"]
_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters=_CONTROLS), max_size=12)
_ODD = st.text(alphabet="=+-@'\"\t\r\n,|\\๑1. ", max_size=6)


def a_field(hint: Any, required: bool = False, enum: tuple[str, ...] = (), places: int = 0) -> st.SearchStrategy[Any]:
    """What a field can hold that files can hold too: so many decimals, two for boxes, no control characters."""
    kinds = get_args(hint) if NoneType in get_args(hint) else (hint,)
    kind = kinds[0]
    number = st.integers(0, 99_999_999)
    texts = _TEXT | _ODD
    found: st.SearchStrategy[Any]
    if enum and kind is str:
        found = st.sampled_from(enum)
    elif kind is str:
        found = texts.filter(bool) if required else texts
    elif kind is bool:
        found = st.booleans()
    elif kind is int:
        found = st.integers(1, 2**31 - 1)
    elif kind is Decimal:
        found = st.decimals(-9999, 9999, places=4) | st.decimals(0, 100, places=2)
    elif kind is float:
        found = number.map(lambda units: units / 10**places)
    elif kind is Box:
        side = number.map(lambda units: units / 100)
        found = st.builds(Box, side, side, side, side)
    elif get_origin(kind) is Mapping:
        found = st.dictionaries(st.sampled_from([reader.value for reader in Reader]), st.integers(1, 999))
    elif get_origin(kind) is tuple:
        item = texts.filter(bool) if get_args(kind)[0] is str else number.map(lambda units: units / 10_000)
        found = st.lists(item, max_size=3).map(tuple)
    else:
        assert issubclass(kind, Enum), hint
        found = st.sampled_from(list(kind))
    return st.none() | found if NoneType in kinds and not required else found


def a_record(spec: TableSpec) -> st.SearchStrategy[Any]:
    hints = get_type_hints(spec.record)
    columns = {column.name: column for column in spec.columns}
    made = {}
    for field in fields(spec.record):
        column = columns.get(field.name)
        made[field.name] = a_field(hints[field.name], *((column.required, column.enum, column.places) if column else ()))
    return st.builds(spec.record, **made)


@pytest.mark.parametrize("spec", load_schema(), ids=lambda spec: spec.name)
def test_any_record_comes_back(spec: TableSpec, tmp_path: Path) -> None:
    """One file for many records: to write all tables for each of them would take minutes."""
    found: list[Any] = []

    @settings(max_examples=80, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(record=a_record(spec))
    def gather(record: Any) -> None:
        found.append(record)

    gather()
    tables = Tables(**{spec.name: tuple(found)})
    write_tables(tables, tmp_path, SOURCES)
    for source in SOURCES:
        for read, record in zip(getattr(read_records(tmp_path, source), spec.name), found, strict=True):
            assert read == record


def test_every_table_is_declared() -> None:
    assert {spec.name for spec in load_schema()} == {field.name for field in fields(Tables)}


@pytest.mark.parametrize("source", SOURCES)
def test_records_read_from_files_give_the_same_files(tables: Tables, tmp_path: Path, source: str) -> None:
    """Whatever the files do not hold; but of a box too large for them nothing is left."""
    write_tables(replace(tables, mentions=tables.mentions[:-1]), tmp_path / "1", [source])
    once = read_records(tmp_path / "1")
    assert once.scores == tables.scores
    assert [mention.candidates for mention in once.mentions] == [mention.candidates for mention in tables.mentions[:-1]]
    write_tables(once, tmp_path / "2", [source])
    for spec in load_schema():
        file = f"{source}/{spec.name}.{source}"
        assert (tmp_path / "2" / file).read_bytes() == (tmp_path / "1" / file).read_bytes(), file


def test_values_have_the_digits_that_csv_shows(folder: Path) -> None:
    values = [str(mention.value) for mention in read_records(folder).mentions]
    assert values[:4] == ["97.32", "-1.13", "-0.49", "41.6667"]
    assert values[7] == "100.00"


def test_the_sample_reports_come_back(tmp_path: Path) -> None:
    tables = prongsai.run(sorted(CORPUS.glob("reports/*.txt")), out=tmp_path, formats=SOURCES).tables
    assert len(tables.mentions) > 100
    for source in SOURCES:
        assert read_records(tmp_path, source) == tables


def rewrite(folder: Path, name: str, column: str, cell: str | None) -> None:
    """Puts the cell into the first row of a CSV table, or takes the whole column away."""
    path = folder / "csv" / f"{name}.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        if cell is None:
            del row[column]
    if cell is not None:
        rows[0][column] = cell
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize(
    ("name", "column", "cell", "said"),
    [
        ("findings", "severity", "grave", r"findings\.severity: 'grave' is not a valid Severity"),
        ("findings", "severity", "", "severity"),
        ("mentions", "value", "ninety", "mentions.csv: cannot be read"),
        ("mentions", "page", None, "mentions.csv: lacks the columns page"),
    ],
)
def test_a_table_changed_by_hand_is_told_apart(folder: Path, tmp_path: Path, name: str, column: str, cell: str | None, said: str) -> None:
    shutil.copytree(folder / "csv", tmp_path / "csv")
    rewrite(tmp_path, name, column, cell)
    with pytest.raises(OutputError, match=said) as raised:
        read_records(tmp_path)
    assert raised.value.where.startswith(str(tmp_path))
    assert raised.value.next_step


def test_columns_in_another_order_and_more_of_them_are_no_trouble(tables: Tables, tmp_path: Path) -> None:
    write_tables(tables, tmp_path, ["csv"])
    wanted = read_records(tmp_path)
    path = tmp_path / "csv" / "scores.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [{"mine": "x", **dict(reversed(row.items()))} for row in csv.DictReader(stream)]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    assert read_records(tmp_path) == replace(wanted, scores=wanted.scores)


@pytest.mark.parametrize("file", ["parquet/mentions.parquet", "csv/mentions.csv"])
def test_a_broken_file_is_an_error_with_a_next_step(tables: Tables, tmp_path: Path, file: str) -> None:
    source = file.partition("/")[0]
    write_tables(tables, tmp_path, [source])
    (tmp_path / file).write_bytes(b'PAR1 and no more\r\n"')
    with pytest.raises(OutputError, match="run prongsai again"):
        read_records(tmp_path, source)


def test_a_folder_without_a_run(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="holds no tables"):
        read_records(tmp_path)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample reports that are texts, run, in both sources."""
    folder = tmp_path_factory.mktemp("sample")
    prongsai.run(sorted(CORPUS.glob("reports/*.txt")), out=folder, formats=SOURCES)
    return folder


def test_parts_are_the_whole_without_its_scores(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prongsai.export.records.DOCUMENTS_AT_ONCE", 2)
    whole = read_records(sample)
    for source in SOURCES:
        parts = list(read_parts(sample, source))
        assert max(len(part.documents) for part in parts) == 2
        joined = {field.name: tuple(row for part in parts for row in getattr(part, field.name)) for field in fields(Tables)}
        assert Tables(**joined) == replace(whole, scores=())


ALL = ["merged", "labels", "slipped", "sheet", "weighted"]


@pytest.mark.parametrize(
    ("subject", "agency", "doc", "left"),
    [
        ("EIT1", "", "", ["merged"]),
        ("o99", "", "", ALL),
        ("EIT1", "", "slipped", ["slipped"]),
        ("EIT1", "วิหารขาว", "", ["labels"]),
        ("ITA", "วิหารขาว", "slipped", ALL),
    ],
)
def test_no_more_is_read_than_it_takes(sample: Path, subject: str, agency: str, doc: str, left: list[str]) -> None:
    """What names nothing leaves all, so that an error can say what else there is."""
    found = read_about(sample, subject, agency, doc)
    assert [Path(one.path).stem.partition("-")[2] for one in found.documents] == left
    assert {one.doc_id for one in found.mentions} == {one.doc_id for one in found.documents}
