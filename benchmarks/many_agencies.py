"""The comparison and the list of findings at the size of the country, in a browser: how long they take to open and to answer.

    python -m benchmarks.many_agencies [--agencies 8300] [--years 4] [--keep FOLDER]

The tables are made up, row by row the same every time: each agency has every score of every year, and each report of the last
year six findings and ten notes. A time runs from the click to the picture on the screen.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from .table import markdown

BROWSER = "/usr/bin/chromium"
ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FINDINGS, NOTES = 6, 10
LAST_YEAR = 2568

_ROWS = {
    "documents": """
        SELECT doc_id, path, doc_id AS sha256, 'pdf' AS kind, 10 AS pages, agency, kind AS agency_type, province, year AS report_year,
          'complete' AS status, place_code FROM reports
    """,
    "scores": """
        SELECT doc_id, agency, place_code, year AS fiscal_year, scope, code, 1 AS mentions, doc_id AS doc_ids,
          CASE WHEN chance % 211 = 0 THEN 'conflict' ELSE 'single' END AS agreement,
          CASE WHEN chance % 211 > 0 THEN 70 + chance % 3001 / 100.0 END AS value,
          CASE WHEN chance % 307 = 0 THEN 70 + chance % 2999 / 100.0 END AS suggested_value
        FROM (SELECT *, CAST(hash(doc_id, code) % 1000003 AS INTEGER) AS chance FROM reports JOIN codes USING (year))
    """,
    "mentions": """
        SELECT doc_id, path, nth % 10 + 1 AS page, 300.0 AS x0, 20.0 * nth AS top, 330.0 AS x1, 20.0 * nth + 14 AS bottom, agency,
          place_code, year AS fiscal_year, 'overall' AS scope, 'ITA' AS code, 'score' AS kind, 80.0 AS value, 100 AS scale,
          '80.00' AS printed_value, 'text' AS reader, doc_id || ':' || nth AS mention_id
        FROM reports, range(1, 17) AS _(nth)
    """,
    "pages": "SELECT doc_id, path, nth AS page, 595.0 AS width_pt, 842.0 AS height_pt FROM reports, range(1, 11) AS _(nth)",
    "findings": f"""
        SELECT doc_id, path, nth % 10 + 1 AS page, year AS fiscal_year, agency, names[1 + chance % len(names)] AS "check",
          CASE WHEN nth >= {FINDINGS} THEN 'note' WHEN chance % 3 = 0 THEN 'error' ELSE 'warning' END AS severity,
          codes[1 + chance % len(codes)] AS subject, '91.26' AS printed, '91.62' AS expected, 'source' AS fault,
          thai AS message_th, english AS message, '91.62' AS suggestion, doc_id || ':' || (nth + 1) AS mention_ids
        FROM (
          SELECT *, CAST(hash(doc_id, nth) % 1000003 AS INTEGER) AS chance FROM reports, range({FINDINGS + NOTES}) AS _(nth)
          WHERE year = {LAST_YEAR}
        ), said
    """,
}


def make_tables(folder: Path, agencies: int, years: int) -> None:
    """Writes Parquet files of made-up results."""
    import duckdb

    from prongsai.export.duckdb_file import TYPES
    from prongsai.export.schema import load_schema
    from prongsai.knowledge import load_knowledge

    knowledge = load_knowledge()
    kinds = [kind for kind in knowledge.agency_kinds if kind.level == "local"]
    named = [
        (f"{kinds[at % len(kinds)].name_th}{_place(at)}", f"{at:06}", kinds[at % len(kinds)].code, _place(at % 77))
        for at in range(agencies)
    ]
    first = LAST_YEAR - years + 1
    codes = [(year, code) for year in range(first, LAST_YEAR + 1) for code in knowledge.frameworks[year].all_codes()]
    said = knowledge.messages["total"]
    words = [text.replace("{", "").replace("}", "") for text in (said.th, said.en)]
    checks = ["total", "conflict", "difference", "level", "claim", "basis"]
    with duckdb.connect() as tables:
        tables.execute("CREATE TABLE named (agency VARCHAR, place_code VARCHAR, kind VARCHAR, province VARCHAR)")
        tables.executemany("INSERT INTO named VALUES (?, ?, ?, ?)", named)
        tables.execute("CREATE TABLE codes (year INTEGER, code VARCHAR, scope VARCHAR DEFAULT 'question')")
        tables.executemany("INSERT INTO codes (year, code) VALUES (?, ?)", codes)
        own = [code for year, code in codes if year == LAST_YEAR]
        tables.execute("CREATE TABLE said AS SELECT ? AS thai, ? AS english, ? AS names, ? AS codes", [*words, checks, own])
        tables.execute(f"""CREATE TABLE reports AS SELECT *, substr(sha256(place_code || year), 1, 16) AS doc_id,
            'reports/' || year || '/' || place_code || '.pdf' AS path FROM named, range({first}, {LAST_YEAR + 1}) AS _(year)""")
        (folder / "parquet").mkdir(parents=True)
        for spec in load_schema():
            columns = ", ".join(f'CAST(NULL AS {TYPES[column.type]}) AS "{column.name}"' for column in spec.columns)
            rows = f" UNION ALL BY NAME ({_ROWS[spec.name]})" if spec.name in _ROWS else ""
            tables.execute(f"COPY (SELECT * FROM (SELECT {columns}) WHERE false{rows}) TO '{folder}/parquet/{spec.name}.parquet'")


def _place(number: int) -> str:
    """A made-up name of four syllables."""
    first = ord("\N{THAI CHARACTER KO KAI}")
    return "".join(chr(first + number // 37**power % 37) + "\N{THAI CHARACTER SARA AA}" for power in range(4))


_OPENED = """async () => {
  while (document.querySelectorAll('tbody tr, #found > li').length < 2) await new Promise(requestAnimationFrame);
  return performance.now();
}"""
_TIMED = """async ([selector, value, event]) => {
  const painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)));
  const shown = () => document.querySelector('caption, #count').textContent + document.querySelector('tbody, #found').textContent;
  const element = document.querySelector(selector), before = shown(), start = performance.now();
  if (event === 'click') element.click();
  else { element.value = value; element.dispatchEvent(new Event(event, {bubbles: true})); }
  do { await painted(); } while (shown() === before && performance.now() - start < 5000);
  return performance.now() - start;
}"""
_TYPED = "\N{THAI CHARACTER KHO KHAI}\N{THAI CHARACTER SARA AA}"
_COLUMN = "thead tr:last-child th:nth-child({}) button"
# What is done, and on which element with which value by which event. Typing is waited for until it rests, 150 ms.
_STEPS = {
    "comparison.html": {
        "sort by a column": (_COLUMN.format(4), "", "click"),
        "sort by name": (_COLUMN.format(1), "", "click"),
        "filter by kind": ("[name=kind]", "subdistrict-administration", "change"),
        "filter by name (150 ms of rest)": ("[name=name]", _TYPED, "input"),
        "clear": ("[type=reset]", "", "click"),
        "another year": ("[name=year]", str(LAST_YEAR - 1), "change"),
        "back": ("[name=year]", str(LAST_YEAR), "change"),
        "change since another year": ("[name=than]", str(LAST_YEAR - 1), "change"),
        "sort by change": (_COLUMN.format(3), "", "click"),
        "questions of OIT": ("[name=level]", "o", "change"),
        "sort by a question": (_COLUMN.format(5), "", "click"),
    },
    "findings.html": {
        "filter by kind of finding": ("[name=check]", "conflict", "change"),
        "filter by kind of agency": ("[name=kind]", "subdistrict-administration", "change"),
        "clear": ("[type=reset]", "", "click"),
        "search (150 ms of rest)": ("[name=text]", _TYPED, "input"),
        "last page": (".pager button:last-child", "", "click"),
        "notes too": ("[value=note]", "", "click"),
    },
}


def measure(site: Path) -> list[list[str]]:
    """Milliseconds from opening a page, or from a click, to the picture."""
    from playwright.sync_api import sync_playwright

    rows = []
    with sync_playwright() as player, player.chromium.launch(executable_path=BROWSER, args=ARGUMENTS) as browser:
        for name, steps in _STEPS.items():
            page = browser.new_page(viewport={"width": 1440, "height": 1000})
            page.goto(f"{site.as_uri()}/{name}", wait_until="commit")
            rows.append([name, "open", f"{page.evaluate(_OPENED):.0f}"])
            for step, action in steps.items():
                rows.append([name, step, f"{page.evaluate(_TIMED, list(action)):.0f}"])
            page.close()
    return rows


def main() -> None:
    """Makes the tables and the pages and prints how long each step takes."""
    from prongsai.report import comparison, findings
    from prongsai.report.model import open_model
    from prongsai.report.writing import Site

    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--agencies", type=int, default=8300)
    options.add_argument("--years", type=int, default=4)
    options.add_argument("--keep", type=Path, help="leave tables and pages in this folder, which is not there yet")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.keep or Path(scratch) / "made"
        make_tables(folder, chosen.agencies, chosen.years)
        start = time.perf_counter()
        with open_model(folder) as model, Site(folder / "report") as site:
            site.assets()
            comparison.write(site, model)
            findings.write(site, model, {})
        made = time.perf_counter() - start
        print(markdown(["page", "step", "ms"], measure((folder / "report").resolve())))
        print(f"\nThe pages were made in {made:.1f} s.")


if __name__ == "__main__":
    main()
