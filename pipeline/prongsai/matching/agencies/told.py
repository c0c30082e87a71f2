"""An agency that a person names: its kind, and its place as far as the gazetteer is sure of it."""

from __future__ import annotations

from dataclasses import replace

from prongsai.knowledge import Knowledge
from prongsai.matching.agencies.identity import identify
from prongsai.matching.agencies.words import agency_words
from prongsai.records import Document


def with_agency(document: Document, name: str, knowledge: Knowledge) -> Document:
    """The document as that of the agency of this name, behind which its district and province may stand.

    Where they do not, those of the document count if the gazetteer knows such a place there, and else none does.
    """
    identity = identify([name], knowledge)
    if identity.agency and not identity.place_code:
        place = agency_words(knowledge).places.written_out(document.district, document.province)
        near = identify([f"{name} {place}"], knowledge)
        if near.place_code and near.agency == identity.agency:
            identity = near
    return replace(
        document,
        agency=identity.agency or name,
        agency_type=identity.kind,
        district=identity.district,
        province=identity.province,
        subdistrict=identity.subdistrict,
        place_code=identity.place_code,
    )
