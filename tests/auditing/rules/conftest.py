"""Rules held against one document, and codes that it misprints."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prongsai.auditing.case import cases
from prongsai.auditing.rules import Rule
from prongsai.knowledge import Knowledge
from prongsai.records import CodeReading, Extract, Finding


@pytest.fixture(scope="session")
def found(knowledge: Knowledge) -> Callable[[Rule, Extract], list[Finding]]:
    """Every finding of one rule."""
    return lambda rule, extract: [finding for case in cases(extract, knowledge) for finding in rule(case)]


@pytest.fixture(scope="session")
def misprint() -> Callable[..., CodeReading]:
    """A code that is not printed as it should be."""

    def make(printed: str, code: str, reason: str, confidence: float = 0.9, year: int = 2568) -> CodeReading:
        return CodeReading("d" * 16, "a.pdf", 3, None, 1, year, printed, code, reason, confidence, "")

    return make
