"""How an agency stands: its scores year by year, each with its places, its change, and what its peers have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from markupsafe import Markup

from prongsai.report.comparison import other_questions
from prongsai.report.documents import running
from prongsai.report.model import Agency, Model
from prongsai.report.overview import named
from prongsai.report.peers import Group, Peers, Spread
from prongsai.report.words import Both
from prongsai.report.writing import told

_LEVELS = {"overall": 0, "instrument": 0, "indicator": 1, "subindicator": 2, "question": 3}
_Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Print:
    """Where a number stands on a document's page."""

    shown: str
    """The number; empty where it was not read."""
    href: str
    """From an agency's page."""


@dataclass(frozen=True, slots=True)
class Score:
    """A row of an agency's table of scores."""

    code: str
    item: Markup
    """The code and its name."""
    level: int
    """How deep in the framework: 0 for the overall score and instruments, 1 for indicators, to 3 for questions."""
    value: Decimal | None
    before: Decimal | None
    """The year before, where the code meant the same."""
    change: str
    spread: Spread | None
    prints: Sequence[Print]
    agreement: str
    mentions: int
    suggested: str
    because: tuple[Both, str] | None
    """The rule that suggests a value, and what is printed."""


@dataclass(frozen=True, slots=True)
class Year:
    """An agency's scores of a year; None for those whose year is not known."""

    year: int | None
    scores: Sequence[Score]
    group: Group | None

    @property
    def overall(self) -> Score | None:
        """The overall score, where it was read."""
        return next((one for one in self.scores if one.code == "ITA" and one.value is not None), None)

    @property
    def has_changes(self) -> bool:
        """Whether there is a year before to hold any of them against."""
        return any(one.change for one in self.scores)

    @property
    def charted(self) -> Sequence[Score]:
        """The overall score, instruments and indicators."""
        return [one for one in self.scores if one.level < 2]


class Standings:
    """Puts agencies' years together; what they share is looked up once."""

    def __init__(self, model: Model, peers: Peers) -> None:
        self._model, self._peers = model, peers
        self._item = cache(self._find_item)
        self._order = cache(self._find_order)
        self._changed = cache(lambda year: frozenset(other_questions(model, year, year - 1)))

    def of(self, agency: Agency, scores: Sequence[_Row], prints: Sequence[_Row]) -> list[Year]:
        """The years, the latest first, a year that is not known last; `scores` and `prints` are the agency's rows."""
        printed: dict[tuple[int | None, str], list[_Row]] = {}
        for one in prints:
            printed.setdefault((one["fiscal_year"], one["code"]), []).append(one)
        by_year: dict[int | None, dict[str, _Row]] = {}
        for row in scores:
            of_year = by_year.setdefault(row["fiscal_year"], {})
            of_year[row["code"]] = _both(of_year[row["code"]], row) if row["code"] in of_year else row
        years = []
        for year in sorted(by_year, key=lambda year: -(year or 0)):
            group = self._peers.of(agency.kind, year) if year is not None else None
            before = by_year.get(year - 1, {}) if year is not None else {}
            order = self._order(year)
            codes = sorted(by_year[year], key=lambda code: (order.get(code, len(order)), code))
            those = [self._score(by_year[year][code], printed.get((year, code), ()), before.get(code), group) for code in codes]
            years.append(Year(year, those, group))
        return years

    def _score(self, row: _Row, prints: Sequence[_Row], before: _Row | None, group: Group | None) -> Score:
        code, year, value = row["code"], row["fiscal_year"], row["value"]
        earlier = before["value"] if before is not None and code not in self._changed(year) else None
        rule, _, printed = (row["suggested_because"] or "").partition(": ")
        return Score(
            code=code,
            item=self._item(code, year),
            level=_LEVELS[row["scope"]],
            value=value,
            before=earlier,
            change=_signed(value - earlier) if value is not None and earlier is not None else "",
            spread=group.spreads.get(code) if group is not None else None,
            prints=[Print(shown(one["value"]), place(one["mention_id"])) for one in _telling(row, prints)],
            agreement=row["agreement"],
            mentions=row["mentions"],
            suggested=shown(row["suggested_value"]),
            because=(named("check", rule), printed) if rule else None,
        )

    def _find_item(self, code: str, year: int | None) -> Markup:
        # Names of instruments hold their codes.
        name = self._model.name(code, year)
        return told(name) if code in name.th else Markup('{} <span class="small">{}</span>').format(code, told(name))

    def _find_order(self, year: int | None) -> dict[str, int]:
        """Codes in the order of the page: each total before what it is made of."""
        knowledge = self._model.knowledge
        framework = (knowledge.framework(year) if year is not None else None) or knowledge.frameworks[max(knowledge.frameworks)]
        codes = ["ITA"]
        for instrument in framework.instruments:
            codes += [instrument.code, *(part.code for part in instrument.parts)]
            for indicator in framework.indicators_in(instrument.code):
                codes.append(indicator.code)
                for sub in framework.subindicators_in(indicator.code):
                    codes += [sub.code, *(question.code for question in framework.questions_in(sub.code))]
                codes += [question.code for question in framework.questions_in(indicator.code)]
        return {code: nth for nth, code in enumerate(dict.fromkeys(codes))}


def shown(value: Decimal | None) -> str:
    """Two decimals, more where there are more; empty where nothing was read."""
    if value is None:
        return ""
    return f"{value:.2f}" if round(value, 2) == value else f"{value:f}".rstrip("0")


def place(mention_id: str) -> str:
    """The place of a number on its document's page, from an agency's page."""
    return f"../documents/{mention_id.rpartition(':')[0]}.html#m-{running(mention_id)}"


def _both(one: _Row, other: _Row) -> _Row:
    """Two rows for one score, of agencies that nobody can tell apart: what they do not agree on is not told for either."""
    mentions = one["mentions"] + other["mentions"]
    if one["value"] == other["value"]:
        return {**one, "mentions": mentions}
    return {**one, "value": None, "agreement": "conflict", "mentions": mentions, "suggested_value": None, "suggested_because": None}


def _signed(change: Decimal) -> str:
    return f"{change:+.2f}".replace("-", "\N{MINUS SIGN}") if change else "0.00"


def _telling(score: _Row, prints: Sequence[_Row]) -> Sequence[_Row]:
    """A print that has the score; of a conflict every value that is printed."""
    own = [one for one in prints if one["value"] == score["value"]]
    return prints if score["agreement"] == "conflict" or not own else own[:1]
