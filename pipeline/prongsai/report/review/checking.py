"""Whether an answer makes sense: a number that can be, a code that the year has, a year in which there can be a result."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from prongsai.export.schema import COMMON_ERA_OFFSET
from prongsai.language.numerals import parse_numeral, to_arabic
from prongsai.options import YEARS
from prongsai.records import Asked, Verdict
from prongsai.report.review.items import Item
from prongsai.report.words import Both, word

_LONGEST = 300
"""Letters of a name, more than any agency has."""


class Refused(Exception):
    """The answer makes no sense; nothing was written."""

    def __init__(self, why: str, *, may_insist: bool = False, **facts: object) -> None:
        self.message: Both = word(f"review.{why}", **facts)
        self.may_insist = may_insist
        """Whether it may be so all the same, if whoever answers says so a second time."""
        super().__init__(why)


def checked(item: Item, verdict: Verdict, corrected: str, codes: Sequence[str], *, insists: bool = False) -> str:
    """What is corrected, as it is written down; empty where the verdict is another. Raises Refused."""
    if verdict is Verdict.CONFIRM and not item.read_as:
        raise Refused("nothing_to_confirm")
    if verdict is not Verdict.CORRECT:
        return ""
    text = " ".join(corrected.split())
    if item.asked is Asked.VALUE:
        return _number(item, text, insists=insists)
    if item.asked is Asked.CODE:
        return _code(item, text, codes)
    if item.asked is Asked.YEAR:
        return _year(text)
    if not any(letter.isalpha() for letter in text) or len(text) > _LONGEST:
        raise Refused("no_name")
    return text


def _number(item: Item, text: str, *, insists: bool) -> str:
    numeral = parse_numeral(text)
    if numeral is None or numeral.value is None:
        raise Refused("no_number", text=text)
    least = 0 if item.kind != "difference" else -item.scale
    if not least <= numeral.value <= item.scale and not insists:
        raise Refused("out_of_range", may_insist=True, text=text, least=least, most=item.scale)
    return text


def _code(item: Item, text: str, codes: Sequence[str]) -> str:
    asked = "".join(to_arabic(text).split()).casefold()
    found = next((code for code in codes if code.casefold() == asked), "")
    if not found:
        raise Refused("no_code", text=text, year=item.fiscal_year or "?")
    return found


def _year(text: str) -> str:
    digits = to_arabic(text)
    year = int(digits) if digits.isdecimal() and len(digits) == len("2568") else 0
    if year not in YEARS or year > date.today().year + COMMON_ERA_OFFSET + 1:
        raise Refused("no_year", text=text, first=YEARS[0], last=date.today().year + COMMON_ERA_OFFSET + 1)
    return str(year)
