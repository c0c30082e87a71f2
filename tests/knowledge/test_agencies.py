"""`agency_names.csv` and `agency_cues.toml`: what they hold, and that a wrong entry is refused by name."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from prongsai.errors import KnowledgeError
from prongsai.knowledge import Certainty, load_knowledge, patterns_folder
from prongsai.knowledge.agencies import read_agency_cues, read_agency_names
from prongsai.language.folding import fold


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("agency_names.csv", "agency_cues.toml"):
        shutil.copy(patterns_folder() / name, tmp_path / name)
    return tmp_path


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_names_differ_once_folded_and_name_their_source() -> None:
    names = load_knowledge().agency_names
    assert len(names) > 350
    assert max(Counter(fold(entry.name) for entry in names).values()) == 1
    assert all(entry.source and entry.status is not Certainty.UNVERIFIED for entry in names)
    assert Counter(entry.kind for entry in names)["ministry"] >= 20
    assert sum("ราชภัฏ" in entry.name for entry in names) == 38
    assert sum("ราชมงคล" in entry.name for entry in names) == 9


def test_names_hold_no_stray_spaces_or_split_vowels() -> None:
    for entry in load_knowledge().agency_names:
        assert entry.name == " ".join(entry.name.split())
        assert "ํา" not in entry.name
        assert "เเ" not in entry.name


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("กรมศุลกากร,department,", "กรมศุลกากร,bureau,", "bureau"),
        ("กรมศุลกากร,department,", "กรมสรรพากร,department,", "กรมสรรพากร"),
        ("กรมศุลกากร,department,กระทรวงการคลัง", "กรมศุลกากร,department,กระทรวงเงิน", "กระทรวงเงิน"),
        ("กรมศุลกากร,department,", ",department,", "name is empty"),
    ],
)
def test_wrong_name_is_refused(old: str, new: str, complaint: str, folder: Path) -> None:
    _replace(folder / "agency_names.csv", old, new)
    with pytest.raises(KnowledgeError, match=complaint) as caught:
        read_agency_names(folder, load_knowledge().agency_kinds)
    assert "agency_names.csv" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("never_begin = [", "never_begins = [", "never_begins"),
        ("\nweak = [", "\nweek = [", "week"),
        ("numbered = ['education-area']", "numbered = ['region']", "region"),
        ("name = 'องค์การสวนสัตว์แห่งประเทศไทย'", "name = 'องค์การสวนงู'", "องค์การสวนงู"),
        ("capital = ['เมือง']", "capital = ['เมือง', 'เมือง']", "twice"),
    ],
)
def test_wrong_cue_is_refused(old: str, new: str, complaint: str, folder: Path) -> None:
    _replace(folder / "agency_cues.toml", old, new)
    knowledge = load_knowledge()
    with pytest.raises(KnowledgeError, match=complaint) as caught:
        read_agency_cues(folder, knowledge.agency_kinds, knowledge.agency_names)
    assert "agency_cues.toml" in str(caught.value)
