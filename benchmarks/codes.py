"""How right the codes of damaged columns are, beside plain rapidfuzz, and how many rows a second; Markdown tables.

    python -m benchmarks.codes [--columns 60] [--seed 2568] [--years 2565,2568] [--noise 10,20,40] [--bound] [--show 0]

A column is a run of a year's questions in order. One row in ten is missing, printed twice or out of its place. A glyph
that is printed wrong is printed as one that was counted for it in `patterns/confusions.csv`, each column with habits of
its own, and one in ten times as anything. The decoder knows neither how much is wrong nor these habits; with `--bound`
stands beside it what one could say who knew both, and where the run begins and ends, and how rows go missing.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from .damaged_codes import Row, column
from .table import markdown

if TYPE_CHECKING:
    from prongsai.knowledge import Knowledge
    from prongsai.matching.codes.columns import Decoded

SURE = 0.9
BINS = (0.0, 0.5, 0.7, 0.9, 0.99, 0.999, 1.0001)
WORDINGS = ("none", "clean", "damaged")
HEADER = ("year", "glyphs wrong", "wording", "rows", "right", "sure and wrong", "sure", "rapidfuzz right", "rows/s")
BOUND = ("right at best", "sure and wrong at best")


@dataclass(slots=True)
class Tally:
    """What became of the rows of one kind of column."""

    rows: int = 0
    right: int = 0
    sure: int = 0
    sure_wrong: int = 0
    plain_right: int = 0
    best_right: int = 0
    best_sure_wrong: int = 0
    seconds: float = 0.0
    """Of processor time, for decoding alone."""
    confidences: list[tuple[float, bool]] = field(default_factory=list)

    def add(self, rows: Sequence[Row], decoded: Sequence[Decoded], plain: Sequence[str], seconds: float) -> None:
        """Counts one column."""
        self.seconds += seconds
        for row, one, other in zip(rows, decoded, plain, strict=True):
            is_right = one.code == row.code
            self.rows += 1
            self.right += is_right
            self.sure += one.confidence >= SURE
            self.sure_wrong += one.confidence >= SURE and not is_right
            self.plain_right += other == row.code
            self.confidences.append((one.confidence, is_right))

    def add_best(self, rows: Sequence[Row], best: Sequence[tuple[str, float]]) -> None:
        """Counts what can be known of a column at best."""
        for row, (code, odds) in zip(rows, best, strict=True):
            self.best_right += code == row.code
            self.best_sure_wrong += odds >= SURE and code != row.code

    def plus(self, other: Tally) -> Tally:
        """Both together."""
        return Tally(
            self.rows + other.rows,
            self.right + other.right,
            self.sure + other.sure,
            self.sure_wrong + other.sure_wrong,
            self.plain_right + other.plain_right,
            self.best_right + other.best_right,
            self.best_sure_wrong + other.best_sure_wrong,
            self.seconds + other.seconds,
            self.confidences + other.confidences,
        )

    def cells(self) -> tuple[str, ...]:
        """Its cells of the table, those of the bound last."""
        right, sure_wrong, sure, plain, *best = (
            f"{100 * count / self.rows:.2f} %"
            for count in (self.right, self.sure_wrong, self.sure, self.plain_right, self.best_right, self.best_sure_wrong)
        )
        return (str(self.rows), right, sure_wrong, sure, plain, f"{self.rows / self.seconds:,.0f}", *best)


def main() -> int:
    """Measures and prints."""
    from prongsai.knowledge import load_knowledge

    options = _options()
    knowledge = load_knowledge()
    tallies: dict[tuple[int, float, str], Tally] = {}
    for year in options.years or sorted(knowledge.frameworks):
        if year not in knowledge.frameworks:
            print(f"there is no framework of {year}; known are {', '.join(map(str, sorted(knowledge.frameworks)))}", file=sys.stderr)
            return 2
        for noise in options.noise:
            for wording in WORDINGS:
                tallies[year, noise, wording] = measure(knowledge, year, noise / 100, wording, options)
    rows = [(str(year), f"{noise:g} %", wording, *tally.cells()) for (year, noise, wording), tally in tallies.items()]
    together = [("all", f"{noise:g} %", wording, *_sum(tallies, noise, wording).cells()) for noise in options.noise for wording in WORDINGS]
    header = HEADER + BOUND if options.bound else HEADER
    print(markdown(header, [row[: len(header)] for row in rows + together]))
    print(f"\nHow often a confidence is right, {_all(tallies).rows} rows together:\n")
    print(reliability(_all(tallies).confidences))
    return 0


def measure(knowledge: Knowledge, year: int, noise: float, wording: str, options: argparse.Namespace) -> Tally:
    """Columns of one year, decoded; `noise` is the share of glyphs printed wrong (0-1), `wording` one of `WORDINGS`."""
    from prongsai.language.folding import fold
    from prongsai.matching.codes.columns import Decoder, Item
    from prongsai.matching.codes.tokens import damaged_token

    from .code_bound import best_codes

    framework = knowledge.frameworks[year]
    decoder = Decoder(framework, knowledge)
    wordings = {question.code: question.wording for question in framework.questions}
    names = {question.code: fold(question.wording) for question in framework.questions if question.wording}
    draw = random.Random(f"{options.seed} {year} {noise} {wording}")
    tally = Tally()
    shown = 0
    for _ in range(options.columns):
        damaged = column(framework, knowledge.code_misprints, noise, wording, draw)
        rows = damaged.rows
        items = [Item(damaged_token(fold(row.printed)), fold(row.wording)) for row in rows]
        start = time.process_time()
        decoded = decoder.decode(items)
        seconds = time.process_time() - start
        tally.add(rows, decoded, [_plain(row, framework.codes(), names) for row in rows], seconds)
        if options.bound and rows:
            tally.add_best(rows, best_codes(damaged, noise, wordings if wording != "none" else {}))
        for row, one in zip(rows, decoded, strict=True):
            if one.code != row.code and shown < options.show:
                shown += 1
                print(f"{year} {noise:.0%} {wording}: {row.code} printed {row.printed!r}, decoded {one}", file=sys.stderr)
    return tally


def reliability(confidences: Sequence[tuple[float, bool]]) -> str:
    """Of rows with a confidence in each bin: how many, the mean confidence, and how many of them are right."""
    rows = []
    for low, high in pairwise(BINS):
        inside = [(confidence, is_right) for confidence, is_right in confidences if low <= confidence < high]
        if inside:
            mean = sum(confidence for confidence, _ in inside) / len(inside)
            right = sum(is_right for _, is_right in inside) / len(inside)
            rows.append((f"{low:g}–{min(high, 1):g}", str(len(inside)), f"{mean:.4f}", f"{right:.4f}"))
    return markdown(("confidence", "rows", "mean", "right"), rows)


def _plain(row: Row, codes: Sequence[str], names: Mapping[str, str]) -> str:
    """What comparing alone makes of a row: the nearest wording where there is one, else the nearest code."""
    from rapidfuzz import fuzz, process

    from prongsai.language.folding import fold

    if row.wording and names:
        best = process.extractOne(fold(row.wording), names, scorer=fuzz.ratio)
        return str(best[2])
    return str(process.extractOne(fold(row.printed), codes, scorer=fuzz.ratio)[0])


def _sum(tallies: Mapping[tuple[int, float, str], Tally], noise: float, wording: str) -> Tally:
    total = Tally()
    for (_, one_noise, one_wording), tally in tallies.items():
        if (one_noise, one_wording) == (noise, wording):
            total = total.plus(tally)
    return total


def _all(tallies: Mapping[tuple[int, float, str], Tally]) -> Tally:
    total = Tally()
    for tally in tallies.values():
        total = total.plus(tally)
    return total


def _numbers(text: str) -> list[float]:
    return [float(part) for part in text.split(",")]


def _years(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.codes", description="Codes of damaged columns, right and wrong.")
    parser.add_argument("--columns", type=int, default=60, help="columns for each year, noise and kind of wording")
    parser.add_argument("--seed", type=int, default=2568)
    parser.add_argument("--years", type=_years, default=[], help="fiscal years; all that are known without it")
    parser.add_argument("--noise", type=_numbers, default=[10, 20, 40], help="shares of glyphs printed wrong, in per cent")
    parser.add_argument("--bound", action="store_true", help="say what can be known at best, too; takes a minute for each 1,000 rows")
    parser.add_argument("--show", type=int, default=0, help="how many wrong codes of each kind to show")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
