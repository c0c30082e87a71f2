"""Prongsai from Python: `extract`, `run`, `read_tables`, `audit` and `explain`, each reached as `prongsai.extract` and so on."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from prongsai.errors import InputRejected
from prongsai.options import DEFAULTS, FORMATS, make_options, parse_count, parse_formats, parse_year
from prongsai.outcome import RunReport
from prongsai.progress import Progress, Silent
from prongsai.records import Extract, Status, Tables

if TYPE_CHECKING:
    import pandas

    from prongsai.explaining import Explanation

AnyPath = str | os.PathLike[str]


def extract(
    path: AnyPath,
    *,
    ocr: str = "auto",
    year: int | None = None,
    pages: str = "",
    max_pages: int = DEFAULTS.max_pages,
) -> Extract:
    """Everything that one document gives: its mentions, misprinted codes, grades and findings, as frozen records.

    `ocr` is `auto`, `always` or `never`; `year` the fiscal year (Buddhist) where the document leaves it open; `pages`
    like `1-3,7`. Raises UsageError on a wrong option and InputRejected where the document cannot be read at all.
    """
    from prongsai.intake import gather
    from prongsai.run import read_document

    options = make_options(ocr=ocr, year=year, pages=pages, max_pages=max_pages)
    found = gather([os.fspath(path)])
    for rejected in found.rejected:
        raise InputRejected(rejected.reason, rejected.path)
    if len(found.sources) != 1:
        raise InputRejected(f"it stands for {len(found.sources)} documents", os.fspath(path), "Name one file, or use prongsai.run")
    one = read_document(found.sources[0], options)
    if one.document.status is Status.REJECTED:
        raise InputRejected(one.document.reason, one.document.path)
    return one


def run(
    inputs: AnyPath | Iterable[AnyPath],
    *,
    out: AnyPath | None = None,
    jobs: int = 1,
    ocr: str = "auto",
    year: int | None = None,
    pages: str = "",
    max_pages: int = DEFAULTS.max_pages,
    formats: Iterable[str] = FORMATS,
    progress: Progress | None = None,
    keep_tables: bool = True,
) -> RunReport:
    """Reads files, folders and globs, and writes the tables to the folder `out`, or nothing where it is None.

    With `jobs` above 1, a script must hold the call under `if __name__ == "__main__":`. What is written is the same
    for any number of jobs. `keep_tables=False` leaves the report's own tables empty, for runs over more documents than
    memory holds. Raises UsageError on a wrong option and OutputError where `out` cannot be written; an input
    that cannot be read is a row of `documents`, and `exit_code` of the result says so.
    """
    from prongsai.run import run as run_all

    named = [inputs] if isinstance(inputs, str | os.PathLike) else list(inputs)
    return run_all(
        [os.fspath(one) for one in named],
        Path(out) if out is not None else None,
        options=make_options(ocr=ocr, year=year, pages=pages, max_pages=max_pages),
        jobs=parse_count(jobs, "--jobs"),
        formats=parse_formats(formats),
        progress=progress or Silent(),
        keep_tables=keep_tables,
    )


def read_tables(folder: AnyPath) -> Mapping[str, pandas.DataFrame]:
    """The tables that a run wrote to `folder`, one pandas frame a table, by name.

    Raises OutputError where the folder does not hold a run.
    """
    from prongsai.export import read_tables as read

    return read(Path(folder))


def audit(tables: Tables | AnyPath) -> Tables:
    """The tables with the findings of an audit: what contradicts itself or the framework, and what would mend it.

    `tables` are those of a run, `prongsai.run(…).tables`, or the folder that a run wrote. Findings of an earlier audit are
    replaced, the others kept; scores get what is suggested for them. Nothing is written. Raises OutputError where the folder
    does not hold a run.
    """
    from prongsai.export import read_records
    from prongsai.run import audit_tables

    return audit_tables(tables if isinstance(tables, Tables) else read_records(Path(tables)))


def explain(
    tables: Tables | AnyPath, subject: str, *, year: int | str | None = None, agency: str = "", doc: str = ""
) -> tuple[Explanation, ...]:
    """Everything that bears on a score, one explanation for each document, agency and year that prints it.

    `subject` is a code like `OIT` or `i10`, or whatever a finding is about; `year` a fiscal year (Buddhist), `agency` a name or
    part of one, `doc` a document's id, path or file name. Raises UsageError where nothing of the kind is there, and
    OutputError where the folder does not hold a run.
    """
    from prongsai.explaining import explanations

    known = tables if isinstance(tables, Tables) else Path(tables)
    return tuple(explanations(known, subject, year=None if year is None else parse_year(year), agency=agency, doc=doc))
