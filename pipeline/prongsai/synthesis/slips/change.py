"""What planting a slip needs: one printed piece exchanged for another, and the finding that tells of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from prongsai.synthesis.document import Figure, FigureKind, KnownFinding, Label, Piece, Report, figures, replace_piece
from prongsai.synthesis.printing import TO_THAI

if TYPE_CHECKING:
    from prongsai.knowledge import Framework

Slip = Callable[[Report, Random, "Framework"], Report | None]
"""A function from a report to the report with one misprint, or None where the report has no place for it."""


def changed(report: Report, old: Piece, new: Piece, finding: KnownFinding | None = None) -> Report | None:
    """The report with `old` exchanged for `new`; None where a slip already stands on the finding's subject."""
    if finding is not None and any(_about(one) == _about(finding) for one in report.findings):
        return None
    report = replace_piece(report, old, new)
    return report if finding is None else replace(report, findings=(*report.findings, finding))


def scores(report: Report) -> list[Figure]:
    """The scores of a report about one agency."""
    return [one for one in figures(report) if one.kind is FigureKind.SCORE and not one.agency]


def is_thai(text: str) -> bool:
    """Whether the text has Thai digits."""
    return any(digit in text for digit in TO_THAI.values())


def like(piece: Label | Figure, text: object) -> str:
    """The text with its digits in the numerals of a piece."""
    return str(text).translate(TO_THAI) if is_thai(piece.text) else str(text)


def _about(finding: KnownFinding) -> tuple[str, int, str]:
    return finding.agency, finding.fiscal_year, finding.subject
