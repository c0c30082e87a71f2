"""A file is whole or absent, and what could not be written leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from prongsai.storage import write_whole


def test_a_file_is_written_over_an_earlier_one(tmp_path: Path) -> None:
    place = tmp_path / "new" / "one.txt"
    write_whole(place, b"first")
    write_whole(place, b"second")
    assert place.read_bytes() == b"second"
    assert [path.name for path in place.parent.iterdir()] == ["one.txt"]


def test_what_cannot_take_its_place_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "one.txt").mkdir()
    with pytest.raises(OSError, match=r"one\.txt"):
        write_whole(tmp_path / "one.txt", b"content")
    assert [path.name for path in tmp_path.iterdir()] == ["one.txt"]
