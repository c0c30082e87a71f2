"""A report as a digital PDF: paragraphs and ruled tables that break over pages with their header repeated."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from .canvas import LAYERS, Canvas
from .document import Paragraph, Report, Style, Table, plain
from .fonts import FontFamily, find_families
from .printing import TO_THAI
from .shaping import wrap
from .tables import RowsOnPage, measure

A4_PT = (595.28, 841.89)
RULES = ("all",) * 8 + ("rows", "none")
"""How tables are ruled: every line, lines between rows only, or none."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a report is set; sizes and margins in points."""

    family: FontFamily
    body_pt: float
    table_pt: float
    margin_pt: float
    is_landscape: bool
    rules: str
    layer: str
    has_page_numbers: bool
    is_thai: bool
    has_stamp: bool = False


def draw_look(rng: Random, report: Report, is_thai: bool, is_scan: bool, families: Sequence[FontFamily] | None = None) -> Look:
    """A look for a report: wide tables lie across the page; only scans carry stamps and only digital ones a poor text layer.

    The font is one of `families`, or of those installed.
    """
    widest = max((len(block.widths) for block in report.blocks if isinstance(block, Table)), default=0)
    table_pt = rng.choice((11.0, 12.0, 13.0)) - (2.0 if widest > 8 else 0.0)
    families = families or find_families()
    layer = "clean" if is_scan or rng.random() < 0.7 else rng.choice(LAYERS[1:])
    return Look(
        family=rng.choices(families, weights=[one.share for one in families])[0],
        body_pt=rng.choice((12.0, 13.0, 14.0)),
        table_pt=table_pt,
        margin_pt=rng.choice((50.0, 60.0, 70.0)),
        is_landscape=widest > 8,
        rules=rng.choice(RULES),
        layer=layer,
        has_page_numbers=rng.random() < 0.7,
        is_thai=is_thai,
        has_stamp=is_scan and rng.random() < 0.6,
    )


def render_pdf(report: Report, look: Look, rng: Random, private: Mapping[str, str]) -> tuple[bytes, int]:
    """The report as a PDF's bytes, and its pages; `private` maps a mark to the private-use character of its raised or lowered glyph.

    Raises ToolMissing where fpdf2, uharfbuzz, pythainlp or a font is not installed.
    """
    size = (A4_PT[1], A4_PT[0]) if look.is_landscape else A4_PT
    canvas = Canvas(look.family, size, report.stem, look.layer, private)
    setter = _Setter(canvas, look, size)
    for block in report.blocks:
        if isinstance(block, Paragraph):
            setter.paragraph(block)
        else:
            setter.table(block)
    if look.has_stamp:
        setter.stamp(rng)
    return canvas.output(), setter.pages


class _Setter:
    """Sets blocks one below the other and starts pages as they fill."""

    def __init__(self, canvas: Canvas, look: Look, size_pt: tuple[float, float]) -> None:
        self._canvas, self._look = canvas, look
        self._left, self._right = look.margin_pt, size_pt[0] - look.margin_pt
        self._bottom = size_pt[1] - look.margin_pt
        self._y = 0.0
        self.pages = 0
        self._new_page()

    def paragraph(self, block: Paragraph) -> None:
        """A paragraph in its style; a break starts a page."""
        look, style = self._look, block.style
        if style is Style.BREAK:
            self._new_page()
            return
        is_bold = style in (Style.TITLE, Style.HEADING)
        size = look.body_pt + {Style.TITLE: 4.0, Style.HEADING: 1.0, Style.NOTE: -3.0}.get(style, 0.0)
        indent = {Style.BODY: 30.0, Style.ITEM: 16.0}.get(style, 0.0)
        leading = size * 1.5
        self._y += {Style.HEADING: size * 0.7, Style.NOTE: size * 1.5}.get(style, size * 0.2)
        face = self._canvas.face(is_bold)
        # The first line is indented by leading spaces that are drawn as a shift, so that the text layer has none.
        lines = wrap(face, plain(block.content), size, self._right - self._left - indent)
        if style is Style.HEADING:
            self._room(leading * (len(lines) + 3))
        for number, line in enumerate(lines):
            self._room(leading)
            width = face.width(line) * size
            x = self._left + (indent if style is Style.ITEM or number == 0 else 0.0)
            if style is Style.TITLE:
                x = (self._left + self._right - width) / 2
            elif style is Style.RIGHT:
                x = self._right - width
            self._canvas.text(x, self._y + size * 1.1, line, size, is_bold)
            self._y += leading

    def table(self, block: Table) -> None:
        """A table; rows that do not fit go to the next page under the header rows again."""
        self._y += 6
        laid = measure(block, self._canvas, self._look.table_pt, self._left, self._right)
        header = list(range(block.header_rows))
        rows = list(range(block.header_rows, len(block.rows)))
        self._room(sum(laid.heights_pt[row] for row in header) + (laid.needed_pt(rows[0]) if rows else 0.0))
        page = RowsOnPage(laid, self._canvas, self._look.rules, self._look.table_pt)
        page.start(header, self._y)
        for row in rows:
            if page.bottom_pt + laid.needed_pt(row) > self._bottom and page.has_body:
                page.finish()
                self._new_page()
                page.start(header, self._y)
            page.add(row)
        page.finish()
        self._y = page.bottom_pt + 8

    def stamp(self, rng: Random) -> None:
        """A stamp and a signature in colour beneath the text of the last page, where there is room."""
        if self._y + 90 > self._bottom + self._look.margin_pt / 2:
            return
        x, y = self._right - 90, self._y + 45
        self._canvas.ring(x, y, 32, (178, 34, 52))
        points = [(x - 60 + step * 6, y + 12 * math.sin(step * rng.uniform(0.7, 1.3)) * rng.uniform(0.4, 1)) for step in range(14)]
        self._canvas.scribble(points, (24, 48, 160), 1.3)

    def _room(self, height_pt: float) -> None:
        if self._y + height_pt > self._bottom:
            self._new_page()

    def _new_page(self) -> None:
        self._canvas.add_page()
        self.pages += 1
        self._y = self._look.margin_pt
        if self._look.has_page_numbers and self.pages > 1:
            number = f"- {self.pages} -"
            text = number.translate(TO_THAI) if self._look.is_thai else number
            width = self._canvas.face(False).width(text) * self._look.body_pt
            self._canvas.text((self._left + self._right - width) / 2, self._look.margin_pt - 18, text, self._look.body_pt)
