"""Documents written down in a test, read and matched as given text is: cells between tabs, a line a row."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prongsai.knowledge import Knowledge, load_knowledge
from prongsai.layout import lay_out
from prongsai.matching import match
from prongsai.matching.match import Matched
from prongsai.matching.vocabulary import Vocabulary, vocabulary
from prongsai.reading.given import read_given_page
from prongsai.records import Kind, Options, Passage, Place, Run, Source

SOURCE = Source("report.txt", "0" * 64, Kind.TEXT, 1)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def words(knowledge: Knowledge) -> Vocabulary:
    return vocabulary(knowledge)


@pytest.fixture(scope="session")
def matched(knowledge: Knowledge) -> Callable[..., Matched]:
    """Reads a text and says what matching makes of it; `fiscal_year` is what the user would say."""

    def read(text: str, fiscal_year: int | None = None) -> Matched:
        blocks = lay_out([read_given_page(text, 1, knowledge)]).blocks
        return match(SOURCE, blocks, Options(fiscal_year=fiscal_year), knowledge)

    return read


@pytest.fixture(scope="session")
def passage() -> Callable[[str], Passage]:
    """A passage of one run, on line 1 of page 1."""
    return lambda text: Passage(text, (Run(0, len(text), Place(1, None, 1)),))
