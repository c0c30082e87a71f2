from __future__ import annotations

import re
from pathlib import Path

import prongsai.report.review.server as server
from prongsai.records import Asked
from prongsai.report.words import words

HOME = Path(server.__file__).parent
SAYERS = [
    *HOME.glob("*.py"),
    *HOME.glob("assets/*.js"),
    HOME.parent / "templates" / "review.html",
    HOME.parent / "templates" / "plain.html",
]
_NAMED = re.compile(r'"review\.([a-z_]+)"|Refused\("([a-z_]+)"|refused\(\d+, "([a-z_]+)"')


def test_all_that_is_said_can_be_said_in_both_languages() -> None:
    said = {next(filter(None, found)) for place in SAYERS for found in _NAMED.findall(place.read_text(encoding="utf-8"))}
    said -= {"html"}
    whole = {name for name in said if not name.endswith("_")}
    assert len(whole) > 60
    assert {f"review.{name}" for name in whole} <= words().keys()
    for prefix in ("ask_", "typed_"):
        assert {f"review.{prefix}{asked}" for asked in Asked} <= words().keys()
    assert {f"review.reason_{name}" for name in server._REASONS} <= words().keys()


def test_scripts_and_styles_hold_no_thai() -> None:
    for place in (*HOME.glob("assets/*"), *SAYERS):
        assert not re.search("[\u0e01-\u0e5b]", place.read_text(encoding="utf-8")), place
