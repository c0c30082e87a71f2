"""How many planted slips one could mend at best who knows the makers of the reports: how often each slip is made and where, what
scores are likely, and how they are rounded.

    python -m benchmarks.audit_bound [--count 1000] [--seed 2568] [--jobs 2]

Every single slip that explains what is broken (`answers`) is weighed by how likely the makers would have made the report with it
(`odds`); the weights become probabilities. Who takes the likeliest answer to each report is right as often as the mean of these
says, and nobody is right more often. Who is to be wrong seldom answers only where one is likely enough alone.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from decimal import Decimal
from itertools import islice
from math import exp
from typing import TYPE_CHECKING, NamedTuple

from .answers import answers
from .audit import over
from .equations import TO_ARABIC, Web
from .odds import Scores, slip_odds
from .slipped import make, plans
from .table import markdown

if TYPE_CHECKING:
    from prongsai.synthesis.corpus import Plan
    from prongsai.synthesis.document import Figure

LEAST = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Probabilities from which on an answer is given."""
Numbers = frozenset[tuple[str, int, str, str, Decimal]]
"""Agency, year, code and kind of each number that a mending changes, and what it is then, as printed."""


class Likeliest(NamedTuple):
    """The likeliest mending of a report."""

    slip: str
    probability: float
    """0 where no single slip explains what is broken."""
    is_right: bool
    is_broken: bool = True
    """Whether there is anything to mend."""


def main() -> int:
    """Measures and prints."""
    from prongsai.synthesis.slips import VALUE_SLIPS

    parser = argparse.ArgumentParser(prog="python -m benchmarks.audit_bound", description="Planted slips that could be mended at best.")
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2568)
    parser.add_argument("--jobs", type=int, default=2, help="worker processes")
    options = parser.parse_args()
    each = -(-options.count // len(VALUE_SLIPS))
    found: list[Likeliest] = []
    for slip in VALUE_SLIPS:
        told = over(likeliest, [(slip, plan) for plan in plans(slip, each, options.seed)], options.jobs)
        found += islice((one for one in told if one is not None), each)
    found = [one for one in found if one.is_broken]
    print(by_least(found))
    print()
    print(by_slip(found))
    return 0


def by_least(found: list[Likeliest]) -> str:
    """By how probable an answer has to be to be given: in how many reports of all it is, and is right and wrong."""
    rows = []
    for least in LEAST:
        given = [one for one in found if one.probability >= least]
        right = sum(one.is_right for one in given)
        counts = (len(given), sum(one.probability for one in given), right, len(given) - right)
        rows.append((f"{least:.1f}", *(_share(count, len(found)) for count in counts)))
    return markdown(("answered from", "answered", "right, by the odds", "right", "wrong"), rows)


def by_slip(found: list[Likeliest]) -> str:
    """How often the likeliest answer is right, by kind of slip."""
    kinds: dict[str, list[Likeliest]] = defaultdict(list)
    for one in found:
        kinds[one.slip].append(one)
    rows = [
        (slip.replace("_", " "), str(len(those)), *(_share(sum(numbers), len(those)) for numbers in _columns(those)))
        for slip, those in {**kinds, "all": found}.items()
    ]
    return markdown(("slip", "break an equation", "right, by the odds", "right"), rows)


def likeliest(job: tuple[str, Plan]) -> Likeliest | None:
    """The likeliest mending of a plan's report; None where that has no place for the slip."""
    made = make(job)
    if made is None:
        return None
    if not any(made.web.broken()):
        return Likeliest(job[0], 0.0, is_right=False, is_broken=False)
    weights = weigh(made.web)
    truth = frozenset(_number(old, _arabic(old.text)) for _, old, _ in made.slipped)
    best, probability = max(weights.items(), key=lambda item: item[1], default=(frozenset(), 0.0))
    return Likeliest(job[0], probability, best == truth)


def weigh(web: Web) -> dict[Numbers, float]:
    """The probability of each mending that explains all that is broken."""
    scores = Scores(web)
    logs: dict[Numbers, list[tuple[float, float]]] = defaultdict(list)
    for places, meant in set(answers(web)):
        exchanged = dict(zip(places, (web.figures[at].text for at in reversed(places)), strict=True))
        texts = {at: _arabic(text) for at, text in (exchanged if not meant else {places[0]: meant}).items()}
        numbers = frozenset(_number(web.figures[at], text) for at, text in texts.items())
        if odds := slip_odds(web, places, meant):
            logs[numbers].append((scores.log_odds(texts), odds))
    most = max((log for those in logs.values() for log, _ in those), default=0.0)
    weights = {numbers: sum(exp(log - most) * odds for log, odds in those) for numbers, those in logs.items()}
    total = sum(weights.values())
    return {numbers: weight / total for numbers, weight in weights.items()}


def _number(figure: Figure, text: str) -> tuple[str, int, str, str, Decimal]:
    return figure.agency, figure.year, figure.code, figure.kind.value, Decimal(text)


def _columns(those: list[Likeliest]) -> tuple[list[float], list[float]]:
    return [one.probability for one in those], [float(one.is_right) for one in those]


def _arabic(text: str) -> str:
    return text.translate(TO_ARABIC)


def _share(part: float, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "-"


if __name__ == "__main__":
    sys.exit(main())
