"""Whose slip it is: the agency's, our reading's, or not to be told."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import prod
from typing import TYPE_CHECKING

from prongsai.auditing.ledger import Print
from prongsai.language.numerals import parse_numeral
from prongsai.records import Extract, Fault, Mention, Reader

if TYPE_CHECKING:
    from prongsai.auditing.verdicts import Verdict

SURE = 0.9
"""From here on a reading counts as what is printed."""
BEYOND_DOUBT = 0.99


def is_sure(one: Print) -> bool:
    """Whether one of a value's mentions is read surely: a text layer, or a numeral of high confidence."""
    return one.confidence >= SURE


def are_sure(prints: Iterable[Print]) -> bool:
    """Whether all of them together are: one numeral in a hundred misread is one contradiction in ten of ten numerals."""
    return prod(one.confidence for one in prints) >= SURE


def fault_of(verdict: Verdict) -> Fault:
    """`extraction` where the reader itself names the value that mends it; `source` where the print is a text layer, read beyond
    doubt, or checked by a person; else, and for text that somebody else read, `undecided`."""
    mentions = [mention for one in verdict.prints for mention in one.mentions]
    unchecked = [mention for mention in mentions if not mention.checked_value]
    if verdict.expected is not None and any(names(mention, verdict.expected) for mention in mentions):
        return Fault.EXTRACTION
    if all(mention.reader is Reader.TEXT for mention in unchecked):
        return Fault.SOURCE
    is_read = all(mention.reader is Reader.OCR and (mention.confidence or 0) >= BEYOND_DOUBT for mention in unchecked)
    return Fault.SOURCE if is_read else Fault.UNDECIDED


def fault_on(extract: Extract, page: int) -> Fault:
    """`source` where the page's numbers are those of a text layer, else `undecided`: of words no reading is known to be sure."""
    return Fault.SOURCE if _readers(extract, page) == {Reader.TEXT} else Fault.UNDECIDED


def is_of_image(extract: Extract, page: int) -> bool:
    """Whether something on the page was read off an image."""
    return Reader.OCR in _readers(extract, page)


def _readers(extract: Extract, page: int) -> set[Reader]:
    """Who read the page: its mentions say so, and where it has none, those who read the document."""
    own = {mention.reader for mention in extract.mentions if mention.page == page}
    return own or set(map(Reader, extract.document.pages_by_reader)) or {mention.reader for mention in extract.mentions}


def names(mention: Mention, value: Decimal) -> bool:
    """Whether the reader of an image gives the value as another reading of the mention."""
    numerals = (parse_numeral(text) for text in mention.doubts if mention.reader is Reader.OCR)
    return any(
        numeral is not None and numeral.value is not None and abs(Fraction(numeral.value) * 100 / mention.scale) == abs(Fraction(value))
        for numeral in numerals
    )
