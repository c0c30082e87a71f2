"""`python -m prongsai.training`: draws the lines, trains, exports, calibrates, and writes the accuracy report."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from prongsai.errors import ProngsaiError
from prongsai.reading.numerals.card import FOLDER, load_model
from prongsai.training.model_card import MODEL, write_card
from prongsai.training.needs import require_training

_REPORT = Path("docs/numeral-reader.md")


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
    from prongsai.training.report import Size, calibrate, run_trials, write_report

    size = Size()
    options.out.mkdir(parents=True, exist_ok=True)
    if not options.only_report:
        from prongsai.training.net import export
        from prongsai.training.train import Plan, plan_of, train

        plan = Plan(n_lines=options.lines, n_samples=options.samples, peak_rate=options.rate, seed=options.seed)
        plans = (plan,) if options.start is None else (plan_of(options.start), plan)
        export(train(plan, options.work, _say, options.start), options.out / MODEL)
        write_card(options.out, options.version, plans)
        _say("calibrating")
        temperature, points = calibrate(options.out, size)
        write_card(options.out, options.version, plans, temperature, points)
    _say("trying it on fonts held out")
    card, model = load_model(options.out)
    write_report(run_trials(card, model, size, _say), f"numerals {card.version} sha256:{card.sha256}", options.report)
    _say(f"model in {options.out}, report in {options.report}")


def _say(text: str) -> None:
    sys.stderr.write(f"{datetime.now(UTC):%H:%M:%S} {text}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m prongsai.training", description=__doc__)
    parser.add_argument(
        "--work", type=Path, default=Path(".training"), help="folder for drawn lines and the checkpoint (default: %(default)s)"
    )
    parser.add_argument("--out", type=Path, default=FOLDER, help="folder for the model and its card (default: where the program reads it)")
    parser.add_argument("--report", type=Path, default=_REPORT, help="the accuracy report (default: %(default)s)")
    parser.add_argument("--lines", type=int, default=50_000, help="lines drawn (default: %(default)s)")
    parser.add_argument("--samples", type=int, default=480_000, help="lines shown to the network, each worn anew (default: %(default)s)")
    parser.add_argument("--rate", type=float, default=3e-3, help="the highest learning rate (default: %(default)s)")
    parser.add_argument("--start", type=Path, help="a checkpoint of another run, to begin with its weights instead of fresh ones")
    parser.add_argument("--seed", type=int, default=3993)
    parser.add_argument("--version", default="1", help="the model's version, for its card")
    parser.add_argument("--only-report", action="store_true", help="train nothing; try the model that is there")
    return parser


if __name__ == "__main__":
    sys.exit(main())
