"""What an answer about a document as a whole makes of it: whose report it is, and of which year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from prongsai.correcting.answered import PERSON, by_person, said_by, with_year
from prongsai.knowledge import Knowledge
from prongsai.records import Correction, Document, Extract, Verdict

Naming = Callable[[Document, str], Document]
"""Gives the document as that of the agency of a name, with the agency's kind and place."""

_OF_DOCUMENT = ("document", "")
"""`year_from` of a mention that has its year, or none, from the document as a whole."""


def with_agency(extract: Extract, answer: Correction, naming: Naming) -> Extract:
    """The document, and all of its rows that carried its old agency, as those of the agency that a person names, or of none."""
    old, name = extract.document, said_by(answer)
    if answer.verdict is Verdict.CONFIRM and name == old.agency:
        new = replace(old, agency_confidence=1.0, agency_matched_by=by_person(old.agency_matched_by))
        return replace(extract, document=new)
    new = naming(old, name) if name else _nobodys(old)
    others = tuple(dict.fromkeys(one for one in (old.agency, *old.agency_candidates) if one and one != new.agency))
    new = replace(new, agency_confidence=1.0 if name else None, agency_matched_by=(PERSON,), agency_candidates=others)
    owner: dict[str, Any] = {"agency": new.agency, "place_code": new.place_code}
    return replace(
        extract,
        document=new,
        mentions=tuple(replace(one, **owner) if one.agency == old.agency else one for one in extract.mentions),
        claims=tuple(replace(one, **owner) if one.agency == old.agency else one for one in extract.claims),
        grades=tuple(replace(one, agency=new.agency) if one.agency == old.agency else one for one in extract.grades),
    )


def with_report_year(extract: Extract, answer: Correction, knowledge: Knowledge) -> Extract | None:
    """The document with the report's year that a person names, or none, and so its numbers that nothing nearer dates.

    None where that is no year.
    """
    text, old = said_by(answer), extract.document.report_year
    if text and not text.isdecimal():
        return None
    year = int(text) if text else None
    mentions = tuple(
        with_year(one, year, knowledge) if one.fiscal_year == old and one.year_from in _OF_DOCUMENT and year != old else one
        for one in extract.mentions
    )
    changed = replace(extract, document=replace(extract.document, report_year=year), mentions=mentions)
    if year == old or any(one.fiscal_year == old for one in mentions):
        return changed
    # No number is of the old year: what else was dated by the document follows.
    rows: dict[str, Any] = {
        name: tuple(replace(one, fiscal_year=year) if one.fiscal_year == old else one for one in getattr(extract, name))
        for name in ("codes", "grades", "claims")
    }
    return replace(changed, **rows)


def _nobodys(document: Document) -> Document:
    return replace(document, agency="", agency_type="", district="", province="", subdistrict="", place_code="")
