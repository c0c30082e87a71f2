"""Tables that rank what they score: the order that the ranks claim."""

from __future__ import annotations

from collections.abc import Sequence

from prongsai.knowledge import Framework
from prongsai.language.folding import fold
from prongsai.matching.claims.cues import claim_cues
from prongsai.matching.claims.said import Said
from prongsai.matching.model import Claim, scope_of
from prongsai.matching.vocabulary import Vocabulary
from prongsai.records import Cell, ClaimKind, MentionKind, Passage, Table

_HEADS = 3
"""Rows at the top of a table in which a column can be headed."""
_LEAST = 3
"""Ranked rows that make an order."""


def read_ranks(table: Table, claims: Sequence[Claim], captions: Sequence[Passage], year: int | None, vocabulary: Vocabulary) -> Said | None:
    """The order that a column of ranks claims, the highest score first; `claims` are the table's scores.

    None where a row has several scores, where ranks are missing or stand twice, or where they only number the rows.
    """
    cues = claim_cues(vocabulary.knowledge)
    is_by_score = any(cues.by_score.search(fold(caption.text)) for caption in captions)
    rank = cues.rank_or_number if is_by_score else cues.rank
    head = next((cell for cell in table.cells if cell.row < _HEADS and rank.fullmatch(fold(cell.text).strip("().:"))), None)
    if head is None:
        return None
    rows: dict[int, list[Claim]] = {}
    for claim in claims:
        if claim.kind is MentionKind.SCORE and claim.row is not None and not claim.agency and claim.column != head.column:
            rows.setdefault(claim.row, []).append(claim)
    ranks: dict[int, tuple[Claim, Cell]] = {}
    for cell in table.cells:
        printed = fold(cell.text).strip("().")
        if cell.column != head.column or cell.row <= head.row or not printed.isdigit() or len(printed) > 2:
            continue
        scores = rows.get(cell.row, [])
        if len(scores) != 1 or int(printed) in ranks:
            return None
        ranks[int(printed)] = (scores[0], cell)
    order = [ranks[rank][0] for rank in sorted(ranks)]
    codes = [claim.code for claim in order]
    if (
        len(order) < _LEAST
        or len(set(codes)) < len(codes)
        or len({scope_of(code) for code in codes}) > 1
        or _is_running(codes, vocabulary.framework(year))
    ):
        return None
    values = [claim.numeral.value for claim in order if claim.numeral.value is not None]
    if values and values[0] < values[-1]:
        codes.reverse()
    said = order[0].year or year
    return Said(head.passage, 0, len(head.text), ClaimKind.ORDER, said, scope_of(codes[0]), codes=tuple(codes))


def _is_running(codes: Sequence[str], framework: Framework) -> bool:
    """Whether codes stand in the framework's own order, so that the ranks may be nothing but running numbers."""
    known = framework.all_codes()
    places = [known.index(code) for code in codes if code in known]
    return places == sorted(places)
