"""Agencies: in a cell (`read_agency`), in prose (`find_agencies`), of a list (`name_listed`), and whose report a document is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from prongsai.knowledge import Knowledge
from prongsai.matching.agencies.findings import agency_findings
from prongsai.matching.agencies.identity import NOBODY, Identity, identify
from prongsai.matching.agencies.listed import Listed, settle_listed
from prongsai.matching.agencies.naming import find_agencies, read_agency, read_label
from prongsai.matching.agencies.readings import AgencyReading
from prongsai.matching.agencies.words import agency_words

__all__ = [
    "NOBODY",
    "AgencyReading",
    "Identity",
    "Listed",
    "agency_findings",
    "find_agencies",
    "identify",
    "name_listed",
    "read_agency",
    "read_province",
    "with_province",
]


def read_province(cell: str, knowledge: Knowledge) -> str:
    """The province that a cell is and no more, with or without the word for one; empty where it is none."""
    return agency_words(knowledge).places.province_in(cell)


def name_listed(printed: Collection[str], titles: Sequence[str], identity: Identity, knowledge: Knowledge) -> dict[str, Listed]:
    """What the names printed in a document's tables are, by print; a spelling of the document's own agency is that agency.

    Those that the gazetteer does not ask about are left out.
    """
    words = agency_words(knowledge)
    spellings = {name for name, _ in identity.spellings}
    own = {}
    for text in sorted(text for text in printed if text and spellings):
        reading = read_label(text, words)
        if reading is not None and reading.reading.name in spellings:
            own[text] = Listed(identity.agency, identity.district, identity.province, identity.place_code)
    around = [*titles, words.places.written_out("", identity.province)]
    return own | settle_listed((text for text in printed if text and text not in own), around, words)


def with_province(printed: str, beside: Iterable[str], knowledge: Knowledge) -> str:
    """The print of an agency that is named for a place, with the first of the cells beside it that is a province."""
    words = agency_words(knowledge)
    named = read_label(printed, words)
    if named is None or not words.place_group(named.reading.kind) or named.reading.province:
        return printed
    province = next((cell for cell in beside if words.places.province_in(cell)), "")
    return " ".join(f"{printed} {province}".split())
