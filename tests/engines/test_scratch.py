"""Temporary folders of processes that died together with whoever would have removed them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from prongsai.engines.scratch import Scratch

PIPELINE = Path(__file__).parents[2] / "pipeline"
HOLDER = """
import sys
from prongsai.engines.scratch import Scratch
made = Scratch()
print(made.name, *made.locks, flush=True)
sys.stdin.read()
"""

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the locks are those of POSIX")


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def holder(tmp_path: Path) -> tuple[subprocess.Popen[str], Path]:
    """Another process with a folder of its own, in which something lies."""
    environment = {**os.environ, "PYTHONPATH": str(PIPELINE), "TMPDIR": str(tmp_path)}
    process = subprocess.Popen([sys.executable, "-c", HOLDER], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    name, _lock = process.stdout.readline().split()
    Path(name, "page.png").write_bytes(b"left")
    return process, Path(name)


def end(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_what_dead_processes_left_is_removed_and_nothing_else(tmp_path: Path) -> None:
    dead, left = holder(tmp_path)
    end(dead)
    alive, kept = holder(tmp_path)
    (tmp_path / "prongsai-mine").mkdir()
    mine = Scratch()
    assert not left.exists()
    assert (kept / "page.png").exists()
    mine.remove()
    assert sorted(tmp_path.iterdir()) == sorted([kept, tmp_path / "prongsai-mine"])
    end(alive)


def test_a_child_that_outlives_its_parent_keeps_its_folder(tmp_path: Path) -> None:
    """By the lock that it inherits, until it dies too."""
    made = Scratch()
    folder = Path(made.name)
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=made.locks, text=True)
    made._lock.close()
    Scratch().remove()
    assert folder.exists()
    end(child)
    Scratch().remove()
    assert not folder.exists()
    assert list(tmp_path.iterdir()) == []


def test_where_there_are_no_locks_nothing_is_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dead, left = holder(tmp_path)
    end(dead)
    monkeypatch.setitem(sys.modules, "fcntl", None)
    made = Scratch()
    assert made.locks == ()
    made.remove()
    assert list(tmp_path.iterdir()) == [left]
