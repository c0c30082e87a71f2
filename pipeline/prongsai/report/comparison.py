"""The comparison of agencies: who they are, their scores column by column, and what the columns mean, as data for its page.

Scores are hundredths of a point, as whole numbers where they are whole: short to write and exact to compare.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from prongsai.knowledge import Framework
from prongsai.language.folding import fold
from prongsai.report.model import INSTRUMENTS, Agency, Model
from prongsai.report.words import word
from prongsai.report.writing import Site

LETTERS = ("i", "e", "o")
"""With which the codes of questions begin."""

_SCORES = """
WITH cells AS (
  SELECT code, nth, CAST(100 * min(suggested_value) AS DOUBLE) AS suggested,
    CASE WHEN count(DISTINCT value) = 1 AND count(value) = count(*) THEN CAST(100 * min(value) AS DOUBLE) END AS value,
    bool_or(agreement = 'conflict') OR count(DISTINCT value) > 1 AS is_conflict
  FROM scores JOIN thai_order o ON o.agency = scores.agency AND o.place_code = coalesce(scores.place_code, '')
  WHERE fiscal_year = ? GROUP BY ALL
)
SELECT code, list(nth ORDER BY nth) AS agencies, list(value ORDER BY nth) AS values,
  list(nth ORDER BY nth) FILTER (is_conflict) AS conflicts, list(nth ORDER BY nth) FILTER (value IS NULL AND NOT is_conflict) AS unread,
  list(nth ORDER BY nth) FILTER (suggested IS DISTINCT FROM value AND suggested IS NOT NULL) AS mended,
  list(suggested ORDER BY nth) FILTER (suggested IS DISTINCT FROM value AND suggested IS NOT NULL) AS suggested
FROM cells GROUP BY code
"""
"""Documents that may be of two agencies of one name have rows of their own; where those differ, neither is shown for both."""


def write(site: Site, model: Model) -> None:
    """Writes `comparison.html` and its data: `agencies.js`, `comparison.js`, and by year `scores-…` and `questions-…`."""
    agencies = in_thai_order(model.agencies.values())
    site.data("data/agencies.js", "agencies", _agencies(model, agencies))
    model.tables.execute(
        "CREATE OR REPLACE TABLE thai_order AS SELECT unnest(?::VARCHAR[]) AS agency, unnest(?::VARCHAR[]) AS place_code,"
        " unnest(range(?)) AS nth",
        [[one.name for one in agencies], [one.place_code for one in agencies], len(agencies)],
    )
    years = {year: _write_year(site, model, year) for year in model.years}
    # A year that is misread or only quoted has few agencies: it is not what people come for.
    first = max(years, key=lambda year: (years[year]["agencies"], year), default=None)
    changed = {f"{year}-{than}": other_questions(model, year, than) for year in years for than in years if than != year}
    site.data("data/comparison.js", "comparison", {"years": list(years), "first": first, "of": years, "other": changed})
    site.page("comparison.html", "comparison.html", title=word("comparison.title"), has_scores=bool(years))


def in_thai_order(agencies: Any) -> list[Agency]:
    """As a Thai dictionary has them: data files name agencies by their place in this list."""
    return sorted(agencies, key=lambda one: (thai_key(one.name), one.name, one.place_code))


_LEADING = re.compile(
    "([\N{THAI CHARACTER SARA E}-\N{THAI CHARACTER SARA AI MAIMALAI}])([\N{THAI CHARACTER KO KAI}-\N{THAI CHARACTER HO NOKHUK}])"
)
_TONES = re.compile("[\N{THAI CHARACTER MAITAIKHU}-\N{THAI CHARACTER THANTHAKHAT}]")


def thai_key(text: str) -> str:
    """What Thai text is ordered by: a vowel written before its consonant counts after it, tone marks do not count."""
    return _TONES.sub("", _LEADING.sub(r"\2\1", text))


def _agencies(model: Model, agencies: Sequence[Agency]) -> dict[str, Any]:
    kinds = sorted({agency.kind for agency in agencies if agency.kind}, key=[kind.code for kind in model.knowledge.agency_kinds].index)
    provinces = sorted({agency.province for agency in agencies if agency.province}, key=thai_key)
    short = {kind.code: list(kind.abbreviations) for kind in model.knowledge.agency_kinds}
    named = [(kind, model.kind_name(kind)) for kind in kinds]
    return {
        "kinds": [{"code": kind, "th": name.th, "en": name.en, "short": short[kind]} for kind, name in named],
        "provinces": provinces,
        "rows": [
            [
                agency.key,
                agency.name,
                kinds.index(agency.kind) if agency.kind else -1,
                provinces.index(agency.province) if agency.province else -1,
                agency.district,
            ]
            for agency in agencies
        ],
    }


def _write_year(site: Site, model: Model, year: int) -> dict[str, Any]:
    """Writes a year's scores and gives its columns, each with what it belongs to: the overall score, instruments and indicators;
    sub-indicators; and by letter questions."""
    framework = model.knowledge.framework(year)
    found = {row["code"]: row for row in model.rows(_SCORES, year)}
    rows = sorted({at for column in found.values() for at in column["agencies"]})
    codes = sorted(found, key=lambda code: _place(code, framework))
    questions = {letter: [code for code in codes if code[0] == letter and code[1:].isdigit()] for letter in LETTERS}
    rest = [code for code in codes if not any(code in those for those in questions.values())]
    site.data(f"data/scores-{year}.js", f"scores-{year}", {"rows": rows, **_columns(rows, {code: found[code] for code in rest})})
    for letter, those in questions.items():
        if those:
            wordings = {code: model.name(code, year).th for code in those}
            data = {"rows": rows, "wordings": wordings, **_columns(rows, {code: found[code] for code in those})}
            site.data(f"data/questions-{year}-{letter}.js", f"questions-{year}-{letter}", data)
    names = {code: model.name(code, year) for code in rest}
    return {
        "agencies": len(rows),
        "main": [[code, _instrument(code, framework)] for code in rest if "." not in code],
        "sub": [[code, code.partition(".")[0]] for code in rest if "." in code],
        "names": {code: {"th": name.th, "en": name.en} for code, name in names.items()},
        "questions": {letter: [[code, _indicator(code, framework)] for code in those] for letter, those in questions.items() if those},
    }


def _columns(rows: Sequence[int], found: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """By code the values of the agencies in `rows`, and at which of them a value needs a word."""
    place = {agency: at for at, agency in enumerate(rows)}
    columns: dict[str, dict[str, Any]] = {name: {} for name in ("values", "conflicts", "unread", "suggested")}
    for code, column in found.items():
        values: list[float | int | None] = [None] * len(rows)
        for agency, value in zip(column["agencies"], column["values"], strict=True):
            values[place[agency]] = _short(value)
        columns["values"][code] = values
        for name in ("conflicts", "unread"):
            if column[name]:
                columns[name][code] = [place[agency] for agency in column[name]]
        if column["mended"]:
            mended = zip(column["mended"], column["suggested"], strict=True)
            columns["suggested"][code] = {place[agency]: _short(value) for agency, value in mended}
    return columns


def _short(value: float | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == int(value) else round(value, 2)


def _place(code: str, framework: Framework | None) -> tuple[int, tuple[object, ...]]:
    """Where a code's column stands: as the year's framework has it, and after those as the numbers in codes go."""
    order = framework.all_codes() if framework is not None else ()
    if code in order:
        return order.index(code), ()
    return len(order), tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", code))


def _indicator(code: str, framework: Framework | None) -> str:
    question = framework.question(code) if framework is not None else None
    return question.indicator if question is not None else ""


def _instrument(code: str, framework: Framework | None) -> str:
    """The instrument of an indicator; nothing of any other code."""
    indicator = framework.indicator(code) if framework is not None else None
    return indicator.instrument if indicator is not None else ""


def other_questions(model: Model, year: int, than: int) -> list[str]:
    """Codes that two years share and that do not surely mean the same in both: their change would say nothing."""
    one, other = model.knowledge.framework(year), model.knowledge.framework(than)
    known = one or other
    if one is None or other is None:
        return list(known.codes()) if known is not None else []
    # The overall score and those of instruments mean the same in every year.
    codes = set(one.all_codes()) & set(other.all_codes()) - {"ITA", *INSTRUMENTS}
    return [code for code in one.all_codes() if code in codes and not _names(one, code) & _names(other, code)]


def _names(framework: Framework, code: str) -> set[str]:
    """What a code is called or how its question is worded, folded."""
    question = framework.question(code)
    entry = framework.indicator(code) or framework.subindicator(code)
    own = question.wording if question is not None else entry.name if entry is not None else ""
    others = question.aliases if question is not None else entry.aliases if entry is not None else ()
    return {fold(text) for text in (own, *others) if text}
