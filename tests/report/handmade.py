"""Tables made by hand, as a model that pages can be made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import duckdb

from prongsai.export.duckdb_file import TYPES
from prongsai.export.schema import load_schema
from prongsai.knowledge import load_knowledge
from prongsai.report.model import Agency, Model
from prongsai.report.peers import list_owners

Row = Mapping[str, object]


def model_of(agencies: Sequence[Agency], **tables: Sequence[Row]) -> Model:
    """A model of these agencies and rows; what a row leaves out is empty."""
    connection = duckdb.connect(":memory:")
    for spec in load_schema():
        columns = ", ".join(f'"{column.name}" {TYPES[column.type]}' for column in spec.columns)
        connection.execute(f'CREATE TABLE "{spec.name}" ({columns})')
        for row in tables.get(spec.name, ()):
            names = ", ".join(f'"{name}"' for name in row)
            connection.execute(f'INSERT INTO "{spec.name}" ({names}) VALUES ({", ".join("?" * len(row))})', list(row.values()))
    ordered = sorted(agencies, key=lambda one: (one.name, one.place_code))
    years = sorted({year for row in tables.get("scores", ()) if isinstance(year := row["fiscal_year"], int)}, reverse=True)
    model = Model(connection, load_knowledge(), {(one.name, one.place_code): one for one in ordered}, years)
    list_owners(model)
    return model


def score(agency: Agency, year: int | None, code: str, value: float | None, **more: object) -> Row:
    """A row of `scores`."""
    scope = "overall" if code == "ITA" else "indicator" if code.startswith("ind") else "instrument" if code.isupper() else "question"
    told = {"agency": agency.name, "place_code": agency.place_code or None, "fiscal_year": year, "code": code, "scope": scope}
    return {**told, "doc_id": "d" * 16, "value": value, "mentions": 1, "agreement": "single", **more}


def mention(agency: Agency, year: int, code: str, value: float | None, nth: int, **more: object) -> Row:
    """A row of `mentions`, the nth of its document."""
    about = {"agency": agency.name, "place_code": agency.place_code or None, "fiscal_year": year, "code": code, "kind": "score"}
    return {**about, "doc_id": "d" * 16, "path": "one.pdf", "page": 1, "value": value, "mention_id": f"{'d' * 16}:{nth}", **more}


def document(agency: Agency | None = None, **more: object) -> Row:
    """A row of `documents`."""
    owner = {"agency": agency.name, "place_code": agency.place_code or None} if agency is not None else {}
    return {"doc_id": "d" * 16, "path": "one.pdf", "pages": 1, "status": "complete", **owner, **more}
