"""Sheets of word pieces for Tesseract, and the way back to the page."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from prongsai.reading.ocr import Letters
from prongsai.reading.pieces import Piece
from prongsai.reading.strips import Sheet, compose, put_back

DPI = 200.0


def page_with(pieces: list[Piece]) -> np.ndarray:
    """A white page on which each piece is a black bar, 5 pixels inside its box."""
    page = np.full((2339, 1654), 255, np.uint8)
    for piece in pieces:
        page[piece.top + 5 : piece.bottom - 5, piece.x0 + 5 : piece.x1 - 5] = 0
    return page


def bars(sheet: Sheet) -> list[tuple[int, int, int, int]]:
    """The black bars of a sheet as (left, top, right, bottom), line by line."""
    found = []
    ink = sheet.pixels < 128
    for top, bottom in pairwise((*sheet.tops, sheet.pixels.shape[0])):
        columns = np.flatnonzero(np.diff(np.concatenate(([0], ink[top:bottom].any(axis=0).astype(int), [0]))))
        for left, right in columns.reshape(-1, 2).tolist():
            rows = np.flatnonzero(ink[top:bottom, left:right].any(axis=1))
            found.append((left, top + int(rows[0]), right, top + int(rows[-1]) + 1))
    return found


@pytest.mark.parametrize("dpi", [200.0, 300.0, 180.0])
def test_every_piece_is_found_again_where_it_stood(dpi: float) -> None:
    pieces = [Piece(100 + 300 * column, 60 + 70 * row, 350 + 300 * column, 96 + 70 * row) for row in range(20) for column in range(4)]
    page = page_with(pieces)
    sheets = compose(page, dpi, pieces)
    letters = [[Letters("x", *bar, 0.9) for bar in bars(sheet)] for sheet in sheets]
    assert sum(map(len, letters)) == len(pieces)
    for piece, readings in zip(pieces, put_back(sheets, letters, page, pieces), strict=True):
        (reading,) = readings
        assert reading.x0 == pytest.approx(piece.x0 + 5, abs=1.5)
        assert reading.x1 == pytest.approx(piece.x1 - 5, abs=1.5)


def test_pieces_that_share_a_line_stand_on_one_base_line_with_white_between() -> None:
    tall, low = Piece(100, 100, 400, 150), Piece(600, 300, 700, 330)
    (sheet,) = compose(page_with([tall, low]), DPI, [tall, low])
    (left, _, right, bottom), (next_left, _, _, next_bottom) = bars(sheet)
    assert left < right < next_left - 60
    assert bottom == pytest.approx(next_bottom, abs=1)


def test_sheets_have_few_lines() -> None:
    pieces = [Piece(100, 50 + 60 * row, 1500, 90 + 60 * row) for row in range(30)]
    sheets = compose(page_with(pieces), DPI, pieces)
    assert max(len(sheet.lines) for sheet in sheets) <= 8
    assert sum(len(sheet.lines) for sheet in sheets) == 30


def test_nothing_gives_nothing() -> None:
    assert compose(page_with([]), DPI, []) == []
    assert put_back([], [], page_with([]), []) == []


def test_words_end_where_white_begins_and_are_as_sure_as_their_least_letter() -> None:
    piece = Piece(100, 100, 500, 140)
    page = page_with([])
    page[105:135, 110:200] = page[105:135, 240:300] = 0
    (sheet,) = compose(page, DPI, [piece])
    left = sheet.lines[0][0].left
    spans = [(5, 40, 0.9), (70, 102, 0.5), (135, 190, 0.8)]
    letters = [Letters("กขค"[at], left + x0, 54, left + x1, 84, sure) for at, (x0, x1, sure) in enumerate(spans)]
    letters.append(Letters("ฆ", left + 40, 48, left + 60, 53, 0.9))  # Tone marks taken for a line of their own,
    letters.append(Letters("ฌ", left + 40, 48, left + 60, 84, 0.9, foot=53))  # whose letters may reach below it.
    (words,) = put_back([sheet], [letters], page, [piece])
    assert [(word.text, word.x0, word.x1, word.confidence) for word in words] == [("กข", 110, 200, 0.5), ("ค", 240, 300, 0.8)]


def test_a_piece_without_ink_and_a_dot_do_no_harm() -> None:
    pieces = [Piece(10, 10, 12, 12), Piece(100, 100, 101, 140)]
    assert len(compose(page_with([]), DPI, pieces)) == 1
