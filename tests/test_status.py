"""How far a run is: told from what it keeps, while it goes on, after it was killed, and after its end."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import prongsai
from prongsai import cli
from prongsai.console.durations import tell, tell_thai
from prongsai.console.layout import COLUMNS, width
from prongsai.console.standing import show_status
from prongsai.console.words import thai_words
from prongsai.errors import ExitCode, OutputError
from prongsai.keeping import store
from prongsai.keeping.standing import State, find_status
from prongsai.keeping.store import FILE, FOLDER, Kept, Listed, Store
from prongsai.records import Status

ROOT = Path(__file__).parents[1]
NOW = 1_800_000_000.0
BROKEN = "page 3: the page is broken (and 2 more pages)"


class Clock:
    """Stands in for the module `time` of the store and of those who look at it."""

    def __init__(self) -> None:
        self.now = NOW

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("prongsai.keeping.store.time", made)
    monkeypatch.setattr("prongsai.keeping.standing.time", made)
    return made


@pytest.fixture
def opened(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    """A run over six documents that has listed them, and not read one: two texts, three PDFs, and one that is no report."""
    assert clock.now == NOW
    with Store(tmp_path, "versions") as made:
        made.list_all(
            [
                *(Listed(f"a/{number}.txt", f"t{number}", "text", 1_000) for number in range(2)),
                *(Listed(f"b/{number}.pdf", f"p{number}", "pdf", 100_000) for number in range(3)),
                Listed("c/empty.pdf", "", "", 0, "the file is empty. Download it again"),
            ]
        )
        yield made


def kept(seconds: float, pages: int = 2, status: Status = Status.COMPLETE, reason: str = "") -> Kept:
    return Kept(b"", status, reason, pages, seconds)


def test_a_run_that_has_read_nothing_yet(opened: Store, tmp_path: Path, clock: Clock) -> None:
    clock.now += 4
    found = find_status(tmp_path)
    assert (found.state, found.documents, found.done, found.left) == (State.READING, 6, 1, 5)
    assert (found.pages, found.pages_per_minute, found.left_s) == (0, None, None)
    assert found.elapsed_s == 4
    assert found.ended is None
    assert [(trouble.reason, trouble.example) for trouble in found.troubles] == [("the file is empty. Download it again", "c/empty.pdf")]


def test_what_is_left_is_weighed_by_kind_and_bytes(opened: Store, tmp_path: Path, clock: Clock) -> None:
    """Two processes read 2 s of text and 30 s of PDF in 16 s: 60 s of PDFs and no text are left, for both of them 30 s."""
    for number in range(2):
        opened.keep(f"t{number}", kept(1))
    clock.now += 16
    opened.keep("p0", kept(30, pages=10))
    found = find_status(tmp_path)
    assert found.by_status == {Status.COMPLETE: 3, Status.REJECTED: 1}
    assert found.pages == 14
    assert found.pages_per_minute == pytest.approx(14 / 16 * 60)
    assert found.left_s == pytest.approx(60 / (32 / 16))


def test_pages_of_a_document_that_is_not_done_count(opened: Store, tmp_path: Path, clock: Clock) -> None:
    clock.now += 10
    opened.keep("p0", kept(10, pages=5))
    for number in range(3):
        clock.now += 1
        opened.keep_page("p1", number + 1, b"page", 1.0)
    found = find_status(tmp_path)
    assert found.pages == 8
    # A text is taken for any document as long as none was read; of the second PDF 3 s are done.
    assert found.left_s == pytest.approx((2 * 10 + 7 + 10) * 13 / 13)


def test_what_an_earlier_run_read_is_done_and_tells_no_speed(tmp_path: Path, clock: Clock) -> None:
    listed = [Listed(f"{number}.txt", f"t{number}", "text", 1_000) for number in range(3)]
    with Store(tmp_path, "versions") as made:
        made.list_all(listed)
        clock.now += 100
        made.keep("t0", kept(100, 1, Status.PARTIAL, BROKEN))
    clock.now += 1_000
    with Store(tmp_path, "versions") as made:
        made.list_all(listed)
        clock.now += 5
        found = find_status(tmp_path)
        assert (found.done, found.kept_before, found.pages_per_minute, found.left_s) == (1, 1, None, None)
        made.keep("t1", kept(5, 1))
        clock.now += 5
        found = find_status(tmp_path)
    assert (found.done, found.kept_before, found.elapsed_s) == (2, 1, 10)
    assert found.pages_per_minute == pytest.approx(6)
    # 105 s for two texts, so 52.5 s for the third; half a process was at work.
    assert found.left_s == pytest.approx(105)
    assert found.troubles[0].reason == BROKEN


def test_processes_that_start_slowly_do_not_count_once_there_is_more(tmp_path: Path, clock: Clock) -> None:
    """Eight documents of 10 s and then eight of 1 s, by one process: the other four take 4 s, and not 22."""
    with Store(tmp_path, "versions") as made:
        made.list_all([Listed(f"{number}.pdf", f"p{number}", "pdf", 1_000) for number in range(20)])
        for number in range(15):
            clock.now += 10 if number < 8 else 1
            made.keep(f"p{number}", kept(10 if number < 8 else 1))
        assert find_status(tmp_path).left_s == pytest.approx(5 * 87 / 15)
        clock.now += 1
        made.keep("p15", kept(1))
        assert find_status(tmp_path).left_s == pytest.approx(4)


def test_reasons_that_differ_in_numbers_are_one_the_commonest_first(opened: Store, tmp_path: Path) -> None:
    opened.keep("p0", kept(1, 2, Status.PARTIAL, BROKEN))
    opened.keep("p1", kept(1, 1, Status.PARTIAL, "page 12: the page is broken (and 31 more pages)"))
    found = find_status(tmp_path)
    assert [(trouble.documents, trouble.reason, trouble.example) for trouble in found.troubles] == [
        (2, BROKEN, "b/0.pdf"),
        (1, "the file is empty. Download it again", "c/empty.pdf"),
    ]


def test_a_document_whose_process_died_is_retried(opened: Store, tmp_path: Path) -> None:
    opened.fared(2, Status.REJECTED, "the process died")
    opened.fared(5, Status.REJECTED, "the file is empty. Download it again")
    assert find_status(tmp_path).retried == 1


def test_tables_are_written_after_the_last_document(opened: Store, tmp_path: Path, clock: Clock) -> None:
    for key in ("t0", "t1", "p0", "p1", "p2"):
        clock.now += 1
        opened.keep(key, kept(1))
    assert find_status(tmp_path).state is State.WRITING
    assert find_status(tmp_path).left_s is None
    clock.now += 3
    opened.end()
    opened.__exit__(None, None, None)
    clock.now += 1_000
    found = find_status(tmp_path)
    assert (found.state, found.elapsed_s) == (State.FINISHED, 8)
    assert found.ended is not None
    assert found.ended.timestamp() == NOW + 8
    with Store(tmp_path, "versions"):
        assert find_status(tmp_path).state is State.LOOKING


def test_a_killed_run_is_stopped_where_it_last_kept_something(tmp_path: Path) -> None:
    """Another process, killed while it holds the lock and its database is open."""
    program = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from prongsai.keeping.store import Kept, Listed, Store\n"
        "with Store(Path(sys.argv[1]), '') as store:\n"
        "    store.list_all([Listed(f'{n}.txt', f'{n}', 'text', 10) for n in range(4)])\n"
        "    store.keep('0', Kept(b'', 'complete', '', 3, 0.5))\n"
        "    print('kept', flush=True)\n"
        "    time.sleep(100)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "pipeline")}
    run = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, env=environment)
    try:
        assert run.stdout is not None
        assert run.stdout.readline() == b"kept\n"
        assert find_status(tmp_path).state is State.READING
    finally:
        run.send_signal(signal.SIGKILL)
        run.communicate()
    found = find_status(tmp_path)
    assert (found.state, found.done, found.left, found.pages) == (State.STOPPED, 1, 3, 3)
    assert found.elapsed_s < 5
    with Store(tmp_path, ""):
        pass


def test_looking_does_not_keep_a_run_out(opened: Store, tmp_path: Path) -> None:
    opened.__exit__(None, None, None)
    began = time.monotonic()
    assert find_status(tmp_path).state is State.STOPPED
    with Store(tmp_path, "versions"):
        assert find_status(tmp_path).state is State.READING
    assert time.monotonic() - began < 5


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_somebody_elses_folder_can_be_looked_at(opened: Store, tmp_path: Path) -> None:
    opened.__exit__(None, None, None)
    (tmp_path / FOLDER).chmod(0o500)
    try:
        assert find_status(tmp_path).documents == 6
    finally:
        (tmp_path / FOLDER).chmod(0o700)


def test_a_folder_that_holds_no_run_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["status", str(tmp_path)]) == ExitCode.WRONG_USE
    said = capsys.readouterr().err
    assert "the folder holds no run" in said
    assert thai_words()["errors.OutputError"] in said
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_read_is_said(opened: Store, tmp_path: Path) -> None:
    opened.__exit__(None, None, None)
    with closing(sqlite3.connect(tmp_path / FOLDER / FILE)) as database:
        database.execute(f"PRAGMA user_version = {store.LAYOUT + 1}")
    with pytest.raises(OutputError, match="another version"):
        find_status(tmp_path)
    (tmp_path / FOLDER / FILE).write_bytes(b"no database at all" * 100)
    with pytest.raises(OutputError, match="cannot be read"):
        find_status(tmp_path)


def test_the_command_says_it_in_both_languages(opened: Store, tmp_path: Path, clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    clock.now += 90
    opened.keep("p0", kept(90, 30, Status.PARTIAL, BROKEN))
    assert cli.main(["status", str(tmp_path)]) == ExitCode.ALL_READ
    said = capsys.readouterr().out
    assert "A run is reading." in said
    assert "2  33 %: 0 complete, 1 partial, 1 rejected" in said
    assert "30  20 a minute in this run" in said
    assert "Left: about 6 min." in said
    assert f"1 document: {BROKEN}\n    b/0.pdf" in said
    assert thai_words()["status.reading"] in said
    assert max(width(line) for line in said.splitlines()) <= COLUMNS


def test_from_python(opened: Store, tmp_path: Path) -> None:
    opened.__exit__(None, None, None)
    found = prongsai.status(tmp_path)
    assert isinstance(found, prongsai.RunStatus)
    assert "run the same command again" in show_status(found)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.42, "0.4 s"), (45, "45 s"), (299, "299 s"), (300, "5 min"), (5_999, "1 h 40 min"), (7_200, "2 h"), (86_400 * 3 + 7_200, "3 d 2 h")],
)
def test_durations(seconds: float, said: str) -> None:
    assert tell(seconds) == said
    assert len(tell_thai(seconds).split()) == len(said.split())
