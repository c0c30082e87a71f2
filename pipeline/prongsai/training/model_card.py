"""The card that lies beside the model: which file it is, what it reads, how sure its word is, how it was made."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from prongsai.reading.numerals.alphabet import ALPHABET
from prongsai.reading.numerals.normalise import HEIGHT

if TYPE_CHECKING:
    from prongsai.training.train import Plan

MODEL, CARD = "numerals.onnx", "card.toml"
STRIDE = 2
"""Columns of a normalised line to one frame of the output; `net` is built for it."""


def write_card(
    folder: Path, version: str, plans: Sequence[Plan] = (), temperature: float = 1.0, points: Sequence[tuple[float, float]] = ()
) -> None:
    """Writes the card of the model in a folder, with the plans it was trained by, one after the other. Without points the
    model's own probabilities are taken as they are."""
    sha256 = hashlib.sha256((folder / MODEL).read_bytes()).hexdigest()
    text = [
        "# The numeral reader's model. Written by `python -m prongsai.training`; docs/numeral-reader.md says what it reads.",
        'name = "numerals"',
        f"version = {json.dumps(version)}",
        f'sha256 = "{sha256}"',
        f"height = {HEIGHT}",
        f"stride = {STRIDE}",
        "# Classes in the order of the model's outputs; the first is the blank, # a glyph that is no numeral, ~ one on its head.",
        f"alphabet = {json.dumps(list(ALPHABET), ensure_ascii=False)}",
        "",
        "[calibration]",
        f"temperature = {temperature}",
        "# [claimed, true]: what the model says of a reading, and how often such readings were right.",
        f"points = [{', '.join(f'[{x:.6g}, {y:.6g}]' for x, y in points)}]",
    ]
    for plan in plans:
        text += ["", "[[training]]", *(f"{name} = {value}" for name, value in asdict(plan).items())]
    (folder / CARD).write_text("\n".join(text) + "\n", "utf-8")
