"""Records as bytes and back: exactly what they were, and nothing but records."""

from __future__ import annotations

import pickle
import random
from collections import Counter
from dataclasses import fields
from decimal import Decimal
from typing import Any, get_type_hints

import pytest

import prongsai
from prongsai.keeping.receipt import Receipt
from prongsai.outcome import Counts
from prongsai.records import Box, Candidate, Extract, Page, Reader, Repair, Rule, Status, Word
from prongsai.records.codec import decode, decode_begun, decode_extract, decode_page, encode

from .conftest import reports

PAGE = Page(
    number=3,
    width_pt=595.275590551,
    height_pt=841.89,
    reader=Reader.OCR,
    reader_version="tesseract 5",
    words=(
        Word("\N{THAI CHARACTER KO KAI}", Box(1.1, 2.2, 3.3, 4.4), 1, 0.25, None, (Candidate("97.32", 0.97),), "numerals 1"),
        Word("given", None, 2),
    ),
    rules=(Rule(0.0, 1.0, 2.0, 1.0),),
    cells_given=((1, ("a", "")),),
    judgement="good",
    repairs=(Repair("sara am", 2),),
    failure="",
    is_skimmed=True,
    turned_degrees=270,
    straightened_degrees=-2.875,
)


@pytest.fixture(scope="module")
def extracts() -> list[Extract]:
    """What real reports give: every kind of row stands in one of them."""
    return [prongsai.extract(path, ocr="never") for path in reports(".txt", ".pdf")]


def test_everything_that_reports_give_comes_back_as_it_was(extracts: list[Extract]) -> None:
    for name in ("mentions", "codes", "grades", "findings", "pages"):
        assert any(getattr(one, name) for one in extracts), f"no report has {name}: the test shows nothing"
    for one in extracts:
        again = decode_extract(encode(one))
        assert again == one
        # Decimals are equal with and without trailing zeros, and enumerations equal their text: their print tells them apart.
        assert repr(again) == repr(one)


def test_trailing_zeros_of_decimals_stay() -> None:
    printed = ("97.30", "100", "0.00", "-1.50", "9E+1")
    again = decode(encode(tuple(map(Decimal, printed))), tuple[Decimal, ...])
    assert [str(one) for one in again] == list(printed)


def test_a_page_comes_back_as_it_was() -> None:
    assert decode_page(encode(PAGE)) == PAGE
    assert repr(decode_page(encode(PAGE))) == repr(PAGE)
    assert {each.name for each in fields(Page)} == set(get_type_hints(Page))


def test_what_was_begun_comes_back_as_it_was(extracts: list[Extract]) -> None:
    assert decode_begun(encode((None, [PAGE, PAGE], False))) == (None, (PAGE, PAGE), False)
    assert decode_begun(encode((extracts[0], (), True))) == (extracts[0], (), True)


def test_counters_come_back_as_counters(extracts: list[Extract]) -> None:
    counts = Counts()
    counts.documents, counts.by_status = 2, Counter({Status.COMPLETE: 2})
    counts.not_read = [extracts[0].document]
    again = decode(encode(Receipt("job", {"csv/scores.csv": "ab"}, counts)), Receipt)
    assert again.counts == counts
    assert again.counts.by_status[Status.PARTIAL] == 0


@pytest.mark.parametrize("seed", range(200))
def test_damaged_bytes_are_refused_or_give_a_record(seed: int) -> None:
    """Never another error than ValueError, and never anything but a page."""
    chance, data = random.Random(seed), bytearray(encode(PAGE))
    if seed % 2:
        del data[chance.randrange(len(data)) :]
    else:
        data[chance.randrange(len(data))] = chance.randrange(256)
    try:
        assert type(decode_page(bytes(data))) is Page
    except ValueError:
        return


@pytest.mark.parametrize("data", [b"", b"\xc1", b"not a record", pickle.dumps(PAGE), encode({"number": 1}), encode(None)])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        decode_page(data)


def test_a_record_of_another_kind_is_refused(extracts: list[Extract]) -> None:
    wrong: list[tuple[Any, Any]] = [(PAGE, Extract), (extracts[0], Page), (extracts[0].document, Extract)]
    for record, kind in wrong:
        with pytest.raises(ValueError, match=r"."):
            decode(encode(record), kind)
