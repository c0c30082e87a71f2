"""How a printed number fared, in one word: what its colour on the page says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from prongsai.export.lists import split_list

SURE = 0.9
"""From this confidence on a number counts as read; where the reader states none, it read a text layer."""
_GRAVE = frozenset({"error", "warning"})
_MENDED = frozenset({"arithmetic", "person"})


def contradicted_by(findings: Iterable[Mapping[str, Any]], mentions: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """The mentions, by id, whose number is what findings are about: of all that a finding rests on, those that print it."""
    by_id = {row["mention_id"]: row for row in mentions}
    found: set[str] = set()
    for finding in findings:
        if finding["severity"] not in _GRAVE:
            continue
        ids = [one for one in split_list(finding["mention_ids"] or "") if one in by_id]
        found.update(one for one in ids if by_id[one]["code"] == finding["subject"] and _prints(by_id[one], finding["printed"]))
    return frozenset(found)


def _prints(mention: Mapping[str, Any], printed: str | None) -> bool:
    value = mention["value"]
    return value is not None and printed is not None and f"{value:.2f}" in (printed, printed.lstrip("+"))


def state_of(mention: Mapping[str, Any], contradicted: Collection[str], misprinted: Collection[tuple[int, str]]) -> str:
    """`contradicted`, `unsure`, `repaired` or `read`, the gravest that holds.

    `misprinted` are the pages and codes of rows of the table `codes`.
    """
    confidence = mention["confidence"]
    if mention["mention_id"] in contradicted:
        return "contradicted"
    if mention["value"] is None or (confidence is not None and confidence < SURE):
        return "unsure"
    if _MENDED & set(split_list(mention["matched_by"] or "")) or (mention["page"], mention["code"]) in misprinted:
        return "repaired"
    return "read"
