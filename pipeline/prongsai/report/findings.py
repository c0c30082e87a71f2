"""The list of findings: an index small enough to filter at once, and by the hundred the words and the place on the page of each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from prongsai.language.numerals import THAI_DIGITS
from prongsai.report.comparison import in_thai_order
from prongsai.report.model import Model, document_page
from prongsai.report.pictures import FOLDER, Line
from prongsai.report.words import word
from prongsai.report.writing import Site

CHUNK = 200
"""Findings whose words stand in one file."""

_AROUND = 120
"""Letters of a line that are shown before and after what is printed."""

# What shows a finding: what is printed in its own words; a number beside such words; or a number that it rests on: one of its
# subject that reads as it says, one that reads so, one of its subject, or the first, which the audit names first.
_TOLD = """
WITH told AS (
  SELECT *, row_number() OVER (ORDER BY CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, "check",
    agency NULLS LAST, fiscal_year DESC, path, page, subject, message) AS n
  FROM findings
),
resting AS (SELECT n, printed AS told_print, subject, string_split(mention_ids, ' | ') AS ids FROM told WHERE mention_ids IS NOT NULL),
rested AS (SELECT * EXCLUDE (ids), unnest(ids) AS mention_id, generate_subscripts(ids, 1) AS nth FROM resting),
numbers AS (
  SELECT n, nth + 1000 * (CASE WHEN m.code = subject THEN 0 ELSE 1 END
    + CASE WHEN ltrim(translate(m.printed_value, ?, '0123456789'), '+') = ltrim(told_print, '+')
      OR m.value = TRY_CAST(told_print AS DECIMAL(9, 4)) THEN 0 ELSE 2 END) AS rank,
    m.doc_id, m.page, m.line, m.x0, m.top, m.x1, m.bottom, m.printed_value AS print, mention_id, m.agency AS owner, m.place_code
  FROM rested JOIN mentions m USING (mention_id)
),
prints AS (
  SELECT doc_id, page, line, x0, top, x1, bottom, printed, grade AS said FROM grades
  UNION ALL SELECT doc_id, page, line, x0, top, x1, bottom, printed, printed FROM codes
  UNION ALL SELECT doc_id, page, line, x0, top, x1, bottom, printed, printed FROM claims
),
words AS (
  SELECT n, 0 AS rank, p.doc_id, p.page, p.line, p.x0, p.top, p.x1, p.bottom, p.printed AS print, NULL AS mention_id,
    NULL AS owner, NULL AS place_code
  FROM told JOIN prints p ON p.doc_id = told.doc_id AND p.page = told.page AND told.printed IN (p.said, p.printed)
),
labelled AS (
  SELECT n, 1 AS rank, m.doc_id, m.page, m.line, m.x0, m.top, m.x1, m.bottom, m.printed_value AS print, m.mention_id,
    m.agency AS owner, m.place_code
  FROM told JOIN mentions m ON m.doc_id = told.doc_id AND m.page = told.page AND m.code = subject AND m.printed_code = told.printed
  WHERE mention_ids IS NULL
),
shown AS (
  SELECT DISTINCT ON (n) * FROM (FROM words UNION ALL FROM labelled UNION ALL FROM numbers) ORDER BY n, rank, top, x0
),
owners AS (SELECT DISTINCT ON (n) n, owner, place_code FROM numbers ORDER BY n, rank)
"""
_ALL = f"""{_TOLD}
SELECT told.*, s.doc_id AS shown_doc_id, s.page AS shown_page, s.line AS shown_line, s.x0, s.top, s.x1, s.bottom, s.print, s.mention_id,
  o.owner, o.place_code, pages.width_pt, pages.height_pt
FROM told LEFT JOIN shown s USING (n) LEFT JOIN owners o USING (n)
LEFT JOIN pages ON pages.doc_id = s.doc_id AND pages.page = s.page
ORDER BY n
"""
_LINES = f"{_TOLD} SELECT DISTINCT doc_id, page, line FROM shown WHERE x0 IS NULL AND line IS NOT NULL"


def wanted_lines(model: Model) -> set[Line]:
    """The lines of given text that show a finding: there is no picture of them."""
    return {(row["doc_id"], row["page"], row["line"]) for row in model.rows(_LINES, THAI_DIGITS)}


def write(site: Site, model: Model, lines: Mapping[Line, str]) -> None:
    """Writes `findings.html`, the index of its findings (`findings.js`, notes in `findings-notes.js`) and their words in chunks.

    `lines` are the texts of `wanted_lines`; of page pictures those are shown that stand in the site by now.
    """
    index = _Index(site, model)
    chunk: list[list[Any]] = []
    count = 0
    for row in model.rows(_ALL, THAI_DIGITS):
        index.add(row)
        chunk.append(_told(row, index.has_picture(row), lines))
        count += 1
        if len(chunk) == CHUNK:
            _write_chunk(site, count // CHUNK - 1, chunk)
            chunk = []
    if chunk:
        _write_chunk(site, count // CHUNK, chunk)
    site.data("data/findings.js", "findings", index.grave())
    site.data("data/findings-notes.js", "findings-notes", index.notes())
    site.page("findings.html", "findings.html", title=word("findings.title"), has_findings=count > 0)


def _write_chunk(site: Site, number: int, chunk: list[list[Any]]) -> None:
    site.data(f"data/findings-{number}.js", f"findings-{number}", chunk)


_COLUMNS = ("check", "fault", "agency", "year", "document", "page", "subject", "printed", "expected")
_NOTE = "note"


class _Index:
    """What findings are filtered by, column by column; texts that come again are numbers of a list."""

    def __init__(self, site: Site, model: Model) -> None:
        self._pictures = site.folder / FOLDER
        self._drawn: dict[tuple[str, int], bool] = {}
        self._agencies = {(one.name, one.place_code): at for at, one in enumerate(in_thai_order(model.agencies.values()))}
        by_name: dict[str, list[int]] = {}
        for (name, _), at in self._agencies.items():
            by_name.setdefault(name, []).append(at)
        self._only = {name: those[0] for name, those in by_name.items() if len(those) == 1}
        self._documents = {row["path"]: row for row in model.rows("SELECT path, agency, place_code FROM documents")}
        self._lists: dict[str, dict[Any, int]] = {name: {} for name in ("check", "fault", "document", "subject")}
        self._grave = {name: list[Any]() for name in _COLUMNS}
        self._notes = {name: list[Any]() for name in _COLUMNS}
        self._counts = {"error": 0, "warning": 0, _NOTE: 0}

    def add(self, row: Mapping[str, Any]) -> None:
        """Takes the next finding; errors come before warnings, and notes last."""
        columns = self._notes if row["severity"] == _NOTE else self._grave
        self._counts[row["severity"]] += 1
        columns["check"].append(self._nth("check", row["check"]))
        columns["fault"].append(self._nth("fault", row["fault"]))
        columns["agency"].append(self._agency(row))
        columns["year"].append(row["fiscal_year"])
        columns["document"].append(self._nth("document", (row["path"], document_page(row["doc_id"] or "", row["path"]))))
        columns["page"].append(row["page"])
        columns["subject"].append(self._nth("subject", row["subject"] or ""))
        columns["printed"].append(row["printed"] or "")
        columns["expected"].append(row["expected"] or "")

    def has_picture(self, row: Mapping[str, Any]) -> bool:
        """Whether the site has a picture of the page that shows it."""
        if row["x0"] is None or not row["width_pt"] or not row["height_pt"]:
            return False
        place = (row["shown_doc_id"], row["shown_page"])
        if place not in self._drawn:
            self._drawn[place] = (self._pictures / place[0] / f"{place[1]}.webp").is_file()
        return self._drawn[place]

    def grave(self) -> dict[str, Any]:
        """Errors and warnings, the lists that numbers stand for, and how many there are of each severity."""
        lists = {name: list(those) for name, those in self._lists.items()}
        return {"counts": self._counts, "chunk": CHUNK, "lists": lists, "columns": self._grave}

    def notes(self) -> dict[str, Any]:
        """The notes: only few people ask for them, and they are many."""
        return {"columns": self._notes}

    def _nth(self, name: str, value: Any) -> int:
        known = self._lists[name]
        return known.setdefault(value, len(known))

    def _agency(self, row: Mapping[str, Any]) -> int:
        """The agency's number in `agencies.js`; -1 where it is not known which it is. A document's own stands for findings on pages."""
        document = self._documents.get(row["path"])
        name = row["agency"] or (document["agency"] if document else None)
        place = row["place_code"] if row["owner"] == name else document["place_code"] if document and document["agency"] == name else None
        found = self._agencies.get((name or "", place or ""))
        return found if found is not None else self._only.get(name or "", -1)


def _cut(line: str, printed: str) -> tuple[str, str, str]:
    """A line of text in three: what is printed, and what stands before and after it, of long lines the nearest part."""
    at = line.find(printed) if printed else -1
    if at < 0:
        return line if len(line) <= 2 * _AROUND else line[: 2 * _AROUND] + "…", "", ""
    before, after = line[:at], line[at + len(printed) :]
    before = before if len(before) <= _AROUND else "…" + before[-_AROUND:]
    return before, printed, after if len(after) <= _AROUND else after[:_AROUND] + "…"


def _told(row: Mapping[str, Any], has_picture: bool, lines: Mapping[Line, str]) -> list[Any]:
    """A finding's words, where it leads, and what shows it: a part of a page's picture or a line of text."""
    nth = (row["mention_id"] or "").rpartition(":")[2]
    page = row["page"] or row["shown_page"]
    target = f"m-{nth}" if nth else f"p{page}" if page else ""
    shown: list[Any] = []
    if has_picture:
        box = [round(row[side], 1) for side in ("x0", "top", "x1", "bottom")]
        picture = f"{FOLDER}/{row['shown_doc_id']}/{row['shown_page']}.webp"
        shown = [picture, row["width_pt"], row["height_pt"], *box, row["shown_page"], row["print"]]
    elif row["shown_line"] is not None:
        line = lines.get((row["shown_doc_id"], row["shown_page"], row["shown_line"]))
        shown = [row["shown_line"], *_cut(line, row["print"] or "")] if line else []
    return [row["message_th"], row["message"], row["suggestion"] or "", target, shown]
