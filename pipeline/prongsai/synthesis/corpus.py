"""Makes a folder of reports and the truth beside them, from a count and a seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from prongsai.errors import OutputError, UsageError

from .agency import draw_agency, draw_neighbours
from .document import Report
from .layouts import DEFAULT_ORDER, GROUP_LAYOUTS, LAYOUTS, ONE_PAGE
from .printing import Brief, draw_printers
from .slips import plant, plant_named
from .truth import draw_result
from .truth_tables import truth_of, write_truth
from .wording import load_wording

if TYPE_CHECKING:
    from prongsai.knowledge import Framework, Knowledge

SUFFIXES: Mapping[str, str] = {
    "pdf": ".pdf",
    "scan": ".pdf",
    "txt": ".txt",
    "tis620": ".txt",
    "png": ".png",
    "tiff": ".tiff",
    "jpeg": ".jpg",
}
"""Formats and their file suffixes. `scan` is an image-only PDF, `tis620` a text in that encoding."""
WEARS = ("light", "hard")
"""`light` scans are level within 1.5 degrees and clean but for a stamp; `hard` ones have what the module wear can do."""
IMAGES = ("png", "tiff", "jpeg")
YEARS = {2563: 1, 2564: 1, 2565: 2, 2566: 2, 2567: 3, 2568: 5}
"""Fiscal years and how often each is drawn: newer reports are more often published as PDF."""
SLIP_COUNTS = (0, 1, 2, 3)
SLIP_SHARES = (35, 30, 25, 10)


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """A document that was made, and what it is."""

    path: Path
    stem: str
    format: str
    layout: str
    fiscal_year: int
    agency: str
    slips: tuple[str, ...]
    pages: int
    """0 for texts, which have none."""


@dataclass(frozen=True, slots=True)
class Scanning:
    """How reports are set and scanned, where a corpus leaves it open."""

    dpi: int | None = None
    """Dots per inch of scans; None draws it."""
    wear: str = "light"
    """One of WEARS."""
    fonts: Path | None = None
    """A folder of Thai fonts; None takes those installed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the n-th document of a corpus is to be."""

    number: int
    format: str
    layout: str
    seed: str


def make_corpus(
    count: int,
    seed: int,
    out: Path,
    formats: Sequence[str] = ("pdf", "scan", "txt"),
    layouts: Sequence[str] | None = None,
    dpi: int | None = None,
    wear: str = "light",
    fonts: Path | None = None,
    slips: Sequence[str] | None = None,
) -> list[MadeDocument]:
    """Makes `count` reports in `out` and their truth in `out`/truth; the same arguments give the same bytes.

    Formats and layouts are dealt round in their order; image formats take only layouts of one page. `dpi` fixes the
    resolution of scans, otherwise drawn from 150 to 300, or from 120 to 600 where `wear` is `hard`. `fonts` is a folder whose
    Thai fonts are used in place of those installed. Without `slips` each report about one agency gets none to three of
    those found in print; with them each gets those named that it has a place for.
    Raises UsageError for an unknown format, layout or slip or a count below one, ToolMissing where a package or a font that a
    format needs is not installed, OutputError where `out` cannot be written.
    """
    from prongsai.knowledge import load_knowledge

    if wear not in WEARS:
        raise UsageError(f"unknown wear {wear!r}", next_step=f"Choose among: {', '.join(WEARS)}")
    knowledge = load_knowledge()
    plans = plan_corpus(count, seed, formats, layouts)
    scanning = Scanning(dpi, wear, fonts)
    made, truths = [], []
    try:
        out.mkdir(parents=True, exist_ok=True)
        for plan in plans:
            report, is_thai = make_report(plan, knowledge, slips)
            content, pages = _render(report, plan, is_thai, knowledge, scanning)
            path = out / (report.stem + SUFFIXES[plan.format])
            path.write_bytes(content)
            years = (report.fiscal_year, report.fiscal_year - 1)
            truths.append(truth_of(report, [knowledge.frameworks[year] for year in years if year in knowledge.frameworks]))
            made.append(MadeDocument(path, report.stem, plan.format, plan.layout, report.fiscal_year, report.agency, report.slips, pages))
        write_truth(truths, out / "truth")
    except OSError as problem:
        raise OutputError(f"cannot write: {problem}", str(out), "Choose a folder that you may write to") from problem
    return made


def plan_corpus(count: int, seed: int, formats: Sequence[str], layouts: Sequence[str] | None = None) -> list[Plan]:
    """What each document of a corpus will be; layouts that are not given are dealt from a pack shuffled by the seed."""
    if count < 1:
        raise UsageError(f"a corpus of {count} documents cannot be made", next_step="Ask for one or more")
    known = {*LAYOUTS, *GROUP_LAYOUTS}
    for name, allowed in (*((one, SUFFIXES) for one in formats), *((one, known) for one in layouts or ())):
        if name not in allowed:
            raise UsageError(f"unknown format or layout {name!r}", next_step=f"Choose among: {', '.join(sorted(allowed))}")
    if not formats:
        raise UsageError("no format was given", next_step=f"Choose among: {', '.join(SUFFIXES)}")
    deal = _deal(seed, layouts)
    plans = []
    for number in range(count):
        kind = formats[number % len(formats)]
        layout = ONE_PAGE[number % len(ONE_PAGE)] if kind in IMAGES else next(deal)
        plans.append(Plan(number, kind, layout, f"{seed}:{number}"))
    return plans


def make_report(plan: Plan, knowledge: Knowledge, slips: Sequence[str] | None = None) -> tuple[Report, bool]:
    """The abstract report of a plan, and whether its prose has Thai digits; `slips` as in `make_corpus`."""
    rng = Random(plan.seed)
    wording = load_wording()
    frameworks = usable_frameworks(knowledge)
    years = [year for year in frameworks if plan.layout != "two-years" or year - 1 in frameworks]
    year = rng.choices(years, weights=[YEARS[year] for year in years])[0]
    framework = frameworks[year]
    level = min(99.0, max(62.0, rng.gauss(91, 6)))
    result = draw_result(framework, rng, level)
    previous = None
    if year - 1 in frameworks and (plan.layout == "two-years" or rng.random() < 0.4):
        previous = draw_result(frameworks[year - 1], rng, min(99.0, level + rng.gauss(-1, 4)))
    table, prose = draw_printers(rng)
    agency = draw_agency(wording, rng)
    brief = Brief(wording, rng, agency, framework, result, previous, table, prose, is_later=rng.random() < 0.35)
    stem = f"{plan.number:04d}-{plan.layout}"
    if plan.layout in GROUP_LAYOUTS:
        lay_out, (fewest, most) = GROUP_LAYOUTS[plan.layout]
        neighbours = draw_neighbours(wording, rng, rng.randint(fewest, most))
        members = tuple((one, draw_result(framework, rng, min(99.0, max(60.0, rng.gauss(90, 7))))) for one in neighbours)
        brief = Brief(wording, rng, members[0][0], framework, result, None, table, prose, is_later=False)
        report = Report(stem, plan.layout, "", year, tuple(lay_out(brief, members)))
        return plant_named(report, rng, framework, slips or ()), prose.is_thai
    report = Report(stem, plan.layout, agency.name, year, tuple(LAYOUTS[plan.layout](brief)))
    if slips is not None:
        return plant_named(report, rng, framework, slips), prose.is_thai
    return plant(report, rng, framework, rng.choices(SLIP_COUNTS, SLIP_SHARES)[0]), prose.is_thai


def usable_frameworks(knowledge: Knowledge) -> dict[int, Framework]:
    """The years that reports are made of: those whose ten indicators all have their questions."""
    return {
        year: knowledge.frameworks[year]
        for year in YEARS
        if year in knowledge.frameworks
        and knowledge.frameworks[year].grades
        and len(knowledge.frameworks[year].indicators) == 10
        and all(knowledge.frameworks[year].questions_in(one.code) for one in knowledge.frameworks[year].indicators)
    }


def _deal(seed: int, layouts: Sequence[str] | None) -> Iterator[str]:
    pack = list(layouts) if layouts else Random(f"{seed}:layouts").sample(DEFAULT_ORDER, len(DEFAULT_ORDER))
    while True:
        yield from pack


def _render(report: Report, plan: Plan, is_thai: bool, knowledge: Knowledge, scanning: Scanning) -> tuple[bytes, int]:
    """The report's bytes and pages in the format of its plan."""
    rng = Random(f"{plan.seed}:look")
    if plan.format in ("txt", "tis620"):
        from .render_text import draw_text_look, render_text

        return render_text(report, draw_text_look(rng, plan.format == "tis620")), 0
    from .fonts import families_in
    from .render_pdf import draw_look, render_pdf

    is_scan = plan.format != "pdf"
    look = draw_look(rng, report, is_thai, is_scan, families_in(scanning.fonts) if scanning.fonts else None)
    private = {character: glyph for glyph, character in knowledge.glyphs.items() if len(character) == 1}
    pdf, pages = render_pdf(report, look, rng, private)
    if not is_scan:
        return pdf, pages
    from .render_scan import draw_hard_look, draw_scan_look, scan_pages, write_image, write_scan_pdf

    is_hard = scanning.wear == "hard"
    scan = draw_hard_look(rng, scanning.dpi) if is_hard else draw_scan_look(rng, plan.format, look.has_stamp, scanning.dpi)
    images = scan_pages(pdf, scan, rng)
    if plan.format == "scan":
        return write_scan_pdf(images, scan), pages
    if pages != 1:
        raise UsageError(
            f"{report.stem} has {pages} pages and an image holds one", next_step=f"Use a layout of one page: {', '.join(ONE_PAGE)}"
        )
    return write_image(images[0], scan, plan.format), 1
