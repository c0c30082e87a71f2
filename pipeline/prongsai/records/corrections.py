"""What people said of what was read: answers that are replayed on every run."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from prongsai.records.box import Box


class Verdict(StrEnum):
    """What a person says of a reading."""

    CONFIRM = "confirm"
    CORRECT = "correct"
    REJECT = "reject"
    """It is not what stands there, and what does is not said."""
    WITHDRAW = "withdraw"
    """Takes back an earlier answer on the same place."""


class Asked(StrEnum):
    """What of a number, or of a document, an answer is about."""

    VALUE = "value"
    CODE = "code"
    YEAR = "year"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Correction:
    """One answer of one person about one place. One row of `corpus/corrections.csv`, to which rows are only ever added."""

    correction_id: str
    """Made by whoever answers, such as a UUID; the same id twice is one answer."""
    made_at: str
    """UTC, ISO 8601 to the second; for people only, since the order of the rows decides."""
    made_by: str
    asked: Asked
    verdict: Verdict
    sha256: str
    """Of the document, 64 hex digits."""
    path: str
    """Where the document lay then; for people only."""
    page: int | None
    """1-based; None where it is about the whole document: its agency or the year of the report."""
    box: Box | None
    """Of the number in `mentions`, whatever is asked about it."""
    line: int | None
    """As in `mentions`; places the number where the text has no boxes."""
    nth: int
    """Which of the numbers that have this very box, as two of one word do; where there is no box, of those of that line that are
    printed so. Counted from 0 in the order of `mentions`."""
    printed: str
    """As `mentions` has it: `printed_value` (of a value or a year), `printed_code` (of a code), the name of an agency."""
    read_as: str
    """What the tables said when the person looked: `value`, `code`, `fiscal_year`, `report_year` or `agency`; empty where nothing."""
    corrected: str
    """Where the verdict is `correct`: the numeral as a person reads it off the page, in any digits and on the printed scale, a
    canonical code, a fiscal year (Buddhist), a name."""
    reason: str
