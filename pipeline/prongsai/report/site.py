"""The site's table of contents: pages made from the tables of a run; nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from prongsai.progress import Progress, Silent
from prongsai.records import EngineOptions
from prongsai.report import agencies, charts, comparison, documents, findings, overview, peers
from prongsai.report.model import open_model
from prongsai.report.writing import Site

FOLDER = "report"
"""Inside the output folder."""


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What was made."""

    start: Path
    """The page to open first."""
    documents: int
    agencies: int
    pictures: int
    """Page pictures that stand in the site, drawn now or earlier."""
    missing: Sequence[str] = ()
    """Why pages that should have a picture have none: one line a document."""


def make_site(
    folder: Path, *, inputs: Sequence[str] = (), engine: EngineOptions | None = None, progress: Progress | None = None
) -> SiteReport:
    """Writes the pages of a run's tables to `FOLDER/report`, over those that are there.

    Page pictures are drawn from the documents, which are looked for where they were when they were read, and in the folders
    `inputs`; a document that is not found there has no pictures, and its page says so.
    Raises OutputError where the folder holds no tables or cannot be written, UsageError where one of `inputs` is no folder.
    """
    shown = progress or Silent()
    with open_model(folder) as model, Site(folder / FOLDER) as site:
        site.assets()
        lines = findings.wanted_lines(model)
        made = documents.write(site, model, inputs=inputs, engine=engine or EngineOptions(), progress=shown, wanted_lines=lines)
        comparison.write(site, model)
        findings.write(site, model, made.lines)
        charts.write(site)
        peers.list_owners(model)
        overview.write(site, model)
        agencies.write(site, model)
    return SiteReport(site.folder / "index.html", made.documents, len(model.agencies), made.pictures, made.missing)
