"""What is printed of an agency otherwise than it is known, as findings: spellings, places, and names that fit several."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from prongsai.knowledge import Knowledge
from prongsai.language.folding import fold
from prongsai.matching.agencies.identity import Identity
from prongsai.matching.agencies.listed import Listed
from prongsai.matching.agencies.words import AgencyWords, agency_words
from prongsai.matching.lines import Line
from prongsai.records import Fault, Finding, Severity, Source

SUBJECT = "agency"
_BETWEEN = " / "


def agency_findings(
    source: Source, year: int | None, identity: Identity, listed: Mapping[str, Listed], knowledge: Knowledge
) -> tuple[Finding, ...]:
    """The findings on a document's own agency, then those on the agencies that its tables list, by their print."""

    def finding(check: str, severity: Severity, printed: str, expected: str) -> Finding:
        message = knowledge.messages[check]
        values = {"printed": printed, "expected": expected}
        en, th = message.en.format(**values), message.th.format(**values)
        return Finding(source.doc_id, source.path, None, year, check, severity, SUBJECT, printed, expected, Fault.UNDECIDED, en, th)

    words = agency_words(knowledge)
    found = [finding(*about) for about in _own(identity, words)]
    for printed, one in sorted(listed.items()):
        if one.candidates and fold(printed) not in {fold(name) for name in one.candidates}:
            found.append(finding("agency-unsure", Severity.NOTE, printed, _BETWEEN.join(one.candidates)))
    return tuple(found)


def _own(identity: Identity, words: AgencyWords) -> Iterator[tuple[str, Severity, str, str]]:
    """(check, severity, what is printed, what is expected) for the agency whose report it is."""
    others = [name for name, _ in identity.spellings if name != identity.agency]
    if others:
        is_letter = any(fold(name) != fold(identity.agency) for name in others)
        yield "agency-spelling", Severity.WARNING if is_letter else Severity.NOTE, _BETWEEN.join(others), identity.agency
    odd = tuple(dict.fromkeys(_odd_places(identity, words)))
    if odd:
        expected = words.places.written_out(identity.district, identity.province)
        yield "agency-place", Severity.WARNING, _BETWEEN.join(odd), expected
    if identity.candidates:
        printed = " ".join(part for part in (identity.agency, words.places.written_out(identity.district, identity.province)) if part)
        yield "agency-unsure", Severity.NOTE, printed, _BETWEEN.join(identity.candidates)


def _odd_places(identity: Identity, words: AgencyWords) -> Iterable[str]:
    """The places beside the name that are not the agency's, as they are printed."""
    for printed, _ in identity.place_prints:
        line = Line(printed)
        where = words.places.where(line, 0)
        if where is None:
            continue
        is_district = not where.district or (bool(identity.district) and where.district.startswith(identity.district))
        is_province = not identity.province or where.province == identity.province
        if not where.province:
            # A province may stand there and be none that is known.
            is_province = words.places.province_word.search(line.text) is None
        if not is_district or not is_province or where.is_fuzzy:
            yield printed
