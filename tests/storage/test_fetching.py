"""Listing, copies and sources at hand, against a real S3 server and a real web server."""

from __future__ import annotations

import builtins
import hashlib
import http.server
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.s3 import DATA, Door, forget_services, note_fetches, put_all

from prongsai.errors import InputLost, InputRejected, UsageError
from prongsai.records import Kind, Source
from prongsai.storage import at_hand, fetching, is_remote, list_remote, local_copy, suffix_of


def names(entries: tuple[fetching.Entry, ...], bucket: str) -> list[str]:
    return [entry.path.removeprefix(f"{bucket}/") for entry in entries]


def source_at(url: str, data: bytes = DATA) -> Source:
    return Source(url, hashlib.sha256(data).hexdigest(), Kind.PDF, len(data))


@pytest.mark.parametrize(
    ("path", "remote"),
    [("s3://b/x", True), ("https://h/x", True), ("C:\\x", False), ("C:/x", False), ("reports", False), ("/a//b", False), ("://x", False)],
)
def test_an_address_is_told_from_a_path(path: str, remote: bool) -> None:
    assert is_remote(path) is remote


@pytest.mark.parametrize(
    ("path", "suffix"),
    [
        ("a/b.PDF", ".pdf"),
        ("s3://b/odd?name.txt", ".txt"),
        ("https://h/get/report.pdf?id=3.5", ".pdf"),
        ("https://h/get?id=3", ""),
        (".hidden", ""),
    ],
)
def test_extension(path: str, suffix: str) -> None:
    assert suffix_of(path) == suffix


def test_a_folder_is_listed_to_the_bottom_and_sorted(bucket: str) -> None:
    put_all(bucket, ["in/b.pdf", "in/a/z.pdf", "in/marker/", "other.pdf"])
    listing = list_remote(f"{bucket}/in/")
    assert listing.named == ()
    assert names(listing.in_folders, bucket) == ["in/a/z.pdf", "in/b.pdf"]
    assert len(list_remote(bucket).in_folders) == 3


def test_a_tag_changes_with_the_bytes_alone(bucket: str) -> None:
    put_all(bucket, ["a.pdf"])
    (first,) = list_remote(f"{bucket}/a.pdf").named
    put_all(bucket, ["a.pdf"])
    assert list_remote(f"{bucket}/a.pdf").named == (first,)
    put_all(bucket, ["a.pdf"], b"%PDF-1.4\nanother")
    assert list_remote(f"{bucket}/a.pdf").named[0].tag != first.tag


def test_patterns_match_as_local_ones_do(bucket: str) -> None:
    put_all(bucket, ["x/1.pdf", "x/2.txt", "x/y/3.pdf", "x/.hidden.pdf", "x/.h/4.pdf", "x/[5].pdf"])
    assert names(list_remote(f"{bucket}/x/*.pdf").named, bucket) == ["x/1.pdf", "x/[5].pdf"]
    assert names(list_remote(f"{bucket}/x/**/*.pdf").named, bucket) == ["x/1.pdf", "x/[5].pdf", "x/y/3.pdf"]
    assert names(list_remote(f"{bucket}/x/.*.pdf").named, bucket) == ["x/.hidden.pdf"]
    assert names(list_remote(f"{bucket}/*/y").in_folders, bucket) == ["x/y/3.pdf"]
    # A file of that very name comes before the pattern.
    assert names(list_remote(f"{bucket}/x/[5].pdf").named, bucket) == ["x/[5].pdf"]
    assert list_remote(f"{bucket}/x/*.png") == fetching.Listing()


def test_a_copy_has_the_bytes_and_the_extension_and_goes(bucket: str) -> None:
    put_all(bucket, ["รายงาน ๑.pdf", "a::b.pdf"])
    for name in ("รายงาน ๑.pdf", "a::b.pdf"):
        with local_copy(f"{bucket}/{name}") as file:
            assert (file.suffix, file.read_bytes()) == (".pdf", DATA)
        assert not file.parent.exists()


def test_a_local_path_is_its_own_copy(tmp_path: Path) -> None:
    with local_copy(str(tmp_path / "a.pdf")) as file:
        assert file == tmp_path / "a.pdf"


@pytest.mark.parametrize("name", ["gone.pdf", "gone/"])
def test_what_is_not_there_is_told_at_once(bucket: str, door: Door, name: str) -> None:
    asked = door.asked
    with pytest.raises(InputRejected, match="there is no such file, folder or bucket"):
        list_remote(f"{bucket}/{name}")
    with pytest.raises(InputRejected, match="there is no such file"), local_copy("s3://no-such-bucket/a.pdf"):
        pass
    assert door.asked < asked + 10


def test_without_credentials_it_says_how_to_give_them(bucket: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    forget_services()
    with pytest.raises(InputRejected, match=r"no credentials.*AWS_ACCESS_KEY_ID"):
        list_remote(bucket)
    forget_services()


def test_a_refusal_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing:
        def invalidate_cache(self) -> None:
            pass

        def info(self, path: str) -> None:
            raise PermissionError("Forbidden")

    monkeypatch.setattr(fetching, "open_service", lambda url: (Refusing(), "b/x"))
    with pytest.raises(InputRejected, match=r"does not let it be read.*GOOGLE_APPLICATION_CREDENTIALS"):
        list_remote("gs://b/x")


@pytest.mark.parametrize(("url", "extra"), [("gs://b/x.pdf", "gs"), ("az://b/x.pdf", "az")])
def test_a_missing_package_is_named(url: str, extra: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *others: Any) -> Any:
        if name.partition(".")[0] in ("gcsfs", "adlfs"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, *others)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=rf"pip install 'prongsai\[{extra}\]'"):
        list_remote(url)


def test_an_unknown_kind_of_address_is_told() -> None:
    with pytest.raises(UsageError, match=r"ftp:// is no kind of address.*s3://"):
        list_remote("ftp://host/a.pdf")


def test_a_source_is_at_hand_with_its_own_name(bucket: str) -> None:
    put_all(bucket, ["a.pdf"])
    source = source_at(f"{bucket}/a.pdf")
    with at_hand(source) as here:
        assert (here.path, here.doc_id) == (source.path, source.doc_id)
        assert Path(here.file).read_bytes() == DATA
    fetching._forget_copy()
    assert not Path(here.file).exists()


def test_pages_asked_for_one_by_one_cost_one_copy(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    put_all(bucket, ["a.pdf", "b.pdf"])
    fetched = note_fetches(monkeypatch)
    for name in ("a.pdf", "a.pdf", "a.pdf", "b.pdf"):
        with at_hand(source_at(f"{bucket}/{name}")):
            pass
    fetching._forget_copy()
    assert fetched == [f"{bucket}/a.pdf", f"{bucket}/b.pdf"]


def test_changed_bytes_are_not_read(bucket: str, tmp_path: Path) -> None:
    put_all(bucket, ["a.pdf"], b"%PDF-1.4\nanother")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4\nanother")
    for path in (f"{bucket}/a.pdf", str(tmp_path / "a.pdf")):
        with pytest.raises(InputLost, match=r"changed while the run went on.*Run it again"), at_hand(source_at(path)):
            pass
    with pytest.raises(InputLost, match="the file is gone"), at_hand(source_at(str(tmp_path / "gone.pdf"))):
        pass
    with pytest.raises(InputLost, match="there is no such file"), at_hand(source_at(f"{bucket}/gone.pdf")):
        pass


@pytest.fixture
def web(tmp_path: Path) -> Iterator[str]:
    pytest.importorskip("aiohttp", reason="aiohttp is not installed: pip install 'prongsai[https]'")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "รายงาน.pdf").write_bytes(DATA)

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - its name there
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path / "site")))
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_file_of_the_web(web: str) -> None:
    url = f"{web}/รายงาน.pdf?id=1"
    (entry,) = list_remote(url).named
    assert entry.path == url
    assert entry.tag
    with local_copy(url) as file:
        assert (file.suffix, file.read_bytes()) == (".pdf", DATA)


def test_the_web_is_not_crawled(web: str) -> None:
    for path in ("", "/", "/reports/", "/*.pdf"):
        with pytest.raises(InputRejected, match="folders of the web are not searched"):
            list_remote(web + path)
    with pytest.raises(InputRejected, match="there is no such file"):
        list_remote(f"{web}/gone.pdf")
