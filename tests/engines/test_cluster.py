"""A Dask cluster of two worker processes on this machine: the bytes of a local run, and what its faults cost."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.conftest import reports
from tests.test_run import digests

import prongsai
from prongsai import cli
from prongsai.engines import start_engine
from prongsai.engines.isolated import Call
from prongsai.errors import Died, EngineLost, ExitCode, InputRejected, TooSlow, UsageError
from prongsai.keeping.versions import versions_here
from prongsai.records import EngineOptions, Limits

from .test_local import dies, is_locked, says, sleeps

if TYPE_CHECKING:
    from distributed import LocalCluster

    from prongsai.engines import Engine

distributed = pytest.importorskip("distributed", reason="distributed is not installed: pip install 'prongsai[dask]'")


def started(workers: int) -> LocalCluster:
    return distributed.LocalCluster(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50)


def process_number() -> str:
    return str(os.getpid())


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with started(2) as cluster:
        yield cluster


@pytest.fixture
def engine(cluster: LocalCluster) -> Iterator[Engine]:
    with start_engine(EngineOptions(1, cluster.scheduler_address, Limits(step_s=60)), versions_here) as engine:
        yield engine


def test_a_cluster_writes_the_bytes_of_a_local_run(cluster: LocalCluster, tmp_path: Path) -> None:
    inputs = [*reports(".txt")[:3], min(reports(".pdf"), key=lambda path: path.stat().st_size)]
    asked = {"ocr": "never", "formats": ["csv", "parquet"]}
    local = prongsai.run(inputs, out=tmp_path / "local", **asked)  # type: ignore[arg-type]
    dask = prongsai.run(inputs, out=tmp_path / "dask", engine="dask", scheduler=cluster.scheduler_address, **asked)  # type: ignore[arg-type]
    assert (local.exit_code, dask.exit_code) == (ExitCode.ALL_READ, ExitCode.ALL_READ)
    assert dask.tables == local.tables
    assert digests(tmp_path / "dask") == digests(tmp_path / "local")


def test_it_makes_as_many_calls_at_once_as_it_has_threads(engine: Engine) -> None:
    assert engine.width == 2


def test_results_and_errors_come_back_as_they_are(engine: Engine, tmp_path: Path) -> None:
    assert engine.submit(Call(says, ("hello",))).result() == b"hello"
    with pytest.raises(InputRejected) as locked:
        engine.submit(Call(is_locked)).result()
    assert (locked.value.what, locked.value.where, locked.value.next_step) == ("it is locked", "two.pdf", "Give an unlocked copy")


def test_a_call_that_always_dies_costs_itself_and_no_worker(engine: Engine, cluster: LocalCluster, tmp_path: Path) -> None:
    before = set(cluster.scheduler_info["workers"])
    with pytest.raises(Died):
        engine.submit(Call(dies, (tmp_path, 99))).result()
    assert set(cluster.scheduler_info["workers"]) == before
    assert engine.submit(Call(says, ("after",))).result() == b"after"


def test_what_takes_too_long_is_ended(cluster: LocalCluster) -> None:
    options = EngineOptions(1, cluster.scheduler_address, Limits(step_s=1))
    with start_engine(options, versions_here) as engine, pytest.raises(TooSlow, match="--max-seconds"):
        engine.submit(Call(sleeps, (60,))).result()


@pytest.mark.skipif(os.name != "posix", reason="a worker is killed by a signal")
def test_the_calls_of_a_worker_that_is_killed_are_made_by_another(engine: Engine, cluster: LocalCluster) -> None:
    asked = [engine.submit(Call(sleeps, (2,))) for _ in range(4)]
    time.sleep(1)
    with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
        victim = next(iter(client.run(os.getpid).values()))
    os.kill(victim, signal.SIGKILL)
    assert [one.result(timeout=120) for one in asked] == [b"awake"] * 4


def test_a_worker_of_other_versions_is_refused(cluster: LocalCluster) -> None:
    with pytest.raises(UsageError, match="other versions"):
        start_engine(EngineOptions(1, cluster.scheduler_address), process_number).__enter__()


def test_no_scheduler_at_the_address_is_told_in_two_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("prongsai.engines.cluster._CONNECT_S", 1)
    asked = ["run", str(reports(".txt")[0]), "--out", str(tmp_path), "--engine", "dask", "--scheduler", "tcp://127.0.0.1:9"]
    assert cli.main(asked) == ExitCode.WRONG_USE
    english, thai = capsys.readouterr().err.splitlines()
    assert "tcp://127.0.0.1:9: no Dask scheduler answers" in english
    assert "Check the address" in english
    assert any("\N{THAI CHARACTER KO KAI}" <= character <= "\N{THAI CHARACTER KHOMUT}" for character in thai)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (["--engine", "dask"], "the address of the cluster's scheduler is missing"),
        (["--scheduler", "tcp://127.0.0.1:9"], "only asked by the engine dask"),
        (["--engine", "spark"], "local, dask"),
        (["--engine", "dask", "--scheduler", "nonsense://x"], "--scheduler"),
    ],
)
def test_wrong_options_are_told_before_anything_is_read(
    asked: list[str], says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("prongsai.engines.cluster._CONNECT_S", 1)
    assert cli.main(["run", str(reports(".txt")[0]), "--out", str(tmp_path), *asked]) == ExitCode.WRONG_USE
    assert says in capsys.readouterr().err


def test_a_cluster_without_workers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("prongsai.engines.cluster._CONNECT_S", 1)
    with started(0) as empty, pytest.raises(UsageError, match="no worker"):
        start_engine(EngineOptions(1, empty.scheduler_address), versions_here).__enter__()


def test_a_cluster_that_goes_away_ends_the_run_and_says_so() -> None:
    with started(1) as short_lived, start_engine(EngineOptions(1, short_lived.scheduler_address), versions_here) as engine:
        asked = engine.submit(Call(sleeps, (30,)))
        threading.Timer(1, short_lived.close).start()
        with pytest.raises(EngineLost, match="what was read is kept"):
            asked.result(timeout=60)
