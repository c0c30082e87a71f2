"""From blocks to mentions: one pass over a document, top to bottom, then the decisions that need the whole of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from prongsai.knowledge import Knowledge
from prongsai.language.folding import fold, fold_with_index
from prongsai.matching.agencies.names import Identity, agency_findings, identify, name_listed
from prongsai.matching.books import ITA, other_book
from prongsai.matching.codes.columns import Decoded, Decoder, Item, decoder_of
from prongsai.matching.codes.indicators import disagreeing_labels, settled
from prongsai.matching.codes.spoken import SpokenCode, decoded_prints, spoken_codes
from prongsai.matching.codes.tokens import Token, is_canonical, reason_for
from prongsai.matching.grades import GradeHit, find_grades
from prongsai.matching.grid import CellFacts
from prongsai.matching.labels import find_labels, read_label
from prongsai.matching.mentions import Assembly
from prongsai.matching.model import UNREAD_YEAR, Claim, CodePrint, Context, Dated, Label, YearHit, instrument_of, scope_of
from prongsai.matching.prose import find_claims, last_named
from prongsai.matching.sentences import is_next, whole_sentences
from prongsai.matching.tables import read_table
from prongsai.matching.vocabulary import Vocabulary, vocabulary
from prongsai.matching.years.checks import unlikely_years
from prongsai.matching.years.readings import settle_years
from prongsai.matching.years.years import UNREAD_HIT, DocumentYears, caption_year, document_years, find_years
from prongsai.records import (
    Block,
    Cell,
    CodeReading,
    Finding,
    GradeMention,
    Mention,
    MentionKind,
    Options,
    Paragraph,
    Passage,
    Scope,
    Source,
    Table,
)

_HEADING = 240
"""A paragraph up to this many folded characters can be a heading or caption."""
_SECTION = re.compile(r"\W*\d{1,2}(?:\.\d{1,2})*[.)]?\s")
"""A numbered heading; in print it often runs on into the text below it."""
_CAPTIONS = 4
_IN_ORDER = 0.3
"""How often the codes of scores in prose stand in their order."""
_SURE = 0.7
"""A code in prose below this posterior is no score's code."""
_LEAST_PROSE = 8
"""A cell with fewer characters says no sentence."""


@dataclass(frozen=True, slots=True)
class Matched:
    """What matching made of a document."""

    mentions: tuple[Mention, ...]
    codes: tuple[CodeReading, ...]
    grades: tuple[GradeMention, ...]
    findings: tuple[Finding, ...]
    identity: Identity
    book: str
    result_year: int | None
    report_year: int | None


@dataclass(slots=True)
class _Entry:
    """A claim on its way: its printed code if that is still open, and what its surroundings say of year and section."""

    claim: Claim
    token: Token | None
    dated: Dated
    indicator: str = ""
    instrument: str = ""


def match(source: Source, blocks: Sequence[Block], options: Options, knowledge: Knowledge) -> Matched:
    """Mentions, misprinted codes, grades and findings of one document, in reading order.

    A document that follows a book that only looks like ITA's has that book named. Its questions are other questions
    under the same letters, so none is matched; instruments and indicators are, where the ten indicators or all three
    instruments are printed.
    """
    words = vocabulary(knowledge)
    blocks, doubtful = settle_years(list(whole_sentences(blocks, words)), words)
    texts = [text for block in blocks for text in _texts(block)]
    identity = identify(texts, knowledge)
    years = document_years([passage for block in blocks for passage in _passages(block)], words)
    dated = Dated(options.fiscal_year, "option") if years.result is None else Dated(years.result, "document", years.confidence)
    reader = _DocumentReader(words, dated, years)
    for block in blocks:
        reader.read(block)
    assembly = Assembly(source, identity, knowledge, dated.year)
    claims = reader.resolved()
    book, n_left = _book(texts, claims, knowledge), 0
    if book not in (ITA, ""):
        ours = [claim for claim in claims if scope_of(claim.code) is not Scope.QUESTION] if _prints_instruments(claims) else []
        n_left, claims = len(claims) - len(ours), ours
        reader.prints.clear()
    titles = [block.text for block in blocks if isinstance(block, Paragraph) and len(block.text) <= _HEADING]
    listed = name_listed({claim.agency_printed for claim in claims}, titles, identity, knowledge)
    names = {claim.agency: listed[claim.agency_printed].name for claim in claims if claim.agency_printed in listed}
    codes = {printed: one.code for printed, one in listed.items()}
    mentions = assembly.mentions(
        [
            replace(claim, agency=names.get(claim.agency, claim.agency), place_code=codes.get(claim.agency_printed, ""))
            if claim.agency
            else claim
            for claim in claims
        ]
    )
    return Matched(
        mentions,
        assembly.codes(reader.prints),
        assembly.grades([replace(hit, agency=names.get(hit.agency, hit.agency)) for hit in reader.grades], dated.year),
        (
            *assembly.year_findings(doubtful, unlikely_years(blocks, years.result, words), mentions),
            *assembly.findings(reader.unmatched, mentions, book, n_left),
            *(assembly.unscored(each) for each in reader.unscored if book in (ITA, "")),
            *agency_findings(source, dated.year, identity, listed, knowledge),
        ),
        identity,
        book,
        years.result,
        years.own or dated.year,
    )


def _texts(block: Block) -> Sequence[str]:
    return [passage.text for passage in _passages(block)]


def _passages(block: Block) -> Sequence[Passage]:
    return [block.passage] if isinstance(block, Paragraph) else [cell.passage for cell in block.cells]


def _book(texts: Sequence[str], claims: Sequence[Claim], knowledge: Knowledge) -> str:
    """The book that a document follows: another's if its cues stand there and no ten indicators do, ITA's if it gave
    any score or names the assessment, else none."""
    indicators = {claim.code for claim in claims if scope_of(claim.code) is Scope.INDICATOR}
    other = other_book(texts, knowledge)
    if other and len(indicators) < 5:
        return other
    if claims:
        return ITA
    words = vocabulary(knowledge)
    names_it = any(label.code in ("IIT", "EIT", "OIT", "ITA") for text in texts for label in find_labels(fold_with_index(text), words))
    return ITA if names_it else ""


def _prints_instruments(claims: Sequence[Claim]) -> bool:
    return {"IIT", "OIT"} <= {claim.code for claim in claims}


class _DocumentReader:
    """The pass over a document; what headings say is carried along in a `Context`."""

    def __init__(self, words: Vocabulary, dated: Dated, years: DocumentYears) -> None:
        self.words, self.dated, self.years = words, dated, years
        self.context = Context()
        self.entries: list[_Entry] = []
        self.prints: list[CodePrint] = []
        self.spoken: dict[int, list[SpokenCode]] = {}
        """Codes in running text, by the fiscal year whose list they are of."""
        self.grades: list[GradeHit] = []
        self.unmatched: list[CellFacts] = []
        self.unscored: list[CodePrint] = []
        self._before: Paragraph | None = None
        self._last_table_year: Dated | None = None

    def read(self, block: Block) -> None:
        if isinstance(block, Table):
            self._table(block)
            self.context.captions.clear()
            self._before = None
        else:
            self._paragraph(block)
            self._before = block

    def decoder(self, year: int | None) -> Decoder:
        """The decoder of a year's framework."""
        return decoder_of(self.words.framework(year), self.words.knowledge)

    def _paragraph(self, block: Paragraph) -> None:
        passage = block.passage
        text = passage.text
        if not text.strip():
            return
        folded_length = len(fold(text))
        is_short = folded_length <= _HEADING
        if is_short:
            self._heading(passage)
        elif _SECTION.match(text):
            self._heading_year(replace(passage, text=text[:_HEADING]))
        said = last_named(self._before.passage, self.words) if self._before is not None and is_next(self._before, block) else None
        self._prose(passage, self.context.dated or self.dated, said)
        years = [year for year in find_years(text, self.words) if not year.is_comparison]
        for hit in find_grades(passage, self.words):
            own = [year.year for year in years if year.end <= hit.start]
            self.grades.append(replace(hit, year=own[-1] if own else self.context.dated.year if self.context.dated else None))
        if is_short:
            self.context.captions.append(passage)
            del self.context.captions[:-_CAPTIONS]

    def _prose(self, passage: Passage, dated: Dated, said_before: Label | None = None) -> None:
        for found in find_claims(passage, self.words, said_before):
            claim = found.claim
            if claim.year_from == UNREAD_YEAR and self._has_one_year():
                claim = replace(claim, year_from="")
            self.entries.append(_Entry(claim, found.token, dated, self.context.indicator, self.context.instrument))
        spoken = self.spoken.setdefault(self.words.framework(dated.year).fiscal_year, [])
        spoken.extend(spoken_codes(passage, self.context.indicator, self.context.instrument, self.words))
        self.prints.extend(disagreeing_labels(passage, fold_with_index(passage.text), self.words))

    def _has_one_year(self) -> bool:
        """Whether the document names one fiscal year and no other, so that one that cannot be read is most likely the same."""
        return len(self.years.named) == 1

    def _heading(self, passage: Passage) -> None:
        """What a short paragraph says of those below: an indicator, an instrument, a fiscal year."""
        text = passage.text
        label = read_label(text, self.words)
        if label is not None:
            scope = scope_of(label.code)
            if scope is Scope.INDICATOR:
                self.context.indicator, self.context.instrument = label.code, instrument_of(label.code)
            elif scope is Scope.INSTRUMENT:
                self.context.instrument, self.context.indicator = label.code, ""
        folded = fold_with_index(text)
        if label is None:
            named = {found.code for found in find_labels(folded, self.words) if not found.is_weak}
            if len(named) == 1:
                code = next(iter(named))
                if scope_of(code) is Scope.INSTRUMENT:
                    self.context.instrument, self.context.indicator = code, ""
                elif scope_of(code) is Scope.INDICATOR and self.words.indicator_number_start.match(folded.text):
                    self.context.indicator, self.context.instrument = code, instrument_of(code)
        self._heading_year(passage)

    def _heading_year(self, passage: Passage) -> None:
        """The fiscal year that a heading says its section's results are of."""
        alone = self.words.fiscal_year.fullmatch(fold(passage.text))
        years = [hit for hit in find_years(passage, self.words) if hit.is_named and not hit.is_comparison] if alone else []
        if alone is not None and len(years) == 1 and (alone["number"] or self.dated.year is None or years[0].year <= self.dated.year):
            # Without a number a later one stands on the cover, for the year of the plan that the result leads to.
            self.context.dated = Dated(years[0].year, "section", years[0].confidence)
        elif (said := self._said(passage, "section")) is not None:
            self.context.dated = said

    def _said(self, passage: Passage, by: str) -> Dated | None:
        """What a heading or caption says of the year of the scores below it. One that is printed and unread is none of the
        others that the document names."""
        hit = caption_year(passage, self.words)
        if hit is None or (hit.year == UNREAD_HIT and self._has_one_year()):
            return None
        return Dated(None, UNREAD_YEAR) if hit.year == UNREAD_HIT else Dated(hit.year, by, hit.confidence)

    def _table(self, table: Table) -> None:
        dated = self._caption_year()
        own = self._table_year(table)
        if dated.year is None and dated.by != UNREAD_YEAR:
            dated = Dated(own.year, "column", own.confidence) if own is not None else self._last_table_year or dated
        self._last_table_year = dated if dated.year is not None else None
        reading = read_table(table, self.context, self.words, self.decoder(own.year if own is not None else dated.year))
        for claim in reading.claims:
            self.entries.append(_Entry(claim, None, dated))
        self.prints.extend(reading.codes)
        if reading.claims:
            self.unmatched.extend(reading.unmatched)
            self.unscored.extend(reading.unscored)
        claimed = {id(claim.passage) for claim in reading.claims}
        rows = {claim.row: claim for claim in reading.claims}
        for cell in table.cells:
            if id(cell.passage) not in claimed and len(cell.text) >= _LEAST_PROSE:
                self._prose(cell.passage, dated)
            if not reading.is_criteria:
                self._grades_of(cell, rows.get(cell.row), dated.year)

    def _grades_of(self, cell: Cell, score: Claim | None, year: int | None) -> None:
        """The grades in a cell, of the agency and year that the scores in its row are of."""
        for hit in find_grades(cell.passage, self.words, is_row_of_scores=score is not None):
            agency = score.agency if score is not None else ""
            self.grades.append(replace(hit, agency=agency, year=(score.year if score is not None else None) or year))

    def _caption_year(self) -> Dated:
        said = (self._said(passage, "caption") for passage in reversed(self.context.captions))
        return next((dated for dated in said if dated is not None), self.context.dated or self.dated)

    def _table_year(self, table: Table) -> YearHit | None:
        """The newest year that the table's own first rows name."""
        cells = (cell for cell in table.cells if cell.row < 3 and len(cell.text) < 200)
        return max((hit for cell in cells for hit in find_years(cell.passage, self.words)), key=lambda hit: hit.year, default=None)

    def resolved(self) -> list[Claim]:
        """All claims with their year and code decided; printed codes in prose may lean on values that tables print."""
        for year, spoken in self.spoken.items():
            self.prints.extend(decoded_prints(spoken, self.decoder(year)))
        for entry in self.entries:
            entry.claim = _dated(entry.claim, entry.dated)
        values = _codes_by_value([entry.claim for entry in self.entries if entry.token is None])
        by_year: defaultdict[int | None, list[_Entry]] = defaultdict(list)
        for entry in self.entries:
            if entry.token is not None:
                by_year[entry.claim.year].append(entry)
        for said, entries in by_year.items():
            self._decode_spoken(entries, self.decoder(said), values)
        claims, self.prints = settled([entry.claim for entry in self.entries if entry.claim.code], self.prints, self.words)
        return _without_contradicted(claims)

    def _decode_spoken(
        self, entries: Sequence[_Entry], decoder: Decoder, values: Mapping[tuple[int | None, Decimal], frozenset[str]]
    ) -> None:
        """Decides the codes of scores in prose, all of one year together."""
        items = []
        for entry in entries:
            value = entry.claim.numeral.value
            alike = values.get((entry.claim.year, value), frozenset()) if value is not None else frozenset()
            section = ("", "") if entry.token is None or entry.token.letter else (entry.indicator, entry.instrument)
            items.append(Item(entry.token, "", *section, value_codes=alike))
        for entry, decoded in zip(entries, decoder.decode(items, _IN_ORDER), strict=True):
            claim = entry.claim
            if entry.token is not None and (full := decoder.printed_in_full(entry.token)):
                entry.claim = replace(claim, code=full, matched_by=("code",))
            elif decoded.code and decoded.confidence >= _SURE:
                self._reprint(claim, decoded)
                entry.claim = replace(claim, code=decoded.code, matched_by=decoded.matched_by, code_confidence=decoded.confidence)

    def _reprint(self, claim: Claim, decoded: Decoded) -> None:
        """What a value decided about a printed code stands in `codes` too, wherever else that form is printed."""
        for at, seen in enumerate(self.prints):
            if fold(seen.printed) == fold(claim.printed_code) and not is_canonical(seen.printed, decoded.code):
                token = Token(fold(seen.printed)[:1], fold(seen.printed)[1:])
                reason = reason_for(token, seen.printed, decoded.code)
                self.prints[at] = replace(
                    seen, code=decoded.code, confidence=decoded.confidence, reason=reason, matched_by=decoded.matched_by
                )


def _dated(claim: Claim, around: Dated) -> Claim:
    """A claim with the year of its surroundings, where it says none of its own."""
    if claim.year is not None:
        return replace(claim, year=claim.year - claim.years_back)
    if claim.year_from == UNREAD_YEAR or around.year is None:
        return replace(claim, year_from=claim.year_from or (around.by if around.by == UNREAD_YEAR else ""))
    return replace(claim, year=around.year - claim.years_back, year_from=around.by, year_confidence=around.confidence)


def _without_contradicted(claims: Sequence[Claim]) -> list[Claim]:
    """The claims without those by which names share a number though each has another of its own elsewhere: a list of
    names before the first one's score reads like names that share it."""
    own: defaultdict[tuple[str, int | None, str], set[Decimal | None]] = defaultdict(set)
    for claim in claims:
        if not claim.is_shared and claim.kind is MentionKind.SCORE:
            own[(claim.agency, claim.year, claim.code)].add(claim.numeral.value)
    kept = []
    for claim in claims:
        values = own.get((claim.agency, claim.year, claim.code), set())
        if not (claim.is_shared and values and claim.numeral.value not in values):
            kept.append(claim)
    return kept


def _codes_by_value(claims: Sequence[Claim]) -> dict[tuple[int | None, Decimal], frozenset[str]]:
    found: defaultdict[tuple[int | None, Decimal], set[str]] = defaultdict(set)
    for claim in claims:
        value = claim.numeral.value
        if claim.kind is MentionKind.SCORE and value is not None and value != 100 and scope_of(claim.code) is Scope.QUESTION:
            found[(claim.year, value)].add(claim.code)
    return {key: frozenset(codes) for key, codes in found.items()}
