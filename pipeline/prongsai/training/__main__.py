"""`python -m prongsai.training`: draws the lines, trains, exports, calibrates, and writes the accuracy report."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from prongsai.errors import ProngsaiError
from prongsai.reading.letters.reader import FOLDER as LETTERS_FOLDER
from prongsai.reading.network.card import load_model
from prongsai.reading.numerals.reader import FOLDER as NUMERALS_FOLDER
from prongsai.training.model_card import model_file, write_card
from prongsai.training.needs import require_training
from prongsai.training.recipes import LETTER_READER, NUMERAL_READER, RECIPES, Recipe

FOLDERS = {NUMERAL_READER.name: NUMERALS_FOLDER, LETTER_READER.name: LETTERS_FOLDER}


def main(arguments: list[str] | None = None) -> int:
    """Runs the steps asked for; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        require_training()
        _run(options)
    except ProngsaiError as error:
        sys.stderr.write(f"prongsai.training: {error}\n")
        return int(error.exit_code)
    return 0


def _run(options: argparse.Namespace) -> None:
    recipe = RECIPES[options.reader]
    folder, report = options.out or FOLDERS[recipe.name], options.report or Path(recipe.report)
    folder.mkdir(parents=True, exist_ok=True)
    if not options.only_report:
        _train(options, recipe, folder)
    _say("trying it on fonts held out")
    card, model = load_model(folder, recipe.name, recipe.alphabet)
    if recipe is LETTER_READER:
        from prongsai.training.text_report import try_all_texts, write_text_report

        write_text_report(try_all_texts(card, model, say=_say), card.label, report)
    else:
        from prongsai.training.report import Size, run_trials, write_report

        write_report(run_trials(card, model, Size(), _say), card.label, report)
    _say(f"model in {folder}, report in {report}")


def _train(options: argparse.Namespace, recipe: Recipe, folder: Path) -> None:
    """Trains and calibrates the network, and leaves model and card in the folder."""
    from prongsai.training.net import export
    from prongsai.training.train import Plan, plan_of, train

    plan = Plan(
        reader=recipe.name,
        n_lines=options.lines or recipe.n_lines,
        n_samples=options.samples or recipe.n_samples,
        peak_rate=options.rate,
        seed=options.seed,
    )
    plans = (plan,) if options.start is None else (plan_of(options.start), plan)
    export(train(plan, options.work / recipe.name, _say, options.start), folder / model_file(recipe))
    write_card(recipe, folder, options.version, plans)
    _say("calibrating")
    if recipe is LETTER_READER:
        from prongsai.training.text_report import calibrate_texts

        temperature, points = 1.0, calibrate_texts(*load_model(folder, recipe.name, recipe.alphabet))
    else:
        from prongsai.training.report import Size, calibrate

        temperature, points = calibrate(folder, Size())
    write_card(recipe, folder, options.version, plans, temperature, points)


def _say(text: str) -> None:
    sys.stderr.write(f"{datetime.now(UTC):%H:%M:%S} {text}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m prongsai.training", description=__doc__)
    parser.add_argument("--reader", choices=sorted(RECIPES), default="numerals", help="which reader to train (default: %(default)s)")
    parser.add_argument(
        "--work", type=Path, default=Path(".training"), help="folder for drawn lines and checkpoints (default: %(default)s)"
    )
    parser.add_argument("--out", type=Path, help="folder for the model and its card (default: where the program reads it)")
    parser.add_argument("--report", type=Path, help="the accuracy report (default: in docs)")
    parser.add_argument("--lines", type=int, help="lines drawn (default: the reader's own)")
    parser.add_argument("--samples", type=int, help="lines shown to the network, each worn anew (default: the reader's own)")
    parser.add_argument("--rate", type=float, default=3e-3, help="the highest learning rate (default: %(default)s)")
    parser.add_argument("--start", type=Path, help="a checkpoint of another run, to begin with its weights instead of fresh ones")
    parser.add_argument("--seed", type=int, default=3993)
    parser.add_argument("--version", default="1", help="the model's version, for its card")
    parser.add_argument("--only-report", action="store_true", help="train nothing; try the model that is there")
    return parser


if __name__ == "__main__":
    sys.exit(main())
