"""Where the site is written: pages from templates, data as scripts, assets; nothing else knows about files and escaping."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib.resources import files
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from prongsai.errors import explained
from prongsai.report.words import Both, word, words
from prongsai.storage import write_whole

MANIFEST = "files.json"
"""Lists what was written, so that the next site removes what it no longer has, and nothing that it never wrote."""
_LINE_ENDS = {"\u2028": "\\u2028", "\u2029": "\\u2029", "<": "\\u003c"}
"""In a script these end a line or the script itself, wherever they stand."""


class Site:
    """A folder that becomes the site; a context manager, at whose end files of an earlier site that this one lacks are removed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._written: set[str] = set()
        self._pages = templates()

    def __enter__(self) -> Site:
        with explained("write the pages", str(self.folder)):
            self.folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            with explained("write the pages", str(self.folder)):
                self._finish()

    def page(self, path: str, template: str, **values: Any) -> None:
        """Writes one HTML page; `root`, the way back to the first page, is given to its template."""
        root = "../" * (len(PurePosixPath(path).parts) - 1)
        html = self._pages.get_template(template).render(root=root, path=path, **values)
        self._write(path, html.encode())

    def data(self, path: str, name: str, value: object) -> None:
        """Writes a script that sets `prongsai.data[name]`: pages opened from disk may not fetch anything else."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        self._write(path, f"prongsai.data[{in_script(name)}]={_safe(text)};\n".encode())

    def script(self, path: str, text: str) -> None:
        """Writes a script as it is."""
        self._write(path, text.encode())

    def has(self, paths: Iterable[str]) -> None:
        """Notes files under the folder that somebody else wrote and that belong to this site."""
        self._written.update(paths)

    def assets(self) -> None:
        """Copies the style sheet and the scripts that come with the program, and writes the words that they say."""
        for asset in sorted(files("prongsai.report").joinpath("assets").iterdir(), key=lambda one: one.name):
            if asset.name.endswith((".css", ".js", ".svg")):
                self._write(f"assets/{asset.name}", asset.read_bytes())
        said = {name: {"th": both.th, "en": both.en} for name, both in words().items()}
        self._write("assets/words.js", f"prongsai.words={_safe(json.dumps(said, ensure_ascii=False))};\n".encode())

    def _write(self, path: str, content: bytes) -> None:
        self._written.add(path)
        with explained("write the pages", str(self.folder)):
            # Somebody may be looking at the site while it is made anew.
            write_whole(self.folder / path, content)

    def _finish(self) -> None:
        manifest = self.folder / MANIFEST
        try:
            earlier = set(json.loads(manifest.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            earlier = set()
        for gone in sorted(earlier - self._written):
            place = (self.folder / gone).resolve()
            if place.is_relative_to(self.folder.resolve()):
                place.unlink(missing_ok=True)
                # Its folder too, where nothing is left in it.
                with suppress(OSError):
                    place.parent.rmdir()
        self._write(MANIFEST, (json.dumps(sorted(self._written - {MANIFEST}), ensure_ascii=False, indent=0) + "\n").encode())


@cache
def templates() -> Environment:
    """The templates, with the functions that they call."""
    pages = Environment(
        loader=PackageLoader("prongsai.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    pages.globals |= {"t": _both, "say": say, "told": told, "word": word}
    return pages


def in_script(value: object) -> str:
    """JSON that may stand inside a script or an attribute of one."""
    return _safe(json.dumps(value, ensure_ascii=False))


def _safe(text: str) -> str:
    for one, safe in _LINE_ENDS.items():
        text = text.replace(one, safe)
    return text


def told(both: Both) -> Markup:
    """A text in both languages, of which the page shows one."""
    if both.th == both.en:
        return escape(both.th)
    return Markup('<span class="th" lang="th">{}</span><span class="en" lang="en">{}</span>').format(both.th, both.en)


def _both(name: str, **facts: object) -> Markup:
    return told(word(name, **facts))


def say(attribute: str, name: str, **facts: object) -> Markup:
    """An attribute (`aria-label`, `placeholder`, `title`, `alt`) in the language of the page; `text` is the content of an element
    that may hold no other, like `<option>`: write that as `<option {{ say("text", …) }}></option>`."""
    both = word(name, **facts)
    given = Markup("") if attribute == "text" else Markup('{}="{}" ').format(attribute, both.th)
    return given + Markup('data-th-{0}="{1}" data-en-{0}="{2}"').format(attribute, both.th, both.en)
