"""The truth beside made documents: scores.csv, codes.csv and findings.csv, read off the printed pieces.

The columns are those of hand-made truth, so that one scoring program serves both.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from .document import FigureKind, KnownFinding, Report, figures, labels
from .truth import mean, round_half_up

if TYPE_CHECKING:
    from prongsai.knowledge import Framework

HALF_A_CENT = Fraction(1, 200)
THROUGHOUT = 4
"""Codes with the same misprint that make it a report's habit: one row with an ellipsis, as hand-made truth has it."""
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
SCORE_COLUMNS = ("doc", "agency", "fiscal_year", "code", "value", "optional", "note")
CODE_COLUMNS = ("doc", "printed", "code", "count_min", "note")
FINDING_COLUMNS = ("doc", "kind", "fiscal_year", "subject", "printed", "expected", "note")
_SCOPE_ORDER = ("ITA", "IIT", "EIT", "EIT1", "EIT2", "OIT")


@dataclass(frozen=True, slots=True)
class Truth:
    """The rows of the three tables that one document adds."""

    scores: tuple[tuple[str, ...], ...]
    codes: tuple[tuple[str, ...], ...]
    findings: tuple[tuple[str, ...], ...]


def truth_of(report: Report, frameworks: Sequence[Framework]) -> Truth:
    """The truth of a report as it is printed, slips and all; `frameworks` are those of the years that it prints."""
    scores = {
        (one.agency, one.year, one.code, _plain_value(one.value), "weighted" if one.scale != 100 else "")
        for one in figures(report)
        if one.kind is FigureKind.SCORE and one.value is not None
    }
    plain = {row[:4] for row in scores if not row[4]}
    kept = [row for row in scores if not row[4] or row[:4] not in plain]
    score_rows = tuple(
        (report.stem, agency, str(year), code, value, "", note) for agency, year, code, value, note in sorted(kept, key=_score_order)
    )
    findings = (*report.findings, *(found for one in frameworks for found in basis_findings(report, one)))
    finding_rows = tuple(
        (report.stem, one.kind, str(one.fiscal_year), one.subject, one.printed, one.expected, one.note) for one in findings
    )
    return Truth(score_rows, tuple(_codes(report)), finding_rows)


def basis_findings(report: Report, framework: Framework) -> tuple[KnownFinding, ...]:
    """Indicators 6–8 that the printed e-questions do not average to, since they are those of EIT part 1 alone."""
    shown = {(one.year, one.code): one for one in figures(report) if one.kind is FigureKind.SCORE and not one.agency and one.scale == 100}
    found = []
    for indicator in framework.indicators:
        year = framework.fiscal_year
        printed = shown.get((year, indicator.code))
        members = [shown.get((year, question.code)) for question in framework.questions_in(indicator.code)]
        if printed is None or printed.value is None or not members or any(one is None or one.basis != "part1" for one in members):
            continue
        expected = mean([Fraction(one.value) for one in members if one is not None and one.value is not None])
        if abs(expected - Fraction(printed.value)) > 2 * HALF_A_CENT:
            note = "the printed questions are those of EIT part 1; not an error by itself"
            found.append(KnownFinding("basis", year, indicator.code, str(printed.value), str(round_half_up(expected)), note))
    return tuple(found)


def write_truth(truths: Iterable[Truth], folder: Path) -> None:
    """Writes the three tables as UTF-8 CSV without a BOM into `folder`, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = tuple(truths)
    for name, columns, rows in (
        ("scores.csv", SCORE_COLUMNS, [row for one in kept for row in one.scores]),
        ("codes.csv", CODE_COLUMNS, [row for one in kept for row in one.codes]),
        ("findings.csv", FINDING_COLUMNS, [row for one in kept for row in one.findings]),
    ):
        _write(folder / name, columns, rows)


def _write(path: Path, columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def _codes(report: Report) -> list[tuple[str, ...]]:
    """Codes whose letters or number are not the canonical ones; Thai digits and a space are no misprint."""
    counted = Counter((one.text, one.code) for one in labels(report) if one.is_code and _canonical(one.text) != one.code)
    by_habit = defaultdict[tuple[str, str], list[tuple[str, str]]](list)
    for printed, code in counted:
        by_habit[_habit(printed, code), code[0]].append((printed, code))
    rows: list[tuple[str, ...]] = []
    for (habit, _), pairs in by_habit.items():
        if len(pairs) < THROUGHOUT:
            rows += [(report.stem, printed, code, str(counted[printed, code]), habit) for printed, code in pairs]
            continue
        (first, code), (last, last_code) = pairs[0], pairs[-1]
        rows.append((report.stem, f"{first} {ELLIPSIS} {last}", f"{code} {ELLIPSIS} {last_code}", str(len(pairs)), f"throughout: {habit}"))
    return rows


def _canonical(text: str) -> str:
    """The printed code with a space dropped and its number in Arabic digits; the letter as it stands."""
    squeezed = text.replace(" ", "")
    number = squeezed[1:]
    return squeezed[:1] + str(int(number)) if number.isdecimal() else squeezed


def _habit(printed: str, code: str) -> str:
    if printed[:1] == code[:1].upper():
        return "capital letter"
    if printed[:1].isdecimal():
        number = str(int(printed)) if printed.isdecimal() else printed
        return "letter lost" if number == code[1:] and len(printed) == len(code) - 1 else "letter as a digit"
    return "wrong number"


def _plain_value(value: Decimal | None) -> str:
    assert value is not None
    # A weighted print brought back to 0–100 may not end; eight decimals outlast any comparison of two.
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -8:
        return str(value.quantize(Decimal("1e-8"), ROUND_HALF_UP))
    return f"{value:.2f}" if isinstance(exponent, int) and exponent >= -2 else str(value)


def _score_order(row: tuple[str, int, str, str, str]) -> tuple[str, int, int, str, int, str]:
    agency, year, code, value, _ = row
    rank = _SCOPE_ORDER.index(code) if code in _SCOPE_ORDER else 10 if code.startswith("ind") else 20
    digits = "".join(character for character in code if character.isdecimal() or character == ".")
    position = int(float(digits or 0) * 100)
    return agency, -year, rank, code.rstrip("0123456789."), position, value
