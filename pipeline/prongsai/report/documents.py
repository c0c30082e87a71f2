"""The list of documents, and each document's page: its pictures with boxes, and beside them the numbers that stand in the boxes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from prongsai.export.lists import split_list
from prongsai.progress import Progress
from prongsai.records import EngineOptions
from prongsai.report.model import Following, Model, document_page
from prongsai.report.pictures import Line, Pictures, draw_all
from prongsai.report.states import contradicted_by, state_of
from prongsai.report.words import Both, word
from prongsai.report.writing import Site

PICTURE_PX = 1000
"""How wide a page's picture is."""
_MARGIN_PT = 1.5
"""Around a box, so that its line does not run through the print."""

_COUNTS = """
SELECT d.*, coalesce(m.n, 0) AS numbers, coalesce(f.errors, 0) AS errors, coalesce(f.warnings, 0) AS warnings, coalesce(c.n, 0) AS misprints
FROM documents d
LEFT JOIN (SELECT doc_id, count(*) AS n FROM mentions GROUP BY doc_id) m USING (doc_id)
LEFT JOIN (SELECT doc_id, count(*) AS n FROM codes GROUP BY doc_id) c USING (doc_id)
LEFT JOIN (
  SELECT doc_id, count(*) FILTER (severity = 'error') AS errors, count(*) FILTER (severity = 'warning') AS warnings
  FROM findings GROUP BY doc_id
) f USING (doc_id)
ORDER BY d.path
"""
_ORDERS = {
    "mentions": "CAST(split_part(mention_id, ':', 2) AS INTEGER)",
    "codes": "page, line, top, x0, code",
    "findings": "CASE severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, page, \"check\", subject, message",
    "pages": "page",
    "grades": "page, line, top, x0, grade",
    "claims": "page, line, top, x0, claim_id",
}
"""Of the rows of one document; parts of tables are divided by year, so that they do not come in the order of reading."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written of the documents."""

    documents: int
    pictures: int
    missing: Sequence[str]
    """Why pages lack a picture, a line for each document that lacks any."""
    lines: Mapping[Line, str]
    """The texts of the lines that were wanted."""


def write(
    site: Site, model: Model, *, inputs: Sequence[str], engine: EngineOptions, progress: Progress, wanted_lines: Iterable[Line] = ()
) -> Written:
    """Writes `documents.html`, its data, and a page with pictures for every document; hands on the lines of given text that are wanted."""
    title = word("document.list")
    site.page("documents.html", "documents.html", title=title)
    site.data("data/documents.js", "documents", {"columns": _LISTED, "rows": [_listed(row, model) for row in model.rows(_COUNTS)]})
    pictures = draw_all(site, model, inputs=inputs, engine=engine, width_px=PICTURE_PX, progress=progress, wanted_lines=wanted_lines)
    tables = {name: Following(model.rows(f"SELECT * FROM {name} ORDER BY doc_id, {order}"), "doc_id") for name, order in _ORDERS.items()}
    count, seen = 0, set()
    for document in model.rows("SELECT * FROM documents ORDER BY doc_id, path"):
        # Documents without content share an id; the first has the rows.
        rows = {name: [] if document["doc_id"] in seen else table.of(document["doc_id"]) for name, table in tables.items()}
        seen.add(document["doc_id"])
        _write_one(site, model, document, rows, pictures)
        count += 1
    for table in tables.values():
        table.check_end()
    return Written(count, pictures.drawn, pictures.missing, pictures.lines)


_LISTED = (
    "path page agency agency_page place year status reason pages numbers errors warnings misprints".split()  # noqa: SIM905
)


def _listed(row: Mapping[str, Any], model: Model) -> list[object]:
    agency = model.agencies.get((row["agency"], row["place_code"] or ""))
    return [
        row["path"],
        document_page(row["doc_id"], row["path"]),
        row["agency"] or "",
        agency.page if agency is not None else "",
        _place(row),
        row["report_year"],
        row["status"],
        row["reason"] or "",
        row["pages"],
        row["numbers"],
        row["errors"],
        row["warnings"],
        row["misprints"],
    ]


def _place(document: Mapping[str, Any]) -> str:
    return " ".join(document[name] for name in ("subdistrict", "district", "province") if document[name])


def _write_one(site: Site, model: Model, document: Mapping[str, Any], rows: Mapping[str, list[dict[str, Any]]], pictures: Pictures) -> None:
    agency = model.agencies.get((document["agency"], document["place_code"] or ""))
    wrong = contradicted_by(rows["findings"], rows["mentions"])
    repaired = {(code["page"], code["code"]) for code in rows["codes"]}
    mentions = [_number(row, state_of(row, wrong, repaired), model) for row in rows["mentions"]]
    codes = [{**row, "nth": nth} for nth, row in enumerate(rows["codes"], start=1)]
    name = document["agency"] or document["path"]
    others = {row["page"] for name in ("grades", "claims") for row in rows[name]}
    others |= {row["page"] for row in rows["findings"] if row["page"] and row["severity"] != "note"}
    leaves = list(_leaves(document, mentions, codes, others, rows["pages"], pictures))
    site.page(
        document_page(document["doc_id"], document["path"]),
        "document.html",
        title=Both.same(name),
        document=document,
        agency=agency,
        place=_place(document),
        findings=list(_findings(rows["findings"], {leaf["number"] for leaf in leaves})),
        leaves=leaves,
        has_agencies=any(row["agency"] != document["agency"] for row in mentions),
    )


def _number(row: dict[str, Any], state: str, model: Model) -> dict[str, Any]:
    """A mention as its row shows it."""
    code = row["code"] or ""
    name = model.name(code, row["fiscal_year"]) if code else None
    # What a code is called where nobody knows is the code itself, which stands there already.
    known = None if name == Both.same(code) else name
    maybe = ", ".join(split_list(row["candidates"] or "")[:3]) if row["value"] is None else ""
    return {**row, "nth": running(row["mention_id"]), "state": state, "name": known, "maybe": maybe, "value": _shown(row["value"])}


def running(mention_id: str) -> int:
    """The number of a mention in its document: the element that shows it is `m-` and this."""
    return int(mention_id.rpartition(":")[2])


def _shown(value: Any) -> str | None:
    """Two decimals, more where there are more."""
    if value is None:
        return None
    return f"{value:.2f}" if round(value, 2) == value else f"{value:f}".rstrip("0")


def _findings(rows: Sequence[Mapping[str, Any]], shown: Collection[int]) -> Iterator[dict[str, Any]]:
    """Findings as their rows show them. One on a page that is not `shown` is itself the place that addresses of that page lead to."""
    told: set[int] = set()
    for row in rows:
        ids, page = split_list(row["mention_ids"] or ""), row["page"]
        is_alone = page is not None and page not in shown
        target = f"m-{running(ids[0])}" if ids else f"p{page}" if page is not None and not is_alone else ""
        anchor = f"p{page}" if is_alone and page not in told else ""
        told |= {page} if is_alone else set()
        message = Both(row["message_th"], row["message"])
        yield {**row, "suggestion": row["suggestion"] or "", "message": message, "target": target, "anchor": anchor}


def _leaves(
    document: Mapping[str, Any],
    mentions: Sequence[dict[str, Any]],
    codes: Sequence[dict[str, Any]],
    others: Iterable[int],
    pages: Sequence[Mapping[str, Any]],
    pictures: Pictures,
) -> Iterator[dict[str, Any]]:
    """The pages that have something to show, with what stands on each; `others` are pages with no numbers and no codes."""
    of_page: dict[int, tuple[list[dict[str, Any]], list[dict[str, Any]]]] = defaultdict(
        lambda: ([], []), {page: ([], []) for page in others}
    )
    for row in mentions:
        of_page[row["page"]][0].append(row)
    for code in codes:
        of_page[code["page"]][1].append(code)
    sizes = {row["page"]: (row["width_pt"], row["height_pt"]) for row in pages if row["width_pt"] and row["height_pt"]}
    drawn = pictures.of(document["doc_id"])
    for number, (rows, misprints) in sorted(of_page.items()):
        lines = drawn.lines.get(number, ())
        width, height = sizes.get(number, (1.0, 0.0))
        picture = f"pages/{document['doc_id']}/{number}.webp" if number in drawn.pages and number in sizes else ""
        yield {
            "number": number,
            "rows": rows,
            "codes": misprints,
            "lines": list(_lit_lines(lines, rows)),
            "picture": picture,
            "why": drawn.failures.get(number, ""),
            "width": PICTURE_PX,
            "height": round(PICTURE_PX * height / width),
            "marks": list(_marks(rows, misprints, width, height)) if picture else (),
        }


def _marks(
    rows: Sequence[Mapping[str, Any]], misprints: Sequence[Mapping[str, Any]], width_pt: float, height_pt: float
) -> Iterator[dict[str, Any]]:
    """The boxes on a page's picture, in shares of its width and height, in per cent."""
    for row in (*rows, *misprints):
        if row["x0"] is None:
            continue
        is_code = "mention_id" not in row
        state = "repaired" if is_code else row["state"]
        yield {
            "row": f"{'c' if is_code else 'm'}-{row['nth']}",
            "state": state,
            "said": word(f"state.{state}"),
            "code": row["code"] or "",
            "value": row["printed"] if is_code else row["printed_value"],
            "left": round(100 * (row["x0"] - _MARGIN_PT) / width_pt, 2),
            "top": round(100 * (row["top"] - _MARGIN_PT) / height_pt, 2),
            "width": round(100 * (row["x1"] - row["x0"] + 2 * _MARGIN_PT) / width_pt, 2),
            "height": round(100 * (row["bottom"] - row["top"] + 2 * _MARGIN_PT) / height_pt, 2),
        }


def _lit_lines(lines: Sequence[str], rows: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The lines of a page of given text, each cut where a number stands that was read."""
    by_line: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["line"] is not None:
            by_line[row["line"]].append(row)
    for number, line in enumerate(lines, start=1):
        pieces: list[dict[str, Any]] = []
        at = 0
        for row in by_line[number]:
            found = line.find(row["printed_value"] or "\0", at)
            if found < 0:
                continue
            end = found + len(row["printed_value"])
            pieces += [{"text": line[at:found], "row": None}, {"text": line[found:end], "row": row}]
            at = end
        yield [*(piece for piece in pieces if piece["text"]), {"text": line[at:], "row": None}]
