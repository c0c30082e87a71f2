"""The one door to fpdf2: pages, shaped lines of text, ruled lines; the same calls give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from prongsai.errors import ToolMissing

from .fonts import FontFamily
from .shaping import NIKHAHIT, PIP_LINE, SARA_AA, SARA_AM, Face, Glyph, load_face

MADE_AT = datetime(2026, 1, 1, tzinfo=UTC)
"""A fixed creation date, so that the bytes depend on the seed alone."""
LAYERS = ("clean", "split", "lost", "private")
"""What becomes of the text layer: sara am in one piece, in two, with its ring lost, or marks as private-use glyphs."""


class Canvas:
    """A PDF in the making; lengths in points, origin top left, text set on its baseline.

    Raises ToolMissing where fpdf2 or uharfbuzz is not installed.
    """

    def __init__(self, family: FontFamily, page_size_pt: tuple[float, float], title: str, layer: str, private: Mapping[str, str]) -> None:
        try:
            from fpdf import FPDF
        except ImportError:
            raise ToolMissing("the package fpdf2 is not installed", "made PDF reports", f"Install it: {PIP_LINE}") from None
        self._pdf: Any = FPDF(unit="pt", format=page_size_pt)
        self._pdf.set_creation_date(MADE_AT)
        self._pdf.set_title(title)
        self._pdf.set_producer("Prongsai synthesis")
        self._pdf.set_auto_page_break(False)
        self._pdf.add_font("made", "", str(family.regular))
        self._pdf.add_font("made", "B", str(family.bold))
        self._faces = {False: load_face(family.regular), True: load_face(family.bold)}
        self._layer = layer
        self._private = private
        self._codes: dict[tuple[bool, int, str], str] = {}
        self.height_pt = page_size_pt[1]

    def face(self, is_bold: bool) -> Face:
        """The regular or bold face, for measuring."""
        return self._faces[is_bold]

    def add_page(self) -> None:
        """Starts a page."""
        self._pdf.add_page()
        self._pdf.set_line_width(0.6)

    def line(self, x0: float, top: float, x1: float, bottom: float) -> None:
        """A ruled line."""
        self._pdf.line(x0, top, x1, bottom)

    def scribble(self, points: Sequence[tuple[float, float]], color: tuple[int, int, int], width_pt: float) -> None:
        """A polyline in a colour: a signature."""
        self._pdf.set_draw_color(*color)
        self._pdf.set_line_width(width_pt)
        self._pdf.polyline(points)
        self._pdf.set_draw_color(0, 0, 0)
        self._pdf.set_line_width(0.6)

    def ring(self, x: float, y: float, radius_pt: float, color: tuple[int, int, int]) -> None:
        """Two circles around a point: a stamp."""
        self._pdf.set_draw_color(*color)
        for radius, width in ((radius_pt, 1.6), (radius_pt * 0.8, 0.8)):
            self._pdf.set_line_width(width)
            self._pdf.circle(x, y, radius)
        self._pdf.set_draw_color(0, 0, 0)
        self._pdf.set_line_width(0.6)

    def text(
        self, x: float, baseline: float, text: str, size_pt: float, is_bold: bool = False, color: tuple[int, int, int] = (0, 0, 0)
    ) -> None:
        """A line of text from `x` on."""
        if not text:
            return
        self._pdf.set_font("made", "B" if is_bold else "", size_pt)
        self._pdf.set_text_color(*color)
        # fpdf2 writes the font into a page's stream with the first text; an empty one does it without a glyph.
        self._pdf.text(0, 0, "")
        red, green, blue = (part / 255 for part in color)
        start = f"BT {red:.3g} {green:.3g} {blue:.3g} rg {x:.2f} {self.height_pt - baseline:.2f} Td"
        self._pdf._out(" ".join((start, *self._shown(text, size_pt, is_bold), "0 0 0 rg ET")))

    def output(self) -> bytes:
        """The finished PDF."""
        return bytes(self._pdf.output())

    def _shown(self, text: str, size_pt: float, is_bold: bool) -> list[str]:
        """The text-showing operators of a line: one TJ array for each height above the baseline."""
        face = self._faces[is_bold]
        to_thousandths = 1000 / face.units_per_em
        operators: list[str] = []
        array: list[str] = []
        rise = 0
        for glyph in face.shape(text):
            if glyph.dy != rise:
                operators += _array(array)
                array, rise = [], glyph.dy
                operators.append(f"{glyph.dy * size_pt / face.units_per_em:.2f} Ts")
            before, after = glyph.dx * to_thousandths, (glyph.advance - glyph.own_advance - glyph.dx) * to_thousandths
            if round(before):
                array.append(f"{-before:.0f}")
            array.append(f"<{self._code(glyph, is_bold, face)}>")
            if round(after):
                array.append(f"{-after:.0f}")
        operators += _array(array)
        if rise:
            operators.append("0 Ts")
        return operators

    def _code(self, glyph: Glyph, is_bold: bool, face: Face) -> str:
        key = (is_bold, glyph.glyph_id, glyph.text)
        found = self._codes.get(key)
        if found is None:
            subset = self._pdf.current_font.subset
            text = self._layered(glyph, face)
            width = round(glyph.own_advance * 1000 / face.units_per_em)
            made = subset.get_glyph(
                glyph=glyph.glyph_id,
                unicode=tuple(ord(one) for one in text),
                glyph_name=self._pdf.current_font.ttfont.getGlyphName(glyph.glyph_id),
                glyph_width=width,
            )
            found = self._codes[key] = f"{subset.pick_glyph(made):04X}"
        return found

    def _layered(self, glyph: Glyph, face: Face) -> str:
        """What the text layer says of a glyph."""
        if glyph.text == SARA_AM:
            return {"split": NIKHAHIT + SARA_AA, "lost": SARA_AA}.get(self._layer, glyph.text)
        if self._layer == "private" and not face.is_nominal(glyph):
            return self._private.get(glyph.text, glyph.text)
        return glyph.text or " "


def _array(parts: list[str]) -> list[str]:
    return [f"[{' '.join(parts)}] TJ"] if parts else []
