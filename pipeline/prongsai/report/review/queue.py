"""What is worth a person's look, in order: how likely it is to be wrong, times how much of the overall score hangs on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from prongsai.records import Asked
from prongsai.report.model import Model
from prongsai.report.review.effects import effects
from prongsai.report.states import SURE

_MOST = 50_000
"""So many entries are queued: nobody answers more before the next run, which puts others in their place."""
_ANY_YEAR = 0
_OF_UNKNOWN = 0.02
"""The effect of a number whose code is not known: about that of a question."""

# How likely a reading is wrong where a finding says so, from whose fault the audit takes it for. No measurement stands behind
# these; they put what the reader got wrong before what the agency did, and the number that a finding names before its terms.
_BY_FAULT = {"extraction": 0.8, "undecided": 0.5, "source": 0.15}
_WARNING = 0.6
_TERM = 0.2
_TEXT_LAYER = 0.3
"""A text layer is what the agency wrote: a person can only say that the page shows the same."""
_LEAST = 0.08
"""A term that is less likely wrong than this is not asked about for a finding's sake."""
_BY_KIND = {"score": 1.0, "difference": 0.3, "reference": 0.05}
_NO_NAME = 0.5
"""How likely an agency is wrong that comes with rivals and no confidence."""
_CODE_CHECKS = ("code", "label", "duplicate-row")
"""Checks whose contradiction is about which score a number is, not about the number."""
_GRADE_CHECKS = ("level", "old-grade", "criteria", "claim")
"""Checks of other print, which the numbers that they rest on mostly refute."""


@dataclass(frozen=True, slots=True)
class Queued:
    """An entry of the queue: the numbers, or the document where there are none, that one question is about."""

    position: int
    """From 0, the most urgent first."""
    key: str
    """What is asked and of which number or document, `value:0123456789abcdef:12`: the same as long as the document is read alike."""
    asked: Asked
    doc_id: str
    mention_ids: tuple[str, ...]
    priority: float
    """Expected share of the overall score that is wrong, 0-1."""


class Queue:
    """The entries as a table in the database of a model, so that a year's reports do not have to fit into memory."""

    def __init__(self, model: Model) -> None:
        self._tables = model.tables
        cursor = self._tables.cursor()
        cursor.execute("CREATE OR REPLACE TABLE review_effects (fiscal_year INTEGER, code VARCHAR, effect DOUBLE)")
        frameworks = model.knowledge.frameworks
        newest = frameworks[max(frameworks)]
        rows = [(year, code, float(share)) for year, one in frameworks.items() for code, share in effects(one)]
        rows += [(_ANY_YEAR, code, float(share)) for code, share in effects(newest)]
        cursor.executemany("INSERT INTO review_effects VALUES (?, ?, ?)", rows)
        cursor.execute(f"CREATE OR REPLACE TABLE review_queue AS {_QUEUE}")
        counted = cursor.execute("SELECT count(*) FROM review_queue").fetchone()
        self.length: int = counted[0] if counted else 0

    def after(self, position: int, count: int) -> Sequence[Queued]:
        """The `count` entries behind a position; -1 is before the first."""
        return self._entries("position > ? ORDER BY position LIMIT ?", position, count)

    def find(self, key: str) -> Queued | None:
        """The entry with this key, None where the queue has none."""
        return next(iter(self._entries("key = ?", key)), None)

    def of(self, doc_id: str) -> Sequence[Queued]:
        """The entries of a document."""
        return self._entries("doc_id = ? ORDER BY position", doc_id)

    def _entries(self, where: str, *values: object) -> Sequence[Queued]:
        found: Sequence[Any] = self._tables.cursor().execute(f"SELECT * FROM review_queue WHERE {where}", values).fetchall()
        return [Queued(position, key, Asked(asked), doc_id, tuple(ids), priority) for position, key, asked, doc_id, ids, priority in found]


def _cases(values: dict[str, float], of: str) -> str:
    return f"CASE {of} " + " ".join(f"WHEN '{name}' THEN {value}" for name, value in values.items()) + " END"


_QUEUE = f"""
WITH
-- Findings by number; the first that a finding rests on is the one that it names.
named AS (
  SELECT "check", severity, fault, "check" IN {_GRADE_CHECKS} AS is_of_grade, string_split(mention_ids, ' | ') AS ids
  FROM findings WHERE severity IN ('error', 'warning') AND mention_ids IS NOT NULL
),
told AS (SELECT * EXCLUDE (ids), unnest(ids) AS mention_id, generate_subscripts(ids, 1) AS nth FROM named),
contradicted AS (
  SELECT mention_id, "check" IN {_CODE_CHECKS} AS is_code, bool_or(nth = 1 AND NOT is_of_grade) AS is_named, max(
    {_cases(_BY_FAULT, "fault")} * CASE severity WHEN 'error' THEN 1 ELSE {_WARNING} END
    * CASE WHEN nth = 1 AND NOT is_of_grade THEN 1 ELSE {_TERM} END
  ) AS doubt
  FROM told GROUP BY ALL
),
doubted AS (
  SELECT *, confidence < {SURE} AND (year_confidence IS NULL OR confidence < year_confidence - 0.0001) AS is_doubted,
    coalesce(year_confidence < {SURE}, false) OR coalesce(year_from = 'unread', false) AS is_year_doubted
  FROM mentions
  -- Most numbers are sure and uncontradicted; only the others come further.
  WHERE value IS NULL OR confidence < {SURE} OR year_confidence < {SURE} OR year_from = 'unread'
    OR mention_id IN (SELECT mention_id FROM contradicted)
    OR (doc_id, page, printed_code) IN (SELECT (doc_id, page, printed) FROM codes WHERE confidence < {SURE})
),
weighed AS (
  SELECT doubted.*, coalesce(own.effect, later.effect, {_OF_UNKNOWN}) * {_cases(_BY_KIND, "kind")} AS effect,
    CAST(split_part(mention_id, ':', 2) AS INTEGER) AS number
  FROM doubted
  LEFT JOIN review_effects AS own ON own.fiscal_year = doubted.fiscal_year AND own.code = doubted.code
  LEFT JOIN review_effects AS later ON later.fiscal_year = {_ANY_YEAR} AND later.code = doubted.code
),
values_asked AS (
  SELECT 'value' AS asked, doc_id, page, number, [mention_id] AS ids, effect, 1 - (
    CASE WHEN value IS NULL THEN 0 WHEN is_doubted THEN confidence ELSE 1 END
    * (1 - coalesce(contradicted.doubt, 0) * CASE reader WHEN 'text' THEN {_TEXT_LAYER} ELSE 1 END)
  ) AS doubt
  FROM weighed LEFT JOIN contradicted USING (mention_id)
  WHERE NOT coalesce(is_code, false)
    AND (value IS NULL OR is_doubted OR is_named OR contradicted.doubt * CASE reader WHEN 'text' THEN {_TEXT_LAYER} ELSE 1 END >= {_LEAST})
),
-- One answer for all numbers of a row: they stand under one code.
coded AS (
  SELECT weighed.*, 1 - codes.confidence AS doubt FROM weighed JOIN codes
    ON codes.doc_id = weighed.doc_id AND codes.page = weighed.page AND codes.printed = weighed.printed_code
    AND codes.code IS NOT DISTINCT FROM weighed.code AND codes.confidence < {SURE}
  UNION ALL
  SELECT weighed.*, contradicted.doubt FROM weighed JOIN contradicted USING (mention_id) WHERE is_code AND code IS NOT NULL
),
codes_asked AS (
  SELECT 'code' AS asked, doc_id, min(page) AS page, min(number) AS number, list(mention_id ORDER BY number) AS ids,
    max(effect) AS effect, max(doubt) AS doubt
  FROM (SELECT DISTINCT ON (mention_id) * FROM coded ORDER BY mention_id, doubt DESC)
  GROUP BY doc_id, code, printed_code, coalesce("table", -number), coalesce("row", -number)
),
-- One answer for all numbers that are dated by the same print.
years_asked AS (
  SELECT 'year' AS asked, doc_id, min(page) AS page, min(number) AS number, list(mention_id ORDER BY number) AS ids,
    least(sum(effect), 1) AS effect, max(CASE WHEN year_from = 'unread' THEN 1 ELSE 1 - year_confidence END) AS doubt
  FROM weighed WHERE is_year_doubted
  GROUP BY doc_id, fiscal_year, year_from, year_confidence, coalesce("table", -page), CASE WHEN year_from <> 'section' THEN "column" END
),
scored AS (
  SELECT doc_id, bool_or(fiscal_year IS NULL AND year_from IS NULL) AS is_undated, bool_or(agency IS NULL) AS is_nameless
  FROM mentions GROUP BY doc_id
),
documents_asked AS (
  SELECT 'agency' AS asked, doc_id, 1 AS page, 0 AS number, CAST([] AS VARCHAR[]) AS ids, 1.0 AS effect,
    1 - coalesce(agency_confidence, CASE WHEN agency IS NULL THEN 0 ELSE {_NO_NAME} END) AS doubt
  FROM documents JOIN scored USING (doc_id)
  WHERE is_nameless OR agency_confidence < {SURE} OR agency_candidates IS NOT NULL
  UNION ALL
  SELECT 'year', doc_id, 1, 0, CAST([] AS VARCHAR[]), 1.0, 1.0
  FROM documents JOIN scored USING (doc_id) WHERE report_year IS NULL AND is_undated
),
asked AS (
  FROM values_asked UNION ALL BY NAME FROM codes_asked UNION ALL BY NAME FROM years_asked UNION ALL BY NAME FROM documents_asked
)
SELECT CAST(row_number() OVER (ORDER BY priority DESC, doc_id, page, number, asked) - 1 AS INTEGER) AS position,
  asked || ':' || CASE len(ids) WHEN 0 THEN doc_id ELSE ids[1] END AS key, asked, doc_id, ids AS mention_ids, priority
FROM (SELECT *, doubt * effect AS priority FROM asked ORDER BY priority DESC, doc_id, page, number, asked LIMIT {_MOST})
ORDER BY position
"""
