"""The letter reader's accuracy report: tried on fonts it was never trained on; and how sure it may be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from prongsai.reading.letters import LetterReader
from prongsai.reading.network import Card
from prongsai.training.calibrate import calibration_points, reliability_rows
from prongsai.training.report import DPIS, FIRST_SEED, fonts_of
from prongsai.training.tables import by_family, crossed
from prongsai.training.text_trials import TextOutcome, try_texts
from prongsai.training.vocabulary import reading_vocabulary

CALIBRATING, A_FAMILY = 6000, 150
"""Lines to calibrate by; and lines tried a family and resolution."""


def calibrate_texts(card: Card, model: bytes, count: int = CALIBRATING) -> tuple[tuple[float, float], ...]:
    """The points for a model, from lines in the fonts it was trained on that it never saw, worn harder than most scans are."""
    reader = LetterReader(replace(card, points=((0.0, 0.0), (1.0, 1.0))), model)
    fonts, words = fonts_of(held_out=False), reading_vocabulary()
    hard = try_texts(reader, fonts, words, count // 2, None, FIRST_SEED + 20, strength=1.0)
    return calibration_points([*hard, *try_texts(reader, fonts, words, count - count // 2, None, FIRST_SEED + 21)])


def try_all_texts(card: Card, model: bytes, count: int = A_FAMILY, say: Callable[[str], None] = print) -> list[TextOutcome]:
    """`count` lines a family held out and resolution, their probabilities as the card corrects them."""
    reader, words = LetterReader(card, model), reading_vocabulary()
    held_out = fonts_of(held_out=True)
    outcomes: list[TextOutcome] = []
    seed = FIRST_SEED + 5000
    for family in sorted({font.family for font in held_out}):
        fonts = [font for font in held_out if font.family == family]
        for dpi in DPIS:
            seed += 1
            outcomes += try_texts(reader, fonts, words, count, dpi, seed)
        say(f"tried {family}")
    return [replace(one, probability=reader.sureness(one.probability)) for one in outcomes]


def write_text_report(outcomes: Sequence[TextOutcome], version: str, path: Path) -> None:
    """Writes the report as Markdown."""
    text = [
        *_HEAD,
        f"Model: `{version}`",
        "",
        "## Letters wrong, and lines without a wrong letter, by font and resolution",
        "",
        *crossed("font", by_family(outcomes), DPIS, lambda one: one.dpi, _cell),
    ]
    text += ["", "## Is it as sure as it says?", "", "A line is as sure as its least sure letter.", ""]
    text += reliability_rows(outcomes)
    path.write_text("\n".join(text) + "\n", "utf-8")


_HEAD = (
    "# What the letter reader reads",
    "",
    "Written by `python -m prongsai.training --reader letters`, on lines in fonts that no training line was drawn with, 11 to 18 points,",
    "worn as scans are (`Wear(strength=0.5)`: blur, noise, JPEG, skew, uneven light, rests of rules). The lines hold what `texts.py`",
    "makes: words strung together at random, names, syllables that are no words, Latin words, abbreviations, numbers between them; no",
    "language helps to guess them. Spaces are not counted. What was tried on the way:",
    "[experiments/words-of-scans.md](experiments/words-of-scans.md).",
    "",
)


def _cell(outcomes: Sequence[TextOutcome]) -> str:
    if not outcomes:
        return "–"
    wrong = sum(one.errors for one in outcomes) / max(1, sum(one.letters for one in outcomes))
    return f"{100 * wrong:.2f} %, {100 * sum(one.is_right for one in outcomes) / len(outcomes):.1f} %"
