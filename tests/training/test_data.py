"""Lines kept, and batches of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from prongsai.reading.network.normalise import HEIGHT
from prongsai.reading.numerals.alphabet import ALPHABET
from prongsai.training.data import batches, clean_lines, pack
from prongsai.training.fonts import HELD_OUT, TrainingFont
from prongsai.training.recipes import NUMERAL_READER


def test_lines_are_kept_and_found_again(fonts: tuple[TrainingFont, ...], tmp_path: Path) -> None:
    drawn = clean_lines(NUMERAL_READER, 12, 5, tmp_path)
    (kept,) = tmp_path.iterdir()
    again = clean_lines(NUMERAL_READER, 12, 5, tmp_path)
    assert list(tmp_path.iterdir()) == [kept]
    assert [line.classes for line in drawn] == [line.classes for line in again]
    assert all(np.array_equal(first.ink, second.ink) for first, second in zip(drawn, again, strict=True))


def test_no_line_is_drawn_in_a_font_held_out(fonts: tuple[TrainingFont, ...], tmp_path: Path) -> None:
    assert not {line.family for line in clean_lines(NUMERAL_READER, 80, 6, tmp_path)} & set(HELD_OUT)


def test_a_batch_pads_with_paper_and_counts_its_classes() -> None:
    lines = [(np.ones((HEIGHT, 21), np.float32), "97"), (np.ones((HEIGHT, 40), np.float32), "o1")]
    batch = pack(lines, ALPHABET)
    assert batch.ink.shape == (2, 1, HEIGHT, 40)
    assert not batch.ink[0, 0, :, 21:].any()
    assert [ALPHABET[one] for one in batch.classes] == list("97o1")
    assert batch.lengths.tolist() == [2, 2]
    assert batch.widths.tolist() == [21, 40]


def test_batches_hold_lines_of_like_width(fonts: tuple[TrainingFont, ...], tmp_path: Path) -> None:
    lines = clean_lines(NUMERAL_READER, 40, 7, tmp_path)
    batch = next(batches(NUMERAL_READER, lines, 16, 1))
    assert batch.widths.max() < 2 * batch.widths.min() + 64
    assert len(batch.classes) == batch.lengths.sum()
