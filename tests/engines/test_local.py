"""The engine: order, crashes, errors and Ctrl-C, with work functions that misbehave."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from prongsai.engines import local
from prongsai.engines.local import WORKER_DIED, available_cores, in_order
from prongsai.errors import InputRejected, KnowledgeError, UsageError

PIPELINE = Path(__file__).parents[2] / "pipeline"


def slow_first(item: int) -> int:
    if item == 0:
        time.sleep(0.3)
    return item * 10


def dies_on_three(item: int) -> str:
    if item == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return f"read {item}"


def raises_on_two(item: int) -> str:
    if item == 2:
        raise InputRejected("it is locked", "two.pdf", "Give an unlocked copy")
    if item == 4:
        raise ValueError("odd bytes")
    return f"read {item}"


def meets_bad_patterns(item: int) -> str:
    raise KnowledgeError("unknown key", "patterns/x.toml", "Remove it")


def misses_a_package(item: int) -> str:
    raise ModuleNotFoundError("No module named 'pandas'")


def thread_limit(item: int) -> str:
    return f"{os.environ.get('OMP_THREAD_LIMIT')}"


def process_id(item: int) -> str:
    return str(os.getpid())


def lost(item: int, reason: str) -> str:
    return f"lost {item}: {reason}"


def lost_number(item: int, reason: str) -> int:
    return -1


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_input_order(jobs: int) -> None:
    assert list(in_order(slow_first, range(20), lost=lost_number, jobs=jobs)) == [item * 10 for item in range(20)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_costs_its_item_only_and_keeps_its_words(jobs: int) -> None:
    results = list(in_order(raises_on_two, range(6), lost=lost, jobs=jobs))
    assert results == [
        "read 0",
        "read 1",
        "lost 2: two.pdf: it is locked. Give an unlocked copy",
        "read 3",
        "lost 4: ValueError: odd bytes",
        "read 5",
    ]


def test_a_dead_worker_costs_its_item_only() -> None:
    results = list(in_order(dies_on_three, range(24), lost=lost, jobs=2))
    assert results == [f"lost 3: {WORKER_DIED}" if item == 3 else f"read {item}" for item in range(24)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_error_that_would_meet_every_item_ends_the_run(jobs: int) -> None:
    with pytest.raises(KnowledgeError, match=r"patterns/x\.toml: unknown key"):
        list(in_order(meets_bad_patterns, range(3), lost=lost, jobs=jobs))


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_missing_package_is_not_the_fault_of_every_document(jobs: int) -> None:
    with pytest.raises(ModuleNotFoundError, match="pandas"):
        list(in_order(misses_a_package, range(3), lost=lost, jobs=jobs))


def test_workers_hold_tesseract_to_one_thread() -> None:
    assert set(in_order(thread_limit, range(3), lost=lost, jobs=2)) == {"1"}


def test_one_job_runs_here() -> None:
    assert set(in_order(process_id, range(3), lost=lost, jobs=1)) == {str(os.getpid())}


def test_workers_are_renewed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "ITEMS_PER_WORKER", 1)
    results = list(in_order(process_id, range(4), lost=lost, jobs=2))
    assert set(results[:2]).isdisjoint(results[2:])


def test_no_jobs_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="--jobs"):
        list(in_order(process_id, range(3), lost=lost, jobs=0))


def test_available_cores_is_positive() -> None:
    assert available_cores() >= 1


def test_a_script_without_a_main_guard_is_told_so(tmp_path: Path) -> None:
    script = tmp_path / "unguarded.py"
    script.write_text(
        "from prongsai.engines.local import in_order\n"
        "def work(item): return item\n"
        "print(list(in_order(work, range(4), lost=lambda item, reason: reason, jobs=2)))\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)], env={**os.environ, "PYTHONPATH": str(PIPELINE)}, capture_output=True, text=True, timeout=60
    )
    assert done.returncode != 0
    assert "worker processes cannot start" in done.stderr
    assert '__name__ == "__main__"' in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent as a signal to a process group")
def test_ctrl_c_leaves_no_worker(tmp_path: Path) -> None:
    script = tmp_path / "endless.py"
    script.write_text(
        textwrap.dedent(
            """
            import os, pathlib, time
            from prongsai.engines.local import in_order

            FOLDER = pathlib.Path(__file__).parent

            def work(item):
                (FOLDER / f"{os.getpid()}.pid").touch()
                time.sleep(60)

            if __name__ == "__main__":
                list(in_order(work, range(4), lost=lambda item, reason: None, jobs=2))
            """
        )
    )
    process = subprocess.Popen(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(PIPELINE)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # A shell that runs the tests in the background has its children ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    deadline = time.monotonic() + 60
    while len(workers := [int(path.stem) for path in tmp_path.glob("*.pid")]) < 2:
        assert time.monotonic() < deadline, "workers did not start"
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, complaints = process.communicate(timeout=30)
    assert "KeyboardInterrupt" in complaints
    assert "SpawnProcess" not in complaints, complaints
    for worker in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)


def dies_late(item: int) -> str:
    if item == 1:
        time.sleep(0.2)
        os.kill(os.getpid(), signal.SIGKILL)
    return f"read {item}"


def test_a_pool_that_breaks_behind_a_finished_item_is_replaced() -> None:
    results = []
    for result in in_order(dies_late, range(40), lost=lost, jobs=2):
        results.append(result)
        time.sleep(0.02)  # the consumer is slow, so that the pool breaks while items wait to be handed in
    assert results == [f"lost 1: {WORKER_DIED}" if item == 1 else f"read {item}" for item in range(40)]


def test_every_item_may_kill_its_worker() -> None:
    assert list(in_order(always_dies, range(3), lost=lost, jobs=2)) == [f"lost {item}: {WORKER_DIED}" for item in range(3)]


def always_dies(item: int) -> str:
    os._exit(7)
