"""The Thai lines of the command, from `patterns/ui.toml`, read when the first one is needed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from prongsai.errors import KnowledgeError, ProngsaiError
from prongsai.knowledge import patterns_folder

NEEDED: Mapping[str, frozenset[str]] = {
    "summary": frozenset({"documents", "scores", "unread", "folder"}),
    "errors": frozenset(
        {
            "UsageError",
            "NothingRead",
            "InputRejected",
            "InputLost",
            "Hindered",
            "PageFailed",
            "ToolMissing",
            "Died",
            "TooSlow",
            "OutOfMemory",
            "EngineLost",
            "Unreachable",
            "KnowledgeError",
            "OutputError",
            "ProngsaiError",
            "Interrupted",
            "Fault",
        }
    ),
    "audit": frozenset({"counts", "more"}),
    "explain": frozenset(
        {
            "subject",
            "no_year",
            "printed",
            "equations",
            "none",
            "findings",
            "page",
            "line",
            "score",
            "difference",
            "reference",
            "reader",
            "sure",
            "checked",
            "readings",
            "holds",
            "fails",
            "open",
            "more",
        }
    ),
    "status": frozenset({"looking", "reading", "writing", "stopped", "finished", "documents", "left"}),
    "plan": frozenset({"inputs", "sample", "here", "there"}),
    "report": frozenset({"made", "missing"}),
    "time": frozenset({"s", "min", "h", "d"}),
    "doctor": frozenset({"ready", "missing"}),
    "synth": frozenset({"made"}),
}


@cache
def thai_words() -> Mapping[str, str]:
    """Every Thai line by its dotted name, like `summary.folder`.

    Raises KnowledgeError where `ui.toml` is missing, or its entries are not exactly those that the program says.
    """
    path = patterns_folder() / "ui.toml"
    try:
        with path.open("rb") as stream:
            groups = tomllib.load(stream)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise KnowledgeError(f"it cannot be read: {error}", str(path), "Restore it from the project's copy") from error
    given = {f"{group}.{name}": line for group, lines in groups.items() for name, line in lines.items()}
    needed = {f"{group}.{name}" for group, names in NEEDED.items() for name in names}
    if strange := sorted(given.keys() ^ needed):
        raise KnowledgeError(f"entries unknown or missing: {', '.join(strange)}", str(path), "Restore it from the project's copy")
    return given


def say(name: str, **facts: object) -> str:
    """The Thai line of that name with the facts filled in."""
    return thai_words()[name].format(**facts)


def say_error(error: BaseException) -> str:
    """The Thai line that says what kind of error it is; the English says which."""
    if isinstance(error, KeyboardInterrupt):
        return say("errors.Interrupted")
    if not isinstance(error, ProngsaiError):
        return say("errors.Fault")
    return next(say(f"errors.{kind.__name__}") for kind in type(error).__mro__ if kind.__name__ in NEEDED["errors"])
