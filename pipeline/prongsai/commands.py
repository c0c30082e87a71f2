"""What each command does: from checked options to what a person is told.

Whatever takes longer to import than argparse is imported by the command that needs it, so that `--help` answers at once.
"""

from __future__ import annotations

import argparse

from prongsai.errors import ExitCode, NothingRead, UsageError
from prongsai.options import (
    available_cores,
    make_engine,
    make_limits,
    make_options,
    parse_count,
    parse_formats,
    parse_price,
    parse_severity,
    parse_year,
)
from prongsai.records import DEFAULT_LIMITS, EngineOptions

SYNTH_FORMATS = ("pdf", "scan", "txt", "tis620", "png", "tiff", "jpeg")
SYNTH_USUAL = "pdf,scan,txt"


def run_reports(asked: argparse.Namespace) -> ExitCode:
    """Reads reports and writes their tables."""
    options = make_options(ocr=asked.ocr, year=asked.year, pages=asked.pages, max_pages=asked.max_pages, max_pixels=asked.max_pixels)
    formats = parse_formats(asked.format)
    engine = _engine(asked, engine=asked.engine, scheduler=asked.scheduler)

    from prongsai.console.bar import Bar
    from prongsai.console.summary import summarise
    from prongsai.keeping.corrections import load_corrections
    from prongsai.run import run

    corrections = load_corrections(asked.corrections)

    with Bar(is_quiet=asked.quiet) as bar:
        report = run(
            asked.inputs,
            asked.out,
            options=options,
            engine=engine,
            formats=formats,
            progress=bar,
            keep_tables=False,
            again=asked.again,
            corrections=corrections,
        )
    if not asked.quiet:
        print(summarise(report))
    if report.exit_code is ExitCode.NOTHING_READ:
        raise NothingRead("nothing was read", next_step="Give PDF, image or text files of ITA reports, or a folder that holds some")
    return report.exit_code


def _engine(asked: argparse.Namespace, **where: str) -> EngineOptions:
    limits = make_limits(max_memory=asked.max_memory, max_seconds=asked.max_seconds, max_files=asked.max_files)
    return make_engine(jobs=asked.jobs or available_cores(), limits=limits, **where)


def audit_tables(asked: argparse.Namespace) -> ExitCode:
    """Audits tables that were written before."""
    grave = parse_severity(asked.fail_on) if asked.fail_on else ()
    formats = parse_formats(asked.format)

    from prongsai.auditing import CHECKS
    from prongsai.console.audited import Found, summarise_audit
    from prongsai.export import TableWriter, formats_in, read_parts
    from prongsai.keeping.home import Home
    from prongsai.keeping.store import alone_in
    from prongsai.run import audit_parts
    from prongsai.storage import local_folder

    found, home = Found(), Home.of(asked.out or asked.folder)
    with local_folder(asked.folder) as here:
        # Asked for before the writer is there, which would make the folder: an absent one is to be told.
        parts = audit_parts(read_parts(here))
        with alone_in(home.folder), TableWriter(home.folder, formats if asked.format else formats_in(here)) as writer:
            for part in parts:
                writer.add(part)
                found.add(len(part.documents), [finding for finding in part.findings if finding.check in CHECKS])
            written = writer.finish()
        home.send(written.files)
    if not asked.quiet:
        print(summarise_audit(found, written))
    return ExitCode.DOES_NOT_ADD_UP if any(found.by_severity[severity] for severity in grave) else ExitCode.ALL_READ


def explain_score(asked: argparse.Namespace) -> ExitCode:
    """Shows a score's whole web."""
    year = parse_year(asked.year) if asked.year else None

    from itertools import islice

    from prongsai.console.explained import SHOWN, show
    from prongsai.explaining import explanations
    from prongsai.storage import local_folder

    with local_folder(asked.folder) as here:
        found = explanations(here, asked.subject, year=year, agency=asked.agency, doc=asked.doc)
        print(show(tuple(islice(found, SHOWN + 1))))
    return ExitCode.ALL_READ


def make_pages(asked: argparse.Namespace) -> ExitCode:
    """Makes the pages for people."""
    engine = make_engine(jobs=asked.jobs or available_cores(), limits=DEFAULT_LIMITS)

    from pathlib import Path

    from prongsai.console.bar import Bar
    from prongsai.console.pages import summarise_site
    from prongsai.report import make_site
    from prongsai.storage import is_remote

    if is_remote(asked.folder):
        raise UsageError("is elsewhere, and pages are made in a folder of this machine", asked.folder, "Copy it here first")
    with Bar(is_quiet=asked.quiet) as bar:
        made = make_site(Path(asked.folder), inputs=asked.inputs, engine=engine, progress=bar)
    if not asked.quiet:
        print(summarise_site(made))
    return ExitCode.ALL_READ


def review_readings(asked: argparse.Namespace) -> ExitCode:
    """Serves the review until Ctrl-C."""
    engine = make_engine(jobs=available_cores(), limits=DEFAULT_LIMITS)

    from prongsai.console.reviewed import review

    review(asked.folder, port=asked.port, corrections=asked.corrections, who=asked.name, inputs=asked.inputs, engine=engine)
    return ExitCode.ALL_READ


def plan_run(asked: argparse.Namespace) -> ExitCode:
    """Tells what a run would take."""
    options = make_options(ocr=asked.ocr, pages=asked.pages, max_pages=asked.max_pages, max_pixels=asked.max_pixels)
    formats = parse_formats(asked.format)
    engine = _engine(asked)
    sample, price = parse_count(asked.sample, "--sample"), None if asked.price is None else parse_price(asked.price)
    workers = [parse_count(number, "--workers") for number in asked.workers.split(",") if number.strip()]

    from prongsai.console.bar import Bar
    from prongsai.console.planned import show_plan
    from prongsai.planning.plan import plan

    with Bar() as bar:
        found = plan(
            asked.inputs,
            options=options,
            engine=engine,
            formats=formats,
            sample=sample,
            workers=workers,
            price=price,
            progress=bar,
        )
    print(show_plan(found))
    return ExitCode.ALL_READ


def tell_status(asked: argparse.Namespace) -> ExitCode:
    """Tells how far a run is."""
    from prongsai.console.standing import show_status
    from prongsai.keeping.home import Home
    from prongsai.keeping.standing import find_status

    print(show_status(find_status(Home.of(asked.folder).folder)))
    return ExitCode.ALL_READ


def examine_machine(asked: argparse.Namespace) -> ExitCode:
    """Says what is installed and what is missing."""
    from prongsai.console.doctor import examine

    diagnosis, is_healthy = examine()
    print(diagnosis)
    return ExitCode.ALL_READ if is_healthy else ExitCode.SOME_NOT_READ


def make_samples(asked: argparse.Namespace) -> ExitCode:
    """Makes reports whose truth is known."""
    count, formats = parse_count(asked.count, "--count"), parse_formats(asked.format or [SYNTH_USUAL], SYNTH_FORMATS)

    from pathlib import Path

    from prongsai.console.words import say
    from prongsai.synthesis import make_corpus

    made = make_corpus(
        count=count,
        seed=asked.seed,
        out=Path(asked.out),
        formats=formats,
        dpi=parse_count(asked.dpi, "--dpi") if asked.dpi else None,
        wear=asked.wear,
        fonts=Path(asked.fonts) if asked.fonts else None,
    )
    print(f"Made {len(made):,} reports in {asked.out}, their truth beside them.")
    print(say("synth.made", documents=len(made), folder=asked.out))
    return ExitCode.ALL_READ
