"""Who may talk to the server, and what it hands out."""

from __future__ import annotations

import os
import uuid
from typing import Any
from urllib.parse import unquote

import pytest
from anyio.from_thread import start_blocking_portal
from starlette.testclient import TestClient

from .conftest import HOME, PORT, SCAN, SEEN, TOKEN, Review

ANSWERS = "/review/api/answers"


def answer(**changes: Any) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "key": (key := f"value:{SCAN}:3"), "seen": SEEN[key], "verdict": "confirm", **changes}


def test_without_the_link_there_is_nothing(review: Review) -> None:
    client = review.client(is_admitted=False)
    for path in ("/", "/index.html", "/review/", "/review/settings.js", "/review/api/queue", ANSWERS, f"/documents/{SCAN}.html"):
        refused = client.get(path)
        assert refused.status_code == 403, path
        assert "prongsai review" in refused.text
        assert 'lang="th"' in refused.text
        assert 'lang="en"' in refused.text
        assert "set-cookie" not in refused.headers
    assert client.post(ANSWERS, json=answer()).status_code == 403
    assert not review.file.exists()


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], TOKEN + "x", "\u0e01"])
def test_a_wrong_token_opens_nothing(review: Review, token: str) -> None:
    refused = review.client(is_admitted=False).get("/review/", params={"token": token})
    assert refused.status_code == 403
    assert "set-cookie" not in refused.headers


def test_the_link_sets_a_cookie_that_scripts_and_other_sites_cannot_use(review: Review) -> None:
    client = review.client(is_admitted=False)
    first = client.get("/review/", params={"token": TOKEN, "lang": "en"})
    assert (first.status_code, first.headers["location"]) == (303, "/review/?lang=en"), "the address is left without the token"
    cookie = first.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert TOKEN not in cookie
    assert client.get("/review/").status_code == 200
    assert client.get("/").status_code == 200


def test_a_link_clicked_on_another_site_works_too(review: Review) -> None:
    client = review.client(is_admitted=False)
    first = client.get("/review/", params={"token": TOKEN}, headers={"Sec-Fetch-Site": "cross-site"})
    assert first.status_code == 200, "a strict cookie would not be sent after a redirect"
    assert "url=/review/" in first.text
    assert TOKEN not in first.text


def test_a_link_leads_nowhere_else(review: Review) -> None:
    first = review.client(is_admitted=False).get(f"{HOME}//evil.example/x?token={TOKEN}")
    assert first.headers["location"] == "/evil.example/x"


@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{PORT}", "127.0.0.1", "127.0.0.1:1", f"127.0.0.1:{PORT}.evil.example", ""])
def test_another_host_is_refused(review: Review, host: str) -> None:
    """A name of somebody else that leads to 127.0.0.1."""
    client = review.client()
    assert client.get("/", headers={"Host": host}).status_code == 403
    assert client.get("/review/", params={"token": TOKEN}, headers={"Host": host}).status_code == 403
    assert client.post(ANSWERS, json=answer(), headers={"Host": host, "Origin": f"http://{host}"}).status_code == 403


def test_localhost_is_this_machine(review: Review) -> None:
    assert TestClient(review.app, base_url=f"http://localhost:{PORT}").get("/review/", params={"token": TOKEN}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", f"https://127.0.0.1:{PORT}", "http://127.0.0.1:1", f"http://localhost:{PORT}"]
)
def test_an_answer_from_another_page_is_refused(review: Review, origin: str) -> None:
    assert review.client().post(ANSWERS, json=answer(), headers={"Origin": origin}).status_code == 403
    assert not review.file.exists()


def test_without_an_origin_the_browser_must_say_that_it_is_the_same(review: Review) -> None:
    client = review.client()
    del client.headers["Origin"]
    assert client.post(ANSWERS, json=answer()).status_code == 403
    assert client.post(ANSWERS, json=answer(), headers={"Sec-Fetch-Site": "same-site"}).status_code == 403
    assert client.post(ANSWERS, json=answer(), headers={"Sec-Fetch-Site": "same-origin"}).status_code == 201


def test_other_sites_get_nothing_of_the_pages(review: Review) -> None:
    assert review.client().get("/review/settings.js", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_only_json_of_some_size_is_taken(review: Review) -> None:
    client = review.client()
    for type_ in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""):
        assert client.post(ANSWERS, content=b"{}", headers={"Content-Type": type_}).status_code == 415, type_
    large = b'{"reason": "' + b"x" * 20_000 + b'"}'
    assert client.post(ANSWERS, content=large, headers={"Content-Type": "application/json"}).status_code == 413
    chunks = iter([large[:9000], large[9000:]])
    assert client.post(ANSWERS, content=chunks, headers={"Content-Type": "application/json"}).status_code == 413, "without a length"
    for body in (b"", b"null", b"[1]", b"{", b"{}", b"[" * 9000, b"\xff", b'{"id": 1}'):
        assert client.post(ANSWERS, content=body, headers={"Content-Type": "application/json"}).status_code == 422, body[:9]
    assert not review.file.exists()


def test_a_script_is_one_whatever_the_system_calls_it(review: Review, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mimetypes.guess_type", lambda *_: ("text/plain", None))
    place = review.folder / "report" / "assets" / "own.js"
    place.parent.mkdir(exist_ok=True)
    place.write_text("1;\n", encoding="utf-8")
    assert review.client().get("/assets/own.js").headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_nothing_else_can_be_done(review: Review, method: str) -> None:
    assert review.client().request(method, ANSWERS).status_code == 405
    assert review.client().request("POST", "/index.html", json={}).status_code in (404, 405)


@pytest.mark.parametrize("path", ["/", "/review/", ANSWERS, "/review/assets/review.js", "/nothing.html"])
def test_every_answer_says_what_may_be_done_with_it(review: Review, path: str) -> None:
    headers = review.client().get(path).headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert ("no-store" if path != "/" else "no-cache") in headers["cache-control"]
    assert "server" not in headers


def test_the_site_is_served_with_the_scripts_of_the_review(review: Review) -> None:
    client = review.client()
    for path in ("/", "/index.html", f"/documents/{SCAN}.html"):
        page = client.get(path)
        assert page.status_code == 200
        assert page.text.count("/review/assets/beside.js") == 1
        assert page.text.endswith("</body></html>")
    assert client.get("/review/assets/review.js").headers["content-type"].startswith("text/javascript")
    assert client.get("/review/assets/../server.py").status_code == 404
    assert client.get("/review/assets/server.py").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.html",
        "/..%2fsecret.html",
        "/%2e%2e/secret.html",
        "/%2e%2e%2fsecret.html",
        "/..%5csecret.html",
        "/documents/../../secret.html",
        "/documents/..%2f..%2fsecret.html",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/../.prongsai/results.sqlite",
        "/.prongsai/results.sqlite",
        "/%2eprongsai/results.sqlite",
        "/../parquet/mentions.parquet",
        "/documents",
        "/documents/",
        "/index.html/",
        "/index.html%00.png",
        "/index%2ehtml",
        "/C:/secret.html",
        "/.hidden.html",
        "/linked.html",
        "/linked/secret.html",
        "/kept.sqlite",
    ],
)
def test_nothing_outside_of_the_site_is_served(review: Review, path: str) -> None:
    status, body = raw_get(review, path)
    assert status == 404, body
    assert b"not to be had" not in body
    assert b"kept" not in body


def test_raw_addresses_reach_the_server_at_all(review: Review) -> None:
    assert raw_get(review, "/index.html")[0] == 200


def raw_get(review: Review, path: str) -> tuple[int, bytes]:
    """Asks for an address just as it is written: clients, browsers too, tidy it up first."""
    cookies = "; ".join(f"{name}={value}" for name, value in review.client().cookies.items())
    headers = [(b"host", HOME.removeprefix("http://").encode()), (b"cookie", cookies.encode())]
    scope: dict[str, Any] = {
        "type": "http",
        "method": "GET",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": headers,
    }
    scope |= {"headers": headers, "http_version": "1.1", "scheme": "http", "root_path": "", "server": ("127.0.0.1", PORT)}
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    # In a thread of its own: in this one the browser of other tests may have a loop running.
    with start_blocking_portal() as portal:
        portal.call(review.app, scope, receive, send)
    return sent[0]["status"], b"".join(message.get("body", b"") for message in sent[1:])


def test_files_with_thai_names_are_served(review: Review) -> None:
    name = "รายงาน.html"
    (review.folder / "report" / name).write_text("<body></body>", encoding="utf-8")
    assert review.client().get(f"/{name}").status_code == 200


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_what_is_no_file_is_not_opened(review: Review) -> None:
    os.mkfifo(review.folder / "report" / "pipe.html")
    assert review.client().get("/pipe.html").status_code == 404
