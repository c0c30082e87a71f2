"""The model's card, and the model checked against it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prongsai.errors import ToolMissing
from prongsai.reading.network import card as cards
from prongsai.reading.network.card import Card

MODEL = b"not really a network"
ALPHABET = ("", " ", "1", "2")


def write(folder: Path, *, more: str = "", sha256: str = hashlib.sha256(MODEL).hexdigest(), height: int = 40) -> Path:
    alphabet = ", ".join(f"'{character}'" for character in ALPHABET)
    card = f"name = 'numerals'\nversion = 1\nsha256 = '{sha256}'\nheight = {height}\nstride = 2\nalphabet = [{alphabet}]\n{more}"
    (folder / "card.toml").write_text(card, "utf-8")
    (folder / "numerals.onnx").write_bytes(MODEL)
    return folder


def load_model(folder: Path) -> tuple[Card, bytes]:
    return cards.load_model(folder, "numerals", ALPHABET)


def test_card_and_model(tmp_path: Path) -> None:
    card, model = load_model(write(tmp_path, more="[calibration]\ntemperature = 1.5\npoints = [[0.5, 0.4], [1.0, 0.99]]"))
    assert model == MODEL
    assert (card.version, card.stride, card.temperature) == ("1", 2, 1.5)
    assert card.calibrate(0.5) == pytest.approx(0.4)
    assert card.calibrate(0.75) == pytest.approx(0.695)
    assert card.calibrate(1.0) == pytest.approx(0.99)


def test_without_points_a_claim_stands(tmp_path: Path) -> None:
    card, _ = load_model(write(tmp_path))
    assert card.calibrate(0.37) == pytest.approx(0.37)


def test_another_model_is_refused_by_its_hash(tmp_path: Path) -> None:
    (write(tmp_path) / "numerals.onnx").write_bytes(MODEL + b"!")
    with pytest.raises(ToolMissing, match=r"numerals\.onnx: .*SHA-256.*Install the program again"):
        load_model(tmp_path)


@pytest.mark.parametrize("name", ["numerals.onnx", "card.toml"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (write(tmp_path) / name).unlink()
    with pytest.raises(ToolMissing, match=name):
        load_model(tmp_path)


@pytest.mark.parametrize("more", ["[calibration]\npoints = [[0.9, 0.5], [0.5, 0.4]]", "[calibration]\ntemperature = 0", "["])
def test_a_card_that_makes_no_sense_is_refused(tmp_path: Path, more: str) -> None:
    with pytest.raises(ToolMissing, match=r"card\.toml"):
        load_model(write(tmp_path, more=more))


def test_a_model_for_other_lines_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ToolMissing, match="other lines"):
        load_model(write(tmp_path, height=32))


@settings(deadline=None)
@given(st.floats(0, 1), st.floats(0, 1))
def test_calibration_keeps_the_order(one: float, other: float) -> None:
    card = Card("numerals", "1", "", ALPHABET, 2, points=((0.0, 0.0), (0.5, 0.3), (0.9, 0.9), (1.0, 0.995)))
    low, high = sorted((one, other))
    assert 0 <= card.calibrate(low) <= card.calibrate(high) <= 1
