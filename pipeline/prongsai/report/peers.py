"""What an agency's scores are held against: the median and the middle half of those like it, counted once for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from prongsai.report.model import Model

LEAST = 5
"""Of fewer agencies a middle half says nothing."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How the scores of several agencies for one code in one year lie, on a scale of 0 to 100."""

    count: int
    q1: float
    median: float
    q3: float


@dataclass(frozen=True, slots=True)
class Group:
    """Who an agency is held against in a year, itself among them."""

    kind: str
    """Code of their kind; empty where they are all agencies of the year."""
    count: int
    """How many of them have an overall score."""
    spreads: Mapping[str, Spread]
    """By code; a code that fewer than LEAST of them have is left out."""


def list_owners(model: Model) -> None:
    """Sets up two tables in the database at hand: `owners`, each agency's name, place code, kind and province, numbered in their
    order; and `agency_scores`, one score of each agency for a code and a year."""
    model.tables.execute(_AGENCY_SCORES)
    those = list(model.agencies.values())
    columns = [[getattr(one, name) for one in those] for name in ("name", "place_code", "kind", "province")]
    model.tables.execute(
        "CREATE OR REPLACE TABLE owners AS SELECT unnest(?::INTEGER[]) AS nth, unnest(?::VARCHAR[]) AS agency,"
        " unnest(?::VARCHAR[]) AS place_code, unnest(?::VARCHAR[]) AS kind, unnest(?::VARCHAR[]) AS province",
        [list(range(len(those))), *columns],
    )


class Peers:
    """The groups of all agencies of a run."""

    def __init__(self, model: Model) -> None:
        self._spreads: dict[tuple[int, str | None], dict[str, Spread]] = {}
        for row in model.rows(_SPREADS):
            spread = Spread(row["n"], *row["quartiles"])
            self._spreads.setdefault((row["fiscal_year"], row["kind"]), {})[row["code"]] = spread

    def of(self, kind: str, year: int) -> Group | None:
        """Those of the same kind where at least LEAST of them have an overall score, else all of the year, else nobody."""
        for key in (kind, None) if kind else (None,):
            spreads = self._spreads.get((year, key), {})
            overall = spreads.get("ITA")
            if overall is not None and overall.count >= LEAST:
                return Group(key or "", overall.count, {code: one for code, one in spreads.items() if one.count >= LEAST})
        return None


_SPREADS = """
SELECT fiscal_year, code, CASE WHEN grouping(kind) = 0 THEN kind END AS kind, count(*) AS n,
  quantile_cont(value::DOUBLE, [0.25, 0.5, 0.75]) AS quartiles
FROM agency_scores s JOIN owners o USING (agency, place_code)
WHERE value IS NOT NULL AND fiscal_year IS NOT NULL
GROUP BY GROUPING SETS ((fiscal_year, code, kind), (fiscal_year, code))
"""
# Documents that may be of two agencies of one name have rows of their own; where those differ, neither counts for both.
_AGENCY_SCORES = """
CREATE OR REPLACE VIEW agency_scores AS SELECT agency, coalesce(place_code, '') AS place_code, fiscal_year, code,
  CASE WHEN count(DISTINCT value) = 1 THEN min(value) END AS value
FROM scores GROUP BY ALL
"""
