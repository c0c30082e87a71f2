"""Which parts a report is put together from. A layout is a function from a brief to blocks; its name is its key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from types import MappingProxyType

from . import groups, questions, sections
from .document import Block
from .groups import Member
from .printing import Brief

Layout = Callable[[Brief], list[Block]]
GroupLayout = Callable[[Brief, tuple[Member, ...]], list[Block]]
SINGLE = (questions.code_and_wording, questions.code_in_wording, questions.merged_indicators, questions.one_table_an_indicator)


def _two_years(brief: Brief) -> list[Block]:
    basis = _basis(brief)
    blocks = sections.cover(brief) + sections.preface(brief) + sections.overall(brief)
    blocks += _sometimes(brief.rng, 0.7, sections.criteria, brief) + sections.instruments_matrix(brief)
    blocks += sections.indicators_two_years(brief)
    for letter in "ieo":
        has_both = brief.has_same_questions(letter)
        blocks += questions.two_years(brief, letter, basis) if has_both else questions.code_and_wording(brief, letter, basis)
    return blocks + sections.measures(brief) + sections.closing(brief)


def _single_year(brief: Brief) -> list[Block]:
    basis = _basis(brief)
    blocks = _sometimes(brief.rng, 0.4, sections.memo, brief) + sections.cover(brief) + sections.preface(brief)
    blocks += sections.overall(brief, has_previous=False) + _sometimes(brief.rng, 0.5, sections.criteria, brief)
    blocks += sections.instruments_list(brief) + sections.indicators_single(brief)
    variant = brief.rng.choice(SINGLE)
    for letter in "ieo":
        blocks += variant(brief, letter, basis)
    blocks += _sometimes(brief.rng, 0.5, questions.subindicators, brief)
    return blocks + sections.measures(brief) + sections.closing(brief)


def _merged(brief: Brief) -> list[Block]:
    basis = _basis(brief)
    blocks = sections.cover(brief, has_break=False) + sections.overall(brief, has_previous=False) + sections.instruments_matrix(brief)
    for letter in "ieo":
        blocks += questions.merged_indicators(brief, letter, basis)
    return blocks + sections.closing(brief)


def _sentences(brief: Brief) -> list[Block]:
    basis = _basis(brief)
    blocks = sections.cover(brief, has_break=False) + sections.overall(brief) + sections.instruments_list(brief)
    for letter in "ie":
        blocks += questions.sentences(brief, letter, basis)
    return blocks + sections.indicators_prose(brief) + sections.closing(brief)


def _ranked(brief: Brief) -> list[Block]:
    blocks = sections.cover(brief, has_break=False) + sections.overall(brief, has_previous=False)
    blocks += sections.ranked(brief) + _sometimes(brief.rng, 0.7, sections.scored_labels, brief)
    return blocks + sections.measures(brief) + sections.closing(brief)


def _labels(brief: Brief) -> list[Block]:
    blocks = sections.cover(brief, has_break=False) + sections.overall(brief, has_previous=False)
    return blocks + sections.scored_labels(brief) + sections.measures(brief) + sections.closing(brief)


def _prose(brief: Brief) -> list[Block]:
    blocks = sections.cover(brief) + sections.preface(brief) + sections.overall(brief) + sections.indicators_prose(brief)
    return blocks + sections.instruments_list(brief) + sections.measures(brief) + sections.closing(brief)


def _slipped(brief: Brief) -> list[Block]:
    blocks = sections.cover(brief, has_break=False) + sections.overall(brief, has_previous=False)
    return blocks + sections.indicators_slipped(brief) + sections.measures(brief) + sections.closing(brief)


def _sheet(brief: Brief) -> list[Block]:
    """A title, a sentence and a table: what fits on one page, and so on an image."""
    blocks = sections.cover(brief, has_break=False) + sections.overall(brief)
    blocks += sections.indicators_two_years(brief) if brief.previous is not None else sections.indicators_single(brief)
    return [*blocks, sections.made(brief)]


def _across(brief: Brief) -> list[Block]:
    blocks = sections.cover(brief, has_break=False) + sections.instruments_matrix(brief) + sections.indicators_across(brief)
    return blocks + sections.overall(brief, has_previous=False) + sections.closing(brief)


def _weighted(brief: Brief) -> list[Block]:
    blocks = sections.cover(brief, has_break=False) + groups.weighted_single(brief) + sections.indicators_single(brief)
    return blocks + sections.closing(brief)


LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {
        "two-years": _two_years,
        "single-year": _single_year,
        "merged": _merged,
        "sentences": _sentences,
        "ranked": _ranked,
        "labels": _labels,
        "prose": _prose,
        "slipped": _slipped,
        "sheet": _sheet,
        "across": _across,
        "weighted": _weighted,
    }
)
"""Layouts about one agency."""

GROUP_LAYOUTS: Mapping[str, tuple[GroupLayout, tuple[int, int]]] = MappingProxyType(
    {
        "agencies-down": (groups.rows_of_instruments, (8, 40)),
        "agencies-by-indicator": (groups.rows_of_indicators, (8, 25)),
        "agencies-across": (groups.columns, (3, 4)),
        "agencies-weighted": (groups.rows_weighted, (6, 24)),
    }
)
"""Layouts about many agencies, with the fewest and most that they take."""

ONE_PAGE = ("sheet",)
"""Layouts that always fit on one page."""
DEFAULT_ORDER = (*LAYOUTS, *GROUP_LAYOUTS)


def _basis(brief: Brief) -> str:
    return brief.rng.choice(("part1", "both"))


def _sometimes(rng: Random, share: float, part: Layout, brief: Brief) -> list[Block]:
    return part(brief) if rng.random() < share else []
