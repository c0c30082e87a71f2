"""A page image becomes words: with stand-ins for the readers, and once with the real ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import Levenshtein

from prongsai.errors import ToolMissing
from prongsai.layout import lay_out
from prongsai.reading import ocr, read_pages, scan
from prongsai.reading.imaging import PreparedPage, Segment
from prongsai.reading.numerals import Candidate, LineImage, LineReading, Shape, Token, numeral_reader
from prongsai.reading.pieces import Piece, Reading
from prongsai.records import UNREAD, Kind, Options, Page, Reader, Rule, Source, Table

from .conftest import Glyphs

DPI = 200.0
Make = Callable[[bytes, Kind], Source]


def numeral(text: str, probability: float = 0.99, shape: Shape = Shape.SCORE) -> Token:
    candidates = (Candidate(text, probability), Candidate("๐.๐๐", round(1 - probability, 4)))
    return Token(text, 4, 60, probability, candidates, is_word=False, shape=shape)


WORDS = Token("", 4, 60, 0.99, (), is_word=True)


@dataclass
class Standin:
    """Stands for the page preparation and for the readers of numerals and of words."""

    segments: tuple[Segment, ...] = ()
    rules: tuple[Rule, ...] = ()
    lines: Sequence[tuple[Token, ...]] = ()
    texts: Sequence[str] = ()
    """What the reader of words reads, piece by piece."""
    pieces: list[int] = field(default_factory=list)
    """How many pieces each call of it was given."""
    version: str = "numerals 0 sha256:" + "0" * 64

    def prepare(self, *_: object) -> PreparedPage:
        grey = np.full((2339, 1654), 255, np.uint8)
        return PreparedPage(grey, DPI, 90, -0.5, self.rules, self.segments, None)

    def read(self, lines: Sequence[LineImage]) -> list[LineReading]:
        assert len(lines) == len(self.lines)
        return [LineReading(tokens, 0.0) for tokens in self.lines]

    def read_words(self, _: PreparedPage, pieces: Sequence[Piece], *__: object) -> list[list[Reading]]:
        self.pieces.append(len(pieces))
        return [[Reading(text, piece.x0, piece.x1, 0.9)] for text, piece in zip(self.texts, pieces, strict=True)]


@pytest.fixture
def standin(monkeypatch: pytest.MonkeyPatch) -> Standin:
    one = Standin()
    monkeypatch.setattr(scan, "prepare", one.prepare)
    monkeypatch.setattr(scan, "numeral_reader", lambda: one)
    monkeypatch.setattr(scan, "letter_reader", lambda: Standin(version="letters 0"))
    monkeypatch.setattr(scan, "read_words", one.read_words)
    monkeypatch.setattr(scan, "require_tesseract", lambda: ocr.Tesseract("5", ("tha",)))
    return one


def read(**options: bool) -> scan.ScanPage:
    return scan.read_scan(Image.new("RGB", (10, 10)), DPI, 10, Glyphs(), **options)


def test_words_and_numerals_say_who_read_them(standin: Standin) -> None:
    standin.segments = (Segment(100, 100, 170, 130, 1), Segment(400, 100, 470, 130, 1))
    standin.lines = [(WORDS,), (numeral("๙๗.๓๒"),)]
    standin.texts = ["รวม"]
    page = read()
    assert [(word.text, word.reader_version) for word in page.words] == [("รวม", ""), ("๙๗.๓๒", standin.version)]
    assert (page.version, standin.pieces) == ("letters 0", [1])
    assert (page.turned_degrees, page.skew_degrees) == (90, -0.5)
    assert (round(page.width_pt), round(page.height_pt)) == (595, 842)


def test_page_of_numerals_alone_has_no_words_to_read(standin: Standin) -> None:
    standin.segments, standin.lines = (Segment(100, 100, 170, 130, 1),), [(numeral("๙๗.๓๒"),)]
    assert read().version == standin.version
    assert sum(standin.pieces) == 0


def test_page_without_numerals_is_skimmed_unless_it_must_be_read(standin: Standin) -> None:
    standin.segments, standin.lines = (Segment(100, 100, 170, 130, 1),), [(WORDS,)]
    skimmed = read(must_read=False)
    assert (skimmed.is_skimmed, skimmed.words, sum(standin.pieces)) == (True, (), 0)
    standin.texts = ["ภาพ"]
    whole = read(must_read=True)
    assert (whole.is_skimmed, [word.text for word in whole.words]) == (False, ["ภาพ"])


@pytest.mark.parametrize("hidden", [(numeral("๙๐.๑๑", 0.2),), (), (Token("", 4, 60, 0.5, (), is_word=True),)])
def test_hidden_score_leaves_its_cell_without_a_value_and_moves_nothing(standin: Standin, hidden: tuple[Token, ...]) -> None:
    """A row of a label, a hidden score and a difference, under a row in which all is seen."""
    xs, ys = (100, 500, 700, 900), (100, 200, 300)
    unit = 72 / DPI
    standin.rules = tuple(
        [Rule(xs[0] * unit, y * unit, xs[-1] * unit, y * unit) for y in ys]
        + [Rule(x * unit, ys[0] * unit, x * unit, ys[-1] * unit) for x in xs]
    )
    standin.segments = tuple(Segment(x + 10, y + 30, x + 75, y + 65, row) for row, y in enumerate(ys[:2], 1) for x in xs[:3])
    standin.lines = [
        (WORDS,),
        (numeral("๙๗.๓๒"),),
        (numeral("-๑.๑๓", shape=Shape.DIFFERENCE),),
        (WORDS,),
        hidden,
        (numeral("+๐.๖๓", shape=Shape.DIFFERENCE),),
    ]
    standin.texts = ["ก", "ข", "๕๕"] if hidden and hidden[0].is_word else ["ก", "ข"]
    found = read()
    layout = lay_out([Page(1, found.width_pt, found.height_pt, Reader.OCR, found.version, found.words, found.rules)])
    (table,) = layout.blocks
    assert isinstance(table, Table)
    texts = {(cell.row, cell.column): cell.text for cell in table.cells}
    assert texts[0, 1] == "๙๗.๓๒"
    assert texts[0, 2] == "-๑.๑๓"
    assert texts[1, 2] == "+๐.๖๓"
    assert texts[1, 1] == (UNREAD if hidden else "")


THAI_FONTS = (
    "tlwg/Sarabun.ttf",
    "tlwg/Garuda.ttf",
    "tlwg/Loma.ttf",
    "tlwg/Norasi.ttf",
    "opentype/tlwg/Garuda.otf",
    "opentype/tlwg/Loma.otf",
)


def printed_page() -> Image.Image:
    """A page with a line of words, and a ruled table of a code, words and a score in each of three rows."""
    path = next((found for name in THAI_FONTS if (found := Path("/usr/share/fonts") / name).is_file()), None)
    path = path or next(
        (Path("/usr/share/fonts/truetype") / name for name in THAI_FONTS if (Path("/usr/share/fonts/truetype") / name).is_file()), None
    )
    if path is None:
        pytest.skip("no Thai font of those that the test draws with is on this machine")
    font = ImageFont.truetype(str(path), 40)
    image = Image.new("RGB", (1654, 2339), "white")
    pen = ImageDraw.Draw(image)
    pen.text((200, 120), "ผลการประเมินประจำปีงบประมาณ พ.ศ. ๒๕๖๘", "black", font)
    for row, (code, score) in enumerate([("i๑", "๙๗.๓๒"), ("i๒", "๘๕.๖๔"), ("i๓", "๙๘.๐๕")]):
        top = 300 + 100 * row
        pen.text((220, top + 15), code, "black", font)
        pen.text((420, top + 15), "การปฏิบัติหน้าที่", "black", font)
        pen.text((1120, top + 15), score, "black", font)
    for y in range(300, 601, 100):
        pen.line((200, y, 1400, y), "black", 3)
    for x in (200, 400, 1100, 1400):
        pen.line((x, 300, x, 600), "black", 3)
    return image


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("turn", [0, 90, 180])
def test_printed_table_is_read_whole(tmp_path: Path, turn: int) -> None:
    try:
        version = numeral_reader().version
    except ToolMissing as error:
        pytest.skip(str(error))
    path = tmp_path / "page.png"
    printed_page().rotate(turn, expand=True).save(path, dpi=(200, 200))
    source = Source(path.as_posix(), "0" * 64, Kind.IMAGE, path.stat().st_size)
    (page,) = read_pages(source, Options(), Glyphs())
    assert not page.failure
    assert (round(page.width_pt), round(page.height_pt)) == (595, 842)
    table = next(block for block in lay_out([page]).blocks if isinstance(block, Table))
    rows = [[cell.text for cell in table.cells if cell.row == row] for row in range(table.n_rows)]
    assert [(row[0], row[-1]) for row in rows] == [("i๑", "๙๗.๓๒"), ("i๒", "๘๕.๖๔"), ("i๓", "๙๘.๐๕")]
    assert all(Levenshtein.distance(row[1], "การปฏิบัติหน้าที่") <= 1 for row in rows)
    scores = [word for word in page.words if word.text == "๙๗.๓๒"]
    assert [word.reader_version for word in scores] == [version]
    assert all(word.confidence is not None and word.confidence > 0.9 for word in scores)


def test_missing_tesseract_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "require_tesseract", lambda: (_ for _ in ()).throw(ToolMissing("none here")))
    with pytest.raises(ToolMissing, match="none here"):
        read()
