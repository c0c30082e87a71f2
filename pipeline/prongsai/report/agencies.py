"""A page for each agency: its scores beside those of its peers, where each is printed, and what was found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from prongsai.export.lists import split_list
from prongsai.report import charts
from prongsai.report.model import Agency, Following, Model, document_page
from prongsai.report.overview import named
from prongsai.report.peers import LEAST, Peers
from prongsai.report.standing import Score, Standings, Year, place
from prongsai.report.words import Both, word
from prongsai.report.writing import Site

_FOLLOWED = ("scores", "prints", "findings", "grades", "codes", "documents")
_AT_ONCE = 1000
"""Agencies whose rows the database sorts at once: all rows of 8,300 agencies took 1.3 GB."""


def write(site: Site, model: Model) -> int:
    """Writes `agencies/<key>.html` for every agency and says how many; the table `owners` must stand (see `peers.list_owners`).

    The tables pass by in the order of the agencies, so that one agency's rows at a time are in memory.
    """
    standings = Standings(model, Peers(model))
    agencies = list(model.agencies.values())
    for start in range(0, len(agencies), _AT_ONCE):
        some = agencies[start : start + _AT_ONCE]
        tables = {name: Following(model.rows(_QUESTIONS[name], start, start + len(some)), "nth") for name in _FOLLOWED}
        for nth, agency in enumerate(some, start=start):
            rows = {name: table.of(nth) for name, table in tables.items()}
            years = standings.of(agency, rows["scores"], rows["prints"])
            site.page(agency.page, "agency.html", **_scores(agency, years, model), **_rest(rows, years))
        for table in tables.values():
            table.check_end()
    return len(agencies)


def _scores(agency: Agency, years: Sequence[Year], model: Model) -> dict[str, Any]:
    """What the page says of the agency and its scores."""
    overall = [(one, one.overall) for one in years if one.year is not None and one.overall is not None]
    charted = next((one for one in years if one.year is not None and any(row.value is not None for row in one.charted)), None)
    return {
        "title": Both.same(agency.name),
        "agency": agency,
        "kind": model.kind_name(agency.kind) if agency.kind else None,
        "years": years,
        "latest": overall[0][1] if overall else None,
        "latest_year": overall[0][0].year if overall else None,
        "where": _where(overall[0][1]) if overall else "",
        "about_peers": _about_peers(*overall[0], model) if overall else None,
        "charted": charted,
        "charted_rows": charts.island(_charted(charted, model)) if charted else "",
        "has_before": charted is not None and any(row.before is not None for row in charted.charted),
        "has_history": len(overall) > 1,
        "has_peers": any(row.spread is not None for _, row in overall),
        "history_rows": charts.island({"year": str(one.year), "own": _plain(row.value), **_band(row)} for one, row in reversed(overall)),
    }


def _where(score: Score) -> str:
    """Which side of its peers' middle half a score lies."""
    if score.spread is None or score.value is None:
        return ""
    return "below" if score.value < score.spread.q1 else "above" if score.value > score.spread.q3 else "within"


def _about_peers(year: Year, score: Score, model: Model) -> Both:
    """Who the agency is held against, how many they are, and how their scores lie."""
    facts = {"year": year.year, "least": LEAST}
    if year.group is None or score.spread is None:
        return word("agency.peers_none", **facts)
    spread, kind = score.spread, year.group.kind
    told = {**facts, "count": f"{spread.count:,}", "q1": f"{spread.q1:.2f}", "q3": f"{spread.q3:.2f}"}
    return word("agency.peers_kind", kind=model.kind_name(kind), **told) if kind else word("agency.peers_all", **told)


def _charted(year: Year, model: Model) -> Iterator[dict[str, object]]:
    for row in year.charted:
        name, number = model.name(row.code, year.year), row.code.removeprefix("ind")
        is_named = number != row.code and number not in name.th
        label = Both(f"{number} {name.th}", f"{number} {name.en}") if is_named else Both.same(row.code)
        yield {"label": charts.said(label), "own": _plain(row.value), "before": _plain(row.before), **_band(row)}


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _band(row: Score) -> dict[str, float]:
    spread = row.spread
    return {} if spread is None else {"q1": spread.q1, "median": spread.median, "q3": spread.q3, "count": spread.count}


def _rest(rows: Mapping[str, Sequence[Mapping[str, Any]]], years: Sequence[Year]) -> dict[str, Any]:
    """What the page says beside scores."""
    latest = next((one.year for one in years if one.year is not None and one.overall is not None), None)
    findings = [_finding(row) for row in rows["findings"]]
    return {
        "findings": [row for row in findings if row["severity"] != "note"],
        "notes": [row for row in findings if row["severity"] == "note"],
        "grade": next((row for row in rows["grades"] if row["fiscal_year"] == latest and row["code"] == "ITA"), None),
        "grades": rows["grades"],
        "misprints": [{**row, "why": named("misprint", row["reason"] or "")} for row in rows["codes"]],
        "documents": [{**row, "page": document_page(row["doc_id"] or "", row["path"])} for row in rows["documents"]],
    }


def _finding(row: Mapping[str, Any]) -> dict[str, Any]:
    ids = split_list(row["mention_ids"] or "")
    page = f"#p{row['page']}" if row["page"] else ""
    href = place(ids[0]) if ids else f"../{document_page(row['doc_id'] or '', row['path'])}{page}"
    return {**row, "name": named("check", row["check"]), "said": Both(row["message_th"], row["message"]), "href": href}


_ORDER = " ORDER BY o.nth, "
_SCORE = "t.fiscal_year, t.scope, t.code, t.value, t.mentions, t.agreement, t.suggested_value, t.suggested_because"
_OWNED = "JOIN owners o ON o.nth >= ? AND o.nth < ? AND o.agency = t.agency AND o.place_code = coalesce(t.place_code, '')"
# What a document says of an agency that is not its own is told apart by the place codes of its mentions.
_ABOUT = """
SELECT t.* EXCLUDE (agency), coalesce(t.agency, d.agency) AS agency,
  CASE WHEN t.agency IS NULL OR t.agency = d.agency THEN d.place_code ELSE m.place_code END AS place_code
FROM {table} t
LEFT JOIN (SELECT doc_id, any_value(agency) AS agency, any_value(place_code) AS place_code FROM documents GROUP BY doc_id) d USING (doc_id)
LEFT JOIN (SELECT doc_id, agency, any_value(place_code) AS place_code FROM mentions GROUP BY doc_id, agency) m
  ON m.doc_id = t.doc_id AND m.agency = t.agency
"""
_QUESTIONS = {
    "scores": f"SELECT o.nth, {_SCORE} FROM scores t {_OWNED}{_ORDER} t.fiscal_year DESC, t.code",
    "prints": f"""
SELECT o.nth, t.fiscal_year, t.code, t.value, count(*) AS n,
  arg_min(t.mention_id, printf('%s %09d', t.doc_id, split_part(t.mention_id, ':', 2)::INTEGER)) AS mention_id
FROM mentions t {_OWNED} WHERE t.kind = 'score' AND t.code IS NOT NULL
GROUP BY o.nth, t.fiscal_year, t.code, t.value{_ORDER} t.fiscal_year, t.code, n DESC, t.value
""",
    "findings": f"""
SELECT o.nth, t.* FROM ({_ABOUT.format(table="findings")}) t {_OWNED}
{_ORDER} CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, t.fiscal_year DESC, t.path, t.page,
  t."check", t.subject, t.message
""",
    "grades": f"""
SELECT o.nth, t.* FROM ({_ABOUT.format(table="grades")}) t {_OWNED}{_ORDER} t.fiscal_year DESC, t.code, t.path, t.page, t.line, t.x0
""",
    "codes": f"""
SELECT o.nth, t.* FROM (SELECT c.*, d.agency, d.place_code FROM codes c JOIN documents d USING (doc_id)) t {_OWNED}
{_ORDER} t.path, t.page, t.line, t.top, t.x0, t.code
""",
    "documents": f"""
SELECT o.nth, d.doc_id, d.path, d.status, d.report_year,
  d.agency = o.agency AND coalesce(d.place_code, '') = o.place_code AS is_own
FROM (
  SELECT agency, place_code, path FROM documents WHERE agency IS NOT NULL UNION
  SELECT DISTINCT agency, place_code, path FROM mentions WHERE kind = 'score' AND agency IS NOT NULL
) t {_OWNED} JOIN documents d ON d.path = t.path
{_ORDER} is_own DESC NULLS LAST, d.report_year DESC, d.path
""",
}
