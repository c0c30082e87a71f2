"""Made reports with one slip of a printed number each, and without: what the measurement of the audit is made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from .answers import answers
from .equations import TO_ARABIC, Web

if TYPE_CHECKING:
    from prongsai.synthesis.corpus import Plan
    from prongsai.synthesis.document import Figure, Report

LAYOUTS_WITH = {
    "columns_swapped": ("two-years", "across", "merged", "agencies-down", "agencies-by-indicator", "agencies-across", "agencies-weighted"),
    "sign_wrong": ("two-years", "across", "two-years", "merged", "two-years"),
}
"""Where most reports have a place for the slip."""
SPARE = 1.4
"""Plans for each report wanted: some have no place for their slip."""
CENT = Decimal("0.01")
NEAR = 4
"""Hundredths within which scores are printed alike of 15."""


@dataclass(frozen=True, slots=True)
class Place:
    """A printed number with a slip."""

    agency: str
    year: int
    code: str
    scope: str
    printed: str
    meant: str
    """As they stand in print."""
    truths: frozenset[Decimal]
    """What was meant, as printed, and every score of two decimals on 0-100 that is printed so on the figure's scale."""


@dataclass(frozen=True, slots=True)
class Case:
    """A made report, its slip if it has one, and the equations that it breaks."""

    name: str
    slip: str
    places: tuple[Place, ...]
    broken: tuple[str, ...]
    answers: int
    """How many single slips explain what is broken."""
    content: bytes


def plans(slip: str, count: int, seed: int) -> list[Plan]:
    """Plans for `count` reports with the slip, and more; exactly so many where there is to be none."""
    from prongsai.synthesis.corpus import plan_corpus

    number = count if not slip else int(count * SPARE)
    return plan_corpus(number, sum(slip.encode()) * 10_000 + seed, ("txt",), LAYOUTS_WITH.get(slip))


class Made(NamedTuple):
    """A report as it is printed, as it would be without its slip, and all that it should obey."""

    report: Report
    before: Report
    web: Web

    @property
    def slipped(self) -> list[tuple[int, Figure, Figure]]:
        """The figures that the slip changed: their places, and each before and after it."""
        from prongsai.synthesis.document import FigureKind, figures

        pairs = zip(figures(self.before), figures(self.report), strict=True)
        kept = ((old, new) for old, new in pairs if old.kind is not FigureKind.GRADE)
        return [(at, old, new) for at, (old, new) in enumerate(kept) if old.text != new.text]


def make(job: tuple[str, Plan]) -> Made | None:
    """The report of a plan with a slip, or without where the slip's name is empty; None where it has no place for it."""
    from prongsai.knowledge import load_knowledge
    from prongsai.synthesis.corpus import make_report
    from prongsai.synthesis.wording import load_wording

    slip, plan = job
    knowledge = load_knowledge()
    before, _ = make_report(plan, knowledge, ())
    report = make_report(plan, knowledge, (slip,))[0] if slip else before
    made = Made(report, before, Web(report, knowledge.frameworks, load_wording().one("words", "total_average")))
    return made if made.slipped or not slip else None


def make_case(job: tuple[str, Plan]) -> Case | None:
    """What is made of a plan, as it is measured."""
    from prongsai.synthesis.render_text import draw_text_look, render_text

    slip, plan = job
    made = make(job)
    if made is None:
        return None
    places = tuple(_place(old, new) for _, old, new in made.slipped)
    broken = tuple(made.web.broken())
    content = render_text(made.report, draw_text_look(Random(f"{plan.seed}:look"), False))
    return Case(f"{slip or 'clean'}-{made.report.stem}", slip, places, broken, len(answers(made.web)) if broken else 0, content)


def _place(old: Figure, new: Figure) -> Place:
    from prongsai.synthesis.document import FigureKind

    printed = Decimal(old.text.translate(TO_ARABIC))
    scaled = (printed * 100 / old.scale).quantize(CENT)
    near = (scaled + step * CENT for step in range(-NEAR, NEAR + 1))
    same = (score for score in near if (score * old.scale / 100).quantize(CENT, ROUND_HALF_UP) == printed)
    scope = "difference" if old.kind is FigureKind.DIFFERENCE else _scope(old.code)
    return Place(old.agency, old.year, old.code, scope, new.text, old.text, frozenset((printed, *same)))


def _scope(code: str) -> str:
    if code == "ITA":
        return "overall"
    if code.startswith("ind"):
        return "sub-indicator" if "." in code else "indicator"
    return "question" if code[0] in "ieo" else "instrument"
