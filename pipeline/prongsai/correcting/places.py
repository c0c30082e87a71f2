"""Which number an answer is about, though another version of the reader may read and draw it otherwise."""

from __future__ import annotations

from collections.abc import Iterable

from prongsai.language.numerals import print_alike
from prongsai.records import Asked, Box, Correction, Mention

_LEAST_OVERLAP = 0.5
"""Share of the smaller of two boxes; numbers that stand beside each other do not overlap."""


def find_place(answer: Correction, mentions: Iterable[Mention]) -> Mention | None:
    """The mention on the answer's page at its box, or on its line with its print; None where there is none, or several that
    nothing tells apart."""
    there = [mention for mention in mentions if mention.page == answer.page]
    if answer.box is None:
        alike = [mention for mention in there if mention.line == answer.line and print_alike(_printed(mention, answer), answer.printed)]
        return alike[answer.nth] if answer.nth < len(alike) else None
    box = answer.box
    near = [(mention, mention.box) for mention in there if mention.box is not None and mention.box.overlap(box) >= _LEAST_OVERLAP]
    # One word, and so one box, may hold two numbers.
    alike_near = [(mention, own) for mention, own in near if print_alike(_printed(mention, answer), answer.printed)] or near
    fits = sorted(((_fit(own, box), mention) for mention, own in alike_near), key=lambda each: -each[0])
    if not fits or (len(fits) > 1 and fits[0][0] == fits[1][0]):
        return None
    return fits[0][1]


def _printed(mention: Mention, answer: Correction) -> str:
    if answer.asked is Asked.CODE:
        return mention.printed_code
    if answer.asked is Asked.AGENCY:
        return mention.agency_printed or mention.agency
    return mention.printed_value


def _fit(one: Box, other: Box) -> float:
    """0-1, the more the more alike two boxes are in place and size: what they share of what both cover."""
    both = one.join(other)
    return one.overlap(other) * min(one.width * one.height, other.width * other.height) / (both.width * both.height or 1)
