"""Training, export, card and report, on a few lines and steps: that they fit together, and that training goes on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from prongsai.errors import ToolMissing
from prongsai.reading.letters import letter_reader
from prongsai.reading.network.card import load_model
from prongsai.reading.numerals import LineImage, numeral_reader
from prongsai.reading.numerals.reader import FOLDER
from prongsai.training import __main__ as command
from prongsai.training import needs
from prongsai.training.fonts import TrainingFont
from prongsai.training.model_card import model_file, write_card
from prongsai.training.prints import CleanLine
from prongsai.training.recipes import LETTER_READER, NUMERAL_READER, Recipe
from prongsai.training.report import Size, run_trials, write_report


def test_a_missing_module_is_named_with_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needs, "_MODULES", ("no_such_module",))
    with pytest.raises(ToolMissing, match=r"prongsai\[train\]"):
        needs.require_training()


def test_the_command_ends_with_the_errors_code(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(needs, "_MODULES", ("no_such_module",))
    assert command.main(["--only-report"]) == 1
    assert "no_such_module" in capsys.readouterr().err


def test_the_card_is_one_that_the_reader_takes(tmp_path: Path) -> None:
    (tmp_path / model_file(NUMERAL_READER)).write_bytes(b"weights")
    write_card(NUMERAL_READER, tmp_path, "7", (), 1.2, ((0.1, 0.05), (0.9, 0.8)))
    card, model = load_model(tmp_path, "numerals", NUMERAL_READER.alphabet)
    assert (card.version, card.stride, card.temperature, model) == ("7", 2, 1.2, b"weights")
    assert card.calibrate(0.9) == pytest.approx(0.8)


@pytest.mark.parametrize("recipe", [NUMERAL_READER, LETTER_READER], ids=lambda recipe: recipe.name)
def test_a_few_steps_make_a_model_that_the_reader_loads(
    fonts: tuple[TrainingFont, ...], clean: CleanLine, tmp_path: Path, recipe: Recipe
) -> None:
    pytest.importorskip("torch", reason="training needs torch: pip install 'prongsai[train]'")
    pytest.importorskip("onnx", reason="training needs onnx: pip install 'prongsai[train]'")
    from prongsai.training.net import export
    from prongsai.training.train import CHECKPOINT, Plan, train

    said: list[str] = []
    plan = Plan(reader=recipe.name, n_lines=24, n_samples=8, batch=4)
    net = train(plan, tmp_path, said.append)
    assert (tmp_path / CHECKPOINT).exists()
    export(net, tmp_path / model_file(recipe))
    write_card(recipe, tmp_path, "0", (plan,))
    reader = numeral_reader if recipe is NUMERAL_READER else letter_reader
    assert len(reader(tmp_path).read([LineImage(255 - clean.ink)])) == 1

    done = train(plan, tmp_path, said.append)
    assert all(np.array_equal(a.numpy(), b.numpy()) for a, b in zip(net.state_dict().values(), done.state_dict().values(), strict=True))


def test_the_report_tells_of_every_font_held_out(fonts: tuple[TrainingFont, ...], tmp_path: Path) -> None:
    try:
        card, model = load_model(FOLDER, "numerals", NUMERAL_READER.alphabet)
    except ToolMissing as missing:
        pytest.skip(str(missing))
    held_out = {font.family for font in fonts if font.is_held_out}
    if not held_out:
        pytest.skip("no font that is held out is installed")
    trials = run_trials(card, model, Size(tokens=1, words=4, flipped=2), lambda _: None)
    write_report(trials, "numerals 7", tmp_path / "report.md")
    written = (tmp_path / "report.md").read_text("utf-8")
    assert "numerals 7" in written
    assert all(f"| {family} |" in written for family in {one.family for one in trials.held_out})
