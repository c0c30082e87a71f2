"""The pass over a document, top to bottom: what each block claims, and what it says of the blocks below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from prongsai.language.folding import fold, fold_with_index
from prongsai.matching.claims.reader import ClaimReader
from prongsai.matching.codes.columns import decoder_of
from prongsai.matching.codes.indicators import disagreeing_labels
from prongsai.matching.codes.spoken import SpokenCode, spoken_codes
from prongsai.matching.codes.tokens import Token
from prongsai.matching.grades import GradeHit, code_in_text, find_grades, score_in_row
from prongsai.matching.grid import CellFacts
from prongsai.matching.headers import ColumnFacts
from prongsai.matching.labels import find_labels, read_label
from prongsai.matching.model import UNREAD_YEAR, Claim, CodePrint, Context, Dated, Label, YearHit, instrument_of, scope_of
from prongsai.matching.prose import find_claims, last_named
from prongsai.matching.sentences import is_next
from prongsai.matching.tables import read_table
from prongsai.matching.vocabulary import Vocabulary
from prongsai.matching.years.years import UNREAD_HIT, DocumentYears, caption_year, find_years
from prongsai.records import Block, Cell, MentionKind, Paragraph, Passage, Scope, Table

HEADING = 240
"""A paragraph up to this many folded characters can be a heading or caption."""
_SECTION = re.compile(r"\W*\d{1,2}(?:\.\d{1,2})*[.)]?\s")
"""A numbered heading; in print it often runs on into the text below it."""
_CAPTIONS = 4
_LEAST_PROSE = 8
"""A cell with fewer characters says no sentence."""


@dataclass(slots=True)
class Entry:
    """A claim on its way: its printed code if that is still open, and what its surroundings say of year and section."""

    claim: Claim
    token: Token | None
    dated: Dated
    indicator: str = ""
    instrument: str = ""


class DocumentReader:
    """The pass over a document; what headings say is carried along in a `Context`."""

    def __init__(self, words: Vocabulary, dated: Dated, years: DocumentYears) -> None:
        self.words, self.dated, self.years = words, dated, years
        self.context = Context()
        self.entries: list[Entry] = []
        self.prints: list[CodePrint] = []
        self.spoken: dict[int, list[SpokenCode]] = {}
        """Codes in running text, by the fiscal year whose list they are of."""
        self.grades: list[GradeHit] = []
        self.claims = ClaimReader(words)
        self.unmatched: list[CellFacts] = []
        self.unscored_tables: list[Sequence[CellFacts]] = []
        """Of each table that gives no score, the numbers that look like scores."""
        self.unscored: list[CodePrint] = []
        self.guessed: list[tuple[int, ColumnFacts]] = []
        """Pages and columns whose headers could not be read and that the columns beside them gave a name."""
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

    def _paragraph(self, block: Paragraph) -> None:
        passage = block.passage
        text = passage.text
        if not text.strip():
            return
        self.claims.paragraph(passage, self.context, self.context.dated or self.dated)
        folded_length = len(fold(text))
        is_short = folded_length <= HEADING
        if is_short:
            self._heading(passage)
        elif _SECTION.match(text):
            self._heading_year(replace(passage, text=text[:HEADING]))
        said = last_named(self._before.passage, self.words) if self._before is not None and is_next(self._before, block) else None
        scores = self._prose(passage, self.context.dated or self.dated, said)
        years = [year for year in find_years(text, self.words) if not year.is_comparison]
        for hit in find_grades(passage, self.words):
            own = [year.year for year in years if year.end <= hit.start]
            year = own[-1] if own else self.context.dated.year if self.context.dated else None
            self.grades.append(replace(hit, year=year, code=self._graded(hit, scores)))
        if is_short:
            self.context.captions.append(passage)
            del self.context.captions[:-_CAPTIONS]

    def _prose(self, passage: Passage, dated: Dated, said_before: Label | None = None) -> list[Claim]:
        """The scores and differences that running text states; what it says beside them is kept."""
        claims = []
        for found in find_claims(passage, self.words, said_before):
            claim = found.claim
            if claim.year_from == UNREAD_YEAR and self._has_one_year():
                claim = replace(claim, year_from="")
            claims.append(claim)
            self.entries.append(Entry(claim, found.token, dated, self.context.indicator, self.context.instrument))
        spoken = self.spoken.setdefault(self.words.framework(dated.year).fiscal_year, [])
        spoken.extend(spoken_codes(passage, self.context.indicator, self.context.instrument, self.words))
        self.prints.extend(disagreeing_labels(passage, fold_with_index(passage.text), self.words))
        return claims

    def _graded(self, hit: GradeHit, scores: Sequence[Claim]) -> str:
        return code_in_text(hit, scores, self.context.indicator or self.context.instrument, self.words)

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
        framework = self.words.framework(own.year if own is not None else dated.year)
        reading = read_table(table, self.context, self.words, decoder_of(framework, self.words.knowledge))
        self.claims.table(table, self.context, dated, reading.claims)
        for claim in reading.claims:
            self.entries.append(Entry(claim, None, dated))
        self.prints.extend(reading.codes)
        if reading.claims:
            self.unmatched.extend(reading.unmatched)
            self.unscored.extend(reading.unscored)
            self.guessed.extend((table.page, column) for column in reading.guessed)
        elif reading.unmatched:
            self.unscored_tables.append(reading.unmatched)
        claimed = {id(claim.passage) for claim in reading.claims}
        rows: dict[int | None, list[Claim]] = {}
        for claim in reading.claims:
            if claim.kind is MentionKind.SCORE:
                rows.setdefault(claim.row, []).append(claim)
        for cell in table.cells:
            is_prose = id(cell.passage) not in claimed and len(cell.text) >= _LEAST_PROSE
            said = self._prose(cell.passage, dated) if is_prose else []
            if not reading.is_criteria:
                self._grades_of(cell, rows.get(cell.row, ()), said, dated.year)

    def _grades_of(self, cell: Cell, scores: Sequence[Claim], said: Sequence[Claim], year: int | None) -> None:
        """The grades in a cell: of what the cell itself has `said`, else of the agency, year and code of a score in its row."""
        for hit in find_grades(cell.passage, self.words, is_row_of_scores=bool(scores)):
            if scores and not said:
                score, code = score_in_row(cell, scores)
                self.grades.append(replace(hit, agency=score.agency, year=score.year or year, code=code))
            else:
                self.grades.append(replace(hit, year=year, code=self._graded(hit, said)))

    def _caption_year(self) -> Dated:
        said = (self._said(passage, "caption") for passage in reversed(self.context.captions))
        return next((dated for dated in said if dated is not None), self.context.dated or self.dated)

    def _table_year(self, table: Table) -> YearHit | None:
        """The newest year that the table's own first rows name."""
        cells = (cell for cell in table.cells if cell.row < 3 and len(cell.text) < 200)
        return max((hit for cell in cells for hit in find_years(cell.passage, self.words)), key=lambda hit: hit.year, default=None)
