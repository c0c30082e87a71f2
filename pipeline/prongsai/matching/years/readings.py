"""Years read off images, each decided by what the reader saw and what the rest of the document says.

Years are a small closed set, and one misread digit moves every score that leans on it to another year. What a numeral
reader says of a year word is therefore weighed with the years that the document names elsewhere, and a word that
neither decides is unread.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from prongsai.language.folding import fold
from prongsai.language.numerals import THAI_DIGITS
from prongsai.matching.vocabulary import Vocabulary
from prongsai.matching.years.strays import stray_doubts
from prongsai.matching.years.years import FIRST, LAST, LEAD, find_years
from prongsai.records import UNREAD, Block, Paragraph, Passage, Place, Run

_BE = re.compile(r"\W*(25\d\d)\W*")
_LIKELY, _LIKELY_NAMED = 0.3, 0.05
"""Odds that a numeral is a year at all from which on it is looked at here, the second behind a word for fiscal year."""
_SURE = 0.9
"""Likelihood from which on another reading than the reader's own is taken."""
_KEPT = 0.5
"""Likelihood below which the reader's own reading is not kept either."""
_BESIDE, _KNOWN, _STRANGE = 0.15, 0.03, 0.01
"""How believable a year is that the document names nowhere else, against one that it surely names: next to such a one, in
ITA's years, and any other. Set by hand: reports name the years around their own, and rarely others."""
_OTHER_SCRIPT = 0.2
"""The same of a reading in Thai digits on a page of Arabic ones, and the other way round."""
_LEAST_DIGITS, _ONE_SCRIPT = 5, 0.9
_LEAST_DOUBT = 0.001
"""However sure a reader is, so much doubt is left."""
_TWICE = 0.1
"""The same of a year that the next cell of the row surely has: headers set different years side by side."""
_MOST_BESIDE = 3
"""Years in one row from which on they may come again, as below several instruments."""


@dataclass(frozen=True, slots=True)
class YearReading:
    """A year word whose reading is not what the reader gave, or is open."""

    place: Place
    printed: str
    """What the reader saw there, sure or not."""
    year: int | None
    """None where it stays open, or becomes so."""
    confidence: float
    candidates: tuple[int, ...]
    """The years that it may be, the likeliest first."""


@dataclass(slots=True)
class _Spot:
    """A word that may be a year: the reader's odds of each year, and a text for each."""

    passage: Passage
    run: Run
    row: tuple[int, int] | None
    odds: dict[int, float]
    texts: dict[int, str]
    read: int | None
    """The year as the reader gave it, None where it gave none."""
    is_named: bool
    """A word for fiscal year stands before it."""
    likelihood: dict[int, float] = field(default_factory=dict)


def settle_years(blocks: Sequence[Block], vocabulary: Vocabulary) -> tuple[list[Block], list[YearReading]]:
    """The same blocks, each year word read as the document makes most likely, its confidence that likelihood; and the words
    whose reading that changed or left open. Blocks whose words carry no candidates come back as they are."""
    spots = list(_spots(blocks, vocabulary))
    if not spots:
        return list(blocks), []
    sure_years = _sure_years(blocks, vocabulary)
    _weigh(spots, sure_years, vocabulary)
    _doubt_strays(spots, sure_years)
    edits: defaultdict[int, dict[int, tuple[Run, str]]] = defaultdict(dict)
    readings = []
    for spot in spots:
        year, sure = _decided(spot)
        printed = spot.passage.text[spot.run.start : spot.run.end]
        text = printed
        if year is not None and year != spot.read:
            text = spot.texts[year]
        elif year is None and spot.read is not None:
            text = UNREAD
        edits[id(spot.passage)][spot.run.start] = replace(spot.run, confidence=round(sure, 4)), text
        if year is None or year != spot.read:
            likely = sorted(spot.odds, key=lambda each: (-spot.odds[each], each))
            readings.append(YearReading(spot.run.place, spot.run.read_as or printed, year, round(sure, 4), tuple(likely)))
    return [_rewritten(block, edits) for block in blocks], readings


def _decided(spot: _Spot) -> tuple[int | None, float]:
    """The year of a spot and how likely it is; None where neither the reader's own nor another is likely enough."""
    if spot.read is not None and spot.likelihood[spot.read] >= _KEPT:
        return spot.read, spot.likelihood[spot.read]
    best = max(spot.likelihood, key=lambda year: (spot.likelihood[year], -year))
    sure = spot.likelihood[best]
    return (best, sure) if sure >= _SURE else (None, sure)


def _spots(blocks: Sequence[Block], vocabulary: Vocabulary) -> Iterator[_Spot]:
    """The words with candidates that may be years, each with the row of the table that it stands in, in reading order."""
    thai = _thai_share(blocks)
    for nth, block in enumerate(blocks):
        for passage, row in _passages(block):
            for run in passage.runs:
                if not run.candidates:
                    continue
                odds, texts = _years_of(run, thai.get(run.place.page))
                before = fold(passage.text[: run.start])[-LEAD:]
                is_named = vocabulary.fiscal_before.search(before) is not None
                if sum(odds.values()) < (_LIKELY_NAMED if is_named else _LIKELY) or vocabulary.month_before.search(before):
                    continue
                match = _BE.fullmatch(fold(passage.text[run.start : run.end]))
                read = int(match.group(1)) if match is not None else None
                yield _Spot(passage, run, None if row is None else (nth, row), odds, texts, read if read in odds else None, is_named)


def _passages(block: Block) -> Iterator[tuple[Passage, int | None]]:
    if isinstance(block, Paragraph):
        yield block.passage, None
    else:
        yield from ((cell.passage, cell.row) for cell in block.cells)


def _years_of(run: Run, thai: float | None) -> tuple[dict[int, float], dict[int, str]]:
    """The odds of each year among a word's candidates, those in the other digits than the page's made small, and of each
    the likeliest print."""
    odds: defaultdict[int, float] = defaultdict(float)
    texts: dict[int, tuple[float, str]] = {}
    for candidate in run.candidates:
        match = _BE.fullmatch(fold(candidate.text))
        if match is None or not FIRST <= int(match.group(1)) <= LAST:
            continue
        year, share = int(match.group(1)), candidate.probability
        if thai is not None:
            is_thai = any(character in THAI_DIGITS for character in candidate.text)
            share *= (
                1.0
                if (thai >= _ONE_SCRIPT if is_thai else thai <= 1 - _ONE_SCRIPT) or 1 - _ONE_SCRIPT < thai < _ONE_SCRIPT
                else _OTHER_SCRIPT
            )
        odds[year] += share
        texts[year] = max(texts.get(year, (0.0, "")), (share, candidate.text))
    return dict(odds), {year: text for year, (_, text) in texts.items()}


def _thai_share(blocks: Sequence[Block]) -> dict[int, float]:
    """For each page with enough numerals read off it, which share of them is in Thai digits."""
    counts: defaultdict[int, Counter[bool]] = defaultdict(Counter)
    for block in blocks:
        for passage, _ in _passages(block):
            for run in passage.runs:
                text = passage.text[run.start : run.end]
                if run.candidates and any(character.isdigit() for character in text):
                    counts[run.place.page][any(character in THAI_DIGITS for character in text)] += 1
    return {page: count[True] / count.total() for page, count in counts.items() if count.total() >= _LEAST_DIGITS}


def _sure_years(blocks: Sequence[Block], vocabulary: Vocabulary) -> set[int]:
    """The fiscal years in text that no reader doubts."""
    found = set()
    for block in blocks:
        for passage, _ in _passages(block):
            if not passage.runs or any(run.confidence is None for run in passage.runs):
                found |= {hit.year for hit in find_years(passage, vocabulary) if hit.is_named and hit.confidence is None}
    return found


def _weigh(spots: Sequence[_Spot], sure: Iterable[int], vocabulary: Vocabulary) -> None:
    """Gives each spot the likelihood of its years: the reader's odds times how believable each year is in this document."""
    doubts: defaultdict[int, float] = defaultdict(lambda: 1.0, dict.fromkeys(sure, 0.0))
    for spot in spots:
        for year, share in spot.odds.items():
            if share >= _KEPT:
                doubts[year] *= max(1 - share, _LEAST_DOUBT)
    rows: defaultdict[tuple[int, int], list[_Spot]] = defaultdict(list)
    for spot in spots:
        if spot.row is not None:
            rows[spot.row].append(spot)
    for spot in spots:
        beside = [other for other in rows[spot.row] if other is not spot] if spot.row is not None else []
        twice = {year for other in beside for year, share in other.odds.items() if share >= _SURE} if len(beside) < _MOST_BESIDE else set()
        trust = {year: 1 - doubts[year] / _own_doubt(spot, year) for year in _around(spot.odds)}
        weights = {year: share * _belief(year, trust, vocabulary) * (_TWICE if year in twice else 1.0) for year, share in spot.odds.items()}
        rest = max(0.0, 1 - sum(candidate.probability for candidate in spot.run.candidates)) * _KNOWN
        rest += sum(each.probability for each in spot.run.candidates if _BE.fullmatch(fold(each.text)) is None) * (
            _STRANGE if spot.is_named else 1.0
        )
        total = sum(weights.values()) + rest
        spot.likelihood = {year: weight / total if total else 0.0 for year, weight in weights.items()}


def _doubt_strays(spots: Sequence[_Spot], sure: Collection[int]) -> None:
    """Makes years less likely that stand alone in a document that has several such."""
    named = [spot for spot in spots if spot.likelihood and (spot.is_named or spot.row is not None)]
    years = [max(spot.likelihood, key=lambda year: (spot.likelihood[year], -year)) for spot in named]
    tables = [None if spot.row is None else spot.row[0] for spot in named]
    for spot, doubt in zip(named, stray_doubts(years, tables, sure), strict=True):
        spot.likelihood = {year: share * (1 - doubt) for year, share in spot.likelihood.items()}


def _own_doubt(spot: _Spot, year: int) -> float:
    """What a spot itself took from the doubt of a year."""
    share = spot.odds.get(year, 0.0)
    return max(1 - share, _LEAST_DOUBT) if share >= _KEPT else 1.0


def _around(years: Iterable[int]) -> set[int]:
    return {year + step for year in years for step in (-1, 0, 1)}


def _belief(year: int, trust: Mapping[int, float], vocabulary: Vocabulary) -> float:
    """How believable a year is, 0-1: as surely as other words name it, else by what it is next to."""
    is_beside = max(trust[year - 1], trust[year + 1]) >= _SURE
    base = _BESIDE if is_beside else _KNOWN if year in vocabulary.knowledge.frameworks else _STRANGE
    return trust[year] + (1 - trust[year]) * base


def _rewritten(block: Block, edits: Mapping[int, Mapping[int, tuple[Run, str]]]) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, passage=_edited(block.passage, edits[id(block.passage)])) if id(block.passage) in edits else block
    if not any(id(cell.passage) in edits for cell in block.cells):
        return block
    cells = (
        replace(cell, passage=_edited(cell.passage, edits[id(cell.passage)])) if id(cell.passage) in edits else cell for cell in block.cells
    )
    return replace(block, cells=tuple(cells))


def _edited(passage: Passage, edits: Mapping[int, tuple[Run, str]]) -> Passage:
    """A passage with the text of some runs, by where they start, put in their place; all places stay with their words."""
    parts: list[str] = []
    runs: list[Run] = []
    at = length = 0
    for run in sorted(passage.runs, key=lambda each: each.start):
        run, text = edits.get(run.start, (run, passage.text[run.start : run.end]))
        before = passage.text[at : run.start]
        start = length + len(before)
        parts += (before, text)
        length = start + len(text)
        runs.append(replace(run, start=start, end=length))
        at = run.end
    return replace(passage, text="".join(parts) + passage.text[at:], runs=tuple(runs))
