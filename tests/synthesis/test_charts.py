from dataclasses import replace
from random import Random

import pytest

from prongsai.knowledge import Knowledge
from prongsai.synthesis.charts import KINDS, ChartLook, MadeChart, as_figure, draw_chart_look, make_chart
from prongsai.synthesis.wording import load_wording

pytestmark = pytest.mark.usefixtures("_pdf_tools")


def made(knowledge: Knowledge, kind: str, seed: int = 1) -> tuple[ChartLook, MadeChart]:
    rng = Random(seed)
    look = replace(draw_chart_look(rng, kind), is_thai=False)
    return look, make_chart(look, knowledge.frameworks[2568], load_wording(), rng)


def text_of(pdf: bytes) -> str:
    from pypdfium2 import PdfDocument

    document = PdfDocument(pdf)
    try:
        return str(document[0].get_textpage().get_text_range())
    finally:
        document.close()


@pytest.mark.parametrize("kind", KINDS)
def test_every_score_of_the_truth_is_printed(knowledge: Knowledge, kind: str) -> None:
    look, chart = made(knowledge, kind)
    assert len(chart.truth) == (3 if kind == "gauges" else 10) * look.series
    text = text_of(chart.pdf)
    assert all(f"{value:.2f}" in text for _, _, value in chart.truth)


def test_the_same_seed_gives_the_same_bytes(knowledge: Knowledge) -> None:
    assert made(knowledge, "radar")[1] == made(knowledge, "radar")[1]
    assert made(knowledge, "radar")[1].pdf != made(knowledge, "radar", 2)[1].pdf


def test_a_chart_as_a_figure_has_no_score_in_the_text_layer(knowledge: Knowledge) -> None:
    look, chart = made(knowledge, "columns")
    text = text_of(as_figure(chart, look, 100))
    assert chart.title[:20] in text
    assert not any(f"{value:.2f}" in text for _, _, value in chart.truth)
