"""The letter reader tried on lines of words, and its report."""

from __future__ import annotations

from pathlib import Path

import pytest

from prongsai.errors import ToolMissing
from prongsai.reading.letters.alphabet import ALPHABET
from prongsai.reading.letters.reader import FOLDER
from prongsai.reading.network import Card, load_model
from prongsai.training.fonts import TrainingFont
from prongsai.training.text_report import calibrate_texts, try_all_texts, write_text_report
from prongsai.training.text_trials import TextOutcome


@pytest.fixture
def shipped() -> tuple[Card, bytes]:
    try:
        return load_model(FOLDER, "letters", ALPHABET)
    except ToolMissing as missing:
        pytest.skip(str(missing))


def test_spaces_are_not_counted_and_a_letter_lost_is_one_error() -> None:
    assert TextOutcome("loma", 200, "ab cd", "abcd", 0.9).is_right
    lost = TextOutcome("loma", 200, "ab cd", "ab d", 0.9)
    assert (lost.is_right, lost.errors, lost.letters) == (False, 1, 4)


def test_the_report_tells_of_every_font_held_out(fonts: tuple[TrainingFont, ...], shipped: tuple[Card, bytes], tmp_path: Path) -> None:
    if not any(font.is_held_out for font in fonts):
        pytest.skip("no font that is held out is installed")
    outcomes = try_all_texts(*shipped, count=3, say=lambda _: None)
    assert sum(one.errors for one in outcomes) < 0.1 * sum(one.letters for one in outcomes)
    write_text_report(outcomes, "letters 7", tmp_path / "report.md")
    written = (tmp_path / "report.md").read_text("utf-8")
    assert "letters 7" in written
    assert all(f"| {family} |" in written for family in {one.family for one in outcomes})


def test_what_is_claimed_is_held_against_what_is_right(fonts: tuple[TrainingFont, ...], shipped: tuple[Card, bytes]) -> None:
    points = calibrate_texts(*shipped, count=60)
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in points)
    assert points == tuple(sorted(points))
