from __future__ import annotations

import io
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from prongsai.reading.figures import MOST_IN_DOCUMENT, FigureReader, Figures, draw, figures_of, looks_written
from prongsai.reading.glyphs import page_frame
from prongsai.records import Box, Rule, Word

if TYPE_CHECKING:
    from PIL import Image


@dataclass(frozen=True)
class Read:
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()
    version: str = "a reader 1"


def chart(width: int = 800, height: int = 500) -> Image.Image:
    """Marks of the size of letters on a plain ground."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (width, height), "white")
    pen = ImageDraw.Draw(image)
    for x in range(40, width - 20, 40):
        for y in range(40, height - 20, 60):
            pen.rectangle((x, y, x + 10, y + 16), fill="black")
    return image


def photograph(width: int = 400, height: int = 300) -> Image.Image:
    from PIL import Image

    return Image.frombytes("RGB", (width, height), Random(1).randbytes(3 * width * height))


def page_with(image: Image.Image, box: Box, second: Box | None = None) -> pypdfium2.PdfPage:
    """An A4 page that shows a picture in a box, in points from the top left, and again in a second one."""
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(595, 842)
    for place in (box, second):
        if place is None:
            continue
        stream = io.BytesIO()
        image.save(stream, "JPEG")
        item = pypdfium2.PdfImage.new(document)
        item.load_jpeg(stream, inline=True)
        item.set_matrix(pypdfium2.PdfMatrix().scale(place.width, place.height).translate(place.x0, 842 - place.bottom))
        page.insert_obj(item)
    page.gen_content()
    return page


BOX = Box(100, 200, 500, 450)


@pytest.fixture
def page() -> pypdfium2.PdfPage:
    return page_with(chart(), BOX)


def test_words_of_a_figure_stand_where_the_figure_stands(page: pypdfium2.PdfPage) -> None:
    asked: list[tuple[tuple[int, int], float]] = []

    def read(image: Image.Image, dpi: float) -> Read:
        asked.append((image.size, dpi))
        words = (Word("98.45", Box(10, 20, 40, 30), 1, 0.9, reader_version="numerals 9"), Word("x", Box(10, 40, 40, 50), 2, 0.9))
        return Read(words, (Rule(0, 35, 60, 35),))

    layer = (Word("above", Box(100, 100, 140, 112), 7),)
    figures = FigureReader(read).look(page, page_frame(page), layer)
    found = figures.words
    assert [(word.text, word.line) for word in found] == [("98.45", 8), ("x", 9)]
    assert found[0].box is not None
    assert (found[0].box.x0, found[0].box.top) == pytest.approx((110, 220), abs=0.5)
    assert [word.reader_version for word in found] == ["numerals 9", "a reader 1"]
    rule = figures.rules[0]
    assert (rule.x0, rule.top, rule.x1) == pytest.approx((100, 235, 160), abs=0.5)
    (size, dpi) = asked[0]
    assert dpi == 200
    assert size == pytest.approx((400 / 72 * 200, 250 / 72 * 200), abs=2)


def test_the_figure_is_drawn_and_not_what_stands_around_it(page: pypdfium2.PdfPage) -> None:
    figures = figures_of(page, page_frame(page), ())
    assert [pixels for _, pixels in figures] == [800]
    drawn = draw(page, page_frame(page), figures[0][0], 144)
    assert drawn.size == pytest.approx((800, 500), abs=2)
    assert sum(drawn.getpixel((45, 48))) < 100  # type: ignore[arg-type]
    assert sum(drawn.getpixel((30, 30))) > 700  # type: ignore[arg-type]


def test_pictures_under_words_and_small_ones_are_left_alone(page: pypdfium2.PdfPage) -> None:
    over = (Word("over", Box(300, 300, 340, 312), 1),)
    assert figures_of(page, page_frame(page), over) == []
    small = page_with(chart(), Box(100, 100, 200, 160))
    assert figures_of(small, page_frame(small), ()) == []


def test_strips_are_one_picture() -> None:
    page = page_with(chart(), Box(100, 200, 500, 300), Box(100, 300, 500, 400))
    assert [(round(box.top), round(box.bottom)) for box, _ in figures_of(page, page_frame(page), ())] == [(200, 400)]


def test_photographs_are_not_read() -> None:
    assert looks_written(chart(), 144)
    assert not looks_written(photograph(), 100)
    page = page_with(photograph(), BOX)

    def read(image: Image.Image, dpi: float) -> Read:
        raise AssertionError("a photograph was read")

    assert FigureReader(read).look(page, page_frame(page), ()) == Figures()


def test_a_document_has_a_cap(page: pypdfium2.PdfPage) -> None:
    def read(image: Image.Image, dpi: float) -> Read:
        raise AssertionError("more figures were read than a document may have")

    assert FigureReader(read, count=MOST_IN_DOCUMENT).look(page, page_frame(page), ()) == Figures()
