"""Scores in tables: what a number's row says and what its column says, joined; slipped cells follow their code."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from prongsai.language.folding import fold, fold_with_index
from prongsai.language.numerals import find_numerals
from prongsai.matching.codes.columns import Decoded, Decoder, Item
from prongsai.matching.codes.damaged import code_readings
from prongsai.matching.codes.tokens import reason_for
from prongsai.matching.column_order import with_names_by_order
from prongsai.matching.doubts import (
    counts_without_decimals,
    dates_wording,
    is_code_unsure,
    is_cut_wrong,
    is_label_unsure,
    looks_like_score,
    must_be_told,
)
from prongsai.matching.grid import CellFacts, Grid
from prongsai.matching.header_rows import header_parts, heads_section
from prongsai.matching.headers import ColumnFacts, read_columns
from prongsai.matching.labels import find_labels
from prongsai.matching.model import UNREAD_YEAR, Claim, CodePrint, Context, Label, YearHit, instrument_of, scope_of, specificity
from prongsai.matching.rows import (
    RowFacts,
    Rows,
    Segment,
    folded_wording,
    is_lettered,
    names_score,
    printed_code,
    printed_wording,
    token_span,
)
from prongsai.matching.scale import can_be_misprint, can_be_score
from prongsai.matching.vocabulary import Vocabulary
from prongsai.matching.years.column_years import with_unread_years, with_years_before
from prongsai.records import MentionKind, Passage, Scope, Table

_SURE = 0.7
"""A code below this posterior is no score's code; it stays a row in `codes`."""
_KEPT = 0.4
"""The posterior that is enough for a code printed in full."""
_BY_ORDER = 0.9
"""The posterior from which on the order of a column may decide what a row's print leaves open."""
_SCORED_FOR_ONE_LOST = 3
"""Questions, or indicators, with scores that a table holds for each whose score was lost."""
_LEAST_POINTS = 10
_CRITERIA = 60
"""A header cell that makes its table one of criteria is not longer than this, in folded characters."""


@dataclass(frozen=True, slots=True)
class TableReading:
    """What a table gave: claims, codes not printed as they should be, and numbers that nothing names."""

    claims: tuple[Claim, ...] = ()
    codes: tuple[CodePrint, ...] = ()
    unmatched: tuple[CellFacts, ...] = ()
    """Where the table gave no claim, all its numbers that look like scores."""
    unscored: tuple[CodePrint, ...] = ()
    """Questions and indicators beside which no number was read, though most others of the table have theirs."""
    guessed: tuple[ColumnFacts, ...] = ()
    """Columns whose headers could not be read and that the others gave a name."""
    is_criteria: bool = False
    """The table states the framework; nothing in it is a result."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A segment, the rows under one header that it is of, and the section in which it stands."""

    rows: Rows
    segment: Segment
    indicator: str
    instrument: str
    dated: YearHit | None


def read_table(table: Table, context: Context, vocabulary: Vocabulary, decoder: Decoder) -> TableReading:
    """The scores of one table, each with the year that its own row or column says, if any."""
    grid = Grid(table, vocabulary)
    parts = header_parts(grid, vocabulary)
    if any(vocabulary.criteria.search(facts.folded) for row in parts[0].heads for facts in grid.rows[row] if len(facts.folded) < _CRITERIA):
        return TableReading(unmatched=_likely_scores(grid), is_criteria=True)
    columns = [
        with_years_before(with_unread_years(read_columns(grid, part.heads, vocabulary), vocabulary), context.years_across) for part in parts
    ]
    columns = [with_names_by_order(own, grid, part.body, vocabulary.knowledge) for own, part in zip(columns, parts, strict=True)]
    context.years_across += (part for part in columns if len({column.year for column in part} - {None}) > 1)
    rows = [Rows(grid, part.body, facts, vocabulary) for part, facts in zip(parts, columns, strict=True)]
    guessed = tuple(column for part in columns for column in part if column.code_confidence < 1)
    return replace(_TableReader(rows, context, decoder).read(), guessed=guessed)


class _TableReader:
    """The reading of one table; holds what all its rows share."""

    def __init__(self, parts: Sequence[Rows], context: Context, decoder: Decoder) -> None:
        self.parts, self.decoder = parts, decoder
        self.indicator, self.instrument = context.indicator, context.instrument
        self.dated: YearHit | None = None
        self.is_overall = _speaks_of_overall(context.captions, parts[0].vocabulary)
        self.unmatched: list[CellFacts] = []

    def read(self) -> TableReading:
        placed = list(self._placed())
        items = {at: item for at, one in enumerate(placed) if (item := self._item(one)) is not None}
        decoded = dict(zip(items, self.decoder.decode(list(items.values())), strict=True))
        claims: list[Claim] = []
        prints: list[CodePrint] = []
        unscored: list[CodePrint] = []
        for at, one in enumerate(placed):
            item, code = items.get(at), decoded.get(at)
            printed = self.decoder.printed_in_full(item.token) if item is not None and item.token is not None else ""
            accepted = code if item is not None and code is not None and _accepts(code, item, printed) else None
            if accepted is not None and is_code_unsure(one.rows, one.segment, accepted):
                accepted = None
            n_unmatched = len(self.unmatched)
            own = list(self._claims(one, accepted, is_question=item is not None))
            claims.extend(own)
            if item is not None and code is not None and one.segment.code_cell is not None and code.code:
                prints.append(_print(one.segment.code_cell, code, item))
            if not own and len(self.unmatched) == n_unmatched:
                unscored.extend(prints[-1:] if accepted is not None and one.segment.code_cell is not None else _indicator(one))
        lost = (*_lost(unscored, claims, Scope.QUESTION), *_lost(unscored, claims, Scope.INDICATOR))
        unmatched = tuple(self.unmatched) if claims else _likely_scores(self.parts[0].grid)
        return TableReading(tuple(claims), tuple(prints), unmatched, lost)

    def _placed(self) -> Iterator[_Placed]:
        for rows in self.parts:
            for row in rows.body:
                self._section(rows.grid, row)
                for segment in rows.segments(row):
                    yield _Placed(rows, segment, self.indicator, self.instrument, self.dated)

    def _section(self, grid: Grid, row: int) -> None:
        """A label in a row, or in a cell merged over it, says what this row and those below belong to; so does a lone year."""
        filled = [facts for facts in grid.rows[row] if facts.folded]
        if heads_section(filled, grid):
            self.dated = filled[0].years[-1]
        for facts in grid.covering(row):
            if facts.label is None:
                continue
            scope = scope_of(facts.label.code)
            if scope is Scope.INDICATOR:
                self.indicator, self.instrument = facts.label.code, instrument_of(facts.label.code)
            elif scope is Scope.INSTRUMENT and facts.label.code != self.instrument:
                self.instrument = facts.label.code
                if instrument_of(self.indicator) != facts.label.code[:3]:
                    self.indicator = ""

    def _item(self, placed: _Placed) -> Item | None:
        """What the decoder is to know of a segment, or None where it is no question."""
        rows, segment, code = placed.rows, placed.segment, placed.segment.code_cell
        wording = folded_wording(segment)
        is_known = self.decoder.wording_of(wording) is not None
        is_coded = code is not None and (is_lettered(code) or rows.stands_among_codes(code))
        if names_score(segment) and not is_known and not (is_coded and code is not None and code.is_code):
            return None
        numbers = [facts.numeral for facts in segment.cells if facts.numeral is not None and facts is not code]
        has_number, value = bool(numbers), numbers[0].value if numbers else None
        if code is None or code.token is None:
            if has_number and is_known and rows.agency_column is None:
                return Item(None, wording, placed.indicator, placed.instrument, value=value)
            return None
        if not is_coded:
            has_section = bool(placed.instrument or placed.indicator or is_known)
            if rows.agency_column is not None or not has_section or not has_number:
                return None
        readings = code_readings(code)
        return Item(code.token, wording, placed.indicator, placed.instrument, is_ordinal=code.is_ordinal, value=value, readings=readings)

    def _claims(self, placed: _Placed, code: Decoded | None, *, is_question: bool) -> Iterator[Claim]:
        """What the numbers of a segment say. Two numbers that come out as one and the same score, under headers that do
        not tell them apart, say nothing: a header was lost, or a column."""
        rows, segment, row = placed.rows, placed.segment, placed.rows.facts(placed.segment)
        if dates_wording(rows, segment):
            row = replace(row, year=None, year_confidence=None)
        if row.is_weight:
            return
        found: list[tuple[CellFacts, ColumnFacts, Claim]] = []
        for facts in segment.cells:
            if facts.numeral is None or facts is segment.code_cell:
                continue
            at = facts.cell.column + segment.shift
            column = rows.columns[at] if 0 <= at < len(rows.columns) else ColumnFacts()
            if column.is_ignored and not segment.shift:
                continue
            claim = self._claim(placed, facts, column, row, code, is_question=is_question)
            if claim is not None:
                found.append((facts, column, claim))
            elif must_be_told(facts, column, rows, is_question=is_question):
                self.unmatched.append(facts)
        is_run_together = not rows.grid.table.is_ruled and any(_holds_several(facts) for facts in segment.cells)
        is_run_together = is_run_together or is_cut_wrong(rows, segment, code.code if code is not None else "")
        has_weights = any(column.is_weight for column in rows.columns)
        # Beside differences stand the scores of two years, whatever is left of their headers.
        has_differences = any(column.is_difference for column in rows.columns)
        for facts, column, claim in found:
            rivals = [
                other
                for _, beside, other in found
                if other.numeral.value != claim.numeral.value
                and _is_same_score(claim, other)
                and (beside.text in ("", column.text) or (has_differences and column.year is None and beside.year is None))
            ]
            if is_run_together or (rivals and not has_weights):
                self.unmatched.append(facts)
            else:
                yield claim

    def _claim(
        self, placed: _Placed, facts: CellFacts, column: ColumnFacts, row: RowFacts, code: Decoded | None, *, is_question: bool
    ) -> Claim | None:
        """What one number says, or None where nothing names it or it can be no score."""
        segment, numeral = placed.segment, facts.numeral
        assert numeral is not None
        value = numeral.value
        is_beyond = not can_be_score(numeral)
        is_change = column.is_difference or row.is_difference
        is_among = (is_beyond and column.is_difference) or (is_change and placed.rows.peers.has_lost_point(facts))
        is_among = is_among or ((is_beyond or _has_unit(facts, placed.rows.vocabulary)) and placed.rows.peers.are_scores(facts))
        if is_beyond and not (can_be_misprint(numeral, is_among_scores=is_among) and (column.is_score or is_among)):
            return None
        if _is_off_image(facts) and placed.rows.peers.has_lost_digits(numeral):
            numeral = replace(numeral, value=None)
        if placed.rows.has_agencies_across and not column.agency and not row.agency:
            return None  # Its header names an agency that could not be read.
        is_difference = column.is_difference or row.is_difference or numeral.sign == "+" or (value is not None and value < 0)
        by: tuple[str, ...]
        if code is not None:
            if segment.code_cell is not None and facts.cell.column < segment.code_cell.cell.column:
                return None
            chosen, by, confidence, printed = code.code, code.matched_by, code.confidence, printed_code(segment)
        elif is_question:
            return None
        else:
            label = placed.rows.left_label(segment, facts) or row.label
            if label is not None and is_label_unsure(placed.rows, segment, label, facts, column):
                return None
            chosen, by, printed = _name(placed.rows, label, column, facts, row, is_overall=self.is_overall)
            confidence = column.code_confidence if chosen == column.code else 1.0
        if not chosen or (numeral.is_integer and not is_among and not counts_without_decimals(facts, column, placed.rows)):
            return None
        year, year_from, year_confidence = _year(row, column, placed)
        return Claim(
            passage=facts.cell.passage,
            numeral=numeral,
            kind=MentionKind.DIFFERENCE if is_difference else MentionKind.SCORE,
            code=chosen,
            printed_code=printed,
            question=printed_wording(segment) if scope_of(chosen) is Scope.QUESTION else "",
            agency=row.agency or column.agency,
            agency_printed=row.agency_printed or column.agency_printed,
            is_total=row.is_total,
            year=year,
            year_from=year_from,
            year_confidence=year_confidence,
            years_back=0 if year is not None else column.years_back,
            matched_by=by,
            code_confidence=confidence,
            table=placed.rows.grid.table.number,
            row=facts.cell.row,
            column=facts.cell.column,
        )


def _is_off_image(facts: CellFacts) -> bool:
    return facts.cell.passage.confidence(0, len(facts.cell.text)) is not None


def _name(
    rows: Rows, label: Label | None, column: ColumnFacts, facts: CellFacts, row: RowFacts, *, is_overall: bool
) -> tuple[str, tuple[str, ...], str]:
    """Row and column joined: the narrower of the two names the number; an indicator's part of EIT has no code.

    `is_overall`: the caption speaks of the assessment as a whole, so that an agency's one score is the overall score.
    """
    if label is not None and (not column.code or specificity(label.code) >= specificity(column.code)):
        if column.code not in ("", label.code) and specificity(column.code) >= 2 and specificity(label.code) >= 3:
            return "", (), ""
        cell = next((other for other in rows.grid.covering(facts.cell.row) if other.label is label), None)
        return label.code, label.by, " ".join(cell.cell.text.split()) if cell is not None else ""
    has_row_key = bool(row.agency) or row.is_total or row.is_difference or row.year is not None
    is_weak_meant = (rows.has_siblings and has_row_key) or (is_overall and rows.has_one_score_a_year and bool(row.agency))
    if column.code and (not column.is_weak or is_weak_meant):
        return column.code, ("header",) if column.code_confidence == 1 else ("header", "order"), column.printed
    if row.is_total and column.agency:
        return "ITA", ("header",), ""
    return "", (), ""


def _speaks_of_overall(captions: Sequence[Passage], vocabulary: Vocabulary) -> bool:
    """Whether the nearest caption that names anything names the assessment as a whole and no part of it."""
    for caption in reversed(captions):
        codes = {label.code for label in find_labels(fold_with_index(caption.text), vocabulary)}
        if codes:
            return codes == {"ITA"}
    return False


def _holds_several(facts: CellFacts) -> bool:
    """Whether a cell holds several numbers with decimals: in an undrawn table, columns that were not told apart."""
    return facts.numeral is None and sum(numeral.decimals > 0 for numeral in find_numerals(facts.cell.text)) > 1


def _is_same_score(one: Claim, other: Claim) -> bool:
    return (one.kind, one.code, one.agency, one.year) == (other.kind, other.code, other.agency, other.year)


def _year(row: RowFacts, column: ColumnFacts, placed: _Placed) -> tuple[int | None, str, float | None]:
    """The year that a table itself says of a number, where it says it, and how surely that was read: in the number's row,
    its column, or a row above that holds nothing else. That row goes before a column, unless the columns tell years apart."""
    tells_apart = len({(each.year, each.year_from) for each in placed.rows.columns if each.is_score and each.year is not None}) > 1
    by_column = (column.year, column.year_from, column.year_confidence)
    above = placed.dated
    by_section = (None, "", None) if above is None else (above.year, "section", above.confidence)
    for year, year_from, confidence in (
        (row.year, "row", row.year_confidence),
        *((by_column, by_section) if tells_apart else (by_section, by_column)),
    ):
        if year is not None or year_from == UNREAD_YEAR:
            return year, year_from, confidence
    return None, "", None


def _accepts(code: Decoded, item: Item, printed: str) -> bool:
    """Whether a decoded code is sure enough to name a score, and rests on more than its number: on its letter, its wording,
    its section or value, or on the order of a column around it that leaves no doubt.

    `printed`: the code of the year that stands there in full, or empty. It takes less to keep it, and more to change it.
    """
    if printed and code.code == printed:
        return code.confidence >= _KEPT
    if code.confidence < (_BY_ORDER if printed else _SURE) or not code.code:
        return False
    if item.token is None or item.is_ordinal or (code.confidence >= _BY_ORDER and "order" in code.matched_by):
        return True
    is_lettered_token = bool(item.token.letter) or item.token.digits.startswith("0")
    wanted = ("code", "wording", "value") if is_lettered_token else ("wording", "section", "value")
    return any(evidence in code.matched_by for evidence in wanted)


def _indicator(placed: _Placed) -> Iterator[CodePrint]:
    """The indicator that a row names in a cell of its own, unless the row states the framework."""
    for facts in placed.segment.cells:
        label = facts.label
        if label is not None and scope_of(label.code) is Scope.INDICATOR and not placed.rows.facts(placed.segment).is_weight:
            text = facts.cell.text
            yield CodePrint(facts.cell.passage, 0, len(text), " ".join(text.split()), label.code, "", 1.0, "")


def _has_unit(facts: CellFacts, vocabulary: Vocabulary) -> bool:
    """Whether a cell says of a whole number, ten at least, that it counts points or per cent."""
    numeral = facts.numeral
    if numeral is None or not numeral.is_integer or numeral.value is None or numeral.value < _LEAST_POINTS:
        return False
    return vocabulary.unit_after.match(fold(facts.cell.text[numeral.end :])) is not None


def _likely_scores(grid: Grid) -> tuple[CellFacts, ...]:
    return tuple(facts for row in grid.rows for facts in row if looks_like_score(facts))


def _lost(unscored: Sequence[CodePrint], claims: Sequence[Claim], scope: Scope) -> Iterator[CodePrint]:
    """The codes of one level whose score was lost; where few rows of it have scores, the table is none of scores."""
    scored = {claim.code for claim in claims if scope_of(claim.code) is scope}
    lost = {each.code: each for each in unscored if scope_of(each.code) is scope and each.code not in scored}
    if len(scored) >= _SCORED_FOR_ONE_LOST * len(lost):
        yield from lost.values()


def _print(cell: CellFacts, code: Decoded, item: Item) -> CodePrint:
    start, end = token_span(cell)
    printed = cell.cell.text[start:end].strip()
    reason = "no-code" if item.is_ordinal else reason_for(cell.token, printed, code.code)
    context = " ".join(cell.cell.text.split())[:200]
    return CodePrint(cell.cell.passage, start, end, printed, code.code, reason, code.confidence, context, code.matched_by)
