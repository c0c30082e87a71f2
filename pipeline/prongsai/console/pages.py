"""What a site came to, in a few lines, in English and in Thai."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from prongsai.console.layout import plural, wrap
from prongsai.console.words import say

if TYPE_CHECKING:
    from prongsai.report import SiteReport

NAMED = 10
"""So many documents without pictures are named; each document's page says why."""


def summarise_site(made: SiteReport) -> str:
    """The summary that ends `prongsai report`: what was made, what is missing, and the page to open."""
    told = ", ".join((plural(made.documents, "document"), f"{made.agencies:,} agencies", plural(made.pictures, "page picture")))
    lines = [f"Made the pages of {told}."]
    if made.missing:
        lines.append(wrap(f"{plural(len(made.missing), 'document')} without pictures. Name where they lie with --inputs FOLDER:"))
        lines += [wrap(one, "  ! ") for one in islice(made.missing, NAMED)]
        if len(made.missing) > NAMED:
            lines.append(f"  ! and {len(made.missing) - NAMED:,} more")
    lines.append(f"Open {made.start}")
    lines.append(say("report.made", documents=f"{made.documents:,}", pictures=f"{made.pictures:,}"))
    if made.missing:
        lines.append(say("report.missing", documents=f"{len(made.missing):,}"))
    return "\n".join(lines)
