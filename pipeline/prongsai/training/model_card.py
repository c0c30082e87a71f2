"""The card that lies beside the model: which file it is, what it reads, how sure its word is, how it was made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from prongsai.reading.network.normalise import HEIGHT

if TYPE_CHECKING:
    from prongsai.training.recipes import Recipe
    from prongsai.training.train import Plan

CARD = "card.toml"
STRIDE = 2
"""Columns of a normalised line to one frame of the output; `net` is built for it."""


def model_file(recipe: Recipe) -> str:
    """The file name of a reader's model."""
    return f"{recipe.name}.onnx"


def write_card(
    recipe: Recipe,
    folder: Path,
    version: str,
    plans: Sequence[Plan] = (),
    temperature: float = 1.0,
    points: Sequence[tuple[float, float]] = (),
) -> None:
    """Writes the card of the model in a folder, with the plans it was trained by, one after the other. Without points the
    model's own probabilities are taken as they are."""
    sha256 = hashlib.sha256((folder / model_file(recipe)).read_bytes()).hexdigest()
    text = [
        f"# A model of the reader of {recipe.name}. Written by `python -m prongsai.training`; {recipe.report} says what it reads.",
        f"name = {json.dumps(recipe.name)}",
        f"version = {json.dumps(version)}",
        f'sha256 = "{sha256}"',
        f"height = {HEIGHT}",
        f"stride = {STRIDE}",
        "# Classes in the order of the model's outputs; the first is the blank.",
        f"alphabet = {json.dumps(list(recipe.alphabet), ensure_ascii=False)}",
        "",
        "[calibration]",
        f"temperature = {temperature}",
        "# [claimed, true]: what the model says of a reading, and how often such readings were right.",
        f"points = [{', '.join(f'[{x:.6g}, {y:.6g}]' for x, y in points)}]",
    ]
    for plan in plans:
        text += ["", "[[training]]", *(f"{name} = {json.dumps(value)}" for name, value in asdict(plan).items())]
    (folder / CARD).write_text("\n".join(text) + "\n", "utf-8")
