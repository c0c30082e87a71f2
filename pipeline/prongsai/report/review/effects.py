"""How much of the overall score hangs on one printed number, by the year's framework."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from prongsai.knowledge import Framework


def effects(framework: Framework) -> Iterator[tuple[str, Decimal]]:
    """Every canonical code of a year with its share of the overall score, 0-1; that of `ITA` is 1.

    An indicator has an equal part of its instrument, a sub-indicator of its indicator, a question of what it stands under.
    """
    yield "ITA", Decimal(1)
    for instrument in framework.instruments:
        yield instrument.code, instrument.weight
        yield from ((part.code, part.weight) for part in instrument.parts)
        indicators = framework.indicators_in(instrument.code)
        for indicator in indicators:
            share = instrument.weight / len(indicators)
            yield indicator.code, share
            yield from _below(framework, indicator.code, share)


def _below(framework: Framework, indicator: str, share: Decimal) -> Iterator[tuple[str, Decimal]]:
    """The sub-indicators and questions of an indicator."""
    groups = framework.subindicators_in(indicator)
    yield from ((group.code, share / len(groups)) for group in groups)
    questions = framework.questions_in(indicator)
    for question in questions:
        siblings = framework.questions_in(question.subindicator) if question.subindicator else questions
        outer = share / len(groups) if question.subindicator else share
        yield question.code, outer / len(siblings)
