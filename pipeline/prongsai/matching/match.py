"""From blocks to mentions: one pass over a document, top to bottom, then the decisions that need the whole of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from prongsai.knowledge import Knowledge
from prongsai.language.folding import Folded, fold, fold_with_index
from prongsai.matching.agencies import Identity, identify
from prongsai.matching.books import ITA, other_book
from prongsai.matching.codes import Decoder, Item, Token, decoder_of, is_canonical, reason_for
from prongsai.matching.grades import GradeHit, find_grades
from prongsai.matching.grid import CellFacts
from prongsai.matching.labels import find_labels, read_label
from prongsai.matching.mentions import Assembly
from prongsai.matching.model import Claim, CodePrint, Context, Label, instrument_of, scope_of
from prongsai.matching.prose import find_claims, last_named
from prongsai.matching.sentences import is_next, whole_sentences
from prongsai.matching.spoken_codes import disagreeing_labels, spoken_codes
from prongsai.matching.tables import read_table
from prongsai.matching.vocabulary import Vocabulary, vocabulary
from prongsai.matching.years import document_year, find_years, result_year
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
    year: int | None
    year_from: str
    indicator: str = ""
    instrument: str = ""


def match(source: Source, blocks: Sequence[Block], options: Options, knowledge: Knowledge) -> Matched:
    """Mentions, misprinted codes, grades and findings of one document, in reading order.

    A document that follows a book that only looks like ITA's has that book named. Its questions are other questions
    under the same letters, so none is matched; instruments and indicators are, where the ten indicators or all three
    instruments are printed.
    """
    words = vocabulary(knowledge)
    blocks = list(whole_sentences(blocks, words))
    texts = [text for block in blocks for text in _texts(block)]
    identity = identify(texts, knowledge)
    year_of_result, own_year = document_year(texts, words)
    year = year_of_result or options.fiscal_year
    reader = _DocumentReader(words, year, "document" if year_of_result else "option")
    for block in blocks:
        reader.read(block)
    assembly = Assembly(source, identity, knowledge, year, "document" if year_of_result else "option")
    claims = reader.resolved()
    book, n_left = _book(texts, claims, knowledge), 0
    if book not in (ITA, ""):
        ours = [claim for claim in claims if scope_of(claim.code) is not Scope.QUESTION] if _prints_instruments(claims) else []
        n_left, claims = len(claims) - len(ours), ours
        reader.prints.clear()
    mentions = assembly.mentions(claims)
    return Matched(
        mentions,
        assembly.codes(reader.prints),
        assembly.grades(reader.grades, year),
        assembly.findings(reader.unmatched, mentions, book, n_left),
        identity,
        book,
        year_of_result,
        own_year or year,
    )


def _texts(block: Block) -> Sequence[str]:
    return [block.text] if isinstance(block, Paragraph) else [cell.text for cell in block.cells]


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

    def __init__(self, words: Vocabulary, year: int | None, year_from: str) -> None:
        self.words, self.year, self.year_from = words, year, year_from
        self.context = Context()
        self.entries: list[_Entry] = []
        self.prints: list[CodePrint] = []
        self.grades: list[GradeHit] = []
        self.unmatched: list[CellFacts] = []
        self._before: Paragraph | None = None
        self._last_table_year: int | None = None

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
            self._heading(text)
        elif _SECTION.match(text):
            self._heading_year(fold_with_index(text[:_HEADING]))
        said = last_named(self._before.passage, self.words) if self._before is not None and is_next(self._before, block) else None
        self._prose(passage, self.context.year or self.year, "section" if self.context.year else self.year_from, said)
        years = [year for year in find_years(text, self.words) if not year.is_comparison]
        for hit in find_grades(passage, self.words):
            own = [year.year for year in years if year.end <= hit.start]
            self.grades.append(replace(hit, year=own[-1] if own else self.context.year))
        if is_short:
            self.context.captions.append(text)
            del self.context.captions[:-_CAPTIONS]

    def _prose(self, passage: Passage, year: int | None, year_from: str, said_before: Label | None = None) -> None:
        for found in find_claims(passage, self.words, said_before):
            self.entries.append(_Entry(found.claim, found.token, year, year_from, self.context.indicator, self.context.instrument))
        decoder = self.decoder(year)
        self.prints.extend(spoken_codes(passage, self.context.indicator, self.context.instrument, self.words, decoder))
        self.prints.extend(disagreeing_labels(passage, fold_with_index(passage.text), self.words))

    def _heading(self, text: str) -> None:
        """What a short paragraph says of those below: an indicator, an instrument, a fiscal year."""
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
        self._heading_year(folded)

    def _heading_year(self, folded: Folded) -> None:
        """The fiscal year that a heading says its section's results are of."""
        years = [hit for hit in find_years(folded, self.words) if hit.is_named and not hit.is_comparison]
        is_alone = len(years) == 1 and self.words.fiscal_year.fullmatch(folded.text) is not None
        if is_alone and (self.year is None or years[0].year <= self.year):
            # A later one stands on the cover, for the year of the plan that the result leads to.
            self.context.year = years[0].year
        elif years and (said := result_year(folded, years, self.words)) is not None:
            self.context.year = said

    def _table(self, table: Table) -> None:
        year, year_from = self._caption_year()
        if year is None and (own := self._table_year(table) or self._last_table_year) is not None:
            year, year_from = own, "column"
        self._last_table_year = year
        reading = read_table(table, self.context, self.words, self.decoder(self._table_year(table) or year))
        for claim in reading.claims:
            self.entries.append(_Entry(claim, None, year, year_from))
        self.prints.extend(reading.codes)
        if reading.claims:
            self.unmatched.extend(reading.unmatched)
        claimed = {id(claim.passage) for claim in reading.claims}
        rows = {claim.row: claim for claim in reading.claims}
        for cell in table.cells:
            if id(cell.passage) not in claimed and len(cell.text) >= _LEAST_PROSE:
                self._prose(cell.passage, year, year_from)
            if not reading.is_criteria:
                self._grades_of(cell, rows.get(cell.row), year)

    def _grades_of(self, cell: Cell, score: Claim | None, year: int | None) -> None:
        """The grades in a cell, of the agency and year that the scores in its row are of."""
        for hit in find_grades(cell.passage, self.words, is_row_of_scores=score is not None):
            agency = score.agency if score is not None else ""
            self.grades.append(replace(hit, agency=agency, year=(score.year if score is not None else None) or year))

    def _caption_year(self) -> tuple[int | None, str]:
        for text in reversed(self.context.captions):
            years = [hit for hit in find_years(text, self.words) if hit.is_named and not hit.is_comparison]
            said = result_year(fold_with_index(text), years, self.words)
            if said is not None:
                return said, "caption"
        if self.context.year is not None:
            return self.context.year, "section"
        return self.year, self.year_from

    def _table_year(self, table: Table) -> int | None:
        """The newest year that the table's own first rows name."""
        years = [hit.year for cell in table.cells if cell.row < 3 and len(cell.text) < 200 for hit in find_years(cell.text, self.words)]
        return max(years) if years else None

    def resolved(self) -> list[Claim]:
        """All claims with their year and code decided; printed codes in prose may lean on values that tables print."""
        for entry in self.entries:
            if entry.claim.year is None and entry.year is not None:
                entry.claim = replace(entry.claim, year=entry.year, year_from=entry.year_from)
        values = _codes_by_value([entry.claim for entry in self.entries if entry.token is None])
        claims = []
        for entry in self.entries:
            claim = entry.claim
            if entry.token is not None:
                claim = self._decode_spoken(entry, entry.token, values)
            if claim.code:
                claims.append(claim)
        return _without_contradicted(claims)

    def _decode_spoken(self, entry: _Entry, token: Token, values: Mapping[tuple[int | None, Decimal], frozenset[str]]) -> Claim:
        claim = entry.claim
        decoder = self.decoder(claim.year)
        if full := decoder.printed_in_full(token):
            return replace(claim, code=full, matched_by=("code",))
        alike = values.get((claim.year, claim.numeral.value), frozenset()) if claim.numeral.value is not None else frozenset()
        section = (entry.indicator, entry.instrument) if not token.letter else ("", "")
        decoded = decoder.decode([Item(token, "", *section, value_codes=alike)])[0]
        if decoded.confidence < 0.5:
            return replace(claim, code="")
        self._reprint(claim, decoded.code, decoded.confidence)
        return replace(claim, code=decoded.code, matched_by=decoded.matched_by, code_confidence=decoded.confidence)

    def _reprint(self, claim: Claim, code: str, confidence: float) -> None:
        """What a value decided about a printed code stands in `codes` too, wherever else that form is printed."""
        for at, seen in enumerate(self.prints):
            if fold(seen.printed) == fold(claim.printed_code) and not is_canonical(seen.printed, code):
                token = Token(fold(seen.printed)[:1], fold(seen.printed)[1:])
                self.prints[at] = replace(seen, code=code, confidence=confidence, reason=reason_for(token, seen.printed, code))


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
