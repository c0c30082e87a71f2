"""Slips put into a report: so many drawn, or those that are named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random
from types import MappingProxyType
from typing import TYPE_CHECKING

from prongsai.errors import UsageError
from prongsai.synthesis.document import Report

from .change import Slip
from .misprints import SLIPS
from .values import VALUE_SLIPS

if TYPE_CHECKING:
    from prongsai.knowledge import Framework

ALL_SLIPS: Mapping[str, Slip] = MappingProxyType({**SLIPS, **VALUE_SLIPS})


def plant(report: Report, rng: Random, framework: Framework, count: int) -> Report:
    """The report with up to `count` different slips of SLIPS; fewer where it has no place for them."""
    return plant_named(report, rng, framework, rng.sample(sorted(SLIPS), len(SLIPS)), count)


def plant_named(report: Report, rng: Random, framework: Framework, names: Sequence[str], count: int | None = None) -> Report:
    """The report with the first `count` of the named slips that it has a place for, or all of them.

    Raises UsageError for a name that no slip has.
    """
    if unknown := sorted({*names} - {*ALL_SLIPS}):
        raise UsageError(f"unknown slip {unknown[0]!r}", next_step=f"Choose among: {', '.join(ALL_SLIPS)}")
    for name in names:
        if count is not None and len(report.slips) >= count:
            break
        slipped = ALL_SLIPS[name](report, rng, framework)
        if slipped is not None:
            report = replace(slipped, slips=(*report.slips, name))
    return report
