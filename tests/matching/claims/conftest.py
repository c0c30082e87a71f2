"""Sentences as the readers of claims get them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from prongsai.matching.claims.said import Section, Text
from prongsai.matching.model import Dated
from prongsai.matching.vocabulary import Vocabulary
from prongsai.records import Passage


@pytest.fixture(scope="session")
def sentence(words: Vocabulary, passage: Callable[[str], Passage]) -> Callable[..., Text]:
    """A sentence of a report on FY2568, in the section of an indicator or instrument where one is said."""

    def make(text: str, indicator: str = "", instrument: str = "", year: int = 2568) -> Text:
        return Text(passage(text), Dated(year, "document"), lambda: Section(indicator, instrument), words)

    return make
