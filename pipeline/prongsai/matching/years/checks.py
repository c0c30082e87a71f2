"""Years that cannot be: printed beyond all years of an assessment, or of a result that did not exist yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from prongsai.language.folding import fold_with_index
from prongsai.matching.vocabulary import Vocabulary
from prongsai.matching.years.years import LAST
from prongsai.records import Block, Paragraph, Passage, Place

_FIRST_FISCAL = 2480
"""A fiscal year before it is a slip of the pen: Thailand's state has counted its years from October since then."""
_COMMON_ERA = range(1950, 2050)
_RESULT_MONTH = 6
"""No result of a fiscal year, which ends in September, comes out before June of it: people are still being asked then."""
_SURE = 0.9
"""A date read less surely is left out."""


@dataclass(frozen=True, slots=True)
class UnlikelyYear:
    """A fiscal year that cannot be, where that shows, and what it may be instead."""

    check: str
    subject: str
    place: Place
    printed: str
    expected: str = ""
    date: str = ""


def unlikely_years(blocks: Sequence[Block], year: int | None, vocabulary: Vocabulary) -> list[UnlikelyYear]:
    """The fiscal years in a document that cannot be, and its result's `year` where the agency met over it too early."""
    passages = [passage for block in blocks for passage in _passages(block)]
    found = list(_strange(passages, vocabulary))
    if year is not None and (early := _too_early(passages, year, vocabulary)) is not None:
        found.append(early)
    return found


def _passages(block: Block) -> Sequence[Passage]:
    return [block.passage] if isinstance(block, Paragraph) else [cell.passage for cell in block.cells]


def _strange(passages: Sequence[Passage], vocabulary: Vocabulary) -> Iterator[UnlikelyYear]:
    """Four digits behind a word for fiscal year that are no year of this time; each once."""
    seen = set()
    for passage in passages:
        folded = fold_with_index(passage.text)
        for match in vocabulary.strange_year.finditer(folded.text):
            year = int(match["year"])
            if _FIRST_FISCAL <= year <= LAST or year in _COMMON_ERA or year in seen:
                continue
            seen.add(year)
            start, end = folded.span(*match.span("year"))
            yield UnlikelyYear("year-impossible", "year", passage.locate(start, end) or Place(1), passage.text[start:end])


def _too_early(passages: Sequence[Passage], year: int, vocabulary: Vocabulary) -> UnlikelyYear | None:
    """Whether the latest day in a document is that of a meeting, and lies before any result of the year can have come out."""
    latest: tuple[tuple[int, int, int], bool, Place, str] | None = None
    for passage in passages:
        folded = fold_with_index(passage.text)
        for match in vocabulary.day.finditer(folded.text):
            start, end = folded.span(*match.span())
            confidence = passage.confidence(start, end)
            if confidence is not None and confidence < _SURE:
                continue
            day = (int(match["year"]), vocabulary.months[match["month"]], int(match["day"]))
            met = vocabulary.meeting.search(folded.text[: match.start()]) is not None
            if latest is None or (day, met) > latest[:2]:
                latest = (day, met, passage.locate(start, end) or Place(1), passage.text[start:end])
    if latest is None or not latest[1] or latest[0][:2] >= (year, _RESULT_MONTH):
        return None
    (at, month, _), _, place, printed = latest
    return UnlikelyYear("year-too-early", "ITA", place, str(year), str(at if month >= _RESULT_MONTH else at - 1), printed)
