"""The first page: what was read, how overall scores lie, what was found, and what was not read. All of it is counted by the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from prongsai.errors import KnowledgeError
from prongsai.report import charts
from prongsai.report.model import Model, document_page
from prongsai.report.peers import LEAST
from prongsai.report.words import Both, word
from prongsai.report.writing import Site

_TOP = 20
"""Groups on a chart; the table beside it has all of them."""
_UNREAD = 30
"""Documents that are named on the page; the list of documents has all of them."""
_BINS = 24
"""The most ranges of scores in a histogram."""


def write(site: Site, model: Model) -> None:
    """Writes `index.html`; the table `owners` must stand (see `peers.list_owners`)."""
    years = [_spread(row) for row in model.rows(_SPREADS.format(by="fiscal_year", where="true") + " ORDER BY 1")]
    kinds = _groups(model, "kind", model.kind_name)
    provinces = _groups(model, "province", lambda name: Both.same(name) if name else word("overview.no_province"))
    rules = _rules(model)
    site.page(
        "index.html",
        "index.html",
        title=word("overview.title"),
        counts=next(model.rows(_COUNTS)),
        years=years,
        years_rows=charts.island([{**row, "year": str(row["of"])} for row in years]),
        spreads=list(_histograms(model, years)),
        kinds=kinds,
        kinds_rows=charts.island(_charted(kinds)),
        provinces=provinces,
        provinces_rows=charts.island(_charted(provinces)),
        top=_TOP,
        least=LEAST,
        rules=rules,
        rules_rows=charts.island(_rule_rows(rules)),
        not_read=[{**row, "page": document_page(row["doc_id"] or "", row["path"])} for row in model.rows(_NOT_READ, _UNREAD)],
    )


def _spread(row: Mapping[str, Any]) -> dict[str, Any]:
    """A group of agencies: how many, and how their overall scores lie; a few have no middle half."""
    q1, median, q3 = row["quartiles"] if row["n"] >= LEAST else (None, row["quartiles"][1], None)
    return {"of": row["of"], "count": row["n"], "q1": q1, "median": median, "q3": q3, "lowest": row["lowest"], "highest": row["highest"]}


def _groups(model: Model, by: str, name: Callable[[str], Both]) -> list[dict[str, Any]]:
    """The groups with their names, the highest median first; what is not known stands last."""
    found = (_spread(row) for row in model.rows(_SPREADS.format(by=by, where="is_latest")))
    named = ({**row, "name": name(row["of"])} for row in found)
    return sorted(named, key=lambda row: (not row["of"], -row["median"], row["name"].th))


def _charted(groups: Sequence[Mapping[str, Any]]) -> list[dict[str, object]]:
    """The largest groups, in the order of the table."""
    largest = sorted((row for row in groups if row["of"]), key=lambda row: -row["count"])[:_TOP]
    kept = {row["of"] for row in largest}
    return [{"label": charts.said(row["name"]), **_numbers(row)} for row in groups if row["of"] in kept]


def _numbers(row: Mapping[str, Any]) -> dict[str, object]:
    return {name: row[name] for name in ("count", "q1", "median", "q3")}


def _histograms(model: Model, years: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """For each year, the latest first, how many agencies lie in each range; the ranges are the same for all."""
    if not years:
        return
    lowest = min(row["lowest"] for row in years)
    width = next(width for width in (1, 2, 5, 10) if (100 - lowest) / width <= _BINS or width == 10)
    # Full marks stand in the range below them.
    start = min(int(lowest // width * width), 100 - width)
    found: dict[int, dict[int, int]] = {}
    for row in model.rows(_HISTOGRAM, width, 100 - width):
        found.setdefault(row["fiscal_year"], {})[row["floor_at"]] = row["n"]
    for year in reversed(years):
        counts = found[year["of"]]
        rows = [{"from": at, "to": at + width, "count": counts.get(at, 0)} for at in range(start, 100, width)]
        fullest = max(rows, key=lambda row: row["count"])
        label = word("overview.spread_chart", year=year["of"], most=fullest["count"], **{"from": fullest["from"], "to": fullest["to"]})
        yield {"year": year["of"], "count": year["count"], "label": label, "rows": rows, "island": charts.island(rows)}


def _rules(model: Model) -> list[dict[str, Any]]:
    """The rules that found something, those with most errors first."""
    return [{**row, "name": named("check", row["check"])} for row in model.rows(_RULES)]


def named(group: str, code: str) -> Both:
    """What the pages call one of a closed list, like a rule or a reason; its code where they have no words for it."""
    try:
        return word(f"{group}.{code}")
    except KnowledgeError:
        return Both.same(code)


def _rule_rows(rules: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, object]]:
    for row in rules:
        total = row["errors"] + row["warnings"]
        if not total:
            continue
        for order, severity in enumerate(charts.SEVERITIES):
            count = row[f"{severity}s"]
            about = {"label": charts.said(row["name"]), "said": charts.said(word(f"severity.{severity}"))}
            yield {**about, "severity": severity, "order": order, "count": count, "total": total}


_OVERALL = """
(SELECT s.fiscal_year, s.value::DOUBLE AS value, o.kind, o.province,
   row_number() OVER (PARTITION BY o.agency, o.place_code ORDER BY s.fiscal_year DESC) = 1 AS is_latest
 FROM agency_scores s JOIN owners o USING (agency, place_code)
 WHERE s.code = 'ITA' AND s.value IS NOT NULL AND s.fiscal_year IS NOT NULL)
"""
_SPREADS = (
    'SELECT {by} AS "of", count(*) AS n, quantile_cont(value, [0.25, 0.5, 0.75]) AS quartiles, min(value) AS lowest, max(value) AS highest'
    " FROM " + _OVERALL + " WHERE {where} GROUP BY {by}"
)
# The range at the top holds full marks too.
_HISTOGRAM = f"""
SELECT fiscal_year, floor_at, count(*) AS n
FROM (
  SELECT fiscal_year, least(floor(value / width) * width, last)::INTEGER AS floor_at
  FROM {_OVERALL}, (SELECT ?::INTEGER AS width, ?::INTEGER AS last)
)
GROUP BY ALL
"""
_COUNTS = """
SELECT
  (SELECT count(*) FROM documents) AS documents,
  (SELECT count(*) FROM documents WHERE status = 'complete') AS complete,
  (SELECT count(*) FROM documents WHERE status = 'partial') AS partial,
  (SELECT count(*) FROM documents WHERE status = 'rejected') AS rejected,
  (SELECT coalesce(sum(pages), 0)::BIGINT FROM documents) AS pages,
  (SELECT count(*) FROM owners) AS agencies,
  (SELECT count(value) FROM scores) AS scores,
  (SELECT count(*) FROM mentions) AS numbers,
  (SELECT count(*) FROM mentions WHERE value IS NULL) AS unread,
  (SELECT count(*) FROM codes) AS misprints,
  (SELECT count(*) FROM findings WHERE severity = 'error') AS errors,
  (SELECT count(*) FROM findings WHERE severity = 'warning') AS warnings,
  (SELECT count(*) FROM findings WHERE severity = 'note') AS notes,
  (SELECT count(*) FROM findings WHERE "check" = 'page-failed') AS pages_failed,
  (SELECT count(*) FROM findings WHERE "check" = 'unread-numerals') AS pages_unread
"""
_RULES = """
SELECT "check", count(*) FILTER (severity = 'error') AS errors, count(*) FILTER (severity = 'warning') AS warnings,
  count(*) FILTER (severity = 'note') AS notes, count(DISTINCT path) AS documents
FROM findings GROUP BY "check" ORDER BY errors DESC, warnings DESC, notes DESC, "check"
"""
_NOT_READ = """
SELECT doc_id, path, status, coalesce(reason, '') AS reason FROM documents
WHERE status <> 'complete' ORDER BY status DESC, path LIMIT ?
"""
