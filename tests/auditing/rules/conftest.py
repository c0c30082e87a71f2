"""Rules held against one document, and things that documents say beside their scores."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from prongsai.auditing.case import cases
from prongsai.auditing.rules import Rule
from prongsai.knowledge import Knowledge
from prongsai.records import Claim, ClaimKind, CodeReading, Extract, Finding, GradeMention, Scope

AGENCY = "เทศบาลตำบลหนองบัว"


@pytest.fixture(scope="session")
def found(knowledge: Knowledge) -> Callable[[Rule, Extract], list[Finding]]:
    """Every finding of one rule."""
    return lambda rule, extract: [finding for case in cases(extract, knowledge) for finding in rule(case)]


@pytest.fixture(scope="session")
def grade() -> Callable[..., GradeMention]:
    """A grade of the overall score unless another `code` is given."""

    def make(year: int, printed: str, code: str = "ITA", page: int = 1, agency: str = AGENCY) -> GradeMention:
        return GradeMention("d" * 16, "a.pdf", page, None, 1, agency, year, printed, printed, code)

    return make


@pytest.fixture(scope="session")
def misprint() -> Callable[..., CodeReading]:
    """A code that is not printed as it should be."""

    def make(printed: str, code: str, reason: str, confidence: float = 0.9, year: int = 2568) -> CodeReading:
        return CodeReading("d" * 16, "a.pdf", 3, None, 1, year, printed, code, reason, confidence, "")

    return make


@pytest.fixture(scope="session")
def says() -> Callable[..., Claim]:
    """A claim of FY2568 on indicators; whatever else a claim has as keywords."""

    def make(kind: ClaimKind, *codes: str, bound: str | None = None, value: str | None = None, **others: object) -> Claim:
        values: dict[str, object] = {
            "claim_id": f"{'d' * 16}:c1",
            "doc_id": "d" * 16,
            "path": "a.pdf",
            "page": 2,
            "box": None,
            "line": 1,
            "agency": AGENCY,
            "fiscal_year": 2568,
            "kind": kind,
            "scope": Scope.INDICATOR,
            "within": "",
            "codes": codes,
            "relation": None,
            "bound": None if bound is None else Decimal(bound),
            "count": None,
            "value": None if value is None else Decimal(value),
            "since": None,
            "grade": "",
            "printed": "...",
        }
        return Claim(**(values | others))  # type: ignore[arg-type]

    return make
