"""Calls made in processes of their own: crashes, hangs, limits, errors, Ctrl-C, and the parent's own death."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from prongsai.engines.child import show_life
from prongsai.engines.isolated import ATTEMPTS, Call
from prongsai.engines.local import LocalEngine
from prongsai.errors import Died, Hindered, InputRejected, KnowledgeError, OutOfMemory, TooSlow, UsageError
from prongsai.records import Limits

PIPELINE = Path(__file__).parents[2] / "pipeline"
POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and limits are those of POSIX")


def process_id() -> bytes:
    return str(os.getpid()).encode()


def says(text: str) -> bytes:
    print("a library that prints")
    return text.encode()


def dies(folder: Path, times: int) -> bytes:
    """Dies so many times, counting in a folder, before it answers."""
    died = len(list(folder.iterdir()))
    if died < times:
        (folder / str(died)).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return b"at last"


def is_locked() -> bytes:
    raise InputRejected("it is locked", "two.pdf", "Give an unlocked copy")


def odd_bytes() -> bytes:
    raise ValueError("odd bytes")


def bad_patterns() -> bytes:
    raise KnowledgeError("unknown key", "patterns/x.toml", "Remove it")


def no_package() -> bytes:
    raise ModuleNotFoundError("No module named 'pandas'", name="pandas")


def sleeps(seconds: float) -> bytes:
    time.sleep(seconds)
    return b"awake"


def steps(count: int, seconds: float) -> bytes:
    for _ in range(count):
        show_life()
        time.sleep(seconds)
    return b"walked"


def starts_a_sleeper(told: Path) -> bytes:
    sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    told.write_text(str(sleeper.pid))
    time.sleep(600)
    return b""


def leaves_a_file(seconds: float) -> bytes:
    Path(tempfile.mkdtemp(), "file").write_text("left")
    time.sleep(seconds)
    return str(Path(tempfile.gettempdir()).parent).encode()


def babbles() -> bytes:
    for number in range(3, 64):
        with suppress(OSError):
            os.write(number, b"\xff" * 100)
    time.sleep(60)
    return b""


def takes(megabytes: int) -> bytes:
    return str(len(bytearray(megabytes << 20))).encode()


def opens(folder: Path, count: int) -> bytes:
    return str(len([(folder / str(number)).open("w") for number in range(count)])).encode()


def environment(name: str) -> bytes:
    return os.environ.get(name, "").encode()


@contextmanager
def engine(jobs: int = 1, limits: Limits | None = None) -> Iterator[LocalEngine]:
    with LocalEngine(jobs, limits or Limits()) as started:
        yield started


def ask(engine: LocalEngine, work: object, *arguments: object) -> Future[bytes]:
    return engine.submit(Call(work, arguments))  # type: ignore[arg-type]


def is_alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until_gone(process: int) -> bool:
    deadline = time.monotonic() + 10
    while is_alive(process) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not is_alive(process)


def test_calls_run_elsewhere_and_what_they_print_does_not_mix_with_their_answers() -> None:
    with engine() as one:
        assert ask(one, process_id).result() != str(os.getpid()).encode()
        assert ask(one, says, "hello").result() == b"hello"


@POSIX
def test_a_call_whose_process_is_killed_is_made_again(tmp_path: Path) -> None:
    with engine() as one:
        assert ask(one, dies, tmp_path, ATTEMPTS - 1).result() == b"at last"


@POSIX
def test_a_call_that_always_kills_its_process_costs_itself_only(tmp_path: Path) -> None:
    with engine(2) as two:
        before, deadly, after = ask(two, says, "a"), ask(two, dies, tmp_path, 99), ask(two, says, "b")
        with pytest.raises(Died, match="--jobs"):
            deadly.result()
        assert (before.result(), after.result()) == (b"a", b"b")
    assert len(list(tmp_path.iterdir())) == ATTEMPTS


def test_errors_of_the_family_come_back_as_they_are() -> None:
    with engine() as one:
        with pytest.raises(InputRejected) as locked:
            ask(one, is_locked).result()
        assert (locked.value.what, locked.value.where, locked.value.next_step) == ("it is locked", "two.pdf", "Give an unlocked copy")
        with pytest.raises(KnowledgeError, match=r"patterns/x\.toml"):
            ask(one, bad_patterns).result()
        with pytest.raises(ImportError, match="pandas"):
            ask(one, no_package).result()
        with pytest.raises(RuntimeError, match="ValueError: odd bytes"):
            ask(one, odd_bytes).result()


def test_what_takes_too_long_is_ended_and_not_tried_again() -> None:
    with engine(limits=Limits(step_s=1)) as one:
        began = time.monotonic()
        with pytest.raises(TooSlow, match="--max-seconds"):
            ask(one, sleeps, 60).result()
        assert time.monotonic() - began < 30
        assert ask(one, says, "next").result() == b"next"


def test_the_clock_starts_anew_with_each_sign_of_life() -> None:
    with engine(limits=Limits(step_s=1.5)) as one:
        assert ask(one, steps, 6, 0.5).result() == b"walked"


@POSIX
def test_temporary_files_end_with_their_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with engine(limits=Limits(step_s=2)) as one:
        with pytest.raises(TooSlow):
            ask(one, leaves_a_file, 60).result()
        assert list(tmp_path.iterdir()) == []
        assert ask(one, leaves_a_file, 0).result() == str(tmp_path).encode()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="open files are counted in /proc")
def test_no_file_or_thread_stays_of_processes_that_died(tmp_path: Path) -> None:
    with engine() as one:
        ask(one, says, "started").result()
        before = len(list(Path("/proc/self/fd").iterdir())), threading.active_count()
        with pytest.raises(Died):
            ask(one, dies, tmp_path, 99).result()
        ask(one, says, "started").result()
        assert (len(list(Path("/proc/self/fd").iterdir())), threading.active_count()) == before


@POSIX
def test_a_process_that_is_out_of_its_mind_is_ended() -> None:
    with engine() as one:
        with pytest.raises(Died):
            ask(one, babbles).result()
        assert ask(one, says, "next").result() == b"next"


@POSIX
def test_a_process_that_takes_nothing_in_is_ended() -> None:
    """What is sent to it is more than a pipe holds."""
    with engine(limits=Limits(step_s=2)) as one:
        stopped = int(ask(one, process_id).result())
        os.kill(stopped, signal.SIGSTOP)
        with pytest.raises(TooSlow):
            ask(one, says, "x" * 1_000_000).result()
        assert wait_until_gone(stopped)


@POSIX
def test_programs_that_a_call_started_end_with_it(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    with engine(limits=Limits(step_s=2)) as one, pytest.raises(TooSlow):
        ask(one, starts_a_sleeper, told).result()
    assert wait_until_gone(int(told.read_text()))


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory is one of Linux")
def test_memory_is_limited() -> None:
    with engine(limits=Limits(memory_bytes=512 << 20)) as one:
        with pytest.raises(OutOfMemory, match="--max-memory"):
            ask(one, takes, 1024).result()
        assert ask(one, takes, 16).result() == str(16 << 20).encode()


@POSIX
def test_open_files_are_limited(tmp_path: Path) -> None:
    with engine(limits=Limits(open_files=64)) as one, pytest.raises(Hindered, match="Too many open files"):
        ask(one, opens, tmp_path, 100).result()


def test_processes_are_renewed_after_so_many_steps() -> None:
    with engine(limits=Limits(pages_per_process=3)) as one:
        first = ask(one, process_id).result()
        ask(one, steps, 1, 0).result()
        assert ask(one, process_id).result() == first
        ask(one, steps, 2, 0).result()
        assert ask(one, process_id).result() != first


def test_tesseract_and_numpy_are_held_to_one_thread() -> None:
    with engine() as one:
        assert ask(one, environment, "OMP_THREAD_LIMIT").result() == b"1"
        assert ask(one, environment, "OPENBLAS_NUM_THREADS").result() == b"1"


def test_no_jobs_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="--jobs"):
        LocalEngine(0, Limits())


def test_processes_that_cannot_start_are_wrong_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with engine() as one, pytest.raises(UsageError, match="cannot start"):
        ask(one, says, "never").result()


SCRIPT = """
import os, pathlib, sys, time
from prongsai.engines.isolated import Call
from prongsai.engines.local import LocalEngine
from prongsai.records import Limits

with LocalEngine(2, Limits()) as engine:
    asked = [engine.submit(Call(time.sleep, (600,))) for _ in range(2)]
    while len(engine._children) < 2 or not all(child._process and child._steps for child in engine._children):
        time.sleep(0.05)
    print(*(child._process.pid for child in engine._children), flush=True)
    asked[0].result()
"""


@POSIX
@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGKILL])
def test_however_the_parent_ends_no_process_stays(by: signal.Signals, tmp_path: Path) -> None:
    script = tmp_path / "endless.py"
    script.write_text(textwrap.dedent(SCRIPT))
    parent = subprocess.Popen(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(PIPELINE)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell that runs the tests in the background has its children ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert parent.stdout is not None
    children = [int(word) for word in parent.stdout.readline().split()]
    assert len(children) == 2
    parent.send_signal(by)
    _, complaints = parent.communicate(timeout=30)
    assert all(wait_until_gone(child) for child in children)
    if by is signal.SIGINT:
        assert complaints.count("Traceback") == 1, complaints
