"""Claims become records: the agency, the scale, the ids, and the findings on what was seen and not understood."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from prongsai.knowledge import Knowledge, NationalAverage
from prongsai.matching.agencies.names import Identity
from prongsai.matching.codes.tokens import is_canonical
from prongsai.matching.grades import GradeHit
from prongsai.matching.grid import CellFacts
from prongsai.matching.headers import ColumnFacts
from prongsai.matching.model import UNREAD_YEAR, Claim, CodePrint, instrument_of, scope_of
from prongsai.matching.scale import is_scale_unsure, scales
from prongsai.matching.years.checks import UnlikelyYear
from prongsai.matching.years.readings import YearReading
from prongsai.records import (
    Candidate,
    CodeReading,
    Fault,
    Finding,
    GradeMention,
    Mention,
    MentionKind,
    Passage,
    Place,
    Severity,
    Source,
)

_FOUR_PLACES = Decimal("0.0001")
_NOWHERE = Place(1)
_UNSURE_SCALE = 0.5
"""How sure a number is whose scale nothing says: it may be weighted."""


class Assembly:
    """Makes the records of one document; holds what is the same for all of them."""

    def __init__(self, source: Source, identity: Identity, knowledge: Knowledge, year: int | None) -> None:
        self.source, self.identity, self.knowledge = source, identity, knowledge
        self.year = year

    def mentions(self, claims: Sequence[Claim]) -> tuple[Mention, ...]:
        """One mention a claim, in the same order."""
        framework = self.knowledge.frameworks.get(self.year or 0) or self.knowledge.frameworks[max(self.knowledge.frameworks)]
        weights = {instrument.code: instrument.weight for instrument in framework.instruments}
        weights |= {part.code: part.weight for instrument in framework.instruments for part in instrument.parts}
        scale_of = scales(claims, weights)
        found = []
        for number, claim in enumerate(claims):
            scale = scale_of.get(number, 100)
            if is_scale_unsure(claim, scale, weights):
                claim = replace(claim, code_confidence=min(claim.code_confidence, _UNSURE_SCALE))
            found.append(self._mention(number, claim, scale))
        return tuple(found)

    def _mention(self, number: int, claim: Claim, scale: int) -> Mention:
        numeral = claim.numeral
        place = claim.passage.locate(numeral.start, numeral.end) or _NOWHERE
        value = numeral.value
        if value is not None and scale != 100:
            value = (value * 100 / scale).quantize(_FOUR_PLACES, rounding=ROUND_HALF_UP)
        kind = MentionKind.REFERENCE if claim.is_reference or self._is_national(claim) else claim.kind
        others, claimed = _other_readings(claim), claim.passage.read_as(numeral.start, numeral.end)
        reading = claim.passage.confidence(numeral.start, numeral.end)
        decided = claim.code_confidence if claim.code_confidence < 1 else None
        known = [confidence for confidence in (reading, decided, claim.year_confidence) if confidence is not None]
        return Mention(
            mention_id=f"{self.source.doc_id}:{number + 1}",
            doc_id=self.source.doc_id,
            path=self.source.path,
            page=place.page,
            table=claim.table,
            row=claim.row,
            column=claim.column,
            box=place.box,
            line=place.line,
            agency=claim.agency or self.identity.agency,
            agency_printed=claim.agency_printed,
            fiscal_year=claim.year,
            year_from=claim.year_from,
            year_confidence=claim.year_confidence,
            scope=scope_of(claim.code),
            instrument=instrument_of(claim.code),
            indicator=self._indicator(claim),
            code=claim.code,
            kind=kind,
            value=value,
            scale=scale,
            printed_value="" if numeral.value is None else numeral.printed,
            printed_code=claim.printed_code,
            question=claim.question,
            reader=claim.passage.reader_of(numeral.start, numeral.end),
            reader_version=claim.passage.version(numeral.start, numeral.end),
            confidence=round(min(known), 4) if known else None,
            candidates=tuple(other.text for other in others) or ((claimed,) if claimed else ()),
            candidate_probabilities=tuple(round(other.probability, 4) for other in others),
            matched_by=claim.matched_by,
            place_code=claim.place_code or (self.identity.place_code if claim.agency in ("", self.identity.agency) else ""),
        )

    def _is_national(self, claim: Claim) -> bool:
        """Whether running text prints a known national average: agencies quote it beside their own score."""
        year = claim.year
        known = NationalAverage(year, claim.code, claim.numeral.value) if year is not None and claim.numeral.value is not None else None
        return claim.table is None and claim.kind is MentionKind.SCORE and known in self.knowledge.national_averages

    def _indicator(self, claim: Claim) -> str:
        if claim.code.startswith("ind"):
            return claim.code.partition(".")[0]
        framework = self.knowledge.frameworks.get(claim.year or 0)
        question = framework.question(claim.code) if framework is not None else None
        return question.indicator if question is not None else ""

    def codes(self, prints: Sequence[CodePrint]) -> tuple[CodeReading, ...]:
        """The codes that are not printed as they should be, each place once, from the first page to the last."""
        rows: dict[tuple[int, int], CodeReading] = {}
        for printed in prints:
            if is_canonical(printed.printed, printed.code):
                continue
            place = printed.passage.locate(printed.start, printed.end) or _NOWHERE
            rows.setdefault(
                (id(printed.passage), printed.start),
                CodeReading(
                    self.source.doc_id,
                    self.source.path,
                    place.page,
                    place.box,
                    place.line,
                    printed.year or self.year,
                    printed.printed,
                    printed.code,
                    printed.reason,
                    round(printed.confidence, 4),
                    printed.context,
                    printed.matched_by,
                ),
            )
        down = sorted(rows.values(), key=lambda row: (row.page, row.line or 0, row.box.top if row.box is not None else 0.0))
        return tuple(down)

    def grades(self, hits: Sequence[GradeHit], year: int | None) -> tuple[GradeMention, ...]:
        """The grades that the document states of its agency."""
        rows = []
        for hit in hits:
            place = hit.passage.locate(hit.start, hit.end) or _NOWHERE
            rows.append(
                GradeMention(
                    self.source.doc_id,
                    self.source.path,
                    place.page,
                    place.box,
                    place.line,
                    hit.agency or self.identity.agency,
                    hit.year or year,
                    hit.printed,
                    hit.grade,
                    hit.code,
                )
            )
        return tuple(rows)

    def findings(self, unmatched: Sequence[CellFacts], mentions: Sequence[Mention], book: str, n_left: int) -> tuple[Finding, ...]:
        """What was seen and not understood: numbers that nothing names, a year that nothing says, and the `n_left` numbers
        of another book's questions."""
        found = [self._unmatched(facts) for facts in unmatched if facts.numeral is not None]
        if self.year is None and any(mention.fiscal_year is None and mention.year_from != UNREAD_YEAR for mention in mentions):
            found.append(self._finding("year-unknown", Severity.WARNING, None, "year", "", "", {}))
        if n_left:
            found.append(self._finding("other-book", Severity.NOTE, None, book, book, "", {"book": book, "count": n_left}))
        return tuple(found)

    def year_findings(
        self, doubtful: Sequence[YearReading], unlikely: Sequence[UnlikelyYear], mentions: Sequence[Mention]
    ) -> Iterator[Finding]:
        """What was decided or left open about years read off images, and the years that cannot be."""
        told = set()
        for reading in doubtful:
            page, year = reading.place.page, reading.year
            values: dict[str, object] = {
                "page": page,
                "printed": reading.printed,
                "candidates": ", ".join(map(str, reading.candidates)) or "?",
            }
            if year is None:
                told.add(page)
                yield self._finding("year-unread", Severity.WARNING, page, "year", reading.printed, "", values)
            else:
                values |= {"year": year, "sure": f"{reading.confidence:.2f}"}
                yield self._finding("year-decided", Severity.NOTE, page, "year", reading.printed, str(year), values)
        for page in sorted({mention.page for mention in mentions if mention.year_from == UNREAD_YEAR} - told):
            yield self._finding("year-unread", Severity.WARNING, page, "year", "", "", {"page": page, "printed": "?", "candidates": "?"})
        for one in unlikely:
            values = {"page": one.place.page, "printed": one.printed, "expected": one.expected, "date": one.date}
            finding = self._finding(one.check, Severity.WARNING, one.place.page, one.subject, one.printed, one.expected, values)
            yield replace(finding, fault=Fault.UNDECIDED)

    def unscored(self, printed: CodePrint) -> Finding:
        """A question or indicator of a table of scores that has none: its number is not printed, or was not read."""
        place = printed.passage.locate(printed.start, printed.end) or _NOWHERE
        values = {"page": place.page, "code": printed.code, "printed": printed.printed}
        return self._finding("unscored-code", Severity.NOTE, place.page, printed.code, printed.printed, "", values)

    def unscored_table(self, numbers: Sequence[CellFacts]) -> Finding:
        """A table that gives no score, with `numbers` that look like scores, of which there is one at least."""
        ends = (numbers[0], numbers[-1])
        printed = " … ".join(dict.fromkeys(facts.numeral.printed for facts in ends if facts.numeral is not None))
        first, last = (_page(facts.cell.passage, facts.cell.place) for facts in ends)
        values: dict[str, object] = {"page": first if first == last else f"{first}-{last}", "count": len(numbers), "printed": printed}
        return self._finding("unscored-table", Severity.NOTE, first, "table", printed, "", values)

    def guessed_column(self, page: int, column: ColumnFacts) -> Finding:
        """A column whose header could not be read and that the columns beside it gave a name."""
        printed, sure = column.text or "?", column.code_confidence
        values: dict[str, object] = {"page": page, "printed": printed, "code": column.code, "sure": f"{sure:.2f}"}
        return self._finding("column-decided", Severity.NOTE, page, column.code, printed, column.code, values)

    def _unmatched(self, facts: CellFacts) -> Finding:
        numeral = facts.numeral
        printed = facts.cell.text if numeral is None else numeral.printed
        page = _page(facts.cell.passage, facts.cell.place)
        return self._finding("unmatched-number", Severity.NOTE, page, "table", printed, "", {"page": page, "printed": printed})

    def _finding(
        self, check: str, severity: Severity, page: int | None, subject: str, printed: str, expected: str, values: dict[str, object]
    ) -> Finding:
        message = self.knowledge.messages[check]
        return Finding(
            self.source.doc_id,
            self.source.path,
            page,
            self.year,
            check,
            severity,
            subject,
            printed,
            expected,
            Fault.EXTRACTION,
            message.en.format(**values),
            message.th.format(**values),
        )


def _other_readings(claim: Claim) -> list[Candidate]:
    """The likely readings of a claim's numeral but for the one that is its value; all of them where it has none."""
    numeral = claim.numeral
    known = claim.passage.candidates(numeral.start, numeral.end)
    return [candidate for candidate in known if numeral.value is None or candidate.text != numeral.printed]


def _page(passage: Passage, place: Place) -> int:
    found = passage.locate(0, len(passage.text))
    return found.page if found is not None else place.page
