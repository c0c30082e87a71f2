"""Documents made of printed numbers, and what they say of these, for the audit."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

import pytest

from prongsai.knowledge import Knowledge, load_knowledge
from prongsai.language.numerals import parse_numeral
from prongsai.records import Claim, ClaimKind, Document, Extract, GradeMention, Kind, Mention, MentionKind, Reader, Scope, Status

Line = tuple[object, ...]
"""Fiscal year, code, what is printed, and then as keywords whatever else a mention has."""
Make = Callable[..., Extract]

AGENCY = "เทศบาลตำบลหนองบัว"
_SCOPES = {"ITA": Scope.OVERALL, "IIT": Scope.INSTRUMENT, "EIT": Scope.INSTRUMENT, "OIT": Scope.INSTRUMENT}


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """All of patterns/."""
    return load_knowledge()


@pytest.fixture(scope="session")
def document() -> Make:
    """Makes a document about one agency from lines `(2568, "OIT", "89.17")`; a code like `Δi6` is a difference."""

    def make(*lines: Line, reader: Reader = Reader.TEXT, agency: str = AGENCY) -> Extract:
        mentions = tuple(_mention(number, line, reader, agency) for number, line in enumerate(lines, 1))
        return Extract(Document("d" * 16, "a.pdf", "d" * 64, Kind.PDF, 1, agency, "", "", "", 2568, "ITA", Status.COMPLETE, ""), mentions)

    return make


@pytest.fixture(scope="session")
def grade() -> Callable[..., GradeMention]:
    """A grade of the overall score unless another `code` is given."""

    def make(year: int, printed: str, code: str = "ITA", page: int = 1, agency: str = AGENCY) -> GradeMention:
        return GradeMention("d" * 16, "a.pdf", page, None, 1, agency, year, printed, printed, code)

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


def _mention(number: int, line: Line, reader: Reader, agency: str) -> Mention:
    year, code, printed, *others = line
    others_named: dict[str, object] = dict(pair for each in others for pair in _pairs(each))
    assert isinstance(code, str)
    assert isinstance(printed, str)
    assert isinstance(year, int)
    is_difference, code = code.startswith("Δ"), code.lstrip("Δ")
    scale = int(str(others_named.pop("scale", 100)))
    numeral = parse_numeral(printed)
    value = None if numeral is None or numeral.value is None else Decimal(numeral.value) * 100 / scale
    values: dict[str, object] = {
        "mention_id": f"{'d' * 16}:{number}",
        "doc_id": "d" * 16,
        "path": "a.pdf",
        "page": 1,
        "table": None,
        "row": None,
        "column": None,
        "box": None,
        "line": number,
        "agency": agency,
        "agency_printed": "",
        "fiscal_year": year,
        "year_from": "document",
        "scope": _SCOPES.get(code[:3], Scope.INDICATOR if code.startswith("ind") else Scope.QUESTION),
        "instrument": "",
        "indicator": "",
        "code": code,
        "kind": MentionKind.DIFFERENCE if is_difference else MentionKind.SCORE,
        "value": value,
        "scale": scale,
        "printed_value": printed,
        "printed_code": code,
        "question": "",
        "reader": reader,
        "reader_version": "test",
        "confidence": None,
    }
    return Mention(**(values | others_named))  # type: ignore[arg-type]


def _pairs(each: object) -> Iterable[tuple[str, object]]:
    assert isinstance(each, dict)
    return each.items()
