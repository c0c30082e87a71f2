"""Colours: stamps and shading fade, print stays, and light print on dark is turned round."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from prongsai.reading.imaging.colour import to_grey
from prongsai.reading.imaging.light import as_array

from .sheets import Sheet, darkest, scanned, sheet

BOX = (1.0, 1.0, 2.6, 1.6)
"""Around the text that `printed` draws."""


def printed(ink: tuple[int, int, int], ground: tuple[int, int, int] | None = None) -> Sheet:
    page = sheet(paper=(250, 250, 250))
    if ground is not None:
        page.pen.rectangle(page.px(0.8, 0.9, 3.2, 1.5), fill=ground)
    page.text(1.1, 1.05, "97.32 98.50", 18, ink)
    return page


def grey_of(page: Sheet) -> np.ndarray:
    return to_grey(as_array(scanned(page.image, noise=2, quality=80)), page.dpi)[0]


@pytest.mark.parametrize("ink", [(20, 20, 20), (200, 20, 20), (30, 60, 160), (0, 110, 50), (110, 0, 60)])
def test_print_in_any_colour_is_dark(ink: tuple[int, int, int]) -> None:
    grey = grey_of(printed(ink))
    assert darkest(grey, BOX, 200) < 80
    assert np.median(grey) > 240


@pytest.mark.parametrize("ground", [(255, 255, 0), (255, 230, 153), (0, 255, 255), (189, 215, 238), (146, 208, 80), (217, 217, 217)])
def test_black_print_on_a_tint_stands_out(ground: tuple[int, int, int]) -> None:
    grey = grey_of(printed((20, 20, 20), ground))
    assert darkest(grey, BOX, 200) < 70
    assert np.percentile(grey[200:260, 220:520], 75) > 170


@pytest.mark.parametrize("ground", [(68, 114, 196), (192, 0, 0), (40, 40, 40), (112, 48, 160), (0, 128, 96)])
def test_light_print_on_a_dark_ground_is_turned_round(ground: tuple[int, int, int]) -> None:
    grey = grey_of(printed((255, 255, 255), ground))
    assert darkest(grey, BOX, 200) < 70
    assert np.percentile(grey[200:260, 220:520], 75) > 220


@pytest.mark.parametrize("ink", [(210, 30, 40), (40, 60, 200), (150, 60, 190)])
def test_a_coloured_stamp_fades_and_is_remembered(ink: tuple[int, int, int]) -> None:
    page = printed((20, 20, 20))
    page.ring(2.0, 2.5, 0.6, ink)
    page.text(1.75, 2.4, "PAID", 12, ink)
    grey, stamps = to_grey(as_array(page.image), 200)
    assert darkest(grey, (1.3, 1.8, 2.7, 3.2), 200) > 145
    assert darkest(grey, BOX, 200) < 60
    assert stamps is not None
    assert stamps[round(2.5 * 200), round(1.415 * 200)]
    assert not stamps[200:320, 200:520].any()


def test_grey_pages_pass_as_they_are() -> None:
    pixels = as_array(printed((20, 20, 20)).image.convert("L"))
    grey, stamps = to_grey(pixels, 200)
    assert stamps is None
    assert np.array_equal(grey, pixels)


def test_transparent_and_deep_images() -> None:
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    assert as_array(clear).min() == 255
    deep = Image.fromarray(np.full((40, 40), 51_400, np.uint16))
    assert as_array(deep).dtype == np.uint8
    assert as_array(deep)[0, 0] == 200
    assert as_array(Image.new("1", (40, 40), 1)).max() == 255
    assert as_array(Image.new("CMYK", (40, 40))).shape == (40, 40, 3)


def test_heavy_print_in_colour_is_whole() -> None:
    """Digits of a chart: bold, red, so heavy that they could be taken for areas."""
    page = sheet(paper=(250, 250, 250))
    for number in range(4):
        left = 1.0 + 0.17 * number
        page.pen.rectangle(page.px(left, 1.0, left + 0.13, 1.2), fill=(192, 0, 0))
        page.pen.rectangle(page.px(left + 0.05, 1.04, left + 0.07, 1.16), fill=(250, 250, 250))
    grey = grey_of(page)
    was_red = np.asarray(page.image)[..., 1] < 60
    assert np.percentile(grey[was_red], 97) < 110


def test_bars_leave_no_edges() -> None:
    """The edge of a bar, greyer and darker than both its sides in JPEG, is no rule that cuts the number on it."""
    page = sheet(paper=(255, 255, 255))
    page.pen.rectangle(page.px(1.0, 1.0, 1.4, 3.0), fill=(68, 114, 196))
    page.text(0.95, 2.7, "97.32", 14)
    grey = to_grey(as_array(scanned(page.image, blur=0.6, quality=50)), page.dpi)[0]
    assert darkest(grey, (0.9, 1.3, 1.5, 2.6), page.dpi) > 215
    assert darkest(grey, (0.95, 2.7, 1.5, 2.95), page.dpi) < 80
