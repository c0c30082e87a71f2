"""Every layout of `layouts.toml` gives the scores that stand in it, and no others."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from prongsai.matching.match import Matched
from prongsai.records import Mention, MentionKind

CASES: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_name("layouts.toml").read_text(encoding="utf-8"))


def _printed(value: Decimal | None) -> str:
    return "unread" if value is None else f"{value.normalize():f}"


def _line(mention: Mention, with_agency: bool) -> str:
    line = f"{mention.fiscal_year} {mention.code} {_printed(mention.value)}"
    return f"{mention.agency} {line}" if with_agency else line


@pytest.mark.parametrize("name", CASES)
def test_layout_gives_its_scores(name: str, matched: Callable[..., Matched]) -> None:
    case = CASES[name]
    with_agency = any(len(wanted.split()) == 4 for wanted in case["want"])
    found = matched(case["text"]).mentions

    assert sorted({_line(mention, with_agency) for mention in found if mention.kind is MentionKind.SCORE}) == sorted(case["want"])


def test_cases_are_written_alike() -> None:
    for name, case in CASES.items():
        assert case.keys() == {"text", "want"}, name
        assert len({len(wanted.split()) for wanted in case["want"]}) <= 1, name
        assert len(case["want"]) == len(set(case["want"])), name
