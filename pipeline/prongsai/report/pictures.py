"""The pictures of a site: of every page on which something stands that can be pointed at."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from prongsai.export.lists import split_list
from prongsai.progress import Progress
from prongsai.reading.picture import View
from prongsai.records import Document, EngineOptions, Kind, Source, Status
from prongsai.report.drawing import LIST, Drawn, Places, draw_pictures
from prongsai.report.model import Following, Model
from prongsai.report.writing import Site

FOLDER = "pages"
Line = tuple[str, int, int]
"""A line of given text: document, page and number, both counted from 1."""
_SHOWN = """
SELECT doc_id, page FROM mentions UNION SELECT doc_id, page FROM codes
UNION SELECT doc_id, page FROM grades UNION SELECT doc_id, page FROM claims
UNION SELECT doc_id, page FROM findings WHERE page IS NOT NULL AND severity <> 'note'
"""
_VIEWS = f"""
SELECT p.doc_id, p.page, p.turned_degrees, p.straightened_degrees
FROM pages p JOIN ({_SHOWN}) USING (doc_id, page) ORDER BY p.doc_id, p.page
"""
_DOCUMENTS = f"SELECT * FROM documents WHERE doc_id IN (SELECT doc_id FROM ({_SHOWN})) ORDER BY doc_id, path"


class Pictures:
    """What was drawn, document by document, while others are still being drawn."""

    def __init__(self, site: Site, drawn: Iterator[Drawn], wanted_lines: Iterable[Line] = ()) -> None:
        self.drawn = 0
        """How many pictures there are, of the documents that were asked for."""
        self.missing: list[str] = []
        """Why pages have none, a line for each document that lacks any."""
        self.lines: dict[Line, str] = {}
        """The texts of the lines that are wanted, of the documents that were asked for."""
        self._wanted = sorted(wanted_lines)
        self._site, self._waiting = site, drawn
        self._next = next(drawn, None)

    def of(self, doc_id: str) -> Drawn:
        """What there is of a document; to be asked in the order of their ids."""
        drawn = self._next
        if drawn is None or drawn.doc_id != doc_id:
            return Drawn(doc_id, "")
        self._next = next(self._waiting, None)
        self._site.has(f"{FOLDER}/{doc_id}/{name}" for name in ([f"{page}.webp" for page in drawn.pages] + [LIST] * bool(drawn.pages)))
        self.drawn += len(drawn.pages)
        for line in self._wanted[bisect_left(self._wanted, (doc_id, 0, 0)) :]:
            if line[0] != doc_id:
                break
            texts = drawn.lines.get(line[1], ())
            if line[2] <= len(texts):
                self.lines[line] = texts[line[2] - 1]
        if drawn.why:
            self.missing.append(f"{drawn.path}: {drawn.why}")
        return drawn


def draw_all(
    site: Site,
    model: Model,
    *,
    inputs: Sequence[str],
    engine: EngineOptions,
    width_px: int,
    progress: Progress,
    wanted_lines: Iterable[Line] = (),
) -> Pictures:
    """Draws the pictures that the site lacks, from the documents where they were when they were read or in the folders `inputs`;
    `wanted_lines` of given text are kept besides.

    Raises as `draw_pictures` and `Places` do.
    """
    sources = [
        Source(row["path"], row["sha256"], Kind(row["kind"]), 0, tuple(split_list(row["aliases"] or ""))) for row in model.rows(_DOCUMENTS)
    ]
    views = Following(model.rows(_VIEWS), "doc_id")
    wanted = (
        (source, [View(row["page"], row["turned_degrees"], row["straightened_degrees"]) for row in views.of(source.doc_id)])
        for source in sources
    )
    progress.begin(len(sources))
    drawn = draw_pictures(wanted, site.folder / FOLDER, Places(inputs), engine=engine, width_px=width_px)
    return Pictures(site, _watched(drawn, sources, progress), wanted_lines)


def _watched(drawn: Iterator[Drawn], sources: Sequence[Source], progress: Progress) -> Iterator[Drawn]:
    for source, one in zip(sources, drawn, strict=True):
        shown = len(one.pages) + len(one.lines)
        progress.done(
            Document(source.doc_id, source.path, source.sha256, source.kind, shown, "", "", "", "", None, "", Status.COMPLETE, "")
        )
        yield one
