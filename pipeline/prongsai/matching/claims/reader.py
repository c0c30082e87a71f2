"""Claims of a document, collected block by block, and made into records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from prongsai.knowledge import NationalAverage
from prongsai.language.folding import fold_with_index
from prongsai.matching.agencies.names import Identity
from prongsai.matching.claims.bounds import find_grade_bounds, read_grade_table
from prongsai.matching.claims.counts import find_counts
from prongsai.matching.claims.cues import claim_cues
from prongsai.matching.claims.extremes import find_extremes
from prongsai.matching.claims.ranks import read_ranks
from prongsai.matching.claims.said import Said, Section, Text
from prongsai.matching.labels import read_label
from prongsai.matching.model import Claim as Score
from prongsai.matching.model import Context, Dated, instrument_of, scope_of
from prongsai.matching.vocabulary import Vocabulary
from prongsai.records import Cell, Claim, Passage, Place, Scope, Source, Table

_DIGIT = re.compile(r"\d")
_LEAST_PROSE = 12
"""Text with fewer characters claims nothing."""
_LABEL = 160
_BELOW = 2
"""So many paragraphs below a table still speak of its scores."""
_LEAST_SCORES = 3
_NOWHERE = Place(1)


class ClaimReader:
    """The claims of one document in reading order."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._cues = claim_cues(vocabulary.knowledge)
        self.said: list[Said] = []
        self._scored: Scope | None = None
        self._below = 0

    def paragraph(self, passage: Passage, context: Context, dated: Dated) -> None:
        """What a paragraph claims; `context` as it was before the paragraph."""
        self._below += 1
        scored = self._scored if self._below <= _BELOW else None
        self._read(passage, dated, lambda: Section(context.indicator, context.instrument), scored)
        self.said.extend(find_grade_bounds(passage, dated.year, self.vocabulary))

    def table(self, table: Table, context: Context, dated: Dated, scores: Sequence[Score]) -> None:
        """What a table claims: the bounds of grades, or else an order and what its cells say; `scores` are those read from it."""
        levels = Counter(scope_of(score.code) for score in scores if not score.agency)
        self._scored, self._below = next((level for level, times in levels.most_common(1) if times >= _LEAST_SCORES), None), 0
        if bounds := read_grade_table(table, dated.year, self.vocabulary):
            self.said.extend(bounds)
            return
        if (order := read_ranks(table, scores, context.captions, dated.year, self.vocabulary)) is not None:
            self.said.append(order)
        for cell in table.cells:
            self._read(cell.passage, dated, partial(_row_section, table, cell, context, self.vocabulary))

    def _read(self, passage: Passage, dated: Dated, section: Callable[[], Section], scored: Scope | None = None) -> None:
        if len(passage.text) < _LEAST_PROSE:
            return
        folded = fold_with_index(passage.text).text
        has_extreme = self._cues.extreme.search(folded) is not None
        has_count = _DIGIT.search(folded) is not None and self._cues.counting.search(folded) is not None
        if has_extreme or has_count:
            text = Text(passage, dated, section, self.vocabulary)
            found = (*(find_extremes(text, scored) if has_extreme else ()), *(find_counts(text) if has_count else ()))
            self.said.extend(sorted(found, key=lambda said: said.start))

    def records(self, source: Source, identity: Identity) -> tuple[Claim, ...]:
        """One record a claim; all are about the document's own agency: what is said of the country's averages is left out."""
        own = (said for said in self.said if not self._is_national(said))
        return tuple(_record(at, said, source, identity) for at, said in enumerate(own, start=1))

    def _is_national(self, said: Said) -> bool:
        if said.year is None or said.value is None:
            return False
        known = self.vocabulary.knowledge.national_averages
        return any(NationalAverage(said.year, code, said.value) in known for code in said.codes)


def _row_section(table: Table, cell: Cell, around: Context, vocabulary: Vocabulary) -> Section:
    """What a cell's row is of: the indicator or instrument that it names, or the nearest row above that names one, else what
    the table's section is of."""
    instrument = ""
    for other in sorted((other for other in table.cells if other.row <= cell.row and other is not cell), key=lambda each: -each.row):
        label = read_label(other.text, vocabulary) if len(other.text) <= _LABEL else None
        scope = scope_of(label.code) if label is not None else None
        if label is not None and scope is Scope.INDICATOR:
            return Section(label.code, instrument_of(label.code))
        if label is not None and scope is Scope.INSTRUMENT:
            instrument = instrument or label.code
    return Section("", instrument) if instrument else Section(around.indicator, around.instrument)


def _record(at: int, said: Said, source: Source, identity: Identity) -> Claim:
    place = said.passage.locate(said.start, said.end) or _NOWHERE
    return Claim(
        claim_id=f"{source.doc_id}:c{at}",
        doc_id=source.doc_id,
        path=source.path,
        page=place.page,
        box=place.box,
        line=place.line,
        agency=identity.agency,
        fiscal_year=said.year,
        kind=said.kind,
        scope=said.scope,
        within=said.within,
        codes=said.codes,
        relation=said.relation,
        bound=said.bound,
        count=said.count,
        value=said.value,
        since=said.since,
        grade=said.grade,
        printed=" ".join(said.passage.text[said.start : said.end].split()),
        place_code=identity.place_code,
    )
