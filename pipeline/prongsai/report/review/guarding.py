"""Who may talk to the server: whoever opened the printed link in this browser, from a page of this server, and nobody else."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, RedirectResponse, Response

from prongsai.report.words import Both, word

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN = "token"
MOST_BYTES = 16_384
"""Of a request's body; an answer has some hundred."""

_POLICY = (
    "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self'{scripts}; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """An ASGI application around the server's own.

    A request must name this server as its host (a name that somebody points at 127.0.0.1 is another), and show the cookie that
    the first visit by the link has set. What changes something must come from a page of this server, as JSON, and be small.
    """

    def __init__(self, app: ASGIApp, port: int, token: str) -> None:
        self._app, self._token = app, token
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
        if port == 80:
            self._hosts |= {"127.0.0.1", "localhost"}
        # Cookies know no ports: a second server on this machine must not overwrite this one's.
        self._cookie = f"prongsai-review-{port}"
        # What stays in the browser is not what stands in the terminal and in its history.
        self._pass = secrets.token_urlsafe(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        answer = self._refusal(scope, headers)
        send = _with_headers(send, scope["path"])
        if answer is not None:
            await answer(scope, receive, send)
        elif scope["method"] == "POST":
            await self._limited(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """What to answer instead of what was asked for, None where it may be had."""
        if headers.get("host", "") not in self._hosts:
            return refused(403, "wrong_host")
        asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        shown = dict(asked).get(TOKEN)
        if shown is not None and scope["method"] == "GET" and secrets.compare_digest(shown.encode(), self._token.encode()):
            return self._admitted(scope, headers, [pair for pair in asked if pair[0] != TOKEN])
        if not self._is_known(headers):
            return refused(403, "no_cookie")
        if scope["method"] in ("GET", "HEAD"):
            return None if headers.get("sec-fetch-site", "none") in ("none", "same-origin") else refused(403, "other_page")
        if scope["method"] != "POST":
            return refused(405, "wrong_method")
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin != f"http://{headers['host']}" if origin is not None else site != "same-origin":
            return refused(403, "other_page")
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return refused(415, "no_json")
        return refused(413, "too_large") if _length(headers) > MOST_BYTES else None

    def _is_known(self, headers: Headers) -> bool:
        try:
            cookies = SimpleCookie("; ".join(headers.getlist("cookie")))
        except CookieError:
            return False
        own = cookies.get(self._cookie)
        return own is not None and secrets.compare_digest(own.value.encode(), self._pass.encode())

    def _admitted(self, scope: Scope, headers: Headers, query: list[tuple[str, str]]) -> Response:
        # One slash: `//name` would be an address of somebody else.
        place = "/" + scope["path"].lstrip("/\\") + (f"?{urlencode(query)}" if query else "")
        if headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
            answer: Response = RedirectResponse(place, 303)
        else:
            # A strict cookie is not sent after a redirect that began on another site, such as a terminal in a browser.
            answer = _page(200, word("review.welcome"), place)
        answer.set_cookie(self._cookie, self._pass, path="/", httponly=True, samesite="strict")
        return answer

    async def _limited(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Reads the body, which may be longer than it says, before anybody else does."""
        body = b""
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > MOST_BYTES:
                await refused(413, "too_large")(scope, receive, send)
                return
        given: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def again() -> Message:
            return given.pop() if given else await receive()

        await self._app(scope, again, send)


def refused(status: int, why: str) -> Response:
    """A plain page, in both languages, that says why there is nothing here."""
    return _page(status, word(f"review.{why}"))


def _page(status: int, text: Both, onward: str = "") -> Response:
    from prongsai.report.writing import templates

    return HTMLResponse(templates().get_template("plain.html").render(text=text, onward=onward), status)


def _length(headers: Headers) -> int:
    said = headers.get("content-length", "0")
    return int(said) if said.isascii() and said.isdecimal() else MOST_BYTES + 1


def _with_headers(send: Send, path: str) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            is_own = path.startswith("/review/")
            # Charts are compiled to functions in the browser; the pages of the review have none.
            headers["Content-Security-Policy"] = _POLICY.format(scripts="" if is_own else " 'unsafe-eval'")
            headers["Cache-Control"] = "no-store" if is_own or message["status"] != 200 else "private, no-cache"
        await send(message)

    return sending
