"""What a person writes for options: pages, years, counts and formats."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.errors import UsageError
from prongsai.options import FORMATS, make_options, parse_count, parse_formats, parse_pages, parse_year
from prongsai.records import OcrMode, Options

RANGES = st.lists(st.tuples(st.integers(1, 3000), st.integers(0, 50)).map(lambda pair: (pair[0], pair[0] + pair[1])), max_size=5)


def test_nothing_said_is_the_default() -> None:
    assert make_options() == Options()


@given(RANGES)
def test_ranges_of_pages_are_read_as_written(ranges: list[tuple[int, int]]) -> None:
    text = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)
    assert parse_pages(text) == tuple(ranges)


@pytest.mark.parametrize("text", ["0", "0-3", "3-1", "-3", "3-", "a", "1;2", "1,,2", "1.5"])
def test_what_is_no_page_is_refused_by_name(text: str) -> None:
    with pytest.raises(UsageError, match="--pages"):
        parse_pages(text)


@pytest.mark.parametrize(("year", "meant"), [(2568, 2568), ("2568", 2568), ("๒๕๖๓", 2563)])
def test_years_are_buddhist(year: int | str, meant: int) -> None:
    assert parse_year(year) == meant


@pytest.mark.parametrize("year", [2025, "2563x", 68, -1])
def test_other_years_are_refused(year: int | str) -> None:
    with pytest.raises(UsageError, match="--year"):
        parse_year(year)


def test_counts_start_at_one() -> None:
    assert parse_count("๒", "--jobs") == 2
    with pytest.raises(UsageError, match="--jobs"):
        parse_count(0, "--jobs")


def test_formats_come_once_each_and_in_their_order() -> None:
    assert parse_formats(["xlsx, CSV", "csv"]) == ("csv", "xlsx")
    assert parse_formats([]) == FORMATS
    assert parse_formats(["parts", "csv"]) == ("csv", "parts")
    assert "parts" not in FORMATS
    with pytest.raises(UsageError, match="docx"):
        parse_formats(["docx"])


def test_ocr_is_one_of_three() -> None:
    assert [make_options(ocr=mode).ocr for mode in ("auto", "always", "never")] == list(OcrMode)
    with pytest.raises(UsageError, match="--ocr"):
        make_options(ocr="sometimes")
