"""The accuracy report: the reader tried on fonts it was never trained on, and its probabilities held to account."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from prongsai.reading.network.card import Card, load_model
from prongsai.reading.numerals.alphabet import ALPHABET
from prongsai.reading.numerals.reader import NumeralReader
from prongsai.reading.numerals.readings import Token
from prongsai.reading.numerals.shapes import grammar_of
from prongsai.training.calibrate import TEMPERATURES, calibration_points, log_loss, reliability_rows, wrong_though_sure
from prongsai.training.fonts import DISPLAY, TrainingFont, training_fonts
from prongsai.training.tables import by_family, crossed, table
from prongsai.training.trials import FLIPPED, KINDS, WORDS, Outcome, Setting, Trial, make_trials, read_trials, try_out
from prongsai.training.vocabulary import thai_vocabulary

DPIS = (150, 200, 300)
FIRST_SEED = 90_210
"""Trials are drawn from seeds from here on, training from others."""
_SURE = 0.9
_LEASTS = (0.8, 0.9, 0.95, 0.98)
"""Thresholds that the report tells of."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many lines are tried: per font family, kind of numeral and resolution; of words and of lines on their heads; and
    to calibrate by, per kind."""

    tokens: int = 300
    words: int = 6000
    flipped: int = 300
    calibrating: int = 1500


def calibrate(folder: Path, size: Size) -> tuple[float, tuple[tuple[float, float], ...]]:
    """The temperature and the points for the model in a folder, from lines in the fonts it was trained on that it never saw."""
    card, model = load_model(folder, "numerals", ALPHABET)
    plain = replace(card, temperature=1.0, points=((0.0, 0.0), (1.0, 1.0)))
    fonts, words = fonts_of(held_out=False), thai_vocabulary()
    # Harder wear than most scans have stands in for fonts unseen: on these the reader errs more than on its own.
    hard = [Setting(fonts, kind, size.calibrating, None, FIRST_SEED + at, 1.0, is_covered=True) for at, kind in enumerate(KINDS)]
    usual = [Setting(fonts, kind, size.calibrating, None, FIRST_SEED + 10 + at) for at, kind in enumerate(KINDS)]
    trials = [trial for setting in (*hard, *usual) for trial in make_trials(setting, words)]

    def tried(temperature: float, some: Sequence[Trial]) -> list[Outcome]:
        reader = NumeralReader(replace(plain, temperature=temperature), model, grammar_of())
        return [outcome for outcome in read_trials(reader, some) if outcome.probability > 0 and outcome.is_usual]

    temperature = min(TEMPERATURES, key=lambda one: log_loss(tried(one, trials[::5])))
    return temperature, calibration_points(tried(temperature, trials))


@dataclass(frozen=True, slots=True)
class Trials:
    """All outcomes that the report is about."""

    held_out: tuple[Outcome, ...]
    trained: tuple[Outcome, ...]
    covered: tuple[Outcome, ...]
    """On the fonts held out, worn harder, at times with a stamp or a stroke over the print or a part cut off."""
    words: tuple[Outcome, ...]
    flipped: tuple[Outcome, ...]


def run_trials(card: Card, model: bytes, size: Size, say: Callable[[str], None] = print) -> Trials:
    """Tries the reader on the fonts held out, beside those trained on."""
    reader, words = NumeralReader(card, model, grammar_of()), thai_vocabulary()
    held_out, trained = fonts_of(held_out=True), fonts_of(held_out=False)
    seeds = iter(range(FIRST_SEED + 1000, FIRST_SEED + 9000))
    outcomes: dict[bool, list[Outcome]] = {True: [], False: []}
    for family in sorted({font.family for font in held_out}):
        fonts = tuple(font for font in held_out if font.family == family)
        for dpi in DPIS:
            for kind in KINDS:
                outcomes[True] += try_out(reader, Setting(fonts, kind, size.tokens, dpi, next(seeds)), words)
        say(f"tried {family}")
    for dpi in DPIS:
        for kind in KINDS:
            outcomes[False] += try_out(reader, Setting(trained, kind, size.tokens, dpi, next(seeds)), words)
    both = held_out + trained
    plain = try_out(reader, Setting(both, WORDS, size.words, None, next(seeds)), words)
    flipped = try_out(reader, Setting(both, FLIPPED, size.flipped, None, next(seeds)), words)
    hard = (Setting(held_out, kind, 2 * size.tokens, None, next(seeds), 1.0, is_covered=True) for kind in KINDS)
    covered = [outcome for setting in hard for outcome in try_out(reader, setting, words)]
    return Trials(tuple(outcomes[True]), tuple(outcomes[False]), tuple(covered), tuple(plain), tuple(flipped))


def write_report(trials: Trials, version: str, path: Path) -> None:
    """Writes the report as Markdown."""
    held_out = trials.held_out
    fonts = [*by_family(held_out), ("fonts trained on", trials.trained)]
    by_dpi = [(f"{dpi} dpi", [one for one in held_out if one.dpi == dpi]) for dpi in DPIS]
    text = [
        *_HEAD,
        f"Model: `{version}`",
        "",
        "## Right, by font and resolution",
        "",
        *crossed("font", fonts, DPIS, lambda one: one.dpi, _percent),
        "",
        "## Right, by what stands on the line (fonts held out)",
        "",
        *crossed("resolution", by_dpi, KINDS, lambda one: one.kind, _percent),
        "",
        "## Truth among the candidates (fonts held out)",
        "",
        *table(_AMONG, ((dpi, *(_percent(some, among) for among in (1, 2, 3))) for dpi, some in by_dpi)),
        "",
        "## Is it as sure as it says? (fonts held out)",
        "",
        *reliability_rows(held_out),
        "",
        *_sure(held_out),
        "",
        *table((f"from {_SURE}, by resolution", *_SURE_HEAD), ((dpi, *_share_sure(some, _SURE)) for dpi, some in by_dpi)),
        "",
        "## Worn hard, at times covered or cut (fonts held out)",
        "",
        "As in training (`strength=1.0`, 110 to 300 dpi): faint, speckled, black and white, under stamps and strokes, cut at an edge.",
        "",
        *reliability_rows(trials.covered),
        "",
        *_sure(trials.covered),
        "",
        "## Words, and lines upside down",
        "",
        _of_words(trials.words),
        _of_flipped(trials),
    ]
    path.write_text("\n".join(text) + "\n", "utf-8")


_HEAD = (
    "# What the numeral reader reads",
    "",
    "Written by `python -m prongsai.training`, on lines in fonts that no training line was drawn with, 11 to 18 points, worn as scans",
    "are (`Wear(strength=0.5)`: blur, noise, JPEG, skew, uneven light, rests of rules). A line counts as right where it came out as the",
    "one number, code or year that stands on it, and as nothing else. What was tried on the way:",
    "[experiments/numeral-reader.md](experiments/numeral-reader.md).",
    "",
)


_AMONG = ("resolution", "first", "first two", "first three")
_SURE_HEAD = ("lines read so", "of these wrong")


def _sure(outcomes: Sequence[Outcome]) -> Iterable[str]:
    return table(("taken as read from", *_SURE_HEAD), ((least, *_share_sure(outcomes, least)) for least in _LEASTS))


def _share_sure(outcomes: Sequence[Outcome], least: float) -> tuple[str, str]:
    wrong, sure = wrong_though_sure(outcomes, least)
    return f"{100 * sure / max(1, len(outcomes)):.1f} %", f"{wrong} of {sure} ({100 * wrong / max(1, sure):.2f} %)"


def _of_words(words: Sequence[Outcome]) -> str:
    seen = sum(bool(one.numerals) for one in words)
    passing = sum(any(_passes(token) for token in one.reading.tokens) for one in words)
    return (
        f"- {len(words)} lines of Thai and Latin words: on {seen} a numeral was seen, on {passing} one that would pass as read "
        f"({_SURE} or more, of a printed shape)."
    )


def _of_flipped(trials: Trials) -> str:
    upright = [*trials.held_out, *trials.words]
    return (
        f"- {len(trials.flipped)} lines upside down: {sum(map(_looks_flipped, trials.flipped))} seen to be; "
        f"of {len(upright)} upright ones {sum(map(_looks_flipped, upright))} taken for such."
    )


def _passes(token: Token) -> bool:
    """Whether a token would go into the tables as read."""
    return not token.is_word and token.is_trusted and token.probability >= _SURE


def _looks_flipped(outcome: Outcome) -> bool:
    return outcome.reading.flipped > 0.5


def fonts_of(held_out: bool) -> tuple[TrainingFont, ...]:
    """The fonts that are held out, or those trained on; none of them for headlines alone."""
    return tuple(font for font in training_fonts() if font.is_held_out == held_out and not font.family.startswith(DISPLAY))


def _percent(outcomes: Sequence[Outcome], among: int = 1) -> str:
    if not outcomes:
        return "–"
    return f"{100 * sum(one.is_among(among) for one in outcomes) / len(outcomes):.2f} %"
