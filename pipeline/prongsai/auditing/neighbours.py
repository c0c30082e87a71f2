"""What stands beside a printed number: the numbers that a slip of the eye or of the hand would have put in its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from prongsai.records import Mention, MentionKind

if TYPE_CHECKING:
    from prongsai.auditing.ledger import Print

Beside = Mapping[str, tuple[Mention, ...]]
"""By mention id."""


def neighbours(mentions: Sequence[Mention]) -> Beside:
    """The read mentions of the same kind above, below, left and right of each one in a table, whichever agency's they are (a table
    that goes on overleaf is one), and those before and after it in running text and lists."""
    found: dict[str, list[Mention]] = {}
    for line in _lines([mention for mention in mentions if mention.kind is not MentionKind.REFERENCE and mention.value is not None]):
        for one, two in pairwise(line):
            found.setdefault(one.mention_id, []).append(two)
            found.setdefault(two.mention_id, []).append(one)
    return {key: tuple(those) for key, those in found.items()}


def _lines(mentions: Iterable[Mention]) -> Iterable[list[Mention]]:
    """Rows, columns and runs of text as lists of mentions in their order."""
    lines: dict[tuple[object, ...], list[Mention]] = {}
    for mention in mentions:
        if mention.table is None:
            keys: tuple[tuple[object, ...], ...] = ((mention.kind, mention.scope),)
        else:
            keys = ((mention.kind, "column", mention.column), (mention.kind, mention.table, mention.row))
        for key in keys:
            lines.setdefault(key, []).append(mention)
    return lines.values()


def is_same(one: Mention, two: Mention) -> bool:
    """Whether two mentions print one score of one agency and year."""
    return (one.agency, one.fiscal_year, one.code) == (two.agency, two.fiscal_year, two.code)


def is_copy(one: Print, beside: Beside) -> bool:
    """Whether another score beside a print has the same value."""
    return any(
        other.value == mention.value
        for mention in one.mentions
        for other in beside.get(mention.mention_id, ())
        if not is_same(mention, other)
    )
