"""What a word or a cell looks like by its characters alone: a number, a page number, the start of a list item."""

from __future__ import annotations

import re

from prongsai.records import UNREAD

_D = rf"[\d{UNREAD}]"
_DASH = "\\-\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}"
_PLUS_MINUS = "\N{PLUS-MINUS SIGN}"
_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
SIGNS = frozenset("+-\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{PLUS-MINUS SIGN}")
_BULLET = "\N{BULLET}\N{MIDDLE DOT}\N{WHITE BULLET}\N{BLACK CIRCLE}\N{WHITE CIRCLE}\N{BLACK SMALL SQUARE}\N{BLACK SQUARE}*"

_NUMBER = re.compile(rf"[(\[]?[+{_PLUS_MINUS}{_DASH}]?{_D}+(?:[.,:]{_D}+)*%?[)\]]?")
_DECIMAL = re.compile(rf"\d[.,]\d\d(?!\d)|{UNREAD}")
_YEAR = re.compile(r"\d{4}")
_PAGE_NUMBER = re.compile(rf"[{_DASH}~(\[|]?\s*{_D}{{1,4}}(?:\s*/\s*{_D}{{1,4}})?\s*[{_DASH}~)\]|]?")
_LIST_START = re.compile(
    rf"[(\[]\d{{1,2}}[)\]]|\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}[.)](?!\d)|\d(?:\.\d{{1,2}}){{1,3}}(?!\S)|[{_DASH}{_BULLET}](?!\d)"
)
_CODE_START = re.compile(rf"\s*[(\[]?[^\W\d]?\s?{_D}{{1,3}}(?!{_D})")
_LETTERED_CODE = re.compile(r"[A-Za-z]\d{1,2}")
FULL_MARKS = 100
_LEADER = re.compile(rf"[.{_ELLIPSIS}_\s]+")


def is_number(text: str) -> bool:
    """Whether the text is one numeral in any script, signed, in brackets or with a percent sign; unread ones too."""
    return _NUMBER.fullmatch(text.replace(" ", "")) is not None


def is_value(text: str) -> bool:
    """Whether a number looks like a score, a difference or an amount: three digits or more, decimals, a sign or unread."""
    digits = sum(character.isdigit() for character in text)
    return digits >= 3 or _DECIMAL.search(text) is not None or text[:1] in SIGNS


def has_decimal(text: str) -> bool:
    """Whether a number with two decimals, as scores are printed, or an unread one stands in the text."""
    return _DECIMAL.search(text) is not None


def is_year(text: str) -> bool:
    """Whether the text is four digits and nothing else."""
    return _YEAR.fullmatch(text.strip()) is not None


def is_page_number(text: str) -> bool:
    """Whether the text is a lone whole number of at most four digits, between dashes or brackets or not, or `3/10`."""
    return _PAGE_NUMBER.fullmatch(text.strip()) is not None


def is_score(text: str) -> bool:
    """Whether the word is printed as scores are: with two decimals, or full marks."""
    return is_number(text) and not is_year(text) and (has_decimal(text) or (text.isdecimal() and int(text) == FULL_MARKS))


def is_list_start(text: str) -> bool:
    """Whether a line with this text begins a list item: `1.`, `(1)`, `1)`, `1.2`, a dash or a bullet.

    A number with two decimals begins none: it is a score that wrapped onto a new line.
    """
    return _LIST_START.match(text) is not None


def is_lettered_code(text: str) -> bool:
    """Whether the word is one Latin letter and at most two digits, like the code of a question."""
    return _LETTERED_CODE.fullmatch(text) is not None


def starts_with_code(text: str) -> bool:
    """Whether a cell's text begins with a code or a running number, with a space inside or not: `i 1 …`, `2. …`."""
    return _CODE_START.match(text) is not None


def is_leader(text: str) -> bool:
    """Whether the word is a row of dots or underscores that leads the eye from a label to its number."""
    return len(text) > 2 and _LEADER.fullmatch(text) is not None


def squeeze(text: str) -> str:
    """The text without white space, for telling whether two prints say the same."""
    return "".join(text.split())
