"""`prongsai review`: the pages are made where they are missing or old, and served with questions until Ctrl-C."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from prongsai.errors import UsageError
from prongsai.keeping.corrections import DEFAULT_PATH
from prongsai.records import EngineOptions
from prongsai.storage import is_remote

_LAST_PORT = 65_535


def review(
    folder: str,
    *,
    port: int | str | None = None,
    corrections: str = "",
    who: str = "",
    inputs: Sequence[str] = (),
    engine: EngineOptions | None = None,
) -> None:
    """Serves the review of a run's tables until Ctrl-C; says the link, and at the end how many answers there are.

    `port` 0 is a free one, None the one that the folder has each time. Raises UsageError where the port cannot be had or the file of
    answers is broken, OutputError where the folder has no tables.
    """
    if is_remote(folder):
        raise UsageError("is elsewhere, and a review needs a folder of this machine", folder, "Copy it here first")

    from prongsai.console.bar import Bar
    from prongsai.report import FOLDER, make_site
    from prongsai.report.review.answers import Answers
    from prongsai.report.review.desk import Desk, is_older
    from prongsai.report.review.server import open_socket, serve
    from prongsai.report.words import word

    here, answers = Path(folder), Answers(Path(corrections) if corrections else DEFAULT_PATH)
    answers.now()
    site = here / FOLDER
    with open_socket(_port(port), here) as opened, Desk(here, answers, site) as desk:
        if is_older(site, here):
            with Bar() as bar:
                make_site(here, inputs=inputs, engine=engine, progress=bar)

        def ready(link: str) -> None:
            told = word("review.open_link")
            print(f"{told.en}:\n{told.th}\n\n  {link}\n", flush=True)

        serve(desk, site, opened, who=who or _login(), ready=ready)
        kept = word("review.kept", answers=len(answers.now().rows), path=answers.path)
        print(f"\n{kept.en}\n{kept.th}")


def _port(port: int | str | None) -> int | None:
    if port is None:
        return None
    text = str(port)
    if not (text.isascii() and text.isdecimal() and int(text) <= _LAST_PORT):
        raise UsageError(f"{text!r} is no port", "--port", f"Give a number of 1024 to {_LAST_PORT}, or 0 for a free one")
    return int(text)


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
