"""Where an answer goes: a number, or a document as a whole, as a row of corrections.csv places it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from prongsai.export.lists import split_list
from prongsai.language.numerals import print_alike
from prongsai.records import Asked, Box

_READ_AS = {Asked.VALUE: "value", Asked.CODE: "code", Asked.YEAR: "fiscal_year", Asked.AGENCY: "agency"}


@dataclass(frozen=True, slots=True)
class Spot:
    """A number, or a document as a whole, as a row of corrections.csv places it; see `Correction`."""

    mention_id: str
    """Empty for a document."""
    page: int | None
    box: Box | None
    line: int | None
    nth: int
    printed: str
    read_as: str


def spot_of(asked: Asked, mention: Mapping[str, Any], mentions: Iterable[Mapping[str, Any]]) -> Spot:
    """Where an answer about a number goes; `mentions` are those of its document, in their order."""
    box = None if mention["x0"] is None else Box(*(round(mention[side], 2) for side in ("x0", "top", "x1", "bottom")))
    printed = _printed(asked, mention)
    if box is None:
        of_line = [row for row in mentions if (row["page"], row["line"]) == (mention["page"], mention["line"])]
        there = [row for row in of_line if print_alike(_printed(asked, row), printed)]
    else:
        there = [row for row in mentions if all(row[side] == mention[side] for side in ("x0", "top", "x1", "bottom", "page"))]
    nth = [row["mention_id"] for row in there].index(mention["mention_id"])
    read = mention[_READ_AS[asked]]
    read_as = shown(read) if isinstance(read, Decimal | float) else str(read or "")
    return Spot(mention["mention_id"], mention["page"], box, mention["line"], nth, printed, read_as)


def fingerprint(spots: Sequence[Spot]) -> str:
    """The same as long as the places, their print and what was read there are; whatever their running numbers are."""
    said = [(spot.page, spot.box, spot.line, spot.nth, spot.printed, spot.read_as) for spot in spots]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def _printed(asked: Asked, mention: Mapping[str, Any]) -> str:
    """As `Correction.printed` has it."""
    if asked is Asked.AGENCY:
        return mention["agency_printed"] or mention["agency"] or ""
    return mention["printed_code" if asked is Asked.CODE else "printed_value"] or ""


def shown(value: Decimal | float) -> str:
    """Two decimals, more where there are more."""
    return f"{value:.2f}" if round(value, 2) == value else f"{value:f}".rstrip("0")


def whole_spot(asked: Asked, document: Mapping[str, Any]) -> Spot:
    """Where an answer about a document as a whole goes."""
    printed = next(iter(split_list(document["agency_printed"] or "")), "") if asked is Asked.AGENCY else ""
    read = document["agency"] if asked is Asked.AGENCY else document["report_year"]
    return Spot("", None, None, None, 0, printed, str(read or ""))
