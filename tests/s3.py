"""A real S3 server on this machine (moto's), and a door in front of it that can be shut: fixtures for all tests."""

from __future__ import annotations

import importlib.util
import socket
import socketserver
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from prongsai.storage import addresses, fetching, waiting

HAS_SERVER = all(importlib.util.find_spec(name) for name in ("moto", "flask", "flask_cors", "s3fs"))
BUSY = b"HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
DATA = b"%PDF-1.4\nreport"
SLOW_DOWN = b"<?xml version='1.0'?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"


class Door:
    """Passes bytes on to a server as long as it is `open`; else it is `shut` or answers that it is `busy`."""

    def __init__(self, behind: int) -> None:
        self.state = "open"
        self.asked = 0
        """Connections that came, whatever the state."""
        door = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                door.asked += 1
                if door.state == "busy":
                    self.request.recv(1 << 16)
                    self.request.sendall(BUSY % (len(SLOW_DOWN), SLOW_DOWN))
                elif door.state == "open":
                    with suppress(OSError), socket.create_connection(("127.0.0.1", behind)) as server:
                        threading.Thread(target=_pass_on, args=(server, self.request, door), daemon=True).start()
                        _pass_on(self.request, server, door)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def after(self, seconds: float, state: str) -> None:
        """Changes the state a little later."""
        timer = threading.Timer(seconds, setattr, (self, "state", state))
        timer.daemon = True
        timer.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def _pass_on(source: socket.socket, target: socket.socket, door: Door) -> None:
    with suppress(OSError):
        source.settimeout(0.1)
        while door.state == "open":
            try:
                data = source.recv(1 << 16)
            except TimeoutError:
                continue
            if not data:
                break
            target.sendall(data)
        for one in (source, target):
            one.shutdown(socket.SHUT_RDWR)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Moto:
    """moto's S3 server as a process, which can be stopped and started again on the same port; it forgets its objects then."""

    def __init__(self, log: Path) -> None:
        self.port, self._log = free_port(), log
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        for _ in range(300):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return
            assert self._process.poll() is None, self._log.read_text()
            time.sleep(0.05)
        raise AssertionError("moto's server did not start")

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture(scope="session")
def moto(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moto]:
    if not HAS_SERVER:
        pytest.skip("s3fs or moto's server is not installed: pip install 'prongsai[dev]'")
    server = Moto(tmp_path_factory.mktemp("moto") / "log")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def way(moto: Moto) -> Iterator[Door]:
    door = Door(moto.port)
    yield door
    door.close()


@pytest.fixture
def door(way: Door, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """The way to the S3 server that the environment names; servers are given up after 20 seconds, and pauses are short."""
    way.state = "open"
    for name, value in {
        "AWS_ENDPOINT_URL": way.url,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        # botocore's own patience of about ten seconds would hide ours.
        "AWS_MAX_ATTEMPTS": "1",
        "AWS_EC2_METADATA_DISABLED": "true",
        waiting.PATIENCE: "20",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(waiting, "_LONGEST_PAUSE_S", 0.3)
    waiting._given_up.clear()
    yield way
    waiting._given_up.clear()


@pytest.fixture
def bucket(door: Door) -> str:
    """The address of an empty bucket."""
    url = f"s3://reports-{time.monotonic_ns()}"
    system, name = addresses.open_service(url)
    system.mkdir(name)
    return url


def put_all(bucket: str, names: Iterable[str], data: bytes = DATA) -> None:
    """Puts the same bytes under each name."""
    system, path = addresses.open_service(bucket)
    for name in names:
        system.pipe_file(f"{path}/{name}", data)


def note_fetches(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Lists every remote file that is fetched from now on."""
    real, fetched = fetching.fetch, list[str]()

    def fetch(url: str, file: Path, on_wait: Callable[[], None] | None = None) -> Path:
        fetched.append(url)
        return real(url, file, on_wait)

    monkeypatch.setattr(fetching, "fetch", fetch)
    return fetched


def forget_services() -> None:
    """Has file systems made anew: each keeps the endpoint and the credentials that it was made with."""
    import fsspec

    addresses._file_system.cache_clear()
    fsspec.get_filesystem_class("s3").clear_instance_cache()
