"""Draws charts of indicators as reports print them, with the truth beside each: columns, bars, radars, rows of gauges.

Every label is a name from the framework, every word around a chart comes from patterns/synthesis.toml.
"""

from __future__ import annotations

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from .canvas import MADE_AT, Canvas
from .fonts import FontFamily, find_families
from .printing import TO_THAI
from .render_pdf import A4_PT
from .shaping import wrap

if TYPE_CHECKING:
    from prongsai.knowledge import Framework

    from .wording import Wording

KINDS = ("columns", "bars", "radar", "gauges")
_COLORS = ((68, 114, 196), (237, 125, 49), (112, 173, 71), (255, 192, 0), (91, 155, 213))
_GREY = (217, 217, 217)
_BODY_PT = 14.0


@dataclass(frozen=True, slots=True)
class ChartLook:
    """How a chart is drawn; lengths in points."""

    kind: str
    family: FontFamily
    is_thai: bool
    """Thai digits."""
    text_pt: float = 10.0
    width_pt: float = 440.0
    height_pt: float = 230.0
    floor: int = 0
    step: int = 20
    """Where the axis begins, and from tick to tick; it ends at 100."""
    tick_decimals: int = 0
    has_ticks: bool = True
    has_grid: bool = True
    has_frame: bool = False
    has_legend: bool = False
    is_numbered: bool = False
    """Labels are numbered indicators."""
    is_upright: bool = True
    """Labels of columns run level, and wrap; else they run up the page."""
    value_at: str = "end"
    """`end` of the bar, `base` inside it; on a radar at the `corner` or with its `label`; of gauges `under` or `over` the label."""
    series: int = 1


@dataclass(frozen=True, slots=True)
class MadeChart:
    """A page with a chart as PDF, the chart's box on it in points (x0, top, x1, bottom), and (code, year, value) for each value."""

    pdf: bytes
    box: tuple[float, float, float, float]
    truth: tuple[tuple[str, int, Decimal], ...]
    title: str


def draw_chart_look(rng: Random, kind: str | None = None) -> ChartLook:
    """A look that some report could have."""
    chosen = kind or rng.choice(KINDS)
    floor, step = rng.choice(((0, 20), (0, 10), (0, 25), (50, 10), (70, 5), (80, 5)))
    families = find_families()
    is_radar = chosen == "radar"
    places = {"columns": ("end", "end", "end", "base"), "radar": ("corner", "label"), "gauges": ("under", "over")}.get(chosen, ("end",))
    series = 2 if chosen in ("columns", "bars") and rng.random() < 0.2 else 1
    return ChartLook(
        kind=chosen,
        family=rng.choices(families, weights=[one.share for one in families])[0],
        is_thai=rng.random() < 0.5,
        text_pt=7.0 if series > 1 else rng.choice((8.0, 9.0, 10.0, 11.0)),
        width_pt=rng.uniform(420, 480),
        height_pt=rng.uniform(250, 320) if is_radar else rng.uniform(170, 260),
        floor=floor,
        step=step,
        tick_decimals=rng.choice((0, 0, 0, 2)),
        has_ticks=rng.random() < 0.75,
        has_grid=rng.random() < 0.7,
        has_frame=rng.random() < 0.4,
        has_legend=series > 1 or (chosen != "gauges" and rng.random() < 0.3),
        is_numbered=rng.random() < 0.3,
        is_upright=rng.random() < 0.85,
        value_at=rng.choice(places),
        series=series,
    )


def draw_scores(rng: Random, codes: Sequence[str], low: float = 72.0) -> dict[str, Decimal]:
    """A score for each code, 100 now and then."""
    return {
        code: Decimal(100) if rng.random() < 0.06 else Decimal(round(rng.uniform(low, 99.99), 2)).quantize(Decimal("0.01"))
        for code in codes
    }


def make_chart(look: ChartLook, framework: Framework, wording: Wording, rng: Random) -> MadeChart:
    """A page with a title, a sentence, a chart and another sentence.

    Raises ToolMissing where fpdf2, uharfbuzz, pythainlp or a font is not installed.
    """
    return _Drawer(look, framework, wording, rng).draw()


def as_figure(made: MadeChart, look: ChartLook, dpi: int, quality: int = 80) -> bytes:
    """The same page with its text as text and the chart as a JPEG of `dpi` pixels an inch in its place."""
    from PIL import Image
    from pypdfium2 import PdfDocument

    document = PdfDocument(made.pdf)
    try:
        page = document[0].render(scale=dpi / 72).to_pil().convert("RGB")
    finally:
        document.close()
    x0, top, x1, bottom = made.box
    stream = io.BytesIO()
    page.crop((round(x0 * dpi / 72), round(top * dpi / 72), round(x1 * dpi / 72), round(bottom * dpi / 72))).save(
        stream, "JPEG", quality=quality
    )
    canvas = _ChartCanvas(look.family, A4_PT, "figure", "clean", {})
    canvas.add_page()
    for nth, line in enumerate(wrap(canvas.face(True), made.title, _BODY_PT, A4_PT[0] - 120)):
        canvas.text(60, 60 + 20 * nth, line, _BODY_PT, is_bold=True)
    canvas.image(Image.open(stream), x0, top, x1 - x0, bottom - top)
    return canvas.output()


class _ChartCanvas(Canvas):
    """A canvas that fills boxes, turns text and sets images."""

    def fill(self, x0: float, top: float, x1: float, bottom: float, color: tuple[int, int, int]) -> None:
        """A box in a colour. fpdf2 believes that it knows the colour set last, and `text` sets it behind its back."""
        red, green, blue = (part / 255 for part in color)
        place = f"{x0:.2f} {self.height_pt - bottom:.2f} {x1 - x0:.2f} {bottom - top:.2f} re f"
        self._pdf._out(f"{red:.3g} {green:.3g} {blue:.3g} rg {place} 0 0 0 rg")

    def stroke(self, points: Sequence[tuple[float, float]], color: tuple[int, int, int], width_pt: float = 0.6) -> None:
        """A polyline."""
        self.scribble(points, color, width_pt)

    def turned(self, x: float, baseline: float, text: str, size_pt: float, degrees: float) -> None:
        """A line of text that runs `degrees` anticlockwise from level."""
        self._pdf.set_font("made", "", size_pt)
        self._pdf.text(0, 0, "")
        cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        place = f"{cos:.5f} {sin:.5f} {-sin:.5f} {cos:.5f} {x:.2f} {self.height_pt - baseline:.2f} Tm"
        self._pdf._out(" ".join(("BT 0 0 0 rg", place, *self._shown(text, size_pt, False), "ET")))

    def image(self, image: object, x: float, top: float, width: float, height: float) -> None:
        """A picture in a box; created at the time that all made PDFs are."""
        self._pdf.set_creation_date(MADE_AT)
        self._pdf.image(image, x, top, width, height)


class _Drawer:
    """Draws one chart; holds what its parts share."""

    def __init__(self, look: ChartLook, framework: Framework, wording: Wording, rng: Random) -> None:
        self.look, self.wording, self.rng = look, wording, rng
        self.year = framework.fiscal_year
        self.canvas = _ChartCanvas(look.family, A4_PT, "chart", "clean", {})
        self.face = self.canvas.face(False)
        gauges = look.kind == "gauges"
        self.labels: dict[str, str] = {}
        if gauges:
            self.labels = {one.code: wording.many("instruments", one.code)[0] for one in framework.instruments}
        else:
            template = wording.one("words", "indicator_listed") if look.is_numbered else "{name}"
            for one in framework.indicators:
                self.labels[one.code] = self.digits(template.format(number=one.number, name=one.name))
        years = [self.year - 1, self.year][-look.series :]
        self.scores: dict[int, Mapping[str, Decimal]] = {
            year: draw_scores(rng, list(self.labels), max(72.0, look.floor + 2.0)) for year in years
        }
        self.left = (A4_PT[0] - look.width_pt) / 2
        self.right = self.left + look.width_pt
        self.top = 150.0
        self.bottom = self.top + look.height_pt

    def digits(self, text: str) -> str:
        return text.translate(TO_THAI) if self.look.is_thai else text

    def draw(self) -> MadeChart:
        self.canvas.add_page()
        title = self.wording.pick(self.rng, "titles", "analysis").format(year=self.digits(str(self.year)))
        for nth, line in enumerate(wrap(self.canvas.face(True), title, _BODY_PT, A4_PT[0] - 120)):
            self.canvas.text(60, 60 + 20 * nth, line, _BODY_PT, is_bold=True)
        self.canvas.text(60, 118, self.wording.pick(self.rng, "titles", "indicators").format(year=self.digits(str(self.year))), _BODY_PT)
        bottom = {"columns": self.columns, "bars": self.bars, "radar": self.radar, "gauges": self.gauges}[self.look.kind]()
        if self.look.has_legend:
            bottom = self.legend(bottom + 1.6 * self.look.text_pt)
        if self.look.has_frame:
            x0, top = self.left - 12, self.top - 18
            self.canvas.stroke([(x0, top), (self.right + 12, top), (self.right + 12, bottom + 8), (x0, bottom + 8), (x0, top)], _GREY)
        closing = self.wording.pick(self.rng, "sentences", "closing")
        for nth, line in enumerate(wrap(self.face, closing, _BODY_PT, A4_PT[0] - 150)):
            self.canvas.text(90, bottom + 50 + 20 * nth, line, _BODY_PT)
        truth = tuple((code, year, value) for year, scores in self.scores.items() for code, value in scores.items())
        return MadeChart(self.canvas.output(), (self.left - 14, self.top - 20, self.right + 14, bottom + 10), truth, title)

    def share(self, value: Decimal | int) -> float:
        """How far along the axis a value stands, 0–1."""
        return (float(value) - self.look.floor) / (100 - self.look.floor)

    def ticks(self) -> list[tuple[int, str]]:
        return [(tick, self.digits(f"{tick:.{self.look.tick_decimals}f}")) for tick in range(self.look.floor, 101, self.look.step)]

    def printed(self, value: Decimal) -> str:
        return self.digits(f"{value:.2f}")

    def centred(self, x: float, baseline: float, text: str) -> None:
        self.canvas.text(x - self.face.width(text) * self.look.text_pt / 2, baseline, text, self.look.text_pt)

    def columns(self) -> float:
        """Vertical bars; returns where the labels end."""
        look, size = self.look, self.look.text_pt
        left, top = self.left + (30 if look.has_ticks else 4), self.top + size
        if look.has_ticks:
            for tick, text in self.ticks():
                y = self.bottom - self.share(tick) * (self.bottom - top)
                if look.has_grid:
                    self.canvas.stroke([(left, y), (self.right, y)], _GREY)
                self.canvas.text(left - 5 - self.face.width(text) * size, y + 0.35 * size, text, size)
        pitch = (self.right - left) / len(self.labels)
        lowest = self.bottom
        numbers: list[tuple[float, float, str]] = []
        for nth, (code, label) in enumerate(self.labels.items()):
            middle = left + (nth + 0.5) * pitch
            bar = (0.6 if look.series == 1 else 0.8) * pitch / look.series
            for which, scores in enumerate(self.scores.values()):
                x = middle + (which - (look.series - 1) / 2) * bar
                y = self.bottom - self.share(scores[code]) * (self.bottom - top)
                self.canvas.fill(x - 0.45 * bar, y, x + 0.45 * bar, self.bottom, _COLORS[which])
                numbers.append((x, y - 3 if look.value_at == "end" else self.bottom - 5, self.printed(scores[code])))
            if look.is_upright:
                lines = wrap(self.face, label, size, 0.92 * pitch)
                for row, line in enumerate(lines):
                    self.centred(middle, self.bottom + (row + 1) * 1.3 * size + 2, line)
                lowest = max(lowest, self.bottom + len(lines) * 1.3 * size + 4)
            else:
                long = self.face.width(label) * size
                self.canvas.turned(middle + 0.3 * size, self.bottom + 5 + long, label, size, 90)
                lowest = max(lowest, self.bottom + 8 + long)
        self.canvas.stroke([(left, self.bottom), (self.right, self.bottom)], (120, 120, 120))
        for x, y, text in numbers:
            self.centred(x, y, text)
        return lowest

    def bars(self) -> float:
        """Horizontal bars; returns where the ticks end."""
        look, size = self.look, self.look.text_pt
        room = 0.3 * look.width_pt
        left, right = self.left + room, self.right - 30
        for tick, text in self.ticks() if look.has_ticks else ():
            x = left + self.share(tick) * (right - left)
            if look.has_grid:
                self.canvas.stroke([(x, self.top), (x, self.bottom)], _GREY)
            self.centred(x, self.bottom + 1.4 * size, text)
        pitch = look.height_pt / len(self.labels)
        for nth, (code, label) in enumerate(self.labels.items()):
            middle = self.top + (nth + 0.5) * pitch
            lines = wrap(self.face, label, size, room - 10)
            for row, line in enumerate(lines):
                y = middle + 0.35 * size + (row - (len(lines) - 1) / 2) * 1.15 * size
                self.canvas.text(left - 6 - self.face.width(line) * size, y, line, size)
            bar = 0.6 * pitch / look.series
            for which, scores in enumerate(self.scores.values()):
                y = middle + (which - (look.series - 1) / 2) * bar
                x = left + self.share(scores[code]) * (right - left)
                self.canvas.fill(left, y - 0.45 * bar, x, y + 0.45 * bar, _COLORS[which])
                self.canvas.text(x + 3, y + 0.35 * size, self.printed(scores[code]), size)
        return self.bottom + (1.6 * size if look.has_ticks else 0)

    def radar(self) -> float:
        """A radar, the first label at its top, clockwise; returns where its labels end."""
        look, size, codes = self.look, self.look.text_pt, list(self.labels)
        cx = (self.left + self.right) / 2
        radius = look.height_pt / 2 - 3 * size
        cy = self.top + look.height_pt / 2
        spokes = [math.radians(-90 + 360 * nth / len(codes)) for nth in range(len(codes))]
        rings = [tick for tick, _ in self.ticks()][1:]
        for tick in rings if look.has_grid else rings[-1:]:
            points = [(cx + radius * self.share(tick) * math.cos(at), cy + radius * self.share(tick) * math.sin(at)) for at in spokes]
            self.canvas.stroke([*points, points[0]], _GREY)
        scores = self.scores[self.year]
        corners = [
            (cx + radius * self.share(scores[code]) * math.cos(at), cy + radius * self.share(scores[code]) * math.sin(at))
            for code, at in zip(codes, spokes, strict=True)
        ]
        self.canvas.stroke([*corners, corners[0]], _COLORS[0], 1.5)
        if look.has_ticks:
            for tick, text in self.ticks():
                self.canvas.text(cx - 3 - self.face.width(text) * size, cy - radius * self.share(tick) + 0.35 * size, text, size)
        for code, at, corner in zip(codes, spokes, corners, strict=True):
            lines = wrap(self.face, self.labels[code], size, 0.24 * look.width_pt)
            if look.value_at == "label":
                lines = [*lines, self.printed(scores[code])]
            else:
                self.canvas.text(corner[0] + 3, corner[1] + 0.35 * size, self.printed(scores[code]), size)
            self.beside(cx + (radius + 6) * math.cos(at), cy + (radius + 6) * math.sin(at), at, lines)
        return self.bottom

    def beside(self, x: float, y: float, at: float, lines: Sequence[str]) -> None:
        """Lines set outside the point (x, y) of a ring: to its right on the right, above it at the top."""
        size = self.look.text_pt
        top = y + (math.sin(at) - 1) / 2 * len(lines) * 1.15 * size
        for row, line in enumerate(lines):
            width = self.face.width(line) * size
            self.canvas.text(x + (math.cos(at) - 1) / 2 * width, top + (row + 0.8) * 1.15 * size, line, size)

    def gauges(self) -> float:
        """Rings side by side with a percentage in or over each; returns where they end."""
        size = self.look.text_pt + 3
        scores, pitch = self.scores[self.year], self.look.width_pt / len(self.labels)
        for nth, (code, label) in enumerate(self.labels.items()):
            middle = self.left + (nth + 0.5) * pitch
            self.canvas.ring(middle, self.top + 55, 45, _COLORS[nth])
            texts = [label, self.printed(scores[code]) + "%"]
            for row, text in enumerate(texts if self.look.value_at == "under" else texts[::-1]):
                self.canvas.text(middle - self.face.width(text) * size / 2, self.top + 125 + row * 1.4 * size, text, size)
        return self.top + 130 + 1.4 * size

    def legend(self, baseline: float) -> float:
        """The name of each series in a row; returns where it ends."""
        size, x = self.look.text_pt, (self.left + self.right) / 2 - 40
        for which, year in enumerate(self.scores):
            text = self.wording.one("words", "year_short").format(year=self.digits(str(year)))
            self.canvas.fill(x, baseline - 0.7 * size, x + 6, baseline, _COLORS[which])
            self.canvas.text(x + 10, baseline, text, size)
            x += 30 + self.face.width(text) * size
        return baseline
