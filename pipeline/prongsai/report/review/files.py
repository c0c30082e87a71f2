"""The site's files, those in its folder and no others, with the review's script in its pages."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from prongsai.report.review.guarding import refused

# Not what the system says: programs may have put other types into the registry of Windows, and browsers refuse scripts of those.
_SERVED = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".txt": "text/plain",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
_SCRIPTS = (
    b'<link rel="stylesheet" href="/review/assets/review.css"><script src="/review/settings.js"></script>'
    b'<script src="/review/assets/review.js"></script><script src="/review/assets/beside.js"></script>'
)
_END = b"</body>"


def find_file(root: Path, path: str) -> Path | None:
    """The file of an address, like `/documents/0123.html`; None where the folder has no such file of a kind that a site has.

    Nothing hidden, no link, and nothing outside of the folder, however it is written.
    """
    parts = (path.removeprefix("/") or "index.html").split("/")
    if any(not part or part.startswith(".") or set(part) & set("\\:\0%") for part in parts):
        return None
    place = root
    for part in parts:
        place = place / part
        if place.is_symlink():
            return None
    # Once more by what the system makes of it: names may have other meanings on other systems.
    if place.suffix not in _SERVED or not place.is_file() or not place.resolve().is_relative_to(root.resolve()):
        return None
    return place


def serve_file(root: Path, request: Request) -> Response:
    """A file of the site; an HTML page comes with the review's script."""
    # A slash or a point that was written as %2F or %2E is part of no address of the site.
    raw = request.scope.get("raw_path", b"").partition(b"?")[0]
    place = None if b"%" in raw and not _is_plain(raw) else find_file(root, request.scope["path"])
    if place is None:
        return refused(404, "not_found")
    if place.suffix == ".html":
        page = place.read_bytes()
        head, end, tail = page.rpartition(_END)
        return HTMLResponse(head + _SCRIPTS + end + tail if end else page)
    return FileResponse(place, media_type=_SERVED[place.suffix])


def _is_plain(raw: bytes) -> bool:
    """Whether what is written with % stands for letters alone."""
    return not any(written in raw.lower() for written in (b"%2f", b"%5c", b"%2e", b"%00", b"%25", b"%3a"))
