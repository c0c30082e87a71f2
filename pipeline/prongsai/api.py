"""Prongsai from Python: `extract`, `plan`, `run`, `status`, `read_tables` and so on, each reached as `prongsai.extract`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from prongsai.errors import InputRejected
from prongsai.options import (
    DEFAULTS,
    FORMATS,
    MAX_MEMORY,
    MAX_SECONDS,
    make_engine,
    make_limits,
    make_options,
    parse_count,
    parse_formats,
    parse_price,
    parse_year,
)
from prongsai.outcome import RunReport
from prongsai.progress import Progress, Silent
from prongsai.records import DEFAULT_LIMITS, Extract, Status, Tables

if TYPE_CHECKING:
    import duckdb
    import pandas

    from prongsai.explaining import Explanation
    from prongsai.keeping.standing import RunStatus
    from prongsai.planning.plan import Plan

AnyPath = str | os.PathLike[str]


def extract(
    path: AnyPath,
    *,
    ocr: str = "auto",
    year: int | None = None,
    pages: str = "",
    max_pages: int = DEFAULTS.max_pages,
    corrections: AnyPath = "",
) -> Extract:
    """Everything that one document gives: its mentions, misprinted codes, grades and findings, as frozen records.

    `ocr` is `auto`, `always` or `never`; `year` the fiscal year (Buddhist) where the document leaves it open; `pages`
    like `1-3,7`; `corrections` a file of people's answers, as `prongsai review` writes it. Raises UsageError on a wrong option,
    InputRejected where the document cannot be read at all, and Unreachable where the server that has it is away.
    """
    from prongsai.document import read_document
    from prongsai.intake import gather
    from prongsai.keeping.corrections import load_corrections

    options = make_options(ocr=ocr, year=year, pages=pages, max_pages=max_pages)
    told = load_corrections(corrections)
    found = gather([os.fspath(path)])
    for rejected in found.rejected:
        raise InputRejected(rejected.reason, rejected.path)
    if len(found.sources) != 1:
        raise InputRejected(f"it stands for {len(found.sources)} documents", os.fspath(path), "Name one file, or use prongsai.run")
    source = found.sources[0]
    one = read_document(replace(source, corrections=told.of(source.sha256)), options)
    if one.document.status is Status.REJECTED:
        raise InputRejected(one.document.reason, one.document.path)
    return one


def run(
    inputs: AnyPath | Iterable[AnyPath],
    *,
    out: AnyPath | None = None,
    jobs: int = 1,
    engine: str = "local",
    scheduler: str = "",
    max_memory: str = MAX_MEMORY,
    max_seconds: int = MAX_SECONDS,
    max_files: int = DEFAULT_LIMITS.open_files,
    again: bool = False,
    ocr: str = "auto",
    year: int | None = None,
    pages: str = "",
    max_pages: int = DEFAULTS.max_pages,
    max_pixels: int = DEFAULTS.max_pixels,
    formats: Iterable[str] = FORMATS,
    progress: Progress | None = None,
    keep_tables: bool = True,
    corrections: AnyPath = "",
) -> RunReport:
    """Reads files, folders and globs, and writes the tables to the folder `out`, or nothing where it is None.

    Documents are read in `jobs` processes of this machine, or with `engine="dask"` on the cluster of a `scheduler`; what is
    written is the same. What was read is kept in `out`, and not read a second time unless `again`. `max_memory` (like `4G`)
    `max_seconds` (for a page) and `max_files` are what one document may use. `keep_tables=False` leaves the report's own tables empty, for
    runs over more documents than memory holds. `corrections` names a file of people's answers, as `prongsai review` writes it, that
    are put beside what is read. Raises UsageError on a wrong option and OutputError where `out` cannot be
    written; an input that cannot be read is a row of `documents`, and `exit_code` of the result says so.
    """
    from prongsai.keeping.corrections import load_corrections
    from prongsai.run import run as run_all

    named = [inputs] if isinstance(inputs, str | os.PathLike) else list(inputs)
    return run_all(
        [os.fspath(one) for one in named],
        os.fspath(out) if out is not None else None,
        options=make_options(ocr=ocr, year=year, pages=pages, max_pages=max_pages, max_pixels=max_pixels),
        engine=make_engine(
            engine=engine,
            scheduler=scheduler,
            jobs=jobs,
            limits=make_limits(max_memory=max_memory, max_seconds=max_seconds, max_files=max_files),
        ),
        formats=parse_formats(formats),
        progress=progress or Silent(),
        keep_tables=keep_tables,
        again=again,
        corrections=load_corrections(corrections),
    )


def plan(
    inputs: AnyPath | Iterable[AnyPath],
    *,
    sample: int = 20,
    jobs: int = 1,
    workers: Iterable[int] = (),
    price: float | None = None,
    ocr: str = "auto",
    pages: str = "",
    max_pages: int = DEFAULTS.max_pages,
    max_pixels: int = DEFAULTS.max_pixels,
    max_memory: str = MAX_MEMORY,
    max_seconds: int = MAX_SECONDS,
    max_files: int = DEFAULT_LIMITS.open_files,
    formats: Iterable[str] = FORMATS,
) -> Plan:
    """What a run over files, folders and globs would take: pages by kind, time, memory, disk and, at a `price` for a core and
    hour, cost; in `jobs` processes here, and elsewhere with so many `workers`.

    Counts pages and reads `sample` documents drawn by lot; the other options are those of the run. Raises UsageError on a wrong
    option, and NothingRead where there is no page to be read.
    """
    from prongsai.planning.plan import plan as plan_all

    named = [inputs] if isinstance(inputs, str | os.PathLike) else list(inputs)
    return plan_all(
        [os.fspath(one) for one in named],
        options=make_options(ocr=ocr, pages=pages, max_pages=max_pages, max_pixels=max_pixels),
        engine=make_engine(jobs=jobs, limits=make_limits(max_memory=max_memory, max_seconds=max_seconds, max_files=max_files)),
        formats=parse_formats(formats),
        sample=parse_count(sample, "--sample"),
        workers=[parse_count(number, "--workers") for number in workers],
        price=None if price is None else parse_price(price),
    )


def status(folder: AnyPath) -> RunStatus:
    """How far the run into a folder is: done, failed, left, and how long it takes; also while another process runs it.

    Raises OutputError where the folder holds no run.
    """
    from prongsai.keeping.home import Home
    from prongsai.keeping.standing import find_status

    return find_status(Home.of(os.fspath(folder)).folder)


def connect(folder: AnyPath) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection with a view for each table of the run in `folder`, over its parts, or over its Parquet files where it
    has no parts: `prongsai.connect("outputs").sql("SELECT avg(value) FROM scores WHERE fiscal_year = 2568").df()`.

    Nothing is loaded, and a query for a year opens that year's files alone. Columns and types are those of the tables; rows come
    in no certain order. The views stand on the parts that are listed now: while a run into an empty folder goes on, those are the
    documents read so far, and `scores` is empty until the end; connect again to see more. A run over a finished one shows when
    it is done. Raises OutputError where there is neither.
    """
    from prongsai.export.views import connect as over

    return over(Path(folder))


def read_tables(folder: AnyPath) -> Mapping[str, pandas.DataFrame]:
    """The tables that a run wrote to `folder`, one pandas frame a table, by name.

    Raises OutputError where the folder does not hold a run, or only parts of one that is not done.
    """
    from prongsai.export import read_tables as read
    from prongsai.storage import local_folder

    with local_folder(os.fspath(folder)) as here:
        return read(here)


def audit(tables: Tables | AnyPath) -> Tables:
    """The tables with the findings of an audit: what contradicts itself or the framework, and what would mend it.

    `tables` are those of a run, `prongsai.run(…).tables`, or the folder that a run wrote. Findings of an earlier audit are
    replaced, the others kept; scores get what is suggested for them. Nothing is written. Raises OutputError where the folder
    does not hold a run.
    """
    from prongsai.export import read_records
    from prongsai.run import audit_tables
    from prongsai.storage import local_folder

    if isinstance(tables, Tables):
        return audit_tables(tables)
    with local_folder(os.fspath(tables)) as here:
        return audit_tables(read_records(here))


def explain(
    tables: Tables | AnyPath, subject: str, *, year: int | str | None = None, agency: str = "", doc: str = ""
) -> tuple[Explanation, ...]:
    """Everything that bears on a score, one explanation for each document, agency and year that prints it.

    `subject` is a code like `OIT` or `i10`, or whatever a finding is about; `year` a fiscal year (Buddhist), `agency` a name or
    part of one, `doc` a document's id, path or file name. Raises UsageError where nothing of the kind is there, and
    OutputError where the folder does not hold a run.
    """
    from prongsai.explaining import explanations
    from prongsai.storage import local_folder

    asked = partial(explanations, subject=subject, year=None if year is None else parse_year(year), agency=agency, doc=doc)
    if isinstance(tables, Tables):
        return tuple(asked(tables))
    with local_folder(os.fspath(tables)) as here:
        return tuple(asked(here))
