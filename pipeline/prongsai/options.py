"""What a person writes for a run's options becomes checked values; the command and the Python API share it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from prongsai.errors import UsageError
from prongsai.records import OcrMode, Options, Severity

FORMATS = ("csv", "parquet", "duckdb", "xlsx")
"""The output formats, in the order in which they are written."""

DEFAULTS = Options()

YEARS = range(2540, 2641)
"""Buddhist years that a report can be about; a year of the common era never falls in here."""

COMMON_ERA_OFFSET = 543

_RANGE = re.compile(r"\s*(\d+)\s*(?:-\s*(\d+)\s*)?")


def make_options(
    *,
    ocr: str = "auto",
    year: int | str | None = None,
    pages: str = "",
    max_pages: int | str = DEFAULTS.max_pages,
) -> Options:
    """The checked options of a run; digits may be Thai or Arabic.

    Raises UsageError that names the option as the command line has it.
    """
    if ocr not in tuple(OcrMode):
        raise UsageError(f"{ocr!r} is not a way to use OCR", "--ocr", f"Choose from {', '.join(OcrMode)}")
    return Options(
        ocr=OcrMode(ocr),
        fiscal_year=None if year is None else parse_year(year),
        pages=parse_pages(pages),
        max_pages=parse_count(max_pages, "--max-pages"),
    )


def parse_pages(text: str) -> tuple[tuple[int, int], ...]:
    """`1-3,7` as ((1, 3), (7, 7)); nothing as ()."""
    if not text.strip():
        return ()
    ranges = []
    for part in text.split(","):
        match = _RANGE.fullmatch(part)
        first = int(match[1]) if match else 0
        last = int(match[2] or match[1]) if match else 0
        if not 1 <= first <= last:
            raise UsageError(f"{part.strip()!r} is no page or range of pages", "--pages", "Write pages like 1-3,7")
        ranges.append((first, last))
    return tuple(ranges)


def parse_year(year: int | str) -> int:
    """A fiscal year of the Buddhist era, as four digits."""
    try:
        number = int(year)
    except ValueError:
        number = 0
    if number in YEARS:
        return number
    if number + COMMON_ERA_OFFSET in YEARS:
        hint = f"Fiscal years are Buddhist: did you mean {number + COMMON_ERA_OFFSET}?"
    else:
        hint = f"Give a year of the Buddhist era, {YEARS[0]} to {YEARS[-1]}, like 2568"
    raise UsageError(f"{str(year)!r} is no fiscal year", "--year", hint)


def parse_count(count: int | str, option: str) -> int:
    """A whole number of 1 or more."""
    try:
        number = int(count)
    except ValueError:
        number = 0
    if number < 1:
        raise UsageError(f"{str(count)!r} is no number of 1 or more", option, "Give a whole number, like 2")
    return number


def parse_severity(least: str) -> tuple[Severity, ...]:
    """That severity and those graver than it."""
    if least not in tuple(Severity):
        raise UsageError(f"{least!r} is no severity", "--fail-on", f"Choose from {', '.join(Severity)}")
    graver_first = tuple(Severity)
    return graver_first[: graver_first.index(Severity(least)) + 1]


def parse_formats(formats: Iterable[str], known: tuple[str, ...] = FORMATS, option: str = "--format") -> tuple[str, ...]:
    """The formats asked for, each given alone or joined by commas, in the order of `known`; nothing means all."""
    names = {name.strip().lower() for given in formats for name in given.split(",") if name.strip()}
    if strange := sorted(names.difference(known)):
        raise UsageError(f"unknown format {', '.join(strange)}", option, f"Choose from {', '.join(known)}")
    return tuple(name for name in known if name in names or not names)
