"""Which tables the pages are made of, and what they know of agencies beside them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

import prongsai
from prongsai.errors import OutputError
from prongsai.knowledge import load_knowledge
from prongsai.report.model import _kind_of, open_model

from .conftest import ROOT

CORPUS = ROOT / "corpus"


@pytest.mark.parametrize("code", ["subdistrict-administration", "town-municipality", "provincial-administration", "police-station"])
def test_a_name_begins_with_its_kind(code: str) -> None:
    knowledge = load_knowledge()
    kind = next(one for one in knowledge.agency_kinds if one.code == code)
    assert _kind_of(f"{kind.name_th}X", knowledge) == code
    assert all(_kind_of(f"{beginning}X", knowledge) == code for beginning in kind.prefixes)


def test_a_place_and_an_unknown_name_have_no_kind() -> None:
    knowledge = load_knowledge()
    places = [one for one in knowledge.agency_kinds if one.level == "place"]
    assert places
    assert {_kind_of(f"{one.name_th}X", knowledge) for one in places} == {""}
    assert _kind_of("X", knowledge) == ""


def write(folder: Path, file: str, at: int, *formats: str) -> None:
    """A run over one small report, whose tables then are as old as `at` says."""
    report = folder.parent / file
    shutil.copy(CORPUS / "reports" / file, report)
    prongsai.run([str(report)], out=folder, formats=formats, keep_tables=False)
    for path in folder.rglob("*.*"):
        if any(part in formats for part in path.relative_to(folder).parts):
            os.utime(path, (at, at))


def documents_in(folder: Path) -> list[str]:
    with open_model(folder) as model:
        return [Path(row["path"]).name for row in model.rows("SELECT path FROM documents")]


def test_the_tables_that_were_written_last_are_shown(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, "0002-merged.txt", 1_000_000_000, "parts")
    assert documents_in(out) == ["0002-merged.txt"]
    write(out, "0008-sheet.txt", 1_100_000_000, "parquet")
    assert documents_in(out) == ["0008-sheet.txt"]
    write(out, "0002-merged.txt", 1_200_000_000, "parts")
    assert documents_in(out) == ["0002-merged.txt"]


def test_tables_of_different_runs_are_refused(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, "0002-merged.txt", 1_000_000_000, "csv", "parquet")
    assert documents_in(out) == ["0002-merged.txt"]
    write(out, "0008-sheet.txt", 1_100_000_000, "csv")
    with pytest.raises(OutputError, match="different runs"), open_model(out):
        pass


def test_a_run_that_goes_on_is_no_site_yet(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write(out, "0002-merged.txt", 1_000_000_000, "parts")
    listing = out / "parts" / "run.json"
    listing.write_text(listing.read_text().replace('"is_finished": true', '"is_finished": false'))
    with pytest.raises(OutputError, match="not done"), open_model(out):
        pass


def test_csv_alone_is_enough(tmp_path: Path) -> None:
    write(tmp_path / "out", "0008-sheet.txt", 1_000_000_000, "csv")
    assert documents_in(tmp_path / "out") == ["0008-sheet.txt"]
