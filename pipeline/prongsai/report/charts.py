"""Charts: Vega-Lite specs that Altair builds and checks, one for each language, and the libraries that draw them, bundled.

A spec holds no data. All of them stand once in `assets/specs.js`, and each page gives the rows that its charts are drawn from, so
that a page costs no more than its numbers. What of a row is words comes in both languages; `assets/charts.js` says it in one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from prongsai.report.words import Both, word
from prongsai.report.writing import Site, in_script

if TYPE_CHECKING:
    import altair

LIBRARIES, SPECS = "assets/vega.js", "assets/specs.js"
LANGUAGES = ("th", "en")
BAND, BAND_EDGE, INK, OWN = "#8fc7c3", "#3a827d", "#1d2b2f", "#b3541e"
"""The middle half, the median, this agency (its year before is a ring): told apart by shape as well."""
SEVERITIES = {"error": "#8e1b1b", "warning": "#d99a1c"}
"""Dark and light, so that they differ without their hue."""
_FONT = "Sarabun, 'Noto Sans Thai', 'Leelawadee UI', Thonburi, Garuda, 'Segoe UI', system-ui, sans-serif"
_STEP, _BAR, _TICK = 32, 16, 20
"""Height of a row, of its band and of its median tick, in pixels; two lines of a label fit a row."""


def write(site: Site) -> None:
    """Writes the libraries and the specs of every chart."""
    _write_libraries(site)
    site.script(SPECS, f"prongsai.charts={in_script(specs())};\n")


def _write_libraries(site: Site) -> None:
    """The bundle takes seconds to make, and is the same until its maker changes: that of an earlier site is kept."""
    head = f"/* Vega, Vega-Lite and Vega-Embed (BSD-3-Clause), bundled by vl-convert {version('vl-convert-python')} */\n"
    place = site.folder / LIBRARIES
    try:
        with place.open(encoding="utf-8") as stream:
            is_there = stream.readline() == head
    except OSError:
        is_there = False
    if is_there:
        site.has([LIBRARIES])
    else:
        site.script(LIBRARIES, head + bundle())


@cache
def bundle() -> str:
    """A classic script that sets `vegaEmbed` and no other global."""
    import vl_convert

    return f"(function(){{\n{vl_convert.javascript_bundle('window.vegaEmbed = vegaEmbed;')}\n}})();\n"


def specs() -> dict[str, dict[str, Any]]:
    """Every chart's spec by its name and language. Altair refuses what is no Vega-Lite."""
    return {name: {language: _spec(make, language) for language in LANGUAGES} for name, make in _CHARTS.items()}


def said(both: Both) -> dict[str, str]:
    """A cell of a row that is said in the language of the page, like its `label`."""
    return {"th": both.th, "en": both.en}


def island(rows: Iterable[Mapping[str, object]]) -> Markup:
    """Rows as they stand in a page."""
    return Markup(in_script(list(rows)))


def _spec(make: Callable[[Callable[[str], str]], altair.LayerChart], language: str) -> dict[str, Any]:
    def say(name: str) -> str:
        text: str = getattr(word(name), language)
        return text

    chart = make(say).properties(autosize={"type": "fit-x", "contains": "padding"})
    chart = chart.configure(font=_FONT, aria=False).configure_view(stroke=None)
    chart = chart.configure_axis(labelFontSize=13, titleFontSize=13, titleFontWeight="normal", labelColor=INK, titleColor=INK, labelLimit=0)
    spec: dict[str, Any] = chart.to_dict()
    return spec


def _ranges(say: Callable[[str], str]) -> altair.LayerChart:
    """A row for each group: its middle half as a band, its median as a tick."""
    return _layers(*_group(say, [("chart.name", "label"), ("chart.count", "count", ",")]))


def _indicators(say: Callable[[str], str]) -> altair.LayerChart:
    """A row for each code: the peers' band and tick, the agency's score as a point, that of the year before as a ring."""
    import altair

    tips = [("chart.name", "label"), ("chart.own", "own", ".2f"), ("chart.before", "before", ".2f")]
    y, x = _rows(altair), _score_axis(altair, say)
    ring = _from_rows().mark_point(shape="circle", size=90, stroke=OWN, strokeWidth=1.8, fill="white", opacity=1)
    point = _from_rows().mark_point(shape="circle", size=110, fill=OWN, stroke="white", strokeWidth=1, opacity=1)
    return _layers(
        *_group(say, tips),
        ring.encode(y=y, x=x("before"), tooltip=_tips(say, tips)).transform_filter("isValid(datum.before)"),
        point.encode(y=y, x=x("own"), tooltip=_tips(say, tips)).transform_filter("isValid(datum.own)"),
    )


def _history(say: Callable[[str], str]) -> altair.LayerChart:
    """A column for each year: the peers' band and tick, and where there is one, the agency's score as a point, joined by a line."""
    import altair

    x = altair.X("year:O", title=say("chart.year"), axis=altair.Axis(labelAngle=0))
    scale = altair.Scale(zero=False, nice=True, padding=8)

    def y(field: str) -> altair.Y:
        return altair.Y(f"{field}:Q", title=say("chart.score"), scale=scale)

    tips = _tips(say, [("chart.year", "year"), ("chart.own", "own", ".2f"), *_QUARTILES, ("chart.count", "count", ",")])
    has_own = "isValid(datum.own)"
    return _layers(
        _from_rows()
        .mark_bar(color=BAND, stroke=BAND_EDGE, width=30)
        .encode(x=x, y=y("q1"), y2="q3:Q", tooltip=tips)
        .transform_filter(_HAS_BAND),
        _from_rows().mark_tick(color=INK, thickness=3, width=34).encode(x=x, y=y("median"), tooltip=tips).transform_filter(_HAS_MEDIAN),
        _from_rows().mark_line(color=OWN, strokeWidth=2).encode(x=x, y=y("own")).transform_filter(has_own),
        _from_rows()
        .mark_point(shape="circle", size=110, fill=OWN, stroke="white", strokeWidth=1, opacity=1)
        .encode(x=x, y=y("own"), tooltip=tips)
        .transform_filter(has_own),
    ).properties(height=240)


def _histogram(say: Callable[[str], str]) -> altair.LayerChart:
    """How many agencies lie in each range of scores; the rows name every range, empty ones too."""
    import altair

    x = altair.X(
        "from:Q",
        bin="binned",
        title=say("chart.score"),
        scale=altair.Scale(zero=False, nice=False),
        axis=altair.Axis(labelSeparation=8, tickCount=6),
    )
    y = altair.Y("count:Q", title=say("chart.count"), axis=altair.Axis(tickCount=4, labelExpr=_WHOLE))
    tips = _tips(say, [("chart.from", "from"), ("chart.to", "to"), ("chart.count", "count", ",")])
    bars = _from_rows().mark_bar(color="#2f7f7b", stroke="white", strokeWidth=1).encode(x=x, x2="to:Q", y=y, tooltip=tips)
    return _layers(bars).properties(height=150)


def _rules(say: Callable[[str], str]) -> altair.LayerChart:
    """A row for each rule: its errors, then its warnings, and how many both are."""
    import altair

    y = _rows(altair)
    x = altair.X("count:Q", title=say("chart.findings"), axis=altair.Axis(labelExpr=_WHOLE, labelSeparation=8, tickCount=5), stack="zero")
    color = altair.Color("severity:N", scale=altair.Scale(domain=list(SEVERITIES), range=list(SEVERITIES.values())), legend=None)
    tips = _tips(say, [("chart.name", "label"), ("chart.severity", "said"), ("chart.findings", "count", ",")])
    bars = _from_rows().mark_bar(height=_BAR, stroke=INK, strokeWidth=0.5).transform_filter("datum.count > 0")
    sums = _from_rows().mark_text(align="left", dx=6, fontSize=13, color=INK)
    drawn = _layers(
        bars.encode(y=y, x=x, color=color, order="order:Q", tooltip=tips),
        sums.encode(y=y, x=altair.X("total:Q"), text=altair.Text("total:Q", format=",")).transform_filter("datum.order == 0"),
    )
    # Room for the sum of the longest bar.
    return drawn.properties(padding={"left": 5, "top": 5, "right": 40, "bottom": 5})


_CHARTS: Mapping[str, Callable[[Callable[[str], str]], altair.LayerChart]] = {
    "ranges": _ranges,
    "indicators": _indicators,
    "history": _history,
    "histogram": _histogram,
    "rules": _rules,
}
_WHOLE = "datum.value % 1 ? '' : format(datum.value, ',')"
"""Counts have no ticks between them."""
_HAS_BAND, _HAS_MEDIAN = "isValid(datum.q1)", "isValid(datum.median)"
_QUARTILES = [("chart.q1", "q1", ".2f"), ("chart.median", "median", ".2f"), ("chart.q3", "q3", ".2f")]


def _group(say: Callable[[str], str], tips: list[tuple[str, ...]]) -> list[altair.Chart]:
    """The middle half and the median of a group, in the row of what they are of."""
    import altair

    y, x = _rows(altair), _score_axis(altair, say)
    told = _tips(say, [*tips, *_QUARTILES])
    return [
        _from_rows()
        .mark_bar(color=BAND, stroke=BAND_EDGE, height=_BAR)
        .encode(y=y, x=x("q1"), x2="q3:Q", tooltip=told)
        .transform_filter(_HAS_BAND),
        _from_rows().mark_tick(color=INK, thickness=3, height=_TICK).encode(y=y, x=x("median"), tooltip=told).transform_filter(_HAS_MEDIAN),
    ]


def _layers(*charts: altair.Chart) -> altair.LayerChart:
    import altair

    layers: altair.LayerChart = altair.LayerChart(layer=list(charts), data=altair.NamedData(name="rows"))
    return layers


def _from_rows() -> altair.Chart:
    import altair

    return altair.Chart(height={"step": _STEP})


def _rows(altair: Any) -> Any:
    """Rows in the order of the data; a label's lines are parted by line ends, and its middle is that of the row."""
    middle = {"condition": {"test": "indexof(datum.value, '\\n') >= 0", "value": "line-bottom"}, "value": "middle"}
    return altair.Y(
        "label:N",
        sort=altair.EncodingSortField("nth", op="min"),
        title=None,
        axis=altair.Axis(labelExpr="split(datum.label, '\\n')", labelLineHeight=15, labelBaseline=middle, domain=False, ticks=False),
    )


def _score_axis(altair: Any, say: Callable[[str], str]) -> Callable[[str], Any]:
    scale = altair.Scale(zero=False, nice=True, padding=8)
    return lambda field: altair.X(
        f"{field}:Q", title=say("chart.score"), scale=scale, axis=altair.Axis(labelSeparation=8, tickCount=6, grid=True)
    )


def _tips(say: Callable[[str], str], fields: Iterable[tuple[str, ...]]) -> list[Any]:
    """What is shown beside the pointer: name of the text, field, format."""
    import altair

    told = ((f"{field}:{'Q' if form else 'N'}", say(name), form[0] if form else altair.Undefined) for name, field, *form in fields)
    return [altair.Tooltip(field, title=title, format=form) for field, title, form in told]
