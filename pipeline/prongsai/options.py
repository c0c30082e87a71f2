"""What a person writes for a run's options becomes checked values; the command and the Python API share it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import replace

from prongsai.errors import UsageError
from prongsai.records import DEFAULT_LIMITS, EngineOptions, Limits, OcrMode, Options, Severity

FORMATS = ("csv", "parquet", "duckdb", "xlsx")
"""The output formats that are written where none is named, in this order."""
KNOWN_FORMATS = (*FORMATS, "parts")
"""All that can be named; parts are for runs over thousands of documents."""

DEFAULTS = Options()

YEARS = range(2540, 2641)
"""Buddhist years that a report can be about; a year of the common era never falls in here."""

COMMON_ERA_OFFSET = 543

ENGINES = ("local", "dask")
"""Processes of this machine, or an existing Dask cluster."""

MAX_MEMORY = f"{DEFAULT_LIMITS.memory_bytes >> 30}G"
MAX_SECONDS = int(DEFAULT_LIMITS.step_s)
"""What one document may use where nobody says, as a person writes it."""

_SIZE = re.compile(r"\s*(\d+)\s*([KMG]?)i?B?\s*", re.IGNORECASE)
_SHIFTS = {"": 0, "K": 10, "M": 20, "G": 30}
_LEAST_MEMORY = 256 << 20
_LEAST_FILES = 64
_RANGE = re.compile(r"\s*(\d+)\s*(?:-\s*(\d+)\s*)?")


def make_options(
    *,
    ocr: str = "auto",
    year: int | str | None = None,
    pages: str = "",
    max_pages: int | str = DEFAULTS.max_pages,
    max_pixels: int | str = DEFAULTS.max_pixels,
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
        max_pixels=parse_count(max_pixels, "--max-pixels"),
    )


def make_limits(
    *, max_memory: str = MAX_MEMORY, max_seconds: int | str = MAX_SECONDS, max_files: int | str = DEFAULT_LIMITS.open_files
) -> Limits:
    """The checked limits of one document. Raises UsageError that names the option as the command line has it."""
    files = parse_count(max_files, "--max-files")
    if files < _LEAST_FILES:
        raise UsageError(f"{files} open files are too few to read anything", "--max-files", f"Give {_LEAST_FILES} or more")
    return replace(
        DEFAULT_LIMITS,
        memory_bytes=parse_size(max_memory, "--max-memory"),
        step_s=parse_count(max_seconds, "--max-seconds"),
        open_files=files,
    )


def parse_size(text: str, option: str) -> int:
    """Bytes, written like `4G`, `512M` or as a number of bytes; no less than a process needs to start."""
    match = _SIZE.fullmatch(str(text))
    size = int(match[1]) << _SHIFTS[match[2].upper()] if match else 0
    if size < _LEAST_MEMORY:
        raise UsageError(f"{text!r} is no size of memory, or too small to read anything", option, "Write a size like 4G or 2000M")
    return size


def make_engine(*, engine: str = "local", scheduler: str = "", jobs: int | str = 1, limits: Limits = DEFAULT_LIMITS) -> EngineOptions:
    """Where a run's documents are read, checked. Raises UsageError that names the option as the command line has it."""
    if engine not in ENGINES:
        raise UsageError(f"{engine!r} is no engine", "--engine", f"Choose from {', '.join(ENGINES)}")
    if (engine == "dask") != bool(scheduler):
        what = "the address of the cluster's scheduler is missing" if engine == "dask" else "a scheduler is only asked by the engine dask"
        raise UsageError(what, "--scheduler", "Write --engine dask --scheduler tcp://ADDRESS:8786")
    return EngineOptions(parse_count(jobs, "--jobs"), scheduler, limits)


def available_cores() -> int:
    """How many cores this process may use, which in a container is fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


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


def parse_price(text: float | str) -> float:
    """What one core costs for an hour: a number of 0 or more."""
    try:
        price = float(text)
    except ValueError:
        price = -1.0
    if not 0 <= price < float("inf"):
        raise UsageError(f"{str(text)!r} is no price", "--price", "Give a number, like 0.04")
    return price


def parse_severity(least: str) -> tuple[Severity, ...]:
    """That severity and those graver than it."""
    if least not in tuple(Severity):
        raise UsageError(f"{least!r} is no severity", "--fail-on", f"Choose from {', '.join(Severity)}")
    graver_first = tuple(Severity)
    return graver_first[: graver_first.index(Severity(least)) + 1]


def parse_formats(formats: Iterable[str], known: tuple[str, ...] = KNOWN_FORMATS, option: str = "--format") -> tuple[str, ...]:
    """The formats asked for, each given alone or joined by commas, in the order of `known`; nothing means FORMATS."""
    names = {name.strip().lower() for given in formats for name in given.split(",") if name.strip()} or set(FORMATS)
    if strange := sorted(names.difference(known)):
        raise UsageError(f"unknown format {', '.join(strange)}", option, f"Choose from {', '.join(known)}")
    return tuple(name for name in known if name in names)
