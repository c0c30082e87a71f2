"""The server of a review: the site of a run with questions in its pages, on this machine alone."""

from __future__ import annotations

import os
import secrets
import socket
import zlib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from prongsai.errors import UsageError
from prongsai.report.review.asking import Api
from prongsai.report.review.desk import Desk
from prongsai.report.review.files import serve_file
from prongsai.report.review.guarding import TOKEN, Guard, refused
from prongsai.report.words import word, words
from prongsai.report.writing import in_script, templates

if TYPE_CHECKING:
    from starlette.types import ASGIApp

HOST = "127.0.0.1"
_PORTS = range(8700, 9700)
_TYPES = {".js": "text/javascript", ".css": "text/css"}
_SAID = ("review.", "mention.")
_REASONS = ("misread", "misprint", "smudged", "wrong_row", "elsewhere")
"""Reasons to choose from, each the end of a name in pages.toml, `review.reason_…`."""


def make_app(desk: Desk, site: Path, *, port: int, token: str, who: str = "") -> ASGIApp:
    """The server's application; `site` is the folder that holds the pages, `who` answers unless the page says otherwise."""
    return Guard(Starlette(routes=_routes(desk, site, who)), port, token)


def open_socket(port: int | None, folder: Path) -> socket.socket:
    """A socket of this machine alone; where no port is asked for, the one that this folder always has, so that answers that wait
    in a browser find their server again, or a free one. Raises UsageError where the port cannot be had."""
    usual = _PORTS[zlib.crc32(str(folder.resolve()).encode()) % len(_PORTS)]
    for number in (usual, 0) if port is None else (port,):
        opened = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if os.name == "posix":
            # Elsewhere this would let another program take the port over.
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind((HOST, number))
        except OSError as error:
            opened.close()
            problem = error
        else:
            return opened
    raise UsageError(f"port {port} cannot be had: {problem.strerror or problem}", "--port", "Name another, or leave --port out")


def serve(desk: Desk, site: Path, opened: socket.socket, *, who: str = "", ready: Callable[[str], None]) -> None:
    """Serves until Ctrl-C; `ready` is told the link to open."""
    import uvicorn

    port, token = opened.getsockname()[1], secrets.token_urlsafe(32)
    app = make_app(desk, site, port=port, token=token, who=who)
    # Its log would hold the link, and Ctrl-C ends it without waiting for browsers that keep a connection.
    config = uvicorn.Config(
        app,
        log_level="error",
        access_log=False,
        lifespan="off",
        ws="none",
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=2,
    )
    ready(f"http://{HOST}:{port}/review/?{TOKEN}={token}")
    try:
        uvicorn.Server(config).run([opened])
    except KeyboardInterrupt:
        return


def _routes(desk: Desk, site: Path, who: str) -> list[Route]:
    api = Api(desk, who)
    home = zlib.crc32(str(site.resolve()).encode())

    def queue_page(request: Request) -> Response:
        page = templates().get_template("review.html").render(root="/", path="review/", title=word("review.title"))
        return HTMLResponse(page)

    def settings(request: Request) -> Response:
        said = {name: {"th": text.th, "en": text.en} for name, text in words().items() if name.startswith(_SAID)}
        here = {"home": home, "who": who, "reasons": _REASONS}
        text = f"Object.assign(prongsai.words,{in_script(said)});\nprongsai.review={in_script(here)};\n"
        return Response(text, media_type=_TYPES[".js"])

    def asset(request: Request) -> Response:
        name = Path(request.path_params["name"])
        place = files("prongsai.report.review").joinpath("assets", name.name)
        if name.suffix not in _TYPES or not place.is_file():
            return refused(404, "not_found")
        return Response(place.read_bytes(), media_type=_TYPES[name.suffix])

    return [
        Route("/review/", queue_page),
        Route("/review/settings.js", settings),
        Route("/review/assets/{name}", asset),
        Route("/review/api/queue", api.queue),
        Route("/review/api/item", api.item),
        Route("/review/api/answers", api.answers, methods=["GET"]),
        Route("/review/api/answers", api.answer, methods=["POST"]),
        Route("/{path:path}", lambda request: serve_file(site, request)),
    ]
