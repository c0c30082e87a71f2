"""Servers that go away: for a while, for good, or because they have too much to do."""

from __future__ import annotations

import errno
import ssl
import threading
import time

import pytest
from tests.s3 import DATA, Door, Moto, put_all

from prongsai.errors import InputRejected, OutputError, Unreachable
from prongsai.storage import list_remote, local_copy, put, waiting


@pytest.mark.parametrize("state", ["shut", "busy"])
def test_a_server_that_comes_back_is_waited_for(bucket: str, door: Door, state: str) -> None:
    put_all(bucket, ["a.pdf"])
    waits: list[float] = []
    door.state = state
    door.after(1.5, "open")
    with local_copy(f"{bucket}/a.pdf", on_wait=lambda: waits.append(time.monotonic())) as file:
        assert file.read_bytes() == DATA
    assert waits
    door.state = state
    door.after(1.0, "open")
    assert len(list_remote(bucket).in_folders) == 1


def test_a_server_that_is_stopped_and_started_again(bucket: str, door: Door, moto: Moto) -> None:
    import s3fs

    def start_again() -> None:
        time.sleep(0.5)
        moto.start()
        # It forgets everything when it is stopped: nobody may look before all is there again.
        system = s3fs.S3FileSystem(endpoint_url=f"http://127.0.0.1:{moto.port}")
        system.mkdir(bucket)
        system.pipe_file(f"{bucket}/a.pdf", DATA)
        door.state = "open"

    put_all(bucket, ["a.pdf"])
    moto.stop()
    door.state = "shut"
    again = threading.Thread(target=start_again)
    again.start()
    try:
        with local_copy(f"{bucket}/a.pdf") as file:
            assert file.read_bytes() == DATA
    finally:
        again.join()


def test_a_server_that_stays_away_is_given_up_once_for_all(
    bucket: str, door: Door, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setenv(waiting.PATIENCE, "0.5")
    put_all(bucket, ["a.pdf"])
    door.state = "shut"
    with pytest.raises(Unreachable, match=r"did not answer for 0.5 s.*when the server is back"):
        list_remote(bucket)
    asked = door.asked
    with pytest.raises(Unreachable, match="not asked again for a minute"), local_copy(f"{bucket}/a.pdf"):
        pass
    file = tmp_path_factory.mktemp("out") / "x"
    file.touch()
    with pytest.raises(OutputError, match="did not answer"):
        put(file, f"{bucket}/x")
    assert door.asked == asked
    # After its rest it is asked once; when it answers, all is forgiven.
    monkeypatch.setattr(waiting, "_REST_S", 0.0)
    door.state = "open"
    assert len(list_remote(bucket).in_folders) == 1
    assert not waiting._given_up


def test_whoever_stops_a_run_need_not_wait() -> None:
    asked, ended = threading.Event(), list[Exception]()

    def be_away() -> None:
        asked.set()
        raise ConnectionResetError

    def wait() -> None:
        try:
            waiting.patiently("s3://b/x", be_away, InputRejected)
        except Unreachable as error:
            ended.append(error)

    waiter = threading.Thread(target=wait)
    waiter.start()
    asked.wait()
    with waiting.no_waiting():
        waiter.join(5)
    assert ended
    assert not waiting._given_up


def test_what_lasts_is_not_asked_again() -> None:
    asked = []

    def refuse() -> None:
        asked.append(1)
        raise PermissionError("no")

    with pytest.raises(InputRejected, match="does not let it be read"):
        waiting.patiently("s3://b/x", refuse, InputRejected)
    assert len(asked) == 1


def test_a_full_disk_says_so() -> None:
    def fill() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(InputRejected, match=r"does not fit on the disk.*TMPDIR"):
        waiting.patiently("s3://b/x", fill, InputRejected)


class WithStatus(Exception):
    def __init__(self, status: int) -> None:
        self.status = status


class ClientSSLError(ConnectionError):
    """As aiohttp's, which is an error of the connection too."""


@pytest.mark.parametrize(
    ("error", "passing"),
    [
        (ConnectionResetError(), True),
        (TimeoutError(), True),
        (OSError(errno.EBUSY, "Please reduce your request rate."), True),
        (WithStatus(500), True),
        (WithStatus(503), True),
        (WithStatus(429), True),
        (WithStatus(501), False),
        (WithStatus(404), False),
        (WithStatus(403), False),
        (FileNotFoundError("x"), False),
        (PermissionError("x"), False),
        (OSError(errno.EINVAL, "x"), False),
        (OSError(errno.ENOSPC, "x"), False),
        (ValueError("x"), False),
        (ClientSSLError(), False),
        (ssl.SSLCertVerificationError(), False),
    ],
)
def test_what_passes_and_what_lasts(error: Exception, passing: bool) -> None:
    assert waiting.is_passing(error) is passing
    # fsspec calls every failure of a web server FileNotFoundError, and gives the true one as its cause.
    outer = FileNotFoundError("https://h/x")
    outer.__cause__ = error
    assert waiting.is_passing(outer) is passing


def test_patience_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(waiting.PATIENCE, "7.5")
    assert waiting.patience_s() == 7.5
    monkeypatch.setenv(waiting.PATIENCE, "long")
    assert waiting.patience_s() == 300.0
