"""Pages for people: a static site over the tables of a run, made of files that open from disk.

    from prongsai.report import make_site
    made = make_site(Path("outputs"), jobs=2)

Every page is whole without a network: data comes as scripts beside it, charts by the bundled Vega libraries.
"""

from __future__ import annotations

from prongsai.report.site import FOLDER, SiteReport, make_site

__all__ = ["FOLDER", "SiteReport", "make_site"]
